"""The browser service: pages as script leaves them; nothing hangs, nothing gets out, nothing stays."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from audit.crawl.browser import BrowserService, NoBrowserError
from audit.crawl.browser.lookup import candidates, launch
from audit.crawl.browser.memory import members
from audit.crawl.browser.service import Rendered
from audit.model import FetchOutcome
from tests.authorities import authority, forged
from tests.browsers import needs_browser
from tests.served import Served, answer, served

pytestmark = [pytest.mark.browser, needs_browser]

FILLED = (
    '<!doctype html><title>栏目</title><div id="l"></div><script>setTimeout(() => fetch("/d")'
    '.then(r => r.text()).then(t => { document.getElementById("l").innerHTML = t }), 900)</script>'
)
PAGES = {
    "/filled": answer(FILLED),
    "/d": answer('<a href="/1.html">由脚本填入的标题</a>'),
    "/sent-on": answer('<script>location.replace("/there")</script>'),
    "/there": answer("<p>到了</p>"),
    "/loop": answer('<script>location.href = "/loop?" + Math.random()</script>'),
    "/alerts": answer("<script>for (let i = 0; i < 100; i++) alert(i)</script><p>之后</p>"),
    "/popups": answer('<script>setInterval(() => open("/there"), 50)</script><p>窗口</p>'),
    "/leave": answer("<script>onbeforeunload = () => 'no'</script><p>离开</p>"),
    "/busy": answer("<p>忙</p><script>setTimeout(() => { while (true) {} }, 50)</script>"),
    "/asks": answer(
        "<script>navigator.geolocation.getCurrentPosition(() => {}, e => { document.title = 'code ' + "
        "e.code }); navigator.serviceWorker && navigator.serviceWorker.register('/sw.js')"
        ".then(() => document.body.append('was ' + 'registered'), () => {}); print()</script><p>要</p>"
    ),
    "/sw.js": answer(
        "onfetch = e => e.respondWith(new Response('forged'))", content_type="text/javascript"
    ),
    "/gone": answer("<p>没有</p>", 404),
    "/file": answer('<script>location.href = "file:///etc/passwd"</script><p>文件</p>'),
    "/download": answer(
        '<a id="a" href="/x.bin" download>x</a><script>a.click()</script><p>下载</p>'
    ),
    "/x.bin": answer(b"x" * 1000, content_type="application/octet-stream"),
}


@asynccontextmanager
async def browsing(**changes: object) -> AsyncIterator[tuple[Served, BrowserService]]:
    async with served({**PAGES, **changes}) as site:  # type: ignore[dict-item]
        service = BrowserService(
            "", frozenset({site.host}), "duwang/0.1", settles=4.0, goto=6.0, quiet=0.8
        )
        async with service as browser:
            yield site, browser


def left_of(group: int) -> tuple[int, ...]:
    """What still runs of a group that was killed, once the kernel had time to end it."""
    ends = time.monotonic() + 10
    while members(group) and time.monotonic() < ends:
        os.sched_yield()
    return members(group)


async def test_a_page_is_what_script_leaves() -> None:
    async with browsing() as (site, browser):
        filled = await browser.render(site.url + "/filled")
        sent = await browser.render(site.url + "/sent-on")
        gone = await browser.render(site.url + "/gone")

    assert (filled.outcome, filled.status) == (FetchOutcome.OK, 200)
    assert "由脚本填入的标题" in filled.html
    assert (sent.final_url, "到了" in sent.html) == (site.url + "/there", True)
    assert (gone.outcome, gone.status) == (FetchOutcome.HTTP_4XX, 404)
    agents = {a.headers["user-agent"] for a in site.asked}
    assert all("duwang/0.1" in agent and "Headless" in agent for agent in agents)


@pytest.mark.parametrize("path", ["/alerts", "/popups", "/leave", "/asks", "/file", "/download"])
async def test_what_a_page_asks_of_its_user_is_refused(path: str) -> None:
    async with browsing() as (site, browser):
        rendered = await browser.render(site.url + path)
        after = await browser.render(site.url + "/there")

    assert (rendered.outcome, rendered.status) == (FetchOutcome.OK, 200)
    assert "was registered" not in rendered.html
    assert "root:" not in rendered.html
    assert "到了" in after.html


async def test_a_private_authority_is_trusted_where_the_server_sends_its_certificate(
    tmp_path: Path,
) -> None:
    made = authority(tmp_path, whole_chain=True)
    rendered: list[Rendered] = []
    async with served(PAGES, made.server) as site:
        for file in (made.file, ""):
            service = BrowserService(
                "", frozenset({site.host}), "duwang/0.1", goto=6.0, quiet=0.8, ca_file=file
            )
            async with service as browser:
                rendered.append(await browser.render(site.url + "/there"))

    assert [one.outcome is FetchOutcome.OK for one in rendered] == [True, False]
    assert "到了" in rendered[0].html


async def test_a_certificate_that_is_only_sent_along_vouches_for_nothing(tmp_path: Path) -> None:
    made = forged(tmp_path)
    async with served(PAGES, made.server) as site:
        service = BrowserService(
            "", frozenset({site.host}), "duwang/0.1", goto=6.0, quiet=0.8, ca_file=made.file
        )
        async with service as browser:
            rendered = await browser.render(site.url + "/there")

    assert rendered.outcome is FetchOutcome.TLS
    assert site.paths() == []


async def test_a_server_is_asked_for_its_certificate_once(tmp_path: Path) -> None:
    made = authority(tmp_path, whole_chain=True)
    async with served(PAGES, made.server) as site:
        service = BrowserService(
            "", frozenset({site.host}), "duwang/0.1", goto=6.0, quiet=0.8, ca_file=made.file
        )
        async with service as browser:
            await browser.render(site.url + "/filled")
            connected = site.connected
            await browser.render(site.url + "/there")
            sent = sum(not passed.refused for passed in browser.proxy.log)

    assert connected >= 2
    assert site.connected == sent + 1


async def test_authorities_that_are_gone_are_no_browser_and_no_failure(tmp_path: Path) -> None:
    gone = str(tmp_path / "gone.pem")
    async with BrowserService("", frozenset(), "duwang/0.1", ca_file=gone) as browser:
        rendered = await browser.render("https://127.0.0.1:9/")

    assert rendered.outcome is FetchOutcome.NEEDS_BROWSER
    assert "ca_file" in rendered.error


async def test_a_page_that_never_stops_is_given_up_and_the_next_one_is_read() -> None:
    async with browsing() as (site, browser):
        loop = await browser.render(site.url + "/loop")
        busy = await browser.render(site.url + "/busy")
        after = await browser.render(site.url + "/there")

    assert loop.outcome is FetchOutcome.REDIRECT_LOOP
    assert busy.outcome is FetchOutcome.BROWSER_TIMEOUT
    assert after.outcome is FetchOutcome.OK


async def test_nothing_reaches_an_address_that_the_config_does_not_name() -> None:
    hits: list[bytes] = []

    async def sentinel(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        hits.append(await reader.read(100))
        writer.close()

    server = await asyncio.start_server(sentinel, "127.0.0.1", 0)
    there = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    doors = (
        f'<script>fetch("http://{there}/f").catch(() => {{}}); new WebSocket("ws://{there}/w");'
        f'navigator.sendBeacon("http://{there}/b"); new Image().src = "http://{there}/i";'
        f'fetch("/hop").catch(() => {{}})</script><iframe src="http://{there}/r"></iframe>'
        f'<link rel="stylesheet" href="http://localhost:{there.partition(":")[2]}/c"><p>门</p>'
    )
    hop = answer("", 302, Location=f"http://{there}/hop")
    async with browsing(**{"/doors": answer(doors), "/hop": hop, "/to": hop}) as (site, browser):
        rendered = await browser.render(site.url + "/doors")
        sent = await browser.render(site.url + "/to")
        refused = [passed for passed in browser.proxy.log if passed.refused]
    server.close()

    assert rendered.outcome is FetchOutcome.OK
    assert sent.outcome is FetchOutcome.BLOCKED_ADDRESS
    assert hits == []
    assert len(refused) >= 6


async def test_what_another_page_was_refused_says_nothing_of_this_one() -> None:
    asks = answer('<img src="http://127.0.0.1:8999/x.png"><p>图</p>')
    async with browsing(**{"/asks-out": asks, "/silent": b""}) as (site, browser):
        await browser.render(site.url + "/asks-out")
        silent = await browser.render(site.url + "/silent")
        refused = [passed for passed in browser.proxy.log if passed.refused]

    assert refused
    assert silent.outcome is FetchOutcome.CONNECTION_CLOSED


async def test_a_browser_that_is_killed_is_replaced_and_leaves_nothing() -> None:
    async with browsing() as (site, browser):
        await browser.render(site.url + "/there")
        running = browser._running
        assert running is not None
        os.killpg(running.process.pid, signal.SIGKILL)
        again = await browser.render(site.url + "/there")
        last = browser._running
        assert last is not None
        group, folder = last.process.pid, last.folder

    assert again.outcome is FetchOutcome.OK
    assert left_of(running.process.pid) == ()
    assert left_of(group) == ()
    assert not folder.exists()


async def test_a_browser_that_is_stopped_does_not_stop_us() -> None:
    async with browsing() as (site, browser):
        await browser.render(site.url + "/there")
        running = browser._running
        assert running is not None
        os.killpg(running.process.pid, signal.SIGSTOP)
        stuck = await browser.render(site.url + "/there")
        after = await browser.render(site.url + "/there")

    assert stuck.outcome in {FetchOutcome.BROWSER_TIMEOUT, FetchOutcome.OK}
    assert after.outcome is FetchOutcome.OK
    assert left_of(running.process.pid) == ()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's own means: Linux")
def test_no_browser_outlives_us_however_we_end() -> None:
    code = (
        "import asyncio\nfrom audit.crawl.browser.lookup import launch\n"
        "async def main():\n"
        "    launched = await launch('', 'http://127.0.0.1:9')\n"
        "    print(launched.process.pid, flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(main())"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        group = int(child.stdout.readline())
        assert members(group)
        child.kill()

    assert left_of(group) == ()


@pytest.mark.parametrize("program", ["/bin/false", "/nowhere/chrome"])
async def test_a_browser_that_does_not_start_is_none(program: str, tmp_path: Path) -> None:
    async with BrowserService(program, frozenset(), "duwang/0.1") as browser:
        rendered = await browser.render("http://127.0.0.1:9/")

    assert rendered.outcome is FetchOutcome.NEEDS_BROWSER
    assert "./run browser" in rendered.error
    assert "./run browser" in browser.missing


async def test_the_browser_that_the_user_names_is_the_only_one_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DUWANG_BROWSER", "/nowhere/chrome")

    assert list(candidates("")) == ["/nowhere/chrome"]
    with pytest.raises(NoBrowserError):
        await launch("", "http://127.0.0.1:9")
