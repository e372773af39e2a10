"""The sites of real engines, up on loopback, and runs of the command on them."""

import functools
import http.server
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.command import duwang

ROOT = Path(__file__).parents[2]
AS_OF = "2020-06-24"


@contextmanager
def cms(folder: Path) -> Iterator[str]:
    """The site on Wagtail; its address without slash."""
    command = [sys.executable, "-m", "tests.engines.cms.serve", str(folder)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.stdin.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def files(folder: Path) -> Iterator[str]:
    """A folder of static files as a site; its address without slash."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def audited(folder: Path, home: str, *options: str) -> dict[str, Any]:
    """The site's part of the report of one run, in a store of its own."""
    place = home.removeprefix("http://")
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(
        f'[[sites]]\nid = "jtt"\nname = "示例交通运输厅"\nhome = "{home}/"\n'
        f'[crawl]\nallow_addresses = ["{place}"]\nrate = 0\n',
        encoding="utf-8",
    )
    run = ("run", "--as-of", AS_OF, "--out", "out", "--format", "json", *options)
    done = duwang(folder, *run, seconds=300)

    assert "Traceback" not in done.stderr, done.stderr
    return json.loads((folder / "out/report.json").read_bytes())["sites"][0]


def verdicts(site: dict[str, Any]) -> dict[str, str]:
    """What the checks of the search say: their status, or why there is none.

    How the keyboard fares depends on when a page's own script is done: that check varies.
    """
    return {
        one["check"]: one["reason"] or one["status"]
        for one in site["outcomes"]
        if "search" in one["check"] and one["check"] != "inaccessible-search"
    }


def states(site: dict[str, Any], kind: str) -> list[str]:
    """What became of the queries of a kind."""
    return [one["state"] for one in site["search"]["probes"] if one["kind"] == kind]


def untimed(site: dict[str, Any]) -> dict[str, Any]:
    """The block of the search without when each answer came, how long it took, and its picture."""
    probes = [{**one, "ms": 0, "at": "", "picture": ""} for one in site["search"]["probes"]]
    return {**site["search"], "probes": probes}
