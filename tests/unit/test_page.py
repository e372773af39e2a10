"""What is read from one page: small pages of our own, one trait each."""

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.model import Crumb, Form, Idle, PageFlag, PageRecord, Region, Spoken
from audit.reading import read_page, reader, reader_key
from audit.reading.rendered import LACKING, RENDERED

URL = "http://site.test/zwgk/tzgg/index.html"


def read(body: str, head: str = "", *, url: str = URL) -> PageRecord:
    html = f"<!doctype html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return read_page(html.encode(), url, "text/html")


def spoken(record: PageRecord) -> dict[str, str]:
    return {pair.label: pair.value for pair in record.spoken}


def test_title_and_metas_are_cleaned_and_lower_case() -> None:
    record = read(
        "",
        "<title> 通知\n公告_某厅 </title><meta name=PubDate content='2020-06-05 09:00'>"
        "<meta property='og:title' content=甲><meta name=pubdate content=2019-01-01>",
    )

    assert record.title == "通知 公告_某厅"
    assert record.meta == {"pubdate": "2020-06-05 09:00", "og:title": "甲"}


def test_h1_is_the_headline_before_a_named_title() -> None:
    record = read("<div class=title>栏目名称甲</div><h1>关于某事的通知</h1><p>正文</p>")

    assert record.headline == "关于某事的通知"


def test_a_named_title_that_opens_the_page_title_is_the_headline() -> None:
    record = read(
        "<h1>某厅</h1><div class='xl_title'>关于某事的通知</div>",
        "<title>关于某事的通知_某厅</title>",
    )

    assert record.headline == "关于某事的通知"


@pytest.mark.parametrize(
    "heading",
    [
        "<h2>关于某事的公告</h2>",
        "<div class=column>关于某事的公告</div>",
        "<table><tr><td colspan=2>关于某事的公告</td></tr></table>",
        "<div class=top_cont><h1>关于某事的公告</h1></div>",
    ],
)
def test_what_repeats_the_title_is_the_headline(heading: str) -> None:
    record = read(f"{heading}<p>{'正文。' * 60}</p>", "<title>关于某事的公告_某局</title>")

    assert record.headline == "关于某事的公告"


def test_the_title_of_a_row_is_no_headline() -> None:
    rows = "".join(
        f"<li><h1><a href=/a/{n}.html>关于第{n}号专项工作的通知</a></h1></li>" for n in range(5)
    )

    assert read(f"<h2>快报</h2><ul>{rows}</ul>").headline == ""
    assert read(f"<h2>快报</h2><ul>{rows}</ul>", "<title>快报-某局</title>").headline == "快报"
    assert read(f"<h2>快报</h2><ul>{rows}</ul>").headings == ("快报",)


def test_a_breadcrumb_is_no_headline() -> None:
    record = read(
        "<p><span class=tit>当前位置：<a href=/>首页</a> > <a href=/a/>文件</a></span></p>"
    )

    assert record.headline == ""


def test_breadcrumb_is_read_behind_its_label() -> None:
    record = read(
        "<div class=x>您现在的位置：<a href='/'>首页</a> &gt; <a href='/zwgk/'>政务公开</a> &gt; 通知公告</div>"
    )

    assert record.breadcrumb == (
        Crumb("首页", "http://site.test/"),
        Crumb("政务公开", "http://site.test/zwgk/"),
        Crumb("通知公告", ""),
    )


@pytest.mark.parametrize("mark", ["»", "›", "＞", ">>", "→", "/"])
def test_breadcrumb_knows_the_separators(mark: str) -> None:
    record = read(
        f"<div class='crumb'><a href='/'>首页</a> {mark} <a href='/a/'>甲栏</a> {mark} 乙栏</div>"
    )

    assert [crumb.text for crumb in record.breadcrumb] == ["首页", "甲栏", "乙栏"]


