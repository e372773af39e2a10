"""Working days, against two public calendars and the days of the norm's examples."""

import datetime as dt
from collections.abc import Iterator

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.workdays import TABLES, CalendarUnknown, published

CALENDAR = published()
YEARS = sorted(TABLES)
FIRST, LAST = dt.date(YEARS[0], 1, 1), dt.date(YEARS[-1], 12, 31)


def days_of(year: int) -> Iterator[dt.date]:
    day = dt.date(year, 1, 1)
    while day.year == year:
        yield day
        day += dt.timedelta(days=1)


@pytest.mark.parametrize("year", YEARS)
def test_every_day_of_a_table_is_that_of_chinesecalendar(year: int) -> None:
    different = [
        day for day in days_of(year) if CALENDAR.is_workday(day) != chinese_calendar.is_workday(day)
    ]

    assert different == []


@pytest.mark.parametrize("year", YEARS)
def test_every_day_of_a_table_is_that_of_holidays(year: int) -> None:
    theirs = holidays.country_holidays("CN", years=year)
    different = [
        day for day in days_of(year) if CALENDAR.is_workday(day) != theirs.is_working_day(day)
    ]

    assert different == []


@pytest.mark.parametrize("year", YEARS)
def test_a_table_moves_only_what_needs_moving(year: int) -> None:
    off = {day for day in CALENDAR.holidays if day.year == year}
    on = {day for day in CALENDAR.workdays if day.year == year}

    assert [day for day in off if day.weekday() >= 5] == []
    assert [day for day in on if day.weekday() < 5] == []


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (dt.date(2020, 4, 24), 3, dt.date(2020, 4, 28)),  # Sunday the 26th is worked
        (dt.date(2020, 6, 24), 3, dt.date(2020, 6, 30)),  # 端午, Sunday the 28th is worked
        (dt.date(2020, 4, 30), 3, dt.date(2020, 5, 8)),  # 劳动节, five days off
        (dt.date(2020, 9, 30), 3, dt.date(2020, 10, 12)),  # 国庆, Saturday the 10th is worked
        (dt.date(2020, 1, 23), 1, dt.date(2020, 2, 3)),  # 春节 as prolonged in 2020
        (dt.date(2020, 6, 5), 3, dt.date(2020, 6, 10)),  # the work points: dated, then posted
        (dt.date(2020, 6, 5), 0, dt.date(2020, 6, 5)),
        (dt.date(2020, 12, 31), 1, dt.date(2021, 1, 4)),
    ],
)
def test_working_days_are_counted_from_the_day_after(
    start: dt.date, count: int, expected: dt.date
) -> None:
    assert expected == CALENDAR.add(start, count)
    assert count == CALENDAR.between(start, expected)


@pytest.mark.parametrize("year", [YEARS[0] - 1, YEARS[-1] + 1])
def test_a_year_without_a_table_is_unknown(year: int) -> None:
    with pytest.raises(CalendarUnknown) as raised:
        CALENDAR.is_workday(dt.date(year, 6, 1))

    assert year == raised.value.year


def test_a_count_that_runs_into_an_unknown_year_is_unknown() -> None:
    with pytest.raises(CalendarUnknown):
        CALENDAR.add(LAST, 1)
    with pytest.raises(CalendarUnknown):
        CALENDAR.between(LAST - dt.timedelta(days=3), LAST + dt.timedelta(days=3))


def test_days_of_a_config_make_their_year_known_and_go_before_the_table() -> None:
    year = YEARS[-1] + 1
    more = CALENDAR.extended([dt.date(year, 1, 1), dt.date(2020, 4, 26)], [dt.date(2020, 5, 1)])

    assert not more.is_workday(dt.date(year, 1, 1))
    assert not more.is_workday(dt.date(2020, 4, 26))
    assert more.is_workday(dt.date(2020, 5, 1))


@given(st.dates(FIRST, LAST - dt.timedelta(days=60)), st.integers(1, 20))
def test_adding_and_counting_agree(start: dt.date, count: int) -> None:
    end = CALENDAR.add(start, count)

    assert CALENDAR.is_workday(end)
    assert count == CALENDAR.between(start, end) == -CALENDAR.between(end, start)
