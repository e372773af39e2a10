"""One row of a list: its link, its title, and the date that it shows."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

import msgspec

from audit import dates
from audit.model import DateSource, ListItem
from audit.reading.calling import told
from audit.reading.document import Document, Element, parts
from audit.reading.groups import Row
from audit.reading.links import MAX_TEXT, Anchor
from audit.reading.shown import NO_DATE, PERIOD, Shown, is_labelled, labelled_in, read_date, undates
from audit.text import clean, han_count, shorten
from audit.vocabulary import any_of, words

SHORT = 40  # characters beside the title that can hold nothing but a date, a source, a mark
FIRST = 8  # elements of a table among which its head stands
HEAD = 300  # characters of a table's head
PART = 24  # a longer part of a row is no date
LABEL = 6  # Chinese characters that may stand beside a date
ROW = 2000  # characters of a row that are looked at
LEAST = 3  # characters of a date
LEAST_STAMP, LONGEST_STAMP = 8, 30  # characters of an attribute that holds a day
NAMED = 8  # a view link's words have at most so many characters
NO_COLUMN = -1  # the table does not say in which column the date stands
NEVER = -2  # its dates are those of something else

_DATE_PARTS = frozenset(
    "span td em i time font b p div dd dt label small strong u cite h2 h3 h4 h5 h6".split()
)
_BRACKETED = re.compile(
    r"^[\[【〔(（]([^\[\]【】〔〕()（）]{5,20})[\]】〕)）]|[\[【〔]([^\[\]【】〔〕]{5,20})[\]】〕]$"
)
_LINKED = frozenset({"a", "img"})  # their titles are words
_STAMPS = frozenset({"title", "datetime"})
_STAMPED = re.compile(r"date|time|rq|sj|day")
_SHOWN = DateSource.LIST  # a member is looked up slowly
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_EDGES = " []()（）【】〔〕|·:：-—"
_MARKS = frozenset("·•●▪■◆◇※★☆»›>》◎○→- [【（(置")  # what a title begins with and is not its
_BULLETS = " ·•●▪■◆◇※★☆»›>》◎○→-"


class Context(msgspec.Struct, frozen=True):
    """What stands around a row: the years above it, the table's column of publication dates."""

    years: Sequence[int] = ()
    column: int = NO_COLUMN


def item_of(document: Document, row: Row, context: Context) -> ListItem | None:
    """The row as a record.

    None when it leads nowhere; but a dated row whose link is broken (javascript:;) is a row.
    """
    anchor = row.anchors[0] if len(row.anchors) == 1 else _title(row)
    if anchor is None or not anchor.text:
        return None
    url, title, link = anchor.url, anchor.text, anchor.element
    if "{" in title or "{" in url or "<%" in title:
        return None  # a template that nobody filled in
    shown, part = _date(document, row, anchor, context.column) if row.alone else (NO_DATE, None)
    if shown.day is None and row.alone and (shown.quote or document.stamped):
        shown = _in_attributes(document, row, shown) if context.column == NO_COLUMN else shown
    if not url and shown is NO_DATE and context.column == NO_COLUMN:
        return None
    if part is not None or link.stop > link.index + 1:
        title, shown = _within(document, row, anchor, shown, part)
    if len(title) <= NAMED and title.strip(_EDGES) in words("page")["view_words"]:
        title = told(document, row, anchor) or title
    if shown is NO_DATE and (said := link.attributes.get("title")):
        shown = labelled_in(said[:ROW])
    if shown is NO_DATE:
        return ListItem(url, plain(title) if title[:1] in _MARKS else title)
    return _dated_row(url, title, shown, context)


def _dated_row(url: str, title: str, shown: Shown, context: Context) -> ListItem:
    day, quote = shown.day, shown.quote
    if day is None and shown.month_day:
        day = _with_year(shown, shown.month_day, url, context.years).day
    if quote and quote in title:
        title = _without_date(title, quote)
    if title[:1] in _MARKS:
        title = plain(title)
    source = None if day is None else _SHOWN
    return ListItem(url, title, day, source, quote[:40], shown.month_day)


