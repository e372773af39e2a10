"""Working days by the State Council's yearly holiday notices, as dated tables of our own.

Day 0 is the day of the event; make-up Saturdays and Sundays count. A year without a table is
unknown, never guessed. The tables are cross-checked in the tests against two public calendars.
"""

import datetime as dt
from collections.abc import Iterable, Mapping

import msgspec


class CalendarUnknown(LookupError):  # noqa: N818 - a state of the world, not a mistake
    """No table for a year that the question touches."""

    def __init__(self, year: int) -> None:
        """Keep the year."""
        super().__init__(f"no working-day calendar for {year}")
        self.year = year


class Year(msgspec.Struct, frozen=True):
    """One year's notice: weekdays that are holidays and weekend days that are worked (MMDD)."""

    notice: str
    verified: bool  # the notice's number was read in a copy of the text itself
    holidays: str
    workdays: str


TABLES: Mapping[int, Year] = {
    2019: Year(
        "国办发明电〔2018〕15号；劳动节据国办发明电〔2019〕3号", False,
        "0101 0204 0205 0206 0207 0208 0405 0501 0502 0503 0607 0913 1001 1002 1003 1004 1007",
        "0202 0203 0428 0505 0929 1012",
    ),
    2020: Year(
        "国办发明电〔2019〕16号；春节据国办发明电〔2020〕1号", False,
        "0101 0124 0127 0128 0129 0130 0131 0406 0501 0504 0505 0625 0626 1001 1002 1005 1006 1007 1008",
        "0119 0426 0509 0628 0927 1010",
    ),
    2021: Year(
        "国办发明电〔2020〕27号", False,
        "0101 0211 0212 0215 0216 0217 0405 0503 0504 0505 0614 0920 0921 1001 1004 1005 1006 1007",
        "0207 0220 0425 0508 0918 0926 1009",
    ),
    2022: Year(
        "国办发明电〔2021〕11号", False,
        "0103 0131 0201 0202 0203 0204 0404 0405 0502 0503 0504 0603 0912 1003 1004 1005 1006 1007",
        "0129 0130 0402 0424 0507 1008 1009",
    ),
    2023: Year(
        "国办发明电〔2022〕16号", False,
        "0102 0123 0124 0125 0126 0127 0405 0501 0502 0503 0622 0623 0929 1002 1003 1004 1005 1006",
        "0128 0129 0423 0506 0625 1007 1008",
    ),
    2024: Year(
        "国办发明电〔2023〕7号", False,
        "0101 0212 0213 0214 0215 0216 0404 0405 0501 0502 0503 0610 0916 0917 1001 1002 1003 1004 1007",
        "0204 0218 0407 0428 0511 0914 0929 1012",
    ),
    2025: Year(
        "国办发明电〔2024〕12号", False,
        "0101 0128 0129 0130 0131 0203 0204 0404 0501 0502 0505 0602 1001 1002 1003 1006 1007 1008",
        "0126 0208 0427 0928 1011",
    ),
    2026: Year(
        "国办发明电〔2025〕7号", False,
        "0101 0102 0216 0217 0218 0219 0220 0223 0406 0501 0504 0505 0619 0925 1001 1002 1005 1006 1007",
        "0104 0214 0228 0509 0920 1010",
    ),
}  # fmt: skip


class Calendar(msgspec.Struct, frozen=True):
    """Which days are worked. `years` are those with a table."""

    years: frozenset[int]
    holidays: frozenset[dt.date]
    workdays: frozenset[dt.date]

    def is_workday(self, day: dt.date) -> bool:
        """Whether the day is worked; CalendarUnknown for a year without table."""
        if day.year not in self.years:
            raise CalendarUnknown(day.year)
        if day in self.workdays:
            return True
        return day.weekday() < 5 and day not in self.holidays

    def add(self, day: dt.date, count: int) -> dt.date:
        """The working day that is `count` working days after `day` (day 0)."""
        while count > 0:
            day += dt.timedelta(days=1)
            count -= self.is_workday(day)
        return day

    def between(self, start: dt.date, end: dt.date) -> int:
        """Working days after `start` up to and with `end`; negative when `end` is earlier."""
        if end < start:
            return -self.between(end, start)
        days = (end - start).days
        return sum(self.is_workday(start + dt.timedelta(days=n)) for n in range(1, days + 1))

    def extended(self, holidays: Iterable[dt.date], workdays: Iterable[dt.date]) -> "Calendar":
        """This calendar with days that a config adds; their years become known."""
        off, on = frozenset(holidays), frozenset(workdays)
        return Calendar(
            self.years | {day.year for day in off | on},
            (self.holidays - on) | off,
            (self.workdays - off) | on,
        )


def published() -> Calendar:
    """The calendar of all published tables."""

    def days(year: int, text: str) -> Iterable[dt.date]:
        return (dt.date(year, int(day[:2]), int(day[2:])) for day in text.split())

    return Calendar(
        frozenset(TABLES),
        frozenset(day for year, table in TABLES.items() for day in days(year, table.holidays)),
        frozenset(day for year, table in TABLES.items() for day in days(year, table.workdays)),
    )
