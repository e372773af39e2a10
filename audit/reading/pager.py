"""The pager of a list: how many pages there are, and the addresses of the others."""

import re
from functools import cache, lru_cache

from audit.model import Pager
from audit.reading.document import Document, Element
from audit.reading.links import Anchor
from audit.reading.regions import FOOTER, NAV
from audit.vocabulary import pattern_of, words

MAX_URLS = 1000
HOLDER = 1200  # characters; a longer element is no pager
SCRIPT = 200_000  # characters of a script that are looked at
_ARGUMENTS = re.compile(r"(?:^|,)\s*(?:(\d{1,6})|[\"']([^\"',]{0,60})[\"'])\s*(?=,|$)")
_NAMES = re.compile(r"[\s_-]+")
_BRACKETS = " []【】<>《》«»‹›.…"


def pager(document: Document, found: list[Anchor]) -> Pager | None:
    """By a script's call, else by links; None when the page has no pager."""
    return _by_call(document) or _by_links(document, found) or _by_variable(document)


def _by_call(document: Document) -> Pager | None:
    """createPageHTML(4, 0, "index", "html"): page n stands at index_{n}.html, the first at index.html."""
    for script in document.scripts:
        if "createPageHTML" not in script.text:
            continue
        for match in pattern_of("page", "pager_calls").finditer(script.text[:SCRIPT]):
            arguments = _ARGUMENTS.findall(next(group for group in match.groups() if group))
            numbers = [int(number) for number, _ in arguments if number]
            names = [name for number, name in arguments if not number]
            if numbers and len(names) >= 2:
                return Pager(
                    numbers[0], _computed(document, numbers[0], *names[-2:]), by_script=True
                )
            if numbers:
                return Pager(numbers[0], (), by_script=True)
    return None


def _computed(document: Document, pages: int, name: str, ending: str) -> tuple[str, ...]:
    urls = (
        document.join(f"{name}_{number}.{ending.lstrip('.')}")
        for number in range(1, min(pages, MAX_URLS + 1))
    )
    return tuple(url for url in urls if url and url != document.url)


def _by_variable(document: Document) -> Pager | None:
    """`var countPage = 4`: the pages are known, their addresses are not."""
    for script in document.scripts:
        text = script.text[:SCRIPT]
        if ("age" in text) and (match := pattern_of("page", "pager_variables").search(text)):
            pages = int(next(group for group in match.groups() if group))
            return Pager(pages, (), by_script=True) if pages else None
    return None


def _by_links(document: Document, found: list[Anchor]) -> Pager | None:
    holder = _holder(document, found)
    if holder is None:
        return None
    numbers: list[int] = []
    urls: dict[str, None] = {}
    turned = False  # there is a link that turns pages, wherever it leads
    for anchor in found:
        if not holder.index < anchor.element.index < holder.stop:
            continue
        said = anchor.text.strip(_BRACKETS)
        if said.isdecimal() and len(said) <= 6:
            numbers.append(int(said))
        elif anchor.text.strip() not in _pager_words() and said not in _pager_words():
            continue
        turned = True
        if anchor.url and anchor.url != document.url and len(urls) < MAX_URLS:
            urls[anchor.url] = None
    said = document.said(holder)
    counts = [
        int(next(g for g in m.groups() if g))
        for m in pattern_of("page", "pager_counts").finditer(said)
    ]
    if not turned and not counts:
        return None
    pages = max([*counts, *numbers, 1 + len(urls) if not (counts or numbers) else 1])
    return Pager(pages, tuple(urls), by_script=pages > 1 and not urls)


def _holder(document: Document, found: list[Anchor]) -> Element | None:
    """The element that holds the pager: by its links' words, else by its name, else by a count."""
    for anchor in found:
        if anchor.text.strip(_BRACKETS) in _forward() and anchor.region not in {NAV, FOOTER}:
            parent = document.parent(anchor.element)
            while parent is not None and parent.tag in {"li", "span", "b", "font", "em", "td", "i"}:
                parent = document.parent(parent)
            return parent
    for element in document.named:
        if element.end - element.start <= HOLDER and _is_named(element):
            return element
    return None


def _is_named(element: Element) -> bool:
    if element.tag not in {"div", "ul", "p", "td", "span", "nav", "table", "form"}:
        return False
    return _names_it(f"{element.get('class')} {element.get('id')}")


@lru_cache(maxsize=4096)
def _names_it(names: str) -> bool:
    return any(name in _tokens() for name in _NAMES.split(names.lower()))


@cache
def _tokens() -> frozenset[str]:
    return frozenset(words("page")["pager_tokens"])


@cache
def _pager_words() -> frozenset[str]:
    return frozenset(words("page")["pager_words"])


@cache
def _forward() -> frozenset[str]:
    return frozenset(words("page")["pager_forward"])
