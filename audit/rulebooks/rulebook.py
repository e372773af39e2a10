"""The records of a rulebook: items and vetoes, the findings that each takes, settings of checks.

A finding belongs to the first entry that takes it, in the order of the file: it is deducted once.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

import msgspec

from audit.model import Severity, Text
from audit.report import ItemCard

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Name = Annotated[str, msgspec.Meta(min_length=1)]
AtLeast = Annotated[int, msgspec.Meta(ge=1)]
Days = Annotated[int, msgspec.Meta(ge=0)]

_DUTY = re.compile(r"D\d{2}")
_OWED = re.compile(r"D\d{2}|open-[a-z]+")  # what may have an office beside a check
FALLBACK = "fallback"  # the key of `[offices]` in the config for what has no other office
VETO_GROUP = Text("单项否决", "Vetoes")


class Confidence(StrEnum):
    """How well a rule is known."""

    READ = "A"  # its own words were read, or two independent copies
    ONCE = "B"  # seen once, or in a paraphrase
    REMEMBERED = "M"  # general knowledge that no text confirmed
    DESIGNED = "D"  # our own decision
    SEED = "S"  # said by the yearly work points


class Means(StrEnum):
    """By what a duty can be looked at."""

    PROGRAM = "program"  # public pages tell
    PARTLY = "partly"  # public pages tell a part
    REGISTER = "register"  # data that the owner registers
    PERSON = "person"


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a rule stands. `document` is a key of the rulebook's `documents`."""

    document: Name
    clause: str
    confidence: Confidence
    verified: bool = False


