"""Links gathered to rows and rows to groups: what stands side by side in a page belongs together."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from audit.reading.document import Document, Element, parts
from audit.reading.inner import inner, strangers
from audit.reading.links import Anchor
from audit.reading.regions import BODY, SIDE

MAX_ROW_LINKS = 8  # a row with more links is layout
TITLE = 8  # a headline has at least so many characters
BESIDE = 40  # characters beside each title of an element that holds several rows
LEVELS = 4
MINOR = 4  # links to tags, authors and the like that a box with one title may hold
PARTS = 6  # descriptions of one term at most
ROW_TAGS = frozenset({"li", "tr", "dd", "dt"})

_LISTED = frozenset({BODY, SIDE})
_PAIRED = frozenset({"dd", "dt"})
_STOPS = frozenset({"ul", "ol", "table", "body", "form", "html"})
_TOPS = frozenset({"body", "td", "html"})
_DATE = re.compile(r"\d{1,2}[-/.月]\d{1,2}")


class Row(msgspec.Struct, gc=False):
    """A row in the making: its element and links, its slice of the text, its elements."""

    element: Element
    holder: int  # index of the element that holds the rows; -1: none
    anchors: list[Anchor]
    start: int
    end: int
    low: int  # index of its first element
    high: int  # index behind its last one
    alone: bool = True  # no other row's link stands inside it
    first: int = -1  # number of its first link among the page's; -1: it is not known
    minor: int = 0  # links to tags and the like that stand in it, too


def groups(document: Document, found: list[Anchor]) -> list[list[Row]]:
    """Rows by container, in document order. A lone row that is no li or tr is tried one level up."""
    places = [anchor.element.index for anchor in found]
    count = len(places)
    tried = _rows(document, found)
    done: list[list[Row]] = []
    for level in range(LEVELS):
        by_parent: dict[int, list[Row]] = {}
        for row in tried:
            by_parent.setdefault(row.holder, []).append(row)
        tried = list[Row]()
        for group in by_parent.values():
            wider = _wider(document, group, found, places) if level < LEVELS - 1 else None
            if wider is not None:
                tried.append(wider)
                continue
            kept = [row for row in group if len(row.anchors) <= MAX_ROW_LINKS]
            for row in kept:
                behind = row.first + len(row.anchors)  # as a rule the next row's first link
                if row.first < 0 or behind >= count or places[behind] < row.high:
                    own = len(row.anchors) + row.minor
                    row.alone = _count(places, row.low, row.high) == own
                    if not row.alone:
                        low, high = bisect_left(places, row.low), bisect_left(places, row.high)
                        _free(document, row, found[low:high])
                elif row.first and places[row.first - 1] >= row.low:
                    row.alone = False
            if kept:
                _stretch(document, kept, places)
                done.append(kept)
    return sorted(done, key=_place)


def _free(document: Document, row: Row, inside: list[Anchor]) -> None:
    """What of a row is its own, where links of other rows stand in it: all before them."""
    others = strangers(row.anchors, inside)
    if not others:
        row.alone = True
    elif row.low == row.element.index and (
        part := inner(document, row.element, row.anchors, others)
    ):
        row.end, row.high, row.alone = part.start, part.index, True


def _place(group: list[Row]) -> int:
    return group[0].anchors[0].element.index


def _count(places: Sequence[int], low: int, high: int) -> int:
    return bisect_left(places, high) - bisect_left(places, low)


def _wider(
    document: Document, group: list[Row], found: list[Anchor], places: Sequence[int]
) -> Row | None:
    """The row that a lone row or the parts of one row make one level up."""
    first = group[0]
    if len(group) > 3:
        return None
    if first.element.tag in ROW_TAGS and not (
        _is_parted(document, group) or _is_boxed(document, group)
    ):
        return None
    anchors = [anchor for row in group for anchor in row.anchors]
    if len(group) > 1 and len({a.url or a.href for a in anchors}) > 1:
        # a picture and a title that lead to the same page are one row
        titles = {a.url or a.href for a in anchors if len(a.text) >= TITLE}
        anchors = [a for a in anchors if titles == {a.url or a.href}]
        if not anchors:
            return None
    parent = document.parent(first.element)
    if parent is None or parent.tag in _TOPS:
        return None
    low, high = bisect_left(places, parent.index), bisect_left(places, parent.stop)
    if high - low != len(anchors):
        others = found[low:high] if high - low <= len(anchors) + MINOR else []
        if not _is_card(document, parent, anchors, others):
            return None
    return _row(parent, anchors, high - low - len(anchors))


def _is_card(document: Document, box: Element, anchors: list[Anchor], inside: list[Anchor]) -> bool:
    """Whether one title stands in one of several boxes alike, beside links to its tags and the like."""
    if not inside or all(len(anchor.text) < TITLE for anchor in anchors):
        return False
    own = {anchor.url for anchor in anchors}
    if any(len(one.text) >= TITLE for one in inside if one.url not in own):
        return False
    around: Element | None = box
    for _ in range(LEVELS - 1):
        if around is None or around.tag in _TOPS:
            return False
        if _is_repeated(document, around):
            return True
        around = document.parent(around)
    return False


def _is_repeated(document: Document, box: Element) -> bool:
    """Whether a box of the same tag and class stands right before or behind it."""
    names = box.get("class")
    near = (document.previous(box), _following(document, box))
    return bool(names) and any(
        one is not None and one.tag == box.tag and one.get("class") == names for one in near
    )


def _is_boxed(document: Document, group: list[Row]) -> bool:
    """Whether the title is one row of a table of labels and values, and each document has such a table."""
    first = group[0]
    if len(group) > 1 or first.element.tag != "tr" or first.holder < 0:
        return False
    body = document.elements[first.holder]
    table = body if body.tag == "table" else document.parent(body)
    if table is None or not _is_repeated(document, table):
        return False
    others = [one for one in document.children(body) if one is not first.element]
    return any(_DATE.search(document.text, one.start, one.end) for one in others)


def _is_parted(document: Document, group: list[Row]) -> bool:
    """Whether a row is spread over a list of its own: the title is its first item, the date its last."""
    first = group[0]
    if len(group) > 1 or first.element.tag not in {"li", "tr"} or first.holder < 0:
        return False
    holder, text = document.elements[first.holder], document.text
    loose = text[holder.start : first.start] + text[first.end : holder.end]
    if len(loose) > 2 * BESIDE or not _DATE.search(loose):
        return False
    others = [one for one in document.children(holder) if one is not first.element]
    dated = [one for one in others if text[one.start : one.end].strip()]
    return (
        len(dated) == 1
        and dated[0].tag == first.element.tag
        and not _DATE.search(text[first.start : first.end])
    )


def _stretch(document: Document, rows: list[Row], places: Sequence[int]) -> None:
    """Rows that stand apart are read with what stands between them, where that holds their days.

    What stands between belongs to the title before it, or to the one behind it, as the first and
    the last of the rows tell; where they do not, nobody knows.
    """
    if len(rows) < 2 or rows[0].high >= rows[1].low:
        return
    between = [_loose(document, one.high, other.low) for one, other in pairwise(rows)]
    steps = len(between[0])
    if not 0 < steps <= PARTS or not all(_dates(document, one, steps) for one in between):
        return
    if any(_DATE.search(document.text, row.start, row.end) for row in rows):
        return
    ahead, behind = _before(document, rows[0], steps), _behind(document, rows[-1], steps)
    follows = _dates(document, behind, steps)
    if follows == _dates(document, ahead, steps):
        return
    own = [*between, behind] if follows else [ahead, *between]
    if any(_count(places, one[0].index, one[-1].stop) for one in own):
        return
    for row, loose in zip(rows, own, strict=True):
        row.start, row.low = min(row.start, loose[0].start), min(row.low, loose[0].index)
        row.end, row.high = max(row.end, loose[-1].end), max(row.high, loose[-1].stop)


def _loose(document: Document, low: int, high: int) -> list[Element]:
    """The elements side by side from one index up to another."""
    found: list[Element] = []
    while low < high:
        found.append(document.elements[low])
        low = document.elements[low].stop
    return found


def _behind(document: Document, row: Row, steps: int) -> list[Element]:
    """So many elements right behind a row under the same parent."""
    found, index = list[Element](), row.high
    while len(found) < steps and index < len(document.elements):
        one = document.elements[index]
        if one.parent != row.element.parent:
            break
        found.append(one)
        index = one.stop
    return found


def _before(document: Document, row: Row, steps: int) -> list[Element]:
    """So many elements right before a row under the same parent."""
    found = list[Element]()
    one = document.previous(row.element)
    while one is not None and len(found) < steps:
        found.insert(0, one)
        one = document.previous(one)
    return found


def _dates(document: Document, loose: Sequence[Element], steps: int) -> bool:
    """Whether so many elements stand there, and what they say looks like a day."""
    if len(loose) != steps:
        return False
    return _DATE.search(document.text, loose[0].start, loose[-1].end) is not None


def _row(element: Element, anchors: list[Anchor], minor: int) -> Row:
    place = (element.start, element.end, element.index, element.stop)
    return Row(element, element.parent, anchors, *place, minor=minor)


def _rows(document: Document, found: list[Anchor]) -> list[Row]:
    """The rows of the links, in order."""
    rows: dict[int, Row] = {}
    homes: dict[int, Element] = {}
    elements, paired = document.elements, False
    for number, anchor in enumerate(found):
        if anchor.region not in _LISTED:
            continue
        above = anchor.element.parent
        element = homes.get(above)
        if element is None:
            element = elements[above] if above >= 0 else anchor.element
            if element.tag not in ROW_TAGS:
                element = _home(document, anchor.element) or anchor.element
            if element is not anchor.element:
                homes[above] = element
        index = element.index
        row = rows.get(index)
        if row is None:
            rows[index] = Row(
                element,
                element.parent,
                [anchor],
                element.start,
                element.end,
                index,
                element.stop,
                first=number,
            )
            paired = paired or element.tag in _PAIRED
        else:
            row.anchors.append(anchor)
    if paired:
        _pair(document, rows)
    made: list[Row] = []
    for row in rows.values():
        if len(row.anchors) > 1:
            made += _split(document, row)
        else:
            made.append(row)
    return made


def _home(document: Document, element: Element) -> Element | None:
    """The row that a link stands in: the next li, tr, dd, dt or dl, else what holds the link."""
    parent = document.parent(element)
    current = parent
    for _ in range(6):
        if current is None or current.tag in _STOPS:
            break
        if current.tag in ROW_TAGS or current.tag == "dl":
            return current
        current = document.parent(current)
    return parent if parent is not None and parent.tag not in {"body", "html"} else None


def _pair(document: Document, rows: dict[int, Row]) -> None:
    """Terms and descriptions: the title in one and the date in the other are one row."""
    for row in list(rows.values()):
        if row.element.tag == "dt":
            following = _following(document, row.element)
            if following is None or following.tag != "dd":
                continue
            other = rows.get(following.index)
            if other is None:
                last = _last_without(document, following, rows)
                row.end, row.high = last.end, last.stop
            elif {a.url for a in other.anchors} == {a.url for a in row.anchors}:
                row.anchors += other.anchors
                row.end, row.high = following.end, following.stop
                del rows[following.index]
        elif row.element.tag == "dd":
            before = document.previous(row.element)
            if before is not None and before.tag == "dt" and before.index not in rows:
                said = document.text[before.start : before.end]
                if len(said) <= BESIDE and _DATE.search(said):
                    row.start, row.low = before.start, before.index


def _last_without(document: Document, first: Element, rows: dict[int, Row]) -> Element:
    """The last of the descriptions that follow one another and hold no link: all say of one term."""
    last = first
    for _ in range(PARTS):
        following = _following(document, last)
        if following is None or following.tag != "dd" or following.index in rows:
            break
        last = following
    return last


def _following(document: Document, element: Element) -> Element | None:
    """The element behind it under the same parent."""
    if element.stop >= len(document.elements):
        return None
    found = document.elements[element.stop]
    return found if found.parent == element.parent else None


def _split(document: Document, row: Row) -> Sequence[Row]:
    """The rows of an element that holds several: links one after another, dates between them."""
    titles: list[Anchor] = []
    for anchor in row.anchors:
        if len(anchor.text) < TITLE:
            continue
        if (anchor.url or anchor.text) not in {a.url or a.text for a in titles[-3:]}:
            titles.append(anchor)
    if len(titles) < 2:
        return (row,)
    element, text = row.element, document.text
    bounds = [row.start, *(edge for a in titles for edge in (a.element.start, a.element.end))]
    gaps = [
        text[start:end] for start, end in zip(bounds[::2], [*bounds[1::2], row.end], strict=True)
    ]
    dated = sum(_DATE.search(gap[:600]) is not None for gap in gaps)
    if element.tag in ROW_TAGS:
        if dated < 2:
            return (row,)
    elif len(parts("".join(gap[:600] for gap in gaps))) > BESIDE * len(titles):
        return (row,)
    before = _DATE.search(gaps[0][-600:]) is not None and not _DATE.search(gaps[-1][:600])
    return _segments(row, titles, before=before)


def _segments(row: Row, titles: list[Anchor], *, before: bool) -> list[Row]:
    """One row for each title with the text up to the next one; `before`: from the last one."""
    made: list[Row] = []
    holder = row.holder if row.element.tag in ROW_TAGS else row.element.index
    rest = iter(row.anchors)
    anchor = next(rest, None)
    for number, title in enumerate(titles):
        following = titles[number + 1].element if number + 1 < len(titles) else None
        own: list[Anchor] = []
        while anchor is not None and (following is None or anchor.element.index < following.index):
            own.append(anchor)
            anchor = next(rest, None)
        if before:
            previous = titles[number - 1].element if number else None
            start, low = (previous.end, previous.stop) if previous else (row.start, row.low)
            end, high = title.element.end, title.element.stop
        else:
            start, low = title.element.start, title.element.index
            end = following.start if following else row.end
            high = following.index if following else row.high
        made.append(Row(title.element, holder, own, start, end, low, high))
    return made
