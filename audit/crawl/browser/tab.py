"""One tab: what its page does, what is refused it, and calls of the driver under deadlines."""

import asyncio
import contextlib
from collections.abc import Awaitable
from typing import TYPE_CHECKING, TypeVar

from audit.model import FetchOutcome

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page, Request, Response

T = TypeVar("T")
CALL = 5.0  # seconds of any call but opening a page
NAVIGATIONS = 10  # of the main frame; more never end
REFUSED = 400  # status from which an answer brings nothing
POPUPS = 3  # windows that a search may open
NEEDED = frozenset({"document", "script", "xhr", "fetch"})  # what content may come by


class Broken(Exception):  # noqa: N818 - it is always caught
    """The tab or the browser did not answer; `outcome` says how."""

    def __init__(self, outcome: FetchOutcome, words: str) -> None:
        """Keep how."""
        super().__init__(words)
        self.outcome = outcome


class Seen:
    """What the main frame of a tab did; refuses what a page asks of its user."""

    def __init__(self, page: "Page", *, keeps_popups: bool = False, framed: bool = False) -> None:
        """Watch a tab; windows that it opens are closed, or kept for a search.

        `framed`: what its frames show is part of the page.
        """
        self._page = page
        self._keeps = keeps_popups
        self.framed = framed
        self.popups: list[Page] = []
        self.crashed = False
        self.lacking = False  # a script broke, or something that content may come by did not come
        self.navigations = 0
        self.open = 0  # requests under way
        self.status = 0
        self.first = 0  # status of the first document
        self.url = ""
        self.hops: list[str] = []
        page.on("crash", self._crash)
        page.on("dialog", lambda dialog: _later(dialog.dismiss()))
        page.on("popup", self._opened)
        page.on("request", self._asked)
        page.on("response", self._answered)
        page.on("requestfinished", self._done)
        page.on("requestfailed", self._failed)
        page.on("pageerror", self._broke)

    def _opened(self, popup: "Page") -> None:
        if self._keeps and len(self.popups) < POPUPS:
            self.popups.append(popup)
        else:
            _later(popup.close())

    def _crash(self, _: object) -> None:
        self.crashed = True

    def _asked(self, request: "Request") -> None:
        self.open += 1
        if not request.is_navigation_request() or request.frame != self._page.main_frame:
            return
        self.navigations += 1
        self.lacking = False  # what broke on the page before is none of this one's
        if self.navigations == NAVIGATIONS + 1:
            _later(self._page.close())
        if len(self.hops) <= NAVIGATIONS:
            self.hops.append(request.url)

    def _answered(self, response: "Response") -> None:
        request = response.request
        main = request.is_navigation_request() and response.frame == self._page.main_frame
        if response.status >= REFUSED and request.resource_type in NEEDED and not main:
            self.lacking = True
        if main:
            self.status = response.status
            self.first = self.first or response.status
            self.url = response.url.partition("#")[0]

    def _failed(self, request: "Request") -> None:
        self.lacking = self.lacking or request.resource_type in NEEDED
        self._done(request)

    def _broke(self, _: object) -> None:
        self.lacking = True  # what came may not have been what it asked for: a wall's page, say

    def _done(self, _: object) -> None:
        self.open = max(0, self.open - 1)


async def content(page: "Page") -> str:
    """The serialised document; empty while it is on its way to another one."""
    from playwright.async_api import Error  # noqa: PLC0415 - only where a browser is used

    try:
        return await asyncio.wait_for(page.content(), CALL)
    except Error:
        return ""
    except TimeoutError:
        raise Broken(FetchOutcome.BROWSER_TIMEOUT, "the page did not answer") from None


async def cookies(page: "Page", url: str) -> tuple[str, ...]:
    """The cookies that the browser would send to an address, as name=value."""
    found = await within(page.context.cookies(url), CALL, "cookies")
    return tuple(f"{one.get('name', '')}={one.get('value', '')}" for one in found)


async def within(call: Awaitable[T], seconds: float, words: str) -> T:
    """The result of a call of the driver in time; raises Broken."""
    from playwright.async_api import Error  # noqa: PLC0415 - only where a browser is used

    try:
        return await asyncio.wait_for(call, seconds)
    except TimeoutError:
        raise Broken(FetchOutcome.BROWSER_TIMEOUT, f"{words}: no answer") from None
    except Error as error:
        raise Broken(FetchOutcome.BROWSER_CRASH, f"{words}: {str(error)[:200]}") from None


_tasks: set[asyncio.Task[None]] = set()


def _later(call: Awaitable[None]) -> None:
    """Answer an event of the page without waiting; what fails then is no news."""

    async def run() -> None:
        with contextlib.suppress(Exception):
            await asyncio.wait_for(call, CALL)

    task = asyncio.ensure_future(run())
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)


async def box_of(page: "Page", box: str) -> "Locator | None":
    """The box that takes the words: the named one, else what looks like a search box."""
    named = [f'[id="{box}"]', f'[name="{box}"]'] if box and '"' not in box else []
    for selector in (*named, *LOOKS_LIKE):
        found = page.locator(selector).first
        if await within(found.is_visible(), CALL, "looking for the box"):
            return found
    return None


async def typed(field: "Locator", query: str) -> bool:
    """Type the words. Scripts that watch keys see one: what an input method writes ends with a key."""
    await field.fill(query)
    await field.press("End")
    return True


async def by_enter(field: "Locator", query: str) -> bool:
    """Type the words and press Enter."""
    await typed(field, query)
    await field.press("Enter")
    return True


async def by_button(field: "Locator", query: str) -> bool:
    """Type the words and press the button beside the box; False: there is none to be seen."""
    await typed(field, query)
    for levels in range(1, 5):
        near = field.locator("/".join(["xpath=.."] + [".."] * (levels - 1))).locator(BUTTONS)
        for place in range(min(await near.count(), 5)):
            button = near.nth(place)
            if await button.is_visible():
                await button.click(no_wait_after=True)
                return True
    return False


LOOKS_LIKE = (
    "input[type=search]",
    "[role=search] input",
    "input[placeholder*=搜]",
    "input[placeholder*=检索]",
    "input[placeholder*=关键]",
    "input[placeholder*=Search]",
)
BUTTONS = (
    "button, input[type=submit], input[type=button], input[type=image], a[onclick], a[href^=javascript], "
    "[class*=btn], [class*=button], [id*=btn], img[onclick], span[onclick], i[onclick]"
)
