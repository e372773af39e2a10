"""Lists of a page: rows, dates, headings, the main one, pagers."""

import datetime as dt

import pytest

from audit.model import DateSource, ItemList, ListItem, Pager, PageRecord
from audit.reading import read_page

URL = "http://site.test/tzgg/index.html"


def read(body: str, *, url: str = URL) -> PageRecord:
    return read_page(f"<!doctype html><meta charset=utf-8><body>{body}".encode(), url, "text/html")


def rows(*dates: str, tag: str = "span") -> str:
    items = (
        f"<li><a href='/{n}.html'>关于第{n}件事情的通知</a><{tag}>{day}</{tag}></li>"
        for n, day in enumerate(dates, 1)
    )
    return f"<ul>{''.join(items)}</ul>"


def only(record: PageRecord) -> ItemList:
    (one,) = record.lists
    return one


def item(body: str) -> ListItem:
    return only(read(f"<ul><li>{body}</li></ul>")).items[0]


def test_rows_have_title_address_and_date() -> None:
    one = only(read(rows("2020-06-05", "2020-06-04")))

    assert one.main
    assert one.items == (
        ListItem(
            "http://site.test/1.html",
            "关于第1件事情的通知",
            dt.date(2020, 6, 5),
            DateSource.LIST,
            "2020-06-05",
        ),
        ListItem(
            "http://site.test/2.html",
            "关于第2件事情的通知",
            dt.date(2020, 6, 4),
            DateSource.LIST,
            "2020-06-04",
        ),
    )


@pytest.mark.parametrize(
    "written",
    [
        "2020-06-05",
        "[2020-6-5]",
        "（2020年6月5日）",
        "2020/06/05 09:30",
        "2020.06.05",
        "发布时间：2020-06-05",
        "<b>05</b> <i>2020-06</i>",
        "<em>06-05</em> <em>2020</em>",
        "２０２０－０６－０５",
        "二〇二〇年六月五日",
    ],
)
def test_dates_are_read_as_sites_write_them(written: str) -> None:
    assert item(f"<a href='/1'>关于某件事情的通知</a> <span>{written}</span>").day == dt.date(
        2020, 6, 5
    )


@pytest.mark.parametrize(
    "written", ["2021-02-30", "0000-00-00", "20-6-5", "1589212800000", "第3期", ""]
)
def test_what_is_no_day_is_no_date(written: str) -> None:
    read_item = item(f"<a href='/1'>关于某件事情的通知</a><span>{written}</span>")

    assert (read_item.day, read_item.month_day) == (None, None)


def test_a_day_without_year_waits_for_its_context() -> None:
    read_item = item("<a href='/1'>关于某件事情的通知</a><span>[06-05]</span>")

    assert (read_item.day, read_item.month_day, read_item.quote) == (None, (6, 5), "06-05")


@pytest.mark.parametrize(
    ("address", "written", "expected"),
    [
        ("/202006/t20200605_1.html", "06-05", dt.date(2020, 6, 5)),
        ("/202006/t20200607_1.html", "06-05", dt.date(2020, 6, 5)),
        ("/202101/t20210102_1.html", "12-31", dt.date(2020, 12, 31)),
        ("/202006/1.html", "[06-05]", dt.date(2020, 6, 5)),
        ("/art/2020/6/5/art_1_2.html", "06-05", dt.date(2020, 6, 5)),
        ("/202006/t20200607_1.html", "11-05", None),
        ("/202006/1.html", "11-05", None),
        ("/1.html", "06-05", None),
    ],
)
def test_an_address_that_is_near_gives_the_year(
    address: str, written: str, expected: dt.date | None
) -> None:
    read_item = item(f"<a href='{address}'>关于某件事情的通知</a><span>{written}</span>")

    assert (read_item.day, read_item.month_day is not None) == (expected, True)


def test_a_heading_with_one_year_gives_it() -> None:
    one = only(read(f"<h3>2019年</h3>{rows('06-05', '06-04')}"))

    assert [read_item.day for read_item in one.items] == [dt.date(2019, 6, 5), dt.date(2019, 6, 4)]


def test_relative_days_keep_their_words() -> None:
    read_item = item("<a href='/1'>关于某件事情的通知</a><span>3天前</span>")

    assert (read_item.day, read_item.quote) == (None, "3天前")


def test_a_machine_date_is_a_shanghai_day() -> None:
    assert item(
        "<a href='/1'>通知</a><time datetime='2020-06-05T23:30:00Z'></time>"
    ).day == dt.date(2020, 6, 6)


def test_a_date_in_the_title_is_no_date_of_the_row() -> None:
    read_item = item("<a href='/1'>关于2020年5月12日防灾减灾日活动的通知</a>")

    assert (read_item.day, read_item.month_day) == (None, None)


def test_a_date_in_brackets_beside_the_words_of_the_link_is_read() -> None:
    read_item = item("<a href='/1'>[2020-06-05] 关于某件事情的通知</a>")

    assert (read_item.day, read_item.title) == (dt.date(2020, 6, 5), "关于某件事情的通知")


def test_a_date_in_its_own_part_of_the_link_is_read() -> None:
    read_item = item("<a href='/1'><span>2020-06-05</span>关于某件事情的通知</a>")

    assert (read_item.day, read_item.title) == (dt.date(2020, 6, 5), "关于某件事情的通知")


