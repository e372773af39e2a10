"""The content of a page: its own text without menu, footer and side boxes, and what stands in it."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from hashlib import sha256

import msgspec

from audit.reading.document import MAX_ELEMENTS, Document, Element, tidy
from audit.reading.links import Anchor
from audit.reading.regions import BODY, FOOTER, NAV, Regions
from audit.urls import suffix
from audit.vocabulary import words

MAX_TEXT = 20_000
MAX_FOOTER = 2_000
MAX_ATTACHMENTS = 200
EDGE = 2_000  # characters at either end of a page's text in which clocks and counters stand
OWN_EDGE = 400  # the same of an article's own element
THIN = 20  # characters; a container with less is not the article
SHARE = 0.3  # a wrapper with less of the body's text is a teaser
_VIDEOS = ("video", "embed", "object")
_SMALL = re.compile(
    r"logo|icon|ico[._/-]|btn|button|bg[._\d-]|dot|arrow|line|banner|qrcode|ewm|blank|empty|no[-_]?data",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\s*(\d{1,5})")
_COUNTER = re.compile(r"[点浏阅访人次](?:击|览|读|问|气|数)[^\d<>。；]{0,10}\d[\d,]*")
_CLOCK = re.compile(
    r"(?:今天是|现在是|当前时间|当前日期)[:：]?\s*[\d年月日时分秒:：\s星期一二三四五六天日上下午-]{0,40}"
)
_SKELETON = tuple("div table ul form section header footer nav aside main iframe frameset".split())


class Content(msgspec.Struct, frozen=True):
    """The content region of a page."""

    container: Element | None  # the article's element; None: the body without the other parts
    spans: list[tuple[int, int]]  # of the page's text
    text: str
    lead: str | None  # the body region's text outside the article; None: there is no container

    @property
    def visible(self) -> str:
        """The text of the whole body region, that of the article last."""
        return f"{self.lead} {self.text}" if self.lead else self.text

    def holds(self, element: Element) -> bool:
        """Whether an element of the body region stands in the article, when there is one."""
        box = self.container
        return box is None or box.index <= element.index < box.stop


def content(document: Document, regions: Regions, trail: Element | None) -> Content:
    """Find the content region."""
    spans = _visible(document, regions, trail)
    container = _container(document, regions, sum(end - start for start, end in spans))
    if container is None:
        return Content(None, spans, _text(document, spans), None)
    inner = [
        (max(start, container.start), min(end, container.end))
        for start, end in spans
        if end > container.start and start < container.end
    ]
    outer = [(start, min(end, container.start)) for start, end in spans if start < container.start]
    outer += [(max(start, container.end), end) for start, end in spans if end > container.end]
    return Content(container, inner, _text(document, inner), _text(document, outer))


def footer(document: Document, regions: Regions) -> str:
    """The words of the footer."""
    said = tidy(" ".join(document.text[a:b][: 4 * MAX_FOOTER] for a, b in regions.spans(FOOTER)))
    return said[:MAX_FOOTER]


def _text(document: Document, spans: Sequence[tuple[int, int]]) -> str:
    return tidy(" ".join(document.text[start:end] for start, end in spans))


def _visible(document: Document, regions: Regions, trail: Element | None) -> list[tuple[int, int]]:
    """The stretches of text outside menus, footers, side boxes, the breadcrumb and what is hidden."""
    body = next(iter(document.tagged("body")), None)
    if body is None:
        return []
    spans: list[tuple[int, int]] = []
    position = body.start
    index = body.index
    elements = document.elements
    outside = {block.start for block in regions.blocks}
    if trail is not None:
        outside.add(trail.index)
    left_out = [elements[i] for i in outside] + document.concealed
    for element in sorted(left_out, key=lambda e: e.index):
        if element.index < index:
            continue
        if element.start > position:
            spans.append((position, element.start))
        position = max(position, element.end)
        index = element.stop
    if body.end > position:
        spans.append((position, body.end))
    return spans


def _container(document: Document, regions: Regions, visible: int) -> Element | None:
    """The article's element: by a strong name, else by a wrapper's name with enough text."""
    for key, least in (
        ("content_selectors", THIN),
        ("content_wrappers", max(THIN, SHARE * visible)),
    ):
        for name in words("page")[key]:
            fitting = document.playing(name) if name[0] in ".#" else document.tagged(name)
            own = [e for e in fitting if not e.hidden and regions.region(e) == BODY]
            if own:
                best = max(own, key=_extent)
                if best.end - best.start >= least and _is_full(document, best, least):
                    return best
    return None


def _extent(element: Element) -> int:
    return element.end - element.start


def _is_full(document: Document, element: Element, least: float) -> bool:
    looked_at = min(element.end, element.start + int(2 * least) + 100)
    if len(tidy(document.text[element.start : looked_at])) >= least:
        return True
    if looked_at < element.end and len(document.said(element)) >= least:
        return True
    return any(e.tag in {"img", "video", "iframe", "embed"} for e in document.inside(element))


def images(document: Document, regions: Regions, region: Content) -> int:
    """Large images of the content region: by their size when they say it, else by their name."""
    return sum(
        1
        for element in document.tagged("img")
        if not element.hidden
        and regions.region(element) == BODY
        and region.holds(element)
        and _is_large(element)
    )


def _is_large(image: Element) -> bool:
    width, height = (_NUMBER.match(image.get(side)) for side in ("width", "height"))
    if width or height:
        return (width is None or int(width[1]) >= 200) and (height is None or int(height[1]) >= 120)
    source = image.get("src")
    return bool(source) and _SMALL.search(source[-200:]) is None


def videos(document: Document, regions: Regions) -> int:
    """Videos and players outside menus and footers."""
    return sum(1 for e in document.tagged(*_VIDEOS) if regions.region(e) not in {NAV, FOOTER})


def attachments(found: Sequence[Anchor], region: Content) -> tuple[str, ...]:
    """Addresses of documents linked in the body region."""
    del region  # attachments often stand below the article's element
    kept: dict[str, None] = {}
    endings = _attachment_suffixes()
    for anchor in found:
        url, text = anchor.url, anchor.text
        if anchor.region != BODY or not url:
            continue
        # the names of pages, html and the like, are most of what ends an address
        if url.endswith(("/", "l", "m")) and "." not in text:
            continue
        if suffix(url) in endings or ("." in text and suffix(f"/{text}") in endings):
            kept[url] = None
            if len(kept) >= MAX_ATTACHMENTS:
                break
    return tuple(kept)


@cache
def _attachment_suffixes() -> frozenset[str]:
    return frozenset(words("page")["attachment_suffixes"])


def content_hash(region: Content, found: Sequence[Anchor]) -> str:
    """Hash of the content's text and of the targets linked there, without clocks and counters."""
    text = region.text[:MAX_TEXT]
    edge = EDGE if region.container is None else OWN_EDGE
    parts = [text[:edge], text[edge:-edge], text[edge:][-edge:]]
    for place in (0, 2):
        said = _COUNTER.sub("", parts[place])
        clocked = "今天是" in said or "现在是" in said or "当前" in said
        parts[place] = _CLOCK.sub("", said) if clocked else said
    box = region.container
    first, last = (box.index, box.stop) if box else (0, MAX_ELEMENTS)
    parts += [
        f"\n{a.url}"
        for a in found
        if a.region == BODY and a.url and first <= a.element.index < last
    ]
    return sha256("".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def shape(document: Document, region: Content) -> str:
    """Hash of the names of the page's boxes outside the article: its template."""
    seen: set[str] = set()
    box = region.container
    for tag in _SKELETON:
        for element in document.tagged(tag):
            if box is not None and box.index < element.index < box.stop:
                continue
            attributes = element.attributes
            if attributes:
                names = f"{attributes.get('class') or ''}#{attributes.get('id') or ''}"
                seen.add(f"{tag}.{names[:80]}")
            else:
                seen.add(tag)
    if not seen:
        return ""
    return _hash_of(frozenset(seen))


@lru_cache(maxsize=512)
def _hash_of(names: frozenset[str]) -> str:
    skeleton = re.sub(r"\d+", "0", "\n".join(sorted(names)[:400]))
    lines = "\n".join(sorted(set(skeleton.split("\n"))))
    return sha256(lines.encode("utf-8", "replace")).hexdigest()[:16]
