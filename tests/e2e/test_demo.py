"""The demo: every planted fault is in the report, and no other; all reports are whole."""

import csv
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from audit.demo import PLANTED
from tests.browsers import FOUND
from tests.command import ENVIRONMENT, NO_BROWSER, called

TO_FIND = [one for one in PLANTED if FOUND or not one.browser]
LOOPBACK = "127.0.0.1:"
SCHEMA = Path(__file__).parents[2] / "docs" / "report.schema.json"


@pytest.fixture(scope="module")
def demo(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """One demo of the wheel, from another folder; it says first where it was imported from."""
    folder = tmp_path_factory.mktemp("演示 demo")
    site, work = folder / "site", folder / "work"
    (work / "checks").mkdir(parents=True)  # a foreign folder of the same name: never picked up
    (work / "checks" / "__init__.py").write_text("raise RuntimeError\n", encoding="utf-8")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(site)
    start = (
        f"import sys; sys.path[:] = [{str(site)!r}, *(p for p in sys.path if p)]; "
        "import audit; from audit.cli import main; print(audit.__file__); sys.argv[0] = 'duwang'; main()"
    )
    return subprocess.run(
        [sys.executable, "-c", start, "demo", "--out", str(work / "报告")],
        cwd=work,
        env={**ENVIRONMENT, "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )


@pytest.fixture(scope="module")
def reports(demo: "subprocess.CompletedProcess[str]") -> Path:
    """The folder into which it wrote its reports."""
    assert demo.returncode == 0, demo.stderr
    assert "Traceback" not in demo.stderr
    return Path(demo.args[-1])


def test_the_installed_wheel_runs_its_demo_elsewhere(
    demo: "subprocess.CompletedProcess[str]", reports: Path
) -> None:
    site = reports.parents[1] / "site"
    found = [len(one["findings"]) > 0 for one in report_of(reports)["sites"]]

    assert demo.stdout.splitlines()[0].startswith(str(site))
    assert found == [True] * 4


def report_of(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "report.json").read_text(encoding="utf-8"))


def test_each_planted_fault_is_reported_and_no_other(reports: Path) -> None:
    found = {
        (site["id"], one["check"], one["subject"]["key"], aspect_of(one), one["status"])
        for site in report_of(reports)["sites"]
        for one in site["findings"]
    }
    planted = {(p.site, p.check, p.subject, p.aspect, p.status) for p in TO_FIND}

    assert sorted(found - planted) == []
    assert sorted(planted - found - _not_seen(reports)) == []


def _not_seen(reports: Path) -> set[tuple[str, str, str, str, str]]:
    """What only a browser finds, where a busy machine's browser did not come to an end in time."""
    late = {
        (site["id"], one["check"])
        for site in report_of(reports)["sites"]
        for one in site["outcomes"]
        if one["status"] == "not_assessed" and one["reason"] in {"timeout", "unreachable"}
    }
    return {
        (p.site, p.check, p.subject, p.aspect, p.status)
        for p in TO_FIND
        if p.browser and (p.site, p.check) in late
    }


def aspect_of(finding: dict[str, Any]) -> str:
    """The aspect of a finding, as its labels show it."""
    labels = finding["labels"]
    return str(
        labels.get("direction")
        or labels.get("fact")
        or labels.get("mark")
        or labels.get("area")
        or ""
    )


LEDGER = (
    ("linked", "ok", "ok", 0, []),
    ("linked", "ok", "ok", 0, []),
    ("one_way", "missing", "ok", 0, ["unlinked-interpretation"]),
    ("one_way", "ok", "missing", 0, ["unlinked-interpretation"]),
    ("broken", "broken", "ok", 0, ["broken-interpretation-link"]),
    ("broken", "ok", "wrong_target", 0, ["broken-interpretation-link"]),
    ("linked", "ok", "ok", 5, ["late-interpretation"]),
    ("linked", "ok", "ok", 3, []),
    ("out_of_scope", "not_assessed", "not_assessed", None, []),
    ("uninterpreted", "not_assessed", "not_assessed", None, ["missing-interpretation"]),
)


def test_the_pair_ledger_of_the_department_is_as_planted(reports: Path) -> None:
    site = next(one for one in report_of(reports)["sites"] if one["id"] == "department")
    checks = {one["id"]: one["check"] for one in site["findings"]}
    ledger = tuple(
        (
            pair["state"],
            pair["forward"],
            pair["back"],
            pair["lag_workdays"],
            [checks[one] for one in pair["findings"]],
        )
        for pair in site["pairs"]
    )
    shown = (reports / "sites" / "department.html").read_text(encoding="utf-8")

    assert ledger == LEDGER
    assert [pair for pair in site["pairs"] if pair["policy"]["number"] not in shown] == []


def test_every_check_but_the_availability_of_a_week_finds_something(reports: Path) -> None:
    checks = {one["check"] for site in report_of(reports)["sites"] for one in site["findings"]}
    outcomes = {
        outcome["check"]: (outcome["status"], outcome["reason"])
        for site in report_of(reports)["sites"]
        for outcome in site["outcomes"]
    }

    silent = {"unreachable-site"}
    silent |= {one.check for one in PLANTED if one.browser and not FOUND}
    late = {check for _, check, *_ in _not_seen(reports)}
    assert set(outcomes) - checks - late == silent - late
    assert outcomes["unreachable-site"] == ("not_assessed", "too_few_visits")


def test_the_json_report_has_its_schema(reports: Path) -> None:
    jsonschema.validate(report_of(reports), json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_every_finding_says_what_where_and_what_to_do(reports: Path) -> None:
    for site in report_of(reports)["sites"]:
        for one in site["findings"]:
            assert one["evidence"], one
            assert one["message"], one
            assert one["remedy"], one
            assert one["office"], one
            outside = one["check"] in {"hijacked-link", "mixed-content"}
            assert outside or one["subject"]["url"].partition("://")[2].startswith(LOOPBACK), one
            assert all(e["at"] and e["url"] for e in one["evidence"]), one


def test_every_file_is_there_and_whole(reports: Path) -> None:
    sites = [site["id"] for site in report_of(reports)["sites"]]
    pages = [json.loads(line) for line in lines(reports / "pages.jsonl")]
    links = [json.loads(line) for line in lines(reports / "links.jsonl")]
    with (reports / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))

    assert {page["site"] for page in pages} == set(sites)
    assert [(p["site"], p["url"]) for p in pages] == sorted({(p["site"], p["url"]) for p in pages})
    assert len({(one["site"], one["url"], one["region"]) for one in links}) == len(links)
    assert len(rows) == 1 + sum(len(site["findings"]) for site in report_of(reports)["sites"])
    for name in ("index.html", *(f"sites/{site}.html" for site in sites)):
        text = (reports / name).read_text(encoding="utf-8")
        assert text.rstrip().endswith("</html>"), name


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("day", ["2024-02-29", "2027-01-01"])
def test_the_demo_does_not_rot(tmp_path: Path, day: str) -> None:
    done = called(tmp_path, "demo", "--out", "out", "--as-of", day, more=NO_BROWSER)
    found = sorted(
        (site["id"], one["check"], one["subject"]["key"], aspect_of(one), one["status"])
        for site in report_of(tmp_path / "out")["sites"]
        for one in site["findings"]
    )

    assert done.returncode == 0, done.stderr
    assert (
        sorted((p.site, p.check, p.subject, p.aspect, p.status) for p in PLANTED if not p.browser)
        == found
    )
