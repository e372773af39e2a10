"""One fetch against a scripted server: every end of it has its own outcome."""

import gzip
import time
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from importlib import import_module
from typing import Any

import httpx
import pytest
import zstandard

from audit.crawl.answer import Answer, Ask, referrer_for, seconds
from audit.crawl.bodies import BodyError, inflate
from audit.crawl.cookies import MAX_COOKIES, MAX_HEADER, Cookies
from audit.crawl.fetch import GLANCE, Fetcher
from audit.crawl.pace import Pace
from audit.crawl.sniff import is_page
from audit.crawl.transport import AiohttpTransport
from audit.model import FetchOutcome, Manners, Previous
from tests.served import Asked, Script, Served, answer, page, redirect, served

HTML = "<!doctype html><html><title>标题</title></html>"


def manners(site: Served, **changes: object) -> Manners:
    values: dict[str, object] = {"rate": 0, "max_wait": 1.0, "total_timeout": 0.4, "retries": 2}
    values |= {"allow_addresses": frozenset({site.host})} | changes
    return Manners(
        "s",
        site.url + "/",
        frozenset({site.host}),
        "duwang/0.1",
        **values,  # type: ignore[arg-type]
    )


async def fetch(site: Served, path: str = "/", **changes: Any) -> Answer:
    rules = manners(site, **changes)
    async with AiohttpTransport(rules.allow_addresses, connect_timeout=0.4) as transport:
        return await Fetcher(rules, transport, Pace(rules)).fetch(Ask(site.url + path))


async def fetched(script: Script, **changes: Any) -> Answer:
    async with served({"/": script}) as site:
        return await fetch(site, **changes)


async def test_a_page_comes_back_whole() -> None:
    got = await fetched(answer(HTML, ETag='"1"', Last_Modified="Tue, 12 May 2020 00:00:00 GMT"))

    assert (got.outcome, got.status, got.looks) == (FetchOutcome.OK, 200, 1)
    assert got.body.decode() == HTML
    assert (got.etag, got.last_modified) == ('"1"', "Tue, 12 May 2020 00:00:00 GMT")
    assert got.wire_bytes == len(HTML.encode())


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, "ok"),
        (203, "ok"),
        (204, "ok"),
        (206, "protocol"),
        (300, "http_other"),
        (304, "protocol"),
        (400, "http_4xx"),
        (499, "http_4xx"),
        (500, "http_5xx"),
        (599, "http_5xx"),
        (600, "http_other"),
        (999, "http_other"),
    ],
)
async def test_every_status_has_one_outcome(status: int, outcome: str) -> None:
    assert (await fetched(answer("", status), retries=0)).outcome.value == outcome


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        (b"", "connection_closed"),
        (b"garbage\r\n\r\n", "protocol"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\nhalf", "truncated"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", "timeout"),
        (b"HTTP/1.1 200 OK\r\n", "timeout"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "protocol"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nab", "protocol"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n9\r\nab",
            "truncated",
        ),
    ],
)
async def test_every_way_to_break_off_has_one_outcome(raw: bytes, outcome: str) -> None:
    got = await fetched(raw, retries=0, total_timeout=0.2)

    assert (got.outcome.value, got.body) == (outcome, b"")


async def test_a_closed_port_refuses() -> None:
    async with served({}) as site:
        pass
    assert (await fetch(site, retries=0)).outcome is FetchOutcome.CONNECTION_REFUSED


async def test_a_name_that_does_not_exist_is_a_dns_outcome() -> None:
    async with served({"/": redirect("http://nosuch.invalid/")}) as site:
        got = await fetch(site, retries=0, total_timeout=10)

    assert got.outcome is FetchOutcome.DNS


async def test_a_line_that_is_no_header_does_not_take_the_site_down() -> None:
    raw = answer(HTML).replace(b"\r\n", b"\r\nthis is no header\r\n", 1)
    got = await fetched(raw)

    assert (got.outcome, got.body.decode()) == (FetchOutcome.OK, HTML)


async def test_bytes_after_the_body_do_not_take_the_site_down() -> None:
    got = await fetched(answer(HTML) + b"<!-- left over -->")

    assert (got.outcome, got.body.decode()) == (FetchOutcome.OK, HTML)


