"""What the config changed from one month to the next, the site did not bring: no gate fails on it."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.command import called
from tests.e2e.test_gate import FAIL_ON, TEXT, Site
from tests.e2e.test_identity import IDLE, OTHER

ONE = '[[units]]\nid = "bureau"\nname = "示例局"\nsite = "bureau"\n'
TWO = '[[units]]\nid = "centre"\nname = "示例中心"\nsite = "bureau"\n'
COLUMN = '[[sites.columns]]\nname = "通知公告"\nurl = "/tzgg/"\nclass = "notice"\nlimit = "{}"\n'


class Estate:
    """A site, its config, and the runs on it."""

    def __init__(self, folder: Path) -> None:
        """Nothing has run yet."""
        self.folder = folder
        self.site = Site()
        self.said = ""  # by the last gate
        self.number = 0
        self.home = "/"
        self.inside: dict[str, str] = {}  # what pages show beside their text

    def month(self, *, name: str = "示例局", inside: str = "", more: str = "") -> dict[str, Any]:
        """One run and its gate; `inside` stands in the site's table, `more` behind it."""
        self.number += 1
        day = dt.date(2026, self.number, 15)
        self.site.publish(day)
        for path, said in self.inside.items():
            self.site.pages[path] = self.site.pages.get(path, "") + said
        port = self.site.port
        (self.folder / "config.toml").write_text(
            f'[[sites]]\nid = "bureau"\nname = "{name}"\nhome = "http://127.0.0.1:{port}{self.home}"\n'
            f'{inside}{more}[crawl]\nallow_addresses = ["127.0.0.1:{port}"]\nrate = 0\n',
            encoding="utf-8",
        )
        given = ("--as-of", day.isoformat(), "--out", "out", "--format", "json", "--no-browser")
        ran = called(self.folder, "run", *given)
        gated = called(self.folder, "gate", *FAIL_ON)
        self.said = gated.stdout

        assert ran.returncode == 0, ran.stderr
        report = json.loads((self.folder / "out/report.json").read_bytes())
        return {"code": gated.returncode, **(report["comparison"] or {})}

    def findings(self) -> list[dict[str, Any]]:
        """Those of the last report."""
        report = json.loads((self.folder / "out/report.json").read_bytes())
        return [one for site in report["sites"] for one in site["findings"]]

    def statuses(self, check: str) -> set[str]:
        return {one["status"] for one in self.findings() if one["check"] == check}


@pytest.fixture
def estate(tmp_path: Path) -> Iterator[Estate]:
    made = Estate(tmp_path)
    yield made
    made.site.down()


def test_a_site_that_is_called_otherwise_brings_nothing(estate: Estate) -> None:
    """By its new name it is a department that owes more columns."""
    estate.month(name="示例厅")
    renamed = estate.month(name="示例省交通运输厅")

    assert renamed["code"] == 0
    assert renamed["new"] == renamed["by_rules"] != []


def test_a_unit_that_is_registered_brings_nothing_and_one_that_is_renamed_neither(
    estate: Estate,
) -> None:
    estate.month(more=ONE)
    added = estate.month(more=ONE + TWO)
    renamed = estate.month(more=ONE + TWO.replace("示例中心", "示例服务中心"))
    removed = estate.month(more=ONE)
    back = estate.month(more=ONE + TWO)

    assert [one["code"] for one in (added, renamed, removed, back)] == [0, 0, 0, 0]
    assert added["new"] == added["by_rules"] != []
    assert (renamed["new"], renamed["fixed"]) == ([], [])
    assert (removed["fixed"], removed["not_observed"]) == ([], len(added["new"]))
    assert (back["new"], back["reopened"]) == ([], [])


def test_a_limit_of_a_column_that_is_tightened_brings_what_it_finds(estate: Estate) -> None:
    estate.month(inside=COLUMN.format("14d"))
    tight = estate.month(inside=COLUMN.format("2d"))
    estate.site.gone = {"/tzgg/3.html"}
    worse = estate.month(inside=COLUMN.format("1d"))

    assert (tight["code"], len(tight["by_rules"])) == (0, 1)
    assert tight["new"] == tight["by_rules"]
    assert worse["code"] == 1
    assert "/tzgg/3.html" in estate.said


