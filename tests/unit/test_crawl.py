"""The walk: which pages are asked for, in which order, and what is committed of them."""

import asyncio
from collections.abc import Mapping
from hashlib import sha256

import pytest

from audit.crawl import crawl
from audit.crawl.answer import Answer
from audit.crawl.browser.pictures import Picture
from audit.crawl.browser.rendered import Rendered
from audit.crawl.frontier import deepest
from audit.crawl.pace import FAILURES, MAX_DELAY, Lane, own_hosts
from audit.crawl.visit import look_visit, page_visit, pictured_visit, rendered_visit
from audit.model import FetchOutcome, Manners, PageFlag, Previous, Purpose, Request, Visit
from audit.reading import read_page
from tests.journal import MemoryJournal
from tests.served import Asked, Script, Served, answer, page, redirect, served


def manners(site: Served, **changes: object) -> Manners:
    values: dict[str, object] = {"rate": 0, "retries": 0, "total_timeout": 2.0, "concurrency": 4}
    values |= {"allow_addresses": frozenset({site.host})} | changes
    return Manners("s", site.url + "/", frozenset({site.host}), "duwang/0.1", **values)  # type: ignore[arg-type]


async def walked(
    scripts: Mapping[str, Script], *seeds: str, **changes: object
) -> tuple[MemoryJournal, Served, dict[str, str]]:
    journal = MemoryJournal()
    async with served(scripts) as site:
        requests = [Request(site.url + path) for path in seeds or ("/",)]
        assert await crawl(requests, manners(site, **changes), journal, round_=0)
    return journal, site, journal.outcomes(host=site.url)


def visit(
    journal: MemoryJournal, site: Served, path: str, purpose: Purpose = Purpose.WALK
) -> Visit:
    return next(
        v
        for (url, kind, _), v in journal.visits.items()
        if url == site.url + path and kind is purpose
    )


async def test_every_internal_page_is_asked_for_once() -> None:
    scripts = {
        "/": page("/a", "/b", "/b#top", "http://elsewhere.example/x"),
        "/a": page("/", "/b", "/gone"),
        "/b": page("/a"),
    }
    _, site, outcomes = await walked(scripts)

    assert outcomes == {"/": "ok", "/a": "ok", "/b": "ok", "/gone": "http_4xx"}
    assert sorted(site.paths()) == ["/", "/a", "/b", "/gone"]


async def test_files_traps_and_visit_ids_are_not_walked() -> None:
    trap = "/a" * 30
    scripts = {
        "/": page("/x.pdf", "/y.DOC", trap, "/p;jsessionid=1", "/p;jsessionid=2"),
        "/p": page(),
    }
    _, _, outcomes = await walked(scripts)

    assert outcomes == {"/": "ok", "/p": "ok"}


async def test_outside_of_its_folders_a_shared_host_is_not_walked() -> None:
    scripts = {
        "/jtj/": page("/jtj/a", "/", "/jtjx/b", "/jyj/"),
        "/jtj/a": page("/zwgk/"),
    }
    _, _, outcomes = await walked(scripts, "/jtj/", folders=("/jtj/",))

    assert outcomes == {"/jtj/": "ok", "/jtj/a": "ok"}


async def test_links_of_an_error_page_are_not_followed() -> None:
    missing = page("/from-404").replace(b"200", b"404", 1)
    _, _, outcomes = await walked({"/": page("/x"), "/x": missing})

    assert outcomes == {"/": "ok", "/x": "http_4xx"}


async def test_the_body_and_record_of_an_error_page_are_kept() -> None:
    journal, site, _ = await walked({"/": answer("<title>坏</title>", 500)})
    kept = visit(journal, site, "/")

    assert kept.body == "<title>坏</title>".encode()
    assert kept.record is not None


async def test_the_page_limit_cuts_one_depth_in_url_order() -> None:
    scripts = {"/": page("/c", "/a", "/d", "/b")} | {f"/{n}": page("/deep") for n in "abcd"}
    _, site, outcomes = await walked(scripts, max_pages=3)

    expected = {
        "/": "ok",
        "/a": "ok",
        "/b": "ok",
        "/c": "budget",
        "/d": "budget",
        "/deep": "budget",
    }
    assert outcomes == expected
    assert sorted(site.paths()) == ["/", "/a", "/b"]


