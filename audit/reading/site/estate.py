"""All sites of a run together: the six facts of every unit, whichever site says them."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from audit.model import Account, Fact, FactState, RegisteredUnit, UnitFact
from audit.reading.site.factsearch import Ground, search
from audit.reading.site.factstates import fact_of, unseen_facts
from audit.reading.site.media import ShownAccount, shown_of
from audit.reading.site.ownership import names_of
from audit.reading.site.reading import Reading


def read_estate(
    sites: Sequence[Reading],
    units: Sequence[RegisteredUnit],
    *,
    partial: bool,
    accounts: Sequence[Account] = (),
) -> "EstateReading":
    """Put the sites of a run together. Without registered units each site is a unit of its own."""
    return EstateReading(tuple(sites), tuple(units), partial=partial, accounts=tuple(accounts))


class EstateReading:
    """All sites of a run as the estate's checks see them."""

    def __init__(
        self,
        sites: tuple[Reading, ...],
        units: tuple[RegisteredUnit, ...],
        *,
        partial: bool,
        accounts: tuple[Account, ...] = (),
    ) -> None:
        """Hold the readings; nothing is read before it is asked for."""
        self._sites = sites
        self._units = units or tuple(
            RegisteredUnit(site.card.id, site.card.name, site.card.id) for site in sites
        )
        self._partial = partial
        self._accounts = accounts

    @property
    def sites(self) -> tuple[Reading, ...]:
        """The readings, in the order of the config."""
        return self._sites

    @property
    def partial(self) -> bool:
        """Whether some registered sites were left out of the run."""
        return self._partial

    @property
    def accounts(self) -> tuple[Account, ...]:
        """The registered accounts on new media."""
        return self._accounts

    @cached_property
    def shown_accounts(self) -> tuple[ShownAccount, ...]:
        """The accounts that the sites link to."""
        return shown_of(self._sites)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Names of the units by id."""
        return {unit.id: unit.name for unit in self._units}

    @cached_property
    def homes(self) -> Mapping[str, str]:
        """The home page of the site under which each unit is filed."""
        by_id = {site.card.id: site.card.home for site in self._sites}
        return {unit.id: by_id.get(site, "") for unit, site in _filed(self._units, self._sites)}

    @cached_property
    def facts(self) -> tuple[UnitFact, ...]:
        """Six facts of every unit, in the order of the register."""
        by_id = {site.card.id: site for site in self._sites}
        return tuple(
            fact
            for unit, site in _filed(self._units, self._sites)
            for fact in self._facts_of(unit, site, by_id)
        )

    def _facts_of(
        self, unit: RegisteredUnit, site: str, by_id: Mapping[str, Reading]
    ) -> tuple[UnitFact, ...]:
        home = by_id.get(site)
        names = names_of(unit, self._units)
        grounds = [
            Ground(
                reading,
                own=reading.card.id == site and _is_own(unit, reading),
                filed=reading.card.id == site,
            )
            for reading in self._ordered(site)
        ]
        searched = search(unit, names, grounds)
        if home is None or home.unavailable is not None:
            made = unseen_facts(unit, site, home)
            found = [fact_of(unit, site, home, fact, searched) for fact in Fact]
            return tuple(
                seen if seen.state in SEEN else unseen
                for seen, unseen in zip(found, made, strict=True)
            )
        return tuple(fact_of(unit, site, home, fact, searched) for fact in Fact)

    def _ordered(self, site: str) -> Iterator[Reading]:
        """The site under which the unit is filed, then the others that answered."""
        for reading in sorted(self._sites, key=lambda one: one.card.id != site):
            if reading.unavailable is None:
                yield reading


SEEN = frozenset({FactState.PRESENT, FactState.CONFLICTING, FactState.STALE})


def _is_own(unit: RegisteredUnit, reading: Reading) -> bool:
    return unit.site == reading.card.id or reading.card.unit == unit.id


def _filed(
    units: Sequence[RegisteredUnit], sites: Sequence[Reading]
) -> Iterator[tuple[RegisteredUnit, str]]:
    """Each unit with the site that owes its facts: its own, or that of the nearest unit above."""
    owners = {site.card.unit: site.card.id for site in sites if site.card.unit}
    by_id = {unit.id: unit for unit in units}
    for unit in units:
        current: RegisteredUnit | None = unit
        seen: set[str] = set()
        site = ""
        while current is not None and current.id not in seen and not site:
            seen.add(current.id)
            site = current.site or owners.get(current.id, "")
            current = by_id.get(current.parent)
        yield unit, site
