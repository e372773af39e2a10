"""Which pages are policies, which are interpretations, and how near two titles are."""

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import Indel

from audit.model import ColumnClass, PageKind
from audit.reading.site.digest import Digest
from audit.text import clean, normal_title, quoted_titles
from audit.vocabulary import pattern_of, words

SAME = 0.8  # likeness from which two titles name one document (rulebook 4.4)
WHOLE = 0.97  # share of the shorter title that the longer one must hold
LEAST = 6  # characters that a title's core must have to be compared


def is_interpretation(digest: Digest, klass: ColumnClass | None) -> bool:
    """Whether a page interprets a policy: by its title, or by standing in an interpretation column."""
    title = digest.name
    if digest.kind not in _TEXTS and not (digest.kind is PageKind.LIST and "《" in title):
        return False
    plain = clean(_QUOTED.sub("", title)) or title
    if pattern_of("policies", "not_interpretations").search(plain):
        return False
    if pattern_of("policies", "interpretation_columns").search(clean(title)):
        return False
    if pattern_of("policies", "interpretation_titles").search(title):
        return pattern_of("policies", "interpretation_titles").search(plain) is not None
    if klass is not ColumnClass.INTERPRETATION or digest.kind is not PageKind.ARTICLE:
        return False
    return not (digest.number and _has_form(digest))  # the policy itself may stand there too


def is_policy(digest: Digest, klass: ColumnClass | None) -> bool:
    """Whether a page is a document: its title's form, with a number at its head or in a policy column."""
    if digest.kind is PageKind.LIST:
        return bool(digest.number) and not digest.rows and _has_form(digest)
    if digest.kind not in _TEXTS:
        return False
    if klass is ColumnClass.POLICY:
        return bool(digest.number) or _has_form(digest)
    return bool(digest.number) and _has_form(digest)


def _has_form(digest: Digest) -> bool:
    return pattern_of("policies", "title_forms").search(digest.name) is not None


_TEXTS = frozenset({PageKind.ARTICLE, PageKind.OTHER})
_QUOTED = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)?》")
_ORDER = re.compile(
    r"([\u4e00-\u9fa5]{2,12}令)[\s（(]{0,4}((?:19|20)\d\d)年?[\s）)]{0,4}第?\s{0,4}(\d{1,4})\s{0,4}号"
)


def order_number(text: str) -> str:
    """The number of an order (令): 交通运输部令2020年第1号; empty: none."""
    match = _ORDER.search(text) if "令" in text else None
    return f"{match[1]}{match[2]}年第{match[3]}号" if match else ""


@lru_cache(maxsize=8192)
def names_of(title: str) -> tuple[str, ...]:
    """The names under which a document is cited: its title, the titles in it, its title without frame."""
    bare = title
    for _ in range(2):
        bare = pattern_of("policies", "frames").sub("", bare)
    quoted = quoted_titles(title)
    found = (title, *quoted, *(_PART.sub("", one) for one in quoted), bare)
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


@lru_cache(maxsize=8192)
def subjects_of(title: str) -> tuple[str, ...]:
    """Normal forms of all titles that an interpretation's title quotes; else its core."""
    quoted = (_PART.sub("", one) for one in quoted_titles(title))
    return tuple(dict.fromkeys(map(normal_title, quoted))) or (core_of(title),)


@lru_cache(maxsize=65536)
def nearness(interpretation: str, policy: str) -> float:
    """How near an interpretation's title is to a document's, 0 to 1; 1 when one holds the other."""
    best = 0.0
    for core in subjects_of(interpretation):
        if len(core) < LEAST:
            continue
        for name in names_of(policy):
            if core in name or name in core:
                return 1.0
            best = max(best, Indel.normalized_similarity(core, name))
    return best


def relates(text: str, words: str) -> bool:
    """Whether a link's words or heading say that it leads to the document or its interpretation."""
    return pattern_of("policies", words).search(text) is not None


def same_document(one: str, other: str) -> bool:
    """Whether two titles, or the words of a link and a title, name one document.

    Words more or less at either end make no difference; another word in its place does: two
    measures may differ in 公路 and 桥梁 alone.
    """
    first, second = normal_title(one), normal_title(other)
    shorter = min(len(first), len(second))
    if shorter < LEAST:
        return bool(first) and first == second
    if first in second or second in first:
        return True
    alike = Indel.normalized_similarity(first, second)
    kept = alike * (len(first) + len(second)) / 2  # characters that both have, in one order
    return alike >= SAME and kept >= WHOLE * shorter


def cites_number(numbers: Iterable[str], number: str) -> bool:
    """Whether a document's number is among those of a text, where words may run into it."""
    return bool(number) and any(one.endswith(number) for one in numbers)


def cited(text: str) -> frozenset[str]:
    """Normal forms of the titles in 《》."""
    return frozenset(normal_title(_PART.sub("", title)) for title in quoted_titles(text))


_PART = re.compile(r"[（(][^（）()]{1,20}[）)]$")