async def test_canaries_do_not_count_towards_the_page_limit() -> None:
    journal = MemoryJournal()
    async with served({"/": page()}) as site:
        seeds = [Request(site.url + "/"), Request(site.url + "/none", Purpose.CANARY)]
        await crawl(seeds, manners(site, max_pages=1), journal, round_=0)

    assert visit(journal, site, "/").fetch.outcome is FetchOutcome.OK
    assert visit(journal, site, "/none", Purpose.CANARY).record is not None


async def test_the_depth_limit_is_a_budget_cut() -> None:
    scripts = {f"/{n}": page(f"/{n + 1}") for n in range(5)}
    _, _, outcomes = await walked(scripts, "/0", max_depth=2)

    assert outcomes == {"/0": "ok", "/1": "ok", "/2": "ok", "/3": "budget"}


async def test_a_refresh_target_is_walked_at_the_depth_of_its_shell() -> None:
    refresh = '<meta http-equiv="refresh" content="0; url=/target">'
    journal, site, outcomes = await walked({"/": page(head=refresh), "/target": page()})

    assert outcomes == {"/": "ok", "/target": "ok"}
    assert visit(journal, site, "/target").fetch.depth == 0


async def test_a_refresh_header_is_kept_as_a_refresh() -> None:
    journal, site, outcomes = await walked(
        {"/": answer("<p>wait</p>", Refresh="0; url=/target"), "/target": page()}
    )
    record = visit(journal, site, "/").record

    assert record is not None
    assert record.refresh == site.url + "/target"
    assert outcomes["/target"] == "ok"


async def test_a_slow_refresh_header_is_no_redirect() -> None:
    journal, site, _ = await walked({"/": answer("<p>x</p>", Refresh="300; url=/target")})
    record = visit(journal, site, "/").record

    assert record is not None
    assert record.refresh == ""


async def test_a_redirect_off_the_site_is_out_of_scope_and_never_asked() -> None:
    async with served({"/": page()}) as other:
        journal, site, outcomes = await walked({"/": redirect(other.url + "/")})

    assert outcomes == {"/": "out_of_scope"}
    assert other.asked == []
    assert [hop.location for hop in visit(journal, site, "/").fetch.hops] == [other.url + "/"]


async def test_a_document_in_the_walk_is_looked_at_and_not_kept() -> None:
    pdf = b"%PDF-1.4" + b"x" * 100
    journal, site, outcomes = await walked(
        {
            "/": page("/doc", "/lie"),
            "/doc": answer(pdf, content_type="application/pdf"),
            "/lie": answer(pdf),
        }
    )
    kept = visit(journal, site, "/lie")

    assert outcomes == {"/": "ok", "/doc": "not_html", "/lie": "not_html"}
    assert (kept.body, kept.record, kept.fetch.body_bytes) == (None, None, len(pdf))
    assert kept.fetch.head == pdf[:64]
    assert len(kept.fetch.sha256) == 64


@pytest.mark.parametrize("words", ["530102199003071234", "５３０１０２１９９００３０７１２３４"])
@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "utf-16"])
@pytest.mark.parametrize("path", ["/x.xls", "/x.doc", "/x.txt", "/download?id=7"])
def test_of_words_that_are_no_page_no_number_is_kept(path: str, encoding: str, words: str) -> None:
    body = f"李示例,{words},".encode(encoding)
    given = Answer(FetchOutcome.OK, path, status=200, content_type="application/x", body=body)
    looked = look_visit(Request(path, Purpose.LOOK), given)
    walked_over = page_visit(Request(path), given, None)
    zeros = f"李示例,{('0' if words.isascii() else '０') * 18},".encode(encoding)

    assert zeros[:64] == looked.fetch.head
    assert looked.fetch.head == walked_over.fetch.head


