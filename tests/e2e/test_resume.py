"""A run that another process works on is left alone, and so are the stored pages that it may need."""

import time
from pathlib import Path

import pytest

from audit.store import Store
from tests.command import called, started
from tests.e2e.test_gate import Site, month, site, write_config

__all__ = ["site"]


def unfinished(folder: Path, site: Site) -> str:
    """A run that was killed when it had read some pages; its id."""
    write_config(folder, site)
    month(folder, site, 1)
    path = folder / "config.toml"
    path.write_text(path.read_text("utf-8").replace("rate = 0", "rate = 10"), encoding="utf-8")
    process = started(folder, "run", "--no-browser", "--as-of", "2026-02-15", "--out", "out")
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with Store.open(str(folder / ".duwang")) as store:
            row = store.run("last")
            if row.status == "running" and any(store.snapshot(row.id, "bureau").fetches()):
                process.kill()
                process.communicate()
                return row.id
        time.sleep(0.05)
    process.kill()
    process.communicate()
    return pytest.fail("nothing was fetched in half a minute")


def test_a_run_at_work_is_neither_resumed_nor_pruned_until_it_is_let_go(
    site: Site, tmp_path: Path
) -> None:
    """Also while it judges and fetches nothing."""
    run = unfinished(tmp_path, site)
    with Store.open(str(tmp_path / ".duwang")) as store, store.at_work(run):
        refused = called(tmp_path, "run", "--resume", "last")
        kept = called(tmp_path, "prune", "--keep", "1")
    resumed = called(tmp_path, "run", "--resume", "last", "--out", "out")
    again = called(tmp_path, "run", "--resume", run)

    assert (refused.returncode, kept.returncode) == (4, 4)
    for said in (refused.stderr, kept.stderr):
        assert f"运行 {run} 正由另一个 duwang 进程执行" in said
        assert said.strip().count("\n") == 0
    assert (resumed.returncode, again.returncode) == (0, 2)
    assert f"运行 {run} 已经结束" in again.stderr
