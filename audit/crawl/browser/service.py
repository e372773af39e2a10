"""One browser for one crawl: pages rendered under deadlines, killed and replaced from outside.

Facts are never read by script in the page's world: what comes out is the serialised HTML, for our
own reader. Dialogs, pop-ups, downloads, permissions and service workers are refused.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import TYPE_CHECKING, Self, TypeVar

import msgspec

from audit.crawl.browser.lookup import Launched, NoBrowserError, launch
from audit.crawl.browser.memory import resident
from audit.crawl.browser.proxy import FilteringProxy
from audit.model import FetchOutcome

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Page, Playwright, Request, Response

T = TypeVar("T")
TABS = 2
GOTO = 15.0  # seconds until a document must be there
SETTLES = 8.0  # seconds after it in which script may go on
QUIET = 1.5  # seconds without a change after which a page is settled
GLANCE = 0.3  # seconds between looks
CALL = 5.0  # seconds of any other call
CLOSES = 3.0
NAVIGATIONS = 10  # of the main frame; more never end
MAX_HTML = 8 << 20  # characters
PAGES = 150  # rendered by one process before it is replaced
MEMORY = 1500 << 20  # bytes of the whole browser
STARTS_AGAIN = 3  # replacements after which it is given up

_log = logging.getLogger(__name__)


class Rendered(msgspec.Struct):
    """What became of one page in the browser."""

    outcome: FetchOutcome
    final_url: str = ""
    status: int = 0
    html: str = ""
    hops: tuple[str, ...] = ()  # addresses of the main frame, in order
    error: str = ""
    spent: float = 0.0  # seconds


class _Broken(Exception):  # noqa: N818 - it is always caught
    """The tab or the browser did not answer; `outcome` says how."""

    def __init__(self, outcome: FetchOutcome, words: str) -> None:
        super().__init__(words)
        self.outcome = outcome


class BrowserService:
    """Starts a browser when it is first needed; an async context manager."""

    def __init__(
        self,
        executable: str,
        allow_addresses: frozenset[str],
        user_agent: str,
        *,
        settles: float = SETTLES,
        goto: float = GOTO,
    ) -> None:
        """`executable`: the user's choice, or empty. Nothing is started yet."""
        self._executable = executable
        self._allow = allow_addresses
        self._agent = user_agent
        self._settles = settles
        self._goto = goto
        self._tabs = asyncio.Semaphore(TABS)
        self._lock = asyncio.Lock()
        self._running: Launched | None = None
        self._driver: Playwright | None = None
        self._browser: Browser | None = None
        self._context: BrowserContext | None = None
        self._pages = 0
        self._starts = 0
        self.missing = ""  # why there is no browser

    async def __aenter__(self) -> Self:
        """Open the only way out."""
        self.proxy = FilteringProxy(self._allow)
        await self.proxy.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        """End the browser; nothing is left of it."""
        await self._end()
        if self._driver is not None:
            with contextlib.suppress(Exception):
                await asyncio.wait_for(self._driver.stop(), CLOSES)
        await self.proxy.__aexit__()

    async def render(self, url: str) -> Rendered:
        """Open a page, wait until script is done, and serialise it; a crash is tried once more."""
        rendered = await self._with_tab(url, self._shown)
        if rendered.outcome in {FetchOutcome.BROWSER_CRASH, FetchOutcome.BROWSER_MEMORY}:
            rendered = await self._with_tab(url, self._shown)
        return rendered

    async def _with_tab(
        self, url: str, work: Callable[["Page", str], Awaitable[Rendered]]
    ) -> Rendered:
        started = time.monotonic()
        async with self._tabs:
            try:
                context = await self._ready()
                page = await _within(context.new_page(), CALL, "new tab")
            except NoBrowserError as error:
                return Rendered(FetchOutcome.NEEDS_BROWSER, error=str(error))
            except _Broken as error:
                await self._replace()
                return Rendered(error.outcome, error=str(error))
            try:
                rendered = await work(page, url)
            except _Broken as error:
                rendered = Rendered(error.outcome, url, error=str(error))
            await self._close(page, rendered)
            rendered.spent = time.monotonic() - started
            return rendered

    async def _shown(self, page: "Page", url: str) -> Rendered:
        seen = _Seen(page)
        limit = self._goto + self._settles + CALL
        try:
            async with asyncio.timeout(limit):
                await self._go(page, url, seen)
                html = await self._settled(page, seen)
        except TimeoutError:
            raise _Broken(FetchOutcome.BROWSER_TIMEOUT, f"not done after {limit:g} s") from None
        except _Broken:
            if seen.navigations <= NAVIGATIONS:
                raise
            html = ""
        if seen.navigations > NAVIGATIONS:
            return Rendered(FetchOutcome.REDIRECT_LOOP, seen.url or url, hops=tuple(seen.hops))
        status = seen.status
        outcome = FetchOutcome.OK
        if status >= 400:
            outcome = FetchOutcome.HTTP_5XX if status >= 500 else FetchOutcome.HTTP_4XX
        return Rendered(outcome, seen.url or url, status, html[:MAX_HTML], tuple(seen.hops))

    async def _go(self, page: "Page", url: str, seen: "_Seen") -> None:
        """Open it; a document that never ends loading is read as far as it came."""
        from playwright.async_api import Error  # noqa: PLC0415 - only where a browser is used

        try:
            await page.goto(url, wait_until="domcontentloaded", timeout=self._goto * 1000)
        except Error as error:
            words = str(error).partition("\n")[0]
            if seen.crashed:
                raise _Broken(FetchOutcome.BROWSER_CRASH, "the tab crashed") from None
            if "interrupted by another navigation" in words and seen.status:
                return
            if "Timeout" in words and seen.status:
                return
            raise _Broken(self._outcome_of(words), words[:300]) from None

    def _outcome_of(self, words: str) -> FetchOutcome:
        refused = next((p.refused for p in reversed(self.proxy.log) if p.refused), "")
        if "not a public address" in refused:
            return FetchOutcome.BLOCKED_ADDRESS
        if "Timeout" in words:
            return FetchOutcome.BROWSER_TIMEOUT
        if "crash" in words.lower() or "closed" in words.lower():
            return FetchOutcome.BROWSER_CRASH
        return FetchOutcome.CONNECTION_CLOSED

    async def _settled(self, page: "Page", seen: "_Seen") -> str:
        """The serialised page once it stops changing, at the latest after the limit."""
        ends = time.monotonic() + self._settles
        html, mark, since = "", b"", time.monotonic()
        while True:
            if seen.crashed:
                raise _Broken(FetchOutcome.BROWSER_CRASH, "the tab crashed")
            if seen.navigations > NAVIGATIONS:
                return html
            html = await _content(page) or html
            now = time.monotonic()
            fresh = sha256(html.encode("utf-8", "replace")).digest()
            if fresh != mark or seen.open:
                mark, since = fresh, now
            if now - since >= QUIET or now >= ends:
                return html
            await asyncio.sleep(GLANCE)

    async def _close(self, page: "Page", rendered: Rendered) -> None:
        """Close the tab; one that cannot be closed takes its browser with it."""
        try:
            await _within(page.close(), CLOSES, "closing the tab")
        except _Broken:
            rendered.error = rendered.error or "the tab did not close"
            await self._replace()
            return
        self._pages += 1
        running = self._running
        full = running is not None and resident(running.process.pid) > MEMORY
        if full and rendered.outcome is FetchOutcome.BROWSER_CRASH:
            rendered.outcome = FetchOutcome.BROWSER_MEMORY
        if full or self._pages >= PAGES or rendered.outcome is FetchOutcome.BROWSER_TIMEOUT:
            self._starts -= 1  # that was planned
            await self._replace()

    async def _ready(self) -> "BrowserContext":
        """The context of a browser that runs; raises NoBrowserError, _Broken."""
        async with self._lock:
            if self.missing:
                raise NoBrowserError(self.missing)
            alive = self._running is not None and self._running.process.poll() is None
            if self._context is None or not alive:
                await self._end()
                await self._start()
            assert self._context is not None  # noqa: S101 - _start sets it or raises
            return self._context

    async def _start(self) -> None:
        if self._starts > STARTS_AGAIN:
            self.missing = "the browser broke again and again"
            raise NoBrowserError(self.missing)
        self._starts += 1
        try:
            if self._driver is None:
                self._driver = await _driver()
            self._running = await launch(self._executable, f"http://127.0.0.1:{self.proxy.port}")
            connecting = self._driver.chromium.connect_over_cdp(self._running.address)
            self._browser = await _within(connecting, CALL, "connecting")
            self._context = await _within(self._new_context(), CALL, "a context")
        except NoBrowserError as error:
            self.missing = str(error)
            raise
        self._pages = 0

    async def _new_context(self) -> "BrowserContext":
        assert self._browser is not None  # noqa: S101 - connected just before
        version = self._browser.version.partition(".")[0]
        context = await self._browser.new_context(
            accept_downloads=False,
            service_workers="block",
            permissions=[],
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": 1366, "height": 900},
            user_agent=(
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
                f"HeadlessChrome/{version}.0.0.0 Safari/537.36 {self._agent}"
            ),
        )
        context.set_default_timeout(CALL * 1000)
        return context

    async def _replace(self) -> None:
        async with self._lock:
            await self._end()

    async def _end(self) -> None:
        running, self._running = self._running, None
        browser, self._browser, self._context = self._browser, None, None
        if running is not None:
            running.kill()
        if browser is not None:
            with contextlib.suppress(Exception):
                await asyncio.wait_for(browser.close(), CLOSES)