@pytest.mark.parametrize(
    "mark", ["-&gt;", "—&gt;", "=&gt;", "->>", "｜", "．", "、", "&gt;&gt;&gt;"]
)
def test_what_stands_between_the_steps_of_a_breadcrumb_is_no_step(mark: str) -> None:
    record = read(
        f"<div>您现在的位置是：<a href=/>首页</a> {mark} <a href=/a/>甲栏</a> {mark} 乙栏</div>"
    )

    assert [crumb.text for crumb in record.breadcrumb] == ["首页", "甲栏", "乙栏"]


def test_a_breadcrumb_may_begin_below_the_home_page() -> None:
    record = read(
        "<div>您所在位置：<span><a href=/a/>数据查询</a> > <a href='javascript:void(0)'>详细页</a>"
        "</span></div><p>正文。</p>"
    )

    assert [crumb.text for crumb in record.breadcrumb] == ["数据查询", "详细页"]
    assert record.text == "正文。"


def test_a_geographic_position_is_no_breadcrumb() -> None:
    record = read("<p>地理位置：<a href='/map'>某市某路</a> > 1号</p>")

    assert record.breadcrumb == ()


def test_links_know_their_region_and_their_block() -> None:
    record = read(
        "<div class=nav><a href='/a'>甲</a></div><p><a href='b.html'>乙</a></p>"
        "<ul><li><a href='/c'>关于丙事的通知</a></li><li><a href='/d'>关于丁事的通知</a></li></ul>"
        "<div id=footer><a href='/e'>戊</a></div>"
    )

    assert [(link.text, link.region) for link in record.links] == [
        ("甲", Region.NAV),
        ("乙", Region.LIST),
        ("关于丙事的通知", Region.LIST),
        ("关于丁事的通知", Region.LIST),
        ("戊", Region.FOOTER),
    ]
    assert [link.block for link in record.links] == [1, 0, 0, 0, 2]
    assert record.links[1].url == "http://site.test/zwgk/tzgg/b.html"


def test_a_link_in_a_sentence_stands_in_the_body() -> None:
    record = read(
        f"<div class=TRS_Editor><p>{'按照规定办理。' * 20}详见<a href='/x'>原文</a>。</p></div>"
    )

    assert record.links[0].region in {Region.BODY, Region.LIST}
    assert "详见原文。" in record.text


def test_links_that_lead_nowhere_keep_what_is_written() -> None:
    record = read(
        "<a href='javascript:void(0)'>甲</a><a href='mailto:a@site.test'>乙</a><a href='http://['>丙</a>"
    )

    assert [(link.url, link.href) for link in record.links] == [
        ("", "javascript:void(0)"),
        ("", "mailto:a@site.test"),
        ("", "http://["),
    ]


def test_a_script_link_that_names_its_target_leads_there() -> None:
    record = read(
        """<a href="#" onclick="window.open('/x.html')">甲</a><a href="javascript:location.href='/y'">乙</a>"""
    )

    assert [link.url for link in record.links] == ["http://site.test/x.html", "http://site.test/y"]


def test_an_image_link_is_named_by_its_alternative_text() -> None:
    record = read(
        "<a href='/a'><img src=a.png alt='公开指南'></a><a href='/b' title='全文标题很长'>全文标…</a>"
    )

    assert [link.text for link in record.links] == ["公开指南", "全文标题很长"]


def test_a_bad_base_is_ignored_and_a_good_one_counts() -> None:
    bad = read("<a href=x>甲</a>", "<base href='javascript:1'>")
    good = read("<a href=x>甲</a>", "<base href='http://other.test/d/'>")

    assert bad.links[0].url == "http://site.test/zwgk/tzgg/x"
    assert good.links[0].url == "http://other.test/d/x"


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "position:absolute; left:-9999px",
        "visibility : hidden",
        "height:0px",
        "width:1px;height:1px;overflow:hidden",
    ],
)
def test_what_a_style_hides_is_marked_and_no_text(style: str) -> None:
    record = read(f"<p>看得见</p><div style='{style}'><a href='http://o.test/'>看不见</a></div>")

    assert record.links[0].hidden
    assert record.text == "看得见"