def _within(
    document: Document, row: Row, anchor: Anchor, shown: Shown, part: Element | None
) -> tuple[str, Shown]:
    """The title of a link with more in it than the title, and the date that stands there."""
    title = anchor.text
    if part is not None:
        title = _apart(document, anchor, part) or title
    if anchor.element.stop > anchor.element.index + 1:
        named, rest = _headed(document, anchor.element)
        title = shorten(named, MAX_TEXT) or _unnumbered(document, anchor.element, title)
        if shown is NO_DATE and row.alone and 0 < len(rest) <= SHORT:
            shown = read_date(rest)
    return title, shown


def dated(item: ListItem, shown: Shown) -> ListItem:
    """The row with a date."""
    return ListItem(
        item.url,
        item.title,
        shown.day,
        _SHOWN if shown.day else None,
        shown.quote[:40],
        shown.month_day,
    )


def plain(title: str) -> str:
    """The title without the bullet before it and without the mark of a pinned row."""
    kept = title.lstrip(_BULLETS) if title[:1] in _BULLETS else title
    for mark in words("page")["pin_marks"] if "顶" in kept[:6] else ():
        kept = kept.removeprefix(mark).lstrip()
    return kept or title


def _title(row: Row) -> Anchor | None:
    """The anchor with the most words, one that leads somewhere first."""
    best = None
    for anchor in row.anchors:
        if not anchor.text:
            continue
        if best is None or (bool(anchor.url), len(anchor.text)) > (bool(best.url), len(best.text)):
            best = anchor
    return best


def _apart(document: Document, anchor: Anchor, part: Element) -> str:
    """The title without the part of the link that is the date; where both overlap, as it is."""
    link, text = anchor.element, document.text
    if not link.start <= part.start <= part.end <= link.end:
        return anchor.text
    return shorten(parts(f"{text[link.start : part.start]} {text[part.end : link.end]}"), MAX_TEXT)


def _headed(document: Document, link: Element) -> tuple[str, str]:
    """The title that a link with more in it names by a heading or its attribute, and the rest."""
    text = document.text
    for one in document.inside(link):
        if one.tag in _HEADINGS and one.end - one.start >= NAMED:
            rest = f"{text[link.start : one.start]} {text[one.end : link.end]}"
            return document.said(one), parts(rest[:ROW])
    title = clean(link.get("title")[:ROW])
    said = parts(text[link.start : min(link.end, link.start + ROW)]) if len(title) >= NAMED else ""
    before, found, behind = said.partition(title) if title else ("", "", "")
    return (title, f"{before} {behind}".strip()) if found else ("", "")


def _unnumbered(document: Document, link: Element, title: str) -> str:
    """The title without the number of its row, where that has a tag of its own: 01."""
    number, _, rest = title.partition(" ")
    if not rest or len(number) > LEAST or not number.isdecimal():
        return title
    first = next((one for one in document.inside(link) if one.end > one.start), None)
    return rest if first is not None and document.said(first) == number else title


def _date(
    document: Document, row: Row, anchor: Anchor, column: int
) -> tuple[Shown, Element | None]:
    """The date of a row, and the element that is nothing else when it was read from one."""
    if column != NO_COLUMN:
        return _in_column(document, row.element, column), None
    veiled = bool(document.concealed) and not row.element.hidden
    for whole in (False, True) if veiled else (True,):
        rest = _beside(document, row, anchor.element, whole=whole)
        shown = read_date(rest) if len(rest) <= SHORT else labelled_in(rest)
        if shown is not NO_DATE:
            return shown, None
        shown, part = _in_parts(document, row, anchor.element, whole=whole)
        if shown is not NO_DATE:
            return shown, part
    if anchor.text[0] in "[【〔(（" or anchor.text[-1] in "]】〕":
        match = _BRACKETED.search(anchor.text)
        inside = read_date(match[1] or match[2]) if match else NO_DATE
        return (inside if inside.day is not None else NO_DATE), None
    return NO_DATE, None


