"""Timers for the monthly run and the availability visits: systemd, cron, Windows. Pure text."""

import datetime as dt
import re
import shlex
from collections.abc import Iterator
from pathlib import Path, PurePath
from xml.sax.saxutils import escape

import msgspec

PROBES = 24  # visits a day; 国办秘函〔2019〕19号 asks for 20 and more
MARK = "duwang"
_DAY_TIME = re.compile(r"(\d{1,2}) ([01]\d|2[0-3]):([0-5]\d)")
DONE = ".duwang-run.done"  # touched by each monthly run of cron
_MONTHS = (
    "January February March April May June July August September October November December".split()
)
MONTH = 31  # days after which a monthly run was missed
LAST_DAY = 28  # of a month that every month has


class Plan(msgspec.Struct, frozen=True):
    """What runs when. `day` of the month, `at` as HH:MM, all on the machine's clock."""

    command: str  # the duwang program
    folder: Path  # where it works
    config: Path
    day: int = 1
    at: str = "02:00"
    probes: bool = True

    def run_words(self) -> list[str]:
        """The monthly run."""
        return [self.command, "run", "--config", str(self.config)]

    def probe_words(self) -> list[str]:
        """One visit to every home page."""
        return [self.command, "probe", "--config", str(self.config)]


def day_and_time(text: str) -> tuple[int, str] | None:
    """`1 02:00` as day of the month and time; None: it is none, or not every month has the day."""
    match = _DAY_TIME.fullmatch(text.strip())
    if match is None or not 1 <= int(match[1]) <= LAST_DAY:
        return None
    return int(match[1]), f"{match[2]}:{match[3]}"


def systemd_units(plan: Plan) -> Iterator[tuple[str, str]]:
    """Unit files by name: what was missed is caught up, starts are spread, nothing runs twice."""
    jobs = [("duwang-run", plan.run_words(), f"*-*-{plan.day:02d} {plan.at}:00", "1h")]
    if plan.probes:
        every = 24 // PROBES
        jobs.append(("duwang-probe", plan.probe_words(), f"*-*-* 0/{every}:00:00", "20min"))
    for name, words, when, spread in jobs:
        said = " ".join(_quoted(word) for word in words)
        yield (
            f"{name}.service",
            (
                f"[Unit]\nDescription=duwang ({name})\n\n[Service]\nType=oneshot\n"
                f"WorkingDirectory={_plain(str(plan.folder))}\nExecStart={said}\nNice=10\n"
                # 3: not everything could be measured; the report says so
                "SuccessExitStatus=3\n"
            ),
        )
        yield (
            f"{name}.timer",
            (
                f"[Unit]\nDescription=duwang ({name})\n\n[Timer]\nOnCalendar={when}\nPersistent=true\n"
                f"RandomizedDelaySec={spread}\n\n[Install]\nWantedBy=timers.target\n"
            ),
        )


def cron_lines(plan: Plan) -> list[str]:
    """Lines between two marks. `flock` keeps two from running at once; starts are spread.

    Cron catches nothing up: a line of every day does, when the last monthly run is too long ago. Cron
    reads % as a line's end.
    """
    hour, minute = plan.at.split(":")
    folder = shlex.quote(str(plan.folder))
    run = f"{_spread(60)}; {shlex.join(plan.run_words())}; case $? in 0|1|3) touch {DONE};; esac"
    locked = f"flock -n .duwang-run.lock sh -c {shlex.quote(run)}"
    at = f"{int(minute)} {int(hour)}"
    lines = [
        f"{at} {plan.day} * * cd {folder} && {locked}",
        f'{at} * * * cd {folder} && [ -n "$(find {DONE} -mtime +{MONTH} 2>/dev/null)" ] && {locked}',
    ]
    if plan.probes:
        probe = shlex.quote(f"{_spread(20)}; {shlex.join(plan.probe_words())}")
        lines.append(
            f"17 */{24 // PROBES} * * * cd {folder} && flock -n .duwang-probe.lock sh -c {probe}"
        )
    return [f"# {MARK} begin", *(line.replace("%", "\\%") for line in lines), f"# {MARK} end"]


def _spread(minutes: int) -> str:
    """Wait for a while that is drawn anew each time."""
    return f'sleep "$(awk "BEGIN {{ srand(); print int(rand() * {60 * minutes}) }}")"'


def without_lines(table: str) -> str:
    """A cron table without our lines; every other line stays as it is."""
    kept: list[str] = []
    ours = False
    for line in table.splitlines():
        if line == f"# {MARK} begin":
            ours = True
        elif line == f"# {MARK} end":
            ours = False
        elif not ours:
            kept.append(line)
    return "".join(f"{line}\n" for line in kept)


def windows_tasks(plan: Plan, since: dt.date) -> Iterator[tuple[str, str]]:
    """Tasks by name, in the XML of the Task Scheduler (schema 1.2): as systemd's, they catch up and are spread."""
    months = "".join(f"<{month}/>" for month in _MONTHS)
    monthly = (
        f"<ScheduleByMonth><DaysOfMonth><Day>{plan.day}</Day></DaysOfMonth>"
        f"<Months>{months}</Months></ScheduleByMonth>"
    )
    jobs = [("duwang-run", plan.run_words(), plan.at, "", "PT1H", monthly)]
    if plan.probes:
        often = f"<Repetition><Interval>PT{24 // PROBES}H</Interval><Duration>P1D</Duration></Repetition>"
        daily = "<ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>"
        jobs.append(("duwang-probe", plan.probe_words(), "00:00", often, "PT20M", daily))
    for name, words, at, often, spread, when in jobs:
        arguments = escape(" ".join(f'"{word}"' for word in words[1:]))
        yield (
            name,
            (
                '<?xml version="1.0" encoding="UTF-16"?>\n'
                '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">\n'
                f"<Triggers><CalendarTrigger><StartBoundary>{since}T{at}:00</StartBoundary>{often}"
                f"<RandomDelay>{spread}</RandomDelay>{when}</CalendarTrigger></Triggers>\n"
                "<Settings><MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>"
                "<DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>"
                "<StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>"
                "<StartWhenAvailable>true</StartWhenAvailable></Settings>\n"
                f"<Actions><Exec><Command>{escape(words[0])}</Command><Arguments>{arguments}</Arguments>"
                f"<WorkingDirectory>{escape(str(PurePath(plan.folder)))}</WorkingDirectory></Exec></Actions>\n"
                "</Task>\n"
            ),
        )


def _quoted(word: str) -> str:
    """A word of a systemd command line, where variables are expanded, too."""
    said = _plain(word).replace("$", "$$").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{said}"'


def _plain(text: str) -> str:
    """Without what systemd would expand in any setting."""
    return text.replace("%", "%%")
