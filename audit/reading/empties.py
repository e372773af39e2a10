"""Lists that hold nothing, with what the box around each says besides: 通知公告 over an empty list."""

from collections.abc import Iterator, Sequence
from typing import Final

from audit.model import ItemList
from audit.reading.document import Document, Element
from audit.reading.linkless import is_catalogue
from audit.reading.links import Anchor
from audit.reading.regions import BODY, Regions
from audit.vocabulary import words

MOST: Final = 5  # boxes that are told
SAYS: Final = 80  # characters that the box around an empty list may say besides
LEVELS: Final = 4  # above the list
_LISTS = ("ul", "ol", "dl", "table")
_BOXES = ("div", "section")
_FULL = frozenset("a img iframe object embed video canvas form input".split())


def empties(
    document: Document, regions: Regions, found: Sequence[Anchor], lists: Sequence[ItemList]
) -> tuple[str, ...]:
    """The words of the smallest boxes around empty lists that say anything; empty: they say much.

    Asked only where the page's own list shows no day: it may be a menu beside an empty list. Words
    that stand before that list may be its own name: of the empty lists there nothing is told.
    """
    main = next((one for one in lists if one.main), None)
    if main is None or any(row.day or row.month_day for row in main.items):
        return ()
    place = _place(found, main)
    told: dict[str, None] = {}
    for element, own in _hollow(document):
        if not element.hidden and regions.region(element) == BODY and len(told) < MOST:
            told[_around(document, element, own) if 0 <= place < element.index else ""] = None
    return tuple(told)


def _place(found: Sequence[Anchor], main: ItemList) -> int:
    """Where the last row of a list stands; -1: no link of the page is its."""
    last = main.items[-1].url
    return max((a.element.index for a in found if a.listed and a.url == last), default=-1)


def _hollow(document: Document) -> Iterator[tuple[Element, str]]:
    """Empty lists, and tables of a head alone with the head's words."""
    for element in document.tagged(*_LISTS):
        said = document.text[element.start : element.end].strip()
        if not said and not _holds(document, element):
            yield element, ""
        elif element.tag == "table" and len(said) <= SAYS and _is_headed(document, element):
            yield element, document.said(element)
    names = words("page")["plain_listing_names"]
    for element in document.tagged(*_BOXES):
        if element.stop > element.index + 1 or element.end > element.start:
            continue
        said = f"{element.get('id')} {element.get('class')}".lower()
        if any(name in said for name in names):
            yield element, ""


def _holds(document: Document, element: Element) -> bool:
    return any(one.tag in _FULL for one in document.inside(element))


def _is_headed(document: Document, table: Element) -> bool:
    """Whether a table is the head of a catalogue and no more."""
    rows = [one for one in document.inside(table) if one.tag == "tr"]
    return len(rows) == 1 and not _holds(document, table) and is_catalogue(document, rows[0])


def _around(document: Document, element: Element, own: str) -> str:
    """What the smallest box that says more than the list says besides it; empty: much, or nothing."""
    box = document.parent(element)
    for _ in range(LEVELS):
        if box is None or box.tag in {"body", "html"} or box.end - box.start > 2 * SAYS:
            return ""
        said = document.said(box).replace(own, " ", 1).strip() if own else document.said(box)
        if said:
            return said if len(said) <= SAYS else ""
        box = document.parent(box)
    return ""
