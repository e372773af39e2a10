"""The breadcrumb of a page: where it says it stands."""

import re
from collections.abc import Iterator
from functools import cache

from audit.model import Crumb
from audit.reading.document import Document, Element, parts
from audit.reading.roles import CRUMB as CRUMB_NAME
from audit.vocabulary import any_of, words

LENGTH = 240  # characters; more is no trail
CRUMB = 60
LABEL = 10  # characters of the longest label
TRIES = 3
MAX_LABELS = 20
MAX_CRUMBS = 12
_SEPARATORS = re.compile(r"\s*(?:[>»›＞→/|\\》]|&gt;|::|-{1,2}(?=\s|$)|(?<=\s)-)+\s*")


def breadcrumb(document: Document) -> tuple[tuple[Crumb, ...], Element | None]:
    """The steps, and the element that holds them; found by its label, else by its class."""
    for element, position in _labelled(document):
        steps = _steps(document, element, position)
        if steps:
            return steps, element
    for element in document.playing(CRUMB_NAME):
        if element.end - element.start <= 4 * LENGTH:
            steps = _steps(document, element, element.start)
            if len(steps) > 1 or (steps and steps[0].url):
                return steps, element
    return (), None


def _labelled(document: Document) -> list[tuple[Element, int]]:
    """Elements that hold a breadcrumb's label and a link or separator, and where the trail begins."""
    found: list[tuple[Element, int]] = []
    text = document.text
    for start, end in _labels(text):
        element = document.innermost(start)
        for _ in range(4):
            if element is None or element.tag in {"body", "html"}:
                break
            rest = parts(text[end : min(element.end, end + 4 * LENGTH)]).strip(" :：")
            if len(rest) > LENGTH:
                break
            if len(rest) > 1 and (_has_link(document, element) or _SEPARATORS.search(rest)):
                found.append((element, end))
                break
            element = document.parent(element)
        if len(found) >= TRIES:
            break
    return found


def _labels(text: str) -> Iterator[tuple[int, int]]:
    """Where the labels stand; a text without the last two characters of any holds none."""
    pattern = any_of("page", "breadcrumb_labels")
    for ending in _endings():
        position = text.find(ending)
        for _ in range(MAX_LABELS):
            if position < 0:
                break
            match = pattern.search(text, max(0, position - LABEL), position + len(ending))
            if match and not "\u4e00" <= text[match.start() - 1 : match.start()] <= "\u9fff":
                yield match.span()  # 地理位置： is none
            position = text.find(ending, position + len(ending))


@cache
def _endings() -> tuple[str, ...]:
    return tuple(dict.fromkeys(label[-3:] for label in words("page")["breadcrumb_labels"]))


def _has_link(document: Document, element: Element) -> bool:
    return any(one.tag == "a" for one in document.inside(element))


def _steps(document: Document, element: Element, position: int) -> tuple[Crumb, ...]:
    """Links and words between separators, in order."""
    crumbs: list[Crumb] = []
    text = document.text
    for one in document.inside(element):
        if one.tag != "a" or one.start < position:
            continue
        crumbs += _plain(text[position : one.start])
        said = document.said(one)[:CRUMB].strip(" >》»")
        if said:
            crumbs.append(
                Crumb(said, document.join(one.get("href").strip()) or "" if one.get("href") else "")
            )
        position = one.end
        if len(crumbs) > MAX_CRUMBS:
            return ()
    crumbs += _plain(text[position : min(element.end, position + 4 * LENGTH)])
    return tuple(crumbs) if len(crumbs) <= MAX_CRUMBS else ()


def _plain(text: str) -> list[Crumb]:
    said = (piece.strip(" :：·") for piece in _SEPARATORS.split(parts(text)))
    return [Crumb(piece[:CRUMB], "") for piece in said if piece and not piece.endswith("位置")]
