"""crawl → reading → checks → scoring → report; takes checks and formats as arguments."""

from audit.pipeline.changes import last_good
from audit.pipeline.comparing import Compared, compared, varying_of
from audit.pipeline.compose import Wording, severities
from audit.pipeline.files import write_file, write_reports
from audit.pipeline.jobs import reach_in_processes
from audit.pipeline.losses import lost_against
from audit.pipeline.proposing import proposed
from audit.pipeline.pruning import prune
from audit.pipeline.reach import Reached, picture, reach
from audit.pipeline.run import (
    Audit,
    Rendered,
    begin,
    finish,
    first_judged,
    pictures_of,
    present_readings,
    rejudged,
    rendered,
    reread,
    stored,
)
from audit.pipeline.sides import Side, side_of
from audit.pipeline.verifying import Flaw, Problem, Verified, proven

__all__ = [
    "Audit",
    "Compared",
    "Flaw",
    "Problem",
    "Reached",
    "Rendered",
    "Side",
    "Verified",
    "Wording",
    "begin",
    "compared",
    "finish",
    "first_judged",
    "last_good",
    "lost_against",
    "picture",
    "pictures_of",
    "present_readings",
    "proposed",
    "proven",
    "prune",
    "reach",
    "reach_in_processes",
    "rejudged",
    "rendered",
    "reread",
    "severities",
    "side_of",
    "stored",
    "varying_of",
    "write_file",
    "write_reports",
]  # fmt: skip