class _Seen:
    """What the main frame of a tab did; refuses what a page asks of its user."""

    def __init__(self, page: "Page") -> None:
        self._page = page
        self.crashed = False
        self.navigations = 0
        self.open = 0  # requests under way
        self.status = 0
        self.url = ""
        self.hops: list[str] = []
        page.on("crash", self._crash)
        page.on("dialog", lambda dialog: _later(dialog.dismiss()))
        page.on("popup", lambda popup: _later(popup.close()))
        page.on("request", self._asked)
        page.on("response", self._answered)
        page.on("requestfinished", self._done)
        page.on("requestfailed", self._done)

    def _crash(self, _: object) -> None:
        self.crashed = True

    def _asked(self, request: "Request") -> None:
        self.open += 1
        if not request.is_navigation_request() or request.frame != self._page.main_frame:
            return
        self.navigations += 1
        if self.navigations == NAVIGATIONS + 1:
            _later(self._page.close())
        if len(self.hops) <= NAVIGATIONS:
            self.hops.append(request.url)

    def _answered(self, response: "Response") -> None:
        request = response.request
        if request.is_navigation_request() and response.frame == self._page.main_frame:
            self.status = response.status
            self.url = response.url.partition("#")[0]

    def _done(self, _: object) -> None:
        self.open = max(0, self.open - 1)


