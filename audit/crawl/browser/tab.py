"""One tab: what its page does, what is refused it, and calls of the driver under deadlines."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from audit.model import FetchOutcome

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page, Request, Response

T = TypeVar("T")
CALL = 5.0  # seconds of any call but opening a page
NAVIGATIONS = 10  # of the main frame; more never end
REFUSED = 400  # status from which an answer brings nothing
POPUPS = 3  # windows that a search may open
EARLY = 400  # events of windows that are remembered until the window is known
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
        """Watch a tab; windows that it opens are closed, or kept and watched for a search.

        `framed`: what its frames show is part of the page.
        """
        self.page = page
        self._keeps = keeps_popups
        self.framed = framed
        self.popups: list[Seen] = []
        self.windows = 0  # that the page asked for, where it is listened to (`windows.py`)
        self._came = 0
        self.crashed = False
        self.lacking = False  # a script broke, or something that content may come by did not come
        self.navigations = 0
        self.open = 0  # requests under way
        self.status = 0
        self.first = 0  # status of the first document
        self.url = ""
        self.hops: list[str] = []
        self._early: deque[tuple[str, Request | Response]] = deque(maxlen=EARLY)
        self._hears: dict[str, Callable[[Any], None]] = {
            "request": self._asked,
            "response": self._answered,
            "requestfinished": self._done,
            "requestfailed": self._failed,
        }
        self._notes = {name: self._noting(name) for name in self._hears if keeps_popups}
        page.on("crash", self._crash)
        page.on("dialog", lambda dialog: _later(dialog.dismiss()))
        page.on("popup", self._opened)
        page.on("pageerror", self._broke)
        listen = cast(Any, page).on  # the driver's types know each event by a literal only
        for name, hear in self._hears.items():
            listen(name, hear)
        for name, note in self._notes.items():
            cast(Any, page.context).on(name, note)

    @property
    def opening(self) -> bool:
        """Whether a window that the page asked for is not there yet."""
        return self.windows > self._came

    def asks_for_a_window(self, _: object) -> None:
        """Count a window before it is there."""
        self.windows += 1

    def forget(self) -> None:
        """Listen no more to what windows do before they are known."""
        for name, note in self._notes.items():
            cast(Any, self.page.context).remove_listener(name, note)
        self._notes = {}

    def _noting(self, name: str) -> "Callable[[Request | Response], None]":
        return lambda event: self._early.append((name, event))

    def _opened(self, popup: "Page") -> None:
        self._came += 1
        if not self._keeps or len(self.popups) >= POPUPS:
            _later(popup.close())
            return
        seen = Seen(popup, framed=self.framed)
        for name, event in self._early:  # a window is told of when its document came already
            if _is_of(event, popup):
                seen._hears[name](event)
        self.popups.append(seen)

    def _crash(self, _: object) -> None:
        self.crashed = True

    def _asked(self, request: "Request") -> None:
        self.open += 1
        if not self._is_document(request):
            return
        self.navigations += 1
        self.lacking = False  # what broke on the page before is none of this one's
        if self.navigations == NAVIGATIONS + 1:
            _later(self.page.close())
        if len(self.hops) <= NAVIGATIONS:
            self.hops.append(request.url)

    def _answered(self, response: "Response") -> None:
        if self._is_document(response.request):
            self.status = response.status
            self.first = self.first or response.status
            self.url = response.url.partition("#")[0]
        elif response.status >= REFUSED:
            self._lost(response.request)

    def _failed(self, request: "Request") -> None:
        self._lost(request)
        self._done(request)

    def _lost(self, request: "Request") -> None:
        self.lacking = self.lacking or request.resource_type in NEEDED

    def _broke(self, _: object) -> None:
        self.lacking = True  # what came may not have been what it asked for: a wall's page, say

    def _done(self, _: object) -> None:
        self.open = max(0, self.open - 1)

    def _is_document(self, request: "Request") -> bool:
        """Whether it is for the document of the tab, not for a part of it or a frame."""
        return request.is_navigation_request() and request.frame == self.page.main_frame


def _is_of(event: "Request | Response", page: "Page") -> bool:
    """Whether a page asked for it; False where the driver knows of no page."""
    from playwright.async_api import Error  # noqa: PLC0415 - only where a browser is used

    try:
        return event.frame.page == page
    except Error:
        return False


async def content(page: "Page") -> str:
    """The serialised document; empty while it is on its way to another one."""
    from playwright.async_api import Error  # noqa: PLC0415 - only where a browser is used

    try:
        return await asyncio.wait_for(page.content(), CALL)
    except Error:
        return ""
    except TimeoutError:
        raise Broken(FetchOutcome.BROWSER_TIMEOUT, "the page did not answer") from None


async def cookies(page: "Page", url: str = "") -> tuple[str, ...]:
    """The cookies that the browser would send to an address, or all that it has, as name=value."""
    found = await within(page.context.cookies(url or None), CALL, "cookies")
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
