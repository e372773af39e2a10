"""A city's bureau in the manner of SiteServer, in GBK: `/channels/12_2.html`, a not-found page with status 200."""

from collections.abc import Sequence

from tests.sites.texts import Row, paragraphs, rows
from tests.sites.visited import File, Site

NAME = "示例市生态环境局"

NEWS = rows(
    "/contents/12/{n}.html", 401, ["2020-06-21", "2020-06-16", "2020-06-13", "2020-06-04", "2020-05-25"]
)  # fmt: skip
NOTICES = rows("/contents/13/{n}.html", 420, ["2020-06-10", "2020-06-10", "2020-04-22"])
STALE = rows("/contents/15/{n}.html", 440, ["2020-05-30", "2020-05-07", "2020-04-13"])
POLICIES = rows("/contents/17/{n}.html", 460, ["2020-05-14", "2020-03-20"])
INTERPRETATIONS = rows("/contents/16/{n}.html", 470, ["2020-05-15", "2020-03-23"])
PARTY = rows(
    "/party/content_{n}.htm", 480, ["2020-06-22", "2020-06-11", "2020-05-21", "2020-04-30"]
)
PROPOSALS = rows(
    "/content.aspx?id={n}", 500, ["2020-06-02", "2020-05-28", "2020-03-11", "2020-03-10"]
)

CHANNELS = {
    "环境要闻": "/channels/12.html",
    "公示公告": "/channels/13.html",
    "工作动态": "/channels/15.html",
    "政策文件": "/channels/17.html",
    "政策解读": "/channels/16.html",
    "党建工作": "/party/list.htm",
    "建议提案": "/list.aspx?id=31",
    "财政信息": "/channels/14.html",
}
TITLES = {
    POLICIES[0].url: "示例市生态环境局关于印发示例市砂石料场扬尘管控办法的通知",
    POLICIES[1].url: "示例市生态环境局关于加强饮用水水源地巡查工作的意见",
    INTERPRETATIONS[0].url: "《示例市砂石料场扬尘管控办法》解读",
    INTERPRETATIONS[1].url: "《示例市生态环境局关于加强饮用水水源地巡查工作的意见》解读",
    NOTICES[0].url: "关于甲示例加工厂环境影响报告表的公示",
    NOTICES[1].url: "关于乙示例加工厂环境影响报告表的公示",
    NEWS[3].url: "关于网站出现“页面不存在”问题的情况说明",
}

HEADER = (
    '<div class="header"><div class="fr"><form action="/utils/search.aspx" method="get"><input name="word" value="请输入关键词">'
    '<input type="submit" value="搜索"></form></div></div><div class="navbox"><a href="/index.html">网站首页</a>'
    + "".join(f'<a href="{url}">{name}</a>' for name, url in CHANNELS.items())
    + "</div>"
)
FOOTER = """<table class="foot" width="100%"><tr><td align="center">主办单位：示例市生态环境局　联系电话：0000-0000000</td></tr>
<tr><td align="center">滇ICP备00000004号　滇公网安备53000000000004号　网站标识码：5300000004</td></tr>
<tr><td align="center"><script src="http://dcs.conac.cn/js/26/000/0000/00000004/CA260000000000000000004.js"></script>
<a href="http://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=5300000014">我为政府网站找错</a></td></tr></table>"""


def _title(row: Row) -> str:
    return TITLES.get(row.url, row.title)


