"""A city's bureau in the manner of a jpage data store: `/col/col1001/`, rows in `<recordset>` CDATA."""

import json
from collections.abc import Sequence

from tests.sites.texts import Row, paragraphs, rows
from tests.sites.visited import File, Site

NAME = "示例市农业农村局"
ART = "/art/{y}/{day.month}/{day.day}/art_"

NEWS = rows(
    ART + "1001_{n}.html",
    2001,
    ["2020-06-23", "2020-06-22", "2020-06-17", "2020-06-12", "2020-06-05", "2020-05-29", "2020-05-22", "2020-05-15"],
)  # fmt: skip
NOTICES = rows(
    ART + "1002_{n}.html", 2020, ["2020-06-19", "2020-06-03", "2020-05-11", "2020-04-24"]
)
POLICIES = rows(ART + "1003_{n}.html", 2040, ["2020-05-20", "2020-04-08", "2020-03-13"])
PLANS = rows(ART + "1004_{n}.html", 2060, ["2018-03-21", "2017-12-11", "2017-03-15"])
TENDERS = rows("/module/web/item_{n}.html", 2080, ["2020-06-18", "2020-06-09", "2020-05-27"])
UNDATED = rows("/module/web/item_{n}.html", 2090, ["2020-06-01"])[0]

COLUMNS = {
    "工作动态": "/col/col1001/index.html",
    "通知公告": "/col/col1002/index.html",
    "政策法规": "/col/col1003/index.html",
    "规划计划": "/col/col1004/index.html",
    "招标公告": "/col/col1006/index.html",
}

MENU = '<table class="dh" id="nav"><tr><td><a href="/index.html">首页</a></td>' + "".join(
    f'<td><a href="{url}" target="_blank">{name}</a></td>' for name, url in COLUMNS.items()
)

FOOTER = """<div id="footer"><a href="/col/col1099/index.html">隐私声明</a><br>
主办单位：示例市农业农村局　联系电话：0000-0000000<br>滇ICP备00000000号-1　滇公网安备53000000000001号　网站标识码：5300000002
<span id="_ideConac"><script src="https://dcs.conac.cn/js/26/000/0000/00000001/CA260000000000000000001.js"></script></span>
<script id="_jiucuo_" sitecode="5300000002" src="https://zfwzgl.www.gov.cn/exposure/jiucuo.js"></script></div>"""

LATER = "/module/web/jpage/dataproxy.jsp?page=1&webid=1&columnid=1001&unitid=45601&permissiontype=0"