@pytest.mark.parametrize(
    "attributes",
    [
        "style='margin-left:-500px'",
        "style='border-width:1px'",
        "style='line-height:0px'",
        "style='font-size: 0px'",  # closes the gaps between boxes that set their own size
        "style='height:1px'",  # what it holds flows over
        "style='position: relative; left: -1200px'",  # a strip that slides
        "style='width: 4800px; left: -1200px'",
        "class='wow fadeInUp' style='visibility: hidden; animation-name: none'",
        "class='aos' style='visibility:hidden'",
        "style='visibility:hidden; animation-name:fadeIn'",
    ],
)
def test_ordinary_styles_hide_nothing(attributes: str) -> None:
    record = read(f"<div {attributes}><a href='/a'>看得见</a></div>")

    assert not record.links[0].hidden


def test_a_row_of_a_table_grows_with_what_it_holds() -> None:
    record = read("<table><tr style='height:0px'><td><a href='/a'>看得见</a></td></tr></table>")

    assert not record.links[0].hidden


def test_an_animated_box_that_is_not_displayed_is_hidden() -> None:
    record = read("<div class='wow' style='display:none'><a href='/a'>看不见</a></div>")

    assert record.links[0].hidden


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<a href='#'>示例省交通运输工作会议召开</a>", Idle.SURE),
        ("<a href='//'>示例省交通运输工作会议召开</a>", Idle.SURE),
        ("<a href='javascript: void(0) ;'>示例省交通运输工作会议召开</a>", Idle.SURE),
        ("<a href='#' class=b>示例省交通运输工作会议召开</a>", Idle.MAYBE),
        ("<a href='#'>专题专栏</a>", Idle.MAYBE),
        ("<a href=''>专题专栏</a>", Idle.NOT),
        ("<a href='#zoom'>示例省交通运输工作会议召开</a>", Idle.NOT),
        ("<a href='javascript:show(1)'>示例省交通运输工作会议召开</a>", Idle.NOT),
        ("<a href='#' onclick='show()'>示例省交通运输工作会议召开</a>", Idle.NOT),
        ("<a href='#' v-on:click='show'>示例省交通运输工作会议召开</a>", Idle.NOT),
        ("<div class=tabs><a href='#'>示例省交通运输工作会议召开</a></div>", Idle.NOT),
        ("<a href='/a.html'>示例省交通运输工作会议召开</a>", Idle.NOT),
    ],
)
def test_what_leads_nowhere_is_told_from_controls(markup: str, expected: Idle) -> None:
    record = read(markup)

    assert [link.idle for link in record.links] in ([expected], [])
    assert expected is Idle.NOT or record.links


def test_inert_text_is_no_text() -> None:
    record = read(
        "<template><p>负责人：李示例</p></template><!-- 地址：某路 --><div hidden>电话：0000</div>"
        "<noscript>传真：1</noscript>"
    )

    assert record.text == ""
    assert record.spoken == ()


def test_content_is_the_article_without_menu_side_box_and_footer() -> None:
    record = read(
        "<div class=nav><a href='/'>首页</a></div><div class=info>时间：2020-06-05 来源：某厅</div>"
        f"<div class=TRS_Editor><p>{'正文内容。' * 10}</p></div>"
        "<div class=side>热点</div><div class=footer>主办：某厅</div>"
    )

    assert record.text == "正文内容。" * 10
    assert record.text_length == 50
    assert record.footer == "主办：某厅"


def test_without_an_article_the_body_is_the_content() -> None:
    record = read("<div class=menu>菜单</div><h2>规划计划</h2><p>暂无内容</p>")

    assert record.text == "规划计划 暂无内容"


