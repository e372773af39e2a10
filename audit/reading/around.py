"""Dates that rows have from around them: a year above, elements between, their titles' ends."""

import re
from bisect import bisect_left

import msgspec

from audit.model import ListItem
from audit.reading.document import Document, parts, tidy
from audit.reading.groups import Row
from audit.reading.rows import dated
from audit.reading.shown import NO_DATE, Shown, read_date

BESIDE = 30  # characters of an element that is a date between the rows
YEAR = 12  # a row with more characters is no year between the rows
BACK = 60  # rows above one that are looked at for a year
ENOUGH = 3  # rows whose titles all end in a date
SHORT_SCRIPT = 400  # characters of a script that writes nothing but a date

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年?(?!\d)")
_DAY = re.compile(r"\d[-/.月]\s?\d")
_ENDS = re.compile(
    r"^(.{3,}?\S)\s*[\[(（【]?((?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?)[\])）】]?$"
)
_SCRIPTED = re.compile(r"[\"'](?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}[^\"']{0,20}[\"']")


def dated_otherwise(document: Document, pairs: list[tuple[Row, ListItem]]) -> list[ListItem]:
    """The items; what their rows don't show is looked for beside the rows."""
    items = [item for _, item in pairs]
    shown = False
    for item in items:
        if item.day is not None:
            shown = True
        elif item.month_day:
            return [_with_year_above(document, row, item) for row, item in pairs]
        elif item.quote:
            shown = True
    if shown or len(items) < 2:
        return items
    for found in (_beside(document, pairs), _ending(pairs), _by_script(document, pairs)):
        if found:
            return found
    return items


def _with_year_above(document: Document, row: Row, item: ListItem) -> ListItem:
    """The year of a row between the rows: 2019年."""
    if item.day is not None or item.month_day is None:
        return item
    element = document.previous(row.element)
    for _ in range(BACK):
        if element is None:
            return item
        if element.end - element.start <= 2 * YEAR:
            said = tidy(document.text[element.start : element.end])
            match = _YEAR.search(said) if len(said) <= YEAR else None
            if match and not _DAY.search(said):
                shown = read_date(f"{match[1]}-{item.month_day[0]}-{item.month_day[1]}")
                return dated(item, Shown(shown.day, item.quote, item.month_day))
        element = document.previous(element)
    return item


def _beside(document: Document, pairs: list[tuple[Row, ListItem]]) -> list[ListItem]:
    """Dates in elements of their own between the rows, behind each one or else before it."""
    rows = [row for row, _ in pairs]
    if rows[1].low == rows[0].high or rows[0].holder != rows[0].element.parent:
        return []
    text = document.text
    ends = [row.start for row in rows[1:]]
    holder = document.elements[rows[0].holder] if rows[0].holder >= 0 else rows[0].element
    after = [
        _short_date(text[row.end : end]) for row, end in zip(rows, [*ends, holder.end], strict=True)
    ]
    starts = [holder.start, *(row.end for row in rows[:-1])]
    before = [_short_date(text[a : row.start]) for a, row in zip(starts, rows, strict=True)]
    shown = after if after[-1] is not NO_DATE else before
    if sum(one is not NO_DATE for one in shown) < max(2, len(rows) - 1):
        return []
    return [dated(item, one) for (_, item), one in zip(pairs, shown, strict=True)]


def _short_date(text: str) -> Shown:
    said = parts(text[:400])
    return read_date(said) if said and len(said) <= BESIDE else NO_DATE


def _ending(pairs: list[tuple[Row, ListItem]]) -> list[ListItem]:
    """Dates at the end of the titles, when every title has one."""
    if len(pairs) < ENOUGH or not _ENDS.match(pairs[0][1].title):
        return []
    matches = [_ENDS.match(item.title) for _, item in pairs]
    made: list[ListItem] = []
    for (_, item), match in zip(pairs, matches, strict=True):
        if match is None or (shown := read_date(match[2])).day is None:
            return []
        made.append(dated(msgspec.structs.replace(item, title=match[1]), shown))
    return made


def _by_script(document: Document, pairs: list[tuple[Row, ListItem]]) -> list[ListItem]:
    """Dates that a short script in each row writes."""
    short = [
        (script.parent, script.text)
        for script in document.scripts
        if len(script.text) <= SHORT_SCRIPT and _SCRIPTED.search(script.text)
    ]
    if len(short) < len(pairs) / 2:
        return []
    short.sort()
    places = [place for place, _ in short]
    made: list[ListItem] = []
    for row, item in pairs:
        at = bisect_left(places, row.low)
        if at < len(short) and places[at] < row.high:
            match = _SCRIPTED.search(short[at][1])
            made.append(dated(item, read_date(match[0].strip("\"'")) if match else NO_DATE))
        else:
            made.append(item)
    return made if any(item.day for item in made) else []
