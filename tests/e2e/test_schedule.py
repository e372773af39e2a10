"""`duwang schedule` writes timers of three kinds and takes away only its own."""

import fcntl
import os
import shutil
import subprocess
import time
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from audit.cli.timers import DONE, Plan, cron_lines, systemd_units
from tests.command import called

CONFIG = '[[sites]]\nid = "bureau"\nname = "示例局"\nhome = "http://www.example.test/"\n'
CRONTAB = """#!/bin/sh
table="$HOME/table"
if [ "$1" = "-l" ]; then cat "$table" 2>/dev/null || exit 1; else cat >"$table"; fi
"""
SCHTASKS = '#!/bin/sh\nif [ "$1" = /Create ]; then cp "$6" "$HOME/$4.xml"; else echo "$*" >>"$HOME/called"; fi\n'
SYSTEMCTL = '#!/bin/sh\necho "$*" >>"$HOME/called"\n'


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a config, and and timers' tools that keep what they are told."""
    (tmp_path / "bin").mkdir()
    tools = (("crontab", CRONTAB), ("systemctl", SYSTEMCTL), ("schtasks", SCHTASKS))
    for name, text in tools:
        tool = tmp_path / "bin" / name
        tool.write_text(text, encoding="utf-8")
        tool.chmod(0o755)
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    return tmp_path


