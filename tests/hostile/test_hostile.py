"""The crawl against the worst server known: every case has the outcome that the table says."""

import asyncio
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audit.crawl import crawl
from audit.crawl.answer import Answer, Ask
from audit.crawl.fetch import Fetcher
from audit.crawl.pace import Pace
from audit.crawl.transport import AiohttpTransport
from audit.model import Manners, Purpose, Request
from audit.urls import host_port
from tests.journal import MemoryJournal

SHARED = Path(os.environ.get("DUWANG_SHARED", Path(__file__).parents[3] / "shared"))
SERVER = SHARED / "hostile" / "hostile_server.py"
GROUPS = {"http", "body", "redir", "charset", "robots"}
LIMIT = 1 << 20  # bytes of a page

pytestmark = pytest.mark.skipif(
    not SERVER.exists(), reason=f"DUWANG_SHARED: no hostile server at {SERVER}"
)

# What the wire did, by path; a path that is not named here is `ok`. A set: either is right.
WIRE: dict[str, str | set[str]] = {
    "/http/404": "http_4xx",
    "/http/410": "http_4xx",
    "/http/403": "http_4xx",
    "/http/403-ua": "http_4xx",
    "/http/401-basic": "http_4xx",
    "/http/412-challenge": "http_4xx",
    "/http/429-huge": "http_4xx",
    "/http/429-bad": "http_4xx",
    "/http/500": "http_5xx",
    "/http/502": "http_5xx",
    "/http/503-forever": "http_5xx",
    "/http/521-jsl": "http_5xx",
    "/http/304-unsolicited": "protocol",
    "/http/206-unsolicited": "protocol",
    "/http/101": "protocol",
    "/http/999": "http_other",
    "/http/dup-content-length": "protocol",
    "/http/header-huge": "protocol",
    "/http/header-many": "protocol",
    "/http/header-no-colon": {"protocol", "ok"},
    "/http/status-garbage": "protocol",
    "/http/http09": "protocol",
    "/http/lf-only": {"ok", "protocol"},
    "/http/early-hints-flood": {"ok", "protocol"},
    "/body/cl-too-long": "truncated",
    "/body/cl-negative": "protocol",
    "/body/cl-nan": "protocol",
    "/body/cl-huge": "too_large",
    "/body/chunk-truncated": "truncated",
    "/body/chunk-no-end": "truncated",
    "/body/chunk-bad": "protocol",
    "/body/chunk-tiny": {"ok", "timeout"},
    "/body/reset-before": "connection_reset",
    "/body/fin-before": "connection_closed",
    "/body/reset-mid": "truncated",
    "/body/slow-drip": "timeout",
    "/body/slow-headers": "timeout",
    "/body/stall": "timeout",
    "/body/never": "timeout",
    "/body/infinite": "too_large",
    "/body/big-50mb": "too_large",
    "/body/gzip-bomb": "decompression_bomb",
    "/body/gzip-bomb-double": "decompression_bomb",
    "/body/encodings-100": "protocol",
    "/body/gzip-truncated": "truncated",
    "/body/gzip-lie": "decode",
    "/body/gzip-crc": "decode",
    "/body/encoding-unknown": "decode",
    "/body/br-unasked": "decode",
    "/redir/chain-30": "too_many_redirects",
    "/redir/loop-self": "redirect_loop",
    "/redir/loop-a": "redirect_loop",
    "/redir/loop-b": "redirect_loop",
    "/redir/endless": "too_many_redirects",
    "/redir/no-location": "protocol",
    "/redir/empty-location": {"redirect_loop", "protocol"},
    "/redir/to-file": "bad_scheme",
    "/redir/to-data": "bad_scheme",
    "/redir/to-javascript": "bad_scheme",
    "/redir/to-ftp": "bad_scheme",
    "/redir/to-sentinel": "blocked_address",
    "/redir/to-sentinel-decimal": "blocked_address",
    "/redir/to-sentinel-hex": "blocked_address",
    "/redir/to-sentinel-octal": "blocked_address",
    "/redir/to-sentinel-zero": "blocked_address",
    "/redir/to-sentinel-v6": "blocked_address",
    "/redir/to-sentinel-name": "blocked_address",
    "/redir/to-sentinel-userinfo": "blocked_address",
    "/redir/to-sentinel-backslash": "blocked_address",
    "/redir/to-metadata": "blocked_address",
    "/redir/long": "url_too_long",
    "/redir/to-selfsigned": "tls",
    "/redir/to-refused": "connection_refused",
    # the answers of robots.txt itself, asked for as a page
    "/robots/404/robots.txt": "http_4xx",
    "/robots/403/robots.txt": "http_4xx",
    "/robots/401/robots.txt": "http_4xx",
    "/robots/429/robots.txt": "http_4xx",
    "/robots/500/robots.txt": "http_5xx",
    "/robots/503/robots.txt": "http_5xx",
    "/robots/timeout/robots.txt": "timeout",
    "/robots/reset/robots.txt": "connection_reset",
    "/robots/redirect-5/robots.txt": "http_4xx",  # /r/4 lives on the satellite only
    "/robots/redirect-loop/robots.txt": {"ok", "http_4xx"},
    "/robots/sentinel/robots.txt": "blocked_address",
    "site:tls-selfsigned": "tls",
    "site:tls-expired": "tls",
    "site:tls-wronghost": "tls",
    "site:tls-old": "tls",
    # The server waits for the end of a request line: on the wire this is a handshake that never ends.
    "site:tls-plain": {"tls", "timeout"},
    "site:tls-stall": "timeout",
    "site:sock-reset": "connection_reset",
    # A server that closes with our request unread makes its kernel send a reset: a race.
    "site:sock-close": {"connection_closed", "connection_reset"},
    "site:sock-hang": "timeout",
    "site:sock-garbage": "protocol",
    "site:refused": "connection_refused",
    "site:sentinel": "blocked_address",
}

