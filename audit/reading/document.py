"""A parsed page laid flat: its elements in document order over one text, and its scripts.

An element's text is a slice of the page's text, its descendants are the elements after it up to
`stop`: no extractor walks the tree again, and deep nesting costs what flat nesting costs.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache
from operator import attrgetter
from types import MappingProxyType
from typing import Final

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from audit.reading.bounds import bounded
from audit.reading.roles import roles_of
from audit.text import clean
from audit.urls import join

MAX_ELEMENTS: Final = 200_000  # more are hostile; what lies beyond is not read
MAX_WAYS: Final = 1000  # choices of a select that are looked at
LINE: Final = "\x1e"  # between blocks
SEAM: Final = "\x1f"  # between inline elements; nothing when read as text

_BARE: Mapping[str, str | None] = MappingProxyType({})
_NOISE = frozenset("script style template noscript svg math select noframes xmp".split())
_BLOCKS = frozenset(
    "p div ul ol li dl dt dd table tr td th tbody thead tfoot caption h1 h2 h3 h4 h5 h6 br hr form"
    " section article header footer nav aside main figure figcaption address blockquote pre center"
    " fieldset marquee body title option iframe".split()
)
_SEAMED = frozenset("a span em i b time label small strong font".split())
_MARKS: Mapping[str, str] = {t: LINE for t in _BLOCKS} | {t: SEAM for t in _SEAMED}  # noqa: C420
_PLAIN = frozenset("br b strong em u thead hr center sup sub -comment".split())  # hardly named
_BOXES = frozenset(  # hold other elements as a rule
    "html head body div ul ol dl table tbody tr form section article header footer nav main".split()
)
_TEXT = 2  # the parser's number of text (LXB_TAG__TEXT)
_NOISY, _BARELY, _BOX, _WORDS = range(4)  # how an element is read
_Kind = tuple[str, str, int, Callable[["Element"], None]]  # tag, mark, form, where it is put
_HIDDEN = re.compile(r"(?<![-\w])(?:display\s*:\s*none|text-indent\s*:\s*-\d{3,})", re.IGNORECASE)
_UNSEEN = re.compile(r"(?<![-\w])visibility\s*:\s*hidden", re.IGNORECASE)
_AWAY = re.compile(r"(?<![-\w])(?:left|top)\s*:\s*-\d{3,}", re.IGNORECASE)
_STRIP = re.compile(r"position\s*:\s*relative|(?<![-\w])width\s*:\s*\d{4}", re.IGNORECASE)
_SMALL = re.compile(
    r"(?<![-\w])(?:max-)?(?:height|width)\s*:\s*(?:0(?:px)?\s*(?:;|!|$)|1px)", re.IGNORECASE
)
_TINY = re.compile(r"(?<![-\w])font-size\s*:\s*0(?![.\d])", re.IGNORECASE)
_ANIMATED = re.compile(
    r"(?<![-\w])(?:wow|aos(?:-\w+)*|animated|animate__\w+|fade[-_]?in\w*)(?![-\w])", re.IGNORECASE
)
_TABLE = frozenset("table tbody thead tfoot tr td th".split())  # grow with what they hold
_INLINE = frozenset("a span font em i b strong u label small".split())
_SORTING = frozenset({"class", "id", "style", "hidden"})
_STAMPS = ("data-", "<time")
_NO_PARENT = -1
_INDEX = attrgetter("index")
_START = attrgetter("start")


class Element(msgspec.Struct, gc=False):
    """One element: its place in the tree, and its slice of the page's text."""

    index: int
    tag: str
    attributes: Mapping[str, str | None]
    parent: int
    start: int
    end: int = 0
    stop: int = 0  # index behind the last descendant
    hidden: bool = False

    def get(self, name: str) -> str:
        """An attribute's value; empty when it has none."""
        return self.attributes.get(name) or ""


class Script(msgspec.Struct, frozen=True, gc=False):
    """A script: its source address as written, its type, its text, the element it stands in."""

    src: str
    kind: str
    text: str
    parent: int
    name: str = ""  # its id
    site_code: str = ""  # what a correction entry's script is told
    at: int = 0  # index of the element behind it


