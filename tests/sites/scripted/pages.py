"""A city's commission whose lists only scripts fill, each in another way; two of its columns are blank indeed."""

import json

from tests.sites.texts import rows
from tests.sites.visited import File, Site

NAME = "示例市卫生健康委员会"

ROWS = rows("/article/{n}.html", 701, ["2020-06-23", "2020-06-18", "2020-06-03"])
COLUMNS = {
    "工作动态": "/gzdt.html",
    "通知公告": "/tzgg.html",
    "政策文件": "/zcwj.html",
    "人事信息": "/rsxx.html",
    "政府采购": "/zfcg.html",
    "规划计划": "/ghjh.html",
    "统计数据": "/tjsj.html",
    "机构职能": "/jgzn.html",
}

SCRIPTS = """<script src="/js/jquery-1.12.4.min.js"></script><script src="/js/swiper.min.js"></script>
<script>var _hmt = _hmt || []; (function(){ var hm = document.createElement("script"); hm.src = "https://hm.example.com/hm.js"; })();
$(function(){ $(".nav li").hover(function(){ $(this).find("ul").show(); }); });</script>"""

FOOTER = """<footer class="footer"><p>主办单位：示例市卫生健康委员会　联系电话：0000-0000000</p>
<p>滇ICP备00000006号　滇公网安备 53000000000006号　网站标识码：5300000006</p>
<script src="https://dcs.conac.cn/js/26/000/0000/00000006/CA260000000000000000006.js"></script>
<script id="_jiucuo_" sitecode="5300000006" src="https://zfwzgl.www.gov.cn/exposure/jiucuo.js"></script></footer>"""


def _page(title: str, body: str) -> str:
    menu = "".join(f'<li><a href="{url}">{name}</a></li>' for name, url in COLUMNS.items())
    return f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title></head><body>
<header class="header"><form action="/search.html" method="get"><input type="search" name="q" placeholder="站内搜索"></form>
<nav class="nav"><ul><li><a href="/">首页</a></li>{menu}</ul></nav></header>
{body}{FOOTER}{SCRIPTS}</body></html>"""


def _column(name: str, content: str) -> str:
    crumbs = f'<div class="breadcrumb"><span>您现在的位置：</span><a href="/">首页</a> &gt; <a href="{COLUMNS[name]}">{name}</a></div>'
    return _page(f"{name}_{NAME}", f'<main>{crumbs}<h2 class="tit">{name}</h2>{content}</main>')


def _filled() -> dict[str, str]:
    """The ways in which a list comes: asked for, framed, loaded, fetched."""
    ways = {
        "工作动态": '<ul class="list" id="newslist"></ul><div id="pages"></div>'
        '<script>$.getJSON("/data/gzdt.json", {page: 1}, function (r) { var h = ""; $.each(r.rows, function (i, o) {'
        " h += '<li><a href=\"' + o.url + '\">' + o.title + '</a><span>' + o.date + '</span></li>'; });"
        ' $("#newslist").html(h); });</script>',
        "通知公告": '<div id="app"><ul><li v-for="item in rows"><a :href="item.url">{{ item.title }}</a><span>{{ item.date }}</span></li></ul></div>'
        '<script src="/js/vue.min.js"></script><script>new Vue({ el: "#app", data: { rows: [] }, created: function () { this.load(); } });</script>',
        "政策文件": '<div class="listbox" id="zcwj"><div class="loading">数据加载中...</div></div>'
        '<script>$("#zcwj").load("/module/list.jsp?col=3");</script>',
        "人事信息": '<ul id="rs" class="news-list"></ul><script>fetch("/data/rsxx.json").then(function (r) { return r.json(); })'
        '.then(function (d) { document.getElementById("rs").innerHTML = render(d); });</script>',
        "政府采购": '<div class="news" ms-controller="list"><dl ms-for="el in @rows"><dt><a ms-attr="{href:@el.url}">{{@el.title}}</a></dt><dd>{{@el.date}}</dd></dl></div>'
        '<script src="/js/avalon.js"></script>',
    }
    return {COLUMNS[name]: _column(name, content) for name, content in ways.items()}


def _home() -> str:
    boxes = '<div class="box"><h3>工作动态</h3><a href="/gzdt.html">更多</a><ul id="b1"></ul></div><div class="box"><h3>通知公告</h3><a href="/tzgg.html">更多</a><ul id="b2"></ul></div>'
    script = '<script>$.post("/data/home.json", function (r) { $("#b1").append(r.a); $("#b2").append(r.b); });</script>'
    return _page(NAME, f"<main>{boxes}</main>{script}")


DATA = json.dumps(
    {"rows": [{"title": row.title, "url": row.url, "date": str(row.day)} for row in ROWS]},
    ensure_ascii=False,
)
TEXT = (
    "<div class='article'>"
    + "<p>贯彻执行卫生健康工作的法律、法规和政策，组织拟订全市卫生健康事业发展规划并组织实施，协调推进医药卫生体制改革。</p>"
    * 4
    + "</div>"
)

SITE = Site(
    files={
        "/": _home(),
        **_filled(),
        COLUMNS["规划计划"]: _column(
            "规划计划", '<ul class="list"></ul><p class="none">暂无信息</p>'
        ),
        COLUMNS["统计数据"]: _column(
            "统计数据",
            '<ul class="list"></ul><div class="share">分享到：</div><script src="/js/share.js"></script>',
        ),
        COLUMNS["机构职能"]: _column("机构职能", TEXT),
        "/data/gzdt.json": File(DATA, content_type="application/json"),
        "/search.html": _page(f"站内搜索_{NAME}", "<h1>站内搜索</h1>"),
    },
    encoding="utf-8",
    content_type="text/html; charset=utf-8",
    missing=File(
        "<html><head><title>404</title></head><body><h1>404 Not Found</h1></body></html>", 404
    ),
)
