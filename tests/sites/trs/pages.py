"""A county's transport bureau in the manner of TRS WCM: folders, `t20200622_1001.html`, createPageHTML."""

from collections.abc import Mapping, Sequence

from tests.sites.texts import Row, paragraphs, rows, title
from tests.sites.visited import HOST, File, Site

NAME = "示例县交通运输局"
DOCUMENT = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"

NEWS = rows(
    "/xwdt/jtyw/{m}/t{d}_{n}.html",
    1001,
    ["2020-06-22", "2020-06-18", "2020-06-11", "2020-06-02", "2020-05-26", "2020-05-12"],
)
PINNED = rows("/xwdt/jtyw/{m}/t{d}_{n}.html", 1009, ["2019-03-05"])[0]
WORK = rows(
    "/xwdt/gzdt/{m}/t{d}_{n}.html",
    1020,
    ["2020-06-16", "2020-06-10", "2020-03-05", "2019-12-18", "2019-11-07"],
)
NOTICES = rows(
    "/zwgk/tzgg/{m}/t{d}_{n}.html",
    1040,
    ["2020-06-23", "2020-06-19", "2020-06-15", "2020-05-20", "2020-05-08", "2020-04-17", "2020-04-02", "2020-03-19"],
)  # fmt: skip
POLICIES = rows(
    "/zwgk/zcwj/{m}/t{d}_{n}.html", 1060, ["2020-05-28", "2020-03-30", "2020-01-16", "2019-12-02"]
)
PERSONNEL = rows("/zwgk/rsxx/{m}/t{d}_{n}.html", 1080, ["2020-06-08", "2020-04-27", "2020-03-02"])
TOPIC = rows("/ztzl/lszt/jnxc/{m}/t{d}_{n}.html", 1100, ["2018-06-15", "2018-06-12", "2018-06-11"])

MENU = """
<div class="nav"><ul id="menu">
<li><a href="/">首页</a></li>
<li><a href="/jggk/">机构概况</a><ul class="sub" style="display:none">
  <li><a href="/jggk/zyzn/">主要职能</a></li><li><a href="/jggk/ldxx/">领导信息</a></li></ul></li>
<li><a href="/xwdt/">新闻动态</a><ul class="sub" style="display:none">
  <li><a href="/xwdt/jtyw/">交通要闻</a></li><li><a href="/xwdt/gzdt/">工作动态</a></li></ul></li>
<li><a href="/zwgk/">政务公开</a><ul class="sub" style="display:none">
  <li><a href="/zwgk/tzgg/">通知公告</a></li><li><a href="/zwgk/zcwj/">政策文件</a></li>
  <li><a href="/zwgk/xzcf/">行政处罚</a></li><li><a href="/zwgk/rsxx/">人事信息</a></li>
  <li><a href="http://www.example.com/wsbs/" target="_blank">网上办事</a></li></ul></li>
<li><a href="/ztzl/">专题专栏</a><ul class="sub" style="display:none">
  <li><a href="/ztzl/lszt/jnxc/">2018年节能宣传周</a></li></ul></li>
</ul></div>"""

FOOTER = """
<div class="footer">
<p><a href="/wzdt/">网站地图</a> | <a href="/lxwm/">联系我们</a></p>
<p>主办单位：示例县交通运输局　地址：示例县示例路1号　联系电话：0870-0000000</p>
<p>版权所有 © 2012-2020　滇ICP备00000000号　<a href="http://www.example.com/beian">滇公网安备 53000000000000号</a></p>
<p>网站标识码：5306000000</p>
<script src="http://dcs.conac.cn/js/26/000/0000/00000000/CA260000000000000000000.js"></script>
<script id="_jiucuo_" sitecode="5306000000" src="http://pucha.kaipuyun.cn/exposure/jiucuo.js"></script>
</div>"""

SEARCH = (
    '<form action="/search/" method="get"><input name="searchword" placeholder="请输入关键字">'
    '<input type="submit" value="搜索"></form>'
)


def _page(head: str, body: str, name: str) -> str:
    """A page in the site's frame; the clock above the menu shows the day of the visit."""
    return f"""<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>{name}</title>
<meta name="SiteName" content="{NAME}"><meta name="SiteDomain" content="{HOST}">
<meta name="SiteIDCode" content="5306000000">{head}</head>
<body>
<div class="top"><span id="clock">今天是：2020年6月24日 星期三</span>{SEARCH}</div>
<div class="banner"><img src="/images/banner.jpg" alt="{NAME}" width="1200" height="180"></div>
{MENU}
<div class="main">{body}</div>
{FOOTER}
</body></html>"""