def _page(title: str, body: str, head: str = "") -> str:
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312" /><title>{title}</title>
<meta name="others" content="页面生成时间 2020-06-24 02:00:01" />{head}</head><body>{HEADER}{body}{FOOTER}</body></html>"""


def _channel(name: str, content: str) -> str:
    place = f'<div class="weizhi">您所在的位置：<a href="/index.html">网站首页</a> / <a href="{CHANNELS[name]}">{name}</a></div>'
    return _page(
        f"{NAME} - {name}", f'<div class="wrap">{place}<div class="bt">{name}</div>{content}</div>'
    )


def _cards(part: Sequence[Row], page: int) -> str:
    """Boxes with a summary that holds other days."""
    cards = "".join(
        f'<div class="item"><h4><a href="{row.url}">{_title(row)}</a></h4><p>2019年12月30日以来，示例市继续推进各项整治工作。</p>'
        f'<span class="time">{row.day}</span></div>'
        for row in part
    )
    other = (
        '<a href="/channels/12_2.html">下一页</a> <a href="/channels/12_2.html">末页</a>'
        if page == 1
        else '<a href="/channels/12.html">上一页</a>'
    )
    return _channel(
        "环境要闻",
        f'<div class="items">{cards}</div><div class="fenye">第{page}页/共2页 {other}</div>',
    )


def _plain(name: str, found: Sequence[Row], extra: str = "", pager: str = "") -> str:
    lines = "".join(
        f'<li><span>{row.day:%Y.%m.%d}</span><a href="{row.url}">{_title(row)}</a></li>'
        for row in found
    )
    return _channel(name, f'<ul class="lb">{extra}{lines}</ul>{pager}')


def _article(row: Row, column: str, text: str, *, head: str = "", info: str = "") -> str:
    place = f'<div class="weizhi">您所在的位置：<a href="/index.html">网站首页</a> / <a href="{CHANNELS[column]}">{column}</a> / 正文</div>'
    said = info or f"发布日期：{row.day}　来源：本局"
    body = f'<div class="wrap">{place}<h1>{_title(row)}</h1><div class="xx">{said}</div><div class="content" id="zoom">{text}</div></div>'
    return _page(f"{_title(row)} - {NAME}", body, head)


def _policies() -> dict[str, str]:
    """Two policies with an interpretation each: one pair is linked both ways, the other not at all."""
    number = "<p>示环〔2020〕{}号</p>"
    sign = '<p align="right">示例市生态环境局</p><p align="right">二〇二〇年五月十二日</p>'
    first = (
        number.format(3)
        + paragraphs(5)
        + sign
        + f'<p>相关解读：<a href="{INTERPRETATIONS[0].url}">{TITLES[INTERPRETATIONS[0].url]}</a></p>'
    )
    back = (
        paragraphs(6)
        + f'<p>政策原文：<a href="{POLICIES[0].url}">{TITLES[POLICIES[0].url]}</a></p>'
    )
    return {
        POLICIES[0].url: _article(POLICIES[0], "政策文件", first),
        POLICIES[1].url: _article(POLICIES[1], "政策文件", number.format(2) + paragraphs(7)),
        INTERPRETATIONS[0].url: _article(INTERPRETATIONS[0], "政策解读", back),
        INTERPRETATIONS[1].url: _article(INTERPRETATIONS[1], "政策解读", paragraphs(8)),
    }


def _articles() -> dict[str, str]:
    """PubDate's relatives stand in the head; the notices are one text with another name."""
    same = "<p>根据有关规定，现将该项目环境影响报告表予以公示，公示期为五个工作日。联系电话：0000-0000000。</p>"
    made = {
        row.url: _article(
            row,
            "环境要闻",
            paragraphs(row.day.day),
            head=f'<meta name="publishdate" content="{row.day}" />',
        )
        for row in NEWS
    }
    made |= {row.url: _article(row, "公示公告", same) for row in NOTICES}
    made |= {
        row.url: _article(
            row, "工作动态", paragraphs(row.day.day),
            head=f'<meta property="article:published_time" content="{row.day}T08:30:00+08:00" />', info="来源：本局",
        )
        for row in STALE
    }  # fmt: skip
    made |= {
        row.url: _article(
            row, "党建工作", paragraphs(row.day.day), info=f"发布于：{row.day}　编辑：办公室"
        )
        for row in PARTY
    }
    made |= {
        row.url: _article(row, "建议提案", paragraphs(row.day.day), info=f"公开时间：{row.day}")
        for row in PROPOSALS
    }
    return made | _policies()


def _home() -> str:
    lines = "".join(
        f'<li><a href="{row.url}">{_title(row)}</a><em>{row.month_day}</em></li>'
        for row in (*NEWS[:3], *PARTY[:2])
    )
    gone = '<li><a href="/contents/12/399.html">示例市开展入河排污口排查工作</a><em>05-01</em></li>'
    return _page(
        NAME,
        f'<div class="wrap"><div class="k"><h3>环境要闻</h3><a href="/channels/12.html">更多</a><ul>{lines}{gone}</ul></div></div>',
    )


SITE = Site(
    files={
        "/": _home(),
        "/index.html": _home(),
        "/channels/12.html": _cards(NEWS[:3], 1),
        "/channels/12_2.html": _cards(NEWS[3:], 2),
        "/channels/13.html": _plain(
            "公示公告",
            NOTICES,
            '<li><span>2020.05.06</span><a href="/contents/13/398.html">关于丙示例加工厂环境影响报告表的公示</a></li>',
        ),
        "/channels/14.html": _channel("财政信息", '<div class="lb">暂无内容</div>'),
        "/channels/15.html": _plain("工作动态", STALE),
        "/channels/16.html": _plain("政策解读", INTERPRETATIONS),
        "/channels/17.html": _plain("政策文件", POLICIES),
        "/party/list.htm": _plain(
            "党建工作",
            PARTY[:2],
            pager='<div class="page">1 <a href="list1.htm">2</a> <a href="list1.htm">下一页</a></div>',
        ),
        "/party/list1.htm": _plain(
            "党建工作",
            PARTY[2:],
            pager='<div class="page"><a href="list.htm">上一页</a> <a href="list.htm">1</a> 2</div>',
        ),
        "/list.aspx?id=31": _plain(
            "建议提案",
            PROPOSALS[:2],
            pager='<div class="page"><a href="?id=31&amp;page=2">下一页</a></div>',
        ),
        "/list.aspx?id=31&page=2": _plain(
            "建议提案",
            PROPOSALS[2:],
            pager='<div class="page"><a href="?id=31&amp;page=1">上一页</a></div>',
        ),
        "/list.aspx?id=31&page=1": _plain(
            "建议提案",
            PROPOSALS[:2],
            pager='<div class="page"><a href="?id=31&amp;page=2">下一页</a></div>',
        ),
        "/utils/search.aspx": _page(f"站内搜索 - {NAME}", "<h1>站内搜索</h1>"),
        **_articles(),
    },
    encoding="gb18030",
    content_type="text/html",
    missing=File(
        _page(
            f"提示信息 - {NAME}",
            '<div class="wrap"><div class="msg"><img src="/images/warn.gif">抱歉，您访问的页面不存在或已被删除！<a href="/index.html">返回首页</a></div></div>',
        )
    ),
)
