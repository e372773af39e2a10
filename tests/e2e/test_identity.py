"""What is the same fault from one month to the next, told by whole runs, the gate and the history."""

import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from audit.store import Store
from tests.browsers import needs_browser
from tests.command import called
from tests.e2e.test_gate import FAIL_ON, TEXT, Site, write_config

IDLE = "<div class=side><a href='#'>关于做好公路养护工作的通知</a></div>"
OTHER = "<div class=side><a href='#'>关于开展桥梁检查工作的通知</a></div>"


class Month(msgspec.Struct, frozen=True):
    """What a month's run and its gate said."""

    code: int
    said: str
    report: dict[str, Any]

    @property
    def change(self) -> dict[str, Any]:
        return self.report["comparison"]

    def ids(self, check: str) -> dict[str, str]:
        """The findings of a check by path."""
        return {
            one["subject"]["key"]: one["id"]
            for site in self.report["sites"]
            for one in site["findings"]
            if one["check"] == check
        }

    def states(self, check: str) -> set[str]:
        return {
            one["state"]
            for site in self.report["sites"]
            for one in site["findings"]
            if one["check"] == check
        }


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()
    yield served
    served.down()


def month(
    folder: Path,
    site: Site,
    number: int,
    change: Callable[[dict[str, str]], None] = lambda _: None,
    *gate: str,
    browser: bool = False,
) -> Month:
    """One run of the pages as `change` leaves them, and the gate."""
    day = dt.date(2026, number, 15)
    site.publish(day)
    change(site.pages)
    given = ("--as-of", day.isoformat(), "--out", "out", "--format", "json")
    ran = called(folder, "run", *given, *(() if browser else ("--no-browser",)))
    gated = called(folder, "gate", *FAIL_ON, *gate)

    assert ran.returncode in {0, 3}, ran.stderr
    return Month(
        gated.returncode, gated.stdout, json.loads((folder / "out/report.json").read_bytes())
    )


def shows(**inside: str) -> Callable[[dict[str, str]], None]:
    """Articles by number, with what they show beside their text."""

    def change(pages: dict[str, str]) -> None:
        for name, said in inside.items():
            pages[f"/tzgg/{name[1:]}.html"] += said

    return change


def open_now(folder: Path) -> set[str]:
    with Store.open(str(folder / ".duwang")) as store:
        return {one.id for one in store.open_at(store.run("last").id)}


def test_a_fault_of_many_pages_stays_open_while_one_of_them_is_left(
    site: Site, tmp_path: Path
) -> None:
    write_config(tmp_path, site)
    first = month(tmp_path, site, 1, shows(_1=IDLE, _2=IDLE, _3=IDLE))
    second = month(tmp_path, site, 2, shows(_2=IDLE, _3=IDLE))
    third = month(tmp_path, site, 3, shows(_3=IDLE))
    last = month(tmp_path, site, 4)
    (known,) = first.ids("empty-link").values()

    assert (second.code, third.code, last.code) == (0, 0, 0)
    assert second.ids("empty-link") == {"/tzgg/2.html": known}
    assert third.ids("empty-link") == {"/tzgg/3.html": known}
    assert second.states("empty-link") == third.states("empty-link") == {"open"}
    assert (second.change["new"], second.change["fixed"]) == ([], [])
    assert last.change["fixed"] == [known]
    assert known not in open_now(tmp_path)


def test_what_was_part_of_a_finding_is_no_regression_with_a_baseline_or_without(
    site: Site, tmp_path: Path
) -> None:
    write_config(tmp_path, site)
    first = month(tmp_path, site, 1, shows(_1=IDLE + OTHER, _2=IDLE))
    baseline = ("--baseline", "known.json")
    called(tmp_path, "gate", *baseline, "--update-baseline")
    second = month(tmp_path, site, 2, shows(_1=OTHER, _2=IDLE))
    listed = called(tmp_path, "gate", *baseline, *FAIL_ON)
    third = month(tmp_path, site, 3, shows(_1=OTHER, _2=IDLE), *baseline)

    assert (second.code, listed.returncode, third.code) == (0, 0, 0)
    assert len(first.ids("empty-link")) == 1
    assert len(second.ids("empty-link")) == 2
    assert second.states("empty-link") == third.states("empty-link") == {"open"}
    assert (second.change["new"], second.change["fixed"]) == ([], [])


