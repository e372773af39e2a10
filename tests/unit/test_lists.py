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


def test_an_address_that_agrees_gives_the_year() -> None:
    agrees = item("<a href='/202006/t20200605_1.html'>关于某件事情的通知</a><span>06-05</span>")
    differs = item("<a href='/202006/t20200607_1.html'>关于某件事情的通知</a><span>06-05</span>")

    assert (agrees.day, differs.day) == (dt.date(2020, 6, 5), None)


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
