"""The rows of the estate in the report: by unit, by office, and what nobody is named for."""

import msgspec

from audit.model import SiteVerdict


class UnitRow(msgspec.Struct, frozen=True):
    """A unit with its own site's verdict; without a site it has its facts only."""

    unit: str
    site: str
    verdict: SiteVerdict | None
    points: float | None
    worst_case: float | None
    coverage: float | None
    vetoes: tuple[str, ...]
    facts_present: int
    facts: int
    faults: int
    reviews: int


class OfficeRow(msgspec.Struct, frozen=True):
    """The open findings of one office."""

    office: str
    faults: int
    reviews: int
    sites: tuple[str, ...]


class Unrouted(msgspec.Struct, frozen=True):
    """A check whose findings went to the fallback office, because nobody is named for them."""

    check: str
    findings: tuple[str, ...]
