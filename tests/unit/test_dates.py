"""Dates as pages write them, and the periods of the norm."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import dates

DAYS = st.dates(dates.EARLIEST, dt.date(2035, 12, 31))
JUNE_10 = dt.date(2020, 6, 10)
SHAPES = {
    "年月日": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "spaced": lambda day: f"{day.year} 年 {day.month} 月 {day.day} 日",
    "iso": lambda day: day.isoformat(),
    "short": lambda day: f"{day.year}-{day.month}-{day.day}",
    "slashes": lambda day: f"{day:%Y/%m/%d}",
    "dots": lambda day: f"{day:%Y.%m.%d}",
    "brackets": lambda day: f"[{day.isoformat()}]",
    "time": lambda day: f"{day.isoformat()} 09:09",
    "wide": lambda day: f"{day:%Y-%m-%d}".translate(
        {ord(str(i)): ord("０") + i for i in range(10)}
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
@given(day=DAYS)
def test_a_date_is_read_in_every_shape(shape: str, day: dt.date) -> None:
    found = dates.first(f"时间：{SHAPES[shape](day)} 点击数")

    assert found is not None
    assert (day, shape == "time") == (found.day, found.has_time)


@pytest.mark.parametrize(
    "text",
    [
        "20-06-10", "06-10", "6月10日", "2020-13-01", "2020-02-30", "2020年6月", "1.2.2020.6.1", "电话 0871-65300000",
        "12020-06-10", "2020-06-101", "1949-10-01", "版权所有 2008-2020", "",
    ],
)  # fmt: skip
def test_what_is_no_full_date_is_none(text: str) -> None:
    assert dates.first(text) is None


def test_every_date_is_found_in_order() -> None:
    found = dates.find("成文 2020年6月5日，发布 2020-06-10 09:09，废止 2020.02.31")

    assert [dt.date(2020, 6, 5), JUNE_10] == [one.day for one in found]


@pytest.mark.parametrize(
    ("text", "has_time"),
    [("2020-06-1009:30", True), ("2020-06-1011:30 来源", True), ("2020年6月10日 09：30", True), ("2020–06–10", False)],
)  # fmt: skip
def test_a_clock_time_may_stand_right_behind_the_day(text: str, has_time: bool) -> None:
    found = dates.first(text)

    assert found is not None
    assert (JUNE_10, has_time) == (found.day, found.has_time)


@given(st.lists(st.sampled_from([*"年月日-/.:0129 发", "2020-06-10", "20", "19", "２０２０"])))
def test_a_date_is_found_where_it_begins(pieces: list[str]) -> None:
    text = "".join(pieces)

    assert all(one == dates.at(text, one.start) for one in dates.find(text))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a.cn/202006/t20200610_123.html", JUNE_10),
        ("http://a.cn/2020/06/10/1.html", JUNE_10),
        ("http://a.cn/20200610/1.html", JUNE_10),
        ("http://a.cn/2020-06-10.html", JUNE_10),
        ("http://a.cn/c/1.html?d=2020/06/10/", None),
        ("http://a.cn/201708311001453091.png", None),
        ("http://a.cn/20201310/1.html", None),
        ("http://a.cn/202006/1.html", None),
        ("http://a.cn/art/2020/6/10/art_12_345.html", JUNE_10),
        ("http://a.cn/2020-06/10/content_1.htm", JUNE_10),
        ("http://a.cn/20200610152030123.html", JUNE_10),
        ("http://a.cn/20200610992030123.html", None),
        ("http://a.cn/art/2020/13/10/art_12_345.html", None),
        ("http://a.cn/info/1013/12345.htm", None),
    ],
)
def test_an_address_carries_a_day(url: str, expected: dt.date | None) -> None:
    assert expected == dates.from_url(url)


def test_an_address_carries_a_month() -> None:
    assert (2020, 6) == dates.month_from_url("http://a.cn/202006/1.html")
    assert dates.month_from_url("http://a.cn/202013/1.html") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[06-10]", (6, 10)),
        ("6月10日", (6, 10)),
        ("02-29", (2, 29)),
        ("13-01", None),
        ("2020-06-10", None),
    ],
)
def test_a_day_without_a_year_is_read_as_such(text: str, expected: tuple[int, int] | None) -> None:
    assert expected == dates.month_day(text)


def test_a_year_comes_from_one_context_only() -> None:
    assert JUNE_10 == dates.infer_year(6, 10, [2020, 2020])
    assert dates.infer_year(6, 10, [2019, 2020]) is None
    assert dates.infer_year(6, 10, []) is None
    assert dt.date(2020, 2, 29) == dates.infer_year(2, 29, [2019, 2020])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二〇二〇年六月五日", dt.date(2020, 6, 5)),
        ("二○二○年十月十日", dt.date(2020, 10, 10)),
        ("二〇二一年十二月三十一日", dt.date(2021, 12, 31)),
        ("二〇二〇年六月五日，二〇二〇年六月二十日", dt.date(2020, 6, 20)),
        ("二〇二〇年十三月一日", None),
    ],
)
def test_chinese_numerals_are_read(text: str, expected: dt.date | None) -> None:
    assert expected == dates.chinese(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-06-10T09:09:00+08:00", JUNE_10),
        ("2020-06-09T20:00:00Z", JUNE_10),
        ("2020-06-10 00:30:00", JUNE_10),
        ("2020-06-10T00:30:00+09:00", dt.date(2020, 6, 9)),
        ("2020-06-10", JUNE_10),
        ("10 June 2020", None),
    ],
)
def test_a_timestamp_is_a_day_in_shanghai(text: str, expected: dt.date | None) -> None:
    assert expected == dates.timestamp(text)


@pytest.mark.parametrize(
    ("limit", "as_of", "earliest"),
    [
        ("14d", dt.date(2020, 6, 24), JUNE_10),
        ("6m", dt.date(2020, 8, 31), dt.date(2020, 2, 29)),
        ("1y", dt.date(2020, 2, 29), dt.date(2019, 2, 28)),
        ("1m", dt.date(2020, 1, 15), dt.date(2019, 12, 15)),
    ],
)
def test_the_edge_of_a_period_lies_inside(limit: str, as_of: dt.date, earliest: dt.date) -> None:
    assert dates.within(earliest, limit, as_of)
    assert not dates.within(earliest - dt.timedelta(days=1), limit, as_of)


@pytest.mark.parametrize("text", ["", "14", "d", "0d", "2w", "-1d", "14 d", "14d ", "99999d"])
def test_what_is_no_period_is_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(ValueError, match="14d"):
        dates.parse_limit(text)


@given(DAYS, st.sampled_from("dmy"), st.integers(1, 400))
def test_a_longer_period_never_starts_later(as_of: dt.date, unit: str, count: int) -> None:
    short, long = dates.parse_limit(f"{count}d"), dates.parse_limit(f"{count + 1}d")

    assert long.earliest(as_of) < short.earliest(as_of) < as_of
    if unit != "d" and count < 30:
        assert dates.parse_limit(f"{count}{unit}").earliest(as_of) < as_of


def test_a_day_near_a_known_one_has_its_year() -> None:
    known = dt.date(2021, 1, 2)

    assert dt.date(2020, 12, 31) == dates.near(12, 31, known, 31)
    assert dates.near(6, 10, known, 31) is None


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1591718400, JUNE_10), (1591718400000, JUNE_10), (20200610, None), (0, None), (10**18, None)],
)
def test_a_number_of_seconds_is_a_shanghai_day(number: int, expected: dt.date | None) -> None:
    assert expected == dates.of_epoch(number)


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    assert all(one.day >= dates.EARLIEST for one in dates.find(text))

    dates.chinese(text)
    dates.timestamp(text)
    dates.month_day(text)
    dates.from_url(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("发布日期：20260508", dt.date(2026, 5, 8)),
        ("发布日期：二〇二六年五月八日", dt.date(2026, 5, 8)),
        ("发布日期：二○二六年十二月三十一日", dt.date(2026, 12, 31)),
        ("发布日期：2026.5.8", dt.date(2026, 5, 8)),
        ("发布日期：２０２６年５月８日", dt.date(2026, 5, 8)),
        ("发布日期：20261308", None),
        ("发布日期：202605081", None),
        ("发布日期：2026050", None),
        ("发布日期：26-05-08", None),
        ("发布日期：二六年五月八日", None),
        ("发布日期：二〇二六年十三月八日", None),
    ],
)
def test_behind_a_label_more_forms_are_dates(text: str, expected: dt.date | None) -> None:
    found = dates.behind_label(text, text.index("：") + 1)

    assert expected == (found.day if found else None)
