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

from audit.crawl.browser.context import new_context
from audit.crawl.browser.driver import driver
from audit.crawl.browser.examining import accessibility
from audit.crawl.browser.frames import with_frames
from audit.crawl.browser.keyboard import walk
from audit.crawl.browser.lookup import Launched, NoBrowserError, launch
from audit.crawl.browser.memory import resident
from audit.crawl.browser.outcomes import FAILED, of_failure, of_status
from audit.crawl.browser.pictures import HEIGHT, WIDTH, Photographer
from audit.crawl.browser.proxy import FilteringProxy
from audit.crawl.browser.rendered import Rendered
from audit.crawl.browser.tab import (
    CALL,
    NAVIGATIONS,
    REFUSED,
    Broken,
    Seen,
    box_of,
    content,
    cookies,
    within,
)
from audit.crawl.browser.trust import Handshakes, trust_flags
from audit.crawl.browser.turning import with_further_pages
from audit.crawl.browser.typing import answer_to
from audit.crawl.browser.windows import windows_told
from audit.crawl.transport import trusted
from audit.errors import ConfigError
from audit.model import FetchOutcome
from audit.model.examination import Look
from audit.model.picture import NOTHING, Mark
from audit.urls import host_port

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Page, Playwright

T = TypeVar("T")
TABS = 2
GOTO = 15.0  # seconds until a document must be there
SETTLES = 8.0  # seconds after it in which script may go on
QUIET = 1.5  # seconds without a change after which a page is settled
STILL = 0.6  # the same before a page is examined: what it says was read before
GLANCE = 0.3  # seconds between looks
CLOSES = 3.0
MAX_HTML = 8 << 20  # characters
PAGES = 150  # rendered by one process before it is replaced
MEMORY = 1500 << 20  # bytes of the whole browser
STARTS_AGAIN = 3  # replacements after which it is given up
BROKEN = frozenset(
    {FetchOutcome.BROWSER_CRASH, FetchOutcome.BROWSER_MEMORY, FetchOutcome.BROWSER_TIMEOUT}
)

