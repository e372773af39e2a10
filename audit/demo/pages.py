"""The pages of a demo site, each as HTML text."""

from collections.abc import Iterator
from html import escape

from audit.demo.frame import block, framed, rows, stamp
from audit.demo.records import Article, Column, Leaf, Material, Section

PAGE = 12  # rows of a list page
HITS = 20

_HILLS = (
    '<svg viewBox="0 0 540 300" preserveAspectRatio="none"><path d="M0 170 L110 95 L200 165 L310 70 L430 160 '
    'L540 105 L540 300 L0 300Z" fill="#8fae9b"/>'
)
ROAD = (
    f'{_HILLS}<path d="M0 205 Q270 150 540 205 L540 222 Q270 168 0 222Z" fill="#5c6b78"/>'
    '<path d="M250 300 L283 178 L297 178 L420 300Z" fill="#6b747c"/>'
    '<path d="M318 300 L291 190" stroke="#fff" stroke-width="3" stroke-dasharray="14 9"/></svg>'
)
RIVER = (
    f'{_HILLS}<path d="M0 190 Q140 176 270 190 T540 190 L540 300 L0 300Z" fill="#4f86a8"/>'
    '<path d="M170 214 L350 214 L326 240 L194 240Z" fill="#33475a"/><path d="M214 190 H300 V214 H214Z" fill="#f2f2f2"/>'
    '<path d="M20 262 H150 M240 270 H420 M430 250 H520" stroke="#cfe3ee" stroke-width="3"/></svg>'
)


def home(site: Material) -> str:
    """The home page."""
    columns = {column.name: column for column in site.columns()}
    news = next(c for c in columns.values() if c.kind == "工作动态")
    lead = news.articles[0]
    picture = news.articles[1]
    scene = RIVER if site.tables else ROAD
    top = (
        f'<div class="wide lead"><a href="{lead.path}">{escape(lead.title)}</a></div>'
        f'<div class="wide grid front"><div class="picture">{scene}<p><a href="{picture.path}">'
        f"{escape(picture.title)}</a></p></div>{block(site, news, 6)}</div>"
    )
    others = [c for c in columns.values() if c is not news and c.articles and c.kind in _SHOWN]
    cards = "".join(block(site, column, 6) for column in others[:4])
    tiles = "".join(
        f'<a href="{path}"><b data-sign="{name[0]}"></b>{name}</a>' for name, path in site.services
    )
    strip = "".join(
        f'<a href="{c.path}">{c.name}</a>'
        for c in columns.values()
        if c.path.startswith("/topics/")
    )
    near = "".join(f'<a href="{address}">{name}</a>' for name, address in site.neighbours)
    main = (
        f'{top}<div class="wide grid two">{cards}</div>'
        f'<div class="wide card"><h2><span>办事服务</span></h2><div class="tiles">{tiles}</div></div>'
        + (f'<div class="wide grid"><div class="strip">{strip}</div></div>' if strip else "<br>")
        + f'<div class="wide card"><h2><span>相关单位</span></h2><div class="neighbours">{near}</div></div>'
    )
    return framed(
        site, site.name, main + _hidden(site), labels={"ColumnType": "首页", **site.home_labels}
    )


def _hidden(site: Material) -> str:
    links = "".join(f'<a href="{address}">{name}</a>' for name, address in site.hidden)
    return f'<div style="position:absolute;left:-3000px">{links}</div>' if links else ""


_SHOWN = ("通知公告", "政策文件", "政策解读", "其他")


def lists(site: Material, section: Section, column: Column) -> Iterator[tuple[str, str]]:
    """Every page of a column: path and HTML."""
    chunks = [column.articles[i : i + PAGE] for i in range(0, len(column.articles), PAGE)] or [()]
    addresses = [column.path, *(column.next_pages.format(n=n) for n in range(2, len(chunks) + 1))]
    for number, (path, chunk) in enumerate(zip(addresses, chunks, strict=True)):
        pinned = () if number else column.pinned
        body = column.note or (rows(site, chunk, pinned=pinned) if chunk else "")
        main = (
            f'<div class="wide card"><h2><span>{column.name}</span></h2><div class="listing">{body}</div>'
            f"{_pager(addresses, number)}</div>"
        )
        yield path, framed(
            site, column.name, main, labels=_column_labels(column.name, column.kind),
            where=_where(section, column.name, column.path),
        )  # fmt: skip


def article(site: Material, section: Section, column: Column, it: Article) -> str:
    """A page with a date."""
    when = stamp(it.day, it.path)
    labels = {
        **_column_labels(column.name, column.kind),
        "ArticleTitle": it.title,
        "PubDate": stamp(it.labelled or it.day, it.path),
        "ContentSource": it.source,
    }
    if "label" in it.silent:
        del labels["PubDate"]
    shown = "" if "page" in it.silent else f"<span>发布时间：{when}</span>"
    paragraphs = "".join(f"<p>{text}</p>" for text in it.paragraphs)
    script = f"<script>var pubdata='{when}';</script>" if site.script_dates else ""
    main = (
        f'<div class="wide card paper"><h1>{escape(it.title)}</h1><p class="about">'
        f"{shown}<span>来源：{it.source}</span></p>{_imprint(site, it)}"
        f'<div class="text" id="zoom">{paragraphs}{_attached(it)}</div>'
        '<p><a href="javascript:void(0)" onclick="window.print()">打印本页</a></p></div>'
    )
    return framed(
        site, it.title, main, labels=labels, script=script,
        where=(*_where(section, column.name, column.path), ("正文", "")),
    )  # fmt: skip


