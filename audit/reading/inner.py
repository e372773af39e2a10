"""Rows that hold the links of other rows: what of them is their own."""

from collections.abc import Sequence

from audit.reading.document import Document, Element
from audit.reading.links import Anchor


def strangers(own: Sequence[Anchor], inside: Sequence[Anchor]) -> list[Anchor]:
    """The links inside a row that lead elsewhere than its own ones."""
    targets = {one.url or one.href for one in own}
    return [one for one in inside if (one.url or one.href) not in targets]


def inner(
    document: Document, row: Element, own: Sequence[Anchor], others: Sequence[Anchor]
) -> Element | None:
    """The part of a row with which, behind its own links, those of other rows begin; None: there is none."""
    last = own[-1].element.index
    part: Element | None = others[0].element
    while part is not None and part.parent != row.index:
        part = document.parent(part)
    return part if part is not None and part.index > last else None