_log = logging.getLogger(__name__)


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
        quiet: float = QUIET,
        ca_file: str = "",
        rate: float = 0.0,
    ) -> None:
        """`executable`: the user's choice, or empty. Nothing is started yet."""
        self._ca_file = ca_file
        self._rate = rate
        self._executable = executable
        self._allow = allow_addresses
        self._agent = user_agent
        self._settles = settles
        self._goto = goto
        self._quiet = quiet
        self._tabs = asyncio.Semaphore(TABS)
        self._lock = asyncio.Lock()
        self._again = asyncio.Lock()  # who takes every place waits for nobody who does
        self._running: Launched | None = None
        self._driver: Playwright | None = None
        self._browser: Browser | None = None
        self._context: BrowserContext | None = None
        self._photographer = Photographer()
        self._pages = 0
        self._starts = 0
        self.missing = ""  # why there is no browser
        self.passes: dict[str, tuple[str, ...]] = {}  # cookies of challenges passed, by host:port

    async def __aenter__(self) -> Self:
        """Open the only way out."""
        self.proxy = FilteringProxy(self._allow, rate=self._rate)
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
        """Open a page and serialise it once script is done; what broke is tried again, alone."""

        async def shown(page: "Page", address: str) -> Rendered:
            seen = Seen(page)
            rendered = await self._shown(page, address, seen)
            if rendered.outcome is FetchOutcome.OK and not rendered.lacking:
                rendered.html = await with_further_pages(
                    page, rendered.html, lambda: self._settled(page, seen, STILL)
                )
            return rendered

        rendered = await self._with_tab(url, shown)
        if rendered.outcome in BROKEN:
            async with self._again:  # another tab's page may have held or ended its process
                rendered = await self._with_tab(url, shown, TABS)
        return rendered

    async def examine(self, url: str, look: Look | None = None) -> Rendered:
        """Open a page, try the rules of accessibility on it, and its search by keyboard."""

        async def examined(page: "Page", address: str) -> Rendered:
            seen, quiet = Seen(page, keeps_popups=look is not None), min(STILL, self._quiet)
            try:
                rendered = await self._shown(page, address, seen, quiet)
                if rendered.outcome is not FetchOutcome.OK:
                    return rendered
                found = await accessibility(page)
                if look is not None:
                    async with windows_told(seen):
                        walked = await walk(
                            page, seen, look, lambda: self._settled(page, seen, quiet)
                        )
                    found = msgspec.structs.replace(found, walk=walked)
                rendered.examination = found
                return rendered
            finally:
                await self._shut(seen)

        return await self._with_tab(url, examined)

    async def picture(self, url: str, mark: Mark) -> Rendered:
        """Open a page and picture it, with what is to be marked on it framed."""

        async def shown(page: "Page", address: str) -> Rendered:
            size = page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
            await within(size, CALL, "the size of the tab")
            seen, quiet = Seen(page), min(STILL, self._quiet)
            rendered = await self._shown(page, address, seen, quiet / 2)
            if rendered.outcome is not FetchOutcome.OK:
                return rendered
            rendered.picture, html = await self._photographer.picture(
                page, rendered.html, mark, lambda: self._settled(page, seen, quiet)
            )
            rendered.html = html[:MAX_HTML]
            return rendered

        return await self._with_tab(url, shown)

    async def search(self, url: str, box: str, query: str, sought: str = "") -> Rendered:
        """Type a query into the box of a page as a person would; serialise and picture what comes.

        Links to what is `sought` are framed.
        """

        async def typed(page: "Page", address: str) -> Rendered:
            seen = Seen(page, keeps_popups=True, framed=True)
            limit = self._goto + 3 * self._settles + CALL
            try:
                async with asyncio.timeout(limit):
                    await self._go(page, address, seen)
                    before = await self._settled(page, seen)
                    async with windows_told(seen):
                        return await self._sent(seen, (box, query, sought), before)
            except TimeoutError:
                words = f"not done after {limit:g} s"
                raise Broken(FetchOutcome.BROWSER_TIMEOUT, words) from None
            finally:
                await self._shut(seen)

        return await self._with_tab(url, typed)

    async def _sent(self, seen: Seen, asked: tuple[str, str, str], before: str) -> Rendered:
        """Send by Enter, and by the button where Enter does nothing."""
        box, query, sought = asked
        field = await box_of(seen.page, box)
        if field is None:
            address = seen.page.url
            return Rendered(FetchOutcome.NEEDS_BROWSER, address, error="the box is not to be seen")
        replied = await answer_to(seen, field, query, before, self._settled)
        shown, address = replied.seen, replied.url.partition("#")[0]
        if shown.navigations > NAVIGATIONS:
            return Rendered(FetchOutcome.REDIRECT_LOOP, shown.url, hops=tuple(shown.hops))
        if replied.url.startswith(FAILED):
            asked_for = shown.hops[-1] if shown.hops else ""
            outcome = of_failure("", self.proxy.refusal(host_port(asked_for)))
            return Rendered(outcome, asked_for, error="the search did not answer")
        picture, html = None, replied.html[:MAX_HTML]
        if shown.page.url == replied.url:
            mark = Mark(links=(sought,)) if sought else NOTHING
            picture, _ = await self._photographer.picture(shown.page, html, mark)
        return Rendered(
            of_status(replied.status), address, replied.status, html,
            spent=max(0.01, replied.spent - self._quiet),
            lacking=replied.lacking or html != replied.html, picture=picture,
        )  # fmt: skip

    async def _shut(self, seen: Seen) -> None:
        """Close the windows that the page opened, and wait for no more of them."""
        seen.forget()
        for popup in seen.popups:
            with contextlib.suppress(Exception):
                await asyncio.wait_for(popup.page.close(), CLOSES)

    async def _with_tab(
        self, url: str, work: Callable[["Page", str], Awaitable[Rendered]], places: int = 1
    ) -> Rendered:
        started = time.monotonic()
        async with contextlib.AsyncExitStack() as stack:
            for _ in range(places):
                await stack.enter_async_context(self._tabs)
            try:
                context = await self._ready()
                page = await within(context.new_page(), CALL, "new tab")
            except NoBrowserError as error:
                return Rendered(FetchOutcome.NEEDS_BROWSER, error=str(error))
            except Broken as error:
                await self._replace()
                return Rendered(error.outcome, error=str(error))
            try:
                rendered = await work(page, url)
            except Broken as error:
                rendered = Rendered(error.outcome, url, error=str(error))
            await self._close(page, rendered)
            rendered.spent = rendered.spent or time.monotonic() - started
            return rendered

    async def _shown(self, page: "Page", url: str, seen: Seen, quiet: float = 0.0) -> Rendered:
        limit, html, known = self._goto + self._settles + CALL, "", ()
        try:
            async with asyncio.timeout(limit):
                known = await cookies(page)
                await self._go(page, url, seen)
                html = await self._settled(page, seen, quiet)
        except TimeoutError:
            raise Broken(FetchOutcome.BROWSER_TIMEOUT, f"not done after {limit:g} s") from None
        except Broken:
            if seen.navigations <= NAVIGATIONS:
                raise
        if seen.navigations > NAVIGATIONS:
            return Rendered(FetchOutcome.REDIRECT_LOOP, seen.url or url, hops=tuple(seen.hops))
        rendered = Rendered(
            of_status(seen.status), seen.url or url, seen.status, html[:MAX_HTML],
            tuple(seen.hops), lacking=seen.lacking or len(html) > MAX_HTML,
        )  # fmt: skip
        if seen.first >= REFUSED and rendered.outcome is FetchOutcome.OK:
            given = await cookies(page, rendered.final_url)
            if not set(given) <= set(known):  # else they are an earlier page's
                rendered.passed = self.passes[host_port(rendered.final_url)] = given
        return rendered

    async def _go(self, page: "Page", url: str, seen: "Seen") -> None:
        """Open it; a document that never ends loading is read as far as it came."""
        from playwright.async_api import Error  # noqa: PLC0415 - only where a browser is used

        try:
            await page.goto(url, wait_until="domcontentloaded", timeout=self._goto * 1000)
        except Error as error:
            words = str(error).partition("\n")[0]
            if seen.crashed:
                raise Broken(FetchOutcome.BROWSER_CRASH, "the tab crashed") from None
            if "interrupted by another navigation" in words and seen.status:
                return
            if "Timeout" in words and seen.status:
                return
            refused = self.proxy.refusal(host_port(seen.hops[-1] if seen.hops else url))
            raise Broken(of_failure(words, refused), words[:300]) from None

    async def _settled(self, page: "Page", seen: "Seen", quiet: float = 0.0) -> str:
        """The serialised page once it stops changing or a window came, at the latest after the limit."""
        ends, windows = time.monotonic() + self._settles, len(seen.popups)
        html, whole, mark, since = "", True, b"", time.monotonic()
        while True:
            if seen.crashed:
                raise Broken(FetchOutcome.BROWSER_CRASH, "the tab crashed")
            if seen.navigations > NAVIGATIONS:
                return html
            if seen.framed:
                fresh, whole = await with_frames(page)
            else:
                fresh = await content(page)
            html = fresh or html
            now = time.monotonic()
            digest = sha256(html.encode("utf-8", "replace")).digest()
            if len(seen.popups) > windows:
                return html
            if digest != mark or seen.open or seen.opening:
                mark, since = digest, now
            still = now - since >= (quiet or self._quiet)
            if still or now >= ends:
                seen.lacking = seen.lacking or not (still and whole)
                return html
            await asyncio.sleep(GLANCE)

    async def _close(self, page: "Page", rendered: Rendered) -> None:
        """Close the tab; one that cannot be closed takes its browser with it."""
        try:
            await within(page.close(), CLOSES, "closing the tab")
        except Broken:
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
        """The context of a browser that runs; raises NoBrowserError, Broken."""
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
                self._driver = await driver()
            way_out = f"http://127.0.0.1:{self.proxy.port}"
            self._running = await launch(self._executable, way_out, self._trust())
            connecting = self._driver.chromium.connect_over_cdp(self._running.address)
            self._browser = await within(connecting, CALL, "connecting")
            self._context = await within(new_context(self._browser, self._agent), CALL, "a context")
        except NoBrowserError as error:
            self.missing = str(error)
            raise
        self._pages = 0

    def _trust(self) -> tuple[str, ...]:
        """The browser's arguments for the config's certificates; raises NoBrowserError."""
        if not self._ca_file:
            return ()
        try:
            self.proxy.handshakes = Handshakes(trusted(self._ca_file))
            return trust_flags(self._ca_file)
        except (OSError, ConfigError) as error:
            raise NoBrowserError(str(error)) from error

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
