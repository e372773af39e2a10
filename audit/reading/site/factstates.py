"""From the values that were found to the state of one fact of one unit."""

from collections.abc import Iterator, Sequence

from audit.model import Fact, FactNote, FactState, FactValue, Reason, RegisteredUnit, UnitFact
from audit.reading.site.agreement import agree, in_conflict
from audit.reading.site.factsearch import Place, Searched
from audit.reading.site.reading import Reading
from audit.reading.site.statements import stated

SHOWN = 20
COMPARED = frozenset({Fact.ADDRESS, Fact.HOURS, Fact.CONTACT, Fact.HEAD})


def fact_of(
    unit: RegisteredUnit, site: str, home: Reading | None, fact: Fact, searched: Searched
) -> UnitFact:
    """One fact of one unit."""
    values = tuple(_values(searched.places, fact))
    good = [value for value in values if value.plausible]
    registered = unit.facts.get(fact, "")
    if registered and fact in COMPARED:
        good.sort(key=lambda value: not agree(fact, value.value, registered))
    conflict = in_conflict(fact, good)
    state, note = _state(fact, good, values, registered, searched, conflict is not None)
    shown = [*(conflict or ()), *(v for v in (*good, *values) if v not in (conflict or ()))]
    first = good[0] if good else values[0] if values else None
    nowhere = searched.pages or ((home.card.home,) if home else ())
    return UnitFact(
        unit=unit.id,
        unit_name=unit.name,
        site=site,
        fact=fact,
        state=state,
        value=first.value if first else "",
        url=first.url if first else next(iter(nowhere), ""),
        values=tuple(dict.fromkeys(shown))[:SHOWN],
        looked_at=nowhere,
        reason=searched.unseen if state is FactState.NOT_ASSESSED else None,
        registered=registered,
        note=note,
    )


def unseen_facts(unit: RegisteredUnit, site: str, home: Reading | None) -> tuple[UnitFact, ...]:
    """Six facts of a unit whose site could not be read."""
    reason = Reason.PARTIAL_RUN if home is None else home.unavailable
    return tuple(
        UnitFact(
            unit.id, unit.name, site, fact, FactState.NOT_ASSESSED, "",
            home.card.home if home else "", (), (), reason, unit.facts.get(fact, ""),
        )
        for fact in Fact
    )  # fmt: skip


def _values(places: Sequence[Place], fact: Fact) -> Iterator[FactValue]:
    for place in places:
        for one in stated(place.passage, fact):
            yield FactValue(
                one.value, place.page.url, one.quote, one.plausible, place.page.sha256,
                one.label, place.site, place.passage.footer,
            )  # fmt: skip


def _state(
    fact: Fact,
    good: Sequence[FactValue],
    values: Sequence[FactValue],
    registered: str,
    searched: Searched,
    conflicting: bool,  # noqa: FBT001 - one of many
) -> tuple[FactState, FactNote | None]:
    if good:
        if registered and fact in COMPARED and not agree(fact, good[0].value, registered):
            return FactState.STALE, None
        return FactState.CONFLICTING if conflicting else FactState.PRESENT, None
    if searched.unseen is not None:
        return FactState.NOT_ASSESSED, None
    if values:
        return FactState.IMPLAUSIBLE, None
    if searched.note is not None:
        return FactState.REVIEW, searched.note
    if fact in searched.pictured:
        return FactState.REVIEW, FactNote.PICTURED
    if any(value.plausible for value in _values(searched.elsewhere, fact)):
        return FactState.REVIEW, FactNote.ELSEWHERE
    return FactState.MISSING, None
