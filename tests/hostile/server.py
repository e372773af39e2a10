"""The worst server known, started for tests, and the command run against rows of its table."""

import csv
import json
import os
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from html import escape
from pathlib import Path
from typing import Any

import msgspec

from tests.command import duwang
from tests.engines.running import files

SHARED = Path(os.environ.get("DUWANG_SHARED", Path(__file__).parents[3] / "shared"))
SERVER = SHARED / "hostile" / "hostile_server.py"
TABLE = SHARED / "hostile" / "expectations.tsv"
STARTS = 20.0  # seconds
HEAD = "<!doctype html><meta charset='utf-8'><title>示例局</title>"


class Row(msgspec.Struct, frozen=True):
    """One row of the table: what the address does, and what must come of it."""

    path: str
    case: str
    expected: str
    group: str


class Ran(msgspec.Struct, frozen=True):
    """What a run of the command left."""

    code: int
    said: str
    report: dict[str, Any]
    pages: dict[str, dict[str, Any]]  # by path
    renders: dict[str, str]  # outcomes of the browser, by path

    def token(self, path: str) -> str:
        """What came of a row: why the browser gave it up, else what was made of its page."""
        tried = self.renders.get(path, "")
        if tried.startswith("browser_") or tried == "redirect_loop":
            return tried
        return str(self.pages[path]["outcome"])


def rows(*starts: str) -> tuple[Row, ...]:
    """The rows whose paths begin so; none where there is no table."""
    if not (SERVER.exists() and TABLE.exists()):
        return ()
    with TABLE.open(encoding="utf-8", newline="") as table:
        found = [
            Row(**row) for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]
    return tuple(row for row in found if row.path.startswith(starts))


@contextmanager
def hostile(folder: Path, seconds: int = 900) -> Iterator[dict[str, str]]:
    """The server, up; its sites' addresses by name."""
    ready = folder / "ready.json"
    command = [sys.executable, str(SERVER), "--port", "0", "--ready", str(ready)]
    with subprocess.Popen(
        [*command, "--max-seconds", str(seconds)], stdout=subprocess.DEVNULL
    ) as server:
        try:
            deadline = time.monotonic() + STARTS
            while not ready.exists():
                assert time.monotonic() < deadline, "the hostile server did not start"
                time.sleep(0.05)
            yield json.loads(ready.read_text())
        finally:
            server.terminate()


def told(home: str, path: str) -> list[Any]:
    """What one of the server's control addresses says."""
    with urllib.request.urlopen(home + path) as answer:
        return json.loads(answer.read())


def audited(folder: Path, main: str, found: Sequence[Row], *options: str, tables: str = "") -> Ran:
    """Run the command on a site whose home page, on a server of its own, leads to these rows.

    Only the home page's and the main address may be reached: the server's other sites, the sentinel
    among them, are loopback too.
    """
    public = folder / "public"
    public.mkdir(parents=True)
    links = "".join(f'<li><a href="{main}{row.path}">{escape(row.case)}</a></li>' for row in found)
    (public / "index.html").write_text(f"{HEAD}<h1>示例局</h1><ul>{links}</ul>", encoding="utf-8")
    place = main.removeprefix("http://")
    with files(public) as home:
        allowed = f'"{place}", "{home.removeprefix("http://")}"'
        (folder / "config.toml").write_text(
            f'[[sites]]\nid = "worst"\nname = "示例局"\nhome = "{home}/"\nhosts = ["{place}"]\n'
            f"[crawl]\nallow_addresses = [{allowed}]\nrate = 0\ntotal_timeout = 5\nretries = 1\n{tables}",
            encoding="utf-8",
        )
        run = ("run", "--as-of", "2020-06-24", "--out", "out", "--format", "json,pages", *options)
        done = duwang(folder, *run, seconds=900)
    lines = (folder / "out/pages.jsonl").read_text("utf-8").splitlines()
    pages = [json.loads(line) for line in lines]

    assert "Traceback" not in done.stderr, done.stderr
    return Ran(
        done.returncode,
        done.stdout + done.stderr,
        json.loads((folder / "out/report.json").read_bytes()),
        {page["url"].removeprefix(main): page for page in pages},
        {url.removeprefix(main): outcome for url, outcome in _rendered(folder)},
    )


def _rendered(folder: Path) -> list[tuple[str, str]]:
    query = (
        "select requests.url, fetches.outcome from fetches join requests"
        " on requests.id = fetches.request where requests.purpose = 'render'"
    )
    with closing(sqlite3.connect(folder / ".duwang" / "duwang.db")) as store:
        return store.execute(query).fetchall()
