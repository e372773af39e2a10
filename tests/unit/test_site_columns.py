"""Columns of a site: where they are found, what they hold, how they live; kinds of pages; the home page."""

import datetime as dt

import pytest

from audit.errors import FactUnavailable
from audit.model import (
    Column,
    ColumnClass,
    ColumnKind,
    DateSource,
    FetchOutcome,
    PageKind,
    Reason,
    RegisteredColumn,
)
from audit.reading import Reading
from audit.reading.site.names import class_of, kind_of_path, page_kind_of
from tests.snapshots import read

HOME = """<title>示例交通运输厅</title><div class="nav"><ul><li><a href="/">首页</a></li>
<li><a href="/news/">交通要闻</a></li><li><a href="/open/">政务公开</a></li><li><a href="/contact/">联系我们</a></li></ul></div>
<p>欢迎访问示例交通运输厅</p>"""


def trail(*steps: str) -> str:
    return f'<div class="position">当前位置：<a href="/">首页</a> &gt; {" &gt; ".join(steps)}</div>'


def listing(name: str, *rows: tuple[str, str, str], where: str = "", pager: str = "") -> str:
    items = "".join(f'<li><a href="{u}">{t}</a><span>{d}</span></li>' for u, t, d in rows)
    return f'<title>{name}_示例交通运输厅</title>{where or trail(name)}<h2>{name}</h2><ul class="list">{items}</ul>{pager}'


NEWS = listing(
    "交通要闻",
    ("/news/1.html", "示例高速公路建成通车", "2020-06-10"),
    ("/news/2.html", "全省公路养护工作会议召开", "2020-06-01"),
)


def columns(reading: Reading) -> dict[str, Column]:
    return {column.key: column for column in reading.columns}


def test_a_list_page_of_the_menu_is_a_column_with_its_newest_row() -> None:
    column = columns(read({"/": HOME, "/news/": NEWS}))["/news/"]

    assert (column.name, column.klass, column.kind) == (
        "交通要闻",
        ColumnClass.NEWS,
        ColumnKind.PERIODIC,
    )
    assert column.newest is not None
    assert (column.newest.day, column.newest.source) == (dt.date(2020, 6, 10), DateSource.LIST)
    assert (column.items, column.dated, column.level) == (2, 2, "first")


def test_a_parent_is_no_column_and_gives_its_children_their_path() -> None:
    child = listing(
        "通知公告",
        ("/open/tz/1.html", "关于公布监督电话的公告", "2020-06-01"),
        where=trail('<a href="/open/">政务公开</a>', "通知公告"),
    )
    parent = '<title>政务公开</title><div class="leftnav"><a href="/open/tz/">通知公告</a></div><div class="main"></div>'
    found = columns(read({"/": HOME, "/open/": parent, "/open/tz/": child}))

    assert list(found) == ["/open/tz/"]
    assert found["/open/tz/"].path == ("政务公开", "通知公告")
    assert found["/open/tz/"].level == "lower"


def test_further_pages_of_a_list_belong_to_its_column() -> None:
    pager = '<div class="page">共2页 <a href="/news/index_1.html">下一页</a></div>'
    first = listing(
        "交通要闻", ("/news/2.html", "全省公路养护工作会议召开", "2020-06-01"), pager=pager
    )
    second = listing("交通要闻", ("/news/1.html", "示例高速公路建成通车", "2020-06-10"))
    found = columns(read({"/": HOME, "/news/": first, "/news/index_1.html": second}))

    assert list(found) == ["/news/"]
    assert found["/news/"].items == 2
    assert found["/news/"].newest
    assert found["/news/"].newest.day == dt.date(2020, 6, 10)


def test_the_same_list_under_two_addresses_is_one_column() -> None:
    home = HOME + '<div class="nav"><a href="/dynamic/">工作动态</a></div>'
    found = columns(
        read({"/": home, "/news/": NEWS, "/dynamic/": NEWS.replace("交通要闻", "工作动态")})
    )

    assert list(found) == ["/news/"]