# What the whole crawl makes of a satellite with this robots.txt: the home page, /private, /open, /late,
# /private/open and /x.php, in this order; "" where the home page could not be read.
ALLOWED = "ok ok ok ok ok ok"
PRIVATE = "ok robots ok ok robots ok"
ROBOTS = {
    "allow": ALLOWED,
    "disallow-all": "robots",
    "404": ALLOWED,
    "403": ALLOWED,
    "401": ALLOWED,
    "429": "robots_unreachable",
    "500": "robots_unreachable",
    "503": "robots_unreachable",
    "html": ALLOWED,
    "bom": PRIVATE,
    "utf16": ALLOWED,
    "gbk": PRIVATE,
    "cr": PRIVATE,
    "late-rule": PRIVATE,
    "groups": PRIVATE,
    "wildcard": "ok robots ok ok ok robots",
    "delay-huge": PRIVATE,
    "redos": PRIVATE,
    "empty": ALLOWED,
    "timeout": "robots_unreachable",
    "reset": "robots_unreachable",
    "redirect-5": PRIVATE,
    "redirect-loop": ALLOWED,
    "sentinel": "blocked_address",
}
PATHS = ("/", "/private", "/open", "/late", "/private/open", "/x.php")


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The hostile server, started; base addresses by name."""
    ready = tmp_path_factory.mktemp("hostile") / "ready.json"
    command = [sys.executable, str(SERVER), "--port", "0", "--ready", str(ready)]
    with subprocess.Popen([*command, "--max-seconds", "170"], stdout=subprocess.DEVNULL) as server:
        try:
            deadline = time.monotonic() + 20
            while not ready.exists():
                assert time.monotonic() < deadline, "the hostile server did not start"
                time.sleep(0.05)
            yield json.loads(ready.read_text())
        finally:
            server.terminate()


def manners(site: str, home: str, *allowed: str) -> Manners:
    return Manners(
        site,
        home,
        frozenset({host_port(home)}),
        "duwang/0.1 (+test)",
        rate=0,
        concurrency=200,
        max_body=LIMIT,
        max_wire=LIMIT,
        connect_timeout=3,
        total_timeout=4.5,
        max_wait=3,
        allow_addresses=frozenset({host_port(home), *allowed}),
    )


async def document(home: str, path: str) -> list[Any]:
    """What one of the server's control addresses says."""
    rules = manners("control", home)
    async with AiohttpTransport(rules.allow_addresses) as transport:
        answer = await Fetcher(rules, transport, Pace(rules)).fetch(Ask(home + path, glance=LIMIT))
    return json.loads(answer.body)


async def test_every_case_has_its_outcome_and_nothing_inside_is_reached(
    sites: dict[str, str],
) -> None:
    home = sites["main"]
    cases = [path for path, group, *_ in await document(home, "/__cases") if group in GROUPS]
    targets = {path: home + path for path in cases}
    targets |= {
        f"site:{name}": url + "/"
        for name, url in sites.items()
        if name != "main" and not name.startswith("robots-")
    }
    # Satellites are allowed here one by one, never the sentinel.
    allowed = [host_port(url) for name, url in sites.items() if name != "sentinel"]
    rules = manners("main", home, *allowed)
    async with AiohttpTransport(rules.allow_addresses, connect_timeout=3, connections=250) as pool:
        fetcher = Fetcher(rules, pool, Pace(rules))
        answers = await asyncio.gather(*(fetcher.fetch(Ask(url)) for url in targets.values()))
    got = dict(zip(targets, answers, strict=True))

    wrong = {
        name: (answer.outcome.value, answer.error)
        for name, answer in got.items()
        if answer.outcome.value not in _expected(name)
    }
    assert wrong == {}
    assert await document(home, "/__hits") == []
    _assert_details(got)
    await _assert_log(home)


