"""Fetching with several processes: whole sites are the unit of work, nothing is shared but the store.

Each process alone writes the rows and the archive of its sites. Measured reason: one event loop uses
one core, and threads gain nothing under the interpreter's lock.
"""

import asyncio
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from audit.config import restore
from audit.errors import StorageError
from audit.model import FetchOutcome
from audit.pipeline.reach import reach
from audit.store import RunRow, Store

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess
    from multiprocessing.queues import SimpleQueue

    from audit.crawl import Progress

POLL = 0.05  # seconds between looks at the queue
STOPPED = 75  # exit code of a child that was told to stop

Word = tuple[str, int, str, str]  # site, count found, url done, its outcome


async def reach_in_processes(
    location: str,
    archive: Path | None,
    run: RunRow,
    jobs: int,
    *,
    progress: "Progress",
    stop: asyncio.Event,
) -> bool:
    """Fetch with up to `jobs` processes; False when `stop` was set; StorageError when one broke."""
    import multiprocessing  # noqa: PLC0415 - only where several are asked for

    context = multiprocessing.get_context("spawn")
    words: SimpleQueue[Word] = context.SimpleQueue()
    children = [
        context.Process(
            target=_child, args=(location, archive, run.id, run.sites[n::jobs], words), daemon=True
        )
        for n in range(min(jobs, len(run.sites)))
    ]
    for child in children:
        child.start()
    try:
        return await _watch(children, words, progress, stop)
    finally:
        for child in children:
            if child.is_alive():
                child.kill()
            child.join()


async def _watch(
    children: "Sequence[SpawnProcess]",
    words: "SimpleQueue[Word]",
    progress: "Progress",
    stop: asyncio.Event,
) -> bool:
    told = False
    while any(child.is_alive() for child in children):
        if stop.is_set() and not told:
            told = True
            for child in children:
                child.terminate()
        _pass_on(words, progress)
        await asyncio.sleep(POLL)
    _pass_on(words, progress)
    codes = {child.exitcode for child in children}
    if codes - {0, STOPPED}:
        message = f"a fetching process ended with {sorted(codes - {0, STOPPED}, key=str)}"
        raise StorageError(message)
    return STOPPED not in codes


def _pass_on(words: "SimpleQueue[Word]", progress: "Progress") -> None:
    while not words.empty():
        site, count, url, outcome = words.get()
        if count:
            progress.found(site, count)
        else:
            progress.advance(site, url, FetchOutcome(outcome))


class _Telling:
    """Progress that is told to the parent."""

    def __init__(self, words: "SimpleQueue[Word]") -> None:
        self._words = words

    def found(self, site: str, count: int) -> None:
        """More addresses to ask for."""
        self._words.put((site, count, "", ""))

    def advance(self, site: str, url: str, outcome: FetchOutcome) -> None:
        """One address is done."""
        self._words.put((site, 0, url, outcome.value))


def _child(
    location: str,
    archive: Path | None,
    run_id: str,
    sites: tuple[str, ...],
    words: "SimpleQueue[Word]",
) -> None:
    with Store.open(location, archive=archive) as store:
        done = asyncio.run(_reach_some(store, run_id, sites, words))
    raise SystemExit(0 if done else STOPPED)


async def _reach_some(
    store: Store, run_id: str, sites: tuple[str, ...], words: "SimpleQueue[Word]"
) -> bool:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    run = store.run(run_id)
    reached = await reach(
        store, run, restore(run.config), sites=sites, progress=_Telling(words), stop=stop
    )
    return reached.done
