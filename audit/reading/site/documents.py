"""Which pages are policies, which are interpretations, and how near two titles are."""

import re
from functools import lru_cache

from rapidfuzz.distance import Indel

from audit.model import ColumnClass, PageKind
from audit.reading.site.digest import Digest
from audit.text import clean, normal_title, quoted_titles
from audit.vocabulary import pattern_of, words

LEAST = 6  # characters that a title's core must have to be compared


def is_interpretation(digest: Digest, klass: ColumnClass | None) -> bool:
    """Whether a page interprets a policy: by its title, or by standing in an interpretation column."""
    if digest.kind not in _TEXTS:
        return False
    title = digest.name
    if pattern_of("policies", "not_interpretations").search(title):
        return False
    if pattern_of("policies", "interpretation_titles").search(title):
        return True
    return klass is ColumnClass.INTERPRETATION and digest.kind is PageKind.ARTICLE


def is_policy(digest: Digest, klass: ColumnClass | None) -> bool:
    """Whether a page is a document: its title's form, with a number at its head or in a policy column."""
    if digest.kind not in _TEXTS:
        return False
    form = pattern_of("policies", "title_forms").search(digest.name) is not None
    if klass is ColumnClass.POLICY:
        return form or bool(digest.number)
    return form and bool(digest.number)


_TEXTS = frozenset({PageKind.ARTICLE, PageKind.OTHER})


def is_out_of_scope(title: str) -> bool:
    """Whether a document of this title needs no interpretation."""
    return pattern_of("policies", "out_of_scope").search(title) is not None


@lru_cache(maxsize=8192)
def names_of(title: str) -> tuple[str, ...]:
    """The names under which a document is cited: its title, the titles in it, its title without frame."""
    bare = title
    for _ in range(2):
        bare = pattern_of("policies", "frames").sub("", bare)
    found = (title, *quoted_titles(title), bare)
    return tuple(dict.fromkeys(n for one in found if len(n := normal_title(one)) >= LEAST))


@lru_cache(maxsize=8192)
def core_of(title: str) -> str:
    """What an interpretation's title is about: the title it quotes, else its words without 解读."""
    quoted = quoted_titles(title)
    if quoted:
        return normal_title(quoted[0])
    plain = clean(title)
    for word in words("policies")["strip"]:
        plain = plain.replace(word, "")
    return normal_title(plain)


@lru_cache(maxsize=65536)
def nearness(interpretation: str, policy: str) -> float:
    """How near an interpretation's title is to a document's, 0 to 1; 1 when one holds the other."""
    core = core_of(interpretation)
    if len(core) < LEAST:
        return 0.0
    best = 0.0
    for name in names_of(policy):
        if core in name or name in core:
            return 1.0
        best = max(best, Indel.normalized_similarity(core, name))
    return best


def same_title(one: str, other: str) -> float:
    """How alike the words of a link and a page's title are; 1 when a long one holds the other."""
    first, second = normal_title(one), normal_title(other)
    if len(first) >= LEAST and len(second) >= LEAST and (first in second or second in first):
        return 1.0
    return Indel.normalized_similarity(first, second) if first and second else 0.0


def cited(text: str) -> frozenset[str]:
    """Normal forms of the titles in 《》."""
    return frozenset(normal_title(_PART.sub("", title)) for title in quoted_titles(text))


_PART = re.compile(r"[（(][^（）()]{1,20}[）)]$")
