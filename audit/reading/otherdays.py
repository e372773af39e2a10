"""Whose a labelled date is: the page's, or another publication's, a row's, a reader's, a sentence's."""

import re
from bisect import bisect_left
from operator import attrgetter

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
YEAR = 5  # characters of a date by which it is found again

_ENUMERATED = re.compile(
    r"(?:(?:^|[\s。；])[一二三四五六七八九十\d]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)])"
    r"\s?[\u4e00-\u9fff]{2,12}$"
)
_COLONS = " \u3000\xa0[【〔(（:："
_SPACE = f" \t\r\n\u3000\xa0{LINE}{SEAM}"
_OPENING = f"{_SPACE}[【〔(（"
_CLAUSE = frozenset("，,、。")
_ROWS = frozenset({"li", "dd", "dt"})
_START = attrgetter("start")


def is_others(
    document: Document,
    text: str,
    found: dates.FoundDate,
    headline: str,
    article: Element | None,
    *,
    within: bool,
) -> bool:
    """Whether the words around a labelled date make it another's. `within`: the text is the article's."""
    if _is_named_so(text, found, within=within):
        return True
    place = _place(document, text, found)
    if place < 0:
        return False
    return _opens_sentence(document.text, place, found) or _is_rows(
        document, place, headline, article
    )


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
    return not headline or document.said(one).startswith(headline)


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
    label = text[max(0, found.start - LABELLED) : found.start].rstrip(_COLONS)[-2:]
    place = document.text.find(found.text)
    for _ in range(PLACES):
        if place < 0:
            break
        before = document.text[max(0, place - LABELLED) : place].rstrip(_OPENING)
        if tidy(before).rstrip(_COLONS).endswith(label):
            return place
        place = document.text.find(found.text, place + 1)
    return -1


def _opens_sentence(text: str, place: int, found: dates.FoundDate) -> bool:
    """Whether a date begins the words of a line below its label: that label has no value."""
    start, end = line_of(text, place)
    if text[start:place].strip(_OPENING):
        return False
    rest = text[place + len(found.text) : end].strip(_SPACE)
    if rest[:1] in _CLAUSE:
        return True
    return len(rest) >= RUNNING and any_of("page", "info_words").search(rest[:NEAR]) is None


def _is_rows(document: Document, place: int, headline: str, article: Element | None) -> bool:
    """Whether the date is a row's: behind a link on its line, in an item with one, or below one."""
    text = document.text
    start, _ = line_of(text, place)
    if any(_is_others_title(document, one, headline) for one in _links(document, start, place)):
        return True
    element = document.innermost(place)
    for _ in range(LEVELS):
        if element is None or element.end - element.start > ROW_LENGTH:
            break
        if element.tag in _ROWS:
            inner = document.inside(element)
            return any(_is_others_title(document, one, headline) for one in inner)
        element = document.parent(element)
    if article is None or place < article.end:
        return False
    above = text[article.end : start].rstrip(_SPACE)
    first, last = line_of(above, len(above))
    return any(
        _is_others_title(document, one, headline)
        and one.end - one.start >= len(above[first:last].strip(_SPACE))
        for one in _links(document, article.end + first, article.end + last)
    )


def _links(document: Document, start: int, end: int) -> list[Element]:
    """The links whose words stand between two places of the page's text."""
    found = document.tagged("a")
    first = bisect_left(found, start, key=_START)
    last = bisect_left(found, end, lo=first, key=_START)
    return [one for one in found[first:last] if one.end <= end]


def _is_others_title(document: Document, one: Element, headline: str) -> bool:
    """Whether an element is a link to another text: no tool of the page, no document, not itself."""
    href = one.get("href").strip()
    if not href or href[0] == "#" or href.lower().startswith("javascript:"):
        return False
    if href.lower().rpartition(".")[2] in words("page")["attachment_suffixes"]:
        return False
    if headline and document.said(one).startswith(headline):
        return False
    return is_title(document, one, "")
