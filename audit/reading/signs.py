"""Identity marks that a page shows without words of its own: pictures, scripts, what a click opens.

Also what keeps such marks and labels from being seen: a footer or meta labels that script writes.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from audit.model import Mark, Sign
from audit.reading.document import Document, Element, Script, tidy
from audit.text import halfwidth, shorten
from audit.vocabulary import pattern_of, words

VALUE = 60  # characters of a mark that are kept
SCRIPT_LENGTH = 20_000  # characters of a script that are looked at
PLACES = 20  # of a word in a script that are looked at
LINE = 2000  # characters of a script's line before a word
NEAR = 200  # characters of a script on either side of a mark's word
_TAG = re.compile(r"<[^<>]{0,300}>")
# a comment's start on a line; not the // of an address
_COMMENT = re.compile(r"(?:^|[\s;{}),])//")


def signs(document: Document) -> tuple[Sign, ...]:
    """Every sign, each once, in the order of scripts and pictures."""
    found: dict[Sign, None] = {}
    for script in document.scripts:
        for sign in _of_script(script):
            found[sign] = None
    for image in document.tagged("img"):
        for sign in _of_image(document, image):
            found[sign] = None
    return tuple(found)


def footer_fills(document: Document) -> bool:
    """Whether a script that is called footer, or one that loads such a page, brings the footer."""
    return any(
        (script.src and _is_footer(script.src))
        or ("load(" in script.text and _loads_footer(script.text))
        for script in document.scripts
    )


def footer_pictured(document: Document) -> bool:
    """Whether a picture without words of its own is called footer: it may show what nobody reads."""
    return any(
        not (image.get("alt") or image.get("title")).strip() and _is_banner(image.get("src"))
        for image in document.tagged("img")
    )


def labels_fill(document: Document) -> bool:
    """Whether a script writes the labels of the norm."""
    return any(
        "meta" in script.text and any(name in script.text for name in words("labels")["scripted"])
        for script in document.scripts
    )


def value_of(text: str, mark: Mark) -> str:
    """What a text says of a mark; empty: nothing."""
    match = pattern_of("identity", f"text_{mark.value}").search(halfwidth(text))
    if match is None:
        return ""
    said = next((group for group in match.groups() if group), match[0])
    return shorten(said.strip(" ,，。;；"), VALUE)


def code_in(markup: str) -> str:
    """The site code that an address or a script names; empty: none."""
    match = pattern_of("identity", "code_in_markup").search(markup)
    return next(group for group in match.groups() if group) if match else ""


@lru_cache(maxsize=4096)
def _is_footer(source: str) -> bool:
    return pattern_of("identity", "footer_sources").search(source[-200:]) is not None


@lru_cache(maxsize=4096)
def _is_banner(source: str) -> bool:
    return pattern_of("identity", "footer_pictures").search(source[-200:]) is not None


def _loads_footer(text: str) -> bool:
    return pattern_of("identity", "footer_loads").search(text) is not None


def _of_script(script: Script) -> Iterator[Sign]:
    """By its address or id, or by the words that it writes; not by those of its comments."""
    text = script.text[:SCRIPT_LENGTH]
    if script.src or script.name:
        for mark, code in _named(script.src, script.name):
            yield Sign(mark, script.site_code or code)
    if text:
        yield from _brought(text)
    if text and not text.isascii() and "write" in text:
        yield from _written(text)


@lru_cache(maxsize=256)
def _brought(text: str) -> tuple[Sign, ...]:
    """The marks that a script brings from elsewhere. A site's scripts stand in every page of it."""
    return tuple(
        Sign(mark, code_in(text) or word)
        for word, mark in _words("script")
        if word in text and _live(text, word) >= 0
    )


@lru_cache(maxsize=256)
def _written(text: str) -> tuple[Sign, ...]:
    """The marks that a script writes out in words."""
    found: list[Sign] = []
    for word, mark in _words("written"):
        if word in text and (at := _live(text, word)) >= 0:
            near = tidy(_TAG.sub(" ", text[max(0, at - NEAR) : at + NEAR]))
            if said := value_of(near, mark):
                found.append(Sign(mark, said))
    return tuple(found)


@lru_cache(maxsize=4096)
def _named(source: str, name: str) -> tuple[tuple[Mark, str], ...]:
    """The marks that a script's address or id speaks of."""
    return tuple(
        (mark, code_in(source) or word)
        for word, mark in _words("script")
        if word in source or word in name
    )


@cache
def _words(key: str) -> tuple[tuple[str, Mark], ...]:
    marks = _BY_SCRIPT if key == "script" else _WRITTEN
    return tuple((word, mark) for mark in marks for word in words("identity")[f"{key}_{mark}"])


_BY_SCRIPT = (Mark.PARTY_GOVERNMENT, Mark.CORRECTION)
_WRITTEN = (Mark.SPONSOR, Mark.CONTACT, Mark.ICP, Mark.POLICE, Mark.SITE_CODE)


def _live(text: str, word: str) -> int:
    """Where a script says a word outside its comments; -1: nowhere, or not among its first places."""
    at = text.find(word)
    for _ in range(PLACES):
        if at < 0:
            break
        line = text.rfind("\n", 0, at) + 1
        closed = text.rfind("/*", 0, at) <= text.rfind("*/", 0, at)
        if closed and not _COMMENT.search(text[max(line, at - LINE) : at]):
            return at
        at = text.find(word, at + len(word))
    return -1


def _of_image(document: Document, image: Element) -> Iterator[Sign]:
    attributes = image.attributes
    said = f"{attributes.get('alt') or ''} {attributes.get('title') or ''}"
    for mark, value in _shown(said[:300], (attributes.get("src") or "")[:300]):
        code = ""
        if mark is Mark.CORRECTION:
            above = document.parent(image)
            clicks = (image.get("onclick"), above.get("onclick") if above else "")
            code = next((code for click in clicks if click and (code := code_in(click[:300]))), "")
        yield Sign(mark, code or value)


@lru_cache(maxsize=4096)
def _shown(said: str, source: str) -> tuple[tuple[Mark, str], ...]:
    """The marks that a picture's words and address speak of. Footers show the same on every page."""
    found: list[tuple[Mark, str]] = []
    if not said.isascii():
        found += [(mark, value) for mark in Mark if (value := value_of(said, mark))]
    for mark in _BY_SCRIPT:
        if pattern_of("identity", f"image_{mark.value}").search(source):
            found.append((mark, code_in(source) or mark.value))
    return tuple(found)