@pytest.mark.parametrize("number", ["530102199003071019", "53*************019"])
def test_of_a_page_with_a_number_of_a_person_no_picture_is_kept(number: str) -> None:
    html = f"<title>甲</title><p>申请人：李示例　身份证号：{number}</p>"
    shot = Picture(b"\xff\xd8", "2026-11-25T10:00:00+08:00", "李示例")
    given = Rendered(FetchOutcome.OK, "http://a.example/", 200, html, picture=shot)
    typed = rendered_visit(Request("http://a.example/#q", Purpose.PROBE), given)
    framed = pictured_visit(Request("http://a.example/#m", Purpose.PICTURE), given)
    kept = None if number.isdecimal() else shot.jpeg

    assert [kept, kept] == [typed.picture, framed.picture]
    assert [bool(kept), bool(kept)] == [bool(one.fetch.picture) for one in (typed, framed)]
    assert typed.fetch.marked == framed.fetch.marked == (shot.marked if kept else "")


async def test_a_page_under_a_wrong_type_is_read_and_flagged() -> None:
    journal, site, _ = await walked({"/": answer("<html><a href=/a>", content_type="text/plain")})

    assert visit(journal, site, "/").fetch.flags == (PageFlag.WRONG_CONTENT_TYPE,)


async def test_robots_is_obeyed_on_every_hop() -> None:
    robots = answer("User-agent: *\nDisallow: /private\n", content_type="text/plain")
    scripts = {"/robots.txt": robots, "/": page("/go", "/private/a"), "/go": redirect("/private/b")}
    _, site, outcomes = await walked(scripts)

    assert outcomes == {"/": "ok", "/go": "robots", "/private/a": "robots"}
    assert sorted(site.paths()) == ["/", "/go"]


async def test_robots_is_read_once_and_can_be_ignored_by_the_owner() -> None:
    scripts = {"/robots.txt": answer("User-agent: *\nDisallow: /"), "/": page("/a"), "/a": page()}
    _, obeyed, closed = await walked(scripts)
    _, _, open_ = await walked(scripts, robots="ignore")

    assert closed == {"/": "robots"}
    assert [a.path for a in obeyed.asked] == ["/robots.txt"]
    assert open_ == {"/": "ok", "/a": "ok"}


async def test_unchanged_pages_are_kept_as_if_fetched() -> None:
    def unchanged(asked: Asked) -> bytes:
        return answer("", 304) if asked.headers.get("if-none-match") == '"1"' else page()

    body = b'<html><title>old</title><a href="/a">x</a></html>'
    async with served({"/": unchanged, "/a": page()}) as site:
        old = Previous('"1"', "", "5" * 64, "text/html", body)
        journal = MemoryJournal({site.url + "/": old})
        await crawl([Request(site.url + "/", depth=1)], manners(site), journal, round_=0)
    kept = visit(journal, site, "/")

    assert (kept.fetch.outcome, kept.fetch.sha256) == (FetchOutcome.NOT_MODIFIED, "5" * 64)
    assert (kept.body, kept.fetch.content_type) == (body, "text/html")
    assert journal.outcomes(host=site.url)["/a"] == "ok"


async def test_the_home_page_and_pages_of_lists_are_asked_for_whole() -> None:
    rows = "".join(
        f"<li><a href=/{n}.html>关于第{n}号公路养护工作的通知</a><span>2026-01-0{n}</span></li>"
        for n in range(1, 9)
    )
    body = f"<html><title>通知公告</title><div class=list><ul>{rows}</ul></div></html>".encode()
    article = b"<html><title>x</title><h1>x</h1><p>text</p></html>"
    async with served({}) as site:
        known = {
            site.url + path: Previous('"1"', "", sha256(old).hexdigest(), "text/html", b"", record)
            for path, old in (("/", article), ("/list/", body), ("/a.html", article))
            for record in [read_page(old, site.url + path, "text/html")]
        }
        for path in ("/", "/list/", "/a.html"):
            site.scripts[path] = page()
        wanted = [Request(url, depth=int(url != site.url + "/")) for url in known]
        await crawl(wanted, manners(site), MemoryJournal(known), round_=0)
    conditional = [a.path for a in site.asked if "if-none-match" in a.headers]

    assert conditional == ["/a.html"]