def test_a_menu_by_name_that_holds_the_page_is_the_page() -> None:
    rows = "".join(
        f"<li><a href='/{n}'>关于第{n}件事的通知</a>2020-06-{n:02}</li>" for n in range(1, 9)
    )
    record = read(f"<div class='head-news'><ul>{rows}</ul></div>")

    assert len(record.lists[0].items) == 8
    assert record.lists[0].main


def test_a_footer_without_a_name_is_found_by_its_words() -> None:
    record = read(
        f"<div><p>{'正文内容。' * 40}</p></div><div><p>版权所有：某厅　网站标识码：0000000000</p>"
        "<p><a href='/map'>网站地图</a></p></div>"
    )

    assert "网站标识码：0000000000" in record.footer
    assert record.links[0].region is Region.FOOTER
    assert "版权" not in record.text


def test_a_small_page_keeps_its_large_footer_out_of_the_text() -> None:
    record = read(
        "<p>暂无内容</p><div class=footer>" + "主办单位：某厅 地址：某路1号 " * 8 + "</div>"
    )

    assert record.text == "暂无内容"


def test_pairs_are_read_from_lines_with_several_labels() -> None:
    record = read("<p>主办单位：某厅 地址：某市某路1号 邮编：000000 联系电话：0000-1234567</p>")

    assert spoken(record) == {
        "主办单位": "某厅",
        "地址": "某市某路1号",
        "邮编": "000000",
        "联系电话": "0000-1234567",
    }


def test_times_of_day_and_addresses_are_no_labels() -> None:
    record = read(
        "<p>办公时间：周一至周五 8:30-12:00，14:30—18:00</p><p>网址：http://site.test/a</p>"
    )

    assert spoken(record) == {
        "办公时间": "周一至周五 8:30-12:00，14:30—18:00",
        "网址": "http://site.test/a",
    }


def test_labels_survive_inline_tags_spaces_and_zero_width_characters() -> None:
    record = read("<p><b>办 公</b>地\u200b址：某路1号</p><p>负\u200b责\u200c人：李\ufeff示例</p>")

    assert spoken(record) == {"办公地址": "某路1号", "负责人": "李示例"}


def test_tables_give_label_cells_and_header_rows() -> None:
    record = read(
        "<table><tr><td>办公地址</td><td>某路1号</td></tr><tr><td>办公电话：</td><td>0000-1</td></tr></table>"
        "<table><tr><th>单位</th><th>负责人</th><th>电话</th></tr>"
        "<tr><td>甲处</td><td>李示例</td><td>0000-2</td></tr></table>"
    )

    assert [(p.label, p.value) for p in record.spoken] == [
        ("办公地址", "某路1号"),
        ("办公电话", "0000-1"),
        ("单位", "甲处"),
        ("负责人", "李示例"),
        ("电话", "0000-2"),
    ]


def test_definition_lists_and_footers_give_pairs() -> None:
    record = read(
        f"<p>{'正文。' * 30}</p><dl><dt>传真</dt><dd>0000-3</dd></dl><div class=footer>网站标识码：1</div>"
    )

    assert Spoken("传真", "0000-3", Region.BODY) in record.spoken
    assert Spoken("网站标识码", "1", Region.FOOTER) in record.spoken


def test_a_search_form_is_known_by_field_button_or_placeholder() -> None:
    forms = read(
        "<form action='/s' method=GET><input name=q><input type=submit value=搜索>"
        "<input type=hidden name=site value=1></form>"
    ).forms

    assert forms == (
        Form(
            "http://site.test/s",
            "get",
            "q",
            search=True,
            label="搜索",
            by_script=False,
            fields=(("site", "1"),),
        ),
    )


def test_a_login_form_is_no_search() -> None:
    (form,) = read(
        "<form action=/login method=post><input name=user><input name=pw type=password></form>"
    ).forms

    assert form.password
    assert not form.search


