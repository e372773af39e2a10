"""What a command prints to be typed next works as it is printed, wherever the store lies."""

import datetime as dt
import json
import shlex
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command import called
from tests.e2e.test_gate import FAIL_ON, Site, write_config

STORE = ("--store", "我的 数据")


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()
    yield served
    served.down()


def test_the_lines_of_a_failed_gate_work_as_they_are_printed(site: Site, tmp_path: Path) -> None:
    write_config(tmp_path, site)
    audited(tmp_path, site, 1)
    site.gone = {"/tzgg/3.html"}
    audited(tmp_path, site, 2)
    failed = called(tmp_path, "gate", *FAIL_ON, *STORE)
    again = {
        line
        for line in printed(failed.stdout)
        if line.startswith(("duwang check", "duwang checks"))
    }
    waivers = {line for line in printed(failed.stdout) if line.startswith("duwang waive")}
    shown = {line: called(tmp_path, *shlex.split(line)[1:]) for line in again}
    until = (dt.datetime.now(dt.UTC).date() + dt.timedelta(days=200)).isoformat()
    waived = [
        called(tmp_path, *shlex.split(line.replace("截止日期", until))[1:]) for line in waivers
    ]

    assert failed.returncode == 1
    assert {line.split()[1] for line in again} == {"check", "checks"}
    assert {line: done.stderr for line, done in shown.items() if done.returncode} == {}
    assert [done.returncode for done in waived] == [0] * len(waivers)
    assert len(waivers) > 0


def test_a_run_that_has_not_ended_is_resumed_by_the_line_that_says_so(
    site: Site, tmp_path: Path
) -> None:
    write_config(tmp_path, site)
    audited(tmp_path, site, 1)
    rewritten(tmp_path, "UPDATE runs SET status = 'running'")
    refused = called(tmp_path, "gate", *FAIL_ON, *STORE)
    (line,) = printed(refused.stderr)
    resumed = called(tmp_path, *shlex.split(line)[1:], "--no-browser", "--out", "out")
    again = called(tmp_path, *shlex.split(line)[1:])
    (report,) = printed(again.stderr)

    assert (refused.returncode, resumed.returncode, again.returncode) == (3, 0, 2)
    assert called(tmp_path, *shlex.split(report)[1:]).returncode == 0


def test_a_waiver_that_lasts_too_long_is_refused_before_anything_is_asked(
    site: Site, tmp_path: Path
) -> None:
    write_config(tmp_path, site)
    audited(tmp_path, site, 1)
    waived(tmp_path / "config.toml")
    done = called(tmp_path, "run", *STORE)
    stored = called(tmp_path, "runs", *STORE).stdout

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert all(word in done.stderr for word in ("config.toml 第", "waivers[0].expires", "12个月"))
    assert len([line for line in stored.splitlines() if line.startswith("20")]) == 1


def test_a_stored_run_with_a_waiver_that_lasts_too_long_has_no_verdict(
    site: Site, tmp_path: Path
) -> None:
    write_config(tmp_path, site)
    audited(tmp_path, site, 1)
    with sqlite3.connect(tmp_path / STORE[1] / "duwang.db") as store:
        ((text,),) = store.execute("SELECT config FROM runs").fetchall()
    config = json.loads(text)
    waiver = {
        "finding": "0123456789abcdef",
        "reason": "x",
        "approver": "y",
        "expires": "2099-01-01",
    }
    bad = json.dumps({**config, "waivers": [waiver]})
    rewritten(tmp_path, "UPDATE runs SET config = ?", bad)
    checked = called(tmp_path, "check", "last", *STORE)
    gated = called(tmp_path, "gate", *STORE)

    assert (checked.returncode, gated.returncode) == (2, 2)
    assert checked.stderr == gated.stderr
    assert "waivers[0].expires = 2099-01-01" in gated.stderr


def audited(folder: Path, site: Site, month: int) -> None:
    day = dt.date(2026, month, 15)
    site.publish(day)
    given = ("--as-of", day.isoformat(), "--out", "out", "--format", "json", "--no-browser")
    done = called(folder, "run", *given, *STORE)

    assert done.returncode == 0, done.stderr


def printed(said: str) -> list[str]:
    """Every command in a text, up to the next wide space."""
    found = [part for line in said.splitlines() for part in line.split("    ")]
    return [part[part.index("duwang ") :].strip() for part in found if "duwang " in part]


def rewritten(folder: Path, statement: str, *values: str) -> None:
    """Change the stored run behind the program's back."""
    with sqlite3.connect(folder / STORE[1] / "duwang.db") as store:
        store.execute(statement, values)


def waived(path: Path) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(
            '[[waivers]]\nfinding = "0123456789abcdef"\nreason = "改版中"\n'
            'approver = "信息中心"\nexpires = 2099-01-01\n'
        )
