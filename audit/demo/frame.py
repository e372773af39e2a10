"""What every page of a demo site has around its content: head, menu, footer."""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from importlib import resources

from audit.demo import faults
from audit.demo.records import Article, Column, Material, Section

CHARSETS = {"utf-8": '<meta charset="utf-8">'}
# old sites say gb2312, and only here
OLD_CHARSET = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
HOST = "http://{site}.demo.invalid"
WEEKDAYS = "一二三四五六日"


def framed(
    site: Material,
    title: str,
    main: str,
    *,
    labels: Mapping[str, str] | None = None,
    where: Iterable[tuple[str, str]] = (),
    script: str = "",
) -> str:
    """A whole page: `labels` are its own meta labels, `where` its breadcrumb."""
    head = _head(site, title, labels or {}, script)
    crumbs = _breadcrumb(where)
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>{head}</head>\n<body>\n{_top(site)}'
        f"{_menu(site)}\n{crumbs}{main}\n{_footer(site)}\n</body>\n</html>\n"
    )


def rows(site: Material, articles: Iterable[Article], *, pinned: Iterable[Article] = ()) -> str:
    """The rows of a list, as items or as a table."""
    listed = [(article, True) for article in pinned] + [(article, False) for article in articles]
    if site.tables:
        lines = "".join(
            f'<tr><td>{_link(a, top=top)}</td><td class="day" width="110">{_day(a)}</td></tr>'
            for a, top in listed
        )
        return f'<table class="rows">{lines}</table>'
    lines = "".join(
        f'<li>{_link(a, top=top)}<span class="day">{_day(a)}</span></li>' for a, top in listed
    )
    return f'<ul class="rows">{lines}</ul>'


def block(site: Material, column: Column, number: int) -> str:
    """A card with the newest articles of a column."""
    body = column.note or rows(site, column.articles[:number], pinned=column.pinned[:1])
    return (
        f'<div class="card"><h2><span>{column.name}</span><a href="{column.path}">更多&gt;&gt;</a></h2>'
        f"{body}</div>"
    )


def encoded(site: Material, text: str) -> bytes:
    """The page as bytes in the site's encoding."""
    return text.encode(site.encoding, "xmlcharrefreplace")


def content_type(site: Material) -> str:
    """The header beside a page: old sites name no charset there."""
    return "text/html; charset=utf-8" if site.encoding == "utf-8" else "text/html"


def _day(article: Article) -> str:
    return "" if "list" in article.silent else f"{article.day:%Y-%m-%d}"


def _link(article: Article, *, top: bool) -> str:
    mark = "[置顶]" if top else ""
    title = escape(article.title)
    return f'<a href="{article.path}" title="{title}">{mark}{title}</a>'


def _head(site: Material, title: str, labels: Mapping[str, str], script: str) -> str:
    own = {"SiteName": site.name, "SiteDomain": HOST.format(site=site.id).partition("//")[2],
           "SiteIDCode": site.site_code}  # fmt: skip
    metas = "".join(
        f'<meta name="{name.lower() if site.tables else name}" content="{escape(value)}">\n'
        for name, value in {**own, **labels}.items()
    )
    charset = CHARSETS.get(site.encoding, OLD_CHARSET)
    theme = site.theme
    colours = (
        f":root{{--main:{theme.main};--dark:{theme.dark};--pale:{theme.pale};"
        f"--accent:{theme.accent};--ground:{theme.ground}}}"
    )
    full = site.name if title == site.name else f"{title}_{site.name}"
    return (
        f"{charset}\n<title>{escape(full)}</title>\n{metas}"
        f'<meta name="viewport" content="width=device-width">\n'
        f"<style>{colours}{_sheet()}</style>\n{script}"
    )


@cache
def _sheet() -> str:
    return (resources.files("audit.demo") / "style.css").read_text(encoding="utf-8")


