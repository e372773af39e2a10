"""Two sites and runs of one of them: each site is compared with a run that read it."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.command import duwang
from tests.e2e.test_gate import FAIL_ON, Site

NAMES = {"bureau": "示例局", "centre": "示例中心"}


class Pair:
    """The sites by id, and the folder that their runs are kept in."""

    def __init__(self, folder: Path) -> None:
        """Both are served and registered."""
        self.folder = folder
        self.sites = {name: Site() for name in NAMES}
        self.register(*NAMES)

    def register(self, *names: str) -> None:
        """From now on these are the sites of the config."""
        allowed = json.dumps([f"127.0.0.1:{site.port}" for site in self.sites.values()])
        text = "".join(
            f'[[sites]]\nid = "{name}"\nname = "{NAMES[name]}"\n'
            f'home = "http://127.0.0.1:{self.sites[name].port}/"\n'
            for name in names
        )
        crawl = f"[crawl]\nallow_addresses = {allowed}\nrate = 0\nretries = 0\n"
        (self.folder / "config.toml").write_text(text + crawl, encoding="utf-8")

    def run(self, number: int, *more: str) -> dict[str, Any]:
        """One monthly run, or one of some of the sites."""
        day = dt.date(2026, number, 15).isoformat()
        given = ("--as-of", day, "--out", "out", "--format", "json", "--no-browser")
        done = duwang(self.folder, "run", *given, *more)

        assert "Traceback" not in done.stderr
        return json.loads((self.folder / "out/report.json").read_bytes())

    def publish(self, number: int) -> None:
        for site in self.sites.values():
            site.publish(dt.date(2026, number, 15))


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    made = Pair(tmp_path)
    yield made
    for site in made.sites.values():
        site.down()


def of(report: dict[str, Any], site: str) -> dict[str, tuple[str, str]]:
    """The findings of a site: id → check and state."""
    found = next(one for one in report["sites"] if one["id"] == site)["findings"]
    return {one["id"]: (one["check"], one["state"]) for one in found}


@pytest.mark.slow
def test_a_run_of_one_site_does_not_hide_what_became_of_the_others(pair: Pair) -> None:
    """Before a run of the bureau alone both were read whole; the centre is compared with that run."""
    pair.publish(1)
    whole = pair.run(1)["run"]["id"]
    alone = pair.run(1, "--site", "bureau")["comparison"]
    pair.publish(2)
    pair.sites["centre"].gone = {"/tzgg/3.html"}
    report = pair.run(2)
    gated = duwang(pair.folder, "gate", *FAIL_ON)
    dead = {one for one, said in of(report, "centre").items() if said[0] == "dead-link"}

    assert (alone["against"], alone["score_delta"], alone["because"]) == (whole, None, None)
    assert report["comparison"]["against"] == whole
    assert len(dead) == 1
    assert set(report["comparison"]["new"]) == dead
    assert gated.returncode == 1
    assert "/tzgg/3.html" in gated.stdout


@pytest.mark.slow
def test_a_page_that_moved_keeps_its_finding_though_another_site_was_read_in_between(
    pair: Pair,
) -> None:
    def publish(number: int, path: str) -> None:
        pair.publish(number)
        pages = pair.sites["centre"].pages
        pages[path] = pages.pop("/tzgg/2.html") + "<p>此处填写正文内容。</p>"
        for list_ in ("/", "/tzgg/"):
            pages[list_] = pages[list_].replace("/tzgg/2.html", path)

    publish(1, "/tzgg/2.html")
    before = of(pair.run(1), "centre")
    pair.run(1, "--site", "bureau")
    publish(1, "/tzgg/2026/2.html")
    after = of(pair.run(1), "centre")
    texts = {one for one, said in before.items() if said[0] == "placeholder-text"}

    assert len(texts) == 1
    assert {
        one: said for one, said in after.items() if said[0] == "placeholder-text"
    } == dict.fromkeys(texts, ("placeholder-text", "open"))


@pytest.mark.slow
def test_a_site_that_the_earlier_run_did_not_read_is_named(pair: Pair) -> None:
    pair.publish(1)
    pair.register("bureau")
    pair.run(1)
    pair.register("bureau", "centre")
    pair.run(1)
    gated = duwang(pair.folder, "gate", *FAIL_ON)
    told = duwang(pair.folder, "diff", "last")
    english = duwang(pair.folder, "gate", *FAIL_ON, "--lang", "en")

    assert gated.returncode == 0
    for said in (gated.stdout, told.stdout):
        assert "没有比较：示例中心（对照的运行没有读这个网站）" in said
    assert "not compared: 示例中心" in english.stdout
    assert "示例局（" not in gated.stdout


@pytest.mark.slow
def test_a_quick_run_that_is_compared_with_by_wish_is_called_one(pair: Pair) -> None:
    pair.publish(1)
    quick = pair.run(1, "--quick")["run"]["id"]
    pair.run(1)
    gated = duwang(pair.folder, "gate", "--against", quick, *FAIL_ON)

    assert f"! {quick}：快速运行，只读首页和栏目" in gated.stdout
