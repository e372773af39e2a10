"""A county's bureau in the manner of VSB: `tzgg.htm`, `tzgg/2.htm` that counts down, `info/1021/3001.htm`."""

from collections.abc import Sequence

from tests.sites.texts import Row, paragraphs, rows
from tests.sites.visited import File, Site

NAME = "示例县人力资源和社会保障局"

NEWS = rows(
    "/info/1011/{n}.htm",
    3001,
    ["2020-06-24", "2020-06-20", "2020-06-15", "2020-06-11", "2020-06-08", "2020-06-01", "2020-05-28"],
)  # fmt: skip
NOTICES = rows("/info/1021/{n}.htm", 3020, ["2020-06-12", "2020-05-30", "2020-05-06", "2020-04-21"])
EXAMS = rows("/info/1031/{n}.htm", 3040, ["2020-06-17", "2020-03-26", "2020-01-09"])
FORMS = rows("/info/1041/{n}.htm", 3060, ["2020-01-01", "2020-01-02", "2020-01-03"])
GUIDES = rows("/info/1041/{n}.htm", 3070, ["2020-05-19", "2019-11-20"])

MENU = """<div class="nav-wrap"><ul class="nav">
<li><a href="/index.htm">首页</a></li>
<li><a href="/dwgk.htm">单位概况</a></li>
<li><a href="/xwzx/gzdt.htm">新闻中心</a><div class="sub" style="display: none;"><ul>
<li><a href="/xwzx/gzdt.htm">工作动态</a></li><li><a href="/xwzx/tzgg.htm">通知公告</a></li></ul></div></li>
<li><a href="/rsks.htm">人事考试</a></li><li><a href="/xzzx.htm">资料下载</a></li><li><a href="/cwgk.htm">财务公开</a></li>
<li><a href="http://hrss.example.com/">省人社厅</a></li></ul></div>
<div class="m-nav" style="display:none"><a href="/index.htm">首页</a><a href="/dwgk.htm">单位概况</a><a href="/xwzx/gzdt.htm">工作动态</a></div>"""

FOOTER = """<div class="footer"><div class="links"><select onchange="window.open(this.value)"><option value="http://www.example.com/">友情链接</option></select></div>
<p>主办单位：示例县人力资源和社会保障局　联系电话：0000-0000000</p><p>滇ICP备00000003号　滇公网安备 53000000000003号　网站标识码：5300000003</p>
<p>Copyright © 2013-2020 All Rights Reserved</p>
<a href="http://bszs.conac.cn/sitename?method=show&amp;id=0"><img src="/images/conac.png" alt="党政机关"></a>
<script id="_jiucuo_" sitecode="5300000003" src="https://zfwzgl.www.gov.cn/exposure/jiucuo.js"></script></div>"""

SLIPPED_IN = """<div style="position:absolute;left:-9999px;top:-9999px"><a href="http://a.example.net/">在线赌场</a>
<a href="http://b.example.org/">六合彩开奖</a><a href="http://c.example.net/">时时彩平台</a><a href="http://d.example.org/">百家乐</a></div>"""


def _page(title: str, body: str, head: str = "") -> str:
    return f"""<HTML><HEAD><TITLE>{title}</TITLE><META content="text/html; charset=UTF-8" http-equiv="Content-Type">{head}
<SCRIPT type="text/javascript" src="/system/resource/js/counter.js"></SCRIPT></HEAD><BODY>
<div class="header"><a href="/index.htm"><img src="/images/logo.png" alt="{NAME}"></a>
<form action="/search.jsp" method="post" name="search"><input name="showkeycode" placeholder="请输入关键字"><input type="image" alt="搜索" src="/images/s.png"></form></div>
{MENU}{body}{FOOTER}</BODY></HTML>"""


def _crumbs(*steps: tuple[str, str]) -> str:
    made = " &gt;&gt; ".join(f'<a href="{url}">{text}</a>' for text, url in steps)
    return f'<div class="dqwz"><em>当前位置：</em>{made}</div>'


