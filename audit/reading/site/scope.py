"""What a policy's own words say of it: who issued it, and whether it must be interpreted."""

import re
from collections.abc import Iterable

from audit.model import Scope, Spoken
from audit.text import clean, quoted_titles, shorten, squeeze
from audit.vocabulary import pattern_of, words

SAID = 40  # characters of a fact that are kept
END = 800  # characters at a document's end in which it says its 公开属性
_SIGNED = re.compile(r"[\u4e00-\u9fa5]{0,4}(?:19|20)\d\d年\d{1,2}月\d{1,2}日")
_QUOTED = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)?》")


def scope_of(title: str, number: str, *, own: bool) -> tuple[Scope, str]:
    """Whether the duty to interpret covers a document, and the words that decide it."""
    plain = clean(title)
    dealing = _found("exempt_dealings", _QUOTED.sub("", plain))
    if dealing:
        return Scope.EXEMPT, dealing
    if not own:
        return Scope.UNSURE, ""
    matter = _found("unsure_matters", plain)
    if matter:
        return Scope.UNSURE, matter
    for name in (*reversed(quoted_titles(plain)), *_bare(plain)):
        form = _found("required_names", name)
        if form:
            return Scope.REQUIRED, form
    coded = _found("required_numbers", number)
    if coded:
        return Scope.REQUIRED, number
    paper = _found("exempt_papers", plain)
    return (Scope.EXEMPT, paper) if paper else (Scope.UNSURE, "")


def _found(key: str, text: str) -> str:
    match = pattern_of("policies", key).search(text)
    return match[0] if match else ""


def _bare(title: str) -> tuple[str, str]:
    """The title, and the title without the frame of the paper that issues it."""
    bare = title
    for _ in range(2):
        bare = pattern_of("policies", "frames").sub("", bare)
    return title, bare


def issuer_of(title: str, spoken: Iterable[Spoken]) -> str:
    """Who issued a document: by its label, else by the name before 关于; empty: it does not say."""
    return said_of(spoken, "labels_issuer") or _named(title)


def _named(title: str) -> str:
    match = pattern_of("policies", "issuers").search(clean(title))
    return shorten(match[1], SAID) if match else ""


def said_of(spoken: Iterable[Spoken], labels: str) -> str:
    """The value behind the first of the labels that has one."""
    listed = words("policies")[labels]
    for one in spoken:
        if one.value and squeeze(one.label).strip("【】[]:：") in listed:
            return shorten(clean(one.value), SAID)
    return ""


def disclosure_of(text: str, spoken: Iterable[Spoken]) -> str:
    """The document's 公开属性: by its label, else by the note at its end."""
    said = said_of(spoken, "labels_disclosure")
    if said or "此件" not in text:
        return said
    return _found("disclosure", text[-END:])


def validity_of(title: str, spoken: Iterable[Spoken]) -> str:
    """The document's 有效性: by its label, else by a mark in its title."""
    return said_of(spoken, "labels_validity") or _found("invalid_titles", clean(title))


def is_own(title: str, text: str, issuer: str, names: Iterable[str]) -> bool:
    """Whether one of the site's own units issued a document: it is named as issuer, or signs it.

    Pages that repost laws and papers of other bodies mostly name nobody: they are not known for own.
    """
    plain = [squeeze(name) for name in names if name]
    body = squeeze(issuer)
    if body and any(body in name or name in body for name in plain):
        return True
    if body and pattern_of("policies", "higher_issuers").search(body):
        return False
    if any(squeeze(title).startswith(name) for name in plain):
        return True
    said = squeeze(text)
    return any(_signs(name, said) for name in plain)


def _signs(name: str, text: str) -> bool:
    """Whether the name stands before a date, as signatures do."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if _SIGNED.match(text, end):
            return True
        start = text.find(name, end)
    return False


def series_of(number: str) -> str:
    """The part of a document number before its year, which tells its issuer."""
    return number.partition("〔")[0]
