"""Windows that a page asks for, told of at once.

The driver tells of a window when its document begins to come, which may be seconds later: until then a
search that opens one looks as if nothing had happened.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from audit.crawl.browser.isolated import sent, session_with
from audit.crawl.browser.tab import Seen


@asynccontextmanager
async def windows_told(seen: Seen) -> AsyncGenerator[None]:
    """Listen to what the page of a tab asks for; raises Broken."""
    async with session_with(seen.page) as session:
        session.on("Page.windowOpen", seen.asks_for_a_window)
        await sent(session, "Page.enable", {})
        yield
