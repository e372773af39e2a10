"""A year of monthly runs on a served site ends with exactly the history that was planted."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from typer.testing import CliRunner

from audit.cli import app
from audit.store import Store
from tests.e2e.test_gate import FAIL_ON, Site, write_config

LINKS = ("/tzgg/3.html", "/tzgg/5.html")
MOVED = ("/tzgg/2.html", "/xxgk/2026/2.html")
CODES = {
    1: (0, 3), 2: (0, 0), 3: (0, 1), 4: (0, 1), 5: (0, 0), 6: (3, 3),
    7: (0, 1), 8: (0, 0), 9: (0, 0), 10: (0, 3), 11: (0, 0), 12: (0, 0),
}  # fmt: skip
"""Exit codes of run and gate by month: nothing to compare; a fault, another; the site is down; one
comes back; a waiver, a move; a crawl that was refused most pages."""


class Month(msgspec.Struct, frozen=True):
    """What a month's run said."""

    codes: tuple[int, int]
    report: dict[str, Any]

    @property
    def comparison(self) -> dict[str, Any]:
        return self.report["comparison"]

    def of(self, path: str) -> dict[str, tuple[str, str, str]]:
        """The findings on an address, review ones too: id → check, status, state."""
        return {
            one["id"]: (one["check"], one["status"], one["state"])
            for one in self.report["sites"][0]["findings"]
            if one["subject"]["key"] == path
        }


class Year:
    """A site and its store, and the runs on it."""

    def __init__(self, folder: Path) -> None:
        self.site = Site()
        self.months: dict[int, Month] = {}
        self._folder = folder
        self._moved = False
        write_config(folder, self.site)

    def run(self, number: int) -> Month:
        """Publish, run, gate."""
        day = dt.date(2026, number, 15)
        self.publish(day)
        runner = CliRunner()
        given = ("--as-of", day.isoformat(), "--out", "out", "--format", "json", "--no-browser")
        ran = runner.invoke(app, ["run", *given])
        gated = runner.invoke(app, ["gate", *FAIL_ON])
        for result in (ran, gated):
            assert result.exception is None or isinstance(result.exception, SystemExit)
        report = json.loads((self._folder / "out/report.json").read_bytes())
        self.months[number] = Month((ran.exit_code, gated.exit_code), report)
        return self.months[number]

    def publish(self, day: dt.date) -> None:
        """The pages of the day; a document that moved stays where it is now."""
        self.site.publish(day)
        pages = self.site.pages
        if self._moved:
            pages[MOVED[1]] = pages.pop(MOVED[0])
            for path in ("/", "/tzgg/"):
                pages[path] = pages[path].replace(*MOVED)

    def move(self) -> None:
        """From now on one document has another address."""
        self._moved = True

    def waive(self, finding: str, until: str) -> None:
        """Tolerate a finding up to a day."""
        with (self._folder / "config.toml").open("a", encoding="utf-8") as file:
            file.write(
                f'[[waivers]]\nfinding = "{finding}"\nreason = "改版中"\n'
                f'approver = "信息中心"\nexpires = {until}\n'
            )


@pytest.fixture
def year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Year]:
    monkeypatch.chdir(tmp_path)
    made = Year(tmp_path)
    yield made
    made.site.down()


@pytest.mark.slow
def test_a_year_has_exactly_the_planted_history(year: Year, tmp_path: Path) -> None:
    site, (first, second) = year.site, LINKS
    year.run(1)
    year.run(2)
    site.gone = {first}
    third = year.run(3)
    site.gone = {first, second}
    fourth = year.run(4)
    site.gone = {second}
    fifth = year.run(5)
    site.down()
    sixth = year.run(6)
    site.up()
    site.gone = {first, second}
    seventh = year.run(7)
    lasting = next(one for one, said in seventh.of(second).items() if said[0] == "dead-link")
    year.waive(lasting, "2026-09-30")
    eighth = year.run(8)
    year.move()
    ninth = year.run(9)
    site.refused = {path for path in site.pages if path.endswith(".html")}
    tenth = year.run(10)
    site.refused = set()
    eleventh = year.run(11)
    site.gone = set()
    twelfth = year.run(12)

    assert {number: month.codes for number, month in year.months.items()} == CODES
    one, other = set(third.of(first)), set(fourth.of(second))
    assert set(third.comparison["new"]) == one
    assert set(fourth.comparison["new"]) == other
    assert set(fifth.comparison["fixed"]) == one
    assert (sixth.comparison["fixed"], sixth.comparison["new"]) == ([], [])
    assert set(seventh.comparison["reopened"]) == one
    assert {state for _, _, state in seventh.of(second).values()} == {"open"}
    assert eighth.of(second)[lasting][1:] == ("waived", "open")
    before, after = seventh.of(MOVED[0]), ninth.of(MOVED[1])
    assert before
    assert set(before) <= set(after)
    assert {after[one][2] for one in before} == {"open"}
    assert tenth.report["run"]["suspect"]
    assert tenth.comparison["fixed"] == []
    assert eleventh.of(second)[lasting][1:] == ("fail", "open")
    assert eleventh.comparison["new"] == eleventh.comparison["reopened"] == []
    assert set(twelfth.comparison["fixed"]) == one | other
    assert _open(tmp_path) == {found["id"] for found in twelfth.report["sites"][0]["findings"]}


def _open(folder: Path) -> set[str]:
    """What the database says is open at the end."""
    with Store.open(str(folder / ".duwang")) as store:
        return {one.id for one in store.open_at(store.run("last").id)}


@pytest.mark.slow
def test_twenty_runs_of_an_unchanged_site_find_nothing_new(year: Year) -> None:
    first = year.run(1)
    known = {one["id"] for one in first.report["sites"][0]["findings"]}
    runs = [year.run(1) for _ in range(20)]

    assert [month.codes for month in runs] == [(0, 0)] * 20
    assert [month.comparison["new"] for month in runs] == [[]] * 20
    assert {one["id"] for m in runs for one in m.report["sites"][0]["findings"]} == known
