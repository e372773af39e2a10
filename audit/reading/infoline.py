"""The date in the words of a page: behind its label, or in the line under the headline."""

import datetime as dt
import re
from functools import cache, lru_cache

import msgspec

from audit import dates
from audit.model import DateMark, DateSource
from audit.reading.document import Document, Element, tidy
from audit.reading.otherdays import (
    YEAR,
    Around,
    Standing,
    is_row,
    line_of,
    opens_sentence,
    standing,
)
from audit.reading.shown import label_before
from audit.vocabulary import any_of, pattern_of, words

LABEL, LINE, QUOTED, CHANGED = 0.9, 0.8, 0.7, 0.5  # confidences
FAR = 4000  # characters of visible text in which a date may stand
NEAR = 60  # characters around a date in which the info line's other words stand
UNDER = 120  # characters behind a headline in which its line begins
TOP = 120  # characters at the very top of the content
BEHIND = 30  # characters behind a date that tell an event's from a publication's
REPEATED = 3  # a label with so many different days stands in the rows of a list
MOST = 40  # dates of a page that are looked at
TITLED = 8  # a title with fewer characters is no headline
PLACES = 3  # of a headline that are looked at
TEXT = 40  # characters of a line that begins with a day and is a text
HEADLINE = 24  # characters of a headline that are looked for

_LABEL = re.compile(r"[\u4e00-\u9fffA-Za-z][\]】）)]?\s?[:：]\s?[\[【（(]?$")
_ENDS = re.compile(r"\s|$|[\]】)）|｜]|来源|作者|浏览|阅读|点击|字号|字体|编辑|分享|打印|责任|发布")
_BEFORE = frozenset(
    ":： \u3000\xa0[【〔(（间期于布表新改"
)  # what stands right before a labelled date
_ENGLISH = frozenset(" ,-")  # before the year of a day in English
_SEPARATED = re.compile(r"(?<!\s)\s*(?:[_|–]|-{1,2}|—{1,2})\s*")
_SENTENCE = re.compile(r"[。；！？]")
_BRACKETS = " []【】"


class Dated(msgspec.Struct, frozen=True):
    """A date of the visible text and the words right before it."""

    found: dates.FoundDate
    label: str
    behind: bool = False  # it stands behind the page's text


class Text(msgspec.Struct, frozen=True):
    """A stretch of a page's words, and what is known of the page that they stand in."""

    said: str
    document: Document
    headline: str
    article: Element | None = None
    within: bool = False  # the words are the article's

    def labelled(self, kind: str) -> list[Dated]:
        """The dates behind labels of a kind that are the page's, not another's."""
        begin = self.headline[:HEADLINE]
        around = Around(self.document, begin, self.article, self.within)
        kept: list[Dated] = []
        for one in labelled_dates(self.said):
            if one.label.endswith(labels(kind)):
                whose = standing(around, self.said, one.found)
                if whose is not Standing.OTHERS:
                    kept.append(Dated(one.found, one.label, whose is Standing.BEHIND))
        return kept


def from_text(
    document: Document,
    text: str,
    lead: str | None,
    headline: str,
    article: Element | None = None,
) -> DateMark | None:
    """Outside the article first: within it a label is another publication's now and then."""
    where = Text(text if lead is None else lead[:FAR], document, headline, article)
    under = _under(where.said, headline)
    mark = (
        _labelled(where, LABEL, behind=False)
        or _bare(where, under, LABEL, known=lead is not None)
        or _before(document, _in_line(where, under), headline, article)
        or _labelled(where, LABEL)
        or _marked_up(document)
    )
    if mark is None and lead is not None:
        # where the headline stands outside the article, the article only repeats it
        inner = Text(text[len(lead) + 1 :], document, headline, article, within=True)
        below = _under(inner.said, headline) if under < 0 else -1
        near = _labelled(inner, LABEL, below)
        near = near or _bare(inner, below, LABEL, known=False)
        mark = near or _in_line(inner, below)
        mark = mark or _labelled(inner, QUOTED)
    return mark or _changed(where, under)


def titled(document: Document) -> str:
    """The headline that a page's title begins with; empty when it is the site's name."""
    for element in document.tagged("title"):
        title = tidy(document.text[element.start : min(element.end, element.start + 400)])
        first = _SEPARATED.split(title)[0].strip()
        return "" if len(first) < TITLED or first.endswith(words("page")["site_endings"]) else first
    return ""


def elsewhere(document: Document, headline: str) -> DateMark | None:
    """The line under a headline that stands in what looks like the page's head."""
    begin = headline[:HEADLINE]
    if len(begin) < TITLED:
        return None
    heads = document.tagged("head")
    place = document.text.find(begin, heads[0].end if heads else 0)
    for _ in range(PLACES):
        if place < 0:
            return None
        said = tidy(document.text[place : place + 6 * UNDER])
        text = Text(said, document, headline, within=True)
        under = _under(said, headline)
        mark = _labelled(text, LABEL, under)
        mark = mark or _bare(text, under, LABEL, known=False)
        mark = mark or _in_line(text, under)
        if mark is not None:
            return mark
        place = document.text.find(begin, place + len(begin))
    return None