async def test_a_look_names_the_page_whose_link_it_follows() -> None:
    journal = MemoryJournal()
    async with served({"/f.pdf": answer("%PDF-1.7", content_type="application/pdf")}) as site:
        wanted = Request(site.url + "/f.pdf", Purpose.LOOK, 1, 0, site.url + "/news/1.html")
        await crawl([wanted], manners(site), journal, round_=1)

        assert [site.url + "/news/1.html"] == [
            one.headers.get("referer") for one in site.asked if one.path == "/f.pdf"
        ]


async def test_a_look_asks_head_and_then_get_before_it_is_called_dead() -> None:
    def no_head(asked: Asked) -> bytes:
        return answer("", 405) if asked.method == "HEAD" else answer("x")

    scripts = {"/f.jpg": answer("x"), "/g.jpg": no_head, "/h.jpg": answer("", 404), "/p": page()}
    journal = MemoryJournal()
    async with served(scripts) as site:
        looks = [Request(site.url + path, Purpose.LOOK, 1) for path in scripts]
        await crawl(looks, manners(site), journal, round_=1)
    asked = sorted((a.path, a.method) for a in site.asked if a.path != "/robots.txt")

    outcomes = journal.outcomes(Purpose.LOOK, host=site.url)
    assert outcomes == {"/f.jpg": "ok", "/g.jpg": "ok", "/h.jpg": "http_4xx", "/p": "ok"}
    assert asked == [
        ("/f.jpg", "HEAD"),
        ("/g.jpg", "GET"),
        ("/g.jpg", "HEAD"),
        ("/h.jpg", "GET"),
        ("/h.jpg", "HEAD"),
        ("/p", "GET"),
    ]
    assert visit(journal, site, "/h.jpg", Purpose.LOOK).fetch.looks == 2


async def test_of_anothers_page_only_what_it_says_of_itself_is_kept() -> None:
    journal = MemoryJournal()
    head = '<meta name="description" content="行业组织">'
    async with served({}) as site, served({"/p": page(title="示例协会", head=head)}) as other:
        wanted = [Request(other.url + "/p", Purpose.LOOK, 1)]
        rules = manners(site, allow_addresses=frozenset({site.host, other.host}))
        await crawl(wanted, rules, journal, round_=1)
    kept = visit(journal, other, "/p", Purpose.LOOK)

    assert [(a.method, a.path) for a in other.asked] == [("GET", "/p")]
    assert (kept.fetch.shown, kept.body, kept.record) == ("示例协会 行业组织", None, None)


async def test_of_a_document_the_first_bytes_are_read_and_a_wall_before_it_is_told() -> None:
    wall = page(title="您的请求被拦截")
    scripts = {"/f.pdf": answer("%PDF-1.4" + "x" * 90_000), "/g.pdf": page()}
    journal = MemoryJournal()
    async with served({**scripts, "/h.pdf": wall}) as site:
        looks = [Request(site.url + path, Purpose.LOOK, 1) for path in (*scripts, "/h.pdf")]
        await crawl(looks, manners(site, max_attachments=0), journal, round_=1)
    kept = visit(journal, site, "/f.pdf", Purpose.LOOK).fetch

    assert journal.outcomes(Purpose.LOOK, host=site.url) == {
        "/f.pdf": "ok",
        "/g.pdf": "ok",
        "/h.pdf": "waf_block",
    }
    assert (kept.method, kept.head[:5], kept.declared) == ("GET", b"%PDF-", 90_008)
    assert kept.body_bytes == 4096


async def test_a_stopped_crawl_is_resumed_without_asking_again() -> None:
    stop = asyncio.Event()

    def stops(_: Asked) -> bytes:
        stop.set()
        return page()

    scripts: dict[str, Script] = {
        "/": page("/a", "/b", "/c"),
        "/a": page(),
        "/b": stops,
        "/c": page(),
    }
    journal = MemoryJournal()
    async with served(scripts) as site:
        rules = manners(site, concurrency=1)
        seeds = [Request(site.url + "/")]
        finished = await crawl(seeds, rules, journal, round_=0, stop=stop)
        before = site.paths()
        resumed = await crawl(seeds, rules, journal, round_=0)

    assert (finished, before) == (False, ["/", "/a", "/b"])
    assert (resumed, site.paths()) == (True, ["/", "/a", "/b", "/c"])


