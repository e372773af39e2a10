"""A query typed into a search box as a person would, and the page that answers it."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from audit.crawl.browser.frames import with_frames
from audit.crawl.browser.tab import CALL, Seen, by_button, by_enter, typed, within
from audit.reading import RENDERED, read_page
from audit.urls import key

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

Settling = Callable[["Page", Seen], Awaitable[str]]
WAKES = 0.6  # seconds in which a box that answers while it is typed into starts to


class Replied(NamedTuple):
    """What a box answered: the window, its address and document, the seconds until they stood.

    `status` and `lacking` are the window's own at that moment.
    """

    seen: Seen
    url: str
    html: str
    spent: float
    status: int
    lacking: bool


async def answer_to(
    seen: Seen, field: "Locator", query: str, before: str, settled: Settling
) -> Replied:
    """The answer to a query; `before` is the document without it. `spent` holds the settling.

    What shows while the words are typed counts where Enter only opens one of its results, or
    brings none: that box has no other answer.
    """
    here, started = seen.page.url, time.monotonic()
    live = await _while_typed(seen, field, query, before, settled)
    first = _replied(seen, here, live, started)
    sent = first
    for way in (by_enter, by_button):
        started = time.monotonic()
        if not await within(way(field, query), CALL, "sending"):
            continue
        await asyncio.sleep(WAKES / 2)
        shown = _window(seen)
        html = await settled(shown.page, shown)
        if (late := _window(seen)) is not shown:  # it opened meanwhile
            shown, html = late, await settled(late.page, late)
        sent = _replied(shown, shown.page.url, html, started)
        if html != live or shown is not seen or seen.opening:
            break
    return first if live != before and _is_all(first, sent, query, before) else sent


def _window(seen: Seen) -> Seen:
    """The newest window that the tab opened, else the tab."""
    return seen.popups[-1] if seen.popups else seen


def _replied(seen: Seen, url: str, html: str, started: float) -> Replied:
    """What stands in a window now; a page of the web that came without a status was not seen."""
    lacking = seen.lacking or (not seen.status and url.startswith("http"))
    return Replied(seen, url, html, time.monotonic() - started, seen.status, lacking)


def _is_all(first: Replied, sent: Replied, query: str, before: str) -> bool:
    """Whether what showed while typing is the whole answer."""
    if sent.html == first.html:
        return True
    shown = _links(first.html, first.url)
    if shown == _links(before, first.url):
        return False
    if sent.seen is first.seen and key(sent.url) == key(first.url):
        return not _links(sent.html, sent.url) - shown
    return key(sent.url) in {name for name in shown if not _asks(name, query)}


async def _while_typed(
    seen: Seen, field: "Locator", query: str, before: str, settled: Settling
) -> str:
    """The document once the words stand in the box."""
    await within(typed(field, query), CALL, "typing")
    await asyncio.sleep(WAKES)
    html = (await with_frames(seen.page)).html
    if html == before and not seen.open:
        return before
    return await settled(seen.page, seen)


def _links(html: str, url: str) -> Counter[str]:
    record = read_page(html.encode("utf-8", "replace"), url, RENDERED)
    return Counter(key(link.url) for link in record.links if link.url)


def _asks(address: str, query: str) -> bool:
    """Whether an address sends the words to an engine: a suggestion, no result."""
    return query in unquote(address.partition("?")[2])
