"""The browser's way out: bytes are capped, and a host is asked at its own pace."""

import asyncio

import pytest

from audit.crawl.browser import pacing
from audit.crawl.browser.proxy import AT_ONCE, FilteringProxy
from tests.served import answer, served

BIG = 300_000  # bytes


async def got(port: int, url: str, *headers: str) -> bytes:
    """What a browser gets through the proxy."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    lines = "\r\n".join([f"GET {url} HTTP/1.1", f"Host: {url.split('/')[2]}", *headers])
    writer.write(f"{lines}\r\n\r\n".encode())
    whole = await reader.read()
    writer.close()
    return whole


async def test_a_response_brings_no_more_than_its_cap() -> None:
    async with (
        served(
            {
                "/big": answer("x" * BIG, Connection="close"),
                "/small": answer("y" * 100, Connection="close"),
            }
        ) as site,
        FilteringProxy(frozenset({site.host}), max_bytes=100_000) as proxy,
    ):
        big = await got(proxy.port, site.url + "/big")
        small = await got(proxy.port, site.url + "/small")

    assert 0 < len(big) < BIG / 2
    assert small.endswith(b"y" * 100)


async def test_what_a_form_posts_reaches_the_server_before_it_answers() -> None:
    async with (
        served({"/s": lambda asked: answer(asked.body, Connection="close")}) as site,
        FilteringProxy(frozenset({site.host}), idle_timeout=5) as proxy,
    ):
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        head = f"POST {site.url}/s HTTP/1.1\r\nHost: {site.host}\r\nContent-Length: 6\r\n\r\n"
        writer.write(head.encode())
        await writer.drain()
        writer.write(b"q=road")
        whole = await reader.read()
        writer.close()

    assert whole.endswith(b"\r\n\r\nq=road")


async def test_every_request_is_in_the_log_and_what_is_refused_says_why() -> None:
    async with (
        served({"/": answer("x", Connection="close")}) as site,
        FilteringProxy(frozenset({site.host})) as proxy,
    ):
        await got(proxy.port, site.url + "/")
        refused = await got(proxy.port, "http://127.0.0.1:9/")

    assert refused == b""
    assert [bool(passed.refused) for passed in proxy.log] == [False, True]


@pytest.mark.parametrize(
    ("document", "burst", "rate"), [(True, pacing.DOCUMENTS, 2), (False, pacing.NEEDED, 20)]
)
async def test_a_host_is_asked_for_documents_at_its_rate_and_for_more_in_bursts(
    monkeypatch: pytest.MonkeyPatch, document: bool, burst: int, rate: float
) -> None:
    waits: list[float] = []

    async def noted(seconds: float) -> None:
        waits.append(seconds)

    pace = pacing.HostPace(2)
    monkeypatch.setattr(pacing.asyncio, "sleep", noted)
    for _ in range(burst + 4):
        await pace.turn("example.gov.cn:80", document=document)
    await pace.turn("other.gov.cn:80", document=document)

    assert len(waits) == 4
    assert waits == sorted(waits)
    assert waits[-1] == pytest.approx(4 / rate, rel=0.2)


async def test_without_a_rate_nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    async def noted(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(pacing.asyncio, "sleep", noted)
    pace = pacing.HostPace(0)
    for _ in range(500):
        await pace.turn("example.gov.cn:80", document=True)

    assert waits == []


async def test_a_navigation_over_http_counts_as_a_document() -> None:
    told: list[bool] = []

    class Noting(pacing.HostPace):
        async def turn(self, host: str, *, document: bool) -> None:
            told.append(document)

    async with (
        served({"/": answer("x", Connection="close")}) as site,
        FilteringProxy(frozenset({site.host})) as proxy,
    ):
        proxy._pace = Noting(1)
        await got(proxy.port, site.url + "/", "Upgrade-Insecure-Requests: 1")
        await got(proxy.port, site.url + "/")

    assert told == [True, False]


async def test_who_waits_at_the_gate_of_a_host_takes_no_turn_yet() -> None:
    told: list[str] = []
    full, elsewhere, free = asyncio.Event(), asyncio.Event(), asyncio.Event()

    class Noting(pacing.HostPace):
        async def turn(self, host: str, *, document: bool) -> None:
            told.append(host)
            if len(told) == AT_ONCE:
                full.set()
            if len(set(told)) > 1:
                elsewhere.set()
            await free.wait()

    async with (
        served({"/": answer("x", Connection="close")}) as site,
        FilteringProxy(frozenset({site.host})) as proxy,
    ):
        proxy._pace = Noting(1)
        asking = [asyncio.create_task(got(proxy.port, site.url + "/")) for _ in range(AT_ONCE + 2)]
        await full.wait()
        other = asyncio.create_task(got(proxy.port, "http://127.0.0.1:9/"))
        await elsewhere.wait()
        waiting = told.count(site.host)
        free.set()
        await asyncio.gather(*asking, other)

    assert (AT_ONCE, AT_ONCE + 2) == (waiting, told.count(site.host))


async def test_why_a_host_was_refused_is_told_of_that_host_alone() -> None:
    async with (
        served({"/": answer("x", Connection="close")}) as site,
        FilteringProxy(frozenset({site.host})) as proxy,
    ):
        await got(proxy.port, "http://127.0.0.1:9/")
        await got(proxy.port, site.url + "/")

        assert "not a public address" in proxy.refusal("127.0.0.1:9")
        assert proxy.refusal(site.host) == proxy.refusal("127.0.0.1:8") == ""
