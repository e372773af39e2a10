"""The six facts of units as readable cases: `tests/facts/*.toml`.

A case holds pages (bodies by path, put into a site with a home page that links to them), optionally
the units, and what must be read: `unit fact state` and, behind it, the value.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec
import pytest

from audit.model import Fact, FactState, RegisteredUnit, UnitFact
from audit.reading import read_estate
from tests.snapshots import Answer, read
from tests.tables import tables_of

FOLDER = Path(__file__).parent.parent / "facts"
NAME = "示例交通运输厅"


class FactCase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One small site and what must be read of it."""

    name: str
    pages: Mapping[str, str]  # "/path/ 标题" -> the page's body
    facts: tuple[str, ...]  # `unit fact state value…`; a fact that is not named must be missing
    units: tuple[RegisteredUnit, ...] = ()
    footer: str = ""
    others: bool = False  # facts that are not named may be anything


@cache
def cases() -> tuple[FactCase, ...]:
    """Every case of every file."""
    return tuple(tables_of(FOLDER, "case", FactCase))


def test_there_are_sixty_cases_and_no_two_share_a_name() -> None:
    assert len(cases()) >= 60
    assert len({case.name for case in cases()}) == len(cases())


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_the_facts_of_a_case_are_read(case: FactCase) -> None:
    found = {f"{fact.unit} {fact.fact.value}": fact for fact in facts_of(case)}

    expected = dict(_expected(line) for line in case.facts)
    for key, fact in found.items():
        if key in expected or not case.others:
            state, value = expected.get(key, (FactState.MISSING, ""))
            assert (key, state, value or fact.value) == (key, fact.state, fact.value)


def facts_of(case: FactCase) -> tuple[UnitFact, ...]:
    """The facts of the case's units, read as in a run."""
    units = case.units or (RegisteredUnit("jtt", NAME, "jtt"),)
    links = "".join(
        f'<li><a href="{path}">{title}</a></li>'
        for path, title in (page.split(" ", 1) for page in case.pages)
    )
    pages: dict[str, Answer] = {
        "/": f'<title>{NAME}</title><div class="nav"><ul>{links}</ul></div><p>欢迎访问</p>'
        f'<div class="footer">{case.footer}</div>'
    }
    for page, body in case.pages.items():
        path, title = page.split(" ", 1)
        pages[path] = (
            f'<title>{title}</title><div class="position">当前位置：<a href="/">首页</a> &gt; {title}'
            f'</div><h1>{title}</h1><div class="main">{body}</div>'
            f'<div class="footer">{case.footer}</div>'
        )
    reading = read(pages, units=units)
    return read_estate([reading], units, partial=False).facts


def _expected(line: str) -> tuple[str, tuple[FactState, str]]:
    unit, fact, state, *value = line.split(" ", 3)
    return f"{unit} {Fact(fact).value}", (FactState(state), value[0] if value else "")
