"""The further pages of a list that only a click brings: their rows in one document with the first ones.

What is pressed is the control that is called next and leads nowhere by itself. No form is sent and no
page left meanwhile: such a list stays as it is. The pager is left out of the document when every page
was turned; else it stays, and says that there is more.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, TypeVar

import msgspec

from audit.crawl.browser.isolated import IsolatedWorld
from audit.crawl.browser.tab import CALL, Broken, content, within
from audit.reading import RENDERED, read_page
from audit.urls import key
from audit.vocabulary import words

if TYPE_CHECKING:
    from playwright.async_api import Page, Route

T = TypeVar("T")
PLACE = "audit.crawl.browser"
TURNS = 5  # pages that are turned
TURNING = 30.0  # seconds of it all


class _Lists(msgspec.Struct):
    """What the page lists, by the paths of its elements, and whether it can be turned."""

    next: bool
    holder: str  # the path of the pager
    rows: dict[str, list[str]]


async def with_further_pages(page: "Page", html: str, settled: Callable[[], Awaitable[str]]) -> str:
    """The document with the rows of its further pages; as it was where nothing came of a click."""
    record = read_page(html.encode("utf-8", "replace"), page.url, RENDERED)
    pager, listed = record.pager, [one for one in record.lists if one.main]
    if pager is None or pager.urls or pager.pages <= 1 or not listed:
        return html
    titles = [row.title for row in listed[0].items if row.title]
    try:
        async with asyncio.timeout(TURNING), _staying(page):
            return await _turned(page, pager.pages, titles, settled) or html
    except (Broken, TimeoutError):
        return html


@asynccontextmanager
async def _staying(page: "Page") -> AsyncGenerator[None]:
    """Let the page fetch data, but no window of it go elsewhere, by a form or otherwise."""

    async def held(route: "Route") -> None:
        with suppress(_error()):  # the tab may be gone
            if route.request.is_navigation_request():
                await route.abort()
            else:
                await route.continue_()

    await within(page.route("**/*", held), CALL, "holding the page")
    try:
        yield
    finally:
        with suppress(Broken):
            await within(page.unroute_all(behavior="ignoreErrors"), CALL, "releasing the page")


async def _turned(
    page: "Page", pages: int, titles: Sequence[str], settled: Callable[[], Awaitable[str]]
) -> str:
    """The document with the rows of all pages; empty where nothing was turned."""
    address, path, ended = key(page.url), "", False
    before = first = await _asked(page, "look", _next_words(), _Lists)
    kept: list[str] = []
    for turn in range(1, TURNS + 1):
        if not before.next:
            break
        await _asked(page, "turn", _next_words(), bool)
        await settled()
        if key(page.url) != address:
            return ""
        after = await _asked(page, "look", _next_words(), _Lists)
        path = path or _changed(before, after, titles)
        if not path or not _is_other(before, after, path):
            break
        kept += before.rows[path]
        before, ended = after, turn + 1 == pages
        if ended:
            break
    if not kept:
        return ""
    whole = ended or not before.next
    given = {"path": path, "rows": kept, "holder": first.holder if whole else ""}
    await _asked(page, "put", given, bool)
    return await content(page)


def _changed(before: _Lists, after: _Lists, titles: Sequence[str]) -> str:
    """The list that a click turned: of those that held the titles the longest, the innermost."""
    other = [
        path
        for path, rows in before.rows.items()
        if _is_other(before, after, path) and any(one in row for row in rows for one in titles)
    ]
    return max(other, key=lambda path: (len(before.rows[path]), len(path)), default="")


def _is_other(before: _Lists, after: _Lists, path: str) -> bool:
    rows = after.rows.get(path, [])
    return bool(rows) and not set(rows) & set(before.rows[path])


async def _asked(page: "Page", name: str, given: object, wanted: type[T]) -> T:
    """An answer of the script, in a world of the document that the tab shows now; raises Broken."""
    world = await IsolatedWorld.open(page)
    await world.run(_script())
    return await world.ask(f"given => duwangTurning.{name}(given)", given, wanted)


def _error() -> type[Exception]:
    from playwright.async_api import Error  # noqa: PLC0415 - only where a browser is used

    return Error


def _next_words() -> tuple[str, ...]:
    return tuple(words("page")["pager_next"])


@cache
def _script() -> str:
    return (resources.files(PLACE) / "turning.js").read_text(encoding="utf-8")