def _crumbs(*steps: tuple[str, str]) -> str:
    links = [f'<a href="{url}" class="CurrChnlCls">{text}</a>' for text, url in steps]
    return f'<div class="dqwz">现在位置：{" &gt; ".join(links)}</div>'


def _channel(name: str, kind: str, steps: Sequence[tuple[str, str]], content: str) -> str:
    head = (
        f'<meta name="ColumnName" content="{name}"><meta name="ColumnDescription" content="{name}栏目">'
        f'<meta name="ColumnKeywords" content="{name}"><meta name="ColumnType" content="{kind}">'
    )
    body = f'{_crumbs(("首页", "/"), *steps)}<div class="list_tit">{name}</div>{content}'
    return _page(head, body, f"{name}_{NAME}")


def _article(
    row: Row, column: tuple[str, str], text: str, *, meta: str = "", label: str = ""
) -> str:
    """`meta` and `label`: the dates it shows, else the row's own."""
    head = (
        f'<meta name="ColumnName" content="{column[0]}"><meta name="ColumnType" content="工作动态">'
        f'<meta name="ColumnDescription" content="{column[0]}栏目"><meta name="ColumnKeywords" content="{column[0]}">'
        f'<meta name="ArticleTitle" content="{row.title}"><meta name="PubDate" content="{meta or row.day} 09:30">'
        f'<meta name="ContentSource" content="{NAME}">'
    )
    body = f"""{_crumbs(("首页", "/"), column)}
<div class="xl"><div class="xl_title">{row.title}</div>
<div class="xl_info">发布时间：{label or row.day} 09:30　来源：{NAME}　字号：大 中 小　<a href="javascript:window.print()">打印</a></div>
<div class="TRS_Editor">{text}</div></div>"""
    return _page(head, body, f"{row.title}_{NAME}")


def _simple(found: Sequence[Row]) -> str:
    """Date behind the link."""
    return "".join(
        f'<li><a href="{row.url}" title="{row.title}">{row.title}</a><span>{row.day}</span></li>'
        for row in found
    )


def _hot() -> str:
    """The most read of the whole site: newer than the column beside which it stands."""
    return (
        '<div class="right"><div class="hot"><h3>热门文章</h3><ul>'
        f"{_simple([NOTICES[0], NOTICES[1], NEWS[0]])}</ul></div></div>"
    )


def _news(part: Sequence[Row], pinned: str = "") -> str:
    content = f"""<div class="left"><ul class="list_con">{pinned}{_simple(part)}</ul>
<div class="page"><script>createPageHTML(2, {0 if pinned else 1}, "index", "html");</script></div></div>{_hot()}"""
    return _channel(
        "交通要闻", "工作动态", [("新闻动态", "/xwdt/"), ("交通要闻", "/xwdt/jtyw/")], content
    )


def _work() -> str:
    """[06-16] under the heading of its year."""
    years = {year: [row for row in WORK if row.day.year == year] for year in (2020, 2019)}
    content = "".join(
        f"<h4>{year}年</h4><ul>"
        + "".join(
            f'<li><a href="{row.url}">{row.title}</a> <span>[{row.month_day}]</span></li>'
            for row in found
        )
        + "</ul>"
        for year, found in years.items()
    )
    return _channel(
        "工作动态", "工作动态", [("新闻动态", "/xwdt/"), ("工作动态", "/xwdt/gzdt/")],
        f'<div class="left">{content}</div>',
    )  # fmt: skip


def _notices(folder: str, part: Sequence[Row], page: int, above: tuple[str, str]) -> str:
    """A definition list, the date before the link; three pages."""
    content = "".join(
        f'<dt>{row.day}</dt><dd><a href="{row.url}">{row.title}</a></dd>' for row in part
    )
    pager = f'<script>createPageHTML(3, {page}, "index", "html");</script>'
    return _channel(
        "通知公告", "通知公告", [above, ("通知公告", folder)],
        f'<dl class="gg">{content}</dl><div class="page">{pager}</div>',
    )  # fmt: skip


def _policies() -> str:
    """A table with the day of writing beside that of publication."""
    lines = "".join(
        f'<tr><td>{number}</td><td><a href="{row.url}">{row.title}</a></td>'
        f"<td>示交〔{row.day.year}〕{number}号</td><td>{row.day.replace(day=1)}</td><td>{row.day}</td></tr>"
        for number, row in enumerate(POLICIES, start=1)
    )
    content = (
        '<table class="zcwj"><tr><th>序号</th><th>标题</th><th>文号</th><th>成文日期</th>'
        f"<th>发布日期</th></tr>{lines}</table>"
    )
    return _channel(
        "政策文件", "政策文件", [("政务公开", "/zwgk/"), ("政策文件", "/zwgk/zcwj/")], content
    )


