"""Lists of a page: rows of repeated siblings, each with a link, a title and perhaps a date."""

import datetime as dt
import re

import msgspec
from selectolax.lexbor import LexborNode

from audit import dates
from audit.model import DateSource, ItemList, ListItem
from audit.reading.document import BODY, SIDE, Document
from audit.reading.links import Anchor, anchors
from audit.text import clean, halfwidth
from audit.vocabulary import any_of

ROW_TAGS = {"li", "tr", "dd", "dl"}
MAX_ROW_LINKS = 8  # a row with more links is layout
SHORT = 40  # characters beside the title that can hold nothing but a date, a source, a mark
TITLE = 8  # a headline has at least so many characters
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s*[日/]?\s+((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})(?!\d)")
_DAY_LAST = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*月?\s+(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})[-/.月](\d{1,2})日?\s+((?:19|20)\d\d)(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年?(?!\d)")
_RECORD = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_WRITTEN = re.compile(r"document\.write(?:ln)?\s*\(\s*(['\"])(<li\b.*?)\1\s*\)", re.DOTALL)
_DATE_PARTS = "span,td,em,i,time,font,b,p,div,dd,dt,label,small,strong"


class Row(msgspec.Struct):
    """A row in the making."""

    node: LexborNode
    anchors: list[Anchor]


class Dated(msgspec.Struct, frozen=True):
    """A date that a row shows."""

    day: dt.date | None
    quote: str
    month_day: tuple[int, int] | None = None


NO_DATE = Dated(None, "")


def lists(document: Document, found: list[Anchor]) -> tuple[ItemList, ...]:
    """All lists in document order; the page's own one is marked main."""
    groups = _groups([a for a in found if a.region in {BODY, SIDE} and not a.hidden])
    made = [_item_list(document, rows) for rows in groups]
    made += [stored for text in _stores(document) if (stored := _stored(document, text))]
    kept = [(one, side) for one, side in made if one.items]
    best = max(
        (_weight(one) for one, side in kept if not side), default=0.0
    )  # the first of the best is the main one
    result: list[ItemList] = []
    for one, side in kept:
        main = best >= 1 and not side and _weight(one) == best and not any(r.main for r in result)
        result.append(ItemList(one.heading, one.items, main, one.block, one.more_url))
    return tuple(result)


def _groups(found: list[Anchor]) -> list[list[Row]]:
    """Rows by container. A lone row that is no li, tr or dl is tried again one level up."""
    rows: dict[int, Row] = {}
    for anchor in found:
        node = _row_node(anchor.node)
        rows.setdefault(node.mem_id, Row(node, [])).anchors.append(anchor)
    done: list[list[Row]] = []
    pending = list(rows.values())
    for level in range(4):
        by_parent: dict[int, list[Row]] = {}
        for row in pending:
            parent = row.node.parent
            by_parent.setdefault(parent.mem_id if parent else 0, []).append(row)
        pending = []
        for group in by_parent.values():
            lone = len(group) == 1 and group[0].node.tag not in {"li", "tr"}
            parent = group[0].node.parent
            if lone and level < 3 and parent is not None and parent.tag not in {"body", "td", "html"}:
                pending.append(Row(parent, group[0].anchors))
            elif all(len(row.anchors) <= MAX_ROW_LINKS for row in group):
                done.append(group)
    return done


def _row_node(node: LexborNode) -> LexborNode:
    current: LexborNode | None = node.parent
    for _ in range(6):
        if current is None or current.tag in {"ul", "ol", "table", "body", "form"}:
            break
        if current.tag in ROW_TAGS:
            return current
        current = current.parent
    parent = node.parent
    return parent if parent is not None and parent.tag not in {"body", "html"} else node


def _item_list(document: Document, rows: list[Row]) -> tuple[ItemList, bool]:
    container = rows[0].node.parent or rows[0].node
    heading, more_url = _heading(container) if len(rows) > 1 or _is_row(rows[0]) else ("", "")
    years = [int(y) for y in _YEAR.findall(heading)]
    items: list[ListItem] = []
    more = any_of("page", "more_words")
    for row in rows:
        item = _item(row, years)
        if item is None:
            continue
        if more.fullmatch(item.title):
            more_url = more_url or item.url
            continue
        items.append(item)
        for anchor in row.anchors:
            anchor.listed = True
    place = document.place(container)
    side = place.region == SIDE or bool(any_of("page", "side_headings").search(heading))
    return ItemList(heading, tuple(items), main=False, block=place.block, more_url=more_url), side


def _is_row(row: Row) -> bool:
    return row.node.tag in {"li", "tr"}


def _item(row: Row, years: list[int]) -> ListItem | None:
    titled = [a for a in row.anchors if a.url and a.text]
    if not titled:
        return None
    anchor = max(titled, key=lambda a: len(a.text))
    shown = _date(row, anchor)
    if shown.day is None and shown.month_day:
        shown = _with_year(shown, shown.month_day, anchor.url, years)
    title = anchor.text
    return ListItem(
        anchor.url,
        _without_date(title, shown.quote),
        shown.day,
        DateSource.LIST if shown.day else None,
        shown.quote,
        shown.month_day,
    )


def _date(row: Row, anchor: Anchor) -> Dated:
    text = halfwidth(clean(row.node.text(deep=True, separator=" ")))
    inner = clean(anchor.node.text(deep=True, separator=" "))
    rest = text.replace(halfwidth(inner), " ", 1) if inner else text
    if len(rest) <= SHORT and (shown := _read_date(rest)) is not NO_DATE:
        return shown
    if len(text) > SHORT or len(rest) > SHORT:
        for part in row.node.css(_DATE_PARTS):
            said = part.text(deep=True, separator=" ")
            if 4 <= len(said) and any(c.isdigit() for c in said):
                said = halfwidth(clean(said))
                if len(said) <= 24 and (shown := _read_date(said)) is not NO_DATE:
                    return shown
    return NO_DATE


def _read_date(text: str) -> Dated:
    found = dates.first(text)
    if found is not None:
        return Dated(found.day, found.text)
    for pattern, order in ((_DAY_FIRST, (2, 3, 1)), (_DAY_LAST, (1, 2, 3)), (_YEAR_LAST, (3, 1, 2))):
        match = pattern.search(text)
        if match:
            day = dates.make_day(*(int(match[group]) for group in order))
            if day is not None:
                return Dated(day, match[0])
    month_day = dates.month_day(text)
    return Dated(None, text.strip(), month_day) if month_day else NO_DATE


def _with_year(shown: Dated, month_day: tuple[int, int], url: str, years: list[int]) -> Dated:
    """The year of a bare MM-DD: from the heading above it, or from its address when both agree."""
    by_url = dates.from_url(url)
    if by_url is not None and (by_url.month, by_url.day) == month_day:
        return Dated(by_url, shown.quote, month_day)
    return Dated(dates.infer_year(*month_day, years), shown.quote, month_day)


def _without_date(title: str, quote: str) -> str:
    if quote and len(title) > len(quote) + 4 and title.endswith(quote):
        return title[: -len(quote)].rstrip(" [(（【")
    return title


def _heading(container: LexborNode) -> tuple[str, str]:
    """The words and the link of the heading before a list: siblings before it, up to three levels."""
    node: LexborNode | None = container
    for _ in range(3):
        if node is None or node.tag == "body":
            break
        sibling = node.prev
        for _ in range(4):
            if sibling is None:
                break
            if sibling.tag != "-text":
                text = clean(sibling.text(deep=True))
                if text and len(text) <= 30:
                    link = sibling.css_first("a[href]")
                    return text, (link.attributes.get("href") or "") if link else ""
                if text:
                    return "", ""
            sibling = sibling.prev
        node = node.parent
    return "", ""


def _weight(one: ItemList) -> float:
    """How much a list looks like the page's own: dated rows first, then headlines."""
    dated = sum(1 for item in one.items if item.day or item.month_day)
    headlines = sum(1 for item in one.items if len(item.title) >= TITLE)
    if dated == 0 and headlines < 0.6 * len(one.items):
        return 0.0
    return 3.0 * dated + headlines


def _stores(document: Document) -> list[str]:
    """HTML that scripts keep as data: jpage record sets, written list rows with dates."""
    stores: list[str] = []
    for kind, text in document.scripts:
        if "xml" in kind or "<recordset" in text:
            stores.append("".join(_RECORD.findall(text)))
        elif "document.write" in text and "<li" in text:
            written = "".join(match[2] for match in _WRITTEN.finditer(text))
            if dates.first(written) is not None:
                stores.append(written.replace("\\'", "'").replace('\\"', '"'))
    return [f"<ul>{store}</ul>" for store in stores if "<a" in store]


def _stored(document: Document, html: str) -> tuple[ItemList, bool] | None:
    inner = Document(html, document.url, document.encoding)
    found, _ = anchors(inner)
    groups = _groups(found)
    if not groups:
        return None
    return _item_list(inner, max(groups, key=len))


