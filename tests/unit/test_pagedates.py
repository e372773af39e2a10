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
        "发布日期：20200605",
        "发布日期：二〇二〇年六月五日",
        "发布日期：2020.6.5 星期五",
        "<table><tr><td>发布日期</td><td>2020-06-05</td><td>生效日期</td><td>2020-07-01</td></tr></table>",
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


def test_a_laws_own_days_within_the_article_date_no_page() -> None:
    article = (
        f"<div class=TRS_Editor><p>发布日期：2003-08-27 实施日期：2004-07-01</p>{ARTICLE}</div>"
    )

    assert {} == by_source(read(f"<h1>某某事务管理条例</h1>{article}"))


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ("<div class=date>2020-06-05</div>", [(DAY, 0.5)]),
        ("<p class='info time'>2020年6月5日</p>", [(DAY, 0.5)]),
        ("<div class=date>2020-06-05 星期五</div>", []),
        ("<div class=date>打印于2020-06-05</div>", []),
        ("<div class=foot-line>2020-06-05</div>", []),
        ("<p>隔开</p><div class=date>2020-06-05</div>", []),
        ("<div class=date style='display:none'>2020-06-05</div>", []),
    ],
)
def test_a_day_of_its_own_right_behind_the_article_is_a_weak_reading(
    element: str, expected: list[tuple[dt.date, float]]
) -> None:
    record = read(f"<h1>关于某件事情的通知</h1>{ARTICLE}{element}")

    assert expected == [(mark.day, mark.confidence) for mark in record.dates]


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("</p><p align=right>某市某某局</p><p align=right>2020年6月5日", DAY),
        ("</p><p>某市人民政府办公室 2020 年 6 月 5 日", DAY),
        ("</p><p>某市某某局</p><p>2020年6月5日印发", None),
        ("</p><p>会议定于 2020年6月5日", None),
        ("</p><p>某市某某局 2020年6月5日 召开会议。" + "后面还有很多内容。" * 20, None),
    ],
)
def test_a_signature_in_digits_stands_under_an_offices_name(
    end: str, expected: dt.date | None
) -> None:
    assert expected == read(f"<h1>关于某件事情的通知</h1>{ARTICLE.format(end)}").written


def test_a_publication_in_chinese_numerals_is_no_signature() -> None:
    record = read("<h1>关于某件事情的通知</h1><p>发布日期：二〇二〇年六月五日</p><p>正文。</p>")

    assert ({DateSource.LABEL: DAY}, None) == (by_source(record), record.written)


def test_the_written_day_is_the_label_or_the_signature() -> None:
    labelled = read("<table><tr><td>成文日期</td><td>2020-06-01</td></tr></table>" + ARTICLE)
    signed = read(ARTICLE.format("</p><p>某厅</p><p>二〇二〇年六月五日"))

    assert (labelled.written, signed.written) == (dt.date(2020, 6, 1), DAY)
    assert by_source(signed) == {}


HEAD = "<h1>关于召开某项工作会议的通知</h1>"


@pytest.mark.parametrize(
    "line",
    [
        "2020-06-05 09:30 来源：某厅",
        "2020-06-05 09:30:12",
        "2020年06月05日09:30 来源：某厅",
        "来源：某厅 2020-06-05",
        "<span>2020-06-05</span> <span>字号：大 中 小</span>",
        "某某日报（2020-06-05 09:30:12）责任编辑：李示例",
        "时间：2020-06-05",
        "日期：2020-06-05 10:20",
        "【时间：2020-06-05】",
        "日 期：2020-06-05 作者：李示例 点击：3",
        "发表于：2020-06-05",
        "<time datetime='2020-06-05T09:30:00+08:00'>三天前</time>",
        "发布时间：<script>var d='2020-06-05 10:00';document.write(d.substring(0,10));</script>",
    ],
)
@pytest.mark.parametrize("article", [ARTICLE, "<p>" + "正文内容。" * 20 + "</p>"])
def test_the_line_under_the_headline_dates_the_page(line: str, article: str) -> None:
    marks = by_source(read(f"{HEAD}<div>{line}</div>{article}"))

    assert DAY in marks.values()
    assert 1 == len(marks)


