"""The browser against the worst server known: its rows of the table, and nothing inside is reached."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audit.crawl.browser import BrowserService
from audit.urls import host_port
from tests.browsers import needs_browser

SHARED = Path(os.environ.get("DUWANG_SHARED", Path(__file__).parents[3] / "shared"))
SERVER = SHARED / "hostile" / "hostile_server.py"
GIVEN_UP = {
    "/browser/busy-loop": {"browser_timeout"},
    "/browser/memory-hog": {"ok", "browser_memory", "browser_crash", "browser_timeout"},
    "/browser/js-nav-loop": {"redirect_loop"},
}
SHOWS = {
    "/browser/lazy-list": "href=",
    "/redir/js": "",
    "/redir/js-replace": "",
    "/html/script-only": "",
}
LAST = "/browser/memory-hog"

pytestmark = [
    pytest.mark.browser,
    needs_browser,
    pytest.mark.skipif(not SERVER.exists(), reason=f"DUWANG_SHARED: no hostile server at {SERVER}"),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The hostile server, started."""
    ready = tmp_path_factory.mktemp("hostile") / "ready.json"
    command = [sys.executable, str(SERVER), "--port", "0", "--ready", str(ready)]
    with subprocess.Popen([*command, "--max-seconds", "400"], stdout=subprocess.DEVNULL) as server:
        try:
            deadline = time.monotonic() + 20
            while not ready.exists():
                assert time.monotonic() < deadline, "the hostile server did not start"
                time.sleep(0.05)
            yield json.loads(ready.read_text())["main"]
        finally:
            server.terminate()


def told(home: str, path: str) -> list[Any]:
    """What one of the server's control addresses says."""
    with urllib.request.urlopen(home + path) as answer:
        return json.loads(answer.read())


async def test_every_row_of_the_browser_has_its_outcome_and_nothing_inside_is_reached(
    home: str,
) -> None:
    paths = [str(row[0]) for row in told(home, "/__cases") if str(row[0]).startswith("/browser/")]
    paths = [*sorted({*paths, *SHOWS} - {LAST}), LAST]
    got: dict[str, str] = {}
    lacking: list[str] = []
    async with BrowserService(
        "", frozenset({host_port(home)}), "duwang/0.1", settles=4.0, goto=15.0
    ) as browser:
        for path in paths:
            rendered = await browser.render(home + path)
            got[path] = str(rendered.outcome)
            if SHOWS.get(path, "") not in rendered.html:
                lacking.append(path)
        after = await browser.render(home + "/http/ok")

    wrong = {path: said for path, said in got.items() if said not in GIVEN_UP.get(path, {"ok"})}
    assert wrong == {}
    assert lacking == []
    assert str(after.outcome) == "ok"
    assert told(home, "/__hits") == []
