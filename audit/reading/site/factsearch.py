"""What the sites of a run say of one unit, and why something may have been missed."""

from collections.abc import Iterator, Sequence

import msgspec

from audit.model import ColumnClass, Fact, FactNote, PageKind, Reason, RegisteredUnit
from audit.reading.site.details import FactPage
from audit.reading.site.ownership import Names, Owned, owned_by
from audit.reading.site.passages import Passage
from audit.reading.site.reading import Reading
from audit.vocabulary import any_of, pattern_of

THIN = 80  # characters below which a page shows its facts in pictures or documents
FOOTERS = 20
_CLASSES = frozenset({"functions", "leaders", "guide", "static"})


class Ground(msgspec.Struct, frozen=True):
    """A site that is searched. `own`: it is the unit's; `filed`: its unit answers for the facts."""

    reading: Reading
    own: bool
    filed: bool


class Place(msgspec.Struct, frozen=True):
    """A passage with the page that holds it and the site of that page."""

    site: str
    page: FactPage
    passage: Passage


class Searched(msgspec.Struct, frozen=True):
    """What was found of one unit. `note`: why a person must look for what is not there."""

    places: tuple[Place, ...]
    elsewhere: tuple[Place, ...]
    pages: tuple[str, ...]  # that were searched
    unseen: Reason | None
    note: FactNote | None
    pictured: frozenset[Fact] = frozenset()  # facts whose page is nothing but a picture or document


def search(unit: RegisteredUnit, names: Names, grounds: Sequence[Ground]) -> Searched:
    """Search every site that answered."""
    places: list[Place] = []
    elsewhere: list[Place] = []
    pages: list[str] = []
    for ground in grounds:
        site = ground.reading.card.id
        for owned in _owned(unit, names, ground):
            own = elsewhere if _guides(owned.page) else places
            own += [Place(site, owned.page, passage) for passage in owned.passages]
            elsewhere += [Place(site, owned.page, passage) for passage in owned.elsewhere]
            pages.append(owned.page.url)
        if ground.own:
            places += _footers(ground.reading, names)
    filed = next((ground for ground in grounds if ground.filed), None)
    own = filed is not None and filed.own
    if not pages and filed is not None:
        pages = [page.url for page in filed.reading.details.facts]
    return Searched(
        places=tuple(places),
        elsewhere=tuple(elsewhere),
        pages=tuple(dict.fromkeys(pages)),
        unseen=_unseen(filed, places) if filed else Reason.PARTIAL_RUN,
        note=_note(names, places, own=own),
        pictured=frozenset(
            fact
            for place in places
            if place.page.pictured and len(place.page.text) < THIN
            for fact in _facts_of(place.page)
        ),
    )


def _owned(unit: RegisteredUnit, names: Names, ground: Ground) -> list[Owned]:
    pages = ground.reading.details.facts
    found = (owned_by(unit, names, page, own=ground.own) for page in pages)
    return [one for one in found if one is not None]


def _guides(page: FactPage) -> bool:
    """Whether a page guides to a service: address, hours and telephone there are those of the hall."""
    if page.kind is PageKind.SERVICE_GUIDE or page.klass is ColumnClass.SERVICE:
        return True
    names = pattern_of("dealings", "guide_names")
    return page.kind is not PageKind.GUIDE and any(names.search(name) for name in page.names)


def _footers(reading: Reading, names: Names) -> list[Place]:
    """What the footers of the unit's own site say."""
    return [
        Place(
            reading.card.id,
            FactPage(
                footer.url, reading.card.name, (), PageKind.OTHER, None, text, (), (),
                pictured=False, script_fills=False, sha256="",
            ),
            Passage(text, titles=names.titles, footer=True),
        )
        for text, footer in list(reading.survey.footers.items())[:FOOTERS]
    ]  # fmt: skip


def _unseen(filed: Ground, places: Sequence[Place]) -> Reason | None:
    """Why a fact that was not found may yet be there."""
    reading = filed.reading
    if reading.unseen is not None:
        return reading.unseen
    unread = next(
        (c.unavailable for c in reading.columns if c.unavailable and c.klass in _CLASSES), None
    )
    if unread:
        return unread
    dark = any(place.page.script_fills for place in places)
    return Reason.NEEDS_BROWSER if dark else None


def _note(names: Names, places: Sequence[Place], *, own: bool) -> FactNote | None:
    said = [place for place in places if not place.passage.footer]
    if not said and not own:
        return FactNote.UNNAMED if names.own else FactNote.AMBIGUOUS
    return None


def _facts_of(page: FactPage) -> Iterator[Fact]:
    """The facts that a page is there for, by its title."""
    said = " ".join(page.names)
    for fact in Fact:
        if any_of("facts", f"{fact.value}_pages").search(said):
            yield fact