async def test_a_host_that_is_down_is_given_up_and_said_so() -> None:
    paths = [f"/{n:02}" for n in range(20)]
    journal, site, outcomes = await walked(
        dict.fromkeys(paths, b""), *paths, concurrency=1, robots="ignore"
    )
    asked = {a.path for a in site.asked}
    unasked = [v.fetch for v in journal.visits.values() if not v.fetch.looks]

    assert set(outcomes.values()) == {"connection_closed"}
    assert FAILURES <= len(asked) < len(paths)
    assert len(unasked) == len(paths) - len(asked)
    assert all("not asked" in fetch.error for fetch in unasked)


async def test_a_host_that_limits_our_rate_is_left_alone() -> None:
    paths = [f"/{n:02}" for n in range(20)]
    journal, site, outcomes = await walked(
        {path: answer("", 429) for path in paths}, *paths, concurrency=1, robots="ignore"
    )
    unasked = [v.fetch for v in journal.visits.values() if not v.fetch.looks]

    assert len({a.path for a in site.asked}) < len(paths)
    assert {fetch.outcome for fetch in unasked} == {FetchOutcome.RATE_LIMITED}
    assert set(outcomes.values()) == {"http_4xx", "rate_limited"}


async def test_single_failures_do_not_give_a_host_up() -> None:
    scripts = {f"/{n:02}": page() if n % 2 else b"" for n in range(20)}
    _, site, _ = await walked(scripts, *scripts, concurrency=1, robots="ignore")

    assert {a.path for a in site.asked} == set(scripts)


async def test_no_more_requests_are_open_than_the_manners_allow() -> None:
    scripts = {"/": page(*(f"/{n}" for n in range(12)))} | {f"/{n}": page() for n in range(12)}
    _, site, _ = await walked(scripts, concurrency=3)

    assert 1 < site.most_open <= 3


async def test_an_error_of_the_journal_ends_the_crawl() -> None:
    class Full(MemoryJournal):
        def commit(self, visit: Visit) -> None:
            raise OSError(28, "disk full")

    async with served({"/": page()}) as site:
        with pytest.raises(OSError, match="disk full"):
            await crawl([Request(site.url + "/")], manners(site), Full(), round_=0)


async def test_progress_hears_of_every_address() -> None:
    class Heard:
        def __init__(self) -> None:
            self.total = 0
            self.done: list[str] = []

        def found(self, site: str, count: int) -> None:
            self.total += count

        def advance(self, site: str, url: str, outcome: FetchOutcome) -> None:
            self.done.append(url)

    heard = Heard()
    async with served({"/": page("/a", "/b"), "/a": page("/b")}) as site:
        await crawl(
            [Request(site.url + "/")], manners(site), MemoryJournal(), round_=0, progress=heard
        )

    assert (heard.total, len(heard.done)) == (3, 3)


# --- pace -----------------------------------------------------------------------------------------


async def turns(lane: Lane, count: int) -> list[float]:
    clock = asyncio.get_running_loop().time
    times: list[float] = []
    for _ in range(count):
        async with lane:
            times.append(clock())
    return times


async def test_a_rate_is_kept_between_requests() -> None:
    started = asyncio.get_running_loop().time()
    times = await turns(Lane(50, 1, 0), 4)

    assert times[-1] - started >= 3 / 50  # a slow machine only adds to it


def test_a_crawl_delay_is_capped_and_not_kept_on_a_host_without_a_limit() -> None:
    assert Lane(2, 1, 0).slow_down(3) == 3
    assert Lane(2, 1, 0).slow_down(86400) == MAX_DELAY
    assert Lane(2, 1, 0).slow_down(0.1) == 0.5
    assert Lane(0, 1, 0).slow_down(86400) == 0


def test_http_and_https_on_their_default_ports_are_one_host() -> None:
    rules = Manners("s", "http://h/", frozenset({"h:80", "h:8080"}), "duwang")

    assert own_hosts(rules) == {"h:80", "h:443", "h:8080"}


def test_a_quick_walk_goes_two_links_deep() -> None:
    rules = Manners("s", "http://h/", frozenset({"h:80"}), "duwang", quick=True)

    assert deepest(rules) == 2
