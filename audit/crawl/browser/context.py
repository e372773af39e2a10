"""What the pages of the browser find: a visitor's language, place and window, and no permission."""

from typing import TYPE_CHECKING

from audit.crawl.browser.tab import CALL

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext

# A page that writes 100,000 lines to its console keeps the driver from everything else.
SILENCE = "for (const way of Object.keys(console)) console[way] = () => {}"


async def new_context(browser: "Browser", agent: str) -> "BrowserContext":
    """A fresh one; `agent` ends what the browser calls itself."""
    version = browser.version.partition(".")[0]
    context = await browser.new_context(
        accept_downloads=False,
        service_workers="block",
        permissions=[],
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": 1366, "height": 900},
        user_agent=(
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
            f"HeadlessChrome/{version}.0.0.0 Safari/537.36 {agent}"
        ),
    )
    context.set_default_timeout(CALL * 1000)
    await context.add_init_script(SILENCE)
    return context
