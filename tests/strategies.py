"""Hypothesis strategies: what hostile and broken government pages are made of."""

import datetime as dt
from collections.abc import Sequence
from functools import cache

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from audit.vocabulary import words

# ── words ────────────────────────────────────────────────────────────────────────────────────────

DATES = (
    "2020-06-10", "2020年6月5日", "２０２０－０６－１０", "2020.06.10", "2020/6/10 09:30",
    "2020-06-1009:30", "06-10", "[6-10]", "6月10日", "10 2020-06", "10日 6月 2020", "2020 06/10",
    "2020-13-45", "2020-02-30", "0000-00-00", "9999-99-99", "1899-12-31", "12020-06-101",
    "二〇二〇年六月五日", "二○二○年十二月三十一日", "一九九九年十十月一十日", "3天前", "今天", "昨天 09:30",
    "999天前", "2020-06-10T09:30:00+99:99", "2020-06-10T23:59:59Z", "1591747200", "1591747200000",
)  # fmt: skip
WORDS = (
    "关于某事的通知", "政务公开", "某厅", "首页", "下一页", "尾页", "更多", "网站地图", "版权所有", "主办单位：某厅",
    "网站标识码：", "联系我们", "来源：", "发布时间：", "发布日期", "成文日期：", "时间：", "日期", "浏览次数：",
    "点击数", "共页", "每页条", "当前位置：", " > ", "政策解读：", "附件：", "解读", "《关于某事的办法》", "某发〔〕号",
    "正文。", "（此件公开发布）", "暂无数据", "正在加载", "您访问的页面不存在", "置顶", "查看详情", "…", "...",
)  # fmt: skip
NUMBERS = (
    "5",
    "404",
    "共 5 页",
    "共120条记录 每页15条",
    "1/5",
    "第1页",
    "某发〔2020〕12号",
    "13800000000",
    "1" * 60,
)
ODD = (
    "\x00", "\ufeff", "\u200b", "\u202e", "\xa0", "\u3000", "\u2028", "\x1f", "\x7f", "\ufffd", "\ufdd0",
    "🏛", "İ", "ß", "ﷺ", "\u0301", "￥", "{", "}", "{{a}}", "<%=a%>", "]]>", "<", ">", "<!", "</", "<!--", "-->", "<![CDATA[",
    "&", "&amp;", "&lt;", "&#0;", "&nbsp", "&#xD800;", "&#xdfff;", "&#x110000;", "&#99999999999;", "&notit;",
    "\\", "\\u0000", "'", '"', "`", "\r\n", "\t", "²", "٣", "１", "Ⅷ", "㊀",
)  # fmt: skip
ODD_WITHOUT_DIGITS = tuple(one for one in ODD if not any(c.isdigit() or c.isnumeric() for c in one))


def one_of(pool: Sequence[str]) -> SearchStrategy[str]:
    """One of these; unlike `sampled_from`, long ones are not spelled out when an example is told."""
    return st.integers(0, len(pool) - 1).map(lambda number: pool[number])


def phrases(*kinds: tuple[str, ...]) -> SearchStrategy[str]:
    """A few words of some kinds, joined as pages join them."""
    pool = st.sampled_from([one for kind in kinds for one in kind])
    return st.builds(str.join, st.sampled_from(["", "", " ", "\n"]), st.lists(pool, max_size=6))


# ── addresses ────────────────────────────────────────────────────────────────────────────────────

_URL_PIECES = (
    "http://", "https://", "//", "/", "./", "../", "?", "#", "&", ";", ":", "@", "%", "%2e%2e/", "%00", "%zz", "\\",
    "site.test", "某.test", "xn--", "[::1]", "[", "127.1", ":0", ":99999", "user:pw@", "zwgk", "a/a/a/a", "t20200610_1.html",
    "202006", "20201345", "2020/06/10", "index_1.html", ".shtml", "javascript:", "javascript:void(0)", "mailto:", "data:",
    "JSESSIONID=1", ";jsessionid=a", "_t=1", "q=中", " ", "\t", "\n", "\x00", "\udc80", "\U0001f3db", "İ", "a" * 300, "b/" * 30,
)  # fmt: skip
ADDRESSES = st.builds("".join, st.lists(one_of(_URL_PIECES), max_size=8))

# ── scripts ──────────────────────────────────────────────────────────────────────────────────────

