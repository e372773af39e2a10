"""The browser of the tests: found as the program finds it; without one, tests are skipped loudly.

A start costs more than most pages do: tests that ask nothing of the start itself share one, as the
sites of a run do.
"""

import os

import pytest

from audit.crawl.browser import BrowserService, candidates

FOUND = () if os.environ.get("DUWANG_NO_BROWSER") else tuple(candidates(""))

needs_browser = pytest.mark.skipif(
    not FOUND, reason="没有浏览器：运行 ./run browser，或用 DUWANG_BROWSER 指明"
)


class Loopback(frozenset[str]):
    """Every server of the tests, also one that does not listen yet."""

    def __contains__(self, place: object) -> bool:
        """Whether `host:port` is on this machine."""
        return str(place).startswith("127.0.0.1:")


def browsing(executable: str = "", reachable: frozenset[str] | None = None) -> BrowserService:
    """A browser that is as patient as the sites of the tests need."""
    places = Loopback() if reachable is None else reachable
    return BrowserService(executable, places, "duwang/0.1", settles=4.0, quiet=0.4)