def test_an_index_page_under_two_addresses_is_one_column() -> None:
    home = HOME.replace("/news/", "/news/index.html")
    found = columns(read({"/": home, "/news/index.html": NEWS, "/news/": NEWS}))

    assert list(found) == ["/news/"]


def test_an_index_that_only_sends_on_is_no_column_but_its_target_is() -> None:
    refresh = '<meta http-equiv="refresh" content="0; url=list/">'
    found = columns(read({"/": HOME, "/news/": refresh, "/news/list/": NEWS}))

    assert list(found) == ["/news/list/"]
    assert found["/news/list/"].name == "交通要闻"


def test_an_empty_contact_page_is_a_static_column_without_content() -> None:
    empty = f'<title>联系我们_示例交通运输厅</title>{trail("联系我们")}<h2>联系我们</h2><div class="main"></div>'
    column = columns(read({"/": HOME, "/contact/": empty}))["/contact/"]

    assert column.kind is ColumnKind.STATIC
    assert (column.items, column.content_length, column.embedded, column.attachments) == (
        0,
        0,
        0,
        0,
    )


def test_tabs_and_links_of_a_page_without_text_are_content() -> None:
    page = f'<title>政务公开</title>{trail("政务公开")}<div class="main"><a href="/x/1.html">申请说明</a><a href="#">网上申请</a></div>'
    column = columns(read({"/": HOME, "/open/": page}))["/open/"]

    assert column.items == 2


def test_a_row_without_a_date_takes_that_of_its_article() -> None:
    news = listing(
        "交通要闻",
        ("/news/1.html", "示例高速公路建成通车", ""),
        ("/news/2.html", "全省公路养护工作会议召开", ""),
    )
    article = "<title>示例高速公路建成通车</title><h1>示例高速公路建成通车</h1><p>发布时间：2020-06-09</p><p>沿线群众出行更加便捷。</p>"
    column = columns(read({"/": HOME, "/news/": news, "/news/1.html": article}))["/news/"]

    assert column.newest
    assert column.newest.day == dt.date(2020, 6, 9)
    assert (column.items, column.dated) == (2, 1)


def test_a_date_of_the_day_after_tomorrow_is_not_the_newest() -> None:
    news = listing(
        "交通要闻",
        ("/news/1.html", "全省公路水路安全生产月活动启动", "2020-06-26"),
        ("/news/2.html", "全省公路养护工作会议召开", "2020-06-01"),
    )
    column = columns(read({"/": HOME, "/news/": news}))["/news/"]

    assert column.newest
    assert column.newest.day == dt.date(2020, 6, 1)


def test_what_the_register_says_wins() -> None:
    entry = RegisteredColumn(
        "要闻", "http://site.test/news/", ColumnClass.TOPIC, ColumnKind.EVENT, "30d", "厅办公室"
    )
    column = columns(read({"/": HOME, "/news/": NEWS}, columns=[entry]))["/news/"]

    assert (column.name, column.klass, column.kind) == ("要闻", ColumnClass.TOPIC, ColumnKind.EVENT)
    assert (column.registered, column.limit, column.owner, column.items) == (
        True,
        "30d",
        "厅办公室",
        2,
    )


def test_a_registered_column_that_could_not_be_read_says_why() -> None:
    entry = RegisteredColumn("要闻", "http://site.test/news/")
    column = columns(read({"/": HOME, "/news/": FetchOutcome.TIMEOUT}, columns=[entry]))["/news/"]

    assert column.unavailable is Reason.TIMEOUT


def test_a_menu_entry_that_was_refused_is_a_column_nobody_read() -> None:
    found = columns(read({"/": HOME, "/news/": FetchOutcome.ROBOTS}))

    assert found["/news/"].unavailable is Reason.ROBOTS
    assert not found["/news/"].registered