@pytest.mark.parametrize(
    "line",
    [
        "时间：2020年6月5日上午9时 地点：三楼会议室",
        "时间：2020-06-05 09:00 地点：三楼会议室",
        "时间：2020年6月5日至6月11日",
        "日期：2020年6月5日（星期五）",
        "2020年6月5日，某局召开会议，部署有关工作。",
        "2020年6月5日上午9:30，某局召开会议。",
        "成文日期：2020-06-05 来源：某厅",
        "截止时间：2020-06-05 17:30 来源：某厅",
        "会议时间：2020-06-05 09:30 来源：某厅",
        "打印日期：2020-06-05",
        "来源：某厅。2020-06-05起施行",
        "索引号：2020-06-05 来源：某厅",
        "2020年6月5日 星期五 欢迎您 浏览次数：10",
        "2020-06-05 周五 阅读：10",
        "欢迎您 2020年6月5日 浏览次数：10",
        "时间：2020-06-05 10:00 嘉宾：李示例 来源：某网",
        "嘉宾：李示例 时间：2020-06-05 10:00 来源：某网",
        "主持人：李示例 时间：2020-06-05 来源：某网",
        "地点：三楼 时间：2020-06-05 10:00 来源：某网",
        "发布部门：某委 发布日期：2003-08-27 实施日期：2004-07-01 来源：某网",
        "报名时间：20200605",
    ],
)
@pytest.mark.parametrize("article", [ARTICLE, "<p>" + "正文内容。" * 20 + "</p>"])
def test_events_and_other_dates_under_the_headline_never_do(line: str, article: str) -> None:
    assert by_source(read(f"{HEAD}<div>{line}</div>{article}")) == {}


@pytest.mark.parametrize(
    "row",
    [
        "<li><a href='/1'>关于某件事情的通知</a><span>发布时间：2020-06-0{}</span></li>",
        "<li><a href='/1'>关于某件事情的通知</a><span>2020-06-0{} 10:00</span></li>",
        "<li><a href='/1'>关于某件事情的通知</a><span>时间：2020-06-0{} 来源：某厅</span></li>",
        "<li><a href='/1'>关于某件事情的通知</a><time datetime='2020-06-0{}'></time></li>",
    ],
)
def test_the_rows_of_a_list_do_not_date_its_page(row: str) -> None:
    listed = "".join(row.format(day) for day in (5, 4, 3))

    assert () == read(f"<h1>通知公告列表</h1><ul>{listed}</ul>").dates


def test_the_last_change_is_a_weak_reading_of_its_own() -> None:
    line = "<div>更新时间：2020-06-05 来源：某厅</div>"
    alone = read(f"{HEAD}{line}{ARTICLE}")
    beside = read(f"{HEAD}{line}{ARTICLE}", "<meta name=PubDate content='2020-06-01'>")

    assert [(DAY, 0.5)] == [(mark.day, mark.confidence) for mark in alone.dates]
    assert [DateSource.META] == [mark.source for mark in beside.dates]


def test_another_publications_date_within_the_article_gives_way() -> None:
    article = ARTICLE.format("</p><p>信息发布时间：2009-11-25</p><p>")
    beside = read(f"{HEAD}{article}", "<meta name=PubDate content='2020-06-05'>")

    assert {DateSource.META: DAY} == by_source(beside)


@pytest.mark.parametrize(
    "head",
    [
        "<meta name=PublishDate content='2020-06-05'>",
        "<meta property='og:release_date' content='2020-06-05 09:30'>",
        "<meta itemprop=datePublished content='2020-06-05'>",
        "<meta name='publish_time' content='2020年06月05日'>",
    ],
)
def test_the_relatives_of_the_meta_label_are_known(head: str) -> None:
    assert {DateSource.META: DAY} == by_source(read(ARTICLE, head))


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("<script type='application/ld+json'>{\"datePublished\": \"2020-06-05T09:30:00+08:00\"}</script>", {DateSource.SCRIPT: DAY}),
        ("<script>var pubtime = '2020-06-05 09:30';</script>", {DateSource.SCRIPT: DAY}),
        ("<script>var l=[{pubDate:'2020-06-05'},{pubDate:'2020-06-04'},{pubDate:'2020-06-03'}]</script>", {}),
        ("<script>var today='2020-06-05';document.write('今天是'+today);</script>", {}),
    ],
)  # fmt: skip
def test_a_script_dates_the_page_by_name_and_not_by_its_data(
    script: str, expected: dict[DateSource, dt.date]
) -> None:
    assert expected == by_source(read(f"<p>今天是</p>{script}{ARTICLE}"))


def test_a_headline_in_the_pages_head_has_its_line_beside_it() -> None:
    record = read(
        "<div class=header><div class=h-title>某项工作会议在某市召开</div><div class=h-info>"
        f"<span>2020-06-05 07:57:40</span> <span>来源：某社</span></div></div>{ARTICLE}",
        "<title>某项工作会议在某市召开-某某网</title>",
    )

    assert {DateSource.LABEL: DAY} == by_source(record)


def test_the_day_of_a_row_whose_title_ends_with_the_name_of_its_list_dates_no_page() -> None:
    record = read(
        "<h2>政策解读</h2><table class=rows><tr><td><a href=/1.htm>《示例省渡口安全管理细则》政策解读</a></td>"
        "<td>2020-06-05</td></tr><tr><td><a href=/2.htm>《示例省航标管护办法》解读问答</a></td><td>2020-05-06</td></tr></table>",
        "<title>政策解读_示例省航务管理局</title>",
    )

    assert by_source(record) == {}
