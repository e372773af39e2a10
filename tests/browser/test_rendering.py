"""Pages that script fills: read with the browser, left open without one, within a budget."""

import pytest

from audit.crawl import BrowserService, crawl
from audit.model import Fetch, FetchOutcome, Manners, Purpose, Reason, Request
from audit.reading import Reading
from tests.browsers import needs_browser
from tests.journal import MemoryJournal
from tests.searched import GET_FORM, NEWS, read, site
from tests.served import Asked, Script, answer, served

ROWS = (
    ("/zc/1.html", "关于进一步加强公路养护管理工作的通知", "2020-06-15"),
    ("/zc/2.html", "关于规范水路运输市场秩序的通知", "2020-06-02"),
    ("/zc/3.html", "关于开展安全生产专项检查的通知", "2020-05-20"),
)


def filled(name: str, data: str) -> bytes:
    """A column whose list script brings."""
    return answer(
        f"<!doctype html><html><head><meta charset='utf-8'><title>{name}</title></head><body>"
        '<div class="nav"><a href="/">首页</a><a href="/xw/">交通新闻</a><a href="/zc/">政策文件</a></div>'
        f'<div class="content"><h2>{name}</h2><ul class="list" id="list"></ul></div><script>'
        f"fetch('{data}').then(r => r.json()).then(rows => {{ document.getElementById('list').innerHTML ="
        " rows.map(r => `<li><a href='${r[0]}'>${r[1]}</a><span>${r[2]}</span></li>`).join('') })"
        "</script><div class='footer'>主办单位：示例交通运输厅</div></body></html>"
    )


def json_of(rows: tuple[tuple[str, str, str], ...]) -> bytes:
    lines = ",".join(f'["{path}","{title}","{day}"]' for path, title, day in rows)
    return answer(f"[{lines}]", content_type="application/json")


def scripted() -> dict[str, Script]:
    """A site with a column that script fills."""
    pages = site(GET_FORM)
    pages["/zc/"] = filled("政策文件", "/api/zc")
    pages["/api/zc"] = json_of(ROWS)
    for path, title, day in ROWS:
        pages[path] = answer(
            f"<title>{title}</title><h1>{title}</h1><p>发布时间：{day}</p><div>{'正文。' * 30}</div>"
        )
    home = pages["/"]
    assert isinstance(home, bytes)
    whole = home.partition(b"\r\n\r\n")[2].decode()
    link = '<a href="/zc/">政策文件</a></div><div class="content">'
    pages["/"] = answer(whole.replace('</div><div class="content">', link, 1))
    return pages


def rendered(journal: MemoryJournal) -> list[Fetch]:
    return [v.fetch for v in journal.visits.values() if v.fetch.purpose is Purpose.RENDER]


def column(reading: Reading, path: str) -> tuple[int, bool]:
    """Items of a column, and whether script may have more."""
    found = [one for one in reading.columns if one.key == path]
    return (found[0].items, found[0].script_fills) if found else (-1, False)


@pytest.mark.browser
@needs_browser
async def test_a_column_that_script_fills_is_read_and_its_items_are_walked() -> None:
    journal = MemoryJournal()
    reading, server = await read(scripted(), journal, executable="")

    assert column(reading, "/zc/") == (3, False)
    assert [fetch.via for fetch in rendered(journal)] == ["browser"]
    assert {path for path, _, _ in ROWS} <= set(server.paths())
    newest = [c.newest.title for c in reading.columns if c.key == "/zc/" and c.newest]
    assert newest == [ROWS[0][1]]


async def test_without_a_browser_such_a_column_is_left_open() -> None:
    reading, server = await read(scripted())

    assert column(reading, "/zc/") in {(0, True), (-1, False)}
    assert "/zc/1.html" not in server.paths()
    assert reading.browserless is False


async def test_a_browser_that_does_not_start_leaves_it_open_and_says_so() -> None:
    journal = MemoryJournal()
    reading, _ = await read(scripted(), journal, executable="/bin/false")
    tried = rendered(journal)

    assert column(reading, "/zc/")[1] or column(reading, "/zc/")[0] == -1
    assert reading.browserless
    assert [(f.outcome, f.looks) for f in tried] == [(FetchOutcome.NEEDS_BROWSER, 0)]
    assert "./run browser" in tried[0].error
    assert column(reading, "/xw/")[0] == len(NEWS)


