"""The date in the words beside a title: full, in parts, without a year, or only as written."""

import datetime as dt
import re
from functools import cache, lru_cache

import msgspec

from audit import dates
from audit.text import halfwidth
from audit.vocabulary import any_of, words

PART = 24  # characters; words such as 3天前 in a longer text are none
GAP = 4  # characters between a label and its date
LONGEST = 10  # characters of the longest label

_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:\s*+[日/]\s++|\s++)((?:19|20)\d\d)\s*+[-/.年]\s*+(\d{1,2})(?!\d)"
)
_DAY_LAST = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*+[-/.年]\s*+(\d{1,2})(?:\s*+月\s++|\s++)(\d{1,2})(?!\d)"
)
_YEAR_LAST = re.compile(
    r"(?<!\d)(\d{1,2})\s?[-/.月]\s?(\d{1,2})日?\s+((?:19|20)\d\d)(?![\d])(?!\s*[-/.年]\s*\d)"
)
_YEAR_FIRST = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:\s*+年\s++|\s++)(\d{1,2})\s?[-/.月]\s?(\d{1,2})日?(?![\d/.-])"
)
_REVERSED = re.compile(r"(?<!\d)(\d{1,2})日?\s+(\d{1,2})月\s+((?:19|20)\d\d)(?!\d)")
_SPACED = re.compile(r"((?:19|20)\d\d)\s(\d{1,2})\s(\d{1,2})")  # nothing else: in tags of their own
_DAY_MONTH = re.compile(r"(\d{1,2})日?\s+(\d{1,2})月")
_MONTH_DAY = re.compile(
    r"(?<![\d年./第-])\d{1,2}(?:[-/.]\d{1,2}|月\s?\d{1,2}日?)(?!\s?[\d/.万亿元%％℃米页-])"
)
_MONTH_THEN_DAY = re.compile(r"(\d{1,2})月\s(\d{1,2})日?")
_IMPOSSIBLE = re.compile(r"(?<!\d)\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}(?!\d)")
_ORDERS = (
    (_DAY_FIRST, (2, 3, 1)),
    (_DAY_LAST, (1, 2, 3)),
    (_YEAR_LAST, (3, 1, 2)),
    (_YEAR_FIRST, (1, 2, 3)),
    (_REVERSED, (3, 2, 1)),
)
_EDGES = " []()（）【】〔〕|·:：-—"
PERIOD = re.compile(r"\s?(?:至|到|[-—–~～]{1,2})\s?")
_COMMAS = frozenset("，,、")
_OPENING = " \u3000\xa0[【〔(（"


class Shown(msgspec.Struct, frozen=True):
    """A date that a row shows."""

    day: dt.date | None
    quote: str
    month_day: tuple[int, int] | None = None


NO_DATE = Shown(None, "")


@lru_cache(maxsize=8192)
def read_date(text: str) -> Shown:
    """The date of a short text that holds little else."""
    if not any(map(str.isdigit, text)):
        return _in_words(text)
    text = halfwidth(text)
    found = dates.find(text)
    if found:
        return _chosen(text, found)
    for pattern, order in _ORDERS:
        match = pattern.search(text)
        if match:
            day = dates.make_day(*(int(match[group]) for group in order))
            if day is not None:
                return NO_DATE if undates(text, match.start()) else Shown(day, match[0])
    if match := _SPACED.fullmatch(text.strip(_EDGES)):
        return Shown(dates.make_day(int(match[1]), int(match[2]), int(match[3])), match[0])
    match = _IMPOSSIBLE.search(text)
    if match:
        return Shown(None, match[0])
    return _without_year(text) or _in_words(text)


def labelled_in(text: str) -> Shown:
    """The date behind a label of publication in a row with more words."""
    if "时间" not in text and "日期" not in text and "发布" not in text:
        return NO_DATE
    text = halfwidth(text)
    for found in dates.find(text):
        if _is_published(label_before(text, found.start)):
            return Shown(found.day, found.text)
    return NO_DATE


def is_labelled(text: str, shown: Shown) -> bool:
    """Whether a short text calls the day that it shows the one of publication."""
    text = halfwidth(text)
    label = label_before(text, text.find(shown.quote))
    return _is_published(label) and not label.endswith(_words("changed_labels"))


def label_before(text: str, start: int) -> str:
    """The words right before a date, without the colon and the brackets between."""
    before = text[max(0, start - LONGEST - GAP) : start].rstrip(_OPENING)
    return before[:-1].rstrip() if before.endswith((":", "：")) else before


def _chosen(text: str, found: tuple[dates.FoundDate, ...]) -> Shown:
    """The one date; of several the one that is labelled as published; a period's first day."""
    kept: list[dates.FoundDate] = []
    last, undated = -1, False  # the end of a period is no more a publication's than its beginning
    for one in found:
        between = text[last : one.start] if last >= 0 else ""
        undated = (undated and PERIOD.fullmatch(between) is not None) or undates(text, one.start)
        last = one.start + len(one.text)
        if not undated and not _tells(text, one.text):
            kept.append(one)
    if not kept:
        return NO_DATE
    best = kept[0]
    if len({one.day for one in kept}) > 1:
        labelled = [one for one in kept if _is_published(label_before(text, one.start))]
        if labelled:
            best = labelled[0]
        elif not any(mark in text for mark in ("至", "到", "~", "—", "--", "更新")):
            return NO_DATE
    return Shown(best.day, best.text)


def _without_year(text: str) -> Shown | None:
    month_day = dates.month_day(text)
    if month_day:
        match = _MONTH_DAY.search(text)
        if match and _tells(text, match[0]):
            return None
        return Shown(None, match[0] if match else text.strip(), month_day)
    said = text.strip(_EDGES)
    for pattern, (month, day) in ((_DAY_MONTH, (2, 1)), (_MONTH_THEN_DAY, (1, 2))):
        if match := pattern.fullmatch(said):
            month_day = dates.month_day(f"{match[month]}-{match[day]}")
            return Shown(None, said, month_day) if month_day else None
    return None


def _tells(text: str, written: str) -> bool:
    """Whether a day stands in a sentence: 4月12日，某局召开会议; 自2020年6月5日起施行."""
    start = text.find(written)
    behind = text[start + len(written) :]
    if behind[:1] in _COMMAS and behind:
        return "月" in written
    if behind.startswith(_words("telling_words")):
        return True
    touched = _is_han(text[start - 1 : start]) and _is_han(behind[:1])
    return touched and not _is_published(label_before(text, start))


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _is_published(label: str) -> bool:
    """Whether a label is one of publication; a bare 日期 is one, 报名日期 is none."""
    if label.endswith((*_words("date_labels"), *_words("changed_labels"))):
        return True
    bare = next((one for one in _words("bare_date_labels") if label.endswith(one)), "")
    before = label[-len(bare) - 1 : -len(bare)] if bare else "时"
    return not _is_han(before)


def undates(text: str, start: int) -> bool:
    """Whether the words before a date say that it is no publication's: 成文日期, 截止时间."""
    return label_before(text, start).endswith(_words("undating_labels"))


@cache
def _words(key: str) -> tuple[str, ...]:
    return words("page")[key]


def _in_words(text: str) -> Shown:
    """3天前, 昨天 (the day depends on when it was seen), or Chinese numerals."""
    if len(text) <= PART and any_of("page", "relative_days").search(text):
        return Shown(None, text.strip(_EDGES))
    if "年" in text and (day := dates.chinese(text)) is not None:
        return Shown(day, text.strip(_EDGES))
    return NO_DATE
