"""Whether script fills what stands empty in a page, told without running it."""

import re
from collections.abc import Iterator
from functools import lru_cache

from audit.reading.document import Document, Element, Script
from audit.reading.regions import BODY, FOOTER, Regions
from audit.urls import host_port
from audit.vocabulary import pattern_of, words

LOOKED_AT = 200_000  # characters of a script
CACHED = 20_000  # scripts up to this length are remembered: they stand in every page of a site
MAX_BOXES = 200
MAX_HEADING = 40  # characters of a heading with an empty box under it
WAITING = 20  # characters; a box that only says that it is loading has no more
SHORT = 1000  # characters of a script that writes a frame where it stands
BRIEF = 4  # letters; so short a name is looked for by itself: stat is none of static's
LONG = 200  # characters of a script's address that are looked at
STEPS = 4  # elements between what is empty and the box that a script may fill
_BOXES = frozenset("div ul ol table tbody section dl td span p main".split())
_HOLLOW = (*_BOXES, "li", "dd", "tr")
_ROWED = frozenset("ul ol table tbody".split())
_ISLAND = "xml"
_TOKEN = re.compile(r"[a-z]+")
_UNFILLED = (
    ("{{", "}}"),
    ("${", "}"),
    ("<%", "%>"),
)  # what a template shows until a script fills it in
_LISTS = frozenset("ul ol dl table tbody div main section".split())


class Filling:
    """What the scripts of a page may fill."""

    def __init__(self, document: Document) -> None:
        """Look at the scripts; the page is looked at only when one of them may fill something."""
        self._document = document
        self._sources = [script.src for script in document.scripts if script.src]
        self._texts = [
            script.text[:LOOKED_AT]
            for script in document.scripts
            if script.text and _may_fill(script.text)
        ]
        self._unseen = any(not _is_plain(source) for source in self._sources)
        framed = any(_writes_frame(script) for script in document.scripts)
        self._braced = any(m in document.text and e in document.text for m, e in _UNFILLED)
        self._idle = not self._unseen and not self._texts and not self._braced and not framed
        self._hollow = [] if self._idle else _hollow(document)
        self._rows = _repeated(document, self._hollow)
        self._bound = [] if self._idle else _repeated(document, _hollow_links(document))

    def content(self, regions: Regions, *, bare: bool, sparse: bool = False) -> bool:
        """Whether script fills the content region.

        A page that has nothing but scripts (`bare`) is filled by them, whatever they say. On one that
        says next to nothing (`sparse`) a box without an id may be what a script of another file fills.
        """
        document = self._document
        if bare:
            return bool(document.scripts)
        if any(regions.region(one) == BODY for one in _with_origin(document)):
            return True
        if self._idle:
            return False
        if self._braced or self._rows or _is_waiting(document, regions):
            return True
        if self._unseen and any(regions.region(one) == BODY for one in _written(document)):
            return True
        if any(regions.region(one) == BODY for one in _stand_ins(document)):
            return True
        if any(regions.region(row) == BODY for row in self._bound):
            return True
        if any(regions.region(box) == BODY for box in _said_empty(document)):
            return True
        boxes = _boxes(document, self._hollow)
        own = [box for box in boxes if regions.region(box) == BODY][:MAX_BOXES]
        if self._fills(own):
            return True
        return self._unseen and any(_is_listing(box, named=not sparse) for box in own)

    def related(self) -> bool:
        """Whether script fills an empty box under a heading such as 相关解读, wherever it stands."""
        document = self._document
        if any(_stands_related(document, row) for row in (*self._rows, *self._bound)):
            return True
        boxes = [box for box in _boxes(document, self._hollow) if _is_related(document, box)]
        return bool(boxes) and (self._braced or bool(self._rows) or self._fills(boxes))

    def footer(self, regions: Regions, said: str) -> bool:
        """Whether script fills an empty box of a footer that says nothing to speak of (`said`)."""
        if self._idle or len(said) > WAITING:
            return False
        named = _boxes(self._document, self._hollow)
        boxes = [box for box in named if regions.region(box) == FOOTER][:MAX_BOXES]
        if not boxes:
            return False
        return self._unseen or bool(self._rows) or self._fills(boxes)

    def _fills(self, boxes: list[Element]) -> bool:
        """Whether a framework or a script that writes where it stands fills a box, or names it."""
        whole, lists = words("page")["fill_boxes"], words("page")["fill_sources"]
        if self._sources and any(box.get("id").lower() in whole for box in boxes):
            return True
        if any(mark in source for source in self._sources for mark in lists):
            return True
        if not self._texts:
            return False
        names = {name for box in boxes for name in (box.get("id"), *box.get("class").split())}
        names.discard("")
        return any(
            f"{mark}{name}" in text for text in self._texts for name in names for mark in "#.'\""
        )


def _hollow(document: Document) -> list[Element]:
    """The innermost elements that hold nothing, if they may hold something."""
    text = document.text
    return [
        e
        for tag in _HOLLOW
        for e in document.tagged(tag)
        if e.stop == e.index + 1
        and (e.end == e.start or (text[e.start].isspace() and not text[e.start : e.end].strip()))
    ]


def _with_origin(document: Document) -> Iterator[Element]:
    """Tables and lists that say where their rows come from."""
    origins = words("page")["fill_origins"]
    for tag in ("table", "tbody", "ul"):
        for element in document.tagged(tag):
            if element.attributes and any(name in element.attributes for name in origins):
                yield element


