"""The heading of a list: what stands before it and is its name, never a menu or another row."""

import re

from audit.reading.document import Document, Element, tidy
from audit.reading.regions import FOOTER, NAV, Regions
from audit.vocabulary import any_of

LONGEST = 30  # a longer text before a list is no heading
FIELD = 600  # characters before a list that are looked at
LEVELS = 3  # above the list's outermost element
BACK = 4  # elements before it on each level
MENU = 3  # an element with so many links of its own is a menu
PICTURED = 10  # a link with a picture and so many characters is an article's

_DAY = re.compile(r"\d[-/.月]\s?\d")
_EDGES = " >》»+·|"
_FIELDS = frozenset({"input", "select", "button", "textarea"})
_HEADS = frozenset({"tr", "thead"})


def caption(
    document: Document, regions: Regions, container: Element, shell: Element
) -> tuple[str, str]:
    """The words and the link of the heading before a list: siblings before it, some levels up.

    `shell` is the outermost element that holds nothing but the list.
    """
    element: Element | None = container
    levels, more = LEVELS, ""
    while levels and element is not None and element.tag != "body":
        sibling = document.previous(element)
        for _ in range(BACK):
            if sibling is None:
                break
            text = document.text[sibling.start : min(sibling.end, sibling.start + FIELD)]
            if text and (said := tidy(text)) and not _is_passed(document, sibling):
                name, target = _as_heading(document, regions, sibling, said)
                more = more or target
                if name is not None:
                    return name, more
            sibling = document.previous(sibling)
        if element.index <= shell.index:
            levels -= 1
        element = document.parent(element)
    return "", more


def _is_passed(document: Document, element: Element) -> bool:
    """What may stand between a heading and its list: a table's head, a search form, a picture."""
    if element.tag in _HEADS:
        return element.stop > element.index + 2
    if element.stop == element.index + 1:
        return False
    inside = document.inside(element)
    if any(one.tag in _FIELDS for one in inside):
        return True
    return any(one.tag == "img" and _is_pictured(document, element, one) for one in inside)


def _is_pictured(document: Document, element: Element, image: Element) -> bool:
    """Whether a picture is linked to an article that is named beside it."""
    above = document.parent(image)
    while above is not None and above.index > element.index and above.tag != "a":
        above = document.parent(above)
    if above is None or above.tag != "a":
        return False
    href = above.get("href")
    return any(
        one.tag == "a" and one.get("href") == href and one.end - one.start >= PICTURED
        for one in (element, *document.inside(element))
    )


def _as_heading(
    document: Document, regions: Regions, element: Element, text: str
) -> tuple[str | None, str]:
    """The name and the link; None when there is nothing but a link to more: the name stands before."""
    more = any_of("page", "more_words")
    said = more.sub("", text).strip(_EDGES)
    if len(said) > LONGEST or _DAY.search(said) or _is_none(said):
        return "", ""  # a text, or a row of another list
    links = [one for one in (element, *document.inside(element)) if one.tag == "a"]
    named = {name for one in links if (name := more.sub("", document.said(one)).strip(_EDGES))}
    if len(named) >= (MENU if regions.region(element) not in {NAV, FOOTER} else MENU - 1):
        return "", ""
    target = ""
    for one in links:
        if href := one.get("href").strip():
            url = document.join(href) or ""
            if more.search(document.said(one)):
                return said or None, url
            target = target or url
    return said or None, target


def _is_none(said: str) -> bool:
    """Whether the words are those of a breadcrumb or of a greeting."""
    if any_of("page", "breadcrumb_labels").search(said):
        return True
    return any_of("page", "greetings").match(said) is not None
