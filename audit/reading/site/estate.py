"""All sites of a run together: the six facts of every unit, each on its own site or its parent's."""

from collections.abc import Sequence
from functools import cached_property

import msgspec

from audit.model import (
    Fact,
    FactState,
    FactValue,
    PageKind,
    Reason,
    RegisteredUnit,
    UnitFact,
)
from audit.reading.site.details import FactPage
from audit.reading.site.reading import Reading
from audit.reading.site.statements import Passage, stated
from audit.text import squeeze
from audit.urls import key

REACH = 600  # characters after a unit's name that speak of it
THIN = 80  # characters below which a page shows its facts in pictures or documents
SHOWN = 20


def read_estate(
    sites: Sequence[Reading], units: Sequence[RegisteredUnit], *, partial: bool
) -> "EstateReading":
    """Put the sites of a run together. Without registered units each site is a unit of its own."""
    return EstateReading(tuple(sites), tuple(units), partial=partial)


class EstateReading:
    """All sites of a run as the estate's checks see them."""

    def __init__(
        self, sites: tuple[Reading, ...], units: tuple[RegisteredUnit, ...], *, partial: bool
    ) -> None:
        """Hold the readings; nothing is read before it is asked for."""
        self._sites = sites
        self._units = units or tuple(
            RegisteredUnit(site.card.id, site.card.name, site.card.id) for site in sites
        )
        self._partial = partial

    @property
    def sites(self) -> tuple[Reading, ...]:
        """The readings, in the order of the config."""
        return self._sites

    @property
    def partial(self) -> bool:
        """Whether some registered sites were left out of the run."""
        return self._partial

    @cached_property
    def facts(self) -> tuple[UnitFact, ...]:
        """Six facts of every unit, in the order of the register."""
        by_id = {site.card.id: site for site in self._sites}
        owners = {site.card.unit: site.card.id for site in self._sites if site.card.unit}
        parents = {unit.id: unit for unit in self._units}
        made: list[UnitFact] = []
        for unit in self._units:
            site = unit.site or owners.get(unit.id, "") or self._above(unit, parents, owners)
            made += _facts_of(unit, by_id.get(site), site, self._units)
        return tuple(made)

    def _above(
        self, unit: RegisteredUnit, parents: dict[str, RegisteredUnit], owners: dict[str, str]
    ) -> str:
        """The site of the nearest unit above that has one."""
        seen = {unit.id}
        above = parents.get(unit.parent)
        while above is not None and above.id not in seen:
            site = above.site or owners.get(above.id, "")
            if site:
                return site
            seen.add(above.id)
            above = parents.get(above.parent)
        return ""


class Searched(msgspec.Struct, frozen=True):
    """What was found of one unit: its passages, and why something may have been missed."""

    passages: tuple[tuple[FactPage, Passage], ...]
    pictured: bool
    unseen: Reason | None


def _facts_of(
    unit: RegisteredUnit, reading: Reading | None, site: str, units: Sequence[RegisteredUnit]
) -> list[UnitFact]:
    reason = _unseen(reading)
    if reading is None or reading.unavailable is not None:
        return [
            UnitFact(
                unit.id, unit.name, site, fact, FactState.NOT_ASSESSED, "",
                reading.card.home if reading else "", (), (), reason,
            )
            for fact in Fact
        ]  # fmt: skip
    own = unit.site == reading.card.id or reading.card.unit == unit.id
    searched = _searched(unit, reading, units, own=own)
    return [_fact(unit, reading, fact, searched) for fact in Fact]


def _unseen(reading: Reading | None) -> Reason | None:
    """Why a fact that was not found may yet be there."""
    if reading is None:
        return Reason.PARTIAL_RUN
    if reading.unavailable is not None:
        return reading.unavailable
    return None if reading.complete else Reason.PARTIAL_RUN


