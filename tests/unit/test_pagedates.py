"""Publication dates: where they may be read, and where not."""

import datetime as dt

import pytest

from audit.model import DateSource, PageRecord
from audit.reading import read_page

DAY = dt.date(2020, 6, 5)
ARTICLE = "<div class=TRS_Editor><p>" + "正文内容。" * 20 + "{}</p></div>"


def read(body: str, head: str = "", url: str = "http://site.test/a.html") -> PageRecord:
    return read_page(f"<meta charset=utf-8>{head}<body>{body}".encode(), url, "text/html")


def by_source(record: PageRecord) -> dict[DateSource, dt.date]:
    return {mark.source: mark.day for mark in record.dates}


@pytest.mark.parametrize(
    "line",
    [
        "发布时间：2020-06-05 09:30",
        "发布日期： 2020年6月5日",
        "来源：某厅 时间：2020-06-05 点击数：3",
        "【信息时间：2020/6/5 阅读次数：1】",
        "发布时间：[2020-06-05]",
        "<span>发布</span>时间：<span>2020-06-05</span>",
        "发布时间：２０２０－０６－０５",
    ],
)
def test_a_labelled_date_is_the_publications(line: str) -> None:
    assert by_source(read(f"<div>{line}</div>{ARTICLE}")) == {DateSource.LABEL: DAY}


@pytest.mark.parametrize(
    "line",
    [
        "报名时间：2020年6月5日",
        "公示时间：2020-06-05至2020-06-11",
        "成文日期：2020-06-05",
        "考察时间：2020-06-05",
        "时间：2020年6月5日上午9时",
        "活动于2020年6月5日举行",
    ],
)
def test_dates_of_events_are_never_the_publications(line: str) -> None:
    assert by_source(read(ARTICLE.format(line))) == {}


def test_the_clock_and_the_footer_date_nothing() -> None:
    record = read(
        "<p>今天是2020年6月5日 星期五</p><p>正文。</p><div class=footer>版权所有 2005-2020 更新时间：2020-06-05</div>"
    )

    assert record.dates == ()


def test_the_more_specific_label_wins() -> None:
    record = read(f"<div>时间：2020-06-09 来源：某厅</div><div>发布时间：2020-06-05</div>{ARTICLE}")

    assert by_source(record) == {DateSource.LABEL: DAY}


def test_sources_are_told_apart_and_the_best_comes_first() -> None:
    record = read(
        "<div>发布时间：2020-06-06</div><script>var pubdata='2020年06月07日';document.write(pubdata)</script>",
        "<meta name=PubDate content='2020-06-05 10:00'>",
        "http://site.test/202006/t20200608_1.html",
    )

    assert [(mark.source, mark.day.day) for mark in record.dates] == [
        (DateSource.META, 5),
        (DateSource.LABEL, 6),
        (DateSource.SCRIPT, 7),
        (DateSource.URL, 8),
    ]


def test_a_time_with_zone_is_a_shanghai_day() -> None:
    record = read("", "<meta name=PubDate content='2020-06-04T23:30:00Z'>")

    assert by_source(record) == {DateSource.META: DAY}


def test_the_written_day_is_the_label_or_the_signature() -> None:
    labelled = read("<table><tr><td>成文日期</td><td>2020-06-01</td></tr></table>" + ARTICLE)
    signed = read(ARTICLE.format("</p><p>某厅</p><p>二〇二〇年六月五日"))

    assert (labelled.written, signed.written) == (dt.date(2020, 6, 1), DAY)
    assert by_source(signed) == {}
