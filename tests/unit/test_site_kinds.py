"""What each page is for: by names, rows, dates, wording and looks."""

import pytest

from audit.model import FetchOutcome, PageKind
from audit.reading.site.wording import kind_of_wording
from tests.snapshots import Answer, read

HOME = """<title>示例交通运输厅</title><div class="nav"><ul><li><a href="/">首页</a></li>
<li><a href="/tz/">通知公告</a></li><li><a href="/zl.html">示例资料</a></li></ul></div><p>欢迎访问示例交通运输厅</p>"""
TEXT = "各单位要认真贯彻执行，确保各项任务落到实处，取得实效，并按时报送有关情况。" * 4


def kind(path: str, page: Answer, **more: Answer) -> PageKind:
    """The kind of one page of a small site."""
    reading = read({"/": HOME, path: page, **more})
    return next(card.kind for card in reading.pages if card.url == f"http://site.test{path}")


def test_a_menu_entry_with_a_headline_of_its_own_is_an_article() -> None:
    page = f"<title>示例厅</title><h1>关于公布年度评价结果的公告</h1><p>{TEXT}</p>"

    assert kind("/zl.html", page) is PageKind.ARTICLE


def test_a_menu_entry_whose_headline_is_its_name_is_a_column_of_one_text() -> None:
    page = f"<title>示例厅</title><h1>示例资料</h1><p>{TEXT}</p>"

    assert kind("/zl.html", page) is PageKind.OTHER


def test_a_breadcrumb_that_ends_in_the_text_is_that_of_an_article() -> None:
    trail = '<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/tz/">通知公告</a> &gt; 正文</div>'

    assert kind("/zl.html", f"<title>示例厅</title>{trail}<p>{TEXT}</p>") is PageKind.ARTICLE


def test_a_page_with_further_pages_is_a_list_though_its_rows_were_not_read() -> None:
    pager = '<div class="page">共3页 <a href="/a_1.html">2</a> <a href="/a_2.html">3</a> <a href="/a_1.html">下一页</a></div>'
    page = f'<title>示例厅</title><div class="main">{"<div>等待</div>" * 9}</div>{pager}'

    assert kind("/a.html", page) is PageKind.LIST


def test_a_front_of_boxes_is_no_list() -> None:
    box = '<div class="box"><h2>{0}</h2><ul><li><a href="/{1}/1.html">{0}的第一条消息标题</a><span>2020-06-01</span></li></ul></div>'
    boxes = "".join(
        box.format(name, f"b{n}") for n, name in enumerate(["工作动态", "通知公告", "粮油行情"])
    )
    page = f"<title>示例局</title><p>{TEXT}</p>{boxes}"

    assert kind("/ju/index.html", page) is PageKind.OTHER


def test_ten_equal_rows_are_ten_rows() -> None:
    row = '<li><a href="/1.html">关于公布年度评价结果的公告</a><span>2020-06-01</span></li>'
    trail = '<div class="position">当前位置：<a href="/">首页</a> &gt; 机构职能</div>'
    page = f'<title>示例厅</title>{trail}<ul class="list">{row * 10}</ul><p>{TEXT}</p>'

    assert kind("/x_list.html", page) is PageKind.LIST


@pytest.mark.parametrize(
    "page",
    [
        '<meta http-equiv="refresh" content="0; url=/tz/"><h1>机构职能</h1>',
        '<script>window.location.href="/tz/";</script>',
    ],
)
def test_a_page_that_only_sends_on_is_not_judged_by_what_it_holds(page: str) -> None:
    notices = '<title>通知公告</title><ul><li><a href="/tz/1.html">关于公布监督电话的公告</a><span>2020-06-01</span></li></ul>'

    assert kind("/jump/", page, **{"/tz/": notices}) is PageKind.OTHER


def test_a_page_that_could_not_be_read_is_of_no_kind() -> None:
    reading = read({"/": HOME, "/tz/": FetchOutcome.TIMEOUT})

    assert [card.kind for card in reading.pages if card.url.endswith("/tz/")] in (
        [],
        [PageKind.OTHER],
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("信件标题 路灯不亮 来信人 李示例 办理结果 已修复", PageKind.MESSAGES),
        ("事项名称：道路施工许可 事项编码：0001 办理机构：示例局", PageKind.SERVICE_GUIDE),
        ("市委领导 李示例 政府领导 李示例", PageKind.LEADERS),
        ("主管工作： 全面工作。 李示例，男，汉族，1968年12月出生", PageKind.LEADERS),
        ("索引号： 0001 发布机构： 示例局 内容概述", PageKind.ARTICLE),
        ("上一篇：没有了 下一篇：关于公布监督电话的公告", PageKind.ARTICLE),
        ("市政府领导到示例县调研", None),
        ("请在办理结果公布后评价", None),
    ],
)
def test_two_different_signs_tell_the_kind_of_a_text(text: str, expected: PageKind | None) -> None:
    assert kind_of_wording(text) is expected