def leaf(site: Material, section: Section, it: Leaf) -> str:
    """A page without a date."""
    main = f'<div class="wide card paper"><h1>{it.name}</h1><div class="text" id="zoom">{it.html}</div></div>'
    return framed(
        site,
        it.name,
        main,
        labels=_column_labels(it.name, it.kind),
        where=_where(section, it.name, it.path),
    )


def overview(site: Material, section: Section) -> str:
    """The page of a section: the newest of each column, and its other pages."""
    cards = "".join(block(site, column, 5) for column in section.columns)
    links = "".join(f'<a href="{it.path}">{it.name}</a>' for it in section.leaves)
    more = f'<div class="wide card"><div class="neighbours">{links}</div></div>' if links else ""
    return framed(
        site, section.name, f'<div class="wide grid two">{cards}</div>{more}',
        labels=_column_labels(section.name, "其他"), where=((section.name, section.path),),
    )  # fmt: skip


def found(site: Material, query: str) -> str:
    """What a search for `query` brings: headlines that hold its words, a document by its number."""
    words = query.split()
    hits = [
        it
        for column in site.columns()
        for it in (*column.pinned, *column.articles)
        if words
        and it.path not in site.unindexed
        and (query == it.number or all(word in it.title for word in words))
        and not site.lost_index
    ]
    hits.sort(key=lambda it: (it.day, it.path), reverse=True)
    said = f"与“{escape(query)}”有关的信息共{len(hits)}条" if words else "请输入要查找的内容"
    main = (
        f'<div class="wide card"><h2><span>站内搜索</span></h2><p>{said}。</p>'
        f"{rows(site, hits[:HITS]) if hits else ''}</div>"
    )
    return framed(site, "站内搜索", main, where=(("站内搜索", ""),))


def missing(site: Material) -> str:
    """The page for addresses that do not exist."""
    main = (
        '<div class="wide card paper"><h1>您访问的页面不存在</h1>'
        '<div class="text"><p>该页面可能已经移动或者删除，请<a href="/">返回首页</a>重新查找。</p></div></div>'
    )
    return framed(site, "页面不存在", main)


def refused(site: Material) -> str:
    """The page for those who may not come in."""
    main = '<div class="wide card paper"><h1>没有访问权限</h1><div class="text"><p>仅限内部网络访问。</p></div></div>'
    return framed(site, "没有访问权限", main)


def refresh(target: str) -> str:
    """A page that is nothing but a step to another one."""
    return (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>跳转</title>'
        f'<meta http-equiv="refresh" content="0; url={target}"></head><body></body></html>\n'
    )


def _column_labels(name: str, kind: str) -> dict[str, str]:
    return {
        "ColumnName": name,
        "ColumnDescription": f"{name}栏目公开{name}方面的信息",
        "ColumnKeywords": f"{name},交通运输",
        "ColumnType": kind,
    }


def _where(section: Section, name: str, path: str) -> tuple[tuple[str, str], ...]:
    if section.name == name or section.path == path:
        return ((name, path),)
    return ((section.name, section.path), (name, path))


def _pager(addresses: list[str], number: int) -> str:
    if len(addresses) < 2:
        return ""
    steps = "".join(
        f"<b>{n + 1}</b>" if n == number else f'<a href="{path}">{n + 1}</a>'
        for n, path in enumerate(addresses)
    )
    back = f'<a href="{addresses[number - 1]}">上一页</a>' if number else ""
    onward = f'<a href="{addresses[number + 1]}">下一页</a>' if number + 1 < len(addresses) else ""
    return f'<div class="fenye">共{len(addresses)}页　{back}{steps}{onward}</div>'


def _imprint(site: Material, it: Article) -> str:
    """索引号、文号、成文日期 above a policy."""
    if not it.number or it.written is None:
        return ""
    serial = "".join(c for c in it.path if c.isdigit())[-5:]
    pairs = (
        ("索引号", f"{site.site_code}/{it.written.year}-{serial}", "发文机关", site.unit.name),
        ("文　号", it.number, "成文日期", f"{it.written:%Y-%m-%d}"),
        ("主题分类", "交通运输", "公开属性", "主动公开"),
    )
    lines = "".join(
        f"<tr><th>{a}</th><td>{b}</td><th>{c}</th><td>{d}</td></tr>" for a, b, c, d in pairs
    )
    return f'<table class="sheet">{lines}</table>'


def _attached(it: Article) -> str:
    parts = ""
    if it.attachments:
        links = "".join(f'<p><a href="{a.path}">{a.name}</a></p>' for a in it.attachments)
        parts += f'<div class="attached"><h3>附件</h3>{links}</div>'
    for related in it.related:
        parts += (
            f'<div class="attached"><h3>{related.heading}</h3>'
            f'<p><a href="{related.path}">{related.text}</a></p></div>'
        )
    return parts
