"""Rows that no link leads from: each shows its day, and script or nothing at all opens it."""

from audit.model import DateSource, ListItem
from audit.reading.document import Document, Element, parts
from audit.reading.links import leads_to
from audit.reading.regions import Regions
from audit.reading.rows import NEVER, NO_COLUMN, date_column, plain
from audit.reading.shown import NO_DATE, Shown, read_date
from audit.text import shorten
from audit.vocabulary import words

SEVERAL = 3  # rows that make a list
LONGEST = 1200  # characters of a row
PARTS = 40  # elements of a row that are looked at
DATE = 24  # characters of an element that is a date
TITLE = 120
LEAST = 2  # characters of a title


def linkless(
    document: Document, regions: Regions, *, paged: bool
) -> tuple[Element, list[ListItem]] | None:
    """The holder and the rows of the first list whose rows are all dated and have no links.

    On a page without a pager only rows that a script opens are rows, and those of a catalogue: a
    table whose head says where titles and days stand.
    """
    for tag in ("li", "tr", "div"):
        by_holder: dict[int, list[Element]] = {}
        for element in document.tagged(tag):
            if tag == "div" and not element.get("onclick"):
                continue  # of boxes only those that a script opens are rows
            if not element.hidden and regions.block(element) is None:
                by_holder.setdefault(element.parent, []).append(element)
        for holder, elements in by_holder.items():
            if len(elements) >= SEVERAL and holder >= 0:
                catalogue = tag == "tr" and is_catalogue(document, elements[0])
                items = _items(document, elements, paged=paged or catalogue)
                if len(items) >= (1 if catalogue else SEVERAL):
                    return document.elements[holder], items
    return None


def is_catalogue(document: Document, head: Element) -> bool:
    """Whether the first row of a table calls a column titles and another one days."""
    titles = words("page")["catalogue_titles"]
    named = any(document.said(cell).replace(" ", "") in titles for cell in document.children(head))
    return named and date_column(document, head) >= 0


def _items(document: Document, elements: list[Element], *, paged: bool) -> list[ListItem]:
    """The rows; none unless all are dated, and a table says where its days of publication stand."""
    column = NO_COLUMN
    if elements[0].tag == "tr":
        column = date_column(document, elements[0])
        if column in {NO_COLUMN, NEVER}:
            return []
        elements = _below_head(document, elements, column)
    items: list[ListItem] = []
    for element in elements:
        item = _item(document, element, column)
        if item is None or not (paged or item.url):
            return []
        items.append(item)
    return items


def _below_head(document: Document, rows: list[Element], column: int) -> list[Element]:
    """The rows without the head, which may stand again between them; in a thead it is none of them."""
    if _item(document, rows[0], column) is not None:
        return rows
    head = document.said(rows[0])
    return [one for one in rows[1:] if document.said(one) != head]


def _item(document: Document, element: Element, column: int) -> ListItem | None:
    if element.end - element.start > LONGEST:
        return None
    title, url, shown = "", leads_to(document, element.get("onclick")), NO_DATE
    cells = list(document.children(element)) if column >= 0 else document.inside(element)[:PARTS]
    for number, one in enumerate(cells):
        if one.tag == "a":
            return None
        url = url or leads_to(document, one.get("onclick"))
        if column < 0 and one.stop > one.index + 1:
            continue
        said = parts(document.text[one.start : one.end])
        day = read_date(said) if column in {NO_COLUMN, number} and len(said) <= DATE else NO_DATE
        if day.day is not None:
            shown = shown if shown is not NO_DATE else day
        elif _names(said, title, whole=column >= 0):
            title = said
    if shown is NO_DATE or not title:
        return None
    return _made(url, title, shown)


def _names(said: str, title: str, *, whole: bool) -> bool:
    """Whether words are a row's title: the first ones, in a table the longest."""
    if len(said) < LEAST or said.isdecimal():
        return False
    return not title or (whole and len(said) > len(title))


def _made(url: str, title: str, shown: Shown) -> ListItem:
    said = shorten(plain(title), TITLE)
    return ListItem(url, said, shown.day, DateSource.LIST, shown.quote[:40], shown.month_day)
