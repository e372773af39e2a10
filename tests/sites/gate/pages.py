"""A county's office behind a gate page (进入网站), in the manner of JEECMS: `/slj/slyw/index_2.jhtml`, GBK."""

from collections.abc import Sequence

from tests.sites.texts import Row, paragraphs, rows
from tests.sites.visited import File, Site

NAME = "示例县水利局"

NEWS = rows(
    "/slj/slyw/{n}.jhtml",
    801,
    ["2020-06-22", "2020-06-16", "2020-06-11", "2020-06-04", "2020-05-22"],
)
WORK = rows("/slj/gzdt/{n}.jhtml", 820, ["2020-06-18", "2020-06-10", "2020-05-06"])
NOTICES = rows("/slj/tzgg/{n}.jhtml", 840, ["2020-06-15", "2020-06-01", "2020-05-12", "2020-04-16"])

COLUMNS = {
    "水利要闻": "/slj/slyw/index.jhtml",
    "工作动态": "/slj/gzdt/index.jhtml",
    "通知公告": "/tzgg/index.shtml",
}

FOOTER = """<div id="foot"><div class="copyright">示例县水利局主办　电话：0000-0000000　网站标识码：5300000007<br>
滇ICP备00000007号　<a href="http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=53000000000007">滇公网安备53000000000007号</a>
<script>document.write(unescape("%3Cspan id='_ideConac' %3E%3C/span%3E%3Cscript src='http://dcs.conac.cn/js/26/000/0000/00000007/CA260000000000000000007.js' type='text/javascript'%3E%3C/script%3E"));</script>
</div></div>"""

GATE = f"""<html><head><meta charset="gbk"><title>{NAME}</title></head><body bgcolor="#004488"><center>
<img src="/images/cover.jpg" width="980" height="560" usemap="#m"><map name="m"><area shape="rect" coords="0,0,200,80" href="/slj/index.jhtml" alt="进入网站"></map>
<p><a href="/slj/index.jhtml">进入网站</a>　<a href="/tzgg/index.shtml">通知公告</a></p></center>{FOOTER}</body></html>"""


def _page(title: str, body: str) -> str:
    menu = "".join(f'<li><a href="{url}">{name}</a></li>' for name, url in COLUMNS.items())
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gbk"><title>{title}</title>
<meta name="keywords" content="{NAME}"></head><body>
<div class="topbar"><form action="/search.jspx" method="get"><input type="text" name="q" placeholder="请输入关键字"><input type="submit" value="检索"></form></div>
<ul class="mainnav"><li><a href="/slj/index.jhtml">首页</a></li><li><a href="/slj/zxdt/index.jhtml">资讯动态</a></li>{menu}</ul>
{body}{FOOTER}</body></html>"""


def _place(*steps: tuple[str, str]) -> str:
    made = " &gt; ".join(f'<a href="{url}">{name}</a>' for name, url in steps)
    return f'<div class="dqwz">您当前的位置：<a href="/slj/index.jhtml">首页</a> &gt; {made} &gt; 列表</div>'


def _rows(found: Sequence[Row]) -> str:
    return "".join(
        f'<li><a href="{row.url}" title="{row.title}" target="_blank">{row.title}</a><span class="data_time">{row.day}</span></li>'
        for row in found
    )


def _list(name: str, steps: Sequence[tuple[str, str]], found: Sequence[Row], pager: str) -> str:
    """The turning links are those of the system: only script tells where the last ones lead."""
    return _page(
        f"{name}-{NAME}",
        f'{_place(*steps)}<div class="list_right"><ul class="newslist">{_rows(found)}</ul>{pager}</div>',
    )


def _article(row: Row, name: str, steps: Sequence[tuple[str, str]]) -> str:
    info = f'<div class="msgbar">发布时间：{row.day} 10:11:12　　来源：{NAME}　　点击：<span id="views">1</span></div>'
    body = f'<div class="content_box"><h2 class="h_title">{row.title}</h2>{info}<div class="article_con">{paragraphs(row.day.day)}</div></div>'
    return _page(f"{row.title}-{name}-{NAME}", _place(*steps).replace("列表", "正文") + body)


def _boxes(*found: tuple[str, Sequence[Row]]) -> str:
    return "".join(
        f'<div class="box"><div class="hd"><span>{name}</span><a href="{COLUMNS[name]}" class="more">更多&gt;&gt;</a></div><ul>{_rows(part)}</ul></div>'
        for name, part in found
    )


FRONT = ("资讯动态", "/slj/zxdt/index.jhtml")
NEWS_STEPS = (FRONT, ("水利要闻", COLUMNS["水利要闻"]))
WORK_STEPS = (FRONT, ("工作动态", COLUMNS["工作动态"]))
NOTICE_STEPS = (("通知公告", COLUMNS["通知公告"]),)


def _turn(page: int, pages: int, records: int) -> str:
    onward = (
        '<a href="index_2.jhtml">下一页</a><a href="index_2.jhtml">尾页</a>'
        if page < pages
        else "下一页尾页"
    )
    back = (
        '<a href="index.jhtml">首页</a><a href="index.jhtml">上一页</a>'
        if page > 1
        else "首页上一页"
    )
    return f'<div class="pagebar">共{records}条记录 {page}/{pages}页 {back}{onward} 第<select><option>{page}</option></select>页</div>'


def _counted(page: int) -> str:
    return f'<script>var currentPage = {page};var countPage = 2;createPageHTML(countPage, currentPage, "index", "shtml");</script>'


SITE = Site(
    files={
        "/": GATE,
        "/slj/index.jhtml": _page(
            NAME, _boxes(("水利要闻", NEWS[:4]), ("工作动态", WORK), ("通知公告", NOTICES[:3]))
        ),
        FRONT[1]: _page(
            f"资讯动态-{NAME}",
            _place(FRONT) + _boxes(("水利要闻", NEWS[:3]), ("工作动态", WORK[:3])),
        ),
        COLUMNS["水利要闻"]: _list("水利要闻", NEWS_STEPS, NEWS[:3], _turn(1, 2, 5)),
        "/slj/slyw/index_2.jhtml": _list("水利要闻", NEWS_STEPS, NEWS[3:], _turn(2, 2, 5)),
        COLUMNS["工作动态"]: _list("工作动态", WORK_STEPS, WORK, ""),
        COLUMNS["通知公告"]: _list("通知公告", NOTICE_STEPS, NOTICES[:2], _counted(0)),
        "/tzgg/index_1.shtml": _list("通知公告", NOTICE_STEPS, NOTICES[2:], _counted(1)),
        "/search.jspx": _page(f"站内检索-{NAME}", "<h1>站内检索</h1>"),
        **{row.url: _article(row, "水利要闻", NEWS_STEPS) for row in NEWS},
        **{row.url: _article(row, "工作动态", WORK_STEPS) for row in WORK},
        **{row.url: _article(row, "通知公告", NOTICE_STEPS) for row in NOTICES},
    },
    encoding="gb18030",
    content_type="text/html; charset=GBK",
    missing=File("<html><head><title>404</title></head><body>HTTP Status 404</body></html>", 404),
)