@pytest.mark.browser
@needs_browser
async def test_a_template_on_which_script_brings_nothing_is_tried_once() -> None:
    pages = scripted()
    names = [f"/k{n}/" for n in range(6)]
    links = "".join(f'<a href="{path}">栏目{path[2]}</a>' for path in names)
    home = pages["/"]
    assert isinstance(home, bytes)
    whole = home.partition(b"\r\n\r\n")[2].decode()
    pages["/"] = answer(whole.replace("</div>", links + "</div>", 1))
    for path in names:
        pages[path] = answer(
            f"<title>栏目{path[2]}</title><div id='app'></div><script>new Vue({{el: '#app'}})</script>"
        )
    journal = MemoryJournal()
    await read(pages, journal, executable="")

    assert len([f for f in rendered(journal) if "/k" in f.url]) == 1


@pytest.mark.browser
@needs_browser
async def test_the_budget_of_a_site_is_kept() -> None:
    pages = scripted()
    journal = MemoryJournal()
    await read(pages, journal, executable="", max_renders=0)

    assert rendered(journal) == []


@pytest.mark.browser
@needs_browser
@pytest.mark.parametrize(
    "data", [answer("{}", 500, "application/json"), answer("<p>no data", 404), answer("not json")]
)
async def test_a_column_whose_data_does_not_come_is_left_open_and_never_blank(data: bytes) -> None:
    pages = scripted()
    pages["/api/zc"] = data
    journal = MemoryJournal()
    reading, _ = await read(pages, journal, executable="")

    assert rendered(journal)
    assert column(reading, "/zc/") in {(0, True), (-1, False)}


def challenged(pages: dict[str, Script]) -> dict[str, Script]:
    """The same pages behind a script that sets a cookie and comes again."""
    wall = answer(
        "<script>document.cookie = ('_') + 'clearance=1;path=/';"
        "location.href = location.pathname + location.search</script>",
        521,
        Set_Cookie="__sluid=2; path=/; HttpOnly",
    )

    def behind(script: Script) -> Script:
        def asked(request: Asked) -> bytes:
            if "_clearance=1" not in request.headers.get("cookie", ""):
                return wall
            return script(request) if callable(script) else script

        return asked

    return {path: behind(script) for path, script in pages.items()}


@pytest.mark.browser
@needs_browser
async def test_a_challenge_of_script_is_passed_once_and_the_next_pages_come_over_http() -> None:
    journal = MemoryJournal()
    reading, server = await read(challenged(site(GET_FORM)), journal, executable="")
    agents = {a.headers["user-agent"] for a in server.asked if a.path == NEWS[0][0]}

    assert {column.key: column.items for column in reading.columns} == {"/xw/": 4, "/gg/": 3}
    assert [fetch.url for fetch in rendered(journal)] == [server.url + "/"]
    assert agents == {"duwang/0.1"}


@pytest.mark.browser
@needs_browser
async def test_only_the_page_that_passes_a_challenge_hands_on_its_cookies() -> None:
    def wall(request: Asked) -> bytes:
        script = "<script>document.cookie = 'k=1;path=/'; location.reload()</script>"
        return (
            answer("<p>甲</p>")
            if "k=1" in request.headers.get("cookie", "")
            else answer(script, 521)
        )

    moved = answer("<script>location.replace('/f')</script>", 404)
    async with served({
        "/a": wall, "/b": answer("<p>乙</p>", Set_Cookie="k=2; path=/"), "/c": answer("<p>丙</p>"),
        "/d": answer("<p>丁</p>"), "/e": moved, "/f": answer("<p>己</p>"), "/g": answer("<p>庚</p>"),
    }) as server:  # fmt: skip
        reachable = frozenset({server.host})
        rules = Manners(
            "s", server.url + "/", reachable, "duwang/0.1", rate=0, retries=0, concurrency=1,
            allow_addresses=reachable,
        )  # fmt: skip
        kinds = {"a": Purpose.RENDER, "c": Purpose.RENDER, "e": Purpose.RENDER}
        wanted = [Request(f"{server.url}/{n}", kinds.get(n, Purpose.WALK), 1) for n in "abcdeg"]
        async with BrowserService("", reachable, "duwang/0.1", settles=4.0, quiet=0.4) as browser:
            assert await crawl(wanted, rules, MemoryJournal(), round_=1, browser=browser)
        sent_to = {"/b", "/d", "/g"}
        sent = {one.path: one.headers.get("cookie") for one in server.asked if one.path in sent_to}

    assert sent == {"/b": "k=1", "/d": "k=2", "/g": "k=2"}


async def test_without_a_browser_a_challenge_of_script_is_left_open() -> None:
    journal = MemoryJournal()
    reading, server = await read(challenged(site(GET_FORM)), journal)

    assert reading.unavailable is Reason.BOT_CHALLENGE
    assert {v.fetch.status for v in journal.visits.values()} == {521}
    assert server.paths().count("/xw/") == 0
