"""Which part of the page an element stands in: menu, footer, side box or body."""

import re
from typing import Final

import msgspec

from audit.reading.document import Document, Element
from audit.reading.roles import FOOTER, NAV, SIDE
from audit.vocabulary import any_of

BODY: Final = "body"

LARGE = 0.5  # a "menu" that holds more than this share of the page's text may be no menu
LOOSE = {NAV: 150, SIDE: 150, FOOTER: 500}  # characters that are no links: more is content
DATED = 3  # a "menu" with so many dates is a list
LOW = 0.5  # a footer without a name starts in the lower part of the text
FOOTER_LENGTH = 800
TRAIL = 60  # characters of a breadcrumb, all that stands beside the boxes of some pages
LINE_LENGTH = 200  # characters of a cell that is one line of a footer

_DATE = re.compile(r"(?<![\d-])(?:(?:19|20)\d\d[-/.年])?\d{1,2}[-/.月]\d{1,2}(?![\d-])")
_PART_OF_DATE = re.compile(r"[-/.月年]\d")
_TAGS = {"nav": NAV, "header": NAV, "footer": FOOTER, "aside": SIDE}
_BOXES = frozenset({"div", "ul", "ol", "dl", "table", "td", "section", "article", "main"})
_OWN_PARTS = frozenset({"article", "main", "section"})  # their headers and footers are their own


class Block(msgspec.Struct, frozen=True, gc=False):
    """An outermost part of the page that is not body: elements from `start` up to `stop`."""

    number: int  # from 1 in document order
    region: str
    start: int
    stop: int


class Regions:
    """The blocks of a page."""

    def __init__(self, document: Document) -> None:
        """Find the blocks."""
        self._document = document
        self.blocks = self._find()
        self._of: list[Block | None] = []
        self._spread()

    def block(self, element: Element) -> Block | None:
        """The block an element stands in; None: the body."""
        return self._of[element.index]

    @property
    def by_element(self) -> list[Block | None]:
        """The block of each element, by its index; None: the body."""
        return self._of

    def region(self, element: Element) -> str:
        """The part of the page an element stands in."""
        block = self._of[element.index]
        return BODY if block is None else block.region

    def spans(self, region: str) -> list[tuple[int, int]]:
        """The slices of the page's text that belong to a region's blocks."""
        elements = self._document.elements
        return [
            (elements[b.start].start, elements[b.start].end)
            for b in self.blocks
            if b.region == region
        ]

    def _find(self) -> list[Block]:
        document = self._document
        tagged = ((_TAGS[tag], e) for tag in _TAGS for e in document.tagged(tag))
        named = ((r, e) for r in (FOOTER, NAV, SIDE) for e in document.playing(r))
        found: list[tuple[str, Element]] = []
        behind = 0
        for region, element in sorted((*tagged, *named), key=_place):
            if element.index >= behind and self._is_part(element, region):
                found.append((region, element))
                behind = element.stop
        if all(region != FOOTER for region, _ in found) and (foot := self._unnamed_footer(found)):
            kept = [(r, e) for r, e in found if not foot.index <= e.index < foot.stop]
            found = sorted([*kept, (FOOTER, foot)], key=lambda pair: pair[1].index)
        own = self._own_of_sides(found)
        found = [(r, e) for r, e in found if e is not own]
        return [Block(i + 1, r, e.index, e.stop) for i, (r, e) in enumerate(found)]

    def _own_of_sides(self, found: list[tuple[str, Element]]) -> Element | None:
        """The larger of the side boxes of a page that says nothing else: its content.

        A single one must hold a list, and no box of hot or related news, beside a menu.
        """
        sides = [element for region, element in found if region == SIDE]
        if not sides or len({element.parent for element in sides}) > 1:
            return None
        if len(sides) == 1 and not self._is_own_side(sides[0], found):
            return None
        text = self._document.text
        body = next(iter(self._document.tagged("body")), None)
        position, loose = body.start if body else 0, ""
        for _, element in found:
            loose += text[position : element.start].strip()
            position = max(position, element.end)
        if len(loose + text[position:].strip()) > TRAIL:
            return None
        return max(sides, key=lambda element: element.end - element.start)

    def _is_own_side(self, side: Element, found: list[tuple[str, Element]]) -> bool:
        """Whether a lone side box is the page's list: dated rows, beside it a menu and no other box."""
        document = self._document
        above = document.parent(side)
        parts = {e.index: region for region, e in found}
        beside = [c for c in document.children(above) if c.tag in _BOXES] if above else []
        regions = {parts.get(one.index, BODY) for one in beside}
        if BODY in regions or NAV not in regions:
            return False
        said = document.text[side.start : side.end]
        if any_of("page", "side_headings").search(said):
            return False
        return sum(1 for _ in zip(_DATE.finditer(said), range(DATED), strict=False)) >= DATED

    def _spread(self) -> None:
        self._of = [None] * len(self._document.elements)
        for block in self.blocks:
            self._of[block.start : block.stop] = [block] * (block.stop - block.start)

    def _is_part(self, element: Element, region: str) -> bool:
        """Whether an element is the part that its tag or names speak of; its content may deny it."""
        if element.tag in _TAGS:
            return not self._is_own_part(element)
        return not self._is_content(element, region)

    def _is_own_part(self, element: Element) -> bool:
        above = self._document.parent(element)
        for _ in range(4):
            if above is None or above.tag == "body":
                return False
            if above.tag in _OWN_PARTS:
                return True
            above = self._document.parent(above)
        return False

    def _is_content(self, element: Element, region: str) -> bool:
        """Whether a named part is in truth the page itself, or a list that is called head or top."""
        text = self._document.text
        size = element.end - element.start
        if size > LARGE * len(text):
            first, last = element.index, element.stop
            own = (e for e in self._document.tagged("a") if first < e.index < last)
            linked = sum(e.end - e.start for e in own)
            loose = len("".join(text[element.start : element.end].split())) - linked
            if loose > LOOSE[region]:
                return True
        if region != NAV:
            return False
        if not _PART_OF_DATE.search(text, element.start, element.end):
            return False
        dates = _DATE.finditer(text[element.start : element.end])
        return sum(1 for _ in zip(dates, range(DATED), strict=False)) >= DATED

    def _unnamed_footer(self, found: list[tuple[str, Element]]) -> Element | None:
        """The last block with a footer's words, when no part of the page is named a footer."""
        document = self._document
        text = document.text
        low = int(len(text) * LOW)
        match = any_of("page", "footer_words").search(text, low)
        current = document.innermost(match.start()) if match else None
        if any(e.index <= current.index < e.stop for _, e in found) if current else True:
            return None
        best = None
        for _ in range(12):
            if current is None or current.tag in {"body", "html"} or self._is_wide(current):
                break
            if current.start < low or current.end - current.start > FOOTER_LENGTH:
                break
            best = current
            current = document.parent(current)
        return best

    def _is_wide(self, element: Element) -> bool:
        """Whether an element is a cell with more than a line of a footer: the page's content."""
        return element.tag == "td" and element.end - element.start > LINE_LENGTH


def _place(found: tuple[str, Element]) -> int:
    return found[1].index
