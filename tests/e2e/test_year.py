"""A year of monthly runs on a served site ends with exactly the history that was planted."""

import datetime as dt
import json
from collections.abc import Iterator
from importlib import resources
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
NO_VETO = """
[[waivers]]
check = "missing-consult-channel"
site = "bureau"
reason = "示例"
approver = "信息中心"
expires = 2026-12-31
"""
CODES = {
    1: (0, 3), 2: (0, 0), 3: (0, 1), 4: (0, 1), 5: (0, 0), 6: (3, 3),
    7: (0, 1), 8: (0, 0), 9: (0, 0), 10: (0, 3), 11: (0, 0), 12: (0, 0),
}  # fmt: skip
"""Exit codes of run and gate by month: nothing to compare; other prices; a fault, another; the site is
down; one comes back; a waiver and a tighter limit, a move; a crawl that was refused most pages."""


class Month(msgspec.Struct, frozen=True):
    """What a month's run said."""

    codes: tuple[int, int]
    report: dict[str, Any]

    @property
    def comparison(self) -> dict[str, Any]:
        return self.report["comparison"]

    @property
    def site(self) -> float:
        """Points that the site won or lost."""
        return self.comparison["because"]["site"]

    @property
    def rules(self) -> float:
        """Points that the rules gave or took."""
        return self.comparison["because"]["rules"]

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
        self.unlinked = ""  # a document that no list shows any more
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
        if self.unlinked:
            for path in ("/", "/tzgg/"):
                before, _, rest = pages[path].partition(f"<li><a href={self.unlinked}>")
                pages[path] = before + rest.partition("</li>")[2]

    def move(self) -> None:
        """From now on one document has another address."""
        self._moved = True

    def price(self, points: int) -> None:
        """From now on the rulebook is the default that scores small sites, too, with this price."""
        text = resources.files("audit.rulebooks").joinpath("yunnan-2020.toml").read_text("utf-8")
        price = '{ check = "missing-search", severity = "major", points = %d }'
        for there, here in (
            (price % 5, price % points),
            ("coverage_floor = 0.80", "coverage_floor = 0.10"),
        ):
            assert text.count(there) == 1
            text = text.replace(there, here)
        (self._folder / "rules.toml").write_text(text, encoding="utf-8")
        path = self._folder / "config.toml"
        kept = path.read_text("utf-8").partition("[run]")[0]
        path.write_text(f'{kept}[run]\nrulebook = "rules.toml"\n{NO_VETO}', encoding="utf-8")

    def tighten(self, limit: str) -> None:
        """From now on notices may be no older than the limit."""
        path = self._folder / "config.toml"
        kept = path.read_text("utf-8").partition("[checks.")[0]
        said = f'[checks.stale-column]\nlimits = {{ notice = "{limit}" }}\n'
        path.write_text(kept + said, encoding="utf-8")

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
    year.price(5)
    year.run(1)
    year.price(2)
    priced = year.run(2)
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
    year.tighten("2d")
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
    assert (priced.site, priced.rules > 0, priced.comparison["new"]) == (0, True, [])
    assert (third.site < 0, third.rules) == (True, 0)
    one, other = set(third.of(first)), set(fourth.of(second))
    assert set(third.comparison["new"]) == one
    assert set(fourth.comparison["new"]) == other
    assert set(fifth.comparison["fixed"]) == one
    assert (sixth.comparison["fixed"], sixth.comparison["new"]) == ([], [])
    assert set(seventh.comparison["reopened"]) == one
    assert {state for _, _, state in seventh.of(second).values()} == {"open"}
    assert eighth.of(second)[lasting][1:] == ("waived", "open")
    tightened = {found for found, said in eighth.of("/tzgg/").items() if said[0] == "stale-column"}
    assert set(eighth.comparison["new"]) == set(eighth.comparison["by_rules"]) == tightened != set()
    assert {ninth.of("/tzgg/")[found][2] for found in tightened} == {"open"}
    before, after = seventh.of(MOVED[0]), ninth.of(MOVED[1])
    assert set() < set(before) <= set(after)
    assert {after[one][2] for one in before} == {"open"}
    assert (bool(tenth.report["run"]["suspect"]), tenth.comparison["fixed"]) == (True, [])
    assert eleventh.of(second)[lasting][1:] == ("fail", "open")
    assert eleventh.comparison["new"] == eleventh.comparison["reopened"] == []
    assert set(twelfth.comparison["fixed"]) == one | other
    assert _open(tmp_path) == {found["id"] for found in twelfth.report["sites"][0]["findings"]}


@pytest.mark.slow
def test_what_the_rules_did_is_told_from_what_the_site_did(year: Year) -> None:
    """Other points, then a tighter limit, then both a limit that is lifted and a page that is gone."""
    year.price(5)
    first = year.run(1)
    year.price(2)
    second = year.run(2)
    year.tighten("2d")
    third = year.run(3)
    fourth = year.run(4)
    year.tighten("3d")
    year.site.gone = {LINKS[0]}
    fifth = year.run(5)
    year.tighten("2d")
    sixth = year.run(6)
    by_rules = {one for one, said in third.of("/tzgg/").items() if said[0] == "stale-column"}

    assert [one.codes[1] for one in year.months.values()] == [3, 0, 0, 0, 1, 0]
    assert second.site == 0 < second.rules == second.comparison["score_delta"]
    assert second.comparison["new"] == second.comparison["by_rules"] == []
    assert len(by_rules) == 1
    assert set(third.comparison["new"]) == set(third.comparison["by_rules"]) == by_rules
    assert third.site == 0 > third.rules
    assert (fourth.comparison["new"], fourth.comparison["by_rules"]) == ([], [])
    assert set(fifth.comparison["fixed"]) == by_rules | set(fourth.of(LINKS[0]))  # its page is gone
    assert set(fifth.comparison["new"]) == set(fifth.of(LINKS[0]))
    assert fifth.comparison["by_rules"] == []
    assert fifth.site < 0
    assert set(sixth.comparison["reopened"]) == set(sixth.comparison["by_rules"]) == by_rules
    assert first.report["comparison"] is None


@pytest.mark.slow
def test_a_dead_link_that_is_taken_off_the_pages_is_fixed_and_comes_back(
    year: Year, tmp_path: Path
) -> None:
    year.site.gone = {LINKS[0]}
    first = year.run(1)
    dead = {one for one, said in first.of(LINKS[0]).items() if said[0] == "dead-link"}
    year.unlinked = LINKS[0]
    year.site.refused = {"/tzgg/"}
    refused = year.run(2)
    year.site.refused = set()
    unlinked = year.run(3)
    left = _open(tmp_path)
    year.unlinked = ""
    back = year.run(4)

    assert len(dead) == 1
    assert dead.isdisjoint(refused.comparison["fixed"])
    assert dead <= set(unlinked.comparison["fixed"])
    assert dead.isdisjoint(left)
    assert dead <= set(back.comparison["reopened"])


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