class Choice(msgspec.Struct, frozen=True, gc=False):
    """A select that a form sends: its name, what is chosen before anyone chooses, its place."""

    name: str
    value: str
    parent: int
    ways: tuple[str, ...] = ()  # addresses to choose from, as written


class Document:
    """One page with the facts that every extractor needs. Not kept beyond `read_page`."""

    def __init__(self, html: str, url: str, encoding: str, body: bytes | None = None) -> None:
        """Parse and lay flat. `body`: the same in UTF-8, where it is at hand; spares encoding it."""
        self.url = url
        self.encoding = encoding
        self.elements: list[Element] = []
        self.scripts: list[Script] = []
        self.choices: list[Choice] = []
        self.by_tag: defaultdict[str, list[Element]] = defaultdict(list)
        self.named: list[Element] = []  # those with a class or an id
        self.concealed: list[Element] = []  # the outermost of those that are hidden
        self._roles: defaultdict[str, list[Element]] = defaultdict(list)
        self.html, self.cut = bounded(html)  # there was more than may be read
        root = LexborHTMLParser(body if body and self.html is html else self.html).root
        self.text = "" if root is None else self._flatten(root)
        self._sort()
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

    @cached_property
    def stamped(self) -> bool:
        """Whether attributes may hold days that no word of the page tells."""
        return any(mark in self.html for mark in _STAMPS)

    def tagged(self, *tags: str) -> list[Element]:
        """The elements of these tags, in order."""
        if len(tags) == 1:
            return self.by_tag.get(tags[0], [])
        found = [element for tag in tags for element in self.by_tag.get(tag, ())]
        found.sort(key=_INDEX)
        return found

    def playing(self, role: str) -> list[Element]:
        """The elements whose names speak of a role (`audit.reading.roles`), in order."""
        return self._roles.get(role, [])

    def said(self, element: Element) -> str:
        """The element's words on one line."""
        return tidy(self.text[element.start : element.end])

    def parent(self, element: Element) -> Element | None:
        """The element that holds it."""
        return self.elements[element.parent] if element.parent >= 0 else None

    def previous(self, element: Element) -> Element | None:
        """The element before it under the same parent."""
        above = element.parent
        index = element.index - 1
        if index <= above:
            return None
        found = self.elements[index]
        while found.parent != above:
            found = self.elements[found.parent]
        return found

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

    def _flatten(self, root: LexborNode) -> str:
        """Go through the tree once; gives its text.

        `nodes` are the children still to come of `above`, whose end is marked with `mark`; `waiting`
        are those around it. `last` is the text's length at the last node: what is open then ends there.
        """
        elements, said, count, length, last = self.elements, list[str](), 0, 0, 0
        kinds, waiting = dict[int, _Kind](), list[tuple[Iterator[LexborNode], Element, str]]()
        above, mark, nodes = Element(_NO_PARENT, "", _BARE, _NO_PARENT, 0), "", iter([root])
        while True:
            for node in nodes:
                number = node.tag_id
                if number == _TEXT:
                    said.append(text := node.text_content or "")
                    last = length = length + len(text)
                    continue
                tag, edge, form, sort = kinds.get(number) or self._kind(kinds, number, node.tag)
                last = length  # where what is open ends, unless more comes
                if form == _NOISY or count >= MAX_ELEMENTS:
                    self._passed(node, tag, above)
                    continue
                attributes = _BARE if form == _BARELY else node.attributes
                start = length + len(edge)
                made = Element(count, tag, attributes, above.index, start)
                elements.append(made)
                sort(made)
                count += 1
                child = node if form == _BOX else node.first_child
                if child is not None and (child.tag_id != _TEXT or child.next is not None):
                    said.append(edge)
                    last = length = start
                    waiting.append((nodes, above, mark))
                    nodes, above, mark = node.iter(include_text=True), made, edge
                    break
                text = "" if child is None else child.text_content or ""
                said.append(f"{edge}{text}{edge}")
                made.stop, made.end = count, (last := start + len(text))
                length = last + len(edge)
            else:
                above.stop, above.end = count, length
                said.append(mark)
                if not waiting:
                    return self._ended("".join(said), last)
                length += len(mark)
                nodes, above, mark = waiting.pop()

    def _kind(self, kinds: dict[int, _Kind], number: int, tag: str | None) -> _Kind:
        """How elements of a tag are read, found by the parser's number of the tag from now on."""
        if tag is None or tag in _NOISE:
            kinds[number] = kind = (tag or "", "", _NOISY, list[Element]().append)
            return kind
        form = _BARELY if tag in _PLAIN else _BOX if tag in _BOXES else _WORDS
        kinds[number] = kind = (tag, _MARKS.get(tag, ""), form, self.by_tag[tag].append)
        return kind

    def _ended(self, text: str, last: int) -> str:
        """The text up to its last node; what was open there ends there."""
        index = len(self.elements) - 1
        while index >= 0:
            element = self.elements[index]
            element.end = min(element.end, last)
            index = element.parent
        return text[:last]

    def _choose(self, node: LexborNode, parent: Element) -> None:
        """Keep what a select sends when nobody touches it, and where a choice leads."""
        name = node.attributes.get("name")
        leads = "onchange" in node.attributes
        options = node.css("option") if name or leads else []
        chosen = next((o for o in options if "selected" in o.attributes), next(iter(options), None))
        if chosen is not None:
            value = chosen.attributes.get("value")
            said = clean(chosen.text()) if value is None else value
            ways = (one.attributes.get("value") or "" for one in options[:MAX_WAYS] if leads)
            self.choices.append(Choice(name or "", said, parent.index, tuple(filter(None, ways))))

    def _passed(self, node: LexborNode, tag: str, parent: Element) -> None:
        """Pass a node whose content is not read; scripts are kept."""
        if tag == "select":
            self._choose(node, parent)
        if tag in {"script", "xmp"}:
            attributes, child = node.attributes, node.first_child
            alone = child if child is not None and child.next is None else None
            self.scripts.append(
                Script(
                    attributes.get("src") or "",
                    (attributes.get("type") or "") if tag == "script" else tag,
                    node.text(deep=True) if alone is None else alone.text_content or "",
                    parent.index,
                    attributes.get("id") or "",
                    attributes.get("sitecode") or "",
                    len(self.elements),
                )
            )
        elif tag not in _NOISE and tag != "-comment":
            self.cut = True

    def _sort(self) -> None:
        """Sort the elements by role, and spread what is hidden to all that stands in it."""
        roles, named = self._roles, self.named
        for element in self.elements:
            attributes, tag = element.attributes, element.tag
            if _SORTING.isdisjoint(attributes) and tag != "marquee":
                continue
            names, name = attributes.get("class"), attributes.get("id")
            if names is not None or name is not None or "class" in attributes or "id" in attributes:
                named.append(element)
                for role in roles_of(tag, names, name):
                    roles[role].append(element)
            if (
                ("style" in attributes or "hidden" in attributes or tag == "marquee")
                and not element.hidden
                and _is_hidden(tag, attributes)
            ):
                self.concealed.append(element)
                for one in self.elements[element.index : element.stop]:
                    one.hidden = True

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
    if style and _hides(tag, style, attributes.get("class") or ""):
        return True
    if tag == "marquee":
        return any((attributes.get(side) or "9") in {"0", "1"} for side in ("width", "height"))
    return "hidden" in attributes


@lru_cache(maxsize=4096)
def _hides(tag: str, style: str, classes: str) -> bool:
    """Whether a style hides: not what an animation shows, a strip that slides, a gap between boxes."""
    style = style[:500]
    if _HIDDEN.search(style):
        return True
    if _UNSEEN.search(style):
        return "animation" not in style and not _ANIMATED.search(classes[:200])
    if _AWAY.search(style):
        return not _STRIP.search(style)
    if (small := _SMALL.search(style)) and tag not in _TABLE:
        return "1px" not in small[0] or "overflow" in style
    return tag in _INLINE and _TINY.search(style) is not None