_SCRIPTS = (
    'createPageHTML(5, 0, "index", "html");', "createPageHTML(countPage, currentPage, 'index', 'shtml')",
    'createPageHTML(5, 0, "index", "html', "var countPage = 99999, currentPage = 1;", "var totalrecord = 100, pagesize = 0",
    "createPage(999999, 999999, 'a', 'htm')", "<recordset><record><![CDATA[<li><a href=/a/1.html>关于某事的通知</a>2020-06-10</li>]]></record>",
    '<totalpage>5</totalpage><nextgroup><![CDATA[<a href="/b?p=2">', "<record>&lt;td&gt;<a href=", "document.write('<li><a href=\"/1.html\">关于某事的公告</a>2020-06-10</li>');",
    "document.write('\\'+'", 'document.write("', "location.href='/b.html'", 'window.location = "', "location.reload()",
    "var pubDate = '2020-06-10 09:30';", "pubdata='2020-06-1", '{"datePublished":"2020-06-10T09:30:00Z"}', "$.ajax({url:'/list'})", "$('#list').html(rows)",
    "new Vue({el:'#app'})", "innerHTML += '<li>'", "/* ", "// ", "</scrip", "\\", "+ '", "' +", "`${a}`", "{", "}", "[", "]", "[{", "}]",
)  # fmt: skip
_SAID = (
    "关于某事的通知", "/zwgk/1.html", "2020-06-10", "2020-06-10T00:00\\ud800", "\\ud83d", "\\u0000", "{{t}}",
    "<b>甲</b>", "1591747200000", "", "http://[", "?q=\\udc80", "&#xd800;", "2020-06-10T99:99:99Z",
)  # fmt: skip
_BARE = (
    "1591747200", "1591747200000", "-1", "1e999", "NaN", "null", "true", "9" * 30, "[]", "{}", "0.5",
    "[" * 2000, '[{"title":', "1" * 5000,
)  # fmt: skip
_VALUES = one_of(_SAID).map('"{}"'.format) | one_of(_BARE)
_FIELDS = st.sampled_from(
    ["title", "url", "link", "pubDate", "docRelTime", "time", "name", "", "A_B"]
)
_ODD_OBJECTS = st.dictionaries(_FIELDS, _VALUES, min_size=1, max_size=5)
_ROWS = st.fixed_dictionaries(
    {
        "title": st.just('"关于某事的通知"') | _VALUES,
        "url": st.just('"/1.html"') | _VALUES,
        "time": _VALUES,
    }
)


def _object(fields: dict[str, str]) -> str:
    return "{" + ",".join(f'"{name}":{value}' for name, value in fields.items()) + "}"


ROWS = st.lists((_ROWS | _ODD_OBJECTS).map(_object), min_size=1, max_size=4).map(
    lambda rows: f"var rows = [{','.join(rows)}];"
)
SCRIPTS = st.builds("".join, st.lists(one_of(_SCRIPTS) | ROWS, max_size=4))

# ── markup ───────────────────────────────────────────────────────────────────────────────────────

_TAGS = (
    "div ul li a span p table tbody tr td th h1 h2 dl dt dd em i font b form input select option "
    "textarea iframe img nav footer header label marquee center time object embed map area svg math "
    "template noscript frameset frame button strong base body html head title xmp plaintext"
).split()
_STYLES = (
    "display:none",
    "height:0px",
    "text-indent:-9999px",
    "color:red;" * 90,
    "display:",
    ":;{}",
)
_OPENING = st.sampled_from(["<", "<", "<", "<", "< ", "<\x00"])
_CLOSING = st.sampled_from([">", ">", ">", ">", "/>", "", " ", ">>"])


@cache
def _names() -> tuple[str, ...]:
    page = words("page")
    keys = (
        "pager_tokens",
        "headline_names",
        "nav_tokens",
        "footer_tokens",
        "side_tokens",
        "breadcrumb_names",
    )
    named = [name for key in keys for name in page[key][:6]]
    chosen = [one[1:] for one in page["content_selectors"]]
    return (*named, *chosen, "list", "x" * 500, "a b c", "\x00", "中")


def attributes(said: SearchStrategy[str]) -> SearchStrategy[str]:
    """One attribute of a tag, quoted well, badly or not."""
    value = st.one_of(
        said,
        ADDRESSES.map(lambda one: one.replace("\udc80", "")),
        st.deferred(lambda: st.sampled_from(_names())),
    )
    name = st.sampled_from(
        [
            "class",
            "id",
            "href",
            "title",
            "src",
            "content",
            "name",
            "style",
            "onclick",
            "alt",
            "type",
            "value",
            "action",
            "placeholder",
            "hidden",
            "colspan",
            "\x00",
            "href",
        ]
    )
    quotes = st.sampled_from(['"{}"', "'{}'", "{}", '"{}', "'{}", ""])
    return st.one_of(
        st.builds(lambda n, q, v: f" {n}={q.replace('{}', v)}", name, quotes, value),
        st.sampled_from(_STYLES).map(lambda style: f' style="{style}"'),
        st.sampled_from(
            [
                " hidden",
                " ",
                "=",
                " a" * 200,
                f' data-x="{"y" * 3000}"',
                " onclick=\"location.href='/a/1.html'\"",
            ]
        ),
    )


