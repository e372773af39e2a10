"""Labels and the values beside them, as a page says them: tables, definition lists, 标签：值 lines."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

from audit.model import Region, Spoken
from audit.reading.document import LINE, SEAM, Document, Element, tidy
from audit.reading.labelled import LONG, of_line
from audit.reading.regions import FOOTER, NAV, Regions
from audit.reading.scopes import Scopes
from audit.reading.tabled import is_organisation, of_table, of_terms
from audit.vocabulary import words

MAX_PAIRS = 300
LEAST = 3
_REGIONS = {NAV: Region.NAV, FOOTER: Region.FOOTER}
# the border of an element before another label: a value ends there
_LABELLED = re.compile(rf"{SEAM}(?=[\u4e00-\u9fff]{{2,10}}[:：])")


def spoken(document: Document, regions: Regions) -> tuple[Spoken, ...]:
    """Every pair, each once: those of tables and definition lists first, then those of lines."""
    found: dict[tuple[Spoken, int], None] = {}  # with the position
    for element in document.tagged("table", "dl"):
        if element.hidden and "hidden" in element.attributes:
            continue
        region = _region(regions, element)
        of = of_table if element.tag == "table" else of_terms
        for label, value, whose in of(document, element):
            found[Spoken(label, value, region, whose), element.start] = None
            if len(found) >= MAX_PAIRS:
                return _owned(document, found)
    for region, position, line in _lines(document, regions):
        whose = kept_by = ""
        for said, value in of_line(line):
            name, label = _apart(said)
            whose = name or whose
            number = label in words("facts")["labels_contact"]
            label, kept_by = f"{kept_by if number else ''}{label}", said if _supports(said) else ""
            found[Spoken(label, value, region, whose), position] = None
        if len(found) >= MAX_PAIRS:
            break
    return _owned(document, found)


def _owned(document: Document, found: Iterable[tuple[Spoken, int]]) -> tuple[Spoken, ...]:
    """Each pair with the name of the block that it stands in, where facts of a unit are spoken of."""
    pairs, body = tuple(found)[:MAX_PAIRS], Region.BODY
    if not any(one.region is body and _tells(one.label) for one, _ in pairs):
        return tuple(dict.fromkeys(one for one, _ in pairs))
    scopes = Scopes(document)
    owned = (
        one
        if one.about or one.region is not body
        else msgspec.structs.replace(one, about=scopes.at(position))
        for one, position in pairs
    )
    return tuple(dict.fromkeys(owned))


@lru_cache(maxsize=4096)
def _tells(label: str) -> bool:
    known = words("facts")
    return label in known["telling_labels"] or label in known["labels_after_name"]


@lru_cache(maxsize=4096)
def _supports(label: str) -> bool:
    """Whether a label names who made or keeps the site: a number right behind it is theirs."""
    return label.endswith(words("facts")["support_labels"])


@lru_cache(maxsize=4096)
def _apart(label: str) -> tuple[str, str]:
    """A label that begins with the name of an organisation, taken apart: 某局地址."""
    if len(label) > LEAST + 2:
        for own in words("facts")["labels_after_name"]:
            name = label.removesuffix(own)
            if name != label and is_organisation(name):
                return name, own
    return "", label


def _lines(document: Document, regions: Regions) -> Iterator[tuple[Region, int, str]]:
    """Lines with a colon outside menus, with region and position; footers last."""
    text = document.text
    inert = [(e.start, e.end) for e in document.concealed if "hidden" in e.attributes]
    for region, start, end in _stretches(document, regions):
        for first, last in _with_colon(text, start, end):
            if not any(a <= first and last <= b for a, b in inert):
                line = text[first : min(last, first + LONG)]
                said = tidy(_LABELLED.sub(" ", line) if SEAM in line else line)
                if len(said) > LEAST:
                    yield region, first, said


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


def _region(regions: Regions, element: Element) -> Region:
    return _REGIONS.get(regions.region(element), Region.BODY)
