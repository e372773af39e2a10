"""Every link of a page, with its words and the part of the page it stands in."""

import re

import msgspec

from audit.model import Idle, Link, Region
from audit.reading.document import Document, Element, tidy
from audit.reading.idle import idle
from audit.reading.nesting import Menu
from audit.reading.regions import BODY, FOOTER, NAV, SIDE, Regions
from audit.text import clean, shorten

MAX_LINKS = 20_000
MAX_TEXT = 120
MAX_HREF = 8_000  # longer ones are shown, not followed
NOWHERE = 80  # characters of an attribute that leads nowhere
_ONCLICK = re.compile(
    r"""(?:(?:window\.|self\.|top\.)?location(?:\.href)?\s*=|window\.open\s*\()\s*["']([^"'\s]{1,500})["']"""
)
_ENDS = ".…"
_CUT = ("...", "…")  # how words end of which a title says more
_REGIONS = {NAV: Region.NAV, FOOTER: Region.FOOTER, SIDE: Region.LIST}
_NOWHERE = ("#", "javascript:", "mailto:", "tel:")
_OPENINGS = "#jJmMtT"  # of what leads nowhere


class Anchor(msgspec.Struct, gc=False):
    """A link with its element, for the extractors of lists."""

    element: Element
    url: str
    text: str
    region: str
    block: int
    href: str
    listed: bool = False
    under: int = 0  # as in `Link`
    idle: Idle = Idle.NOT


def anchors(document: Document, regions: Regions) -> tuple[list[Anchor], bool]:
    """All links in document order, and whether there were more than `MAX_LINKS`."""
    found: list[Anchor] = []
    menu = Menu(document)
    kept = 0  # links that `links` will keep, so far
    text, blocks, join = document.text, regions.by_element, document.join
    tagged = document.tagged("a", "area") if document.tagged("area") else document.tagged("a")
    for element in tagged:
        attributes = element.attributes
        href = attributes.get("href")
        if href is None and "href" not in attributes and not _leads(attributes.get("onclick")):
            continue
        if len(found) >= MAX_LINKS:
            return found, True
        href = href.strip() if href else ""
        if href and href[0] not in _OPENINGS and len(href) <= MAX_HREF:  # most are of this kind
            url = join(href) or ""
        else:
            url = _target(document, href, attributes.get("onclick"))
        said = text[element.start : element.end]
        if (
            not said.isprintable()
            or not 0 < len(said) <= MAX_TEXT
            or " " in said
            or said[-1] in _ENDS
        ):
            said = _words(document, element)
        block = blocks[element.index]
        region, number = (BODY, 0) if block is None else (block.region, block.number)
        anchor = Anchor(element, url, said, region, number, "" if url else _shown(href))
        found.append(anchor)
        if not url and len(href) <= NOWHERE and "href" in attributes:
            anchor.idle = idle(document, element, said)
        if url or anchor.href or anchor.idle:
            if region == NAV:
                anchor.under = menu.place(kept, element)
            kept += 1
    return found, False


def _shown(href: str) -> str:
    return shorten(clean(href), MAX_TEXT)


def _leads(onclick: str | None) -> bool:
    return bool(onclick) and _ONCLICK.search(onclick[:1000]) is not None


def leads_to(document: Document, onclick: str) -> str:
    """Where a click leads that a script handles: `location.href='1.html'`; empty when nowhere."""
    return _target(document, "", onclick) if onclick else ""


def links(found: list[Anchor]) -> tuple[Link, ...]:
    """The anchors as records; those that stand in a list row are of region list."""
    named, row, body = _REGIONS.get, Region.LIST, Region.BODY
    return tuple(
        [
            Link(
                a.url,
                a.text,
                named(a.region) or (row if a.listed else body),
                a.block,
                a.href,
                a.element.hidden,
                a.under,
                a.idle,
            )
            for a in found
            if a.url or a.href or a.idle
        ]
    )


def _target(document: Document, href: str, onclick: str | None) -> str:
    if href and not (href[0] in _OPENINGS and href[:11].lower().startswith(_NOWHERE)):
        return (document.join(href) or "") if len(href) <= MAX_HREF else ""
    for script in (href, onclick):
        if script and (match := _ONCLICK.search(script[:1000])):
            return document.join(match[1]) or ""
    return ""


def _words(document: Document, element: Element) -> str:
    text = document.text[element.start : element.end]
    said = text if text.isprintable() and " " not in text else tidy(text[:2000])
    title = element.attributes.get("title")
    if title and (not said or (said.endswith(_CUT) and len(title) > len(said) - 3)):
        said = clean(title[:500])
    if not said:
        for image in document.inside(element):
            if image.tag == "img" and (
                said := clean((image.get("alt") or image.get("title"))[:500])
            ):
                break
    return said if len(said) <= MAX_TEXT else shorten(said, MAX_TEXT)
