"""A parsed page laid flat: its elements in document order over one text, and its scripts.

An element's text is a slice of the page's text, its descendants are the elements after it up to
`stop`: no extractor walks the tree again, and deep nesting costs what flat nesting costs.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache
from operator import attrgetter
from types import MappingProxyType
from typing import Final

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from audit.reading.bounds import bounded
from audit.text import clean
from audit.urls import join

MAX_ELEMENTS: Final = 200_000  # more are hostile; what lies beyond is not read
LINE: Final = "\x1e"  # between blocks
SEAM: Final = "\x1f"  # between inline elements; nothing when read as text

_BARE: Mapping[str, str | None] = MappingProxyType({})
_NOISE = frozenset({"script", "style", "template", "noscript", "svg", "math", "select", "noframes"})
_BLOCKS = frozenset(
    "p div ul ol li dl dt dd table tr td th tbody thead tfoot caption h1 h2 h3 h4 h5 h6 br hr form"
    " section article header footer nav aside main figure figcaption address blockquote pre center"
    " fieldset marquee body title option iframe".split()
)
_SEAMED = frozenset("a span em i b time label small strong font".split())
_PLAIN = frozenset("br b strong em u thead hr center sup sub".split())  # hardly named
_HIDDEN = re.compile(
    r"(?<![-\w])(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])"
    r"|(?:text-indent|left|top)\s*:\s*-\d{3,}|(?:height|width)\s*:\s*[01]px)",
    re.IGNORECASE,
)
_MARKS: dict[str, str] = {tag: LINE for tag in _BLOCKS} | {tag: SEAM for tag in _SEAMED}  # noqa: C420
_NO_PARENT = -1
_INDEX = attrgetter("index")
_START = attrgetter("start")


class Element(msgspec.Struct, gc=False):
    """One element: its place in the tree, and its slice of the page's text."""

    index: int
    tag: str
    attributes: Mapping[str, str | None]
    parent: int
    previous: int  # the element before it under the same parent; -1: none
    start: int
    hidden: bool
    end: int = 0
    stop: int = 0  # index behind the last descendant
    last: int = _NO_PARENT  # its last child

    def get(self, name: str) -> str:
        """An attribute's value; empty when it has none."""
        return self.attributes.get(name) or ""


class Script(msgspec.Struct, frozen=True, gc=False):
    """A script: its source address as written, its type, its text, the element it stands in."""

    src: str
    kind: str
    text: str
    parent: int


