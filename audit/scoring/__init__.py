"""The score of a site: vetoes, capped deductions on what was tested, the worst case, the verdict."""

from audit.scoring.losing import Scored, points_lost, sums_of
from audit.scoring.reasons import reason_text
from audit.scoring.records import Charge, ItemScore, Measured, Scorecard, VetoCount
from audit.scoring.scorecard import score

__all__ = [
    "Charge",
    "ItemScore",
    "Measured",
    "Scorecard",
    "Scored",
    "VetoCount",
    "points_lost",
    "reason_text",
    "score",
    "sums_of",
]