def _searched(
    unit: RegisteredUnit, reading: Reading, units: Sequence[RegisteredUnit], *, own: bool
) -> Searched:
    names = _names(unit)
    others = {name for one in units if one.id != unit.id for name in _names(one)} - set(names)
    page_key = key(unit.facts_page) if unit.facts_page else ""
    passages: list[tuple[FactPage, Passage]] = []
    for page in reading.details.facts:
        if (page_key and key(page.url) == page_key) or _is_about(
            page, names, own=own, others=others
        ):
            passages.append((page, _whole(page)))
        else:
            passages += [(page, part) for part in _parts(page, names, others)]
    if own:
        passages += _footers(reading)
    pages = [page for page, _ in passages]
    thin = [page for page in pages if page.pictured and len(page.text) < THIN]
    dark = any(page.script_fills for page in pages)
    unread = next(
        (c.unavailable for c in reading.columns if c.unavailable and c.klass in _CLASSES), None
    )
    unseen = _unseen(reading) or unread or (Reason.NEEDS_BROWSER if dark else None)
    return Searched(tuple(passages), bool(thin), unseen)


_CLASSES = frozenset({"functions", "leaders", "guide", "static"})


def _names(unit: RegisteredUnit) -> tuple[str, ...]:
    return tuple(name for one in (unit.name, *unit.aliases) if (name := squeeze(one)))


def _is_about(page: FactPage, names: Sequence[str], *, own: bool, others: set[str]) -> bool:
    """Whether the whole page speaks of the unit."""
    said = " ".join(page.names)
    if any(name in said for name in others if not any(name in one for one in names)):
        return any(name in page.names for name in names)
    if own:
        return page.kind is not PageKind.HOME
    return any(name in page.title for name in names)


def _whole(page: FactPage) -> Passage:
    return Passage(page.text, page.spoken, page.headings, page.kind, " ".join(page.names))


def _parts(page: FactPage, names: Sequence[str], others: set[str]) -> list[Passage]:
    """The stretches of a shared page that begin with the unit's name and end before the next unit's."""
    text = page.text
    parts: list[Passage] = []
    for name in names:
        start = text.find(name)
        while start >= 0 and len(parts) < SHOWN:
            end = min(len(text), start + REACH)
            stops = [text.find(other, start + len(name), end) for other in others]
            end = min([stop for stop in stops if stop >= 0], default=end)
            parts.append(Passage(text[start:end], kind=PageKind.OTHER, about=""))
            start = text.find(name, end)
        if parts:
            break
    return parts


def _footers(reading: Reading) -> list[tuple[FactPage, Passage]]:
    """What the footers of the unit's own site say."""
    return [
        (
            FactPage(
                footer.url, reading.card.name, (), PageKind.OTHER, None, text, (), (),
                pictured=False, script_fills=False, sha256="",
            ),
            Passage(text),
        )
        for text, footer in list(reading.survey.footers.items())[:SHOWN]
    ]  # fmt: skip


def _fact(unit: RegisteredUnit, reading: Reading, fact: Fact, searched: Searched) -> UnitFact:
    values = tuple(
        FactValue(one.value, page.url, one.quote, one.plausible, page.sha256)
        for page, passage in searched.passages
        for one in stated(passage, fact)
    )[:SHOWN]
    good = [value for value in values if value.plausible]
    state = _state(fact, good, values, unit.facts.get(fact, ""), searched)
    first = good[0] if good else values[0] if values else None
    pages = tuple(dict.fromkeys(page.url for page, _ in searched.passages))
    return UnitFact(
        unit=unit.id,
        unit_name=unit.name,
        site=reading.card.id,
        fact=fact,
        state=state,
        value=first.value if first else "",
        url=first.url if first else pages[0] if pages else reading.card.home,
        values=values,
        looked_at=pages or (reading.card.home,),
        reason=searched.unseen if state is FactState.NOT_ASSESSED else None,
    )


def _state(
    fact: Fact,
    good: Sequence[FactValue],
    values: Sequence[FactValue],
    registered: str,
    searched: Searched,
) -> FactState:
    if good:
        if registered and not any(_agree(value.value, registered) for value in good):
            return FactState.STALE
        if fact is Fact.ADDRESS and not all(_agree(good[0].value, one.value) for one in good):
            return FactState.CONFLICTING
        return FactState.PRESENT
    if searched.unseen is not None:
        return FactState.NOT_ASSESSED
    if values:
        return FactState.IMPLAUSIBLE
    return FactState.REVIEW if searched.pictured else FactState.MISSING


def _agree(one: str, other: str) -> bool:
    first, second = squeeze(one), squeeze(other)
    return first in second or second in first
