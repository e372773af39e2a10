"""A county's office in the manner of old ASP: a frameset, tables within tables, GBK behind a gb2312 label."""

from collections.abc import Sequence

from tests.sites.texts import Row, paragraphs, rows
from tests.sites.visited import File, Site

NAME = "示例县公路管理所"

NEWS = rows(
    "/show.asp?id={n}", 601, ["2020-06-19", "2020-06-14", "2020-06-12", "2020-06-05", "2020-05-18", "2020-05-09"]
)  # fmt: skip
NOTICES = rows("/show.asp?id={n}", 620, ["2020-06-08", "2020-04-28", "2020-03-31"])
RULES = rows("/show.asp?id={n}", 640, ["2011-07-01", "2004-05-01", "1998-01-01"])
OLD = rows("/html/2019/{day.month:02}/{n}.htm", 660, ["2019-10-16", "2019-06-25"])

LISTS = {
    "交通新闻": "list.asp?classid=1",
    "通知公告": "list.asp?classid=2",
    "法律法规": "list.asp?classid=3",
    "工作总结": "list.asp?classid=4",
}

FOOTER = """<table width="780" border="0" align="center" bgcolor="#0066CC"><tr><td align="center"><font color="#FFFFFF">版权所有：示例县公路管理所 2005-2020<br>
主办单位：示例县公路管理所　地址：示例县公路街5号　电话：0000-0000000<br>滇ICP备00000005号　滇公网安备 53000000000005号　网站标识码：5300000005</font>
<script src="http://dcs.conac.cn/js/26/000/0000/00000005/CA260000000000000000005.js"></script>
<a href="http://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=5300000005"><img src="images/jiucuo.png" border="0" alt="我为政府网站找错"></a></td></tr></table>"""

CLOCK = """<script language="JavaScript">var d=new Date();document.write(d.getFullYear()+"年"+(d.getMonth()+1)+"月"+d.getDate()+"日");</script>
<font color="red">现在是：2020年6月24日 星期三 您是第 102030 位访问者</font>"""


def _page(title: str, body: str) -> str:
    return f"""<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{title}</title>
</head>
<body bgcolor="#FFFFFF" topmargin="0">
{body}
{FOOTER}
</body>
</html>"""


def _top() -> str:
    cells = "".join(
        f'<td width="80" align="center"><a href="{url}" target="main"><font color="#FFFFFF">{name}</font></a></td>'
        for name, url in {
            "首页": "main.asp",
            **LISTS,
            "单位简介": "about.asp",
            "联系我们": "lxwm.asp",
        }.items()
    )
    return (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body>'
        f'<table width="780"><tr><td colspan="7"><img src="images/top.gif"></td></tr><tr bgcolor="#003399">{cells}</tr></table></body></html>'
    )


def _table(name: str, found: Sequence[Row], pager: str = "", *, dated: bool = True) -> str:
    lines = "".join(
        f'<tr><td width="20" align="center"><img src="images/arrow.gif"></td><td><a href="{row.url[1:]}" target="_blank"><font size="2">{row.title}</font></a></td>'
        + (
            f'<td width="90"><font color="#999999" size="2">({row.day.year}-{row.day.month}-{row.day.day})</font></td>'
            if dated
            else ""
        )
        + "</tr>"
        for row in found
    )
    return _page(
        f"{NAME}-{name}",
        f"""<table width="780" align="center"><tr><td valign="top" width="180">{_hot()}</td><td valign="top">
<table width="100%"><tr><td background="images/bg.gif"><font size="2">当前位置：<a href="main.asp">首页</a> -&gt; {name}</font></td></tr>
<tr><td><table width="100%" cellspacing="0">{lines}</table></td></tr><tr><td align="right"><font size="2">{pager}</font></td></tr></table></td></tr></table>""",
    )  # fmt: skip


def _hot() -> str:
    lines = "".join(
        f'<tr><td><font size="2">·<a href="{row.url[1:]}">{row.title}</a> 2020-6-{row.day.day}</font></td></tr>'
        for row in NEWS[:2]
    )
    return f'<table width="170" border="1"><tr><td bgcolor="#CCE6FF"><b>阅读排行</b></td></tr>{lines}</table>'


