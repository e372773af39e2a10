"""Dates as Chinese government pages write them, and the periods of the norm. Days are Asia/Shanghai's.

Nothing is guessed: two-digit years are no dates, a day and month get a year only from their context,
impossible days are skipped.
"""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator, Sequence

import msgspec

SHANGHAI = dt.timezone(dt.timedelta(hours=8), "Asia/Shanghai")
EARLIEST = dt.date(1990, 1, 1)  # nothing was published on the web before

# The digits before the year are looked at last: what a pattern begins with is what it is found by.
# A clock time may stand right behind the day: the parts of a line are joined without a space.
_FULL = re.compile(
    r"((?:19|20|１９|２０)(?<![\d.]\d\d)\d\d)\s?"
    r"(?:年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日?"
    r"|([-/.－／．–])\s?(\d{1,2})\s?\4\s?(\d{1,2}))"
    r"(?!\d(?!\d[:：]\d\d))(?:[日号]?[\sT]{0,3}(\d{1,2})[:：](\d\d)(?:[:：]\d\d)?)?"
)
_WIDE = {ord("０") + i: ord("0") + i for i in range(10)} | {
    ord("："): ":",
    ord("－"): "-",
    ord("／"): "/",
}
_MONTH_DAY = re.compile(
    r"(?<![\d年./第-])(?:(\d{1,2})[-/.](\d{1,2})|(\d{1,2})月(\d{1,2})日)(?!\s?[\d/.万亿元%％℃米页-])"
)
_DAY_WORDS = frozenset("日至到星周T")  # what may touch the numbers of a day
_LABEL_ENDS = ("于", "间", "期", "布", "新", "至", "到")  # 发布于, 时间, 日期, 发布, 更新
_URL_DAY = re.compile(
    r"(?:/t|[/_-])((?:19|20)\d\d)(?:/|-|_)?(0[1-9]|1[0-2])(?:/|-|_)?(0[1-9]|[12]\d|3[01])(?:[/_.-]|$)"
)
_URL_PATH = re.compile(r"/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})/")  # hanweb: /art/2020/6/10/
_URL_STAMP = re.compile(
    r"/(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])(?:[0-5]\d){2}\d{0,3}[_.]"
)
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)(?:/|-)?(0[1-9]|1[0-2])/")
_CHINESE = re.compile(
    r"([二一][〇○零Ｏ0OＯ九八一二三四五六七]{3})年([一二三四五六七八九十元]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_STAMP = re.compile(
    r"((?:19|20)\d\d)-(\d\d)-(\d\d)(?:[T\s](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s?(Z|[+-]\d\d:?\d\d)?)?"
)
_HAN_DIGIT = {c: i for i, c in enumerate("〇一二三四五六七八九")} | dict.fromkeys("○零Ｏ0O", 0)
_HAN_COUNT = {c: i for i, c in enumerate("一二三四五六七八九", 1)}
_COMPACT = re.compile(r"((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Mar 5, 2024; 5 March 2024; Tue Mar 05 10:20:30 CST 2024: what stands before the year
_ENGLISH = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? )?"
    r"(?:([A-Z][a-z]{2})[a-z]{0,6}\.? (\d{1,2})(?:, ?| \d\d:\d\d:\d\d (?:[A-Z]{3,4} )?| )"
    r"|(\d{1,2})[ -]([A-Z][a-z]{2})[a-z]{0,6}\.?(?:, ?|[ -]))$"
)
_ENGLISH_LENGTH = 40  # characters before the year in which such a day stands
_LIMIT = re.compile(r"([1-9]\d{0,3})([dmy])")


class FoundDate(msgspec.Struct, frozen=True):
    """A date in a text: the day, the words, where they start, whether a time of day stands beside."""

    day: dt.date
    text: str
    start: int
    has_time: bool