def test_a_site_that_moved_to_another_host_keeps_its_findings_and_a_regression_is_one(
    estate: Estate,
) -> None:
    estate.site.gone = {"/tzgg/2.html"}
    estate.month()
    old, estate.site = estate.site, Site()
    old.down()
    estate.site.gone = {"/tzgg/2.html"}
    moved = estate.month()
    old, estate.site = estate.site, Site()
    old.down()
    estate.site.gone = {"/tzgg/2.html", "/tzgg/3.html"}
    worse = estate.month()

    assert (moved["code"], moved["new"], moved["fixed"], moved["not_observed"]) == (0, [], [], 0)
    assert worse["code"] == 1
    assert "/tzgg/3.html" in estate.said
    assert "/tzgg/2.html" not in estate.said


def test_a_folder_that_is_named_now_opens_what_was_not_looked_at(estate: Estate) -> None:
    """And what was looked at gets worse as before."""
    estate.home = "/tzgg/"
    article = f"<title>关于第9号专项工作安排的通知</title>{TEXT}{IDLE}"
    estate.inside = {
        "/tzgg/": "<a href=/xxgk/9.html>关于第9号专项工作安排的通知</a>",
        "/xxgk/9.html": article,
    }
    estate.month(inside='folders = ["/tzgg/"]\n')
    opened = estate.month(inside='folders = ["/tzgg/", "/xxgk/"]\n')
    estate.inside["/tzgg/1.html"] = OTHER
    worse = estate.month(inside='folders = ["/tzgg/", "/xxgk/", "/zcfg/"]\n')

    assert (opened["code"], len(opened["new"])) == (0, len(opened["unseen_before"]))
    assert opened["new"] != []
    assert worse["code"] == 1
    assert "/tzgg/1.html" in estate.said


def test_a_waiver_that_ended_brings_nothing_with_a_baseline_or_without(estate: Estate) -> None:
    """It counts on its last day."""
    estate.inside = {"/tzgg/1.html": IDLE}
    estate.month()
    waiver = (
        '[[waivers]]\ncheck = "empty-link"\nsite = "bureau"\nreason = "改版中"\n'
        'approver = "信息中心"\nexpires = 2026-02-15\n'
    )
    estate.month(more=waiver)
    last_day = estate.statuses("empty-link")
    baseline = ("gate", "--baseline", "known.json")
    called(estate.folder, *baseline, "--update-baseline")
    ended = estate.month(more=waiver)
    listed = called(estate.folder, *baseline, *FAIL_ON)

    assert (last_day, estate.statuses("empty-link")) == ({"waived"}, {"fail"})
    assert (ended["code"], listed.returncode) == (0, 0), listed.stdout


@pytest.mark.parametrize("reason", ["一\n二", "\x1b[31m红", "a\x7fb", "\udcff\udcfe", "\u202eevil"])
def test_a_waiver_is_one_line_of_text(estate: Estate, reason: str) -> None:
    estate.inside = {"/tzgg/1.html": IDLE}
    estate.month()
    path = estate.folder / "config.toml"
    before = path.read_bytes()
    given = ("--approver", "信息中心", "--expires", dt.date.today().isoformat())  # noqa: DTZ011 - as the command does
    said = called(estate.folder, "waive", "0" * 16, "--reason", reason, *given)

    assert (said.returncode, path.read_bytes()) == (2, before)
    assert "--reason" in said.stderr
    assert reason not in said.stderr


def test_a_run_for_an_earlier_day_saw_it_first(estate: Estate) -> None:
    estate.number = 4
    estate.month()
    estate.number = 1
    estate.month()
    days = {one["first_seen"] for one in estate.findings()}
    called(estate.folder, "check", "last", "--out", "out", "--format", "json")
    again = {one["first_seen"] for one in estate.findings()}

    assert days == again == {"2026-02-15"}
