"""A parsed page laid flat: its elements in document order over one text, and its scripts.

An element's text is a slice of the page's text, its descendants are the elements after it up to
`stop`: no extractor walks the tree again, and deep nesting costs what flat nesting costs.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from audit.text import clean
from audit.urls import join

MAX_ELEMENTS: Final = 200_000  # more are hostile; what lies beyond is not read
LINE: Final = "\x1e"  # between blocks
SEAM: Final = "\x1f"  # between inline elements; nothing when read as text

_BARE: Mapping[str, str | None] = MappingProxyType({})
_NOISE = frozenset({"style", "template", "noscript", "svg", "math", "select", "noframes"})
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
_NO_PARENT = -1


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
        self.html = html
        self.url = url
        self.encoding = encoding
        self.elements: list[Element] = []
        self.scripts: list[Script] = []
        self.noscript = False  # something stands in a noscript
        self.cut = False
        self._parts: list[str] = []
        self._length = 0
        tree = LexborHTMLParser(html)
        if tree.root is not None:
            self._flatten(tree.root)
        self.text = "".join(self._parts)
        self.base = self._base()

    def join(self, href: str) -> str | None:
        """The absolute address of a link of this page."""
        return join(self.base, href, self.encoding)

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
        found = None
        for element in self.elements:
            if element.start > position:
                break
            if element.end > position:
                found = element
        return found

    def _flatten(self, root: LexborNode) -> None:
        """Go through the tree once, without recursion."""
        node: LexborNode | None = root
        above: list[tuple[LexborNode, Element]] = []
        while node is not None:
            tag = node.tag or ""
            child = None
            if tag == "-text":
                self._add(node.text_content or "")
            elif tag == "script":
                self._script(node, above)
            elif tag in _NOISE:
                self.noscript = self.noscript or tag == "noscript"
            elif tag and tag[0] != "-":
                if len(self.elements) >= MAX_ELEMENTS:
                    self.cut = True
                    break
                element = self._open(node, tag, above[-1][1] if above else None)
                child = node.first_child
                if child is None:
                    self._close(element)
                else:
                    above.append((node, element))
            node = child or self._next(node, above)
        while above:
            self._close(above.pop()[1])

    def _next(self, node: LexborNode, above: list[tuple[LexborNode, Element]]) -> LexborNode | None:
        """The node behind this one, closing what ends before it."""
        following = node.next if above else None
        while following is None and above:
            done, element = above.pop()
            self._close(element)
            following = done.next if above else None
        return following

    def _open(self, node: LexborNode, tag: str, parent: Element | None) -> Element:
        attributes = node.attributes if tag not in _PLAIN else _BARE
        index = len(self.elements)
        hidden = parent is not None and parent.hidden
        if attributes and not hidden:
            hidden = _is_hidden(tag, attributes)
        if tag in _BLOCKS:
            self._add(LINE)
        elif tag in _SEAMED:
            self._add(SEAM)
        element = Element(
            index,
            tag,
            attributes,
            parent.index if parent is not None else _NO_PARENT,
            parent.last if parent is not None else _NO_PARENT,
            self._length,
            hidden,
        )
        if parent is not None:
            parent.last = index
        self.elements.append(element)
        return element

    def _close(self, element: Element) -> None:
        element.end = self._length
        element.stop = len(self.elements)
        if element.tag in _BLOCKS:
            self._add(LINE)
        elif element.tag in _SEAMED:
            self._add(SEAM)

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _script(self, node: LexborNode, above: list[tuple[LexborNode, Element]]) -> None:
        attributes = node.attributes
        self.scripts.append(
            Script(
                attributes.get("src") or "",
                attributes.get("type") or "",
                node.text(deep=True),
                above[-1][1].index if above else _NO_PARENT,
            )
        )

    def _base(self) -> str:
        for element in self.elements:
            if element.tag == "base" and (href := element.get("href")):
                return join(self.url, href) or self.url
            if element.tag == "body":
                break
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