def test_a_form_that_only_script_serves_says_so() -> None:
    (form,) = read("<form action='#' onsubmit='return false'><input name=q></form>").forms

    assert (form.search, form.by_script, form.action) == (True, True, "")


def test_a_lone_search_box_is_a_search_by_script() -> None:
    (form,) = read(
        "<div><input id=keyword value=请输入关键字><a href='javascript:go()'><img src=s.png></a></div>"
    ).forms

    assert (form.search, form.by_script, form.query_field) == (True, True, "keyword")


@pytest.mark.parametrize(
    ("label", "search"),
    [
        ("企业名称：", False),
        ("请输入许可证号", False),
        ("请输入企业名称等关键词", True),
        ("", True),
    ],
)
def test_a_form_that_asks_for_what_a_record_is_kept_under_is_no_search(
    label: str, search: bool
) -> None:
    body = f"<form action='/q'>{label}<input name='key'><button>查询</button></form>"

    (form,) = read(f"<body>{body}").forms

    assert form.search is search


def test_a_page_in_one_form_keeps_its_search_whatever_it_speaks_of() -> None:
    said = "许可证办理须知：" + "办理人应当如实提供材料。" * 20
    body = f"<form action='/q'><input name='key'><button>查询</button><p>{said}</p></form>"

    (form,) = read(f"<body>{body}").forms

    assert form.search


def test_a_message_form_is_no_search() -> None:
    (form,) = read(
        "<form action=/m><input name=title placeholder=姓名><input name=mail placeholder=邮箱></form>"
    ).forms

    assert not form.search


@pytest.mark.parametrize(
    ("content", "target"),
    [
        ("0;URL=./dwzn/", "http://site.test/zwgk/tzgg/dwzn/"),
        ("0.5;URL='/a'", "http://site.test/a"),
        ("3; url=http://o.test/", "http://o.test/"),
        ("60;url=/a", ""),
        ("5", ""),
    ],
)
def test_an_immediate_refresh_sends_on(content: str, target: str) -> None:
    record = read("", f'<meta http-equiv=Refresh content="{content}">')

    assert record.refresh == target


def test_script_that_sends_on_counts_on_a_page_without_content_only() -> None:
    script = "<script>window.location.href='/ok'</script>"
    written = (
        """<script>document.write('<meta http-equiv="Refresh" content="0;URL=/gg/" />');</script>"""
    )

    assert read(script).refresh_by_script == "http://site.test/ok"
    assert read("", written).refresh_by_script == "http://site.test/gg/"
    assert read(f"<p>{'正文。' * 20}</p>{script}").refresh_by_script == ""


def test_an_empty_shell_is_filled_by_its_scripts() -> None:
    assert read("<div id=app></div><script src=/app.js></script>").script_fills
    assert read("<noscript>请开启</noscript><script src=/x.js></script>").script_fills


def test_a_named_empty_box_that_a_script_fills_is_seen() -> None:
    text = "<p>" + "说明文字。" * 20 + "</p>"
    filled = read(
        f"{text}<ul id=list></ul><script>$.get('/l',function(d){{$('#list').html(d)}})</script>"
    )
    other = read(f"{text}<ul id=list></ul><script>$.get('/hits',function(d){{n=d}})</script>")

    assert filled.script_fills
    assert not other.script_fills


def test_template_attributes_mean_that_script_fills() -> None:
    assert read(
        "<p>"
        + "说明文字。" * 20
        + "</p><ul><li ms-repeat='list'></li></ul><script src=/js/own.js></script>"
    ).script_fills


def test_not_found_words_in_title_or_headline_are_kept() -> None:
    assert read("<p>x</p>", "<title>404 - 找不到页面</title>").vanished
    assert read("<p>抱歉，您访问的页面不存在</p>").vanished
    assert read("<h1>关于公布2020年第404号公告的通知</h1>" + "<p>正文。</p>" * 60).vanished == ""