def _news(page: int) -> str:
    part = NEWS[:3] if page == 1 else NEWS[3:]
    back = '<a href="list.asp?classid=1&amp;page=1">首页</a> <a href="list.asp?classid=1&amp;page=1">上一页</a> 下一页 尾页'
    onward = '首页 上一页 <a href="list.asp?classid=1&amp;page=2">下一页</a> <a href="list.asp?classid=1&amp;page=2">尾页</a>'
    return _table("交通新闻", part, f"共6条 3条/页 页次：{page}/2 {onward if page == 1 else back}")


def _article(row: Row, name: str, info: str, text: str = "") -> str:
    return _page(
        f"{row.title}-{NAME}",
        f"""<table width="780" align="center"><tr><td><font size="2">当前位置：<a href="main.asp">首页</a> -&gt; {name} -&gt; 查看文章</font></td></tr>
<tr><td align="center"><font size="4" color="#FF0000"><b>{row.title}</b></font></td></tr><tr><td align="center"><font size="2">{info}</font></td></tr>
<tr><td><font size="3">{text or paragraphs(row.day.day)}</font></td></tr></table>""",
    )


def _home() -> str:
    """The page in the main frame: boxes of tables, and a notice that script scrolls by."""
    boxes = "".join(
        f'<td valign="top"><table width="380"><tr><td bgcolor="#99CCFF"><b>{name}</b></td><td align="right"><a href="{LISTS[name]}">更多...</a></td></tr>'
        + "".join(
            f'<tr><td><a href="{row.url[1:]}">{row.title}</a></td><td><font color="gray">[{row.day:%m-%d}]</font></td></tr>'
            for row in found
        )
        + "</table></td>"
        for name, found in (("交通新闻", NEWS[:4]), ("通知公告", NOTICES))
    )
    scroll = f"""<script>document.write('<marquee><a href="{NOTICES[0].url[1:]}">{NOTICES[0].title}</a></marquee>');</script>"""
    return _page(NAME, f"{CLOCK}{scroll}<table width='780' align='center'><tr>{boxes}</tr></table>")


FRAMES = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>{NAME}</title></head>
<frameset rows="160,*" frameborder="0"><frame name="top" src="top.asp" scrolling="no" noresize><frame name="main" src="main.asp"></frameset>
<noframes><body>您的浏览器不支持框架。</body></noframes></html>"""

ABOUT = (
    "<p>示例县公路管理所承担全县农村公路的养护、管理和技术服务工作，现有职工若干人，下设办公室、养护股、路政股。</p>"
    * 3
)

SITE = Site(
    files={
        "/": FRAMES,
        "/index.asp": FRAMES,
        "/top.asp": _top(),
        "/main.asp": _home(),
        "/list.asp?classid=1": _news(1),
        "/list.asp?classid=1&page=1": _news(1),
        "/list.asp?classid=1&page=2": _news(2),
        "/list.asp?classid=2": _table("通知公告", NOTICES),
        "/list.asp?classid=3": _table("法律法规", RULES),
        "/list.asp?classid=4": _table("工作总结", OLD, dated=False),
        "/about.asp": _table("单位简介", ()).replace(
            '<table width="100%" cellspacing="0"></table>', ABOUT
        ),
        "/lxwm.asp": _table("联系我们", ()).replace(
            '<table width="100%" cellspacing="0"></table>',
            "<p>地址：示例县公路街5号</p><p>电话：0000-0000000</p><p>办公时间：周一至周五上午8:30—12:00，下午2:30—6:00；来访请先打电话预约，也可以来信，信封上请写明收信的股室和联系方式，以便及时答复。</p>",
        ),
        **{
            row.url: _article(
                row,
                "交通新闻",
                f"录入时间：{row.day.year}-{row.day.month}-{row.day.day} 15:20:11　点击数：99",
            )
            for row in NEWS
        },
        **{
            row.url: _article(
                row,
                "通知公告",
                f"{row.day.year}年{row.day.month}月{row.day.day}日　来源：本所　阅读：20次",
            )
            for row in NOTICES
        },
        **{row.url: _article(row, "法律法规", f"发布时间：{row.day}") for row in RULES},
        **{row.url: _article(row, "工作总结", "作者：办公室") for row in OLD},
    },
    encoding="gb18030",
    content_type="text/html",
    missing=File(
        "<html><head><title>无法找到该页</title></head><body><h1>无法找到该页</h1>HTTP 错误 404</body></html>",
        404,
    ),
    index="index.asp",
)
