"""The browser: pages as script leaves them, through a proxy that lets nothing out unchecked."""

from audit.crawl.browser.lookup import NoBrowserError, candidates
from audit.crawl.browser.service import BrowserService, Rendered

__all__ = ["BrowserService", "NoBrowserError", "Rendered", "candidates"]