def test_frames_images_videos_and_attachments_are_counted() -> None:
    record = read(
        "<iframe src='/f.html'></iframe><iframe src='about:blank'></iframe><video></video>"
        "<p><img src=pic.jpg width=600 height=400><img src=x.gif width=16><img src=/images/logo.png></p>"
        "<p><a href=a.pdf>附件1</a><a href=/d?id=1>名单.xlsx</a><a href=b.html>乙</a></p>"
    )

    assert record.frames == ("http://site.test/f.html",)
    assert (record.images, record.videos) == (1, 1)
    assert record.attachments == ("http://site.test/zwgk/tzgg/a.pdf", "http://site.test/d?id=1")


def test_a_page_of_nothing_is_empty() -> None:
    assert read_page(b"", URL, "text/html").flags == (PageFlag.EMPTY_PAGE,)
    assert PageFlag.EMPTY_PAGE in read_page(b"<html><body><!-- <p>x</p>", URL, "").flags
    assert PageFlag.EMPTY_PAGE not in read("<p>有</p>").flags


def test_a_maintenance_notice_is_a_placeholder_and_an_article_about_one_is_not() -> None:
    assert PageFlag.PLACEHOLDER_PAGE in read("<h1>系统维护中，请稍后访问</h1>").flags
    assert (
        PageFlag.PLACEHOLDER_PAGE not in read("<p>系统维护中。" + "正文内容。" * 80 + "</p>").flags
    )


def test_encoding_trouble_is_flagged() -> None:
    gbk = "<html><body><p>通知公告：关于做好工作的通知</p></body></html>".encode("gbk")

    assert read_page(gbk, URL, "text/html; charset=utf-8").flags == (PageFlag.CHARSET_CONFLICT,)
    assert read_page(gbk, URL, "text/html").encoding == "gb18030"
    assert PageFlag.GARBLED_TEXT in read("<p>锟斤拷锟斤拷</p>").flags


def test_gbk_that_happens_to_be_utf8_is_read_as_declared() -> None:
    body = (
        "<html><head><meta charset=gbk></head><body><a href='/e?q=通知'>x</a></body></html>".encode(
            "gbk"
        )
    )

    record = read_page(body, URL, "text/html")

    assert record.links[0].url == "http://site.test/e?q=%CD%A8%D6%AA"
    assert record.flags == ()


def test_a_utf8_page_with_a_gbk_part_keeps_its_utf8_part() -> None:
    body = "<title>通知</title><p>正文内容</p>".encode() + "<p>版权所有</p>".encode("gbk")

    record = read_page(body, URL, "text/html; charset=utf-8")

    assert record.title == "通知"
    assert PageFlag.GARBLED_TEXT in record.flags


def test_pages_of_one_template_share_their_shape_and_others_do_not() -> None:
    page = "<div class=nav></div><div class=main><div class=TRS_Editor>{}</div></div>"
    first = read(page.format("<p>甲</p>" * 30))
    second = read(page.format("<p>乙乙乙乙乙乙乙乙乙乙</p><table class=t><tr><td>1</table>" * 9))
    third = read("<div class=wrap><ul class=list></ul></div>")

    assert first.shape == second.shape != third.shape


def test_the_content_hash_does_not_see_clocks_and_counters() -> None:
    page = "<p>今天是{} 星期三</p><h1>标题</h1><p>点击数：{} 正文内容。</p>"

    first = read(page.format("2020年6月5日", 12)).content_hash

    assert read(page.format("2020年6月6日", 345)).content_hash == first
    assert read(page.format("2020年6月6日", 345) + "<p>更正</p>").content_hash != first