class Limit(msgspec.Struct, frozen=True):
    """A period: days, calendar months or years."""

    count: int
    unit: str

    def earliest(self, as_of: dt.date) -> dt.date:
        """The earliest day that is still inside the period which ends on `as_of`."""
        if self.unit == "d":
            return as_of - dt.timedelta(days=self.count)
        months = self.count * (12 if self.unit == "y" else 1)
        year, month = divmod(as_of.year * 12 + as_of.month - 1 - months, 12)
        if year < dt.MINYEAR:
            return dt.date.min
        return dt.date(year, month + 1, min(as_of.day, monthrange(year, month + 1)[1]))


def parse_limit(text: str) -> Limit:
    """Read `14d`, `6m` or `1y`; ValueError names what is allowed."""
    match = _LIMIT.fullmatch(text)
    if match is None:
        message = f"{text!r} is no period: write days as 14d, months as 6m, years as 1y"
        raise ValueError(message)
    return Limit(int(match[1]), match[2])


def within(day: dt.date, limit: str, as_of: dt.date) -> bool:
    """Whether the day lies within the period; a day exactly on its edge does."""
    return day >= parse_limit(limit).earliest(as_of)


def find(text: str) -> tuple[FoundDate, ...]:
    """Every full date of the text, in order."""
    return tuple(_found(text, 0))


def first(text: str) -> FoundDate | None:
    """The first full date of the text."""
    return next(_found(text, 0), None)


def at(text: str, place: int) -> FoundDate | None:
    """The full date that begins right at a place."""
    match = _FULL.match(text, place)
    return _of_match(match) if match else None


def behind_label(text: str, place: int) -> FoundDate | None:
    """The date that begins right at a place behind a label: there 20260508 and 二〇二六年五月八日 are dates too."""
    if (found := at(text, place)) is not None:
        return found
    if match := _CHINESE.match(text, place):
        day = _of_numerals(match)
    elif match := _COMPACT.match(text, place):
        day = make_day(int(match[1]), int(match[2]), int(match[3]))
    else:
        return None
    return FoundDate(day, match[0], place, has_time=False) if day else None


def in_english(text: str, place: int) -> FoundDate | None:
    """The date whose year begins at a place, behind month and day in English."""
    touching = text[max(0, place - 2) : place].strip()
    if not touching.isascii() or (not touching.strip(".,-").isalnum() and "," not in touching):
        return None
    start = max(0, place - _ENGLISH_LENGTH)
    match = _ENGLISH.search(text[start:place])
    if (
        match is None
        or not text[place : place + 4].isdigit()
        or text[place + 4 : place + 5].isdigit()
    ):
        return None
    month = (match[1] or match[4]).lower()
    day = int(match[2] or match[3])
    if month not in _MONTHS:
        return None
    made = make_day(int(text[place : place + 4]), _MONTHS.index(month) + 1, day)
    first = start + match.start()
    return FoundDate(made, text[first : place + 4], first, ":" in match[0]) if made else None


def _found(text: str, start: int) -> Iterator[FoundDate]:
    for match in _FULL.finditer(text, start):
        if (found := _of_match(match)) is not None:
            yield found


def _of_match(match: re.Match[str]) -> FoundDate | None:
    day = make_day(int(match[1]), int(match[2] or match[5]), int(match[3] or match[6]))
    if day is None:
        return None
    return FoundDate(day, match[0].strip(), match.start(), match[7] is not None)


def _narrow(text: str) -> str:
    return text if text.isascii() else text.translate(_WIDE)


def make_day(year: int, month: int, day: int) -> dt.date | None:
    """The day, or None when there is no such day or it lies before the web."""
    try:
        made = dt.date(year, month, day)
    except ValueError:
        return None
    return made if made >= EARLIEST else None


def from_url(url: str) -> dt.date | None:
    """The day that an address carries: t20200610_1.html, /2020/06/10/, /2020/6/10/, /20200610/."""
    if "19" not in url and "20" not in url:
        return None
    path = url.partition("?")[0].partition("://")[2]
    for pattern in (_URL_DAY, _URL_PATH, _URL_STAMP):
        for match in pattern.finditer(path):
            day = make_day(int(match[1]), int(match[2]), int(match[3]))
            if day is not None:
                return day
    return None


