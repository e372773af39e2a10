"""Which part of the page an element stands in: menu, footer, side box or body."""

import re
from functools import cache, lru_cache
from operator import attrgetter
from typing import Final

import msgspec

from audit.reading.document import Document, Element
from audit.vocabulary import any_of, words

NAV: Final = "nav"
FOOTER: Final = "footer"
SIDE: Final = "side"
BODY: Final = "body"

LARGE = 0.5  # a "menu" that holds more than this share of the page's text may be no menu
LOOSE = {NAV: 150, SIDE: 150, FOOTER: 500}  # characters that are no links: more is content
DATED = 3  # a "menu" with so many dates is a list
LOW = 0.5  # a footer without a name starts in the lower part of the text
FOOTER_LENGTH = 800

_INDEX = attrgetter("index")
_SPLIT = re.compile(r"\s+")
_PARTS = re.compile(r"[-_]+|(?<=[a-z])(?=[A-Z])")
_DATE = re.compile(r"(?<![\d-])(?:(?:19|20)\d\d[-/.年])?\d{1,2}[-/.月]\d{1,2}(?![\d-])")
_LAST_ONLY = frozenset(
    {"nav", "menu", "footer", "header", "crumb", "breadcrumb", "foot", "sidebar"}
)
_TAGS = {"nav": NAV, "header": NAV, "footer": FOOTER, "aside": SIDE}
_NEVER = frozenset("html body a li b font em i p span head title meta link img input br".split())
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
        found: list[tuple[str, Element]] = []
        behind = 0
        for element in sorted((*document.named, *document.tagged(*_TAGS)), key=_INDEX):
            if element.index >= behind and (region := self._named(element)) != BODY:
                found.append((region, element))
                behind = element.stop
        if all(region != FOOTER for region, _ in found) and (foot := self._unnamed_footer(found)):
            kept = [(r, e) for r, e in found if not foot.index <= e.index < foot.stop]
            found = sorted([*kept, (FOOTER, foot)], key=lambda pair: pair[1].index)
        return [Block(i + 1, r, e.index, e.stop) for i, (r, e) in enumerate(found)]

    def _spread(self) -> None:
        self._of = [None] * len(self._document.elements)
        for block in self.blocks:
            self._of[block.start : block.stop] = [block] * (block.stop - block.start)

    def _named(self, element: Element) -> str:
        """The region that an element's tag or names speak of, unless its content says otherwise."""
        tag = element.tag
        if tag in _NEVER:
            return BODY
        if (region := _TAGS.get(tag)) is not None:
            return BODY if self._is_own_part(element) else region
        attributes = element.attributes
        if not attributes:
            return BODY
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        region = region_of_names(names) if len(names) > 1 else BODY
        if region == BODY or self._is_content(element, region):
            return BODY
        return region

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
            linked = sum(e.end - e.start for e in self._document.inside(element) if e.tag == "a")
            loose = len("".join(text[element.start : element.end].split())) - linked
            if loose > LOOSE[region]:
                return True
        if region != NAV:
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
            if current is None or current.tag in {"body", "html", "td"}:
                break
            if current.start < low or current.end - current.start > FOOTER_LENGTH:
                break
            best = current
            current = document.parent(current)
        return best


@lru_cache(maxsize=8192)
def region_of_names(names: str) -> str:
    """The part of a page that class and id names speak of; body when they say nothing."""
    for name in _SPLIT.split(names[:400].strip()):
        if not name or len(name) > 40:
            continue
        lower = name.lower()
        parts = [part.lower() for part in _PARTS.split(name) if part]
        for region in (FOOTER, NAV, SIDE):
            tokens = _tokens(region)
            if lower in tokens or (parts and parts[0] in tokens):
                return region
            if parts and parts[-1] in _LAST_ONLY and parts[-1] in tokens:
                return region
    return BODY


@cache
def _tokens(region: str) -> frozenset[str]:
    return frozenset(words("page")[f"{region}_tokens"])
