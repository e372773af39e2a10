"""`duwang schedule` writes timers of three kinds and takes away only its own."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from audit.cli.timers import Plan, systemd_units
from tests.command import called

CONFIG = '[[sites]]\nid = "bureau"\nname = "示例局"\nhome = "http://www.example.test/"\n'
CRONTAB = """#!/bin/sh
table="$HOME/table"
if [ "$1" = "-l" ]; then cat "$table" 2>/dev/null || exit 1; else cat >"$table"; fi
"""
SYSTEMCTL = '#!/bin/sh\necho "$*" >>"$HOME/called"\n'


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a config, and a crontab and a systemctl that keep what they are told."""
    (tmp_path / "bin").mkdir()
    for name, text in (("crontab", CRONTAB), ("systemctl", SYSTEMCTL)):
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
