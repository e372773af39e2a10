"""The search box of a page for one who has no mouse: reached by Tab, seen, named, sent by Enter.

It runs beside the page (`keyboard.js` in an isolated world); keys are the browser's own. What cannot be
told stays None.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, TypeVar

import msgspec

from audit.crawl.browser.isolated import IsolatedWorld, Named
from audit.crawl.browser.tab import BUTTONS, CALL, LOOKS_LIKE, Broken, Seen, content, within
from audit.model.examination import KeyboardWalk, Look, TabStop
from audit.text import clean, mask
from audit.vocabulary import any_of

if TYPE_CHECKING:
    from playwright.async_api import Page

T = TypeVar("T")
PLACE = "audit.crawl.browser"
STEPS = 60  # presses of Tab; the rulebook's limit is lower
STUCK = 3  # presses that do not leave an element: a trap
CALM = 0.08  # seconds for a key to be heard
GOES = 1.0  # seconds in which a page that never rests may leave for another
WALKS = 30.0  # seconds of it all


class _Here(msgspec.Struct):
    at_box: bool
    at_button: bool
    stuck: bool
    tag: str = ""  # of an element that Tab did not leave
    box: bool = True
    button: bool = True


class _Look(msgspec.Struct):
    caret: bool
    style: str
    clip: tuple[float, float, float, float]


async def walk(
    page: "Page", seen: Seen, look: Look, settled: Callable[[], Awaitable[str]]
) -> KeyboardWalk | None:
    """Try the search of the page by keyboard; None: the page broke, or lost the box, meanwhile."""
    try:
        async with asyncio.timeout(WALKS):
            return await _Walker(page, seen, await IsolatedWorld.open(page)).walked(look, settled)
    except (TimeoutError, Broken):
        return None


class _Walker:
    """One walk through one page."""

    def __init__(self, page: "Page", seen: Seen, world: IsolatedWorld) -> None:
        self._page = page
        self._seen = seen
        self._world = world

    async def walked(
        self, look: Look, settled: Callable[[], Awaitable[str]]
    ) -> KeyboardWalk | None:
        await self._world.run(_script())
        given = {
            "box": look.box, "looks": LOOKS_LIKE, "buttons": BUTTONS, "words": _names(),
        }  # fmt: skip
        found = await self._asked("find", given, _Here)
        if not found.box:
            return KeyboardWalk(shown=False)
        made = await self._tabbed(found)
        if not made.trap and not await self._asked("to", "box", bool):
            return None  # script drew it anew: what was found at first is no longer there
        box = await self._world.name_of("duwang.box")
        button = await self._world.name_of("duwang.button") if found.button else None
        made = msgspec.structs.replace(
            made, box_name=_named(box), box_by=box.by if box else "", button_name=_named(button)
        )
        if not look.query:
            return made
        entered = await self._sent("box", look.query, settled)
        pressed = None
        if entered is False and made.button is not None:
            pressed = await self._sent("button", look.query, settled)
        return msgspec.structs.replace(made, entered=entered, pressed=pressed)

    async def _tabbed(self, here: _Here) -> KeyboardWalk:
        """Press Tab until box and button were reached, or too often."""
        places: dict[str, TabStop] = {}
        found, wanted, stop, stuck, left = here, 1 + here.button, 0, 0, STUCK
        while True:
            for name, there in (("box", here.at_box), ("button", here.at_button)):
                if there and name not in places:
                    places[name] = TabStop(stop, await self._shows())
            stuck = stuck + 1 if here.stuck else 0
            left -= len(places) == wanted
            if stop == STEPS or stuck == STUCK or left < 0:
                break
            stop += 1
            await within(self._page.keyboard.press("Tab"), CALL, "Tab")
            here = await self._asked("here", None, _Here)
        return KeyboardWalk(
            shown=True, stops=stop, box=places.get("box"), button=places.get("button"),
            has_button=found.button, trap=mask(clean(here.tag)) if stuck == STUCK else "",
        )  # fmt: skip

    async def _shows(self) -> bool | None:
        """Whether the element that has the focus looks otherwise than without it."""
        await asyncio.sleep(CALM)
        with_it = await self._asked("look", None, _Look)
        if with_it.caret:
            return True
        drawn = await self._world.picture(with_it.clip)
        style = await self._asked("rest", None, str)
        await asyncio.sleep(CALM)
        again = await self._world.picture(with_it.clip)
        await self._asked("back", None, bool)
        if style != with_it.style:
            return True
        return await self._asked("differs", [drawn, again], bool) if drawn and again else None

    async def _sent(
        self, name: str, query: str, settled: Callable[[], Awaitable[str]]
    ) -> bool | None:
        """Whether Enter, with the words in the box, brings anything.

        None: it cannot be told of a page that never rests, that answers while words are typed, or
        that lets nothing into its box.
        """
        if not await self._asked("to", "box", bool):
            return None
        bare = await content(self._page)
        await within(self._page.keyboard.insert_text(query), CALL, "typing")
        if name != "box" and not await self._asked("to", name, bool):
            return None
        lacked, self._seen.lacking = self._seen.lacking, False
        before, address = await settled(), self._page.url
        restless, self._seen.lacking = self._seen.lacking, lacked
        windows = self._seen.windows
        await within(self._page.keyboard.press("Enter"), CALL, "Enter")
        if restless:
            await asyncio.sleep(GOES)
        after = before if restless else await settled()
        if self._seen.windows > windows or self._page.url != address:
            return True
        if after != before and not restless:
            return True
        return None if restless or before != bare else False

    async def _asked(self, name: str, given: object, wanted: type[T]) -> T:
        return await self._world.ask(f"given => duwang.{name}(given)", given, wanted)


def _named(found: Named | None) -> str | None:
    return None if found is None else clean(found.name)


def _names() -> str:
    """What the button of a search is called, as a pattern."""
    return any_of("search", "buttons").pattern


@cache
def _script() -> str:
    return (resources.files(PLACE) / "keyboard.js").read_text(encoding="utf-8")
