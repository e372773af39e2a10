"""Points without the checks that may answer otherwise next time: they do not move with a search."""

import datetime as dt

from audit.api import conclude
from audit.cli.parts import all_checks
from audit.config import restore
from audit.model import FindingState, Outcome, Reason, Subject, SubjectKind, Verdict, VerdictState
from audit.pipeline.compose import Wording, compose
from audit.pipeline.judge import findings_of
from audit.pipeline.judged import Judged, JudgedSite, Past
from audit.report import RunStamp, Score
from audit.rulebooks import load
from tests.snapshots import HOME, read
from tests.stored import SITE, config

DAY = dt.date(2020, 6, 24)
SEARCH = Subject(SubjectKind.SITE, "/", HOME, "")
PAGE = Subject(SubjectKind.LINK, "/1.html", f"{HOME}1.html", "")
"""A link that is alive."""
MISSED = {"query": "公路", "rows": 10, "title": "公路养护"}


def outcome(check: str, verdict: Verdict) -> Outcome:
    return conclude(
        check, SITE, [verdict], when_empty="not_assessed", unseen=None, unknown_share=0.9
    )


def score_of(search: Verdict) -> Score:
    """The score of a site whose links are alive and whose search did so."""
    rulebook, _ = load("yunnan-2020")
    card = read({"/": "<title>示例</title>"}).card
    site = JudgedSite(
        card, True, None, 1, 1, {}, (), (), (), None, None,
        (
            outcome("dead-link", Verdict(VerdictState.OK, PAGE)),
            outcome("search-miss", search),
        ),
    )  # fmt: skip
    judged = Judged(DAY, (site,), (), {}, {}, {}, "")
    ids = [one for _, _, _, one in findings_of(judged)]
    past = {one: Past(DAY, FindingState.NEW) for one in ids}
    judged = Judged(DAY, (site,), (), {}, past, {}, "")
    stamp = RunStamp("1", "2020-06-24T10:00:00+08:00", "", DAY, "run", "complete", (), "")
    wording = Wording(all_checks(), rulebook, restore(config()), "zh")
    return compose(judged, stamp, wording).sites[0].score


def test_what_a_search_costs_is_left_out_whether_it_answered_or_not() -> None:
    fault = score_of(Verdict(VerdictState.FAULT, SEARCH, "missed", MISSED))
    ok = score_of(Verdict(VerdictState.OK, SEARCH))
    unknown = score_of(Verdict(VerdictState.UNKNOWN, SEARCH, reason=Reason.TIMEOUT))

    assert fault.points is not None
    assert ok.points is not None
    assert fault.points < ok.points
    assert {100.0} == {one.steady_points for one in (fault, ok, unknown)}
