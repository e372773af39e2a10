"""The driver of the browser, which is there only where Playwright is installed."""

import asyncio
from typing import TYPE_CHECKING

from audit.crawl.browser.lookup import NoBrowserError
from audit.crawl.browser.tab import CALL

if TYPE_CHECKING:
    from playwright.async_api import Playwright


async def driver() -> "Playwright":
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