async def test_the_deadline_holds_over_all_redirects() -> None:
    async with served({f"/{n}": redirect(f"/{n + 1}") for n in range(9)} | {"/9": b"H"}) as site:
        started = time.monotonic()
        got = await fetch(site, "/0", retries=0, total_timeout=0.3)

    assert got.outcome is FetchOutcome.TIMEOUT
    assert len(got.hops) == 9
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    ("location", "outcome"),
    [
        ("file:///etc/passwd", "bad_scheme"),
        ("FILE:/etc/passwd", "bad_scheme"),
        ("javascript:alert(1)", "bad_scheme"),
        ("data:text/html,x", "bad_scheme"),
        ("ftp://127.0.0.1/", "bad_scheme"),
        ("http://[", "protocol"),
        ("", "protocol"),
        ("/", "redirect_loop"),
        ("http://127.0.0.1:1/", "blocked_address"),
        ("http://localhost:1/", "blocked_address"),
        ("http://[::ffff:127.0.0.1]:1/", "blocked_address"),
        ("http://2130706433:1/", "blocked_address"),
        ("http://169.254.169.254/latest/", "blocked_address"),
        ("/" + "a" * 9000, "url_too_long"),
    ],
)
async def test_a_redirect_that_must_not_be_followed(location: str, outcome: str) -> None:
    got = await fetched(redirect(location))

    assert got.outcome.value == outcome
    assert len(got.hops) == 1


async def test_redirects_end_at_the_limit() -> None:
    async with served({f"/{n}": redirect(f"/{n + 1}") for n in range(9)} | {"/9": page()}) as site:
        enough = await fetch(site, "/0", max_redirects=9)
        short = await fetch(site, "/0", max_redirects=8)

    assert enough.outcome is FetchOutcome.OK
    assert short.outcome is FetchOutcome.TOO_MANY_REDIRECTS


async def test_a_location_in_raw_gbk_is_escaped_as_it_is() -> None:
    async with served({"/": redirect("/通知 1".encode("gbk"))}) as site:
        got = await fetch(site)

    assert got.final_url == site.url + "/%CD%A8%D6%AA%201"


async def test_a_name_and_password_in_an_address_are_neither_sent_nor_kept() -> None:
    async with served({"/": page()}) as site:
        scripts = {"/go": redirect(f"http://user:secret@{site.host}/")}
        site.scripts.update(scripts)
        got = await fetch(site, "/go")

    assert got.outcome is FetchOutcome.OK
    assert "secret" not in f"{got.hops}{got.final_url}"
    assert all("authorization" not in a.headers for a in site.asked)


async def test_failures_that_pass_are_asked_again() -> None:
    def flaky(asked: Asked) -> bytes:
        return page() if asked.count == 2 else answer("", 500)

    got = await fetched(flaky)

    assert (got.outcome, got.looks) == (FetchOutcome.OK, 3)


async def test_a_redirect_to_a_missing_page_is_one_look() -> None:
    got = await fetched(redirect("/gone"))

    assert (got.outcome, got.status, got.looks) == (FetchOutcome.HTTP_4XX, 404, 1)


async def test_a_404_is_not_asked_again() -> None:
    assert (await fetched(answer("", 404))).looks == 1


async def test_the_wait_is_what_retry_after_asks_for_up_to_our_patience() -> None:
    rules = Manners("s", "http://h/", frozenset({"h:80"}), "duwang", max_wait=60, spacing=0.5)
    fetcher = Fetcher(rules, httpx.MockTransport(lambda _: httpx.Response(200)), Pace(rules))

    def wait(retry_after: str, attempt: int = 0) -> float | None:
        busy = Answer(FetchOutcome.HTTP_5XX, "http://h/", status=503, retry_after=retry_after)
        return fetcher._wait(busy, attempt)  # pyright: ignore[reportPrivateUsage] - no real waiting

    assert [wait("1"), wait("60"), wait("61")] == [1, 60, None]
    assert [wait("banana"), wait("", 1), wait("", 2)] == [0.5, 1, 2]


async def test_a_retry_after_beyond_our_patience_ends_it_at_once() -> None:
    got = await fetched(answer("", 429, Retry_After="999999"))

    assert (got.outcome, got.status, got.looks) == (FetchOutcome.HTTP_4XX, 429, 1)


@pytest.mark.parametrize(
    ("page", "url", "said"),
    [
        ("http://a.cn/x/1.html?id=2#top", "http://a.cn/f.pdf", "http://a.cn/x/1.html?id=2"),
        ("http://a.cn/x/1.html", "http://b.cn/f.pdf", "http://a.cn/"),
        ("http://a.cn/x/1.html", "http://a.cn:8080/f.pdf", "http://a.cn/"),
        ("https://a.cn/x/1.html", "http://a.cn/f.pdf", ""),
        ("http://u:p@a.cn/x", "http://a.cn/f.pdf", "http://a.cn/x"),
    ],
)
def test_the_page_that_a_link_stands_on_is_named_as_browsers_name_it(
    page: str, url: str, said: str
) -> None:
    assert said == referrer_for(page, url)


