"""What rows are called whose links do not name them: 查看, or 办事指南 in every one of them."""

import msgspec

from audit.model import ListItem
from audit.reading.document import Document
from audit.reading.groups import Row
from audit.reading.links import Anchor
from audit.reading.shown import NO_DATE, read_date

LONGEST = 160  # characters of a part that may be the title
PARTS = 40  # elements of a row that are looked at
SEVERAL = 3  # rows that are called alike, so that none of them is called so


def told(document: Document, row: Row, anchor: Anchor) -> str:
    """The longest part of a row beside its link, if it is longer than what the link says."""
    best = ""
    for element in document.elements[row.low : min(row.high, row.low + PARTS)]:
        if element.stop > element.index + 1 or element.index == anchor.element.index:
            continue
        if len(best) < element.end - element.start <= LONGEST:
            said = document.said(element)
            if len(said) > len(best) and read_date(said) is NO_DATE:
                best = said
    return best if len(best) > len(anchor.text) else ""


def called(document: Document, pairs: list[tuple[Row, ListItem]]) -> list[tuple[Row, ListItem]]:
    """The rows; where all links say the same and lead elsewhere, each is called by its longest part."""
    if len(pairs) < SEVERAL or any(item.title != pairs[0][1].title for _, item in pairs):
        return pairs
    if len({item.url for _, item in pairs}) < len(pairs):
        return pairs
    names = [_named(document, row, item) for row, item in pairs]
    if not all(names) or len(set(names)) < len(names):
        return pairs
    return [
        (row, msgspec.structs.replace(item, title=name))
        for (row, item), name in zip(pairs, names, strict=True)
    ]


def _named(document: Document, row: Row, item: ListItem) -> str:
    anchor = next((one for one in row.anchors if one.url == item.url), None)
    return "" if anchor is None or not row.alone else told(document, row, anchor)
