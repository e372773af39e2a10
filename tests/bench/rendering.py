"""What the browser costs: renders, time and processor time of each, memory and processes over many.

./run bench rendering [RENDERS]
"""

import asyncio
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from audit.crawl.browser import BrowserService
from audit.crawl.browser.memory import members, resident
from audit.crawl.browser.service import TABS
from audit.model import Purpose
from tests.filled import FILLED, pages
from tests.journal import MemoryJournal
from tests.searched import read
from tests.served import served

RENDERS = 500
QUIET = 0.3  # seconds; a run waits longer
TICKS = os.sysconf("SC_CLK_TCK")
MB = 1 << 20


async def main(renders: int) -> None:
    """Print the figures of a site and of a long run."""
    await _site()
    await _many(renders)


async def _site() -> None:
    journal = MemoryJournal()
    started = time.monotonic()
    await read(pages(), journal, executable="")
    visits = [v.fetch for v in journal.visits.values() if v.fetch.purpose is Purpose.RENDER]
    print(
        f"200 pages, {FILLED} columns filled by script: {len(visits)} renders, "
        f"{sum(v.ms for v in visits) / len(visits) / 1000:.2f} s each, "
        f"{time.monotonic() - started:.0f} s in all with walk and search"
    )


async def _many(renders: int) -> None:
    groups: set[int] = set()
    used: dict[int, float] = {}
    seen: list[int] = []
    async with (
        served(pages()) as site,
        BrowserService("", frozenset({site.host}), "duwang/0.1", quiet=QUIET) as browser,
    ):
        started = time.monotonic()
        good = 0
        for number in range(0, renders, TABS):
            urls = [f"{site.url}/s{n % FILLED}/" for n in range(number, number + TABS)]
            done = await asyncio.gather(*(browser.render(url) for url in urls))
            good += sum("公路养护" in rendered.html for rendered in done)
            if (running := browser._running) is None:
                continue
            groups.add(running.process.pid)
            for pid in members(running.process.pid):
                used[pid] = max(used.get(pid, 0.0), _processor(pid))
            seen.append(resident(running.process.pid))
        spent = time.monotonic() - started
    left = sum(len(members(group)) for group in groups)
    print(
        f"{renders} renders, {TABS} at a time, settled after {QUIET:g} s: {good} with their list, "
        f"{spent / renders:.2f} s and {sum(used.values()) / renders:.2f} s of processor each\n"
        f"memory that the browser holds for itself: {seen[0] / MB:.0f} MB at first, "
        f"{max(seen) / MB:.0f} MB at most, {seen[-1] / MB:.0f} MB at the end; "
        f"browsers in turn: {len(groups)}; processes left over: {left}"
    )


def _processor(pid: int) -> float:
    """Seconds of processor that a process has used."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else RENDERS))