def behind(document: Document, article: Element) -> DateMark | None:
    """The day in an element of its own right behind the article: weak, for it may be a signature."""
    if article.stop >= len(document.elements):
        return None
    one = document.elements[article.stop]
    names = f"{one.get('class')} {one.get('id')}".lower().split()
    if one.parent != article.parent or one.hidden or one.end - one.start > NEAR:
        return None
    if not any(name in words("page")["date_names"] for name in names):
        return None
    said = document.said(one)
    found = dates.first(said)
    if found is None or found.text != said:
        return None
    return DateMark(found.day, DateSource.LABEL, said, CHANGED)


def _under(text: str, headline: str) -> int:
    """Where the text under the headline begins; -1: it is not found."""
    begin = headline.strip()[:HEADLINE]
    if len(begin) < 4:
        return -1
    place = text.find(begin)
    return place + min(len(headline), 4 * HEADLINE) if place >= 0 else -1


def _labelled(
    text: Text, confidence: float, under: int | None = None, *, behind: bool = True
) -> DateMark | None:
    """The date behind the first label of the list; `under`: only near the headline or its line.

    `behind`: also where it stands behind the page's text.
    """
    found = [
        one
        for one in text.labelled("date_labels")
        if not one.label.endswith(labels("other_date_labels"))
        and not _is_laws(text.said, one.found, within=text.within)
        and (behind or not one.behind)
    ]
    for label in labels("date_labels") if found else ():
        own = [one for one in found if one.label.endswith(label)]
        days = {one.found.day for one in own}
        if not own or len(days) >= REPEATED:
            continue
        first = own[0].found
        if len(days) > 1 and not _is_below(text, first):
            continue
        if under is None or _is_near(text.said, first, under):
            return DateMark(first.day, DateSource.LABEL, first.text, confidence)
    return None


def _is_below(text: Text, found: dates.FoundDate) -> bool:
    """Whether a date stands in the line under the headline."""
    under = _under(text.said, text.headline)
    return under >= 0 and 0 <= found.start - under <= UNDER


def _is_laws(text: str, found: dates.FoundDate, *, within: bool) -> bool:
    """Whether a date is a law's own: the day of its effect stands beside it, in the law's text."""
    beside = text[max(0, found.start - NEAR) : found.start + len(found.text) + NEAR]
    if not any_of("page", "effect_labels").search(beside):
        return False
    return within or any_of("page", "law_labels").search(beside) is not None


def _is_near(text: str, found: dates.FoundDate, under: int) -> bool:
    return (under >= 0 and 0 <= found.start - under <= UNDER) or _says_info(text, found)


def _bare(text: Text, under: int, confidence: float, *, known: bool) -> DateMark | None:
    """The date behind 时间 or 日期 in the line under a headline; a meeting's never counts.

    `known`: the text is known not to be an article's.
    """
    own = [one for one in text.labelled("bare_date_labels") if _is_bare(one.label)]
    if len({one.found.day for one in own}) >= REPEATED:
        return None
    for one in own:
        found = one.found
        if _is_event(text.said, found):
            continue
        below = found.start - under if under >= 0 else -1
        if (
            0 <= below <= UNDER
            or _says_info(text.said, found)
            or (found.start <= TOP and found.has_time and "年" not in found.text)
            or (known and under < 0)
        ):
            return DateMark(found.day, DateSource.LABEL, found.text, confidence)
    return None


def _is_bare(label: str) -> bool:
    """Whether the short label is a word of its own, not the end of 会议时间."""
    for bare in labels("bare_date_labels"):
        if label.endswith(bare):
            before = label[: -len(bare)]
            if bare.isascii():  # not the end of Effective Date
                return not (last := before.rstrip()[-1:]).isascii() or not last.isalpha()
            return not before or not "\u4e00" <= before[-1] <= "\u9fff"
    return False


def _is_event(text: str, found: dates.FoundDate) -> bool:
    """Whether the words beside a date make it that of a meeting, a term, a period or the clock's."""
    start, end = found.start, found.start + len(found.text)
    behind = text[end : end + BEHIND]
    if pattern_of("page", "event_words").match(behind.lstrip()):
        return True
    before = _SENTENCE.split(text[max(0, start - BEHIND) : start])[-1]
    if pattern_of("page", "readers_words").search(before):
        return True
    place = any_of("page", "place_words")
    return place.search(behind) is not None or place.search(before) is not None


def _says_info(text: str, found: dates.FoundDate) -> bool:
    """Whether source, author or counter stand near: the line under a headline."""
    start, end = found.start, found.start + len(found.text)
    before = _SENTENCE.split(text[max(0, start - NEAR) : start])[-1]
    behind = _SENTENCE.split(text[end : end + NEAR])[0]
    info = any_of("page", "info_words")
    return info.search(before) is not None or info.search(behind) is not None