def month_from_url(url: str) -> tuple[int, int] | None:
    """The year and month that an address carries: /202006/."""
    match = _URL_MONTH.search(url)
    return (int(match[1]), int(match[2])) if match else None


def month_day(text: str) -> tuple[int, int] | None:
    """A day and month without a year: [06-10], 6月10日; not numbers that words are glued to: 路12-5号, 1.5KB."""
    text = _narrow(text)
    match = next((one for one in _MONTH_DAY.finditer(text) if not _is_glued(text, one)), None)
    if match is None:
        return None
    month, day = int(match[1] or match[3]), int(match[2] or match[4])
    return (month, day) if 1 <= month <= 12 and 1 <= day <= monthrange(2000, month)[1] else None


def _is_glued(text: str, match: re.Match[str]) -> bool:
    """Whether a letter or a word touches numbers that are no words themselves."""
    if match[3]:
        return False
    before, behind = text[: match.start()], text[match.end() : match.end() + 1]
    if behind.isalpha() and behind not in _DAY_WORDS:
        return True
    return before[-1:].isalpha() and not before.endswith(_LABEL_ENDS)


def near(month: int, day: int, seen: dt.date, span: int) -> dt.date | None:
    """The day that lies within `span` days of another one whose year is known."""
    for year in (seen.year, seen.year - 1, seen.year + 1):
        made = make_day(year, month, day)
        if made is not None and abs((made - seen).days) <= span:
            return made
    return None


def infer_year(month: int, day: int, years: Sequence[int]) -> dt.date | None:
    """The day in the one context year that is given; None when there is none or a choice."""
    fitting = {made for year in set(years) if (made := make_day(year, month, day)) is not None}
    return fitting.pop() if len(fitting) == 1 else None


def chinese(text: str) -> dt.date | None:
    """The last date in Chinese numerals (二〇二〇年六月五日): a signature, never a publication date."""
    found = numerals(text)
    return found[-1].day if found else None


def numerals(text: str) -> tuple[FoundDate, ...]:
    """Every date in Chinese numerals, in order."""
    return tuple(
        FoundDate(day, match[0], match.start(), has_time=False)
        for match in _CHINESE.finditer(text)
        if (day := _of_numerals(match)) is not None
    )


def _of_numerals(match: re.Match[str]) -> dt.date | None:
    year = int("".join(str(_HAN_DIGIT[c]) for c in match[1]))
    return make_day(year, _han_number(match[2]), _han_number(match[3]))


def _han_number(text: str) -> int:
    """1 to 99; 0 for what is no number (十十, 十一二)."""
    if text == "元":
        return 1
    if "十" not in text:
        return _HAN_COUNT.get(text, 0)
    tens, _, units = text.partition("十")
    if (tens and tens not in _HAN_COUNT) or (units and units not in _HAN_COUNT):
        return 0
    return _HAN_COUNT.get(tens, 1) * 10 + _HAN_COUNT.get(units, 0)


def timestamp(text: str) -> dt.date | None:
    """The Shanghai day of an ISO 8601 time; a time without zone is Shanghai's."""
    match = _STAMP.search(_narrow(text))
    if match is None:
        return None
    day = make_day(int(match[1]), int(match[2]), int(match[3]))
    if day is None or match[7] is None or match[4] is None:
        return day
    try:
        moment = dt.datetime.fromisoformat(
            f"{day}T{match[4]}:{match[5]}:{match[6] or '00'}{match[7].replace('Z', '+00:00')}"
        )
    except ValueError:
        return day
    return moment.astimezone(SHANGHAI).date()


def of_epoch(number: int) -> dt.date | None:
    """The Shanghai day of seconds or milliseconds since 1970; other numbers are none."""
    seconds = number // 1000 if number > 100_000_000_000 else number
    if not 631_152_000 <= seconds <= 4_102_444_800:  # 1990 to 2100
        return None
    return dt.datetime.fromtimestamp(seconds, SHANGHAI).date()