def test_rows_of_tables_are_rows() -> None:
    one = only(
        read(
            "<table><tr><td>1</td><td><a href='/1'>关于某件事情的通知</a></td><td>某发〔2020〕1号</td>"
            "<td>2020-06-05</td></tr><tr><td>2</td><td><a href='/2'>关于另一件事情的通知</a></td><td></td>"
            "<td>2020-06-04</td></tr></table>"
        )
    )

    assert [read_item.day for read_item in one.items] == [dt.date(2020, 6, 5), dt.date(2020, 6, 4)]


def test_a_dated_row_with_a_broken_link_is_a_row() -> None:
    read_item = item("<a href='javascript:;'>关于某件事情的通知</a><span>2020-06-05</span>")

    assert (read_item.url, read_item.day) == ("", dt.date(2020, 6, 5))


def test_the_longest_words_of_a_row_are_its_title() -> None:
    read_item = item(
        "<a href='/col/'>[公告]</a><a href='/1'>关于某件事情的通知</a><span>2020-06-05</span>"
    )

    assert (read_item.url, read_item.title) == ("http://site.test/1", "关于某件事情的通知")


def test_the_list_with_dates_is_the_main_one() -> None:
    menu = (
        "<ul><li><a href='/a/'>机构概况介绍和职能</a></li><li><a href='/b/'>领导信息</a></li></ul>"
    )
    record = read(f"<div>{menu}</div><div>{rows('2020-06-05')}</div>")

    assert [one.main for one in record.lists] == [False, True]


def test_a_side_box_is_never_the_main_list() -> None:
    record = read(
        f"<div class=side><h3>热点信息</h3>{rows('2020-06-05', '2020-06-04')}</div><div>{rows('2019-01-01')}</div>"
    )

    assert [(one.heading, one.main) for one in record.lists] == [("热点信息", False), ("", True)]


def test_a_heading_with_more_leads_to_the_column() -> None:
    one = only(
        read(f"<div><h3>通知公告</h3><a href='/tzgg/'>更多&gt;&gt;</a></div>{rows('2020-06-05')}")
    )

    assert (one.heading, one.more_url) == ("通知公告", "http://site.test/tzgg/")


def test_dates_of_an_inner_list_do_not_date_its_heading() -> None:
    record = read(
        f"<div><h3><a href='/tzgg/'>通知公告栏目</a></h3>{rows('2020-06-05', '2020-06-04')}</div>"
    )

    assert all(
        i.day is None for one in record.lists for i in one.items if i.title == "通知公告栏目"
    )


def test_rows_that_scripts_keep_as_data_are_rows() -> None:
    stored = (
        "<script type='text/xml'><datastore><recordset><record><![CDATA[<li><a href='/1'>关于某件事情的通知</a>"
        "<span>2020-06-05</span></li>]]></record></recordset></datastore></script>"
    )

    assert only(read(f"<div>{stored}</div>")).items[0].day == dt.date(2020, 6, 5)


def test_a_script_call_computes_the_pages() -> None:
    record = read('<ul></ul><script>createPageHTML(4, 0, "index", "html");</script>')

    assert record.pager == Pager(
        4, tuple(f"http://site.test/tzgg/index_{n}.html" for n in (1, 2, 3)), by_script=True
    )


def test_the_definition_of_the_call_is_no_call() -> None:
    assert (
        read("<script>function createPageHTML(_nPageCount, _n, _sName, _sExt){}</script>").pager
        is None
    )


def test_linked_pages_are_the_pager() -> None:
    record = read(
        "<div class=x><a href='index.html'>首页</a><a href='index_2.html'>2</a><a href='index_3.html'>3</a>"
        "<a href='index_2.html'>下一页</a><a href='index_9.html'>尾页</a> 共9页</div>"
    )

    assert record.pager == Pager(
        9, tuple(f"http://site.test/tzgg/index_{n}.html" for n in (2, 3, 9)), by_script=False
    )


@pytest.mark.parametrize("target", ["list1.htm", "?page=2"])
def test_a_pager_is_known_by_its_name_too(target: str) -> None:
    record = read(
        f"<div class='page'><a href='{target}'>2</a></div>", url="http://site.test/l/list.htm"
    )

    assert record.pager is not None
    assert record.pager.pages == 2
    assert record.pager.urls == (
        f"http://site.test/l/{target if '?' not in target else 'list.htm?page=2'}",
    )


def test_a_pager_that_only_script_turns_says_so() -> None:
    record = read("<div class=pages>共 12 页 <a href='javascript:go(2)'>下一页</a></div>")

    assert record.pager == Pager(12, (), by_script=True)


def test_the_next_article_is_no_pager() -> None:
    assert read("<p>下一篇：<a href='/2'>关于另一件事情的通知</a></p>").pager is None


SPELLED = [
    ("<b>05</b><span>2020-06</span>", dt.date(2020, 6, 5)),
    ("<span>2020-06</span><b>05</b>", dt.date(2020, 6, 5)),
    ("<em>05</em><i>06月</i><i>2020</i>", dt.date(2020, 6, 5)),
    ("<i>2020</i><em>06-05</em>", dt.date(2020, 6, 5)),
    ("<i>2020年</i><em>06/05</em>", dt.date(2020, 6, 5)),
    ("<p>06月05日</p><p>2020</p>", dt.date(2020, 6, 5)),
    ("<span>2020-06-05</span><span>09:30</span>", dt.date(2020, 6, 5)),
    ("<span>成文日期：2020-06-01</span><span>发布日期：2020-06-05</span>", dt.date(2020, 6, 5)),
    ("<span>2020-06-05</span>至<span>2020-06-30</span>", dt.date(2020, 6, 5)),
]