def _list(
    name: str, file: str, steps: Sequence[tuple[str, str]], body: str, pager: str = ""
) -> str:
    crumbs = _crumbs(("首页", "/index.htm"), *steps, (name, file))
    left = '<div class="left-menu"><h3>新闻中心</h3><ul><li><a href="/xwzx/gzdt.htm">工作动态</a></li><li><a href="/xwzx/tzgg.htm">通知公告</a></li></ul></div>'
    return _page(
        f"{name}-{NAME}",
        f'{left}<div class="ny-right"><h2 class="ny-title">{name}</h2>{crumbs}{body}{pager}</div>',
    )


def _news(part: Sequence[Row], page: int) -> str:
    """The day in one tag, year and month in another."""
    lines = "".join(
        f'<li id="line_u8_{number}"><div class="rq"><b>{row.day:%d}</b><i>{row.day:%Y-%m}</i></div>'
        f'<div class="nr"><a href="../info/1011/{row.url[-8:]}" title="{row.title}">{row.title}</a><p>{row.title}，有关负责人参加。</p></div></li>'
        for number, row in enumerate(part)
    )
    urls = ("gzdt.htm", "gzdt/2.htm", "gzdt/1.htm")
    prefix = "" if page == 1 else "../"
    lines = lines.replace("../info", f"{prefix}../info")
    onward = (
        f'<a href="{prefix}{urls[page]}" class="Next">下页</a><a href="{prefix}{urls[2]}" class="Next">尾页</a>'
        if page < 3
        else ""
    )
    pager = f'<div class="pb_sys_common"><span class="p_t">共{len(NEWS)}条</span><span class="p_t">{page}/3</span>{onward}</div>'
    return _list(
        "工作动态", "/xwzx/gzdt.htm", [("新闻中心", "/xwzx/gzdt.htm")], f"<ul>{lines}</ul>", pager
    )


def _notices() -> str:
    lines = "".join(
        f'<tr height="20" id="lineu9_{number}"><td width="8"><span class="leaderfont">·</span></td>'
        f'<td><a class="c9" href="{row.url}" title="{row.title}" target="_blank">{row.title}</a></td>'
        f'<td width="1%" nowrap><span class="timestyle9">{row.day:%Y/%m/%d}&nbsp;</span></td></tr>'
        for number, row in enumerate(NOTICES)
    )
    return _list(
        "通知公告", "/xwzx/tzgg.htm", [("新闻中心", "/xwzx/gzdt.htm")], f'<table class="winstyle9" width="100%">{lines}</table>'
    )  # fmt: skip


def _forms(first: bool) -> str:
    """The rows of the first page have no day, those of the second have."""
    part = FORMS if first else GUIDES
    lines = "".join(
        f'<li><a href="{row.url}">{row.title}</a>{"" if first else f"<span>{row.day}</span>"}</li>'
        for row in part
    )
    pager = '<div class="pages">首页 上页 <a href="/xzzx/1.htm">下页</a> <a href="/xzzx/1.htm">尾页</a> 共2页</div>'
    return _list("资料下载", "/xzzx.htm", [], f"<ul>{lines}</ul>", pager if first else "")


def _exams() -> str:
    lines = "".join(
        f'<li><a href="{row.url}">{row.title}</a><i>({row.day.year}年{row.day.month}月{row.day.day}日)</i></li>'
        for row in EXAMS
    )
    side = "".join(
        f'<li><a href="{row.url}">{row.title}</a><span>{row.day}</span></li>' for row in NEWS[:3]
    )
    box = f'<div class="side"><h3>点击排行</h3><ul>{side}</ul></div>'
    return _list("人事考试", "/rsks.htm", [], f"<ul>{lines}</ul>{box}")


