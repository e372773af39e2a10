"""The menu of the home page as a tree: under which entry each column hangs."""

from collections import Counter
from collections.abc import Sequence

import msgspec

from audit.model import Link, PageRecord, Region
from audit.reading.site.names import is_column_name
from audit.reading.site.survey import Survey

CROWDED = 15  # entries of one menu beyond which not all of them can be of the first level


class Place(msgspec.Struct, frozen=True):
    """Where a page stands in the menu of the home page."""

    level: str  # first, lower, unknown
    name: str = ""  # of the entry that it hangs under
    url: str = ""  # page of that entry; empty: it has none of its own


def places_of(found: Survey) -> dict[str, Place]:
    """The place of every page in the menu; one that hangs under an entry anywhere is of a lower level."""
    places: dict[str, Place] = {}
    framed = menu_frames(found)
    for record in found.fronts:
        crowded = _crowded(record)
        for number, link in enumerate(record.links):
            menu = link.region is Region.NAV or record.url in framed
            if not menu or not link.url or not is_column_name(link.text):
                continue
            page = found.page(link.url)
            if page is None:
                continue
            place = _place(found, record.links, number, crowded)
            known = places.get(page.url)
            if known is None or _RANK[place.level] > _RANK[known.level]:
                places[page.url] = place
    return places


def menu_frames(found: Survey) -> frozenset[str]:
    """Frames of the home page that list nothing: all their links are a menu."""
    home = found.home_record
    if home is None or not home.frames:
        return frozenset()
    records = (found.records.get(url) for url in home.frames)
    return frozenset(
        record.url
        for record in records
        if record is not None and not any(one.main for one in record.lists)
    )


_RANK = {"first": 0, "unknown": 1, "lower": 2}


def _crowded(record: PageRecord) -> set[int]:
    """Menus with so many entries on one level that their own levels were not seen."""
    flat = Counter(
        link.block
        for link in record.links
        if link.region is Region.NAV and link.url and not link.under and is_column_name(link.text)
    )
    return {block for block, count in flat.items() if count > CROWDED}


def _place(found: Survey, links: Sequence[Link], number: int, crowded: set[int]) -> Place:
    link = links[number]
    if link.under < 0:
        return Place("lower")
    above = links[number - link.under] if link.under else None
    if above is None or not is_column_name(above.text):
        return Place("unknown" if link.block in crowded else "first")
    page = found.page(link.url)
    # an entry that only sends on has no page of its own: its target is one of those below it
    own = bool(above.url) and not found.sends_on(above.url)
    holder = found.page(above.url) if own else None
    if holder is None or page is None or holder.url == page.url:
        return Place("lower", above.text)
    return Place("lower", above.text, holder.url)
