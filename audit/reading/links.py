"""Every link of a page, with its words and the part of the page it stands in."""

import re

import msgspec
from selectolax.lexbor import LexborNode

from audit.model import Link, Region
from audit.reading.document import FOOTER, NAV, SIDE, Document
from audit.text import clean, shorten

MAX_LINKS = 20_000
MAX_TEXT = 120
_ONCLICK = re.compile(
    r"""(?:(?:window\.|self\.|top\.)?location(?:\.href)?\s*=|window\.open\s*\()\s*["']([^"'\s]{1,500})["']"""
)


class Anchor(msgspec.Struct):
    """A link with its node, for the extractors of lists."""

    node: LexborNode
    url: str
    text: str
    region: str
    block: int
    hidden: bool
    href: str
    listed: bool = False


def anchors(document: Document) -> tuple[list[Anchor], bool]:
    """All links in document order, and whether there were more than `MAX_LINKS`."""
    nodes = document.tree.css("a[href],area[href]")
    found: list[Anchor] = []
    for node in nodes[:MAX_LINKS]:
        attributes = node.attributes
        href = (attributes.get("href") or "").strip()
        place = document.place(node)
        url = _target(document, href, attributes.get("onclick"))
        found.append(
            Anchor(
                node,
                url,
                _words(node, attributes.get("title")),
                place.region,
                place.block,
                place.hidden,
                "" if url else shorten(href, MAX_TEXT),
            )
        )
    return found, len(nodes) > MAX_LINKS


def links(found: list[Anchor]) -> tuple[Link, ...]:
    """The anchors as records; those that stand in a list row are of region list."""
    return tuple(
        Link(a.url, a.text, _region(a), a.block, a.href, a.hidden) for a in found if a.url or a.href
    )


def _region(anchor: Anchor) -> Region:
    if anchor.region == NAV:
        return Region.NAV
    if anchor.region == FOOTER:
        return Region.FOOTER
    if anchor.listed or anchor.region == SIDE:
        return Region.LIST
    return Region.BODY


def _target(document: Document, href: str, onclick: str | None) -> str:
    if href and not href.startswith(("#", "javascript:", "JavaScript:", "mailto:", "tel:")):
        return document.join(href) or ""
    if onclick and (match := _ONCLICK.search(onclick)):
        return document.join(match[1]) or ""
    return ""


def _words(node: LexborNode, title: str | None) -> str:
    text = node.text(deep=True)
    said = clean(text) if text else ""
    if title and (not said or (said.endswith(("...", "…")) and len(title) > len(said) - 3)):
        said = clean(title)
    if not said:
        image = node.css_first("img")
        if image is not None:
            said = clean(image.attributes.get("alt") or image.attributes.get("title") or "")
    return shorten(said, MAX_TEXT)