class Selector(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The findings of one check that carry one of the listed values under each label."""

    check: Name
    severity: Severity
    labels: Mapping[str, tuple[str, ...]] = {}

    def takes(self, check: str, labels: Mapping[str, str]) -> bool:
        """Whether a finding of `check` with `labels` is one of them."""
        return _takes(self.check, self.labels, check, labels)


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one kind of finding costs. `cap`: most that all its findings cost together."""

    check: Name
    severity: Severity
    points: Decimal = Decimal(0)  # above 0 wherever the rulebook gives points
    labels: Mapping[str, tuple[str, ...]] = {}
    cap: Decimal | None = None
    per_unit: bool = False  # averaged over the units that share the site

    def takes(self, check: str, labels: Mapping[str, str]) -> bool:
        """Whether a finding of `check` with `labels` is one of its kind."""
        return _takes(self.check, self.labels, check, labels)


def _takes(
    own: str, wanted: Mapping[str, tuple[str, ...]], check: str, labels: Mapping[str, str]
) -> bool:
    return own == check and all(labels.get(key) in values for key, values in wanted.items())


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A group of items. `services`: it applies only to units that offer services to the public."""

    name: Text
    services: bool = False


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One indicator: the most it can lose, and what it loses for which finding.

    In a rulebook that gives no points it is a duty: `max` weighs it, `office` leads, `with_` helps.
    """

    id: Name
    name: Text
    group: Name
    max: Decimal
    source: Source
    entries: tuple[Entry, ...] = ()
    office: str = ""
    with_: str = msgspec.field(default="", name="with")
    limit: str = ""  # the term that the norm sets, in its words
    means: tuple[Means, ...] = (Means.PROGRAM,)

    @property
    def checks(self) -> tuple[str, ...]:
        """Ids of the checks that test it, in the order of its entries."""
        return tuple(dict.fromkeys(entry.check for entry in self.entries))


class Counter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Findings that make a veto when there are `at_least` so many of them."""

    at_least: AtLeast
    findings: tuple[Selector, ...]
    name: Text | None = None  # what it counts, where a veto has several


class Veto(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A veto: any counter that is reached fails the site. A finding counts in the first counter only.

    `confirmed`: only findings that a person confirmed count.
    """

    id: Name
    name: Text
    source: Source
    counters: tuple[Counter, ...] = ()
    services: bool = False
    confirmed: bool = False

    @property
    def checks(self) -> tuple[str, ...]:
        """Ids of the checks that test it."""
        named = (finding.check for counter in self.counters for finding in counter.findings)
        return tuple(dict.fromkeys(named))


class Judging(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Marks and floors. Points are of 100, shares of 1."""

    unknown_share: Share  # unknown subjects above this share leave a check not assessed
    coverage_floor: Share  # below it a site gets no verdict
    gate_floor: Share  # below it the gate is not satisfied
    pass_mark: Decimal  # below it: unqualified
    bonus_mark: Decimal  # above it the bonus counts
    bonus_max: Decimal


class Rulebook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A norm in one version. `verified`: a person checked every text and number against the norm."""

    id: Name
    version: Name
    name: Text
    verified: bool
    effective_from: dt.date
    judging: Judging
    documents: Mapping[str, str]
    vetoes: tuple[Veto, ...] = ()
    effective_to: dt.date | None = None  # its last day
    groups: Mapping[str, Group] = {}
    items: tuple[Item, ...] = ()
    due: Mapping[Severity, Days] = {}
    offices: Mapping[str, str] = {}  # check or duty -> office
    checks_: Mapping[str, Mapping[str, object]] = msgspec.field(default={}, name="checks")
    sources: Mapping[str, Mapping[str, Source]] = {}  # check -> setting (`limits.news`) -> source
    scored: bool = True  # false: it goes through duties, and gives no points
    duties: Mapping[str, tuple[str, ...]] = {}  # check -> duties that it looks at
    fallback_office: str = ""  # where a finding goes that has no other office

    def settings_of(self, check_id: str) -> Mapping[str, object]:
        """The settings that the rulebook supplies to a check; empty when it has none."""
        return self.checks_.get(check_id, {})

    def sources_of(self, check_id: str) -> Mapping[str, Source]:
        """Where each setting of a check comes from, by its dotted key."""
        return self.sources.get(check_id, {})

    def entry_of(self, check_id: str, labels: Mapping[str, str]) -> tuple[Item, Entry] | None:
        """The first item, with its entry, that takes a finding; None: it costs nothing."""
        for item in self.items:
            for entry in item.entries:
                if entry.takes(check_id, labels):
                    return item, entry
        return None

    def item_of(self, check_id: str, labels: Mapping[str, str]) -> Item | None:
        """The item that a finding is deducted from; None: it costs nothing."""
        found = self.entry_of(check_id, labels)
        return found[0] if found else None

    def severity_of(self, check_id: str, labels: Mapping[str, str]) -> Severity:
        """How heavy a finding weighs: as its item says, else as its veto says, else a notice."""
        found = self.entry_of(check_id, labels)
        if found:
            return found[1].severity
        counted = (one.severity for one in self._counted() if one.takes(check_id, labels))
        return next(counted, Severity.NOTICE)

    def heaviest_of(self, check_id: str) -> Severity:
        """The gravest severity that any finding of the check can have."""
        order = list(Severity)
        entries = (entry for item in self.items for entry in item.entries)
        given = [one.severity for one in (*entries, *self._counted()) if one.check == check_id]
        return min(given, key=order.index, default=Severity.NOTICE)

    def office_of(self, name: str) -> str:
        """The office that is to mend a check's findings, or that leads a duty; empty: none named."""
        leads = {item.id: item.office for item in self.items}
        return self.offices.get(name, "") or leads.get(name, "")

    def duties_of(self, check_id: str) -> tuple[str, ...]:
        """The duties that a check looks at, in order."""
        own = (item.id for item in self.items if not self.scored and check_id in item.checks)
        return tuple(dict.fromkeys((*self.duties.get(check_id, ()), *own)))

    def duty_ids(self) -> tuple[str, ...]:
        """Every duty that has an office."""
        named = {name for name in self.offices if _DUTY.fullmatch(name)}
        return tuple(sorted(named | {item.id for item in self.items if item.office}))

    def wants_confirmation(self, check_id: str, labels: Mapping[str, str]) -> bool:
        """Whether a finding is a lead to a veto that a person alone can establish."""
        return any(
            finding.takes(check_id, labels)
            for veto in self.vetoes
            if veto.confirmed
            for counter in veto.counters
            for finding in counter.findings
        )

    def due_of(self, severity: Severity) -> int | None:
        """Calendar days until a finding is to be mended; None: no term."""
        return self.due.get(severity)

    def checks(self) -> tuple[str, ...]:
        """Ids of all checks that the rulebook names, sorted."""
        named = {check for priced in (*self.items, *self.vetoes) for check in priced.checks}
        return tuple(sorted(named | set(self.checks_)))

    def named_checks(self) -> Iterator[tuple[str, str]]:
        """Every place that names a check: its key in the file, and the name."""
        for item in self.items:
            for place, entry in enumerate(item.entries):
                yield f"items.{item.id}.entries[{place}].check", entry.check
        for veto in self.vetoes:
            for place, counter in enumerate(veto.counters):
                for finding in counter.findings:
                    yield f"vetoes.{veto.id}.counters[{place}].findings.check", finding.check
        for key in ("checks", "sources", "duties", "offices"):
            table: Mapping[str, object] = self.checks_ if key == "checks" else getattr(self, key)
            for check in table:
                if not (key == "offices" and _OWED.fullmatch(check)):
                    yield f"{key}.{check}", check

    def in_force(self, day: dt.date) -> bool:
        """Whether the rulebook is in force on that day, first and last day included."""
        return self.effective_from <= day and (
            self.effective_to is None or day <= self.effective_to
        )

    def cards(self, language: str) -> Mapping[str, ItemCard]:
        """Name, group and source of every item and veto, for people."""
        items = [(item, self.groups[item.group].name) for item in self.items]
        vetoes = [(veto, VETO_GROUP) for veto in self.vetoes]
        return {
            one.id: ItemCard(
                one.id,
                one.name.say(language),
                group.say(language),
                self.cite(one.source),
                one.source.verified,
            )
            for one, group in (*items, *vetoes)
        }

    def cite(self, source: Source) -> str:
        """Document and clause as one line."""
        return f"{self.documents[source.document]} {source.clause}".rstrip()

    def _counted(self) -> Iterator[Selector]:
        for veto in self.vetoes:
            for counter in veto.counters:
                yield from counter.findings
