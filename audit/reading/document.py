"""A parsed page: its tree, its scripts, and which part of the page a node stands in."""

import re
from typing import Final

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from audit.urls import join
from audit.vocabulary import words

NAV: Final = "nav"
FOOTER: Final = "footer"
SIDE: Final = "side"
BODY: Final = "body"

_SPLIT = re.compile(r"[\s]+")
_PARTS = re.compile(r"[-_]+|(?<=[a-z])(?=[A-Z])")
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])"
    r"|(?:text-indent|left|top)\s*:\s*-\d{3,}|(?:height|width)\s*:\s*[01]px",
    re.IGNORECASE,
)
_LAST_ONLY = frozenset({"nav", "menu", "footer", "header", "crumb", "breadcrumb", "foot", "sidebar"})
_TAGS = {"nav": NAV, "header": NAV, "footer": FOOTER, "aside": SIDE}
_NOISE = ["script", "style", "template", "noscript", "object", "embed", "svg"]
LARGE = 0.5  # a "menu" that holds more than this share of the page's text is no menu
MAX_CLIMB = 400  # ancestors looked at; deeper nesting is hostile


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a node stands: the part of the page, the block's number, whether it is hidden."""

    region: str
    block: int
    hidden: bool


class Document:
    """One page's tree with the facts that every extractor needs. Not kept beyond `read_page`."""

    def __init__(self, html: str, url: str, encoding: str) -> None:
        """Parse; scripts are set aside before they are taken out of the tree."""
        self.html = html
        self.url = url
        self.encoding = encoding
        self.tree = LexborHTMLParser(html)
        self.base = self._base()
        self.scripts = tuple(
            (node.attributes.get("type") or "", node.text(deep=True))
            for node in self.tree.css("script")
            if not node.attributes.get("src")
        )
        self.script_text = "\n".join(text for _, text in self.scripts)
        self.tree.strip_tags(_NOISE, recursive=True)
        body = self.tree.body
        self.body = body
        self.text_length = len(body.text(deep=True)) if body else 0
        self._places: dict[int, Place] = {}
        self._blocks = 0
        self.containers: dict[int, LexborNode] = {}  # outermost region blocks by number

    def join(self, href: str) -> str | None:
        """The absolute address of a link of this page."""
        return join(self.base, href, self.encoding)

    def place(self, node: LexborNode) -> Place:
        """The part of the page a node stands in; remembered for each ancestor."""
        chain: list[LexborNode] = []
        places = self._places
        current: LexborNode | None = node
        found = None
        while current is not None and len(chain) < MAX_CLIMB:
            found = places.get(current.mem_id)
            if found is not None:
                break
            chain.append(current)
            current = current.parent
        place = found or Place(BODY, 0, hidden=False)
        for ancestor in reversed(chain):
            place = self._own_place(ancestor, place)
            places[ancestor.mem_id] = place
        return place

    def _own_place(self, node: LexborNode, above: Place) -> Place:
        tag = node.tag or ""
        if tag in {"body", "html", "-document", "a", "li", "b", "font", "em", "i"}:
            return above
        attributes = node.attributes
        style = attributes.get("style")
        hidden = above.hidden or bool(style and _HIDDEN.search(style)) or "hidden" in attributes
        region = above.region
        if region == BODY:
            names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
            region = _TAGS.get(tag) or region_of_names(names)
            if region != BODY and tag not in _TAGS and self._is_large(node):
                region = BODY
            if region != BODY:
                self._blocks += 1
                self.containers[self._blocks] = node
                return Place(region, self._blocks, hidden)
        return above if hidden == above.hidden else Place(region, above.block, hidden)

    def _is_large(self, node: LexborNode) -> bool:
        return len(node.text(deep=True)) > LARGE * self.text_length > 0

    def _base(self) -> str:
        node = self.tree.css_first("base[href]")
        href = node.attributes.get("href") if node else None
        return (join(self.url, href) if href else None) or self.url


def region_of_names(names: str) -> str:
    """The part of a page that class and id names speak of; body when they say nothing."""
    if names.isspace():
        return BODY
    for name in _SPLIT.split(names.strip()):
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


def _tokens(region: str) -> frozenset[str]:
    found = _TOKENS.get(region)
    if found is None:
        key = {NAV: "nav_tokens", FOOTER: "footer_tokens", SIDE: "side_tokens"}[region]
        found = _TOKENS[region] = frozenset(words("page")[key])
    return found


_TOKENS: dict[str, frozenset[str]] = {}