def _personnel() -> str:
    """Month and day only, no year anywhere: only the articles know it; one row leads elsewhere."""
    lines = "".join(
        f'<li><span class="date">{row.month_day}</span><a href="{row.url}">{row.title}</a></li>'
        for row in PERSONNEL
    )
    foreign = (
        '<li><span class="date">06-20</span>'
        '<a href="http://www.example.com/rs/12.html">全省交通运输系统公开招聘工作安排</a></li>'
    )
    return _channel(
        "人事信息", "信息公开目录", [("政务公开", "/zwgk/"), ("人事信息", "/zwgk/rsxx/")],
        f'<ul class="list_con">{foreign}{lines}</ul>',
    )  # fmt: skip


def _front(name: str, url: str, boxes: Mapping[tuple[str, str], Sequence[Row]]) -> str:
    """A page of boxes, each with a link to more: the parent of columns, no column itself."""
    content = "".join(
        f'<div class="box"><div class="box_tit"><h2>{text}</h2><a class="more" href="{link}">更多</a></div>'
        f"<ul>{_simple(found)}</ul></div>"
        for (text, link), found in boxes.items()
    )
    return _channel(name, "工作动态", [(name, url)], content)


def _home() -> str:
    boxes = {
        ("交通要闻", "/xwdt/jtyw/"): NEWS[:4],
        ("工作动态", "/xwdt/gzdt/index.html"): WORK[:3],
        ("通知公告", "/zfxxgk/tzgg/"): NOTICES[:3],
    }
    content = "".join(
        f'<div class="box"><h2><a href="{link}">{text}</a></h2><a href="{link}" class="more">更多&gt;&gt;</a><ul>'
        + "".join(
            f'<li><a href="{row.url}">{row.title}</a><span>[{row.month_day}]</span></li>'
            for row in found
        )
        + "</ul></div>"
        for (text, link), found in boxes.items()
    )
    return _page("", content, NAME)


def _bodies() -> dict[str, str]:
    """The articles whose text says more than usual."""
    pick = {row.url: row for row in (*NEWS, *NOTICES, *POLICIES)}
    dated = (
        "<p>2020年5月1日至2020年12月31日，在全县范围内开展检查；2019年8月15日印发的方案同时废止。</p>"
        "<p>联系电话：0870-0000000，邮编：657000。</p>"
    )
    signed = '<p style="text-align:right">示例县交通运输局</p><p style="text-align:right">二〇二〇年五月二十六日</p>'
    files = (
        '<p>附件：<a href="./P020200101300000000001.pdf">1.2019年度考核结果（2020年1月1日）.pdf</a></p>'
        '<p><a href="./P020200101300000000002.pdf">2.示例表格.pdf</a></p>'
        '<p><a href="./P020200101300000000003.doc">3.示例表格.doc</a></p>'
        '<p><a href="./P020200101300000000004.xls">4.示例表格.xls</a></p>'
    )
    extra = {NEWS[1].url: dated, POLICIES[0].url: signed, NOTICES[2].url: files}
    return {url: paragraphs(number) + extra.get(url, "") for number, url in enumerate(pick)}


def _articles() -> dict[str, File | str]:
    columns = {
        ("交通要闻", "/xwdt/jtyw/"): [PINNED, *NEWS],
        ("工作动态", "/xwdt/gzdt/"): WORK,
        ("通知公告", "/zwgk/tzgg/"): NOTICES,
        ("政策文件", "/zwgk/zcwj/"): POLICIES,
        ("人事信息", "/zwgk/rsxx/"): PERSONNEL,
        ("2018年节能宣传周", "/ztzl/lszt/jnxc/"): TOPIC,
    }
    bodies = _bodies()
    made: dict[str, File | str] = {
        row.url: _article(row, column, bodies.get(row.url, paragraphs(number)))
        for column, found in columns.items()
        for number, row in enumerate(found)
    }
    doubtful, future = NOTICES[5], NOTICES[6]
    notices = ("通知公告", "/zwgk/tzgg/")
    made[doubtful.url] = _article(doubtful, notices, paragraphs(5), label="2020-03-17")
    made[future.url] = _article(
        future, notices, paragraphs(6), meta="2020-12-01", label="2020-12-01"
    )
    return made


