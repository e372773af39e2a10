"""Hidden blocks with links to foreign hosts, and what speaks against them (暗链).

A page hides much for good reasons: drop-down menus, tabs, pictures that take turns. What is kept
here are facts; whether they are enough is for a check to say.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

import msgspec

from audit.model import Concealed
from audit.reading.document import Document, Element, Script
from audit.reading.links import Anchor
from audit.text import clean, shorten
from audit.urls import host_port
from audit.vocabulary import any_of, pattern_of, words

MAX_BLOCKS: Final = 20
MAX_LINKS: Final = 60
QUOTE: Final = 120  # characters
STEPS: Final = 4  # elements above a hidden one that may name its purpose
MAX_SCRIPT: Final = 20_000  # characters; a longer one is a library
_LISTED = frozenset({"li", "dd", "dt", "select", "nav"})
_APART = re.compile(
    r"(?<![-\w])(?:(?:text-indent|left|top)\s*:\s*-\d{3,}|(?:max-)?(?:height|width)\s*:\s*[01](?!\d)"
    r"|font-size\s*:\s*0)",
    re.IGNORECASE,
)
_WRITTEN = re.compile(
    r"<(?:div|span|p|ul|font|marquee)\b[^<>]{0,200}?(?:display\s*:\s*none|visibility\s*:\s*hidden"
    r"|(?:left|top|text-indent)\s*:\s*-\d{3,}|(?:height|width)\s*[:=]\s*[\"']?[01](?!\d))[^<>]{0,200}>",
    re.IGNORECASE,
)
_HREF = re.compile(
    r"href\s*=\s*[\\\"']{0,3}(https?://[^\"'\\\s<>]{1,300}+)[^<>]{0,200}+>([^<>]{0,120})",
    re.IGNORECASE,
)


class _Block(msgspec.Struct):
    """A hidden stretch of the page: the elements from `start` up to `stop`."""

    start: int
    stop: int
    quote: str
    apart: bool
    unopened: bool
    links: dict[str, str]


def concealed(document: Document, found: list[Anchor]) -> tuple[Concealed, ...]:
    """The page's hidden blocks that lead to foreign hosts, in document order."""
    own = domain_of(document.url)
    blocks = [*_by_style(document, found, own), *_by_script(document, found, own)]
    return tuple(_record(block) for block in blocks[:MAX_BLOCKS])


@lru_cache(maxsize=16384)
def domain_of(url: str) -> str:
    """The name that somebody registered: the last two parts of the host, three under shared endings."""
    host = host_port(url).rpartition(":")[0]
    parts = host.split(".")
    if len(parts) <= 2 or parts[-1].isdigit():
        return host
    shared = ".".join(parts[-2:]) in words("concealed")["shared_endings"]
    return ".".join(parts[-3 if shared else -2 :])


def lures(text: str, url: str) -> tuple[str, ...]:
    """The words of a link, or the part of its host, by which hidden links are known."""
    if any_found := pattern_of("concealed", "lure_patterns").search(text):
        return () if pattern_of("concealed", "innocent_patterns").search(text) else (any_found[0],)
    host = pattern_of("concealed", "lure_hosts").search(host_port(url))
    return (host[0].strip(".-"),) if host else ()


@lru_cache(maxsize=4096)
def is_trusted(domain: str) -> bool:
    """Whether a registered name is a public body's or that of a service which ordinary sites link to."""
    trusted = words("concealed")["trusted_domains"]
    return domain in trusted or domain.endswith(tuple(f".{one}" for one in trusted))


def _by_style(document: Document, found: list[Anchor], own: str) -> Iterator[_Block]:
    if not document.concealed:
        return
    foreign = [a for a in found if a.element.hidden and a.url and _is_foreign(a.url, a.text, own)]
    if not foreign:
        return
    starts = [element.index for element in document.concealed]
    blocks: dict[int, _Block] = {}
    for anchor in foreign:
        place = bisect_right(starts, anchor.element.index) - 1
        element = document.concealed[place]
        if element.index not in blocks:
            blocks[element.index] = _block(document, element)
        blocks[element.index].links.setdefault(anchor.url, anchor.text)
    yield from blocks.values()


def _block(document: Document, element: Element) -> _Block:
    staged = _is_staged(document, element)
    style = element.get("style")
    apart = element.tag == "marquee" or _APART.search(style[:500]) is not None
    named = "class" in element.attributes or "id" in element.attributes
    quote = f"<{element.tag}" + (f' style="{clean(style)}">' if style else ">")
    return _Block(
        element.index,
        element.stop,
        quote,
        apart=apart and not staged,
        unopened=not named and not staged,
        links={},
    )


def _is_staged(document: Document, element: Element) -> bool:
    """Whether its place or its names are those of a menu, a tab, a picture that takes turns."""
    previous = document.previous(element)
    if previous is not None and _is_twin(previous, element):
        return True
    following = document.elements[element.stop : element.stop + 1]
    if following and following[0].parent == element.parent and _is_twin(following[0], element):
        return True
    above: Element | None = element
    for _ in range(STEPS):
        if above is None or above.tag == "body":
            return False
        names = f"{above.get('class')} {above.get('id')}".lower()
        if (above is not element and above.tag in _LISTED) or _stage().search(names):
            return True
        above = document.parent(above)
    return False


def _is_twin(one: Element, other: Element) -> bool:
    """Whether two neighbours take turns: the same tag and class."""
    return one.tag == other.tag and one.get("class") == other.get("class")


@cache
def _stage() -> re.Pattern[str]:
    return any_of("concealed", "staged_names")


def _by_script(document: Document, found: list[Anchor], own: str) -> Iterator[_Block]:
    """Blocks that a script hides as the page is written, and those that it writes as a whole."""
    scripts = document.scripts
    for number, script in enumerate(scripts):
        text = script.text
        if "document.write" not in text or "<" not in text or len(text) > MAX_SCRIPT:
            continue
        opened = _WRITTEN.search(text)
        if opened is None:
            continue
        block = _Block(script.at, script.at, clean(opened[0]), apart=True, unopened=True, links={})
        for link in _HREF.finditer(text, opened.end()):
            if _is_foreign(link[1], link[2], own):
                block.links.setdefault(link[1], clean(link[2]))
        if "</" not in text[opened.end() :]:
            block.stop = _closed(scripts[number + 1 :])
            for anchor in found:
                inside = block.start <= anchor.element.index < block.stop
                if inside and anchor.url and _is_foreign(anchor.url, anchor.text, own):
                    block.links.setdefault(anchor.url, anchor.text)
        if block.links:
            yield block


def _closed(following: list[Script]) -> int:
    """Where the next script that writes an end tag stands; 0: none does."""
    ends = (s.at for s in following if "document.write" in s.text and "</" in s.text)
    return next(ends, 0)


def _is_foreign(url: str, text: str, own: str) -> bool:
    domain = domain_of(url)
    if domain == own or not domain:
        return False
    return not is_trusted(domain) or bool(lures(text, url))


def _record(block: _Block) -> Concealed:
    links = block.links
    lured = dict.fromkeys(word for url, text in links.items() for word in lures(text, url))
    return Concealed(
        quote=shorten(block.quote, QUOTE),
        links=tuple(links.items())[:MAX_LINKS],
        domains=len({domain_of(url) for url in links}),
        lures=tuple(lured)[:5],
        apart=block.apart,
        unopened=block.unopened,
    )