def test_two_articles_that_swap_addresses_bring_and_fix_nothing(site: Site, tmp_path: Path) -> None:
    """The second's own text, and the fault that it alone has, stand at the first's address afterwards."""

    def swapped(pages: dict[str, str]) -> None:
        shows(_2=IDLE)(pages)
        one, other = "/tzgg/1.html", "/tzgg/2.html"
        pages[one], pages[other] = pages[other], pages[one]

    write_config(tmp_path, site)
    first = month(tmp_path, site, 1, shows(_2=IDLE))
    second = month(tmp_path, site, 2, swapped)
    third = month(tmp_path, site, 3, swapped)
    last = month(tmp_path, site, 4)
    (known,) = first.ids("empty-link").values()

    assert (second.code, third.code, last.code) == (0, 0, 0)
    assert second.ids("empty-link") == third.ids("empty-link") == {"/tzgg/1.html": known}
    assert (second.change["new"], second.change["fixed"]) == ([], [])
    assert last.change["fixed"] == [known]


LEAD = "<div class=side><a href='#' class=opens>关于做好公路养护工作的通知</a></div>"


def test_a_lead_that_is_certain_for_the_first_time_fails_the_gate_once(
    site: Site, tmp_path: Path
) -> None:
    write_config(tmp_path, site)
    lead = month(tmp_path, site, 1, shows(_1=LEAD))
    certain = month(tmp_path, site, 2, shows(_1=IDLE))
    said = called(tmp_path, "diff", "last")
    again = month(tmp_path, site, 3, shows(_1=IDLE))
    doubted = month(tmp_path, site, 4, shows(_1=LEAD))
    sure = month(tmp_path, site, 5, shows(_1=IDLE))
    (known,) = lead.ids("empty-link").values()

    assert [one.code for one in (certain, again, doubted, sure)] == [1, 0, 0, 0]
    assert certain.change["raised"] == [known]
    assert (certain.change["new"], certain.states("empty-link")) == ([], {"open"})
    assert "此前是线索" in certain.said
    assert "线索确认为问题 1" in said.stdout
    assert sure.change["raised"] == []


@pytest.mark.parametrize("seen_first", [False, True])
def test_what_the_earlier_run_could_not_open_is_a_regression_only_when_one_before_saw_it_in_order(
    site: Site, tmp_path: Path, seen_first: bool
) -> None:
    write_config(tmp_path, site)
    if seen_first:
        month(tmp_path, site, 1)
    site.refused = {"/tzgg/1.html"}
    month(tmp_path, site, 2, shows(_1=IDLE))
    site.refused = set()
    opened = month(tmp_path, site, 3, shows(_1=IDLE))
    (found,) = opened.ids("empty-link").values()

    assert found in opened.change["new"]
    assert opened.code == (1 if seen_first else 0)
    assert (found in opened.change["unseen_before"]) is not seen_first
    assert ("没有能查看" in opened.said) is not seen_first


FILLED = (
    "<title>桥梁检查-示例局</title><h1>桥梁检查</h1><ul id=list class=list></ul><script>"
    "fetch('/rows.json').then(r => r.text()).then("
    "t => { document.getElementById('list').innerHTML = t })</script>"
)


def filled_by_script(pages: dict[str, str]) -> None:
    """A column whose rows only script brings: one leads nowhere, one to a page with a fault, one to none."""
    for path in ("/", "/tzgg/"):
        pages[path] = pages[path].replace("</div>", "<a href=/sub/>桥梁检查</a></div>", 1)
    pages["/sub/"] = FILLED
    pages["/rows.json"] = IDLE + "".join(
        f"<li><a href=/sub/{n}.html>关于第{n}号桥梁检查安排的通知</a><span>2026-01-1{n}</span></li>"
        for n in (1, 2)
    )
    pages["/sub/1.html"] = f"<title>关于第1号桥梁检查安排的通知</title>{TEXT}{IDLE}"


@needs_browser
def test_what_only_a_browser_sees_is_neither_fixed_without_one_nor_a_regression_with_one(
    site: Site, tmp_path: Path
) -> None:
    write_config(tmp_path, site)
    month(tmp_path, site, 1, filled_by_script)
    seen = month(tmp_path, site, 2, filled_by_script, browser=True)
    blind = month(tmp_path, site, 3, filled_by_script)
    again = month(tmp_path, site, 4, filled_by_script, browser=True)
    checks = {
        one["check"]
        for one in seen.report["sites"][0]["findings"]
        if one["subject"]["key"].startswith("/sub/")
    }

    assert (seen.code, blind.code, again.code) == (0, 0, 0), seen.said
    assert {"dead-link", "empty-link"} <= checks
    assert seen.change["new"] == seen.change["unseen_before"] != []
    assert (blind.change["fixed"], blind.change["new"]) == ([], [])
    assert blind.change["not_observed"] >= len(checks)
    assert (again.change["new"], again.change["reopened"], again.change["fixed"]) == ([], [], [])
