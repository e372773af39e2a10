"""`run` and `demo`: from a config to the reports."""

import asyncio
import datetime as dt
import signal
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import msgspec

from audit.cli.exits import Exit
from audit.cli.progress import progress_for
from audit.cli.summary import show
from audit.config import Config
from audit.dates import SHANGHAI
from audit.errors import Stopped
from audit.model import Severity, SiteVerdict
from audit.pipeline import (
    Audit,
    Reached,
    begin,
    finish,
    first_judged,
    picture,
    pictures_of,
    present_readings,
    reach,
    reach_in_processes,
    rendered,
    severities,
    write_reports,
)
from audit.reading import Reading
from audit.report import Format, Report
from audit.store import RunRow, Store

if TYPE_CHECKING:
    from audit.crawl import Progress


class Order(msgspec.Struct, frozen=True):
    """What a run is to do beside its config."""

    rulebook_text: str
    as_of: dt.date
    sites: tuple[str, ...]
    mode: str = "run"
    quick: bool = False
    max_pages: int | None = None
    browser: bool = True


class Output(msgspec.Struct, frozen=True):
    """Where reports go and in which formats."""

    folder: Path
    formats: tuple[Format, ...]
    language: str


def today() -> dt.date:
    """The present day in Shanghai."""
    return dt.datetime.now(SHANGHAI).date()


def now() -> str:
    """The present moment, ISO 8601 with zone."""
    return dt.datetime.now(SHANGHAI).isoformat(timespec="seconds")


def start(store: Store, config: Config, order: Order) -> RunRow:
    """Open a run."""
    return begin(
        store,
        config,
        order.rulebook_text,
        started=now(),
        as_of=order.as_of,
        mode=order.mode,
        sites=order.sites,
        quick=order.quick,
        max_pages=order.max_pages,
        browser=order.browser,
    )


def carry_out(audit: Audit, output: Output, *, mode: str) -> Report:
    """Fetch what is missing, judge, write the reports and say what came out; raises Stopped."""
    began = now()
    names = {site: name for site, name in audit.config.names.items() if site in audit.run.sites}
    with progress_for(names) as progress:
        reached = asyncio.run(_reach(audit, progress))
        readings = present_readings(audit, reached.readings)
        judged = first_judged(audit, readings)
        wanted = pictures_of(audit, readings, judged)
        if any(wanted.values()):
            asyncio.run(_picture(audit, wanted, progress))
    judged = finish(audit, readings, judged, began=began, finished=now())
    closed = msgspec.structs.replace(audit, run=audit.store.run(audit.run.id))
    result = rendered(closed, readings, judged, mode=mode, language=output.language)
    files = write_reports(result, output.formats, output.folder)
    show(result.report, files, output.language, result.material.units)
    return result.report


def read(audit: Audit) -> Sequence[Reading]:
    """Fetch what is missing and read it, without judging; raises Stopped."""
    with progress_for(audit.config.names) as progress:
        reached = asyncio.run(_reach(audit, progress))
        return present_readings(audit, reached.readings)


async def _reach(audit: Audit, progress: "Progress") -> Reached:
    stop, got = _stops()
    if audit.jobs > 1 and len(audit.run.sites) > 1:
        done = await reach_in_processes(
            audit.location, audit.archive, audit.run, audit.jobs, progress=progress, stop=stop
        )
        reached = Reached(done)
    else:
        reached = await reach(audit.store, audit.run, audit.config, progress=progress, stop=stop)
    if got and not reached.done:
        raise Stopped(got[0])
    return reached


async def _picture(audit: Audit, wanted: Mapping[str, Sequence[str]], progress: "Progress") -> None:
    """Take the pictures for the evidence; raises Stopped."""
    stop, got = _stops()
    done = await picture(audit.store, audit.run, audit.config, wanted, progress=progress, stop=stop)
    if got and not done:
        raise Stopped(got[0])


def _stops() -> tuple[asyncio.Event, list[int]]:
    """What is set when the process is told to stop, and the signals that told it."""
    stop = asyncio.Event()
    got: list[int] = []

    def halt(number: int) -> None:
        got.append(number)
        stop.set()

    _on_signals(asyncio.get_running_loop(), halt)
    return stop, got


def _on_signals(loop: asyncio.AbstractEventLoop, halt: Callable[[int], None]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, halt, int(number))
        except NotImplementedError:  # Windows

            def handle(received: int, _frame: FrameType | None) -> None:
                loop.call_soon_threadsafe(halt, received)

            signal.signal(number, handle)


def exit_of(report: Report, fail_on: Severity | None) -> int:
    """The exit code of a finished run: 1 goes before 3, 3 never becomes 0."""
    order = list(Severity)
    if fail_on and any(order.index(one) <= order.index(fail_on) for one in severities(report)):
        return Exit.FOUND
    unsure = any(
        site.verdict is SiteVerdict.INSUFFICIENT or not site.pages.assessed for site in report.sites
    )
    return Exit.INCOMPLETE if unsure or report.run.status != "complete" else Exit.DONE


def chosen_sites(config: Config, wanted: Sequence[str]) -> tuple[str, ...]:
    """The sites of a run, in the order of the config."""
    return tuple(site for site in config.site_ids if not wanted or site in wanted)