def test_retry_after_is_read_in_both_forms() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)

    assert seconds("120") == 120
    assert 28 < (seconds(soon) or 0) <= 30
    assert seconds("Tue, 12 May 2020 00:00:00 GMT") == 0
    assert seconds("banana") is None
    assert seconds("") is None


async def test_the_limits_stop_a_large_body() -> None:
    assert (await fetched(answer("x" * 1000), max_wire=1000)).outcome is FetchOutcome.OK
    assert (await fetched(answer("x" * 1001), max_wire=1000)).outcome is FetchOutcome.TOO_LARGE
    assert (await fetched(answer("x" * 1001), max_body=1000)).outcome is FetchOutcome.TOO_LARGE


async def test_a_body_announced_too_large_is_not_read() -> None:
    raw = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4611686018427387904\r\n\r\nx"
    got = await fetched(raw)

    assert (got.outcome, got.wire_bytes) == (FetchOutcome.TOO_LARGE, 0)


async def test_a_document_is_only_looked_at() -> None:
    got = await fetched(answer(b"%PDF-1.4" + b"x" * 3 * GLANCE, content_type="application/pdf"))

    assert (got.outcome, got.cut, len(got.body)) == (FetchOutcome.OK, True, GLANCE)


async def test_a_condition_is_sent_and_a_304_accepted() -> None:
    def conditional(asked: Asked) -> bytes:
        return answer("", 304) if asked.headers.get("if-none-match") == '"1"' else page()

    async with served({"/": conditional}) as site:
        rules = manners(site)
        previous = Previous('"1"', "", "0" * 64, "text/html", b"old")
        async with AiohttpTransport(rules.allow_addresses) as transport:
            fetcher = Fetcher(rules, transport, Pace(rules))
            got = await fetcher.fetch(Ask(site.url + "/", previous=previous))

    assert got.outcome is FetchOutcome.NOT_MODIFIED


async def test_what_is_no_ascii_in_a_servers_words_never_stops_the_next_request() -> None:
    async with served({"/": page()}) as site:
        site.scripts["/set"] = answer("", 302, Location="/", Set_Cookie="a=\xe9; path=/")
        rules = manners(site)
        previous = Previous('"\xe9"', "", "0" * 64, "text/html", b"old")
        async with AiohttpTransport(rules.allow_addresses) as transport:
            fetcher = Fetcher(rules, transport, Pace(rules))
            got = await fetcher.fetch(Ask(site.url + "/set", previous=previous))

    assert got.outcome is FetchOutcome.OK
    assert "if-none-match" not in site.asked[0].headers
    assert site.asked[1].headers["cookie"].startswith("a=")


async def test_a_cookie_is_given_back_to_its_host_alone() -> None:
    async with served({"/": page()}) as other, served({}) as site:
        site.scripts["/"] = redirect(other.url + "/")
        site.scripts["/set"] = answer("", 302, Location="/", Set_Cookie="a=1; path=/")
        rules = manners(site, allow_addresses=frozenset({site.host, other.host}))
        async with AiohttpTransport(rules.allow_addresses) as transport:
            await Fetcher(rules, transport, Pace(rules)).fetch(Ask(site.url + "/set"))

    assert site.asked[1].headers["cookie"] == "a=1"
    assert "cookie" not in other.asked[0].headers


def test_cookies_are_few_small_and_of_their_own_host() -> None:
    cookies = Cookies()
    for n in range(MAX_COOKIES + 30):
        cookies.keep("h:80", [f"c{n}={'v' * 200}"])
    cookies.keep("h:80", ["big=" + "x" * 5000, "wide=1; Domain=gov.cn", "last=1; domain=h"])

    header = cookies.header("h:80")
    assert header.startswith("last=1; ")
    assert len(header) <= MAX_HEADER
    assert "big=" not in header
    assert "wide=" not in header
    assert cookies.header("h:81") == ""
    cookies.keep("h:80", ["last=; Max-Age=0"])
    assert "last=" not in cookies.header("h:80")


async def test_an_unasked_second_answer_is_not_taken_for_the_next_page() -> None:
    async with served({"/": answer("first"), "/2": answer("second")}) as site:
        rules = manners(site)
        async with AiohttpTransport(rules.allow_addresses, connections=1) as transport:
            fetcher = Fetcher(rules, transport, Pace(rules))
            await fetcher.fetch(Ask(site.url + "/"))
            await site.smuggle(answer("SMUGGLED"))
            got = await fetcher.fetch(Ask(site.url + "/2"))

    assert got.body == b"second"