@pytest.mark.parametrize(("written", "expected"), SPELLED)
def test_a_date_in_several_parts_is_one(written: str, expected: dt.date) -> None:
    read_item = item(f"<a href='/1'>关于某件事情的通知</a><div class=rq>{written}</div>")

    assert expected == read_item.day


@pytest.mark.parametrize(
    "written",
    [
        "截止日期：2020-06-05",
        "成文日期：2020-06-05",
        "有效期至2020-06-05",
        "2020-06-01 2020-06-05",
        "报名时间：2020-06-05",
    ],
)
def test_a_date_of_something_else_does_not_date_a_row(written: str) -> None:
    read_item = item(f"<a href='/1'>关于某件事情的通知</a><span>{written}</span>")

    assert (read_item.day, read_item.month_day) == (None, None)


def test_day_and_month_without_a_year_wait_for_it() -> None:
    read_item = item("<a href='/1'>关于某件事情的通知</a><em>05</em><i>06月</i>")

    assert (read_item.day, read_item.month_day) == (None, (6, 5))


def test_a_date_behind_its_label_is_found_beside_a_summary() -> None:
    read_item = item(
        "<a href='/1'>关于某件事情的通知</a><p>各单位要把2019年5月1日以来的情况报上来，不得迟报漏报瞒报，"
        "于2020年7月1日前完成。</p>发布时间：2020-06-05 浏览：12"
    )

    assert dt.date(2020, 6, 5) == read_item.day


def days(record: PageRecord) -> list[dt.date | None]:
    """Of the main list."""
    (main,) = [one for one in record.lists if one.main]
    return [read_item.day for read_item in main.items]


