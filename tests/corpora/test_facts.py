"""The six facts on the shared sets: what was read there was judged by eye (docs/facts.md), and nothing more is read."""

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import quote

import pytest

from audit.model import Availability, Fact, FactState, RegisteredUnit, Registers, SiteCard, UnitFact
from audit.reading import read_estate, read_site
from tests.snapshots import HOME, Answer, MemorySnapshot

SHARED = Path(os.environ.get("DUWANG_SHARED") or Path(__file__).parents[3] / "shared")
SETS = SHARED / "corpora" / "cn_gov"
UNITS = {
    "daozhen_rsj": "道真县人力资源和社会保障局",
    "zj_commerce_2012": "浙江省商务厅",
    "wuan_templates": "武安市人民政府",
    "ninghe_templates": "宁河区教育局",
    "jinzhong_templates": "晋中市商务局",
}
# set -> fact -> pages of plausible values; every one of them is right
READ: Mapping[str, Mapping[Fact, frozenset[str]]] = {
    "daozhen_rsj": {
        Fact.FUNCTIONS: frozenset({"/bmgk/dwzn/"}),
        Fact.STRUCTURE: frozenset({"/bmgk/dwzn/"}),
        Fact.CONTACT: frozenset({"/bmgk/dwzn/"}),
        Fact.HEAD: frozenset({"/bmgk/ldxx/"}),
    },
    "zj_commerce_2012": {
        Fact.FUNCTIONS: frozenset({"/jgzn.html"}),
        Fact.STRUCTURE: frozenset({"/jgzn.html"}),
        Fact.ADDRESS: frozenset({"/jgzn.html"}),
        Fact.CONTACT: frozenset({"/jgzn.html"}),
        Fact.HEAD: frozenset({"/jgzn.html", "/ldxx.html", "/ldzc.html"}),
    },
    "wuan_templates": {},
    "ninghe_templates": {},
    "jinzhong_templates": {Fact.ADDRESS: frozenset({"/footer.html", "/zwfwweb/"})},
}

pytestmark = pytest.mark.skipif(
    not SETS.is_dir(), reason=f"the shared corpora are not here ({SETS}): set DUWANG_SHARED"
)


@pytest.mark.parametrize("name", UNITS)
def test_no_fact_is_read_but_those_that_were_judged_by_eye(name: str) -> None:
    found = {
        fact.fact: frozenset(
            value.url.removeprefix(HOME.rstrip("/")).removesuffix("index.html")
            for value in fact.values
            if value.plausible
        )
        for fact in facts(name)
    }

    assert READ[name] == {fact: pages for fact, pages in found.items() if pages}


def test_a_county_site_that_states_no_hours_and_no_address_lacks_both() -> None:
    missing = {fact.fact for fact in facts("daozhen_rsj") if fact.state is FactState.MISSING}

    assert {Fact.ADDRESS, Fact.HOURS} == missing


@cache
def facts(name: str) -> tuple[UnitFact, ...]:
    """The facts of the body whose pages a set holds."""
    unit = RegisteredUnit("unit", UNITS[name], "unit")
    card = SiteCard("unit", UNITS[name], HOME, unit="unit", own_hosts=frozenset({"site.test:80"}))
    snapshot = MemorySnapshot.of(saved(SETS / name / "html"))
    reading = read_site(snapshot, Registers(card, (), (unit,)), Availability(0, 0, 0))
    return read_estate([reading], (unit,), partial=False).facts


def saved(folder: Path) -> dict[str, Answer]:
    """The pages of a set by path; an index page under its folder."""
    pages: dict[str, Answer] = {"/": "<html><body></body></html>"}
    for file in sorted(folder.rglob("*")):
        if file.suffix.lower() in {".html", ".htm", ".shtml", ".jsp"}:
            path = f"/{quote(file.relative_to(folder).as_posix())}"
            pages[path.removesuffix("index.html")] = file.read_bytes()
    return pages