def _top(site: Material) -> str:
    day = site.as_of
    clock = f"今天是{day.year}年{day.month}月{day.day}日　星期{WEEKDAYS[day.weekday()]}"
    first = site.sections[0]
    side = f'<a href="{first.leaves[-1].path if site.id != "department" else "/about/contact.html"}">联系我们</a>'
    if site.forbidden:
        side += f'<a href="{site.forbidden[0]}">办公平台</a>'
    box = _search_box(site) if site.search else _subscription_box()
    return (
        f'<div class="topbar"><div class="wide"><span>{clock}</span><span>{side}</span></div></div>'
        f'<div class="banner"><div class="wide"><div class="name"><div class="emblem">{_emblem(site)}</div>'
        f'<h1><a href="/">{site.name}</a><small>{_motto(site)}</small></h1></div>{box}</div></div>'
    )


def _emblem(site: Material) -> str:
    return {"department": "交", "highway": "路", "waterway": "航", "quality": "质"}.get(
        site.id, site.name[-1]
    )


def _motto(site: Material) -> str:
    return {
        "department": "DEPARTMENT OF TRANSPORT · 演示站点，内容均为虚构",
        "highway": "HIGHWAY BUREAU · 演示站点，内容均为虚构",
        "quality": "QUALITY SUPERVISION · 演示站点，内容均为虚构",
        "waterway": "WATERWAY BUREAU · 演示站点，内容均为虚构",
    }.get(site.id, "演示站点，内容均为虚构")


def _search_box(site: Material) -> str:
    named = "" if site.id == faults.NAMELESS else 'aria-label="站内搜索"'
    return (
        '<form action="/search" method="get"><input type="text" name="q" placeholder="请输入关键词" '
        f'{named}><button type="submit">搜索</button></form>'
    )


def _subscription_box() -> str:
    return (
        '<form class="subscribe" action="mailto:office@highway.example" method="post"><input type="email" '
        'name="mail" placeholder="电子邮箱" aria-label="订阅邮箱"><button type="submit">订阅</button></form>'
    )


def _menu(site: Material) -> str:
    entries = "".join(_entry(section) for section in site.sections)
    return f'<div class="menu"><ul><li><a href="/">首页</a></li>{entries}</ul></div>'


def _entry(section: Section) -> str:
    parts = [(part.name, part.path) for part in (*section.columns, *section.leaves)]
    below = "".join(f'<li><a href="{path}">{name}</a></li>' for name, path in parts)
    drop = f'<ul style="display:none">{below}</ul>' if len(parts) > 1 else ""
    return f'<li><a href="{section.path}">{section.name}</a>{drop}</li>'


def _breadcrumb(where: Iterable[tuple[str, str]]) -> str:
    steps = [
        f'<a href="{path}">{name}</a>' if path else f"<span>{name}</span>" for name, path in where
    ]
    if not steps:
        return ""
    return f'<div class="wide where position">当前位置：{" &gt; ".join(("<a href=/>首页</a>", *steps))}</div>'


def _footer(site: Material) -> str:
    unit = site.unit
    code = site.site_code
    police = (
        f'<a href="http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=5300000000000{code[-1]}">'
        f"滇公网安备5300000000000{code[-1]}号</a>　"
        if site.police
        else ""
    )
    correction = (
        f'<a class="badge" href="https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code={site.correction_code or code}">'
        "政府网站<br>找错</a>"
        if site.correction
        else ""
    )
    return (
        '<div class="footer"><div class="wide">'
        f'<a class="badge" href="https://bszs.conac.cn/sitename?method=show&amp;id=DEMO{code}">党政机关<br>网站</a>'
        f"<div><p>主办单位：{unit.name}　地址：{unit.address}　邮编：{unit.postcode}</p>"
        f"<p>联系电话：{unit.phone}　网站标识码：{code}　"
        f'<a href="https://beian.miit.gov.cn/">滇ICP备0000000{code[-1]}号-1</a>　{police}</p>'
        f"<p>版权所有 © 2015-{site.as_of.year} {unit.name}　建议使用1280×720以上分辨率浏览</p></div>"
        f"{correction}</div></div>"
    )


def stamp(day: dt.date, article: str) -> str:
    """The publication time of an article as the labels want it: always the same for one address."""
    minutes = sum(ord(c) for c in article) % 480
    return f"{day:%Y-%m-%d} {9 + minutes // 60:02}:{minutes % 60:02}"