def _beside(document: Document, row: Row, link: Element, *, whole: bool) -> str:
    """What stands beside the link; without what is hidden unless the whole is asked for."""
    text, start, end = document.text, row.start, min(row.end, row.start + ROW)
    before = text[start : link.start] if link.start - start >= LEAST else ""
    behind = text[link.end : end] if row.end - link.end >= LEAST else ""
    if not whole:
        before = _unveiled(document, start, link.start)
        behind = _unveiled(document, link.end, end)
    before, behind = before.strip(), behind.strip()
    rest = f"{before} {behind}" if before and behind else before or behind
    return parts(rest) if "  " in rest or not rest.isprintable() else rest


def _unveiled(document: Document, start: int, end: int) -> str:
    """A stretch of text without what is hidden in it."""
    said = ""
    for element in document.concealed:
        if start <= element.start and element.end <= end:
            said += document.text[start : element.start]
            start = element.end
    return said + document.text[start:end]


def _in_column(document: Document, row: Element, column: int) -> Shown:
    if column == NEVER:
        return NO_DATE
    for number, cell in enumerate(_cells(document, row)):
        if number == column:
            said = parts(document.text[cell.start : min(cell.end, cell.start + ROW)])
            return read_date(said) if len(said) <= SHORT else NO_DATE
    return NO_DATE


def _in_parts(
    document: Document, row: Row, anchor: Element, *, whole: bool
) -> tuple[Shown, Element | None]:
    """The part of a row that is a date: one that is nothing else, or labelled, before all others.

    Two such parts with two days are columns of which nobody knows the meaning.
    """
    found = list(_dated_parts(document, row, anchor, whole=whole))
    for shown, element, said in found:
        if shown.day is not None and is_labelled(said, shown):
            return shown, element
    pure = [(o, e) for o, e, said in found if han_count(said) == han_count(o.quote)]
    several = pure or [(one, element) for one, element, _ in found]
    if not several:
        return NO_DATE, None
    first, part = several[0]
    other = next((e for one, e in several if one.day and first.day not in {None, one.day}), None)
    between = document.text[part.end : other.start] if other is not None else ""
    if other is not None and not PERIOD.fullmatch(parts(between)):
        return NO_DATE, None
    return first, part


def _dated_parts(
    document: Document, row: Row, anchor: Element, *, whole: bool
) -> Iterator[tuple[Shown, Element, str]]:
    """Parts that are a date and little else, with their words; of the title, that are nothing else."""
    for element in document.elements[row.low : min(row.high, row.low + 60)]:
        if element.tag not in _DATE_PARTS or element is row.element:
            continue
        if element.hidden and not whole:
            continue
        if element.tag == "time" and (stamp := element.get("datetime")):
            day = dates.timestamp(stamp)
            if day is not None:
                yield Shown(day, stamp[:40]), element, stamp
        if 4 <= element.end - element.start <= 4 * PART:
            said = parts(document.text[element.start : element.end])
            if len(said) > PART or (shown := read_date(said)) is NO_DATE:
                continue
            titled = element.start < anchor.end and element.end > anchor.start
            before = parts(document.text[max(row.start, element.start - PART) : element.start])
            if undates(before, len(before)):
                continue  # its label has a tag of its own
            if han_count(said) - han_count(shown.quote) <= (0 if titled else LABEL):
                yield shown, element, said


def _in_attributes(document: Document, row: Row, shown: Shown) -> Shown:
    """The whole day that an attribute holds, where words show only a part of it or a script writes it."""
    for element in document.elements[row.low : min(row.high, row.low + 60)]:
        if not element.attributes or element.tag in _LINKED:
            continue
        for name, value in element.attributes.items():
            if not value or not LEAST_STAMP <= len(value) <= LONGEST_STAMP:
                continue
            if name not in _STAMPS and not name.startswith("data-"):
                continue
            found = read_date(value)
            if found.day is None:
                continue
            same = shown.month_day == (found.day.month, found.day.day)
            written = name != "title" and _STAMPED.search(name) and element.start == element.end
            if same or (written and shown.month_day is None):
                return Shown(found.day, found.quote, shown.month_day)
    return shown


