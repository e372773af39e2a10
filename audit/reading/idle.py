"""Links that lead nowhere (空链接): `#` and `javascript:;` that no script is seen to serve."""

import re
from functools import cache, lru_cache
from typing import Final

from audit.model import Idle
from audit.reading.document import Document, Element
from audit.text import clean
from audit.vocabulary import any_of, words

STEPS: Final = 4  # elements above a link that may make it a control
LONG: Final = 8  # characters from which words are a headline
_NOWHERE = re.compile(
    r"#{1,3}(?:none|null|void)?|javascript\s*+:\s*+(?:void\s*+\(\s*+0?\s*+\)|void\s*+0?|null|return\s++false|)?\s*+;*"
    r"|(?:https?:)?//[#/]*",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")
_NAMES = frozenset({"class", "id"})
_LISTS = frozenset({"ul", "ol", "dl"})
_ROWS = frozenset({"li", "dd", "tr", "p"})


def idle(document: Document, element: Element, text: str) -> Idle:
    """Whether a link without an address is a control, may be one, or is an empty link."""
    href = element.get("href").strip()
    if href and not _leads_nowhere(href):
        return Idle.NOT
    if not href and len(text) < LONG:
        return Idle.NOT  # the page itself, as the last step of a breadcrumb has it
    attributes = element.attributes.keys() - _left()
    if attributes - _NAMES or not _is_link_like(text) or _is_control(document, element):
        return Idle.NOT
    if document.scripts and text.rstrip().endswith(("?", "？")):
        return Idle.NOT  # a question that opens its answer
    if attributes or len(clean(text)) < LONG:
        return Idle.MAYBE
    return Idle.SURE if _is_served_by_nothing(document, element, href) else Idle.MAYBE


def _is_served_by_nothing(document: Document, element: Element, href: str) -> bool:
    """Whether no script of the page can be what the link is for.

    Where there is script, only a row counts that is to be an address like the rows beside it.
    """
    if not document.scripts:
        return True
    if href.lower().startswith("javascript"):
        return False
    row = document.parent(element)
    for _ in range(STEPS):
        if row is None or row.tag in _ROWS:
            break
        row = document.parent(row)
    around = document.parent(row) if row is not None and row.tag in _ROWS else None
    if row is None or around is None:
        return False
    beside = (
        *document.elements[around.index + 1 : row.index],
        *document.elements[row.stop : around.stop],
    )
    return any(one.tag == "a" and not _leads_nowhere(one.get("href").strip()) for one in beside)


def _is_control(document: Document, element: Element) -> bool:
    """Whether names, place or a handler above it make the link a control."""
    above: Element | None = element
    for step in range(STEPS):
        if above is None or above.tag in {"body", "html"}:
            return False
        if _names_control(above.get("class"), above.get("id")):
            return True
        if step and any(name.startswith(("on", "@", "v-", "ng-")) for name in above.attributes):
            return True
        if above.tag in {"li", "dt", "dd"} and _opens(document, above, element):
            return True
        above = document.parent(above)
    return False


def _opens(document: Document, item: Element, link: Element) -> bool:
    """Whether the item holds, behind the link, a list or a hidden box: the link opens it."""
    behind = document.elements[link.stop : item.stop]
    if any(one.tag in _LISTS or one.hidden for one in behind):
        return True
    following = document.elements[item.stop : item.stop + 1]
    return item.tag == "dt" and bool(following) and following[0].tag == "dd"


@cache
def _left() -> frozenset[str]:
    return frozenset(words("idle")["left_attributes"])


@lru_cache(maxsize=1024)
def _leads_nowhere(href: str) -> bool:
    return _NOWHERE.fullmatch(href[:80]) is not None


@lru_cache(maxsize=8192)
def _is_link_like(text: str) -> bool:
    return bool(_WORDS.search(text)) and not any_of("idle", "control_words").search(text)


@lru_cache(maxsize=8192)
def _names_control(classes: str, name: str) -> bool:
    if not classes and not name:
        return False
    return any_of("idle", "control_names").search(f"{classes} {name}".lower()) is not None