def _files() -> dict[str, File | str]:
    statement = '<div class="list_con"><p>本月无行政处罚信息。</p><p>2020-06-05</p></div>'
    offices = "".join(
        f"<p>（{number}）负责全县{title(number)[-12:]}有关工作，承担相应的组织、协调和监督职责。</p>"
        for number in range(1, 9)
    )
    leaders = "".join(
        f'<div class="ld"><h3>{name}</h3><p>职务：{post}。{"负责机关有关工作，联系基层单位。" * 3}</p></div>'
        for name, post in (("李示例", "局长"), ("王示例", "副局长"), ("张示例", "副局长"))
    )
    site_map = "".join(
        f'<dl><dt><a href="/{folder}/">{name}</a></dt>'
        + "".join(f'<dd><a href="/{folder}/{one}/">{text}</a></dd>' for text, one in below)
        + "</dl>"
        for name, folder, below in (
            ("机构概况", "jggk", (("主要职能", "zyzn"), ("领导信息", "ldxx"))),
            ("新闻动态", "xwdt", (("交通要闻", "jtyw"), ("工作动态", "gzdt"))),
            (
                "政务公开",
                "zwgk",
                (("通知公告", "tzgg"), ("政策文件", "zcwj"), ("人事信息", "rsxx")),
            ),
        )
    )
    archive = f'<ul class="list_con">{_simple(TOPIC)}</ul>'
    folder = "/zwgk/tzgg/" + f"{NOTICES[2].day:%Y%m}/P0202001013000000000"
    return {
        "/": _home(),
        "/xwdt/": _front(
            "新闻动态",
            "/xwdt/",
            {("交通要闻", "/xwdt/jtyw/"): NEWS[:3], ("工作动态", "/xwdt/gzdt/"): WORK[:3]},
        ),
        "/xwdt/jtyw/": _news(NEWS[:3], "".join(f"<li><b>[置顶]</b>{_simple([PINNED])[4:]}")),
        "/xwdt/jtyw/index_1.html": _news(NEWS[3:]),
        "/xwdt/gzdt/": _work(),
        "/zwgk/": '<html><head><meta http-equiv="refresh" content="0;url=./tzgg/"></head><body></body></html>',
        **{
            f"{folder}{page or ''}": _notices(folder, part, number, above)
            for folder, above in (
                ("/zwgk/tzgg/", ("政务公开", "/zwgk/")),
                ("/zfxxgk/tzgg/", ("政府信息公开", "/zfxxgk/tzgg/")),
            )
            for number, (page, part) in enumerate(
                (("", NOTICES[:3]), ("index_1.html", NOTICES[3:6]), ("index_2.html", NOTICES[6:]))
            )
        },
        "/zwgk/zcwj/": _policies(),
        "/zwgk/xzcf/": _channel(
            "行政处罚", "信息公开目录", [("政务公开", "/zwgk/"), ("行政处罚", "/zwgk/xzcf/")], statement
        ),
        "/zwgk/rsxx/": _personnel(),
        "/ztzl/": '<html><body><script>window.location.href="/ztzl/lszt/jnxc/";</script></body></html>',
        "/ztzl/lszt/jnxc/": _channel(
            "2018年节能宣传周",
            "工作动态",
            [("专题专栏", "/ztzl/"), ("历史专题", ""), ("2018年节能宣传周", "/ztzl/lszt/jnxc/")],
            archive,
        ),
        "/jggk/": '<html><head><meta http-equiv="refresh" content="0; URL=/jggk/zyzn/"></head></html>',
        "/jggk/zyzn/": _channel(
            "主要职能", "机构职能", [("机构概况", "/jggk/"), ("主要职能", "/jggk/zyzn/")],
            f'<div class="TRS_Editor">{offices}</div>',
        ),
        "/jggk/ldxx/": _channel(
            "领导信息", "负责人信息", [("机构概况", "/jggk/"), ("领导信息", "/jggk/ldxx/")], leaders
        ),
        "/lxwm/": _channel(
            "联系我们", "", [("联系我们", "/lxwm/")],
            "<div class='TRS_Editor'><p>地址：示例县示例路1号</p><p>电话：0870-0000000</p>"
            "<p>乘车路线：可乘示例公交1路、2路到示例路站下车。办公时间：周一至周五上午8:30至12:00，"
            "下午14:30至18:00，法定节假日除外。如需咨询，请在办公时间拨打上述电话。</p></div>",
        ),
        "/wzdt/": _channel("网站地图", "", [("网站地图", "/wzdt/")], f'<div class="map">{site_map}</div>'),
        "/search/": _page("", "<h1>站内搜索</h1><p>请输入关键字。</p>", f"站内搜索_{NAME}"),
        **_articles(),
        f"{folder}01.pdf": File(DOCUMENT, content_type="application/pdf"),
        f"{folder}02.pdf": File("<html><body>系统错误</body></html>", content_type="application/pdf"),
        f"{folder}03.doc": File(b"", content_type="application/msword"),
    }  # fmt: skip


SITE = Site(
    files=_files(),
    encoding="utf-8",
    content_type="text/html",
    missing=File("<html><title>404 Not Found</title><h1>404 Not Found</h1></html>", 404),
)
