"""What a run found, before it is put into words: stored with the run, rendered in any language."""

import datetime as dt
from collections.abc import Mapping

import msgspec

from audit.model import (
    Column,
    FindingState,
    Outcome,
    Pair,
    Reason,
    SearchEntry,
    SiteCard,
    UnitFact,
)
from audit.model.search import SearchTrial


class Past(msgspec.Struct, frozen=True):
    """What was known of a finding before this run."""

    first_seen: dt.date
    state: FindingState


class Moved(msgspec.Struct, frozen=True):
    """The identity of a finding whose page moved, and where the page was."""

    id: str
    url: str


class JudgedPair(msgspec.Struct, frozen=True):
    """A pair with its lag in working days; None: a date or the calendar is missing."""

    pair: Pair
    lag: int | None


class JudgedSite(msgspec.Struct, frozen=True):
    """Everything judged and shown of one site."""

    card: SiteCard
    complete: bool
    unavailable: Reason | None  # why the home page could not be read
    fetched: int
    assessed: int
    not_assessed: Mapping[str, int]
    columns: tuple[Column, ...]
    pairs: tuple[JudgedPair, ...]
    facts: tuple[UnitFact, ...]
    search: SearchEntry | None
    search_reason: Reason | None
    outcomes: tuple[Outcome, ...]
    new_columns: tuple[str, ...] = ()  # keys of those that the last good run had not
    gone_columns: tuple[Column, ...] = ()  # of the last good run, that are no more
    trial: SearchTrial | None = None  # what came of trying the search


class Judged(msgspec.Struct, frozen=True):
    """A whole run as judged. `past` and `stamp` freeze what the run was read with."""

    as_of: dt.date
    sites: tuple[JudgedSite, ...]
    estate: tuple[Outcome, ...]
    estate_by_site: Mapping[str, tuple[Outcome, ...]]  # the estate's outcomes cut to one site
    past: Mapping[str, Past]
    settings: Mapping[str, str]  # check id -> JSON of the settings that were used
    rulebook: str  # the rulebook's own text, so that a later version cannot change a stored run
    moved: Mapping[str, Moved] = {}  # by the fingerprint that the present address gives
    removed: Mapping[
        str, str
    ] = {}  # ids of findings whose subject is no more, or whose whole is in order: check
    program: str = ""  # key of the program that judged it

    def identity(self, fingerprint: str) -> str:
        """The id under which a finding is known."""
        moved = self.moved.get(fingerprint)
        return moved.id if moved else fingerprint

    def passed(self) -> frozenset[str]:
        """The ids of everything that was seen to pass."""
        found = (*(outcome for site in self.sites for outcome in site.outcomes), *self.estate)
        passed = (self.identity(one) for outcome in found for one in outcome.passed)
        return frozenset((*passed, *self.removed))
