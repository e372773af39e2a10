"""What an element's tag, classes and id say of its part in the page; words from the vocabulary."""

import re
from functools import cache, lru_cache
from typing import Final

from audit.vocabulary import words

NAV: Final = "nav"
FOOTER: Final = "footer"
SIDE: Final = "side"
CRUMB: Final = "crumb"
PAGER: Final = "pager"
HEADLINE: Final = "headline"
OWN: Final = "content"  # names such as top_content and head-title
TEXT: Final = "text"  # names such as content-header and article-header

LONG = 400  # characters of names that are looked at
NAME = 40  # characters; a longer name says nothing
_SPLIT = re.compile(r"[\s_-]+")
_PARTS = re.compile(r"[-_]+|(?<=[a-z])(?=[A-Z])")
_LAST_ONLY = frozenset(
    {"nav", "menu", "footer", "header", "crumb", "breadcrumb", "foot", "sidebar"}
)
_HEADED = "header"  # of the page, or of the text that the words before it name
_NEVER = frozenset("html body a li b font em i p span head title meta link img input br".split())


@lru_cache(maxsize=8192)
def roles_of(tag: str, classes: str | None, name: str | None) -> tuple[str, ...]:
    """The roles of an element: a region, a breadcrumb, a pager, a headline, selectors of content."""
    classes, name = classes or "", name or ""
    selected = [one for one in _selectors_of(tag, classes, name) if one in _selectors()]
    if not classes and not name:
        return tuple(selected)
    roles: list[str] = []
    if tag not in _NEVER and (region := region_of_names(f"{classes} {name}")):
        roles.append(region)
    said = f"{classes} {name}".lower()
    pieces = _SPLIT.split(said)
    roles.extend(role for role in (CRUMB, PAGER) if not _named(role).isdisjoint(pieces))
    if not _named(HEADLINE).isdisjoint(said.split()):
        roles.append(HEADLINE)
    return (*roles, *selected)


def region_of_names(names: str) -> str:
    """The part of a page that class and id names speak of; empty when they say nothing."""
    for name in names[:LONG].split():
        if len(name) > NAME:
            continue
        lower = name.lower()
        parts = [part.lower() for part in _PARTS.split(name) if part]
        for region in (FOOTER, NAV, SIDE):
            tokens = _named(region)
            if lower in tokens or (
                parts and parts[0] in tokens and _named(OWN).isdisjoint(parts[1:])
            ):
                return region
            last = parts[-1] if parts else ""
            of_text = last == _HEADED and not _named(TEXT).isdisjoint(parts[:-1])
            if last in _LAST_ONLY and last in tokens and not of_text:
                return region
    return ""


def _selectors_of(tag: str, classes: str, name: str) -> list[str]:
    return [tag, f"#{name.lower()}", *(f".{one}" for one in classes.lower().split()[:20])]


@cache
def _selectors() -> frozenset[str]:
    return frozenset((*words("page")["content_selectors"], *words("page")["content_wrappers"]))


@cache
def _named(role: str) -> frozenset[str]:
    keys = {CRUMB: "breadcrumb_names", PAGER: "pager_tokens", HEADLINE: "headline_names"}
    return frozenset(words("page")[keys.get(role, f"{role}_tokens")])
