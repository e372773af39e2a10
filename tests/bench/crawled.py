"""Serves a saved set on loopback, crawls and judges it with the real pipeline, gives what it read."""

import asyncio
import datetime as dt
import json
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import msgspec

import checks
import reports
from audit.config import load
from audit.crawl import crawl
from audit.model import Outcome, Purpose, Request, Verdict, VerdictState
from audit.pipeline import Audit, begin, finish, first_judged, present_readings, reach
from audit.pipeline.reach import seeds
from audit.reading import Reading
from audit.rulebooks import load as load_rulebook
from audit.store import Store
from tests.bench.truth import CORPORA, SavedSet

ALL = "/__pages"  # the server's page that links every page of the set
SITE = "set"
STARTED = "2026-01-01T00:00:00+08:00"


class Crawled(msgspec.Struct, frozen=True):
    """The reading of a set, and the verdicts that are no `ok` by check."""

    reading: Reading
    verdicts: Mapping[str, tuple[Verdict, ...]]
    checks: frozenset[str]
    outcomes: Mapping[
        str, Outcome
    ]  # every check's, with what it looked at and what it could not see

    def subjects(self, check: str, *states: VerdictState) -> frozenset[str]:
        """Paths of the check's findings."""
        return frozenset(
            path_of(verdict.subject.url)
            for verdict in self.verdicts.get(check, ())
            if verdict.state in states
        )


@contextmanager
def crawled(saved: SavedSet) -> Iterator[Crawled]:
    """What came of a set; valid inside the block, since a reading streams from its store.

    Every page is asked for, reachable or not: designs link next to nothing. Single pages have no
    home page: there the server's list of pages stands for it.
    """
    with tempfile.TemporaryDirectory(prefix="duwang-reading-") as folder:
        work = Path(folder)
        with served(saved, work) as address, Store.open(str(work / "store")) as store:
            yield _crawl(store, saved, address, work / "config.toml")


def path_of(url: str) -> str:
    """The path of an address as people write it, without query."""
    return unquote(urlsplit(url).path) or "/"


def file_of(url: str) -> str:
    """The file that a set serves at an address."""
    path = path_of(url).lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


def _crawl(store: Store, saved: SavedSet, address: str, file: Path) -> Crawled:
    file.write_text(_config(address, saved), encoding="utf-8")
    config = load(file, checks.load(), tuple(reports.FORMATS))
    _, rulebook = load_rulebook("yunnan-2020")
    run = begin(
        store,
        config,
        rulebook,
        started=STARTED,
        as_of=dt.date.fromisoformat(saved.as_of),
        mode="run",
        sites=(SITE,),
        quick=False,
    )
    audit = Audit(store, run, config, checks.load())
    reached = asyncio.run(_reach(audit, saved, address))
    readings = present_readings(audit, reached)
    judged = finish(audit, readings, first_judged(audit, readings), began=STARTED, finished=STARTED)
    outcomes = {one.check: one for site in judged.sites for one in site.outcomes}
    found = {check: one.verdicts for check, one in outcomes.items()}
    return Crawled(readings[0], found, frozenset(audit.checks), outcomes)


async def _reach(audit: Audit, saved: SavedSet, address: str) -> Mapping[str, Reading]:
    stop = asyncio.Event()
    if not saved.loose:
        manners = audit.config.manners(SITE)
        orphans = tuple(
            Request(f"{address}{quote(file)}", Purpose.WALK, 0, 1) for file in saved.files
        )
        with audit.store.journal(audit.run.id, SITE) as journal:
            await crawl((*seeds(manners), *orphans), manners, journal, round_=0, stop=stop)
    reached = await reach(audit.store, audit.run, audit.config, progress=None, stop=stop)
    return reached.readings


def _config(address: str, saved: SavedSet) -> str:
    host = urlsplit(address).netloc
    home = f"{address.rstrip('/')}{ALL}" if saved.loose else address
    return (
        f'[[sites]]\nid = "{SITE}"\nname = "{saved.owner}"\nhome = "{home}"\n\n[crawl]\nrate = 0\n'
        f'concurrency = 8\nexternal = "record"\nallow_addresses = ["{host}"]\n'
        '[browser]\nrender = "off"\n'
    )


@contextmanager
def served(saved: SavedSet, work: Path) -> Iterator[str]:
    """The address of a set, served by the corpora's own server."""
    ready = work / "ready.json"
    command = [sys.executable, CORPORA / "serve.py", saved.name, "--port", "0", "--ready", ready]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            while not ready.exists() and server.poll() is None:
                time.sleep(0.02)
            sites = json.loads(ready.read_text(encoding="utf-8"))["sites"]
            yield str(sites[saved.name]["url"])
        finally:
            server.send_signal(signal.SIGTERM)