def _page(title: str, head: str, body: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{head}
<script src="/script/jquery.js"></script><script src="/script/jpage/jpage.js"></script></head><body>
<div id="barrierfree_container"><div class="search"><form action="/jsearch/search.do" method="get">
<input type="text" name="q" placeholder="请输入关键词"><button>搜索</button></form></div>
{MENU}</tr></table>{body}{FOOTER}</div></body></html>"""


def _column(name: str, content: str) -> str:
    head = f'<meta name="ColumnName" content="{name}"><meta name="ColumnType" content="">'
    body = f"""<table width="1000"><tr><td class="wz">您的位置：<a href="/index.html">首页</a>&nbsp;&gt;&nbsp;<a href="{COLUMNS[name]}" class="bt_link">{name}</a></td></tr></table>
<div class="main"><div class="lmtit">{name}</div>{content}</div>"""
    return _page(f"{NAME} {name}", head, body)


def _store(records: Sequence[str], following: str = "", total: int = 0) -> str:
    """A list that only a script shows: its records stand in the page as data."""
    group = (
        f'<nextgroup><![CDATA[<a href="{following.replace("&", "&amp;")}"></a>]]></nextgroup>'
        if following
        else ""
    )
    made = "\n".join(f"<record><![CDATA[{record}]]></record>" for record in records)
    return f"""<div id="45601" class="default_pgContainer"></div>
<script type="text/xml"><datastore>{group}<totalrecord>{total or len(records)}</totalrecord><totalpage>{-(-(total or len(records)) // 6)}</totalpage>
<recordset>{made}</recordset></datastore></script>
<script>$(function(){{ $('#45601').jpage({{perpage: 6, showmode: 'normal'}}); }});</script>"""


def _li(row: Row) -> str:
    return f'<li><a href="{row.url}" target="_blank" title="{row.title}">{row.title}</a><span>{row.day}</span></li>'


def _tr(row: Row) -> str:
    return (
        '<tr><td width="10"><img src="/images/dot.gif"></td>'
        f'<td><a href="{row.url}" target="_blank">{row.title}</a></td><td>[{row.day}]</td></tr>'
    )


def _json() -> str:
    data = [
        {"id": number, "title": row.title, "url": row.url, "publishTime": f"{row.day} 08:00:00"}
        for number, row in enumerate(POLICIES)
    ]
    said = json.dumps(data, ensure_ascii=False)
    return f'<ul id="zcfg"></ul><script>var dataList = {said}; show("zcfg", dataList);</script>'


def _written() -> str:
    """Rows that script writes where they stand, one of them without a date."""
    lines = "".join(
        f"""document.write('<li><a href="{row.url}">{row.title}</a><em>{row.day}</em></li>');\n"""
        for row in TENDERS
    )
    bare = f"""document.write('<li><a href="{UNDATED.url}">{UNDATED.title}</a></li>');"""
    return f"<ul class='list'><script>{lines}{bare}</script></ul>"


def _links_only() -> str:
    lines = "".join(f'<li><a href="{row.url}">{row.title}</a></li>' for row in PLANS)
    return f'<ul class="list">{lines}</ul>'


def _article(row: Row, column: str, *, head: str = "", info: str = "", script: str = "") -> str:
    body = f"""<table class="wz"><tr><td>您的位置：<a href="/index.html">首页</a>&nbsp;&gt;&nbsp;<a href="{COLUMNS[column]}">{column}</a></td></tr></table>
<table id="article"><tr><td class="title"><!--title begin-->{row.title}<!--title end--></td></tr>
<tr><td align="center">{info}　浏览次数：<script src="/module/visitcount/articlehits.jsp?id={row.compact}"></script></td></tr>
<tr><td class="bt_content"><div id="zoom"><!--ZJEG_RSS.content.begin-->{paragraphs(row.day.day)}<!--ZJEG_RSS.content.end--></div></td></tr></table>{script}"""
    return _page(f"{NAME} {column} {row.title}", head, body)


def _articles() -> dict[str, str]:
    made = {
        row.url: _article(
            row,
            "工作动态",
            head=f'<meta name="ArticleTitle" content="{row.title}"><meta name="PubDate" content="{row.day} 10:20">'
            '<meta name="ColumnName" content="工作动态"><meta name="ContentSource" content="本站">',
            info=f"发布日期：{row.day}　信息来源：本站",
        )
        for row in NEWS
    }
    made |= {
        row.url: _article(
            row, "通知公告", script=f"<script>var pubdata='{row.day} 10:20:00';</script>"
        )
        for row in NOTICES
    }
    made |= {
        row.url: _article(row, "政策法规", info=f"【时间：{row.day}】　【来源：本站】")
        for row in POLICIES
    }
    made |= {row.url: _article(row, "规划计划", info="信息来源：本站") for row in PLANS}
    made |= {
        row.url: _article(row, "招标公告", info=f"日期：{row.day:%Y年%m月%d日}　来源：本站")
        for row in TENDERS
    }
    made[UNDATED.url] = _article(UNDATED, "招标公告", info="信息来源：本站")
    return made


def _home() -> str:
    boxes = "".join(
        f'<table class="kk"><tr><td><b>{name}</b></td><td><a href="{COLUMNS[name]}">更多</a></td></tr>'
        f"<tr><td colspan=2><ul>{''.join(_li(row) for row in found)}</ul></td></tr></table>"
        for name, found in (("工作动态", NEWS[:4]), ("通知公告", NOTICES[:3]))
    )
    dead = (
        '<div class="ksrk"><a href="#">网上申报</a><a href="javascript:;">在线办理</a>'
        '<a href="#top" class="gotop">返回顶部</a><a href="javascript:void(0)" onclick="setHome()">设为首页</a></div>'
    )
    return _page(NAME, "", boxes + dead)


SITE = Site(
    files={
        "/": _home(),
        "/index.html": _home(),
        COLUMNS["工作动态"]: _column("工作动态", _store([_li(row) for row in NEWS[:6]], LATER, 8)),
        LATER: File(
            '<?xml version="1.0" encoding="utf-8"?><datastore><recordset>'
            + "".join(f"<record><![CDATA[{_li(row)}]]></record>" for row in NEWS[6:])
            + "</recordset></datastore>"
        ),
        COLUMNS["通知公告"]: _column("通知公告", _store([_tr(row) for row in NOTICES])),
        COLUMNS["政策法规"]: _column("政策法规", _json()),
        COLUMNS["规划计划"]: _column("规划计划", _links_only()),
        COLUMNS["招标公告"]: _column("招标公告", _written()),
        "/jsearch/search.do": _page("站内搜索", "", "<h1>站内搜索</h1>"),
        **_articles(),
    },
    encoding="utf-8",
    content_type="text/html;charset=UTF-8",
    missing=File("<html><head><title>404</title></head><body>404 Not Found</body></html>", 404),
)
