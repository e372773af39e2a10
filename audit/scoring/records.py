"""The records of the score: what goes in, and the scorecard that comes out."""

from collections.abc import Mapping
from decimal import Decimal

import msgspec

from audit.model import FindingStatus, OutcomeStatus, Part, SiteVerdict, Tally, Text, Value


class Charge(msgspec.Struct, frozen=True):
    """A finding as the score sees it. `unit`: whose duty it is, where units share a site."""

    id: str
    check: str
    labels: Mapping[str, str]
    status: FindingStatus
    unit: str = ""


class Measured(msgspec.Struct, frozen=True):
    """What came of one check."""

    check: str
    status: OutcomeStatus
    tally: Tally
    parts: tuple[Part, ...] | None = None  # the tally by labels; None: the labels are not known


class ItemScore(msgspec.Struct, frozen=True):
    """One applicable item: most points, how many of them were tested, how many are lost."""

    id: str
    max: Decimal
    tested: Decimal
    deducted: Decimal
    checks: tuple[str, ...]
    findings: tuple[str, ...]


class VetoCount(msgspec.Struct, frozen=True):
    """How far one counter of a veto went. `findings`: ids of those that it took."""

    veto: str
    name: Text | None  # of the counter, where a veto has several
    count: int
    at_least: int
    findings: tuple[str, ...]


class Scorecard(msgspec.Struct, frozen=True):
    """The score of a site. `reason` is a code of `REASONS`; `values` fill its text.

    `points` (bonus included) is None with a veto and where nothing was scored. In the worst case
    everything unknown is lost.
    """

    verdict: SiteVerdict
    reason: str
    values: Mapping[str, Value]
    points: Decimal | None
    worst_case: Decimal
    bonus: Decimal
    coverage: float
    norm_share: float
    vetoes: tuple[str, ...]
    untested: tuple[str, ...]  # vetoes that apply and that nothing tested
    items: tuple[ItemScore, ...]
    counts: tuple[VetoCount, ...] = ()  # counters of vetoes that took a finding