async def test_a_foreign_transports_errors_are_outcomes_too() -> None:
    errors = {
        httpx.ConnectTimeout: "timeout",
        httpx.ReadTimeout: "timeout",
        httpx.ConnectError: "connection_refused",
        httpx.ReadError: "connection_reset",
        httpx.RemoteProtocolError: "protocol",
    }
    for kind, outcome in errors.items():

        def fail(request: httpx.Request, kind: type[httpx.TransportError] = kind) -> httpx.Response:
            raise kind("x", request=request)

        rules = Manners("s", "http://h/", frozenset({"h:80"}), "duwang", rate=0, retries=0)
        fetcher = Fetcher(rules, httpx.MockTransport(fail), Pace(rules))
        assert (await fetcher.fetch(Ask("http://h/"))).outcome.value == outcome


# --- bodies ---------------------------------------------------------------------------------------


def raw_deflate(data: bytes) -> bytes:
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    return engine.compress(data) + engine.flush()


BODY = HTML.encode() * 20
PACKED = {
    "gzip": gzip.compress(BODY),
    "deflate": zlib.compress(BODY),
    "br": import_module("brotli").compress(BODY),
    "zstd": zstandard.compress(BODY),
}


@pytest.mark.parametrize("name", PACKED)
def test_every_encoding_is_undone(name: str) -> None:
    assert inflate(PACKED[name], (name,), len(BODY)) == BODY


@pytest.mark.parametrize("name", PACKED)
def test_a_body_over_the_limit_by_one_byte_is_refused(name: str) -> None:
    with pytest.raises(BodyError) as error:
        inflate(PACKED[name], (name,), len(BODY) - 1)

    assert error.value.outcome is FetchOutcome.TOO_LARGE


@pytest.mark.parametrize("name", PACKED)
def test_half_a_body_is_truncated(name: str) -> None:
    with pytest.raises(BodyError) as error:
        inflate(PACKED[name][:-6], (name,), 1 << 20)

    assert error.value.outcome is FetchOutcome.TRUNCATED


@pytest.mark.parametrize("name", PACKED)
def test_garbage_cannot_be_decoded(name: str) -> None:
    with pytest.raises(BodyError) as error:
        inflate(b"\xff\xfe no such thing \xff", (name,), 1 << 20)

    assert error.value.outcome is FetchOutcome.DECODE


@pytest.mark.parametrize(
    "pack", [gzip.compress, import_module("brotli").compress, zstandard.compress]
)
def test_a_bomb_is_stopped(pack: object) -> None:
    name = {gzip.compress: "gzip", zstandard.compress: "zstd"}.get(pack, "br")  # type: ignore[call-overload]
    with pytest.raises(BodyError) as error:
        inflate(pack(b"0" * (8 << 20)), (name,), 1 << 20)  # type: ignore[operator]

    assert error.value.outcome is FetchOutcome.DECOMPRESSION_BOMB


def test_deflate_without_its_header_and_gzip_members_are_read() -> None:
    assert inflate(raw_deflate(BODY), ("deflate",), 1 << 20) == BODY
    assert (
        inflate(gzip.compress(BODY) + gzip.compress(b"tail"), ("gzip",), 1 << 20) == BODY + b"tail"
    )


async def test_layers_are_limited_to_two() -> None:
    twice = gzip.compress(gzip.compress(BODY))
    got = await fetched(answer(twice, Content_Encoding="gzip, gzip"))
    thrice = await fetched(answer(twice, Content_Encoding="gzip, gzip, gzip"))

    assert got.body == BODY
    assert thrice.outcome is FetchOutcome.PROTOCOL


@pytest.mark.parametrize(
    ("content_type", "body", "page_"),
    [
        ("text/html", b"plain words", True),
        ("TEXT/HTML; charset=gbk", b"", True),
        ("text/html", b"%PDF-1.4", False),
        ("text/html", b"\x89PNG\r\n\x1a\n", False),
        ("", b"<html>", True),
        ("", b"\n <!DOCTYPE HTML>", True),
        ("", b"words", False),
        ("text/plain", b"<html><body>", True),
        ("text/plain", b"a < b", False),
        ("application/pdf", b"<html>", False),
        ("application/xhtml+xml", b"<?xml version='1.0'?><html>", True),
    ],
)
def test_a_page_is_known_by_type_and_first_bytes(
    content_type: str, body: bytes, page_: bool
) -> None:
    assert is_page(content_type, body) is page_