def _with_year(shown: Shown, month_day: tuple[int, int], url: str, years: Sequence[int]) -> Shown:
    """The year of a bare MM-DD: from its address when that is near, or from the heading above it."""
    by_url = dates.from_url(url)
    if by_url is not None:
        return Shown(dates.near(*month_day, by_url, span=31), shown.quote, month_day)
    by_month = dates.month_from_url(url)
    if by_month is not None:
        middle = dt.date(*by_month, 15)
        return Shown(dates.near(*month_day, middle, span=46), shown.quote, month_day)
    return Shown(dates.infer_year(*month_day, years), shown.quote, month_day)


def _without_date(title: str, quote: str) -> str:
    """The title without the date that stands in the same link."""
    if len(title) <= len(quote) + 4:
        return title
    if title.endswith(quote):
        return title[: -len(quote)].rstrip(_EDGES)
    if title.startswith(quote) or title[1:].startswith(quote):
        return title[title.index(quote) + len(quote) :].lstrip(_EDGES)
    if title[:-1].endswith(quote):
        return title[: title.rindex(quote)].rstrip(_EDGES)
    return title


def date_column(document: Document, row: Element) -> int:
    """The number of the column of publication dates, as the first row of a table calls it.

    In a catalogue without one it is the day of the entry. `NEVER` when the table shows no other
    dates than those of writing, of effect and the like.
    """
    head = _head(document, row) if row.tag == "tr" else _head_of_boxes(document, row)
    if head is None or head.end - head.start > HEAD:
        return NO_COLUMN
    other, made = False, NO_COLUMN
    for number, cell in enumerate(_cells(document, head)):
        said = document.said(cell).replace(" ", "")
        if any(map(str.isdigit, said)) or len(said) > LABEL + 2:
            continue
        if said in words("page")["catalogue_dates"]:
            made = number
        elif any_of("page", "undating_labels").search(said):
            other = True
        elif any_of("page", "date_heads").search(said):
            return number
    if made >= 0:
        return made
    return NEVER if other else NO_COLUMN


def _head(document: Document, row: Element) -> Element | None:
    """The first row of a table that has several cells: a caption over all of it is none."""
    above = document.parent(row)
    table = document.parent(above) if above is not None and above.tag != "table" else above
    if above is None or table is None:
        return None
    body = table if table.tag == "table" else above
    rows = [one for one in document.inside(body)[:FIRST] if one.tag == "tr"]
    for one in rows[:1]:
        if one.end - one.start > HEAD or len(list(document.children(one))) > 1:
            return one
    return next(iter(rows[1:2]), None) or next(iter(rows), None)


def _head_of_boxes(document: Document, row: Element) -> Element | None:
    """What stands before rows that are no table's, has as many parts and calls one of them titles."""
    above = document.parent(row)
    head = document.previous(row) or (document.previous(above) if above is not None else None)
    if head is None or not 0 < head.end - head.start <= HEAD or head.stop == head.index + 1:
        return None
    if any_of("page", "date_heads").search(document.text, head.start, head.end) is None:
        return None
    cells = list(_cells(document, head))
    titles = words("page")["catalogue_titles"]
    if not any(document.said(cell).replace(" ", "") in titles for cell in cells):
        return None
    return head if len(cells) == len(list(_cells(document, row))) else None


def _cells(document: Document, row: Element) -> list[Element]:
    """The parts of a row, below what only wraps them."""
    cells = list(document.children(row))
    while len(cells) == 1 and cells[0].stop > cells[0].index + 1:
        cells = list(document.children(cells[0]))
    return cells
