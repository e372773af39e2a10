"""Progress on the terminal: a bar per site on a terminal, plain lines otherwise."""

import sys
import time
from collections import Counter
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from audit.cli.exits import say
from audit.model import FetchOutcome
from audit.model.words import READ

LINE_EVERY = 10.0  # seconds between plain lines of one site

GOOD = READ | {FetchOutcome.NOT_HTML}


class Bars:
    """Progress for people at a terminal."""

    def __init__(self, names: dict[str, str]) -> None:
        """Take the sites' names by id."""
        self._names = names
        self._tasks: dict[str, TaskID] = {}
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        )

    def __enter__(self) -> Self:
        """Show the bars."""
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the bars as they are."""
        self._progress.stop()

    def found(self, site: str, count: int) -> None:
        """More addresses to ask for."""
        task = self._task(site)
        total = self._progress.tasks[task].total or 0
        self._progress.update(task, total=total + count)

    def advance(self, site: str, url: str, outcome: FetchOutcome) -> None:  # noqa: ARG002
        """One address is done."""
        self._progress.advance(self._task(site))

    def _task(self, site: str) -> TaskID:
        if site not in self._tasks:
            name = escape(self._names.get(site, site))
            self._tasks[site] = self._progress.add_task(name, total=0)
        return self._tasks[site]


class Lines:
    """Progress for logs: one line a site every ten seconds, and one at its end."""

    def __init__(self, names: dict[str, str]) -> None:
        """Take the sites' names by id."""
        self._names = names
        self._done: Counter[str] = Counter()
        self._bad: Counter[str] = Counter()
        self._total: Counter[str] = Counter()
        self._said: dict[str, float] = {}

    def __enter__(self) -> Self:
        """Start."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Say where every site stands."""
        for site in self._total:
            self._say(site)

    def found(self, site: str, count: int) -> None:
        """More addresses to ask for."""
        self._total[site] += count

    def advance(self, site: str, url: str, outcome: FetchOutcome) -> None:  # noqa: ARG002
        """One address is done."""
        self._done[site] += 1
        if outcome not in GOOD:
            self._bad[site] += 1
        now = time.monotonic()
        if now - self._said.setdefault(site, now) >= LINE_EVERY:
            self._said[site] = now
            self._say(site)

    def _say(self, site: str) -> None:
        name = self._names.get(site, site)
        done, total, bad = self._done[site], self._total[site], self._bad[site]
        say(f"{name}：已访问 {done}/{total} 个地址，其中 {bad} 个没有正常打开")


def progress_for(names: dict[str, str], *, quiet: bool = False) -> Bars | Lines:
    """Bars on a terminal, lines elsewhere."""
    if sys.stderr.isatty() and not quiet:
        return Bars(names)
    return Lines(names)
