"""Lists of a page: rows of repeated siblings, each with a link, a title and perhaps a date."""

import re
from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from audit.model import ItemList, ListItem
from audit.reading.document import Document, Element, tidy
from audit.reading.links import Anchor, anchors
from audit.reading.regions import BODY, SIDE, Regions
from audit.reading.rows import Row, item_of
from audit.vocabulary import any_of

ROW_TAGS = {"li", "tr", "dd", "dl"}
MAX_ROW_LINKS = 8  # a row with more links is layout
MAX_LISTS = 300
TITLE = 8  # a headline has at least so many characters
HEADING = 30  # a longer text before a list is no heading
LEVELS = 4

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年?(?!\d)")
_WRITTEN = re.compile(r"document\.write(?:ln)?\s*\(\s*(['\"])(<li\b.{0,4000}?)\1\s*\)", re.DOTALL)
_DIGITS = re.compile(r"\d{1,2}[-/.月]\d")
_STORE = 400_000  # characters of a script that are looked at
_LISTED = frozenset({BODY, SIDE})
_STOPS = {"ul", "ol", "table", "body", "form", "html"}


class _Made(msgspec.Struct):
    """A list in the making."""

    list: ItemList
    side: bool
    hidden: bool


def lists(document: Document, regions: Regions, found: list[Anchor]) -> tuple[ItemList, ...]:
    """All lists in document order; the page's own one is marked main."""
    groups = _groups(document, found)
    made = [_made(document, regions, rows) for rows in groups]
    made += [stored for html in _stores(document) if (stored := _stored(document, html))]
    kept = [one for one in made if one.list.items][:MAX_LISTS]
    weights = [0.0 if one.side or one.hidden else _weight(one.list) for one in kept]
    best = max(weights, default=0.0)
    main = weights.index(best) if best >= 1 else -1  # the first of the best
    return tuple(
        msgspec.structs.replace(one.list, main=True) if index == main else one.list
        for index, one in enumerate(kept)
    )


def _groups(document: Document, found: list[Anchor]) -> list[list[Row]]:
    """Rows by container. A lone row that is no li or tr is tried again one level up."""
    rows: dict[int, Row] = {}
    places = [anchor.element.index for anchor in found]
    for anchor in found:
        if anchor.region not in _LISTED:
            continue
        element = _row_element(document, anchor.element)
        row = rows.get(element.index)
        if row is None:
            rows[element.index] = Row(element, [anchor])
        else:
            row.anchors.append(anchor)
    done: list[list[Row]] = []
    pending: list[Row] = list(rows.values())
    for level in range(LEVELS):
        by_parent: dict[int, list[Row]] = {}
        for row in pending:
            by_parent.setdefault(row.element.parent, []).append(row)
        pending = []
        for group in by_parent.values():
            first = group[0]
            lone = len(group) == 1 and first.element.tag not in {"li", "tr"}
            parent = document.parent(first.element) if lone and level < LEVELS - 1 else None
            if (
                parent
                and parent.tag not in {"body", "td", "html"}
                and _holds_only(parent, first, places)
            ):
                pending.append(Row(parent, first.anchors))
            elif all(len(row.anchors) <= MAX_ROW_LINKS for row in group):
                for row in group:
                    row.alone = _holds_only(row.element, row, places)
                done.append(group)
    return sorted(done, key=lambda group: group[0].anchors[0].element.index)


def _holds_only(element: Element, row: Row, places: Sequence[int]) -> bool:
    """Whether an element holds no links but those of the row."""
    count = bisect_left(places, element.stop) - bisect_left(places, element.index)
    return count == len(row.anchors)


def _row_element(document: Document, element: Element) -> Element:
    parent = document.parent(element)
    current = parent
    for _ in range(6):
        if current is None or current.tag in _STOPS:
            break
        if current.tag in ROW_TAGS:
            return current
        current = document.parent(current)
    return parent if parent is not None and parent.tag not in {"body", "html"} else element


def _made(document: Document, regions: Regions, rows: list[Row]) -> _Made:
    container = document.parent(rows[0].element) or rows[0].element
    heading, more_url = "", ""
    if len(rows) > 1 or rows[0].element.tag in {"li", "tr"}:
        heading, more_url = _heading(document, container)
    years = [int(year) for year in _YEAR.findall(heading)]
    more = any_of("page", "more_words")
    items: list[ListItem] = []
    for row in rows:
        item = item_of(document, row, years)
        if item is None:
            continue
        if more.match(item.title) and more.sub("", item.title).strip(" >》+") == "":
            more_url = more_url or item.url
            continue
        items.append(item)
        for anchor in row.anchors:
            anchor.listed = True
    block = regions.block(container)
    side = regions.region(container) == SIDE
    side = side or any_of("page", "side_headings").search(heading) is not None
    number = block.number if block else 0
    made = ItemList(heading, tuple(items), main=False, block=number, more_url=more_url)
    return _Made(made, side, container.hidden)


def _heading(document: Document, container: Element) -> tuple[str, str]:
    """The words and the link of the heading before a list: siblings before it, up to three levels."""
    element: Element | None = container
    for _ in range(3):
        if element is None or element.tag == "body":
            break
        sibling = document.previous(element)
        for _ in range(4):
            if sibling is None:
                break
            text = tidy(document.text[sibling.start : min(sibling.end, sibling.start + 600)])
            if text:
                return _as_heading(document, sibling, text)
            sibling = document.previous(sibling)
        element = document.parent(element)
    return "", ""


def _as_heading(document: Document, element: Element, text: str) -> tuple[str, str]:
    more = any_of("page", "more_words")
    words = more.sub("", text).strip(" >》»+·|")
    if len(words) > HEADING or any_of("page", "breadcrumb_labels").search(words):
        return "", ""
    target = ""
    for one in document.inside(element):
        if one.tag == "a" and (href := one.get("href").strip()):
            url = document.join(href) or ""
            if more.search(document.said(one)):
                return words, url
            target = target or url
    if element.tag == "a" and element.get("href"):
        target = document.join(element.get("href")) or ""
    return words, target


def _weight(one: ItemList) -> float:
    """How much a list looks like the page's own: dated rows first, then headlines."""
    dated = sum(1 for item in one.items if item.day or item.month_day)
    headlines = sum(1 for item in one.items if len(item.title) >= TITLE)
    if dated == 0 and headlines < 0.6 * len(one.items):
        return 0.0
    return 3.0 * dated + headlines


def _stores(document: Document) -> Sequence[str]:
    """HTML that scripts keep as data: jpage record sets, written list rows with dates."""
    stores: list[str] = []
    for script in document.scripts:
        text = script.text
        if "<" not in text:
            continue
        text = text[:_STORE]
        if "xml" in script.kind or "<recordset" in text:
            records = text.split("<![CDATA[")[1:]
            stores.append("".join(record.partition("]]>")[0] for record in records))
        elif "document.write" in text and "<li" in text:
            written = "".join(match[2] for match in _WRITTEN.finditer(text))
            if _DIGITS.search(written):
                stores.append(written.replace("\\'", "'").replace('\\"', '"'))
    return [f"<ul>{store}</ul>" for store in stores if "<a" in store]


def _stored(document: Document, html: str) -> _Made | None:
    inner = Document(html, document.base, document.encoding)
    regions = Regions(inner)
    groups = _groups(inner, anchors(inner, regions)[0])
    return _made(inner, regions, max(groups, key=len)) if groups else None