def test_links_are_capped_and_the_cap_is_told() -> None:
    record = read("".join(f"<a href=/{n}>{n}</a>\n" for n in range(20_050)))

    assert len(record.links) == 20_000
    assert PageFlag.LINKS_CAPPED in record.flags


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "文字",
        "<a><font><b>" * 15_000 + "文字",
        "<ul><li>" * 50_000 + "文字",
        "<div " + " ".join(f"a{n}=1" for n in range(50_000)) + ">文字",
        "<p>" + "2" * 50_000 + "-" + " " * 50_000 + "年" * 2_000 + "文字",
        "<a href='/x?" + "a" * 1_000_000 + "'>文字</a>",
        "<script type=text/xml><recordset>" + "<![CDATA[<li><a href=x>" * 20_000 + "</script>文字",
    ],
)
def test_hostile_pages_are_read_within_bounds(html: str) -> None:
    record = read_page(html.encode(), URL, "text/html; charset=utf-8")

    assert record.text_length > 1
    assert PageFlag.EMPTY_PAGE not in record.flags


def test_dates_stand_in_the_record() -> None:
    record = read("<p>成文日期：2020年6月1日</p><p>发布日期：2020年6月5日</p>")

    assert [mark.day for mark in record.dates] == [dt.date(2020, 6, 5)]
    assert record.written == dt.date(2020, 6, 1)


def test_the_reader_key_covers_every_list_of_words_that_the_page_stage_reads() -> None:
    stage = Path(reader.__file__).parent
    read = {
        name
        for module in stage.glob("*.py")
        if module.name not in {"classify.py", "rendered.py", "__init__.py"}
        for name in re.findall(
            r"(?<!_)(?:words|any_of|pattern_of)\(\s*\"([a-z]+)\"",
            module.read_text(encoding="utf-8"),
        )
    }

    assert read == set(reader.WORDS)


def test_the_reader_key_is_steady() -> None:
    assert reader_key() == reader_key()
    assert len(reader_key()) == 16


TAGS = [
    "div",
    "p",
    "a href=x",
    "a",
    "li",
    "ul",
    "table",
    "tr",
    "td",
    "script",
    "title",
    "form",
    "dl",
    "dt",
    "dd",
]
TAGS += [
    "input name=q",
    "meta http-equiv=refresh content='0;url=x'",
    "base href=y",
    "iframe src=z",
    "h1",
    "img",
]
TAGS += [
    "div class=page",
    "div class=crumb",
    "div class=TRS_Editor",
    "div class=footer",
    "svg",
    "template",
    "b",
]
WORDS = [
    "当前位置：",
    "2020-06-05",
    "[06-05]",
    "发布时间：",
    "下一页",
    "共3页",
    "：",
    ">",
    "二〇二〇年六月五日",
    "\0",
    "\ud7ff",
]
SOUP = st.lists(
    st.one_of(
        st.sampled_from(TAGS).map(lambda tag: f"<{tag}>"),
        st.sampled_from(TAGS).map(lambda tag: f"</{tag.split()[0]}>"),
        st.sampled_from(WORDS),
        st.text(max_size=12),
    ),
    max_size=60,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(SOUP)
def test_any_soup_gives_a_record(html: str) -> None:
    record = read_page(html.encode("utf-8", "replace"), URL, "text/html; charset=utf-8")

    assert record.url == URL
    assert all(link.url or link.href for link in record.links)


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from(["", "text/html", "text/html; charset=gbk", "x; charset=utf-16"]),
)
def test_any_bytes_give_a_record(body: bytes, content_type: str) -> None:
    assert read_page(body, URL, content_type) == read_page(body, URL, content_type)


@pytest.mark.parametrize(
    "box",
    [
        "<div id=show0><ul></ul></div><script>$.getJSON('d',function(r){$('#show0 ul').append(r)})</script>",
        "<div id=7785 class=box><ul></ul></div><script>$('#7785').load('/module/list.jsp?p=1')</script>",
        "<div id=rows>数据加载中...</div><script src=/js/own.js></script>",
        "<ul id=newslist></ul><script src=/js/own.js></script>",
    ],
)
def test_a_box_that_waits_for_script_is_not_called_empty(box: str) -> None:
    assert read(f"<p>{'说明文字。' * 20}</p>{box}").script_fills