async def _content(page: "Page") -> str:
    """The serialised document; empty while it is on its way to another one."""
    from playwright.async_api import Error  # noqa: PLC0415 - only where a browser is used

    try:
        return await asyncio.wait_for(page.content(), CALL)
    except Error:
        return ""
    except TimeoutError:
        raise _Broken(FetchOutcome.BROWSER_TIMEOUT, "the page did not answer") from None


async def _within(call: Awaitable[T], seconds: float, words: str) -> T:
    """The result of a call of the driver in time; raises _Broken."""
    from playwright.async_api import Error  # noqa: PLC0415 - only where a browser is used

    try:
        return await asyncio.wait_for(call, seconds)
    except TimeoutError:
        raise _Broken(FetchOutcome.BROWSER_TIMEOUT, f"{words}: no answer") from None
    except Error as error:
        raise _Broken(FetchOutcome.BROWSER_CRASH, f"{words}: {str(error)[:200]}") from None


async def _driver() -> "Playwright":
    """Playwright's driver; raises NoBrowserError where it is not installed or does not start."""
    try:
        from playwright.async_api import (  # noqa: PLC0415 - only where a browser is used
            Error,
            async_playwright,
        )
    except ImportError as error:
        raise NoBrowserError(f"playwright 没有安装（{error}）。运行 ./run browser") from None
    try:
        return await asyncio.wait_for(async_playwright().start(), CALL * 3)
    except (Error, OSError, TimeoutError) as error:
        words = str(error).partition("\n")[0] or type(error).__name__
        raise NoBrowserError(
            f"playwright 的驱动没有启动（{words[:200]}）。在 Debian 上可能缺 libatomic1：apt-get install libatomic1"
        ) from None


_tasks: set[asyncio.Task[None]] = set()


def _later(call: Awaitable[None]) -> None:
    """Answer an event of the page without waiting; what fails then is no news."""

    async def run() -> None:
        with contextlib.suppress(Exception):
            await asyncio.wait_for(call, CALL)

    task = asyncio.ensure_future(run())
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)
