"""`prune`: old pages go; reports of old runs and the evidence of their findings stay."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from audit.store import Store
from tests.command import called
from tests.e2e.test_gate import Site, write_config


def report_of(folder: Path, run: str) -> dict[str, Any]:
    done = called(folder, "report", run, "--out", run, "--format", "json,pages")

    assert "" == done.stderr
    return json.loads((folder / run / "report.json").read_bytes())


def evidence_of(report: dict[str, Any]) -> dict[str, str]:
    """Hash and place of every stored body that a finding cites."""
    return {
        one["sha256"]: one["archive"]
        for site in report["sites"]
        for finding in site["findings"]
        for one in finding["evidence"]
        if one["archive"]
    }


def without_places(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_places(one) for name, one in value.items() if name != "archive"}
    return [without_places(one) for one in value] if isinstance(value, list) else value


def test_report_of_a_pruned_run_is_what_it_was_and_its_evidence_is_found(tmp_path: Path) -> None:
    site = Site()
    write_config(tmp_path, site)
    for number in (1, 2, 3):
        day = dt.date(2026, number, 15)
        site.publish(day)
        site.gone = {"/tzgg/3.html"} if number == 1 else set()
        called(tmp_path, "run", "--as-of", day.isoformat(), "--no-browser", "--format", "json")
    site.down()
    with Store.open(str(tmp_path / ".duwang")) as store:
        *_, first = (run.id for run in store.runs())
    before = report_of(tmp_path, first)
    pages = (tmp_path / first / "pages.jsonl").read_bytes()
    said = called(tmp_path, "prune", "--keep", "1")
    again = called(tmp_path, "prune", "--keep", "1")
    after = report_of(tmp_path, first)
    check = called(tmp_path, "check", first, "--out", "check", "--format", "json")

    assert (0, 0) == (said.returncode, again.returncode)
    assert f"已清理2次运行（{first}" in said.stdout
    assert "没有需要清理的运行" in again.stdout
    assert not (tmp_path / ".duwang" / "warc" / first).exists()
    assert without_places(before) == without_places(after)
    assert pages == (tmp_path / first / "pages.jsonl").read_bytes()
    assert evidence_of(before).keys() == evidence_of(after).keys()
    assert evidence_of(after)
    assert all(place.startswith("kept/") for place in evidence_of(after).values())
    assert "Traceback" not in check.stderr
    with Store.open(str(tmp_path / ".duwang")) as store:
        assert all(store.body(digest) is not None for digest in evidence_of(after))


def test_what_was_lost_before_pruning_is_still_missing_after_it(tmp_path: Path) -> None:
    site = Site()
    write_config(tmp_path, site)
    for number in (1, 2):
        day = dt.date(2026, number, 15)
        site.publish(day)
        site.pages["/"] += f"<!-- {number} -->"
        site.gone = {"/tzgg/3.html"} if number == 1 else set()
        called(tmp_path, "run", "--as-of", day.isoformat(), "--no-browser", "--format", "json")
    site.down()
    with Store.open(str(tmp_path / ".duwang")) as store:
        first = store.runs()[1].id
    next((tmp_path / ".duwang" / "warc" / first).iterdir()).unlink()
    before = called(tmp_path, "verify", first)
    said = called(tmp_path, "prune", "--keep", "1")
    after = called(tmp_path, "verify", first)

    assert "已不在存档中，不是这次清理删去的" in said.stdout
    assert (3, 3) == (before.returncode, after.returncode)
    assert missing(before.stdout) == missing(after.stdout)
    assert "其余原文已由 duwang prune 清理" not in before.stdout
    assert "其余原文已由 duwang prune 清理" in after.stdout


def missing(said: str) -> list[str]:
    """The addresses whose bodies are lost."""
    return [line.split()[2] for line in said.splitlines() if line.startswith("✗ 存档中没有原文")]


def test_prune_needs_a_number_of_runs(tmp_path: Path) -> None:
    assert 2 == called(tmp_path, "prune").returncode
    assert 2 == called(tmp_path, "prune", "--keep", "0").returncode