def _stand_ins(document: Document) -> Iterator[Element]:
    """What stands for a list that is to come.

    Empty elements that no browser knows (a framework's component, an island of data), and the place
    where a script writes a frame.
    """
    for tag, elements in document.by_tag.items():
        if "-" in tag[1:] or tag == _ISLAND:
            yield from (e for e in elements if not document.text[e.start : e.end].strip())
    for script in document.scripts:
        if script.parent >= 0 and _writes_frame(script):
            box = document.elements[script.parent]
            if not document.text[box.start : box.end].strip():
                yield box


def _said_empty(document: Document) -> Iterator[Element]:
    """Boxes in which a component library says that it has no rows, as it does before they are fetched."""
    names = words("page")["fill_empties"]
    if any(name in document.html for name in names):
        yield from (e for e in document.named if any(name in e.get("class") for name in names))


def _written(document: Document) -> Iterator[Element]:
    """Where a script of the site writes as it is loaded: behind the rows of a list, alone in a box."""
    here = host_port(document.url)
    for script in document.scripts:
        if not script.src or script.parent < 0 or _is_plain(script.src):
            continue
        box = document.elements[script.parent]
        if box.tag not in _HOLLOW or host_port(document.join(script.src) or "") != here:
            continue
        behind = document.elements[script.at].start if script.at < box.stop else box.end
        if document.text[behind : box.end].strip():
            continue  # what it wrote, or what stands there without it
        if box.tag in _ROWED or not document.text[box.start : box.end].strip():
            yield box


def _writes_frame(script: Script) -> bool:
    return len(script.text) <= SHORT and "<iframe" in script.text and "write" in script.text


def _hollow_links(document: Document) -> list[Element]:
    """The links that hold nothing."""
    return [
        e
        for e in document.tagged("a")
        if e.stop == e.index + 1 and not document.text[e.start : e.end].strip()
    ]


def _repeated(document: Document, leaves: list[Element]) -> list[Element]:
    """The rows around what is empty that a script framework repeats: they stand there unfilled."""
    rows: dict[int, Element] = {}
    for leaf in leaves[:MAX_BOXES]:
        above: Element | None = leaf
        for _ in range(STEPS):
            if above is None or above.index in rows:
                break
            if any(_repeats(name) for name in above.attributes):
                rows[above.index] = above
                break
            above = document.parent(above)
    return list(rows.values())


@lru_cache(maxsize=2048)
def _repeats(attribute: str) -> bool:
    return any(mark in attribute for mark in words("page")["fill_attributes"])


def _stands_related(document: Document, row: Element) -> bool:
    """Whether what holds nothing but a row stands under a heading such as 相关解读."""
    box: Element | None = row
    for _ in range(STEPS):
        if box is None or document.text[box.start : box.end].strip():
            return False
        if _is_related(document, box):
            return True
        box = document.parent(box)
    return False


def _boxes(document: Document, hollow: list[Element]) -> Iterator[Element]:
    """The named elements around what is empty, as far out as they hold nothing else."""
    seen: set[int] = set()
    for element in hollow:
        box: Element | None = element
        for _ in range(STEPS):
            if box is None or box.tag not in _HOLLOW or box.index in seen:
                break
            if box.index != element.index and not _is_empty(document, box):
                break
            seen.add(box.index)
            if box.tag in _BOXES and (box.get("id") or box.get("class")):
                yield box
            box = document.parent(box)


def _is_empty(document: Document, box: Element) -> bool:
    if box.stop - box.index > 2 * STEPS or document.text[box.start : box.end].strip():
        return False
    return all(one.tag in _HOLLOW for one in document.inside(box))


def _is_related(document: Document, box: Element) -> bool:
    above = document.parent(box)
    if above is None or above.end - above.start > MAX_HEADING:
        return False
    return _says_related(document.text[above.start : above.end])


@lru_cache(maxsize=2048)
def _says_related(heading: str) -> bool:
    return any(
        pattern_of("policies", key).search(heading) for key in ("to_interpretation", "to_policy")
    )


def _is_waiting(document: Document, regions: Regions) -> bool:
    """Whether a box of the content region only says that it is being loaded."""
    for word in words("page")["waiting_words"]:
        position = document.text.find(word)
        box = document.innermost(position) if position >= 0 else None
        if box is None or regions.region(box) != BODY or box.hidden:
            continue
        if len(document.said(box)) <= WAITING:
            return True
    return False


def _is_listing(box: Element, *, named: bool) -> bool:
    """Whether a box is made to hold a list, as its names say; without an id (`named`) they must be plain."""
    if box.tag not in _LISTS or (named and not box.get("id")):
        return False
    if not box.get("id") and box.tag in _ROWED:
        return True
    said = f"{box.get('id')} {box.get('class')}".lower()
    names = words("page")["listing_names" if box.get("id") else "plain_listing_names"]
    return any(word in said for word in names)


@lru_cache(maxsize=4096)
def _is_plain(source: str) -> bool:
    """Whether a script is one that never fills a list: a library, a counter, a shared mark."""
    source = source[-LONG:].lower()
    tokens = {one for t in _TOKEN.findall(source) for one in (t, t.removesuffix("s"))}
    return any(
        word in (source if len(word) > BRIEF or not word.isalpha() else tokens)
        for word in words("page")["plain_scripts"]
    )


def _may_fill(text: str) -> bool:
    return _fills(text) if len(text) <= CACHED else _fills.__wrapped__(text[:LOOKED_AT])


@lru_cache(maxsize=256)
def _fills(text: str) -> bool:
    if not any(hint in text for hint in words("page")["fill_hints"]):
        return False
    return pattern_of("page", "fill_scripts").search(text) is not None
