"""The command on a real PostgreSQL server: runs, their comparison and the gate, as users start them."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.command import called, duwang
from tests.databases import postgresql
from tests.e2e.test_gate import FAIL_ON, Site, write_config

LOST = "/tzgg/3.html"


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()
    yield served
    served.down()


@pytest.fixture
def store() -> Iterator[str]:
    """The database as the command line names it: without the driver."""
    with postgresql() as url:
        yield url.replace("postgresql+psycopg://", "postgresql://")


def test_runs_are_compared_and_gated(site: Site, store: str, tmp_path: Path) -> None:
    write_config(tmp_path, site)
    ran = [audited(tmp_path, site, store, 1)]
    alone = called(tmp_path, "gate", *FAIL_ON, "--store", store)
    ran.append(audited(tmp_path, site, store, 2, gone={LOST}))
    report = json.loads((tmp_path / "out/report.json").read_bytes())
    failed = called(tmp_path, "gate", *FAIL_ON, "--store", store)
    changed = called(tmp_path, "diff", "last", "--store", store)
    as_json = called(tmp_path, "diff", "last", "--json", "--store", store)
    ran.append(audited(tmp_path, site, store, 3))
    fixed = called(tmp_path, "gate", *FAIL_ON, "--store", store)
    checked = called(tmp_path, "check", "last", "--out", "again", "--store", store)
    listed = duwang(tmp_path, "runs", "--store", store)

    assert [one.returncode for one in ran] == [0, 0, 0], ran
    assert [one.returncode for one in (alone, failed, fixed, checked)] == [3, 1, 0, 0]
    assert LOST in failed.stdout
    assert f"--store {store}" in failed.stdout
    assert LOST in changed.stdout
    assert json.loads(as_json.stdout)["new"] == report["comparison"]["new"]
    assert len([line for line in listed.stdout.splitlines() if line.startswith("20")]) == 3
    assert list((tmp_path / ".duwang/warc").rglob("*.warc*"))
    assert not list((tmp_path / ".duwang").glob("*.db"))


def test_a_server_that_is_not_there_is_one_line_and_exit_4(tmp_path: Path) -> None:
    done = duwang(tmp_path, "runs", "--store", "postgresql://nobody@127.0.0.1:9/none")

    assert done.returncode == 4
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def audited(
    folder: Path, site: Site, store: str, month: int, gone: frozenset[str] | set[str] = frozenset()
) -> "CompletedProcess[str]":
    """One monthly run."""
    day = dt.date(2026, month, 15)
    site.publish(day)
    site.gone = set(gone)
    given = ("--as-of", day.isoformat(), "--out", "out", "--format", "json", "--no-browser")
    return called(folder, "run", *given, "--store", store)