def _expected(name: str) -> set[str]:
    wanted = WIRE.get(name, "ok")
    return {wanted} if isinstance(wanted, str) else wanted


def _assert_details(got: dict[str, Answer]) -> None:
    """What the prose of the expectations asks for beside the outcome."""
    assert len(got["/redir/chain"].hops) == 5
    assert got["/redir/chain"].final_url.endswith("/http/ok")
    assert "%CD%A8%D6%AA" in got["/redir/gbk-location"].final_url
    assert "%E9%80%9A%E7%9F%A5" in got["/redir/utf8-location"].final_url
    assert got["/redir/space-location"].final_url.endswith("?a=b%20c")
    assert got["/redir/fragment"].final_url.endswith("/http/ok")
    assert got["/http/flaky"].looks == 3
    assert got["/http/429-huge"].looks == 1
    assert got["/http/429-huge"].status == 429
    assert got["/http/conditional"].etag == '"v1"'
    assert "<p id=second>" in got["/body/gzip-members"].body.decode()
    assert b"SMUGGLED" not in got["/http/extra-bytes"].body
    assert b"<h1>" in got["/body/cl-too-short"].body
    assert all(len(answer.body) <= LIMIT for answer in got.values())
    assert "expired" in got["site:tls-expired"].error or "self" in got["site:tls-expired"].error


async def _assert_log(home: str) -> None:
    """What the server saw of us."""
    log = await document(home, "/__log")
    assert not any(entry["auth"] for entry in log)
    assert {entry["ua"] for entry in log} == {"duwang/0.1 (+test)"}
    times = [entry["t"] for entry in log if entry["target"] == "/http/429-then-ok"]
    assert len(times) == 3
    assert times[-1] - times[0] > 1.5  # two waits of a second, as a busy server sees them
    assert not any(e["cookie"] for e in log if e["target"] == "/http/cookie-bad-domain")
    assert not any(e["cookie"] for e in log if e["site"] == "other")


async def test_pages_of_others_are_asked_by_get_so_that_a_false_head_says_nothing(
    sites: dict[str, str],
) -> None:
    home = sites["main"]
    base = Manners(
        "main",
        "http://127.0.0.1:1/",  # so that the server counts as an outside host
        frozenset({"127.0.0.1:1"}),
        "duwang/0.1",
        rate=0,
        allow_addresses=frozenset({host_port(home)}),
    )
    looks = [Request(home + path, Purpose.LOOK, 1) for path in ("/http/head-404", "/http/head-405")]
    journal = MemoryJournal()
    assert await crawl(looks, base, journal, round_=1)

    outcomes = journal.outcomes(Purpose.LOOK, host=home)
    assert outcomes == {"/http/head-404": "ok", "/http/head-405": "ok"}
    assert {v.fetch.looks for v in journal.visits.values()} == {1}


async def test_robots_of_every_kind_are_obeyed(sites: dict[str, str]) -> None:
    got = dict(
        zip(
            ROBOTS,
            await asyncio.gather(*(_robots_crawl(sites[f"robots-{kind}"]) for kind in ROBOTS)),
            strict=True,
        )
    )

    assert got == ROBOTS
    assert await document(sites["main"], "/__hits") == []


async def _robots_crawl(home: str) -> str:
    journal = MemoryJournal()
    assert await crawl([Request(home + "/")], manners("r", home + "/"), journal, round_=0)
    outcomes = journal.outcomes(host=home)
    assert set(outcomes) <= set(PATHS)
    return " ".join(outcomes[path] for path in PATHS if path in outcomes)


async def test_a_whole_walk_of_the_worst_pages_ends(sites: dict[str, str]) -> None:
    home = sites["main"]
    paths = [path for path in WIRE if re.match(r"/(http|redir)/", path)]
    seeds = [Request(home + path) for path in [*paths, "/http/ok", "/redir/meta-loop"]]
    journal = MemoryJournal()
    assert await crawl(seeds, manners("main", home + "/"), journal, round_=0)

    outcomes = journal.outcomes(host=home)
    assert outcomes["/http/ok"] == "ok"
    assert outcomes["/http/ok2"] == "ok"
    assert outcomes["/redir/to-selfsigned"] == "out_of_scope"
    assert not any("endless?n" in path for path in outcomes)
    assert await document(home, "/__hits") == []
