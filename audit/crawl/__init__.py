"""The only network code: it fetches what it is told to, and says exactly what happened."""

from audit.crawl.browser import BrowserService
from audit.crawl.browser.lookup import NoBrowserError
from audit.crawl.browser.lookup import found as browser_found
from audit.crawl.progress import Progress
from audit.crawl.visiting import HomeVisit, visit_homes
from audit.crawl.walk import crawl

__all__ = [
    "BrowserService",
    "HomeVisit",
    "NoBrowserError",
    "Progress",
    "browser_found",
    "crawl",
    "visit_homes",
]