def schedule(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    path = f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return called(home, "schedule", *words, more={"HOME": str(home), "PATH": path})


def test_cron_lines_come_once_and_other_lines_stay(home: Path) -> None:
    other = "0 5 * * 1 backup\n"
    (home / "table").write_text(other, encoding="utf-8")
    for at in ("3 01:30", "5 23:05"):
        assert schedule(home, "install", "--with", "cron", "--at", at).returncode == 0
    table = (home / "table").read_text(encoding="utf-8")
    removed = schedule(home, "remove", "--with", "cron")

    assert table.startswith(other)
    assert table.count("duwang begin") == 1
    assert "5 23 5 * * cd " in table
    assert " probe --config " in table
    assert removed.returncode == 0
    assert (home / "table").read_text(encoding="utf-8") == other


def jobs(home: Path, program: str) -> list[str]:
    """What cron would hand to the shell, for a program in place of duwang that touches no network."""
    tool = home / "bin" / "duwang"
    tool.write_text(program, encoding="utf-8")
    (home / "bin" / "sleep").write_text("#!/bin/sh\n", encoding="utf-8")
    for one in (tool, home / "bin" / "sleep"):
        one.chmod(0o755)
    plan = Plan(str(tool), home, home / "config.toml")
    return [line.split(" ", 5)[5].replace("\\%", "%") for line in cron_lines(plan)[1:-1]]


def by_shell(home: Path, job: str) -> None:
    path = f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(["/bin/sh", "-c", job], env={"PATH": path}, check=False, timeout=30)


@pytest.mark.parametrize(
    ("code", "done"), [(0, True), (1, True), (3, True), (2, False), (4, False)]
)
def test_a_monthly_run_of_cron_that_read_the_sites_is_noted(
    home: Path, code: int, done: bool
) -> None:
    monthly, _, _ = jobs(home, f'#!/bin/sh\necho "$1" >>{home}/ran\nexit {code}\n')
    by_shell(home, monthly)

    assert (home / "ran").read_text(encoding="utf-8") == "run\n"
    assert (home / DONE).exists() is done


@pytest.mark.parametrize(("days", "again"), [(None, False), (31, False), (33, True)])
def test_cron_catches_up_what_was_missed_a_month_long(
    home: Path, days: int | None, again: bool
) -> None:
    _, daily, _ = jobs(home, f"#!/bin/sh\ntouch {home}/ran\n")
    if days is not None:
        then = time.time() - days * 86400
        (home / DONE).touch()
        os.utime(home / DONE, (then, then))
    by_shell(home, daily)

    assert (home / "ran").exists() is again


def test_cron_starts_no_second_run_beside_one(home: Path) -> None:
    monthly, _, probe = jobs(home, f'#!/bin/sh\necho "$1" >>{home}/ran\n')
    with (home / ".duwang-run.lock").open("w", encoding="utf-8") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        by_shell(home, monthly)
        by_shell(home, probe)

    assert (home / "ran").read_text(encoding="utf-8") == "probe\n"


def test_windows_tasks_catch_up_are_spread_and_run_alone(home: Path) -> None:
    installed = schedule(home, "install", "--with", "windows", "--at", "5 23:05")
    space = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
    run, probe = (
        ET.fromstring((home / f"duwang-{name}.xml").read_text(encoding="utf-16"))  # noqa: S314 - our own
        for name in ("run", "probe")
    )
    said = {one.tag.removeprefix(space): one.text or "" for one in run.iter()}
    removed = schedule(home, "remove", "--with", "windows")

    assert installed.returncode == removed.returncode == 0, installed.stderr
    assert said["StartBoundary"].endswith("T23:05:00")
    assert (said["Day"], said["RandomDelay"], said["StartWhenAvailable"]) == ("5", "PT1H", "true")
    assert said["MultipleInstancesPolicy"] == "IgnoreNew"
    assert said["Arguments"] == f'"run" "--config" "{home / "config.toml"}"'
    assert len(run.find(f".//{space}Months") or ()) == 12
    assert probe.findtext(f".//{space}Interval") == "PT1H"
    assert (home / "called").read_text(encoding="utf-8").count("/Delete") == 2


def test_systemd_units_are_written_enabled_and_taken_away(home: Path) -> None:
    units = home / ".config" / "systemd" / "user"
    installed = schedule(home, "install", "--with", "systemd")
    names = sorted(one.name for one in units.iterdir())
    timer = (units / "duwang-run.timer").read_text(encoding="utf-8")
    removed = schedule(home, "remove", "--with", "systemd")

    assert installed.returncode == removed.returncode == 0, installed.stderr
    assert names == [
        "duwang-probe.service",
        "duwang-probe.timer",
        "duwang-run.service",
        "duwang-run.timer",
    ]
    assert "loginctl enable-linger" in installed.stdout
    assert "Persistent=true" in timer
    assert "RandomizedDelaySec=1h" in timer
    assert "OnCalendar=*-*-01 02:00:00" in timer
    assert list(units.iterdir()) == []
    assert "enable --now" in (home / "called").read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here")
def test_systemd_itself_accepts_the_units(home: Path) -> None:
    schedule(home, "install", "--with", "systemd")
    units = sorted((home / ".config" / "systemd" / "user").iterdir())
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", *units], capture_output=True, text=True, check=False
    )

    assert not [line for line in done.stderr.splitlines() if "duwang" in line]


@pytest.mark.parametrize(
    "words",
    [("--at", "31 02:00"), ("--at", "1 25:00"), ("--at", "noon"), ("--with", "upstart")],
)
def test_what_cannot_be_scheduled_is_one_line_and_exit_2(
    home: Path, words: tuple[str, str]
) -> None:
    done = schedule(home, "show", *words)

    assert done.returncode == 2
    assert done.stderr.strip().count("\n") == 0


def test_show_changes_nothing(home: Path) -> None:
    before = sorted(home.rglob("*"))
    for kind in ("systemd", "cron", "windows"):
        assert schedule(home, "show", "--with", kind, "--no-probes").stdout

    assert sorted(home.rglob("*")) == before


def test_a_folder_with_signs_that_systemd_expands_is_named_as_it_is(tmp_path: Path) -> None:
    """Percent signs are expanded in every setting, variables in command lines alone."""
    folder = tmp_path / "a $b 5%"
    plan = Plan("/opt/duwang", folder, folder / "config.toml")
    service = dict(systemd_units(plan))["duwang-run.service"]

    assert f"WorkingDirectory={tmp_path}/a $b 5%%\n" in service
    assert f'"{tmp_path}/a $$b 5%%/config.toml"' in service
