"""Whose a labelled date is: the page's, or another publication's, a row's, a reader's, a sentence's."""

import re
from bisect import bisect_left
from enum import Enum
from operator import attrgetter

import msgspec

from audit import dates
from audit.reading.document import LINE, SEAM, Document, Element, tidy
from audit.vocabulary import any_of, pattern_of, words

ROW_TITLE = 8  # a link with so many characters beside a date makes a row of it
ROW_LENGTH = 300
NEAR = 60  # characters before a date in which a heading of comments stands
LABELLED = 24  # characters before a date in which its label and the words before that stand
PLACES = 20  # of a date in the page that are looked at
RUNNING = 10  # characters behind a date on its line by which it begins a sentence
LEVELS = 4  # elements around a date that are looked at
BEHIND = 600  # characters behind the headline from which a date stands no more under it
YEAR = 5  # characters of a date by which it is found again

_ENUMERATED = re.compile(
    r"(?:(?:^|[\s。；])[一二三四五六七八九十\d]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)])"
    r"\s?[\u4e00-\u9fff]{2,12}$"
)
_LABEL = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,12}$")
_CLAUSES = tuple("，,、：:；;")
_BRACKETS = tuple("（(")
_COLONS = " \u3000\xa0[【〔(（:："
_SPACE = f" \t\r\n\u3000\xa0{LINE}{SEAM}"
_OPENING = f"{_SPACE}[【〔(（"
_CLAUSE = frozenset("，,、。")
_ROWS = frozenset({"li", "dd", "dt"})
_START = attrgetter("start")


class Standing(Enum):
    """Whose a labelled date is."""

    OWN = "own"
    BEHIND = "behind"  # the page's, as far as can be told, though it stands behind the text
    OTHERS = "others"


class Around(msgspec.Struct, frozen=True):
    """What is known of the page that a date stands in."""

    document: Document
    headline: str  # its beginning
    article: Element | None
    within: bool  # the date stands in the article


def standing(around: Around, text: str, found: dates.FoundDate) -> Standing:
    """Whether the words around a labelled date of a text make it another's than the page's."""
    if _is_named_so(text, found, within=around.within):
        return Standing.OTHERS
    document = around.document
    place = _place(document, text, found)
    if place < 0:
        return Standing.OWN
    if opens_sentence(document.text, place, found) or _is_rows(around, place):
        return Standing.OTHERS
    side = _side(around, place)
    if side and (_is_aside(document.text, place) or (side > 0 and _is_below_row(around, place))):
        return Standing.OTHERS
    return Standing.BEHIND if side > 0 else Standing.OWN


def is_row(document: Document, place: int, headline: str) -> bool:
    """Whether a place stands in a row of a list: beside a link with a title's length."""
    text = document.text
    element = document.innermost(place) if place >= 0 else None
    for _ in range(LEVELS):
        if element is None or element.end - element.start > ROW_LENGTH:
            return False
        if headline and text.find(headline, element.start, element.end) >= 0:
            return any(is_title(document, one, headline) for one in document.inside(element))
        if any(is_title(document, one, "") for one in (element, *document.inside(element))):
            return True
        element = document.parent(element)
    return False


def is_title(document: Document, one: Element, headline: str) -> bool:
    """Whether an element is a link with a title's length, other than to the source."""
    if one.tag != "a" or one.end - one.start < ROW_TITLE:
        return False
    before = document.text[max(0, one.start - ROW_TITLE) : one.start].rstrip(_SPACE)
    if before.rstrip(":：").endswith(words("page")["source_labels"]):
        return False
    return not headline or headline in document.said(one)


def line_of(text: str, place: int) -> tuple[int, int]:
    """Where the line of the page's text begins and ends in which a place stands."""
    end = text.find(LINE, place)
    return text.rfind(LINE, 0, place) + 1, end if end >= 0 else len(text)


def _is_named_so(text: str, found: dates.FoundDate, *, within: bool) -> bool:
    """Whether its label is that of a result, the site, an entry of the text, or a comment's."""
    before = text[max(0, found.start - LABELLED) : found.start].rstrip(_COLONS)
    if pattern_of("page", "others_labels").search(before):
        return True
    if within and _ENUMERATED.search(before):
        return True
    near = text[max(0, found.start - NEAR) : found.start]
    return any_of("page", "comment_words").search(near) is not None


