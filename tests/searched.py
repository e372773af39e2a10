"""A small government site on loopback whose search is a parameter: what it finds, and how it answers."""

import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from urllib.parse import parse_qs

from audit.crawl import BrowserService, crawl
from audit.model import (
    Availability,
    Fetch,
    Manners,
    PageRecord,
    Purpose,
    Registers,
    Request,
    SiteCard,
)
from audit.reading import Reading, plan, read_site
from tests.browsers import browsing
from tests.journal import MemoryJournal
from tests.served import Asked, Script, Served, answer, served
from tests.snapshots import MemorySnapshot

AS_OF = dt.date(2020, 6, 24)
NEWS = (
    ("/xw/1.html", "示例高速公路全线建成通车运营", "2020-06-10"),
    ("/xw/2.html", "全省农村公路养护工作现场推进会召开", "2020-05-21"),
    ("/xw/3.html", "冬春季道路运输安全检查全面展开", "2020-04-02"),
    ("/xw/4.html", "交通运输系统应急演练圆满结束", "2020-03-18"),
)
NOTICES = (
    ("/gg/1.html", "关于公布水运工程质量抽查结果的公告", "2020-06-01"),
    ("/gg/2.html", "关于做好汛期航道安全保障工作的通知", "2020-05-06"),
    ("/gg/3.html", "交通建设项目招标文件示范文本公示", "2020-02-11"),
)
ROUNDS = 6
Engine = Callable[[Asked], bytes]
GET_FORM = (
    '<form action="/search" method="get"><input type="text" name="q" placeholder="请输入关键字">'
    '<input type="submit" value="搜索"></form>'
)


def site(form: str = GET_FORM, *, charset: str = "utf-8", **scripts: Script) -> dict[str, Script]:
    """The pages of the site; `form` stands at the head of each."""
    pages: dict[str, Script] = {
        "/": _page(form, "示例交通运输厅", _rows((*NEWS, *NOTICES)), charset),
        "/xw/": _page(form, "交通新闻", _rows(NEWS), charset),
        "/gg/": _page(form, "通知公告", _rows(NOTICES), charset),
    }
    for path, title, day in (*NEWS, *NOTICES):
        text = f"<h1>{title}</h1><p>发布时间：{day}</p><div>{'具体内容见正文。' * 12}</div>"
        pages[path] = _page(form, title, text, charset)
    return {**pages, **scripts}


def found(query: str) -> tuple[tuple[str, str, str], ...]:
    """The rows whose titles hold the query."""
    rows = sorted((*NEWS, *NOTICES), key=lambda row: row[2], reverse=True)
    return tuple(row for row in rows if query and query in row[1])


def results(
    form: str,
    rows: tuple[tuple[str, str, str], ...],
    said: str | None = None,
    charset: str = "utf-8",
) -> bytes:
    """A page of results."""
    words = f"共找到{len(rows)}条结果" if said is None else said
    return _page(form, "搜索结果", f"<p>{words}</p>{_rows(rows)}", charset)


def query_of(asked: Asked, name: str = "q", charset: str = "utf-8") -> str:
    """The words of a request, from its query or from what was posted."""
    sent = asked.body.decode("ascii") or asked.path.partition("?")[2]
    return parse_qs(sent, encoding=charset, errors="replace").get(name, [""])[0]


async def read(
    scripts: Mapping[str, Script],
    journal: MemoryJournal | None = None,
    *,
    executable: str | None = None,
    browser: BrowserService | None = None,
    examine: bool = False,
    also: frozenset[str] = frozenset(),
    as_of: dt.date = AS_OF,
    **changes: object,
) -> tuple[Reading, Served]:
    """Walk the site, work off every round, and read it as a run would.

    `executable`: render with that browser, or with the one that is found when it is empty;
    `browser`: with one that is open already, as a run renders the pages of all its sites.
    `also`: other hosts on loopback that may be asked.
    """
    journal = journal or MemoryJournal()
    async with served(scripts) as server, AsyncExitStack() as stack:
        reachable = frozenset({server.host}) | also
        manners = _manners(server, **{"allow_addresses": reachable, **changes})
        if executable is not None:
            browser = await stack.enter_async_context(browsing(executable, reachable))
        assert await crawl([Request(manners.home)], manners, journal, round_=0)
        for round_ in range(1, ROUNDS + 1):
            requests = plan(
                reading_of(journal, server, as_of),
                external=True,
                max_looks=500,
                round_=round_,
                max_renders=0 if browser is None else manners.max_renders,
                examine=examine,
            )
            if not requests:
                break
            assert await crawl(requests, manners, journal, round_=round_, browser=browser)
        return reading_of(journal, server, as_of), server


def reading_of(journal: MemoryJournal, server: Served, as_of: dt.date = AS_OF) -> Reading:
    """The reading of what the journal holds."""
    fetches: list[Fetch] = [visit.fetch for visit in journal.visits.values()]
    records: dict[tuple[str, Purpose], PageRecord] = {
        (visit.fetch.url, visit.fetch.purpose): visit.record
        for visit in journal.visits.values()
        if visit.record is not None
    }
    card = SiteCard("jtt", "示例交通运输厅", server.url + "/", own_hosts=frozenset({server.host}))
    snapshot = MemorySnapshot(fetches, records, complete=True)
    return read_site(snapshot, Registers(card, as_of=as_of), Availability(0, 0, 0))


def _manners(server: Served, **changes: object) -> Manners:
    values: dict[str, object] = {"rate": 0, "retries": 0, "total_timeout": 5.0, "concurrency": 2}
    values |= {"allow_addresses": frozenset({server.host})} | changes
    return Manners("jtt", server.url + "/", frozenset({server.host}), "duwang/0.1", **values)  # type: ignore[arg-type]


def _page(form: str, title: str, body: str, charset: str) -> bytes:
    html = (
        f'<!doctype html><html><head><meta charset="{charset}"><title>{title}</title></head><body>'
        f'<div class="top">{form}</div><div class="nav"><a href="/">首页</a>'
        '<a href="/xw/">交通新闻</a><a href="/gg/">通知公告</a></div>'
        f'<div class="content">{body}</div><div class="footer">主办单位：示例交通运输厅</div></body></html>'
    )
    return answer(html.encode(charset), content_type="text/html")


def _rows(rows: tuple[tuple[str, str, str], ...]) -> str:
    lines = "".join(
        f'<li><a href="{path}">{title}</a><span>{day}</span></li>' for path, title, day in rows
    )
    return f'<ul class="list">{lines}</ul>' if rows else ""
