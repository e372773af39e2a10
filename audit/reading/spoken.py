"""Labels and the values beside them, as a page says them: tables, definition lists, 标签：值 lines."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from audit.model import Region, Spoken
from audit.reading.document import LINE, SEAM, Document, Element, parts, tidy
from audit.reading.regions import FOOTER, NAV, Regions
from audit.text import halfwidth, has_han
from audit.vocabulary import any_of

MAX_PAIRS = 300
MAX_ROWS = 400  # of one table
LABEL = 16  # characters; a longer label is a sentence
CELL_LABEL = 12
VALUE = 300
LEAST = 3
LONG = 2000  # characters of a line that are looked at
_REGIONS = {NAV: Region.NAV, FOOTER: Region.FOOTER}
_COLON = re.compile(r"[:：]")
_NEXT = re.compile(
    r"(?:[\s；;。，,|｜、)）\]】]|(?<=[0-9A-Za-z]))([\u4e00-\u9fffA-Za-z（）()]{2,14})$"
)
# the border of an element before another label: a value ends there
_LABELLED = re.compile(rf"{SEAM}(?=[\u4e00-\u9fff]{{2,10}}[:：])")
_TAIL = 20  # characters before a colon in which its label stands
_EDGES = " \t·•●◆■★※*-—|｜；;，,。、【】[]"
_ENUMERATION = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)+")


def spoken(document: Document, regions: Regions) -> tuple[Spoken, ...]:
    """Every pair, each once: those of tables and definition lists first, then those of lines."""
    found: dict[Spoken, None] = {}
    for element in document.tagged("table", "dl"):
        if element.hidden and "hidden" in element.attributes:
            continue
        region = _region(regions, element)
        of = _of_table if element.tag == "table" else _of_terms
        for label, value in of(document, element):
            found[Spoken(label, value, region)] = None
            if len(found) >= MAX_PAIRS:
                return tuple(found)
    for region, line in _lines(document, regions):
        for label, value in of_line(line):
            found[Spoken(label, value, region)] = None
        if len(found) >= MAX_PAIRS:
            break
    return tuple(found)[:MAX_PAIRS]


@lru_cache(maxsize=4096)
def of_line(line: str) -> tuple[tuple[str, str], ...]:
    """The pairs of one line: 主办单位：甲 地址：乙 电话：丙. Footers say the same on every page."""
    pieces = _split(line)
    found: list[tuple[str, str]] = []
    label = _as_label(pieces[0])
    if not label and (match := _NEXT.search(pieces[0][-_TAIL:])):
        label = _as_label(match[1])
    for number, piece in enumerate(pieces[1:], 2):
        is_last = number == len(pieces)
        said, following = (piece, "") if is_last else _cut(piece, labelled=bool(label))
        value = said.strip(_EDGES)
        if label and value:
            found.append((label, value[:VALUE]))
        elif found and not label and value:
            last, before = found[-1]
            found[-1] = (last, f"{before}：{value}"[:VALUE])
        label = _as_label(following)
    return tuple(found)


def _cut(piece: str, *, labelled: bool) -> tuple[str, str]:
    """What stands between two colons: a value and the next label."""
    match = _NEXT.search(piece[-_TAIL:])
    if match is not None:
        return piece[: len(piece) - len(match[1])], match[1]
    whole = piece.strip(_EDGES)
    return ("", whole) if not labelled and len(whole) <= LABEL else (piece, "")


def _split(line: str) -> list[str]:
    """The line cut at its colons; those of times of day and of addresses are no cuts."""
    pieces: list[str] = []
    start = 0
    for match in _COLON.finditer(line):
        at = match.start()
        before, after = line[max(0, at - 1) : at], line[at + 1 : at + 3]
        if (before.isdigit() and after[:1].isdigit()) or after == "//":
            continue
        pieces.append(line[start:at])
        start = at + 1
        if len(pieces) > 40:
            break
    pieces.append(line[start:])
    return pieces


@lru_cache(maxsize=8192)
def _as_label(text: str) -> str:
    """A label without its number and decoration; empty when it is none."""
    if len(text) > 3 * LABEL:
        return ""
    label = _ENUMERATION.sub("", text.strip(_EDGES))
    label = halfwidth(label).replace(" ", "").strip(_EDGES)
    if not 1 < len(label) <= LABEL or not (has_han(label) or label.isalpha()):
        return ""
    if any(mark in label for mark in "，。；？！“”《》"):
        return ""
    return "" if any_of("page", "breadcrumb_labels").search(f"{label}：") else label


def _lines(document: Document, regions: Regions) -> Iterator[tuple[Region, str]]:
    """Lines with a colon outside menus, with the region they stand in; footers last."""
    text = document.text
    inert = [(e.start, e.end) for e in document.concealed if "hidden" in e.attributes]
    for region, start, end in _stretches(document, regions):
        for first, last in _with_colon(text, start, end):
            if not any(a <= first and last <= b for a, b in inert):
                said = tidy(_LABELLED.sub(" ", text[first : min(last, first + LONG)]))
                if len(said) > LEAST:
                    yield region, said


def _with_colon(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the lines with a colon begin and end."""
    wide, narrow = text.find("：", start, end), text.find(":", start, end)
    while wide >= 0 or narrow >= 0:
        at = min(position for position in (wide, narrow) if position >= 0)
        first = max(start, text.rfind(LINE, start, at) + 1)
        last = text.find(LINE, at, end)
        last = end if last < 0 else last
        yield first, last
        wide = text.find("：", last, end) if 0 <= wide < last else wide
        narrow = text.find(":", last, end) if 0 <= narrow < last else narrow


