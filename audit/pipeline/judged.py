"""What a run found, before it is put into words: stored with the run, rendered in any language."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

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
from audit.store import Seen

NEW, OPEN = FindingState.NEW, FindingState.OPEN


class Past(msgspec.Struct, frozen=True):
    """What was known of a finding before this run."""

    first_seen: dt.date
    state: FindingState


class Moved(msgspec.Struct, frozen=True):
    """The identity of a finding whose page moved, and where the page was."""

    id: str
    url: str  # empty: no page moved, the same fault is named under another of its pages


class Within(msgspec.Struct, frozen=True):
    """What a finding said that another one says now."""

    id: str  # of the other one
    parts: tuple[str, ...]
    site: str = ""


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
    unseen: Reason | None = None  # why a section of it was not seen
    browserless: bool = False  # a page wanted a browser, and there was none


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
    parted: Mapping[str, str] = {}  # findings that were part of an earlier one: its id
    merged: Mapping[str, Within] = {}  # ids of earlier findings that stand within one of this run

    def identity(self, fingerprint: str) -> str:
        """The id under which a finding is known."""
        moved = self.moved.get(fingerprint)
        return moved.id if moved else fingerprint

    def passes(self) -> Iterator[tuple[str, str]]:
        """The check and the id of everything that was seen to pass.

        An address that passes says nothing of a finding that is known by it and stands elsewhere now.
        """
        away = {one.id for one in self.moved.values()} - self.moved.keys()
        for outcome in (*(one for site in self.sites for one in site.outcomes), *self.estate):
            for fingerprint in outcome.passed:
                finding = self.identity(fingerprint)
                if fingerprint not in away and finding not in self.merged:
                    yield outcome.check, finding
        yield from ((check, one) for one, check in self.removed.items() if one not in self.merged)

    def passed(self) -> frozenset[str]:
        """The ids of everything that was seen to pass."""
        return frozenset(finding for _, finding in self.passes())

    def pasts(self, ids: Iterable[str], seen: Mapping[str, Seen]) -> dict[str, Past]:
        """What is known of findings before this run; `seen`: what history says of them.

        What was part of an earlier finding was there, whatever its name is now.
        """
        found: dict[str, Past] = {}
        for one in ids:
            known = seen.get(one)
            state = OPEN if one in self.parted else known.state if known else NEW
            found[one] = Past(min(known.first_seen, self.as_of) if known else self.as_of, state)
        return found