class Document:
    """One page with the facts that every extractor needs. Not kept beyond `read_page`."""

    def __init__(self, html: str, url: str, encoding: str) -> None:
        """Parse and lay flat."""
        self.url = url
        self.encoding = encoding
        self.elements: list[Element] = []
        self.scripts: list[Script] = []
        self.by_tag: dict[str, list[Element]] = {}
        self.named: list[Element] = []  # those with a class or an id
        self.concealed: list[Element] = []  # the outermost of those that are hidden
        self._said: list[str] = []
        html, self.cut = bounded(html)  # there was more than may be read
        self.html = html
        self._flatten(LexborHTMLParser(html).root)
        self.text = "".join(self._said)
        self.base = self._base()
        path = self.base.partition("?")[0]
        self._folder = path[: path.rfind("/") + 1] if path.count("/") > 2 else self.base
        self._origin = "/".join(self._folder.split("/", 3)[:3]) + "/"

    def join(self, href: str) -> str | None:
        """The absolute address of a link of this page.

        What a link is joined to is as short as it may be, so that the joins of a site's menus are
        remembered from page to page.
        """
        first = href[:1]
        if first == "/":
            return join(self._origin, href, self.encoding)
        if first.isalnum() or first == ".":
            return join(self._folder, href, self.encoding)
        return join(self.base, href, self.encoding)

    def tagged(self, *tags: str) -> list[Element]:
        """The elements of these tags, in order."""
        if len(tags) == 1:
            return self.by_tag.get(tags[0], [])
        found = [element for tag in tags for element in self.by_tag.get(tag, ())]
        found.sort(key=_INDEX)
        return found

    def said(self, element: Element) -> str:
        """The element's words on one line."""
        return tidy(self.text[element.start : element.end])

    def parent(self, element: Element) -> Element | None:
        """The element that holds it."""
        return self.elements[element.parent] if element.parent >= 0 else None

    def previous(self, element: Element) -> Element | None:
        """The element before it under the same parent."""
        return self.elements[element.previous] if element.previous >= 0 else None

    def children(self, element: Element) -> Iterator[Element]:
        """The elements right under it."""
        index = element.index + 1
        while index < element.stop:
            child = self.elements[index]
            yield child
            index = child.stop

    def inside(self, element: Element) -> list[Element]:
        """All elements under it, in order."""
        return self.elements[element.index + 1 : element.stop]

    def innermost(self, position: int) -> Element | None:
        """The deepest element whose text covers a position."""
        index = bisect_right(self.elements, position, key=_START) - 1
        while index >= 0 and self.elements[index].end <= position:
            index = self.elements[index].parent
        return self.elements[index] if index >= 0 else None

    def _flatten(self, node: LexborNode | None) -> None:  # noqa: C901 - calls would cost a third
        """Go through the tree once, without recursion; `nodes` and `above` hold what is open."""
        elements, said = self.elements, self._said
        nodes: list[LexborNode] = []
        above = [Element(_NO_PARENT, "", _BARE, _NO_PARENT, _NO_PARENT, 0, hidden=False)]
        length = 0
        while node is not None:
            tag = node.tag or "-"
            if tag == "-text":
                text = node.text_content or ""
                said.append(text)
                length += len(text)
            elif tag in _NOISE:
                if tag == "script":
                    self._script(node, above[-1].index)
            elif tag[0] != "-":
                if len(elements) >= MAX_ELEMENTS:
                    self.cut = True
                    break
                mark = _MARKS.get(tag)
                if mark:
                    said.append(mark)
                    length += 1
                element = self._open(node, tag, above[-1], length)
                child = node.first_child
                if child is not None:
                    nodes.append(node)
                    above.append(element)
                    node = child
                    continue
                if mark:
                    said.append(mark)
                    length += 1
            node = node.next if nodes else None
            while node is None and nodes:
                length = self._close(above.pop(), length)
                ended = nodes.pop()
                node = ended.next if nodes else None
        while len(above) > 1:
            length = self._close(above.pop(), length)

    def _open(self, node: LexborNode, tag: str, parent: Element, length: int) -> Element:
        """Note an element that begins; what has no children ends there."""
        index = len(self.elements)
        attributes = _BARE if tag in _PLAIN else node.attributes
        element = Element(
            index,
            tag,
            attributes,
            parent.index,
            parent.last,
            length,
            parent.hidden,
            length,
            index + 1,
        )
        parent.last = index
        self.elements.append(element)
        same = self.by_tag.get(tag)
        if same is None:
            self.by_tag[tag] = [element]
        else:
            same.append(element)
        if attributes:
            if "class" in attributes or "id" in attributes:
                self.named.append(element)
            if not element.hidden and _is_hidden(tag, attributes):
                element.hidden = True
                self.concealed.append(element)
        return element

    def _close(self, element: Element, length: int) -> int:
        element.end = length
        element.stop = len(self.elements)
        mark = _MARKS.get(element.tag)
        if mark:
            self._said.append(mark)
            return length + 1
        return length

    def _script(self, node: LexborNode, parent: int) -> None:
        attributes = node.attributes
        self.scripts.append(
            Script(
                attributes.get("src") or "",
                attributes.get("type") or "",
                node.text(deep=True),
                parent,
            )
        )

    def _base(self) -> str:
        for element in self.tagged("base"):
            if href := element.get("href"):
                return join(self.url, href) or self.url
        return self.url


def tidy(text: str) -> str:
    """Page text on one line: seams closed, blocks and white space as one space."""
    if SEAM in text:
        text = text.replace(SEAM, "")
    text = " ".join(text.split())
    return text if text.isprintable() else clean(text)


def parts(text: str) -> str:
    """Page text on one line, with a space at every seam."""
    text = " ".join(text.split())
    return text if text.isprintable() else clean(text)


def _is_hidden(tag: str, attributes: Mapping[str, str | None]) -> bool:
    style = attributes.get("style")
    if style and _hides(style):
        return True
    if tag == "marquee":
        return any((attributes.get(side) or "9") in {"0", "1"} for side in ("width", "height"))
    return "hidden" in attributes


@lru_cache(maxsize=4096)
def _hides(style: str) -> bool:
    return _HIDDEN.search(style[:500]) is not None
