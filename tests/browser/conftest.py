"""What the browser's tests share."""

from collections.abc import AsyncIterator

import pytest_asyncio

from audit.crawl import BrowserService
from tests.browsers import browsing


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[BrowserService]:
    """One browser for the sites of a file, as a run's browser renders every site."""
    async with browsing() as one:
        yield one


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def another() -> AsyncIterator[BrowserService]:
    """A second one, for what two runs must agree on."""
    async with browsing() as one:
        yield one
