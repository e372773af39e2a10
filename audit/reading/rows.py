"""One row of a list: its link, its title, and the date that it shows."""

import datetime as dt
import re
from functools import lru_cache

import msgspec

from audit import dates
from audit.model import DateSource, ListItem
from audit.reading.document import Document, Element, parts
from audit.reading.links import Anchor
from audit.text import halfwidth, han_count
from audit.vocabulary import any_of

SHORT = 40  # characters beside the title that can hold nothing but a date, a source, a mark
PART = 24  # a longer part of a row is no date
LABEL = 6  # Chinese characters that may stand beside a date
ROW = 2000  # characters of a row that are looked at

_DATE_PARTS = frozenset(
    "span td em i time font b p div dd dt label small strong u h4 h5 h6".split()
)
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s*[日/]?\s+((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})(?!\d)")
_DAY_LAST = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*月?\s+(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})[-/.月](\d{1,2})日?\s+((?:19|20)\d\d)(?!\d)")
_MONTH_DAY = re.compile(r"(?<![\d年./-])\d{1,2}(?:[-/.]\d{1,2}|月\d{1,2}日)(?![\d/.-])")
_IMPOSSIBLE = re.compile(r"(?<!\d)\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}(?!\d)")
_BRACKETED = re.compile(
    r"^[\[【〔(（]([^\[\]【】〔〕()（）]{5,20})[\]】〕)）]|[\[【〔]([^\[\]【】〔〕]{5,20})[\]】〕]$"
)
_ORDERS = ((_DAY_FIRST, (2, 3, 1)), (_DAY_LAST, (1, 2, 3)), (_YEAR_LAST, (3, 1, 2)))
_EDGES = " []()（）【】〔〕|·:：-—"


class Row(msgspec.Struct, gc=False):
    """A row in the making."""

    element: Element
    anchors: list[Anchor]
    alone: bool = True  # no other row's link stands inside it


class Shown(msgspec.Struct, frozen=True):
    """A date that a row shows."""

    day: dt.date | None
    quote: str
    month_day: tuple[int, int] | None = None


NO_DATE = Shown(None, "")


def item_of(document: Document, row: Row, years: list[int]) -> ListItem | None:
    """The row as a record. `years`: those of the heading above it.

    None when it leads nowhere; but a dated row whose link is broken (javascript:;) is a row.
    """
    anchor = _title(row)
    if anchor is None:
        return None
    shown = _date(document, row.element, anchor) if row.alone else NO_DATE
    if not anchor.url and shown is NO_DATE:
        return None
    if shown.day is None and shown.month_day:
        shown = _with_year(shown, shown.month_day, anchor.url, years)
    return ListItem(
        anchor.url,
        _without_date(anchor.text, shown.quote),
        shown.day,
        DateSource.LIST if shown.day else None,
        shown.quote[:40],
        shown.month_day,
    )


def _title(row: Row) -> Anchor | None:
    """The anchor with the most words, one that leads somewhere first."""
    best = None
    for anchor in row.anchors:
        if not anchor.text:
            continue
        if best is None or (bool(anchor.url), len(anchor.text)) > (bool(best.url), len(best.text)):
            best = anchor
    return best


def _date(document: Document, row: Element, anchor: Anchor) -> Shown:
    text = document.text
    start, end = row.start, min(row.end, row.start + ROW)
    rest = parts(f"{text[start : anchor.element.start]} {text[anchor.element.end : end]}")
    shown = NO_DATE
    if rest and len(rest) <= SHORT:
        shown = read_date(rest)
    if shown is NO_DATE:
        shown = _in_parts(document, row, anchor.element)
    if shown is NO_DATE and (anchor.text[0] in "[【〔(（" or anchor.text[-1] in "]】〕"):
        match = _BRACKETED.search(anchor.text)
        inside = read_date(match[1] or match[2]) if match else NO_DATE
        shown = inside if inside.day is not None else shown
    return shown


def _in_parts(document: Document, row: Element, anchor: Element) -> Shown:
    """The first part of a row that is a date and little else; of the title, that is nothing else."""
    for element in document.elements[row.index + 1 : min(row.stop, row.index + 60)]:
        if element.tag not in _DATE_PARTS:
            continue
        if element.tag == "time" and (stamp := element.get("datetime")):
            day = dates.timestamp(stamp)
            if day is not None:
                return Shown(day, stamp[:40])
        if 4 <= element.end - element.start <= 4 * PART:
            said = parts(document.text[element.start : element.end])
            if len(said) > PART or (shown := read_date(said)) is NO_DATE:
                continue
            titled = element.start < anchor.end and element.end > anchor.start
            if han_count(said) - han_count(shown.quote) <= (0 if titled else LABEL):
                return shown
    return NO_DATE


@lru_cache(maxsize=8192)
def read_date(text: str) -> Shown:
    """The date in the words beside a title: full, in parts, without a year, or only as written."""
    if not any(map(str.isdigit, text)):
        return _in_words(text)
    text = halfwidth(text)
    found = dates.first(text)
    if found is not None:
        return Shown(found.day, found.text)
    for pattern, order in _ORDERS:
        match = pattern.search(text)
        if match:
            day = dates.make_day(*(int(match[group]) for group in order))
            if day is not None:
                return Shown(day, match[0])
    match = _IMPOSSIBLE.search(text)
    if match:
        return Shown(None, match[0])
    month_day = dates.month_day(text)
    if month_day:
        match = _MONTH_DAY.search(text)
        return Shown(None, match[0] if match else text.strip(), month_day)
    return _in_words(text)


def _in_words(text: str) -> Shown:
    """3天前, 昨天 (the day depends on when it was seen), or Chinese numerals."""
    if len(text) <= PART and any_of("page", "relative_days").search(text):
        return Shown(None, text.strip(_EDGES))
    if "年" in text and (day := dates.chinese(text)) is not None:
        return Shown(day, text.strip(_EDGES))
    return NO_DATE


def _with_year(shown: Shown, month_day: tuple[int, int], url: str, years: list[int]) -> Shown:
    """The year of a bare MM-DD: from its address when both agree, or from the heading above it."""
    by_url = dates.from_url(url)
    if by_url is not None and (by_url.month, by_url.day) == month_day:
        return Shown(by_url, shown.quote, month_day)
    return Shown(dates.infer_year(*month_day, years), shown.quote, month_day)


def _without_date(title: str, quote: str) -> str:
    """The title without the date that stands in the same link."""
    if not quote or len(title) <= len(quote) + 4 or quote not in title:
        return title
    if title.endswith(quote):
        return title[: -len(quote)].rstrip(_EDGES)
    if title.startswith(quote) or title[1:].startswith(quote):
        return title[title.index(quote) + len(quote) :].lstrip(_EDGES)
    if title[:-1].endswith(quote):
        return title[: title.rindex(quote)].rstrip(_EDGES)
    return title