def _place(document: Document, text: str, found: dates.FoundDate) -> int:
    """Where the page's text says the date behind the same label; -1: it is not found."""
    label = text[max(0, found.start - LABELLED) : found.start].rstrip(_COLONS)[-4:]
    place = document.text.find(found.text)
    for _ in range(PLACES):
        if place < 0:
            break
        before = document.text[max(0, place - LABELLED) : place].rstrip(_OPENING)
        if tidy(before).rstrip(_COLONS).endswith(label):
            return place
        place = document.text.find(found.text, place + 1)
    return -1


def opens_sentence(text: str, place: int, found: dates.FoundDate, least: int = RUNNING) -> bool:
    """Whether a date begins the words of a line, of `least` at least: a label above has no value."""
    start, end = line_of(text, place)
    if text[start:place].strip(_OPENING):
        return False
    rest = text[place + len(found.text) : end].strip(_SPACE)
    if rest[:1] in _CLAUSE:
        return True
    return len(rest) >= least and any_of("page", "info_words").search(rest[:NEAR]) is None


def _side(around: Around, place: int) -> int:
    """Where a date stands: 1 behind the text, -1 above the headline, 0 between or not known."""
    article = around.article
    if article is not None and (around.within or place >= article.end):
        return 0 if around.within else 1
    text, headline = around.document.text, around.headline
    body = next(iter(around.document.tagged("body")), None)
    first = body.start if body else 0
    at = text.rfind(headline, first, place) if headline else -1
    if at >= 0:
        return int(text.find("。", at + len(headline), place) >= 0 or place - at > BEHIND)
    return -1 if headline and text.find(headline, place) >= 0 else 0


def _is_aside(text: str, place: int) -> bool:
    """Whether its label stands in brackets behind other words, in a clause, or behind a colon."""
    start, _ = line_of(text, place)
    before = tidy(text[max(start, place - LABELLED) : place]).rstrip(_COLONS)
    match = _LABEL.search(before)
    left = before[: match.start()] if match else ""
    return left.endswith(_CLAUSES) or (left.endswith(_BRACKETS) and bool(left[:-1].strip()))


def _is_rows(around: Around, place: int) -> bool:
    """Whether the date is a row's: behind a link on its line, or in an item with one."""
    document = around.document
    start, _ = line_of(document.text, place)
    links = _links(document, start, place)
    if any(_is_others_title(around, one, documents=True) for one in links):
        return True
    rows = {*_ROWS, "tr"} if _side(around, place) > 0 else _ROWS
    element = document.innermost(place)
    for _ in range(LEVELS):
        if element is None or element.end - element.start > ROW_LENGTH:
            break
        if element.tag in rows:
            return any(_is_others_title(around, one) for one in document.inside(element))
        element = document.parent(element)
    return False


def _is_below_row(around: Around, place: int) -> bool:
    """Whether the line above a date is nothing but a link to another text."""
    text = around.document.text
    start, _ = line_of(text, place)
    above = text[max(0, start - ROW_LENGTH) : start].rstrip(_SPACE)
    first = above.rfind(LINE) + 1
    last = start - len(text[max(0, start - ROW_LENGTH) : start]) + len(above)
    begin = last - len(above) + first
    said = len(above[first:].strip(_SPACE))
    return any(
        _is_others_title(around, one) and one.end - one.start >= said
        for one in _links(around.document, begin, last)
    )


def _links(document: Document, start: int, end: int) -> list[Element]:
    """The links whose words stand between two places of the page's text."""
    found = document.tagged("a")
    first = bisect_left(found, start, key=_START)
    last = bisect_left(found, end, lo=first, key=_START)
    return [one for one in found[first:last] if one.end <= end]


def _is_others_title(around: Around, one: Element, *, documents: bool = False) -> bool:
    """Whether an element is a link to another text: no tool of the page, not itself, hardly a document."""
    href = one.get("href").strip()
    if not href or href[0] == "#" or href.lower().startswith("javascript:"):
        return False
    ending = href.lower().rpartition(".")[2]
    if not documents and ending in words("page")["attachment_suffixes"]:
        return False
    headline = around.headline
    if headline and around.document.said(one).startswith(headline):
        return False
    return is_title(around.document, one, "")
