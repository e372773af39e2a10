"""The heading of a page, and the headings of its parts."""

import re
from collections.abc import Iterator
from typing import Final

from audit.reading.document import Document, Element
from audit.reading.regions import BODY, FOOTER, NAV, SIDE, Regions
from audit.reading.roles import HEADLINE as NAMED
from audit.vocabulary import any_of, words

MAX_HEADINGS = 60
LONGEST = 200  # characters of a headline
LEAST = 4  # characters of a headline that has no heading's tag
TEXTUAL = 10  # characters of a headline that is surely that of a text
INFO = 120  # characters below a heading in which an info line stands
TRIES = 5  # places where the words of the title are looked at
_ROWS: Final = frozenset({"li", "dt", "dd"})
_TAGS: Final = ("h1", "h2", "h3", "h4")
_SEPARATOR = re.compile(r"(?<!\s)\s*(?:[_|｜—–>＞»]|--|(?<!\d)-(?!\d))+\s*")


def headline(
    document: Document,
    regions: Regions,
    title: str,
    meta: dict[str, str],
    trail: Element | None,
) -> str:
    """The page's own heading: what the title repeats, a lone h1, the norm's label, a name."""
    article = meta.get("articletitle", "")[:LONGEST]
    if len(article) >= TEXTUAL and _repeated(document, regions, article, trail):
        return article
    firsts = list(_own(document, regions, document.tagged("h1"), trail))
    named = [
        said
        for said in _own(document, regions, document.playing(NAMED), trail)
        if len(said) >= TEXTUAL or not any_of("page", "side_headings").search(said)
    ]
    if len(named) == 1 and _is_site(title) and title in firsts and len(named[0]) >= TEXTUAL:
        return named[0]  # the first heading is the site's name, which heads every page of it
    for said in (*firsts, *named):
        if len(said) >= LEAST and title.startswith(said):
            return said
    parts = [part for part in _SEPARATOR.split(title) if part]
    if len(firsts) == 1 and not (len(parts) > 1 and firsts[0] == parts[-1]):
        return firsts[0]
    for part in sorted(parts, key=lambda part: len(part) < TEXTUAL or _is_site(part)):
        if found := _repeated(document, regions, part, trail):
            return found
    if article:
        return article
    if len(named) == 1 and len(named[0]) >= LEAST:
        return named[0]
    return "" if named or firsts else _lower(document, regions, trail)


def _lower(document: Document, regions: Regions, trail: Element | None) -> str:
    """The one heading of the second rank, else of the third, with a text's info line below it."""
    for tag in ("h2", "h3"):
        elements = document.tagged(tag)
        own = list(_own(document, regions, elements, trail))
        if own:
            one = next(e for e in elements if document.said(e) == own[0])
            below = document.text[one.end : one.end + INFO]
            fits = len(own) == 1 and len(own[0]) >= TEXTUAL
            return own[0] if fits and any_of("page", "info_words").search(below) else ""
    return ""


def _is_site(title: str) -> bool:
    return title.endswith(words("page")["site_endings"])


def headings(document: Document, regions: Regions) -> tuple[str, ...]:
    """The headings of the body region; the titles of a list's rows are none."""
    found: dict[str, None] = {}
    for element in document.tagged(*_TAGS):
        if element.hidden or regions.region(element) != BODY or _is_row(document, element):
            continue
        said = document.said(element)
        if said and len(said) <= LONGEST:
            found[said] = None
            if len(found) >= MAX_HEADINGS:
                break
    return tuple(found)


def _own(
    document: Document, regions: Regions, elements: list[Element], trail: Element | None
) -> Iterator[str]:
    """What the elements say that may be the page's heading."""
    for element in elements:
        if element.hidden or regions.region(element) in {NAV, FOOTER, SIDE}:
            continue
        if element.end - element.start > 4 * LONGEST or _is_row(document, element):
            continue
        if trail is not None and element.index <= trail.index < element.stop:
            continue
        said = document.said(element)
        if said and len(said) <= LONGEST and not any_of("page", "breadcrumb_labels").search(said):
            yield said


def _is_row(document: Document, element: Element) -> bool:
    """Whether an element is the title of a list's row: in an item, and a link."""
    above: Element | None = element
    for _ in range(4):
        if above is None or above.tag in {"body", "ul", "ol"}:
            return False
        if above.tag == "a":
            return bool(above.get("href").strip("# "))
        if above.tag in _ROWS:
            return any(one.tag == "a" for one in document.inside(element))
        above = document.parent(above)
    return False


def _repeated(document: Document, regions: Regions, part: str, trail: Element | None) -> str:
    """The words of the title where the body says them as a line of their own, and as no link."""
    text = document.text
    body = next(iter(document.tagged("body")), None)
    position = body.start if body else 0
    for _ in range(TRIES):
        position = text.find(part, position)
        if position < 0:
            return ""
        element = document.innermost(position)
        position += len(part)
        if element is None or document.said(element) != part:
            continue
        if element.hidden or regions.region(element) != BODY or _in_link(document, element):
            continue
        if trail is not None and trail.index <= element.index < trail.stop:
            continue
        if len(part) >= LEAST or element.tag in _TAGS:
            return part
    return ""


def _in_link(document: Document, element: Element) -> bool:
    above: Element | None = element
    for _ in range(4):
        if above is None:
            return False
        if above.tag in {"a", "option", "select", "label"}:
            return True
        above = document.parent(above)
    return False
