"""Items: what of each was tested, what is lost for certain, and what the unknown could cost."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import msgspec

from audit.model import OutcomeStatus
from audit.rulebooks import Entry, Item, Rulebook
from audit.scoring.records import Charge, ItemScore, Measured
from audit.scoring.rounding import PLACES, rounded

NOTHING = Fraction(0)


class Exact(msgspec.Struct, frozen=True):
    """An applicable item before any rounding. `known`: whether this version has a check for it."""

    item: Item
    known: bool
    max: Fraction
    tested: Fraction
    lost: Fraction
    worst: Fraction  # lost when everything unknown is a fault
    findings: tuple[str, ...]

    def rounded(self) -> ItemScore:
        """The item as a scorecard shows it."""
        return ItemScore(
            self.item.id,
            self.item.max,
            rounded(self.tested, PLACES),
            rounded(self.lost, PLACES),
            self.item.checks,
            self.findings,
        )


class Sums(msgspec.Struct, frozen=True):
    """The sums over the items that apply."""

    norm: Fraction  # all of them
    known: Fraction  # those with a check
    tested: Fraction
    weighed: Fraction  # tested, or lost for certain
    kept: Fraction  # tested and not lost
    sure: Fraction  # kept though everything unknown were a fault
    lost: Fraction


def weigh_items(
    counted: Sequence[Charge],
    seen: Mapping[str, Measured],
    rulebook: Rulebook,
    *,
    services: bool,
    units: int,
) -> list[Exact]:
    """Every item that applies. `units` share the site."""
    charged = _charged(counted, rulebook)
    found: list[Exact] = []
    for item in rulebook.items:
        if rulebook.groups[item.group].services and not services:
            continue
        looks = [_Look(item, seen.get(check), check, rulebook, units) for check in item.checks]
        known = [look for look in looks if look.share is not None]
        if looks and not known:
            continue  # every check of it says that it does not apply
        most = Fraction(item.max)
        weight = most / len(known) if known else NOTHING
        tested = sum((weight * look.tested for look in known), NOTHING)
        lost, findings = _lost(item, charged.get(item.id, {}), units, rulebook)
        risk = sum((look.risk(weight) for look in known), NOTHING)
        worst = min(most, lost + risk)
        found.append(Exact(item, bool(known), most, tested, lost, worst, findings))
    return found


def sum_up(exact: Sequence[Exact]) -> Sums:
    """Add up what applies."""
    known = [one for one in exact if one.known]
    return Sums(
        norm=sum((one.max for one in exact), NOTHING),
        known=sum((one.max for one in known), NOTHING),
        tested=sum((one.tested for one in known), NOTHING),
        weighed=sum((max(one.tested, one.lost) for one in known), NOTHING),
        kept=sum((max(one.tested - one.lost, NOTHING) for one in known), NOTHING),
        sure=sum((one.max - one.worst for one in known), NOTHING),
        lost=sum((one.lost for one in known), NOTHING),
    )


def share_of_check(measured: Measured | None) -> Fraction | None:
    """The share of a check's subjects that was judged; None: the check does not apply.

    It follows from the subjects alone: a fault more, which turns `not_assessed` into `fail`, must not
    make more of a check count as tested.
    """
    if measured is None:
        return NOTHING
    if measured.status is OutcomeStatus.NOT_APPLICABLE:
        return None
    tally = measured.tally
    return Fraction(tally.known, tally.total) if tally.total else NOTHING


class _Look:
    """What one check saw of one item."""

    def __init__(
        self, item: Item, measured: Measured | None, check: str, rulebook: Rulebook, units: int
    ) -> None:
        self.share = share_of_check(measured)
        self._units = units
        self._entries = tuple(entry for entry in item.entries if entry.check == check)
        self._parts: list[tuple[int, int, Fraction]] = []  # judged, all, points of a fault
        if self.share is None or measured is None:
            return
        if measured.parts is None:
            dearest = max((self._points(entry) for entry in self._entries), default=NOTHING)
            self._parts = [(measured.tally.known, measured.tally.total, dearest)]
            return
        for part in measured.parts:
            entry = _entry_of(item, check, part.labels, rulebook)
            if entry is not None:
                self._parts.append((part.known, part.total, self._points(entry)))

    @property
    def tested(self) -> Fraction:
        """The share of the subjects that the item prices; none of them was seen: nothing."""
        total = sum(total for _, total, _ in self._parts)
        return Fraction(sum(known for known, _, _ in self._parts), total) if total else NOTHING

    def risk(self, weight: Fraction) -> Fraction:
        """What the unknown subjects could cost: as faults, and never less than their weight."""
        total = sum(total for _, total, _ in self._parts)
        if not total:
            return weight
        each = weight / total
        return sum(
            (max(each, points) * (all_ - known) for known, all_, points in self._parts), NOTHING
        )

    def _points(self, entry: Entry) -> Fraction:
        return Fraction(entry.points) / (max(1, self._units) if entry.per_unit else 1)


def _entry_of(
    item: Item, check: str, labels: Mapping[str, str], rulebook: Rulebook
) -> Entry | None:
    """The entry of the item that a finding with these labels would be charged to."""
    if not rulebook.scored:
        return next((entry for entry in item.entries if entry.takes(check, labels)), None)
    taken = rulebook.entry_of(check, labels)
    return taken[1] if taken and taken[0] is item else None


def _charged(
    counted: Sequence[Charge], rulebook: Rulebook
) -> Mapping[str, Mapping[int, Sequence[str]]]:
    """Ids of findings by item and by the place of the entry that took them."""
    found: dict[str, dict[int, list[str]]] = {}
    for charge in counted:
        for item, entry in _takers(charge, rulebook):
            by_entry = found.setdefault(item.id, {})
            by_entry.setdefault(item.entries.index(entry), []).append(charge.id)
    return found


def _takers(charge: Charge, rulebook: Rulebook) -> Iterator[tuple[Item, Entry]]:
    """Where points are lost, the first item alone takes a finding; else every item that names it."""
    if rulebook.scored:
        taken = rulebook.entry_of(charge.check, charge.labels)
        if taken:
            yield taken
        return
    for item in rulebook.items:
        entry = next((e for e in item.entries if e.takes(charge.check, charge.labels)), None)
        if entry:
            yield item, entry


def _lost(
    item: Item, by_entry: Mapping[int, Sequence[str]], units: int, rulebook: Rulebook
) -> tuple[Fraction, tuple[str, ...]]:
    """Points lost, capped, and the findings that cost them."""
    lost = NOTHING
    findings: list[str] = []
    for place, ids in by_entry.items():
        entry = item.entries[place]
        points = Fraction(entry.points) * len(ids) / (max(1, units) if entry.per_unit else 1)
        lost += points if entry.cap is None else min(points, Fraction(entry.cap))
        findings.extend(ids)
    lost = min(lost, Fraction(item.max)) if rulebook.scored else NOTHING
    return lost, tuple(sorted(findings))