def test_an_empty_list_beside_libraries_and_counters_waits_for_nothing() -> None:
    libraries = "<script src=/js/jquery.min.js></script><script src=//x.test/hm.js></script>"

    assert not read(f"<p>{'说明文字。' * 20}</p><ul id=list></ul>{libraries}").script_fills
    assert not read(
        f"<p>{'说明文字。' * 20}</p><ul class=list></ul><script src=/js/own.js></script>"
    ).script_fills


def test_a_value_ends_where_the_next_element_begins_with_a_label() -> None:
    record = read(
        "<div class=footer><span>主办单位：某委员会</span><span>地址：某街甲15号</span>"
        "<span>邮政编码：100033</span></div>"
    )

    assert [(pair.label, pair.value) for pair in record.spoken] == [
        ("主办单位", "某委员会"),
        ("地址", "某街甲15号"),
        ("邮政编码", "100033"),
    ]


def test_a_label_whose_characters_stand_apart_is_read_whole() -> None:
    record = read("<p><b>联系</b>电话：0871-1234567</p>")

    assert [(pair.label, pair.value) for pair in record.spoken] == [("联系电话", "0871-1234567")]


@pytest.mark.parametrize("name", ["main_top", "top_content", "head-list", "channel_list"])
def test_content_in_a_box_that_is_called_top_is_no_menu(name: str) -> None:
    record = read(f"<div class={name}><p>{'正文。' * 60}</p></div><p>完</p>")

    assert record.text_length > 100


def test_of_two_side_boxes_that_are_all_a_page_has_the_larger_is_its_content() -> None:
    page = (
        "<div class=path><a href=/>首页</a> > <a href=/a/>征集</a></div><div id=box>"
        "<div class=side><ul><li>热线</li><li>访谈</li></ul></div>"
        "<div class=aside><h3>民意征集</h3><p>现就有关办法公开征求意见，请于月底前反馈。</p></div></div>"
    )

    assert "公开征求意见" in read(page).text
    assert "热线" not in read(page).text
    assert "公开征求意见" not in read(f"{page}<p>{'正文。' * 60}</p>").text


def test_a_rendered_page_waits_for_script_only_where_something_did_not_come() -> None:
    html = (
        "<html><body><p><a href=/>首页</a> 通知</p><ul id=list></ul>"
        "<script src=/js/own.js></script></body></html>"
    )
    rows = "".join(f"<li><a href=/{n}.html>第{n}号通知公告</a></li>" for n in range(6))
    full = html.replace("</ul>", f"{rows}</ul>")

    assert not read_page(html.encode(), URL, RENDERED).script_fills
    assert read_page(html.encode(), URL, LACKING).script_fills
    assert not read_page(full.encode(), URL, LACKING).script_fills


@pytest.mark.parametrize(
    "row",
    [
        '<li ms-repeat="list"><a ms-attr-href="el.url" ms-text="el.title"></a></li>',
        '<li :for="el in @list"><a :attr="{href: el.url}" :text="el.title"></a></li>',
        '<li v-for="el in list"><a :href="el.url" v-text="el.title"></a><img :src="el.icon"></li>',
    ],
    ids=["avalon 1", "avalon 2", "vue"],
)
@pytest.mark.parametrize("heading", ["相关解读", "通知公告"])
def test_rows_that_a_framework_repeats_wait_for_script(row: str, heading: str) -> None:
    text = "第一条 为了规范公路养护作业，制定本办法。" * 30
    box = f'<div><div class="title">{heading}</div><div class="list"><ul>{row}</ul></div></div>'
    page = f'<title>示例</title><div class="content"><h1>示例</h1><p>{text}</p></div>{box}'
    waits = read(f'{page}<script src="/bind.js"></script>')
    plain = read(page)

    assert (waits.script_fills, waits.relates_by_script) == (True, heading == "相关解读")
    assert (plain.script_fills, plain.relates_by_script) == (False, False)
