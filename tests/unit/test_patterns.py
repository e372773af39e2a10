"""Regular expressions read hostile text: none may cost more than the text is long."""

import re
from pathlib import Path

import pytest

from audit.vocabulary import words
from tests.patterns import PACKAGES, ROOT, Found, calls, collected, faults

SOURCES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
FOUND = collected()

# Patterns whose form is suspicious and whose use is not, each with its reason.
JUSTIFIED: dict[str, str] = {}


def source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_every_place_that_makes_a_pattern_is_known() -> None:
    said = [len(re.findall(r"\bre\.compile\(", source(path))) for path in SOURCES]
    unread = [call for call in calls() if not call.assigned and not call.pattern]

    assert sum(said) == sum(call.method == "compile" for call in calls())
    assert unread == []


def test_nobody_makes_patterns_by_another_name() -> None:
    other = re.compile(
        r"^\s*(?:from re import|import re as|import regex|from regex|import re2)", re.MULTILINE
    )

    assert [path.name for path in SOURCES if other.search(source(path))] == []


def test_every_pattern_of_the_vocabulary_that_is_asked_for_by_name_is_looked_at() -> None:
    asked = {
        match
        for path in SOURCES
        for match in re.findall(r'pattern_of\("(\w+)", "(\w+)"\)', source(path))
    }
    looked = {one.name for one in FOUND}
    patterned = {
        f"{name}.{key}"
        for name, key in asked
        if any(re.escape(one) != one for one in words(name)[key])
    }

    assert sorted(patterned - looked) == []


@pytest.mark.parametrize("found", FOUND, ids=lambda found: found.name)
def test_the_form_of_a_pattern_says_nothing_of_a_superlinear_cost(found: Found) -> None:
    assert faults(found) == [] or found.name in JUSTIFIED


def test_every_justified_exception_is_needed() -> None:
    suspicious = {one.name for one in FOUND if faults(one)}

    assert {*JUSTIFIED} <= suspicious


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?:a+)+b", r"(?:a|b+)*c", r"(?:\s*\w)*\s*x", r"\s*,\s*?\s*x", r"x\s*=?\s*y", r"\s*x", r"关于.+的", r"《[^》]*》",
        r"(?:a)|(?:\s*b)", r"<meta[^>]*charset", r"(?:x\d*y?)*\d*z", r"(?:,\d+)*;", r"\d+年", r"\d*(\.?)\d*,",
    ],
)  # fmt: skip
def test_a_form_that_can_cost_the_square_is_named(pattern: str) -> None:
    assert faults(Found("", re.compile(pattern))) != []


@pytest.mark.parametrize(
    "pattern",
    [
        r"a+b*", r"(?<!\s)\s*x", r"^\s*x", r"\s{0,3}x", r"《[^《》]*》", r"(?<!\d)\d+年", r"(?<=[a-z])\d+年",
        r"x\s*+=\s*+y", r"版权\s*[:：]?\s*", r"\.[a-z]+$", r"(?:^|,)\s*x",
    ],
)  # fmt: skip
def test_a_form_that_cannot_is_not_named(pattern: str) -> None:
    assert faults(Found("", re.compile(pattern))) == []


def test_a_match_at_one_place_may_begin_with_a_run() -> None:
    pattern = re.compile(r"\s*x")

    assert faults(Found("", pattern, frozenset({"match"}))) == []
    assert faults(Found("", pattern, frozenset({"match", "search"}))) != []
