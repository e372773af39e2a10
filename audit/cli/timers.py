"""Timers for the monthly run and the availability visits: systemd, cron, Windows. Pure text."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path, PurePath

import msgspec

PROBES = 24  # visits a day; 国办秘函〔2019〕19号 asks for 20 and more
MARK = "duwang"
_DAY_TIME = re.compile(r"(\d{1,2}) ([01]\d|2[0-3]):([0-5]\d)")
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
    """Lines between two marks; cron catches nothing up, and `flock` keeps two from running at once."""
    hour, minute = plan.at.split(":")
    jobs = [(f"{int(minute)} {int(hour)} {plan.day} * *", plan.run_words(), "run")]
    if plan.probes:
        jobs.append((f"17 */{24 // PROBES} * * *", plan.probe_words(), "probe"))
    lines = [f"# {MARK} begin"]
    for when, words, name in jobs:
        said = shlex.join(words).replace("%", "\\%")  # cron reads % as a line's end
        folder = shlex.quote(str(plan.folder)).replace("%", "\\%")
        lines.append(f"{when} cd {folder} && flock -n .duwang-{name}.lock {said}")
    return [*lines, f"# {MARK} end"]


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


def windows_commands(plan: Plan) -> list[list[str]]:
    """`schtasks` calls that make the tasks."""
    jobs = [("run", plan.run_words(), ["/SC", "MONTHLY", "/D", str(plan.day), "/ST", plan.at])]
    if plan.probes:
        often = ["/SC", "MINUTE", "/MO", str(24 * 60 // PROBES)]
        jobs.append(("probe", plan.probe_words(), often))
    made: list[list[str]] = []
    for name, words, when in jobs:
        said = " ".join(f'"{word}"' for word in words)
        run = f'cmd /c cd /d "{PurePath(plan.folder)}" && {said}'
        made.append(["schtasks", "/Create", "/F", "/TN", f"duwang-{name}", "/TR", run, *when])
    return made


def _quoted(word: str) -> str:
    """A word of a systemd command line, where variables are expanded, too."""
    said = _plain(word).replace("$", "$$").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{said}"'


def _plain(text: str) -> str:
    """Without what systemd would expand in any setting."""
    return text.replace("%", "%%")