FIRST, SECOND = dt.date(2020, 6, 5), dt.date(2020, 6, 4)
LAYOUTS = {
    "a link around each row": (
        "<ul><a href='/1'><li>关于某件事情的通知<i>2020-06-05</i></li></a>"
        "<a href='/2'><li>关于另一件事情的通知<i>2020-06-04</i></li></a></ul>"
    ),
    "links that are the rows": (
        "<div class=l><a href='/1'><p>关于某件事情的通知</p><p>2020-06-05</p></a>"
        "<a href='/2'><p>关于另一件事情的通知</p><p>2020-06-04</p></a></div>"
    ),
    "lines with a break": (
        "<div>·<a href='/1'>关于某件事情的通知</a> [2020-06-05]<br>"
        "·<a href='/2'>关于另一件事情的通知</a> [2020-06-04]<br></div>"
    ),
    "lines in a cell": (
        "<table><tr><td><a href='/1'>关于某件事情的通知</a>(2020-06-05)<br>"
        "<a href='/2'>关于另一件事情的通知</a>(2020-06-04)</td></tr></table>"
    ),
    "dates before the lines": (
        "<div>2020-06-05 <a href='/1'>关于某件事情的通知</a><br>"
        "2020-06-04 <a href='/2'>关于另一件事情的通知</a></div>"
    ),
    "two rows side by side": (
        "<table><tr><td><a href='/1'>关于某件事情的通知</a></td><td>2020-06-05</td>"
        "<td><a href='/2'>关于另一件事情的通知</a></td><td>2020-06-04</td></tr></table>"
    ),
    "a table for each row": (
        "<div><table><tr><td>·</td><td><a href='/1'>关于某件事情的通知</a></td><td>[2020-06-05]</td></tr></table>"
        "<table><tr><td>·</td><td><a href='/2'>关于另一件事情的通知</a></td><td>[2020-06-04]</td></tr></table></div>"
    ),
    "lines between the rows": (
        "<table><tr><td><a href='/1'>关于某件事情的通知</a></td><td>2020-06-05</td></tr>"
        "<tr><td colspan=2><img src=line.gif></td></tr>"
        "<tr><td><a href='/2'>关于另一件事情的通知</a></td><td>2020-06-04</td></tr></table>"
    ),
    "terms and descriptions": (
        "<dl><dt><a href='/1'>关于某件事情的通知</a></dt><dd>2020-06-05</dd>"
        "<dt><a href='/2'>关于另一件事情的通知</a></dt><dd>2020-06-04</dd></dl>"
    ),
    "dates as terms": (
        "<dl><dt>2020-06-05</dt><dd><a href='/1'>关于某件事情的通知</a></dd>"
        "<dt>2020-06-04</dt><dd><a href='/2'>关于另一件事情的通知</a></dd></dl>"
    ),
    "descriptions only": (
        "<dl><dd><a href='/1'>关于某件事情的通知</a><span>2020-06-05</span></dd>"
        "<dd><a href='/2'>关于另一件事情的通知</a><span>2020-06-04</span></dd></dl>"
    ),
    "cards with a picture": (
        "<div class=l><div><div class=p><a href='/1'><img src=1.jpg></a></div><div><h3><a href='/1'>关于某件事情的通知</a></h3>"
        "<span>2020-06-05</span></div></div><div><div class=p><a href='/2'><img src=2.jpg></a></div><div><h3>"
        "<a href='/2'>关于另一件事情的通知</a></h3><span>2020-06-04</span></div></div></div>"
    ),
    "cards with the day apart": (
        "<div class=l><div><div class=d><b>05</b><span>2020-06</span></div><h3><a href='/1'>关于某件事情的通知</a></h3></div>"
        "<div><div class=d><b>04</b><span>2020-06</span></div><h3><a href='/2'>关于另一件事情的通知</a></h3></div></div>"
    ),
    "dates between the rows": (
        "<div class=l><p><a href='/1'>关于某件事情的通知</a></p><p>2020-06-05</p>"
        "<p><a href='/2'>关于另一件事情的通知</a></p><p>2020-06-04</p></div>"
    ),
    "written by a script in each row": (
        "<ul><li><a href='/1'>关于某件事情的通知</a><script>fmt('2020-06-05 10:00');</script></li>"
        "<li><a href='/2'>关于另一件事情的通知</a><script>fmt('2020-06-04 10:00');</script></li></ul>"
    ),
    "a pager that stands in the table": (
        "<table><tr><td><a href='/1'>关于某件事情的通知</a></td><td>2020-06-05</td></tr><tr><td>"
        "<a href='/2'>关于另一件事情的通知</a></td><td>2020-06-04</td></tr><tr><td colspan=2>"
        + "".join(f"<a href='i_{n}.html'>{n}</a>" for n in range(1, 11))
        + "<a href='i_2.html'>下一页</a></td></tr></table>"
    ),
    "a list for each row": (
        "<div><ul><li><a href='/1'>关于某件事情的通知</a></li><li class=time>2020-06-05</li></ul>"
        "<ul><li><a href='/2'>关于另一件事情的通知</a></li><li class=time>2020-06-04</li></ul></div>"
    ),
    "a table for each title and its day below": (
        "<div><table><tr><td><a href='/1'>关于某件事情的通知</a></td></tr><tr><td>2020-06-05</td></tr></table>"
        "<table><tr><td><a href='/2'>关于另一件事情的通知</a></td></tr><tr><td>2020-06-04</td></tr></table></div>"
    ),
    "items that are titles and days in turn": (
        "<ul><li><a href='/1'>关于某件事情的通知</a></li><li>2020-06-05</li>"
        "<li><a href='/2'>关于另一件事情的通知</a></li><li>2020-06-04</li></ul>"
    ),
    "the day before the title within the link": (
        "<ul><li><a href='/1' title='关于某件事情的通知'><div><span>05</span><b>2020.6</b></div><h3>关于某件事情的通知</h3></a></li>"
        "<li><a href='/2' title='关于另一件事情的通知'><div><span>04</span><b>2020.6</b></div><h3>关于另一件事情的通知</h3></a></li></ul>"
    ),
    "the day in tags of the link": (
        "<ul><li><a href='/1' title='关于某件事情的通知'><em>05</em><i>2020-06</i>关于某件事情的通知</a></li>"
        "<li><a href='/2' title='关于另一件事情的通知'><em>04</em><i>2020-06</i>关于另一件事情的通知</a></li></ul>"
    ),
    "a card with a summary": (
        "<ul><li><a href='/1'><div><b>05</b><i>2020-06</i></div><div><h4>关于某件事情的通知</h4><p>这里是摘要，说的是这件事情的经过。</p></div></a></li>"
        "<li><a href='/2'><div><b>04</b><i>2020-06</i></div><div><h4>关于另一件事情的通知</h4><p>这里是摘要，说的是另一件事情的经过。</p></div></a></li></ul>"
    ),
    "year, month and day in tags": (
        "<ul><li><div><i>2020</i><b>06</b><em>05</em></div><a href='/1'>关于某件事情的通知</a></li>"
        "<li><div><i>2020</i><b>06</b><em>04</em></div><a href='/2'>关于另一件事情的通知</a></li></ul>"
    ),
    "the month over the day": (
        "<div class=g><div><div><i>2020-06</i><b>05</b></div><div><a href='/1'>关于某件事情的通知</a></div></div>"
        "<div><div><i>2020-06</i><b>04</b></div><div><a href='/2'>关于另一件事情的通知</a></div></div></div>"
    ),
    "days above the titles": (
        "<div class=l><p>2020年6月5日</p><p><a href='/1'>关于某件事情的通知</a></p>"
        "<p>2020年6月4日</p><p><a href='/2'>关于另一件事情的通知</a></p></div>"
    ),
    "lists of five": (
        "<div><ul><li><a href='/1'>关于某件事情的通知</a><span>2020-06-05</span></li></ul>"
        "<ul><li><a href='/2'>关于另一件事情的通知</a><span>2020-06-04</span></li></ul></div>"
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_rows_are_read_in_the_layouts_of_the_field(layout: str) -> None:
    record = read(LAYOUTS[layout])
    (main,) = [one for one in record.lists if one.main]

    assert [FIRST, SECOND] == days(record)
    assert ["关于某件事情的通知", "关于另一件事情的通知"] == [i.title for i in main.items]
    assert ["http://site.test/1", "http://site.test/2"] == [i.url for i in main.items]


def test_dates_at_the_end_of_every_title_are_the_rows() -> None:
    titles = "".join(
        f"<li><a href='/{n}'>关于第{n}件事情的通知 2020-06-0{n}</a></li>" for n in (5, 4, 3)
    )
    record = read(f"<ul>{titles}</ul>")

    assert [dt.date(2020, 6, n) for n in (5, 4, 3)] == days(record)
    assert "关于第5件事情的通知" == only(record).items[0].title


def test_a_table_says_which_column_is_the_publications() -> None:
    head = "<tr><th>标题</th><th>成文日期</th><th>发布日期</th></tr>"
    body = "<tr><td><a href='/1'>关于某件事情的通知</a></td><td>2020-06-01</td><td>2020-06-05</td></tr>"
    written = "<tr><th>标题</th><th>成文日期</th></tr><tr><td><a href='/1'>关于某件事情的通知</a></td><td>2020-06-01</td></tr>"

    assert [FIRST] == days(read(f"<table>{head}{body}</table>"))
    assert only(read(f"<table>{written}</table>")).items[0].day is None


def test_a_row_with_a_year_dates_those_below_it() -> None:
    record = read(
        "<table><tr><td>2020年</td></tr><tr><td><a href='/1'>关于某件事情的通知</a></td><td>[06-05]</td></tr>"
        "<tr><td>2019年</td></tr><tr><td><a href='/2'>关于另一件事情的通知</a></td><td>[06-04]</td></tr></table>"
    )

    assert [FIRST, dt.date(2019, 6, 4)] == days(record)


def test_a_pinned_row_keeps_its_place_and_loses_its_mark() -> None:
    record = read(
        "<ul><li><a href='/1'>【置顶】关于某件事情的通知</a><span>2018-01-05</span></li>"
        "<li><a href='/2'>· 关于另一件事情的通知</a><span>2020-06-04</span></li></ul>"
    )

    assert ["关于某件事情的通知", "关于另一件事情的通知"] == [i.title for i in only(record).items]
    assert [dt.date(2018, 1, 5), SECOND] == days(record)


def test_a_link_that_only_says_look_has_the_title_beside_it() -> None:
    record = read(
        "<table><tr><td>1</td><td>关于某件事情的通知</td><td>2020-06-05</td><td><a href='/1'>查看</a></td></tr></table>"
    )

    assert "关于某件事情的通知" == only(record).items[0].title
    assert [FIRST] == days(record)


def test_an_unfilled_template_is_no_row() -> None:
    assert () == read("<ul><li><a href='{{url}}'>{{title}}</a></li></ul>").lists


def test_the_line_under_a_headline_is_no_list() -> None:
    record = read(
        "<div><h1>关于某件事情的通知</h1><div>2020-06-05 来源：<a href='http://x.test/'>某某日报</a></div></div>"
    )

    assert not any(one.main for one in record.lists)


def test_the_list_with_the_pager_is_the_pages_own() -> None:
    record = read(
        f"<div class=l><h3>动态信息</h3>{rows(*['2021-01-01'] * 9)}</div><div class=r>"
        f"{rows('2020-06-05', '2020-06-04')}<div><a href='index_1.html'>下一页</a></div></div>"
    )

    assert [FIRST, SECOND] == days(record)


def test_the_list_under_the_pages_name_is_its_own() -> None:
    record = read(
        f"<title>热点回应-某某局</title><div class=l><h3>动态信息</h3>{rows('2021-01-01', '2021-01-01')}</div>"
        f"<div class=r><h2>热点回应</h2>{rows('2020-06-05', '2020-06-04')}</div>"
    )

    assert [FIRST, SECOND] == days(record)


def test_an_empty_column_does_not_take_the_box_beside_it() -> None:
    record = read(
        f"<title>规划计划</title><div class=side><h3>热点信息</h3>{rows('2020-06-05')}</div><div class=list><ul></ul></div>"
    )

    assert not any(one.main for one in record.lists)


def test_tabs_with_dates_of_their_own_stay_apart() -> None:
    record = read(
        f"<div>{rows('2020-06-05', '2020-05-01')}{rows('2020-06-04', '2020-04-01')}</div>"
    )

    assert [2, 2] == [len(one.items) for one in record.lists]


def main(record: PageRecord) -> ItemList | None:
    return next((one for one in record.lists if one.main), None)


SENTENCES = "<p>" + "某项工作的正文说的是一件事情。" * 12 + "</p>"


@pytest.mark.parametrize("box", ["TRS_Editor", "con"])
def test_links_in_the_text_of_an_article_are_no_list(box: str) -> None:
    record = read(
        f"<h1>某一周的要闻汇总</h1><div class={box}>{SENTENCES}<p>4月12日，召开会议。<a href='/1'>关于会议的更多内容</a></p>"
        f"<p><a href='/2'>关于某件典型案例的通报</a></p>{SENTENCES}</div>"
    )

    assert () == record.lists
    assert ["http://site.test/1", "http://site.test/2"] == [link.url for link in record.links]


def test_a_page_whose_text_is_its_list_has_one() -> None:
    written = "".join(
        f"<p><a href='/{n}'>关于第{n}件事情的通知</a> 2020-06-0{n}</p>" for n in (5, 4, 3)
    )
    found = main(read(f"<h1>目录</h1><div class=TRS_Editor><p>下面是目录。</p>{written}</div>"))

    assert found is not None
    assert 3 == len(found.items)


def test_rows_with_summaries_are_rows() -> None:
    cards = "".join(
        f"<div><h3><a href='/{n}'>关于第{n}件事情的通知</a></h3>{SENTENCES}<span>2020-06-0{n}</span></div>"
        for n in (5, 4, 3)
    )
    found = main(read(f"<div class=news_content>{cards}</div>"))

    assert found is not None
    assert [dt.date(2020, 6, n) for n in (5, 4, 3)] == [one.day for one in found.items]


@pytest.mark.parametrize(
    "written",
    [
        "征集时间：2020-06-05至2020-06-30",
        "公示时间：2020年6月5日 — 2020年6月11日",
        "有效期：2020-06-05到2021-06-05",
        "20200605",
        "20-06-05",
        "2020年6月",
        "10:20",
    ],
)
def test_a_period_and_what_is_no_day_date_no_row(written: str) -> None:
    found = item(f"<a href='/1'>关于某件事情的通知</a><span>{written}</span>")

    assert (None, None) == (found.day, found.month_day)


@pytest.mark.parametrize("written", ["12.5万元", "3.5 %", "第3/12页", "6.5米"])
def test_numbers_are_no_days_even_under_a_year(written: str) -> None:
    row = f"<li><a href='/1'>关于某件事情的通知</a><span>{written}</span></li>"
    found = only(read(f"<h3>2020年</h3><ul>{row}</ul>")).items[0]

    assert (None, None) == (found.day, found.month_day)


@pytest.mark.parametrize(
    "written",
    [
        "2020-06-05T10:00:00",
        "2020 - 06 - 05",
        "2020-06-05 星期五",
        "2020<em>06-05</em>",
        "06-05<br>2020",
        "二〇二〇年六月五日",
        "成文日期：2020-06-01 发布日期：2020-06-05",
        "发布时间:2020-06-05 10:20:33 来源:某市人民政府办公室秘书处 作者：李示例 浏览:123次",
    ],
)
def test_more_ways_to_write_the_day_of_a_row(written: str) -> None:
    assert FIRST == item(f"<a href='/1'>关于某件事情的通知</a><span>{written}</span>").day


def test_a_links_title_may_tell_the_day() -> None:
    title = "关于某件事情的通知&#10;发布时间：2020-06-05"

    assert FIRST == item(f"<a href='/1' title='{title}'>关于某件事情的通知</a>").day


def test_years_over_their_rows_date_them() -> None:
    sections = "".join(
        f"<h3>{year}年</h3><ul><li><a href='/{year}'>关于{year}年某事的通知</a>[06-05]</li></ul>"
        for year in (2020, 2019)
    )
    terms = "".join(
        f"<dt>{year}</dt><dd><span>06-05</span><a href='/{year}'>关于{year}年某事的通知</a></dd>"
        for year in (2020, 2019)
    )
    line = (
        "<div><div>2020</div><div><span>06.05</span><a href='/1'>关于某件事情的通知</a></div></div>"
    )
    expected = [FIRST, dt.date(2019, 6, 5)]

    assert expected == [i.day for one in read(sections).lists for i in one.items]
    assert expected == [i.day for one in read(f"<dl>{terms}</dl>").lists for i in one.items]
    assert [FIRST] == [i.day for one in read(line).lists for i in one.items]


@pytest.mark.parametrize("written", ["2020年6月5日，某局召开会议", "6月5日，召开会议"])
def test_a_day_that_begins_a_sentence_dates_no_row(written: str) -> None:
    found = item(f"<a href='/202006/t20200605_1.html'>关于某件事情的通知</a><p>{written}</p>")

    assert (None, None) == (found.day, found.month_day)


@pytest.mark.parametrize(
    "links",
    [
        "<div>上一篇：<a href='/1'>关于另一件事情的长标题通知</a> 下一篇：<a href='/2'>关于第三件事情的长标题通知</a></div>",
        "<ul><li>上一条：<a href='/1'>关于另一件事情的通知</a> 2020-06-04</li><li>下一条：<a href='/2'>关于第三件事情的通知</a></li></ul>",
        "<p><span>上一篇</span><a href='/1'>关于另一件事情的通知</a></p><p><span>下一篇</span><a href='/2'>关于第三件事情的通知</a></p>",
        "<p><a href='/1'>上一篇：关于另一件事情的通知</a></p><p><a href='/2'>下一篇：关于第三件事情的通知</a></p>",
    ],
)
def test_the_article_before_and_the_next_are_no_rows(links: str) -> None:
    assert () == read(f"<h1>关于某件事情的通知</h1><div class=con>正文。</div>{links}").lists


def test_a_link_by_itself_is_not_the_main_list_beside_a_longer_one() -> None:
    departments = "".join(f"<li><a href='/{n}/'>第{n}局</a></li>" for n in range(6))
    record = read(f"<h3><a href='/z/'>政府信息公开指南</a></h3><div><ul>{departments}</ul></div>")

    assert main(record) is None


def test_a_box_called_newest_is_the_pages_list_when_there_is_nothing_else() -> None:
    listed = rows("2020-06-05", "2020-06-04", "2020-06-03")
    alone = main(read(f"<h2>最新公开</h2>{listed}"))
    beside = main(
        read(f"<div class=con>{SENTENCES}{SENTENCES}</div><div><h2>最新公开</h2>{listed}</div>")
    )
    empty = main(read(f"<div><h2>最新公开</h2>{listed}</div><div class=list><ul></ul></div>"))

    assert alone is not None
    assert (None, None) == (beside, empty)


BARE = "".join(
    f"<li{{click}}><div>关于第{n}件事情的通知</div><p>说的是一件事情。</p><div>2020-06-0{n}</div></li>"
    for n in (5, 4, 3)
)
PAGER = "<div class=page><a href='#'>1</a><a href='#'>下一页</a></div>"


def test_dated_rows_without_links_are_rows_on_a_page_with_a_pager() -> None:
    found = main(read(f"<ul>{BARE.format(click='')}</ul>{PAGER}"))

    assert found is not None
    assert [("", f"关于第{n}件事情的通知", dt.date(2020, 6, n)) for n in (5, 4, 3)] == [
        (one.url, one.title, one.day) for one in found.items
    ]


def test_rows_that_a_script_opens_have_its_addresses() -> None:
    click = " onclick=\"location.href='/a/1.html'\""
    record = read(f"<ul>{BARE.format(click=click)}</ul>")
    found = main(record)

    assert found is not None
    assert "http://site.test/a/1.html" == found.items[0].url
    assert "http://site.test/a/1.html" in [link.url for link in record.links]


def test_a_table_without_links_lists_when_it_says_where_its_days_of_publication_stand() -> None:
    cells = "".join(
        f"<tr><td>{n}</td><td>关于第{n}件事情的通知</td><td>2020-06-0{n}</td></tr>"
        for n in (5, 4, 3)
    )
    head = "<tr><th>序号</th><th>标题</th><th>{}</th></tr>"
    found = main(read(f"<table>{head.format('发布日期')}{cells}</table>{PAGER}"))
    others = [
        main(read(f"<table>{head.format(name)}{cells}</table>{PAGER}"))
        for name in ("成文日期", "决定结果")
    ]

    assert found is not None
    assert [dt.date(2020, 6, n) for n in (5, 4, 3)] == [one.day for one in found.items]
    assert "关于第5件事情的通知" == found.items[0].title
    assert [None, None] == others


@pytest.mark.parametrize(
    "body",
    [
        f"<ul>{BARE.format(click='')}</ul>",
        f"<ul>{BARE.format(click='')}<li>没有日期的一行</li></ul>{PAGER}",
        "<ul><li>第一条规定</li><li>第二条规定</li><li>第三条规定</li></ul>" + PAGER,
    ],
)
def test_other_items_without_links_are_no_rows(body: str) -> None:
    assert main(read(body)) is None


ROW = "<li><a href='/1'>关于某件事情的通知</a><span>2020-06-05</span></li>"
CELLS = "<tr><td><a href='/1'>关于某件事情的通知</a></td><td>2020-06-05</td></tr>"
STORES = {
    "list rows": f"<script type='text/xml'><datastore><nextgroup><![CDATA[<a href='/next?page=1'></a>]]></nextgroup><recordset><record><![CDATA[{ROW}]]></record></recordset></datastore></script>",
    "table rows": f"<script type='text/xml'><recordset><record><![CDATA[{CELLS}]]></record></recordset></script>",
    "cells": "<script type='text/xml'><recordset><record><![CDATA[<td><a href='/1'>关于某件事情的通知</a></td><td>2020-06-05</td>]]></record></recordset></script>",
    "bare rows": "<script type='text/xml'><recordset><record><![CDATA[<a href='/1'>关于某件事情的通知</a> 2020-06-05]]></record></recordset></script>",
    "written rows": f'<script>document.write("{ROW}");</script>',
    "written with backticks": f"<script>document.writeln(`{ROW}`);</script>",
    "written pieces": "<script>document.write('<ul>');document.write('<li><a href=\"/1\">关于某件事情的通知</a>');document.write('<i>2020-06-05</i></li></ul>');</script>",
    "quoted rows": f'<script>$("#list").html("{ROW}");</script>',
    "a hidden text field": f"<textarea style='display:none'>{ROW.replace('<', '&lt;')}</textarea>",
    "an array": '<script>var list = [{"title":"关于某件事情的通知","url":"/1","pubDate":"2020-06-05 10:00:00"}];</script>',
    "a literal": "<script>var list = [{title:'关于某件事情的通知',url:'/1',date:'2020-06-05'}];</script>",
    "a document": '<script type="application/json">{"data":{"rows":[{"TITLE":"<b>关于某件事情的通知</b>","LINK_URL":"/1","publish_time":1591322400000}]}}</script>',
    "a state": '<script>window.__DATA__ = {"page":{"list":[{"docTitle":"关于某件事情的通知","docPubUrl":"/1","docRelTime":"2020-06-05T02:00:00Z"}]}};</script>',
}


@pytest.mark.parametrize("store", STORES)
def test_rows_that_scripts_keep_are_the_pages_list_and_its_links(store: str) -> None:
    record = read(f"<div>{STORES[store]}</div>")
    (main,) = [one for one in record.lists if one.main]

    assert [("http://site.test/1", "关于某件事情的通知", FIRST)] == [
        (i.url, i.title, i.day) for i in main.items
    ]
    assert "http://site.test/1" in [link.url for link in record.links]


@pytest.mark.parametrize(
    "script",
    [
        'var menu = [{"title":"关于某件事情的通知","url":"/1"}];',
        "document.write('<li><a href=\"' + url + '\">' + title + '</a>' + date + '</li>')",
        "var t = '<li><a href=\"/1\">关于' + name + '的通知</a>2020-06-05</li>';",
        "document.write('今天是2020-06-05')",
        "document.write(`<li><a href='${url}'>${title}</a>2020-06-05</li>`)",
    ],
)
def test_menus_and_templates_of_scripts_are_no_rows(script: str) -> None:
    assert () == read(f"<div><script>{script}</script></div>").lists


def test_an_answer_that_is_a_record_set_is_a_list() -> None:
    body = f"<?xml version='1.0' encoding='UTF-8'?><datastore><recordset><record><![CDATA[{ROW}]]></record></recordset></datastore>"
    record = read_page(body.encode(), URL, "text/xml; charset=utf-8")

    assert [FIRST] == days(record)


CALLS = [
    ('createPageHTML(4, 0, "index", "html");', URL, (4, "index_1.html", "index_3.html")),
    ('createPageHTML(4, 2, "index", "html");', "http://site.test/tzgg/index_2.html", (4, "index_1.html", "index_3.html")),
    ("createPageHTML('page_div',4, 1,'list','shtml',62);", "http://site.test/tzgg/list.shtml", (4, "list_2.shtml", "list_4.shtml")),
    ("createPageHtml(4,0,'index','.html')", URL, (4, "index_1.html", "index_3.html")),
    ("var countPage = 4; var currentPage = 0; createPageHTML(countPage, currentPage, 'index', 'html')", URL, (4, "index_1.html", "index_3.html")),
    ("var currentPage = 0;var countPage = 4;document.write('<a href=\"index'+'_'+nextPage+'.html\">下一页</a>');", URL, (4, "index_1.html", "index_3.html")),
]  # fmt: skip


@pytest.mark.parametrize(("call", "url", "expected"), CALLS)
def test_the_calls_of_the_field_compute_the_pages(
    call: str, url: str, expected: tuple[int, str, str]
) -> None:
    found = read(f"<ul></ul><script>{call}</script>", url=url).pager
    pages, first, last = expected

    assert found is not None
    assert (pages, f"http://site.test/tzgg/{first}", f"http://site.test/tzgg/{last}") == (
        found.pages,
        found.urls[0],
        found.urls[-1],
    )


@pytest.mark.parametrize(
    ("body", "pages"),
    [
        ("<div><a href='index_1.html'>下一页</a><a href='index_11.html'>尾页</a></div>", 12),
        ("<div><a href='index_2.html'>下一页</a><a href='index_12.html'>尾页</a></div>", 12),
        ("<div><a href='tzgg/5.htm'>下页</a><a href='tzgg/1.htm'>尾页</a></div>", 6),
        ("<div><a href='?page=2&c=7'>下一页</a><a href='?page=12&c=7'>末页</a></div>", 12),
        ("<div><a href='a_1.html'>首页</a><a href='a_4.html'>4</a><a href='a_6.html'>下一页</a><a href='a_9.html'>尾页</a></div>", 9),
        ("<div>1/12 <a href='javascript:go(2)'>下一页</a></div>", 12),
        ("<div>共107条 每页10条 <a href='javascript:go(2)'>下一页</a></div>", 11),
        ("<div><a href='tzgg/5.htm'>下页</a><input onclick=\"_simple_list_gotopage_fun(6,'u8_goto',0)\"></div>", 6),
        ("<script type='text/xml'><datastore><totalrecord>120</totalrecord><totalpage>6</totalpage></datastore></script>", 6),
        ("<script>$('#54').jpage({totalRecord:'101', perPage:20, page:1})</script>", 6),
        ("<script>function a1_gopage_fun(){_simple_list_gotopage_fun(45,'a1GOPAGE',2)}</script>", 45),
        ("<div><a href='tzgg/6.htm'>下页</a></div><script>function f(){_simple_list_gotopage_fun(7,'a',2)}</script>", 7),
        ("<div id=page></div><script>laypage.render({elem:'page',count:230,limit:20,jump:function(){}});</script>", 12),
        ("<div id=page></div><script>laypage({cont:'page',pages:9,skip:true});</script>", 9),
        ("<script>var m_nRecordCount = 230; var m_nPageSize = 20;</script>", 12),
        ("<script>$('#pager').pagination(101, {items_per_page: 20, callback: go});</script>", 6),
        ("<div class=pager><span>共2397篇文章/共120页</span></div>", 120),
        ("<p>共12页 <button>下一页</button></p>", 12),
        ("<p>共12页 <input type=button value=下一页></p>", 12),
        ("<div><a href='list1.htm'>1</a><a href='list2.htm'>2</a><a href='list9.htm'>尾页</a></div>", 9),
        ("<div class=page><select><option value='l.html'>1</option><option value='l_2.html'>2</option></select><a href='l_2.html'>下一页</a></div>", 2),
    ],
)  # fmt: skip
def test_the_last_page_is_known_from_words_links_and_data(body: str, pages: int) -> None:
    found = read(body).pager

    assert found is not None
    assert pages == found.pages


@pytest.mark.parametrize(
    "script",
    [
        "function _simple_list_gotopage_fun(totalpage,id,n){var page=document.getElementById(id);}",
        "laypage.render({elem:'page',count:total,limit:20});",
        "var pageSize = 20; var recordCount;",
    ],
)
def test_the_code_of_a_pager_without_its_numbers_is_none(script: str) -> None:
    assert read(f"<ul></ul><script>{script}</script>").pager is None


def test_the_next_group_of_a_record_set_is_followed() -> None:
    record = read(
        f"<div>{STORES['list rows'].replace('<recordset>', '<totalpage>3</totalpage><recordset>')}</div>"
    )

    assert Pager(3, ("http://site.test/next?page=1",), by_script=True) == record.pager


HEAD = "<tr><td>索引号</td><td>信息名称</td><td>生成日期</td><td>废止日期</td></tr>"


def catalogue(rows: str) -> PageRecord:
    return read(f"<p>公开目录</p><table>{HEAD}{rows}</table>")


def test_a_catalogue_without_links_is_a_list_by_the_day_of_its_entries() -> None:
    row = "<tr><td>0001</td><td>关于某项工程的公告</td><td>2018-07-27</td><td></td></tr>"
    record = catalogue(row + HEAD)

    assert [[(item.title, str(item.day)) for item in one.items] for one in record.lists] == [
        [("关于某项工程的公告", "2018-07-27")]
    ]


def test_a_table_of_figures_with_days_is_no_catalogue() -> None:
    head = "<tr><td>项目</td><td>金额</td><td>开工日期</td></tr>"
    rows = "".join(f"<tr><td>某桥</td><td>{n}</td><td>2018-07-27</td></tr>" for n in range(5))

    assert read(f"<p>工程</p><table>{head}{rows}</table>").lists == ()
