"""Identity marks in the many ways that sites write them, and what only looks like one."""

import pytest

from audit.model import Mark
from audit.reading import read_page
from tests.snapshots import read

BODY = (
    '<title>示例局</title><div class="menu"><a href="/">首页</a><a href="/a/">公开</a></div>'
    '<ul><li><a href="/1.html">示例局召开全年工作会议</a><span>2020-06-01</span></li>'
    '<li><a href="/2.html">示例局开展安全生产检查</a><span>2020-05-01</span></li></ul>'
)


def shown(footer: str) -> dict[Mark, str]:
    """The marks that a site with this footer shows, with their values."""
    page = f'{BODY}<div class="footer">{footer}</div>'
    return {mark.mark: mark.value for mark in read({"/": page, "/a/": page}).marks if mark.present}


@pytest.mark.parametrize(
    "footer",
    [
        '<script id="_jiucuo_" sitecode="5300000001" src="http://pucha.kaipuyun.cn/exposure/jiucuo.js"></script>',
        '<script id="_jiucuo_" sitecode="5300000001" src="/js/mark.js"></script>',
        '<span id="_span_jiucuo"><img onclick="Link(\'5300000001\')" src="/images/jiucuo.png"></span>',
        '<a href="javascript:void(0)" onclick="Link(\'5300000001\')"><img src="/i/1.png" alt="政府网站找错"></a>',
        '<script>window.open("https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=5300000001")</script>',
    ],
)
def test_the_correction_entry_is_found_with_its_site_code(footer: str) -> None:
    assert shown(footer) == {Mark.CORRECTION: "5300000001"}


@pytest.mark.parametrize(
    ("footer", "value"),
    [
        ("<p>滇公网安备 53010202000001号</p>", "公网安备 53010202000001号"),
        ("<p>滇公网安备： 53010202000001</p>", "公网安备: 53010202000001"),
        ("<p>滇公网安备 5301 0202 000001 号</p>", "公网安备 5301 0202 000001 号"),
        ("<p>滇公网备案号:5301020200001</p>", "公网备案号:5301020200001"),
        ("<p>公安机关备案号：53010202000001</p>", "公安机关备案号:53010202000001"),
        ("<p>公安联网备案编号：53010202000001</p>", "公安联网备案编号:53010202000001"),
        (
            '<a href="http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=53010202000001"><img src="/g.png"></a>',
            "http://www.beian.gov.cn/portal/registerSystemInfo?recordcod…",
        ),
        (
            '<a href="https://beian.mps.gov.cn/#/query/webSearch?code=53010202000001"><img src="/g.png" alt="备案"></a>',
            "备案",
        ),
        ('<img src="/g.png" alt="滇公网安备53010202000001号">', "公网安备53010202000001号"),
    ],
)
def test_the_police_record_is_found_however_it_is_written(footer: str, value: str) -> None:
    assert shown(footer) == {Mark.POLICE: value}


@pytest.mark.parametrize(
    ("footer", "value"),
    [
        ("<p>滇ICP备05000001号-1</p>", "滇ICP备05000001号-1"),
        ("<p>备案序号：滇ICP备05000001号</p>", "滇ICP备05000001号"),
        ("<p>滇icp备 05000001 号</p>", "滇icp备 05000001 号"),
        ("<p>滇ICP备:05000001号</p>", "滇ICP备:05000001号"),
        ("<p>ICP备案号：滇05000001</p>", "ICP备案号:滇05000001"),
    ],
)
def test_the_icp_record_is_found_however_it_is_written(footer: str, value: str) -> None:
    assert shown(footer) == {Mark.ICP: value}


@pytest.mark.parametrize(
    ("footer", "value"),
    [
        ("<p>网站标识码：5300000001</p>", "5300000001"),
        ("<p>网站标识号：5300000001</p>", "5300000001"),
        ("<p>政府网站编码：5300000001</p>", "5300000001"),
        ("<p>网站标识码 bm53000001</p>", "bm53000001"),
        ("<p>网站标识码：<b>５３００００００01</b></p>", "5300000001"),
    ],
)
def test_the_site_code_is_found_however_it_is_called(footer: str, value: str) -> None:
    assert shown(footer) == {Mark.SITE_CODE: value}


@pytest.mark.parametrize(
    ("footer", "value"),
    [
        ("<p>示例县人民政府主办</p>", "示例县人民政府"),
        ("<p>示例市人民政府主办　示例市政府办公室承办</p>", "示例市人民政府"),
        ("<p>主办：示例县人民政府 承办：示例中心</p>", "示例县人民政府"),
        ("<script>document.write('<p>主办单位：示例市交通局</p>');</script>", "示例市交通局"),
    ],
)
def test_the_sponsor_is_found_before_and_behind_the_word(footer: str, value: str) -> None:
    assert shown(footer) == {Mark.SPONSOR: value}


@pytest.mark.parametrize(
    "footer",
    [
        "<script>\n // document.write(\"<script src='//dcs.conac.cn/js/1.js'>\");\n</script>",
        "<script>/* var mark = 'http://dcs.conac.cn/js/1.js'; */ var other = 1;</script>",
        '<!-- <script src="http://dcs.conac.cn/js/1.js"></script> -->',
        "<p>Copyright © 2020 示例局 All Rights Reserved</p>",
        "<p>访问量：05000001 编号 530000</p>",
        '<a href="/wzjc/">网站纠错</a><img src="/images/error.png" alt="内容纠错">',
        '<a href="http://www.beian.gov.cn/">公安部备案查询</a>',
    ],
)
def test_what_is_switched_off_or_only_alike_is_no_mark(footer: str) -> None:
    assert shown(footer) == {}


def test_a_script_line_behind_an_address_is_no_comment() -> None:
    footer = "<script>var a = 'http://dcs.conac.cn/js/1.js'; load(a);</script>"

    assert list(shown(footer)) == [Mark.PARTY_GOVERNMENT]


def test_the_lines_of_a_table_are_one_footer_on_every_page() -> None:
    table = (
        '<table id="down"><tr><td>主办单位：示例市交通局</td></tr><tr><td>网站标识码：5300000001</td></tr>'
        "<tr><td>滇公网安备 53010202000001号</td></tr></table>"
    )
    pages = {"/": BODY + table, "/a/": BODY + table}
    found = {mark.mark: (mark.value, mark.pages) for mark in read(pages).marks if mark.present}

    assert found == {
        Mark.SPONSOR: ("示例市交通局", 2),
        Mark.SITE_CODE: ("5300000001", 2),
        Mark.POLICE: ("公网安备 53010202000001号", 2),
    }


def test_an_article_in_a_cell_is_no_footer() -> None:
    text = "<table><tr><td>菜单</td><td>" + "示例市交通局发布通知。" * 30
    page = f"{BODY}{text}会议主办单位：示例协会。</td></tr></table>"

    assert read_page(page.encode(), "http://site.test/a/", "text/html").footer == ""