def _stretches(document: Document, regions: Regions) -> Iterator[tuple[Region, int, int]]:
    """The body's text between the blocks, then the footers'."""
    position = 0
    spans = [
        (document.elements[b.start].start, document.elements[b.start].end, b.region)
        for b in regions.blocks
    ]
    for start, end, _ in spans:
        yield Region.BODY, position, start
        position = end
    yield Region.BODY, position, len(document.text)
    for start, end, region in spans:
        if region == FOOTER:
            yield Region.FOOTER, start, end


def _of_table(document: Document, table: Element) -> Iterator[tuple[str, str]]:
    """Label and value cells side by side, or header cells above their columns."""
    rows = _rows(document, table)
    if not rows:
        return
    header = _header(rows)
    if header:
        for row in rows[1:]:
            if len(row) == len(header):
                yield from ((k, v[:VALUE]) for k, v in zip(header, row, strict=True) if k and v)
        return
    for row in rows:
        if len(row) % 2 == 0 and len(row) <= 6:
            for label, value in zip(row[::2], row[1::2], strict=True):
                key = _as_label(label.rstrip(":："))
                if key and value and len(key) <= CELL_LABEL:
                    yield key, value[:VALUE]


def _rows(document: Document, table: Element) -> list[list[str]]:
    """The cells' words, row by row; rows of nested tables are their own tables'."""
    rows: list[list[str]] = []
    index = table.index + 1
    elements = document.elements
    while index < table.stop and len(rows) < MAX_ROWS:
        element = elements[index]
        if element.tag == "table":
            return []  # layout
        if element.tag != "tr":
            index += 1
            continue
        cells = [c for c in document.children(element) if c.tag in {"td", "th"}]
        if any(elements[i].tag == "table" for i in range(index + 1, element.stop)):
            return []
        rows.append(
            [
                parts(document.text[c.start : min(c.end, c.start + LONG)].replace("\x1f", ""))
                for c in cells
            ]
        )
        index = element.stop
    return rows


def _header(rows: Sequence[Sequence[str]]) -> list[str]:
    """The labels of a header row: all short, none with a value behind a colon, three rows deep or more columns."""
    first = rows[0]
    if len(rows) < 2 or len(first) < 2:
        return []
    labels = [_as_label(cell) if len(cell) <= CELL_LABEL else "" for cell in first]
    if not all(labels) or any(_COLON.search(cell) or any(map(str.isdigit, cell)) for cell in first):
        return []
    same = sum(1 for row in rows[1:] if len(row) == len(first))
    if len(first) == 2:
        return [] if all(_as_label(row[0]) for row in rows[1:] if row) else labels
    return labels if same >= 0.5 * (len(rows) - 1) else []


def _of_terms(document: Document, terms: Element) -> Iterator[tuple[str, str]]:
    label = ""
    for child in document.children(terms):
        if child.tag == "dt":
            said = document.said(child)
            label = _as_label(said.rstrip(":："))
        elif child.tag == "dd" and label:
            value = document.said(child).strip(_EDGES)
            if value:
                yield label, value[:VALUE]


def _region(regions: Regions, element: Element) -> Region:
    return _REGIONS.get(regions.region(element), Region.BODY)