def _in_line(where: Text, under: int) -> DateMark | None:
    """The date without a label in the line under the headline: by source, author, clock, or alone."""
    document, text = where.document, where.said
    found = dates.first(text[under : under + UNDER + NEAR]) if under >= 0 else None
    if found is None or found.start > UNDER:
        return None
    found = msgspec.structs.replace(found, start=found.start + under)
    label = label_before(text, found.start)  # in a cell it has no colon
    if label.endswith(labels("other_date_labels")) or _LABEL.search(
        text, max(0, found.start - 4), found.start
    ):
        return None
    end = found.start + len(found.text)
    if not _ENDS.match(text, end) or _is_event(text, found):
        return None
    if _SENTENCE.search(text[under : found.start]) or "，" in text[under : found.start]:
        return None
    begin = where.headline[:HEADLINE]
    if is_row(document, document.text.find(found.text), begin):
        return None
    place = document.text.find(found.text, max(0, document.text.find(begin)))
    if place >= 0 and opens_sentence(document.text, place, found, TEXT):
        return None
    if not (found.has_time or _says_info(text, found) or _is_alone(document, found, place)):
        return None
    return DateMark(found.day, DateSource.LABEL, found.text, LINE)


def _is_alone(document: Document, found: dates.FoundDate, place: int) -> bool:
    """Whether the day's line holds nothing else: as programs write it, or under the name of a day."""
    text = document.text
    element = document.innermost(place) if place >= 0 else None
    start, end = line_of(text, place) if element else (0, 0)
    if element is None or tidy(text[start:end]).strip(_BRACKETS) != found.text:
        return False
    names = f"{element.get('class')} {element.get('id')}".lower().split()
    return "年" not in found.text or any(name in words("page")["date_names"] for name in names)


def _before(
    document: Document, mark: DateMark | None, headline: str, article: Element | None
) -> DateMark | None:
    """The mark unless it stands behind the article: there it is not under the headline."""
    if mark is None or article is None:
        return mark
    place = document.text.find(headline[:HEADLINE], 0, article.start)
    if place >= 0 and document.text.find(mark.quote[:YEAR], place, article.start) < 0:
        return None
    return mark


def _marked_up(document: Document) -> DateMark | None:
    """The one `<time datetime>` of a page; more than one day is a list's."""
    days: dict[dt.date, str] = {}
    for element in document.tagged("time"):
        stamp = element.get("datetime")
        day = dates.timestamp(stamp) if stamp and not element.hidden else None
        if day is not None:
            days[day] = stamp[:40]
            if _is_in_row(document, element):
                return None
    if len(days) != 1:
        return None
    day, stamp = next(iter(days.items()))
    return DateMark(day, DateSource.LABEL, stamp, LINE)


def _is_in_row(document: Document, element: Element) -> bool:
    above = element
    for _ in range(4):
        if above.tag in {"li", "tr", "dd", "a", "aside", "footer"}:
            return True
        parent = document.parent(above)
        if parent is None:
            return False
        above = parent
    return False


def _changed(text: Text, under: int) -> DateMark | None:
    """更新时间 in the line under a headline: the last change, which is all that the page tells."""
    for one in text.labelled("changed_labels"):
        if _is_near(text.said, one.found, under):
            return DateMark(one.found.day, DateSource.LABEL, one.found.text, CHANGED)
    return None


@lru_cache(maxsize=8)
def labelled_dates(text: str) -> tuple[Dated, ...]:
    """The dates that stand behind a label of any kind, in order."""
    made: list[Dated] = []
    for place in sorted(_places(text)):
        before = text[place - 1 : place] if place else ""
        english = dates.in_english(text, place) if before in _ENGLISH else None
        start = english.start if english else place
        if text[start - 1 : start] not in _BEFORE or not start:
            continue
        label = label_before(text, start)
        if label[-1:] not in _endings() or not label.endswith(_all_labels()):
            continue
        if (found := english or dates.behind_label(text, place)) is not None:
            made.append(Dated(found, label))
            if len(made) >= MOST:
                break
    return tuple(made)


def _places(text: str) -> list[int]:
    """Where years may begin."""
    places: list[int] = []
    for digits in ("20", "19", "２０", "二〇", "二○", "二零", "二Ｏ"):
        place = text.find(digits)
        while place >= 0:
            places.append(place)
            place = text.find(digits, place + 1)
    return places


@cache
def _all_labels() -> tuple[str, ...]:
    return (
        *labels("date_labels"),
        *labels("bare_date_labels"),
        *labels("changed_labels"),
        *labels("written_labels"),
    )


@cache
def _endings() -> frozenset[str]:
    return frozenset(label[-1] for label in _all_labels())


@cache
def labels(key: str) -> tuple[str, ...]:
    """The labels of one kind."""
    return words("page")[key]