def test_a_menu_entry_whose_page_is_missing_is_no_column() -> None:
    assert columns(read({"/": HOME, "/news/": 404})) == {}


def test_the_columns_of_a_site_that_does_not_answer_are_not_observed() -> None:
    reading = read({"/": FetchOutcome.DNS})

    with pytest.raises(FactUnavailable, match="unreachable"):
        _ = reading.columns
    assert reading.unavailable is Reason.UNREACHABLE
    assert not reading.complete


@pytest.mark.parametrize(
    ("name", "klass"),
    [
        ("政策解读", ColumnClass.INTERPRETATION),
        ("通知公告", ColumnClass.NOTICE),
        ("交通要闻", ColumnClass.NEWS),
        ("厅领导", ColumnClass.LEADERS),
        ("机构职能", ColumnClass.FUNCTIONS),
        ("财政预决算", ColumnClass.FINANCE),
        ("规范性文件", ColumnClass.POLICY),
        ("人事任免", ColumnClass.PERSONNEL),
        ("路况", ColumnClass.OTHER),
    ],
)
def test_names_tell_the_class(name: str, klass: ColumnClass) -> None:
    assert class_of(name) is klass


def test_a_topic_of_a_past_year_is_an_archive() -> None:
    kind = kind_of_path(("专题专栏", "2018年春运专题"), ColumnClass.TOPIC, rows=True, text=False)

    assert kind is ColumnKind.ARCHIVE


def test_a_title_that_only_mentions_the_telephone_is_no_contact_page() -> None:
    assert page_kind_of("联系方式") is PageKind.CONTACT
    assert page_kind_of("关于公布春运值班联系电话的通知") is None


def test_pages_are_told_apart_by_what_they_are_for() -> None:
    article = "<title>示例高速公路建成通车</title><h1>示例高速公路建成通车</h1><p>发布时间：2020-06-09</p><p>沿线群众出行更加便捷。</p>"
    contact = f"<title>联系我们</title>{trail('联系我们')}<p>地址：示例市示例路1号，电话：0871-65300000。</p>"
    reading = read(
        {"/": HOME, "/news/": NEWS, "/news/1.html": article, "/contact/": contact, "/open/": 404}
    )

    kinds = {page.url.removeprefix("http://site.test"): page.kind for page in reading.pages}

    assert kinds == {
        "/": PageKind.HOME,
        "/contact/": PageKind.CONTACT,
        "/news/": PageKind.LIST,
        "/news/1.html": PageKind.ARTICLE,
        "/open/": PageKind.ERROR,
    }


def test_an_article_without_a_date_of_its_own_has_that_of_the_list() -> None:
    article = "<title>示例高速公路建成通车</title><h1>示例高速公路建成通车</h1><p>沿线群众出行更加便捷。</p>"
    reading = read({"/": HOME, "/news/": NEWS, "/news/1.html": article})

    card = next(page for page in reading.pages if page.url.endswith("/news/1.html"))

    assert (card.published, card.published_source) == (dt.date(2020, 6, 10), DateSource.LIST)
    assert card.column == "/news/"


def test_a_home_page_that_is_only_a_gate_is_judged_by_the_pages_below_it() -> None:
    home = read({"/": HOME, "/news/": NEWS}).home

    assert home.gate
    assert home.items[0].day == dt.date(2020, 6, 10)


def test_future_items_of_the_home_page_are_kept_apart() -> None:
    rows = "".join(
        f'<li><a href="/news/{n}.html">{t}</a><span>{d}</span></li>'
        for n, t, d in [
            (1, "全省公路水路安全生产月活动启动", "2020-07-26"),
            (2, "全省公路养护工作会议召开", "2020-06-01"),
        ]
    )
    home = read({"/": f"{HOME}<div><h3>要闻</h3><ul>{rows}</ul></div>"}).home

    assert [item.day for item in home.items] == [dt.date(2020, 6, 1)]
    assert [item.day for item in home.future] == [dt.date(2020, 7, 26)]