def _article(row: Row, column: tuple[str, str], text: str = "", info: str | None = None) -> str:
    crumbs = _crumbs(("首页", "/index.htm"), column).replace("</div>", " &gt;&gt; 正文</div>")
    said = (
        f"时间：{row.day} 作者：　点击：[<script>_showDynClicks('wbnews', 1, 1)</script>]"
        if info is None
        else info
    )
    turn = f'<p>上一条：<a href="{NEWS[0].url}">{NEWS[0].title}</a> 2020-06-24</p><p>下一条：<a href="{NOTICES[0].url}">{NOTICES[0].title}</a></p>'
    body = f"""{crumbs}<form name="_newscontent_fromname"><div><h1 align="center">{row.title}</h1><div align="center">{said}</div>
<div id="vsb_content"><div class="v_news_content">{text or paragraphs(row.day.day)}</div></div>{turn}</div></form>"""
    return _page(f"{row.title}-{NAME}", body)


def _articles() -> dict[str, str]:
    news, notices = ("工作动态", "/xwzx/gzdt.htm"), ("通知公告", "/xwzx/tzgg.htm")
    made = {row.url: _article(row, news) for row in NEWS}
    made |= {row.url: _article(row, notices) for row in NOTICES}
    made |= {row.url: _article(row, ("人事考试", "/rsks.htm")) for row in EXAMS}
    made |= {
        row.url: _article(row, ("资料下载", "/xzzx.htm"), info="") for row in (*FORMS, *GUIDES)
    }
    signed = (
        paragraphs(3)
        + '<p style="text-align: right;">示例县人力资源和社会保障局</p><p style="text-align: right;">二〇二〇年五月二十七日</p>'
    )
    made[NOTICES[1].url] = _article(NOTICES[1], notices, signed, info="")
    event = paragraphs(4) + (
        "<p>考试时间：2020年7月11日上午9:00，报名时间：2020-06-18至2020-06-28。</p>"
        '<p>附件：<a href="/system/_content/download.jsp?urltype=news.DownloadAttachUrl&amp;owner=1&amp;wbfileid=901">岗位表2020-06-01.xls</a></p>'
    )
    made[EXAMS[0].url] = _article(EXAMS[0], ("人事考试", "/rsks.htm"), event)
    return made


def _home() -> str:
    lines = "".join(
        f'<li><a href="{row.url}">{row.title}</a><span>{row.day:%Y.%m.%d}</span></li>'
        for row in (*NEWS[:3], *NOTICES[:2])
    )
    pictures = "".join(
        f'<li><a href="{row.url}"><img src="/images/{row.compact}.jpg"><p>{row.title}</p></a></li>'
        for row in NEWS[:2]
    )
    return _page(
        NAME,
        f'<div class="focus"><ul>{pictures}</ul></div><div class="box"><h3>最新动态</h3><ul>{lines}</ul></div>{SLIPPED_IN}',
    )


ABOUT = (
    "<div id='vsb_content'>"
    + "<p>示例县人力资源和社会保障局是县人民政府工作部门，成立于2010年3月，内设若干股室，负责全县就业、社会保险、人事人才和劳动关系等工作。</p>"
    * 3
    + "</div>"
)

SITE = Site(
    files={
        "/": _home(),
        "/index.htm": _home(),
        "/dwgk.htm": _list("单位概况", "/dwgk.htm", [], ABOUT),
        "/xwzx/gzdt.htm": _news(NEWS[:3], 1),
        "/xwzx/gzdt/2.htm": _news(NEWS[3:5], 2),
        "/xwzx/gzdt/1.htm": _news(NEWS[5:], 3),
        "/xwzx/tzgg.htm": _notices(),
        "/rsks.htm": _exams(),
        "/xzzx.htm": _forms(first=True),
        "/xzzx/1.htm": _forms(first=False),
        "/cwgk.htm": _list(
            "财务公开", "/cwgk.htm", [], "<ul></ul>", '<div class="pb_sys_common">共0条 0/0</div>'
        ),
        "/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid=901": File(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
            content_type="application/octet-stream",
        ),
        "/search.jsp": _page(f"站内搜索-{NAME}", "<h1>站内搜索</h1>"),
        **_articles(),
    },
    encoding="utf-8",
    content_type="text/html",
    missing=File(
        "<html><head><title>404 Not Found</title></head><body>404 Not Found</body></html>", 404
    ),
    index="index.htm",
)
