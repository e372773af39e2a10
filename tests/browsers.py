"""The browser of the tests: found as the program finds it; without one, tests are skipped loudly."""

import os

import pytest

from audit.crawl.browser import candidates

FOUND = () if os.environ.get("DUWANG_NO_BROWSER") else tuple(candidates(""))

needs_browser = pytest.mark.skipif(
    not FOUND, reason="没有浏览器：运行 ./run browser，或用 DUWANG_BROWSER 指明"
)