def fragments(said: SearchStrategy[str], scripts: SearchStrategy[str]) -> SearchStrategy[str]:
    """Nested markup: well-formed rows, menus, tables and articles among broken ones."""
    attribute = attributes(said)

    def element(
        tag: str, opening: str, given: list[str], closing: str, inner: list[str], end: str
    ) -> str:
        return f"{opening}{tag}{''.join(given)}{closing}{''.join(inner)}{end.replace('{}', tag)}"

    leaf = st.one_of(
        said,
        scripts.map(lambda text: f"<script>{text}</script>"),
        st.builds("<li><a href='/zwgk/{}.html'>关于某事的通知{}</a><span>{}</span></li>".format, st.sampled_from(["a", "b", "t_a"]), said, said),
        st.builds("<tr><td>{}</td><td>{}</td></tr>".format, said, said),
        st.builds("<meta name={} content='{}'>".format, st.sampled_from(["PubDate", "ColumnName", "SiteIDCode", "refresh", "ArticleTitle"]), said),
        st.builds("<meta http-equiv=refresh content='{}'>".format, st.sampled_from(["0;url=/a.html", ".;url=", "..5, http://[", "1e9;", "０;'"])),
        st.sampled_from(["<!--", "-->", "<![CDATA[", "]]>", "</", "<", "<a", "<script", "<textarea>", "</table>", "</html>", "<body>", "<title>", "<style>", "<p>" * 50, "</div>" * 20]),
    )  # fmt: skip
    return st.recursive(
        leaf,
        lambda inner: st.builds(
            element,
            st.sampled_from(_TAGS),
            _OPENING,
            st.lists(attribute, max_size=2),
            _CLOSING,
            st.lists(inner, max_size=4),
            st.sampled_from(["</{}>", "</{}>", "</{}>", "", "</div>", "</{}", "</ {}>"]),
        ),
        max_leaves=12,
    )


HOSTILE = phrases(WORDS, DATES, NUMBERS, ODD)
DATELESS = phrases(WORDS, ODD_WITHOUT_DIGITS)


def pages(said: SearchStrategy[str], scripts: SearchStrategy[str]) -> SearchStrategy[str]:
    """Whole pages: a head that may be there, and some fragments."""
    head = st.sampled_from(["", "<!doctype html>", "<html><head><title>关于某事的通知_某厅</title></head><body>", "<?xml version='1.0'?><datastore>", "\ufeff<recordset>"])  # fmt: skip
    return st.builds(
        lambda h, parts: h + "".join(parts), head, st.lists(fragments(said, scripts), max_size=3)
    )


# ── bytes ────────────────────────────────────────────────────────────────────────────────────────

_BYTES = (
    b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"<meta charset=gb2312>", b"<meta charset=utf-8>", b"<meta charset=big5>",
    b"<meta http-equiv=Content-Type content='text/html; charset=gbk'>", b"<meta charset=", b"<meta charset=utf-7>", b"<meta charset=iso-8859-1>", b"<meta charset=utf-16>",
    b"<!-- <meta charset=gbk> -->", b"<!--", b"<meta ", b"\x80", b"\xff", b"\x81", b"\x81\x30", b"\x84\x31\xa4\x37", b"\xe4", b"\xe4\xb8", b"\xed\xa0\x80",
    b"\x00", b"\n", b"abc", "政务公开".encode(), "政务公开".encode("gb18030"), "政務公開".encode("big5"), "锟斤拷".encode(), "€".encode("gb18030"), b" " * 1100,
)  # fmt: skip
BODIES = st.one_of(
    st.builds(b"".join, st.lists(st.sampled_from(_BYTES), max_size=10)), st.binary(max_size=60)
)
HEADERS = st.sampled_from(["", "text/html", "text/html; charset=gbk", "text/html;charset='utf-8", "charset=utf-16", "charset=x-none", "text/html; charset=big5", "charset==gbk"])  # fmt: skip

ONE_DAY = dt.date(2020, 6, 10)
