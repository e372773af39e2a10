"""Comparing runs: fixed is what was seen to pass; not to have been seen proves nothing."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from audit.comparison import NewFinding, OldFinding, compare
from audit.model import FindingState
from audit.report import Because, Comparison

IDS = st.frozensets(st.sampled_from("abcdefgh"))


def compared(old: str = "", new: str = "", *, passed: str = "", reopened: str = "") -> Comparison:
    """The comparison of findings named by single letters."""
    states = [(one, FindingState.REOPENED if one in reopened else FindingState.NEW) for one in new]
    return compare(
        [OldFinding(one) for one in old],
        [NewFinding(one, state) for one, state in states],
        against="r1",
        passed=frozenset(passed),
        old_points={},
        new_points={},
    )


def scored(
    old: dict[str, Decimal | None],
    new: dict[str, Decimal | None],
    rescored: dict[str, Decimal | None] | None = None,
) -> Comparison:
    """The comparison of points."""
    return compare(
        [], [], against="r1", passed=(), old_points=old, new_points=new, rescored=rescored
    )


def test_every_finding_gets_one_place() -> None:
    found = compared(old="abcd", new="aef", passed="b", reopened="f")

    assert (found.new, found.fixed, found.reopened) == (("e",), ("b",), ("f",))
    assert (found.open, found.not_observed, found.against) == (1, 2, "r1")


def test_what_was_not_seen_is_not_fixed() -> None:
    found = compared(old="ab")

    assert (found.fixed, found.not_observed) == ((), 2)


def test_what_must_pass_once_more_is_neither_fixed_nor_unseen() -> None:
    found = compare(
        [OldFinding("a"), OldFinding("b"), OldFinding("c")],
        [],
        against="r1",
        passed={"a"},
        once={"b"},
        old_points={},
        new_points={},
    )

    assert (found.fixed, found.passed_once, found.not_observed) == (("a",), 1, 1)


def test_what_only_the_rules_brought_is_new_or_back_and_said_to_be_theirs() -> None:
    found = compare(
        [OldFinding("a")],
        [NewFinding("a"), NewFinding("b"), NewFinding("c", FindingState.REOPENED), NewFinding("d")],
        against="r1",
        passed=(),
        by_rules={"a", "b", "c"},
        old_points={},
        new_points={},
    )

    assert (found.new, found.reopened, found.by_rules) == (("b", "d"), ("c",), ("b", "c"))


def test_what_passed_without_having_failed_is_not_fixed() -> None:
    assert compared(passed="ab").fixed == ()


def test_what_is_found_again_is_open_though_its_history_says_reopened() -> None:
    found = compared(old="a", new="a", reopened="a")

    assert (found.open, found.reopened, found.new) == (1, (), ())


def test_the_change_of_score_is_the_mean_over_sites_scored_both_times() -> None:
    found = scored(
        {"a": Decimal("70.00"), "b": Decimal("80.00"), "c": None, "d": Decimal(90)},
        {"a": Decimal("72.67"), "b": Decimal("80.00"), "c": Decimal(50), "e": Decimal(10)},
    )

    assert found.score_delta == 1.34  # 1.335, half up
    assert found.because is None


def test_without_a_site_scored_both_times_there_is_no_change_of_score() -> None:
    assert scored({"a": None}, {"a": Decimal(50)}).score_delta is None
    assert scored({}, {}, {}).because is None


def test_a_rescored_run_tells_the_site_from_the_rules() -> None:
    found = scored({"a": Decimal(70)}, {"a": Decimal(75)}, {"a": Decimal(68)})

    assert found.because == Because(site=7.0, rules=-2.0)
    assert found.score_delta == 5.0


def test_a_site_that_the_new_rules_do_not_score_has_no_cause() -> None:
    assert scored({"a": Decimal(70)}, {"a": Decimal(75)}, {"a": None}).because is None


@given(IDS, IDS, IDS)
def test_no_finding_is_lost_and_none_is_counted_twice(
    old: frozenset[str], new: frozenset[str], passed: frozenset[str]
) -> None:
    found = compared("".join(old), "".join(new), passed="".join(passed))

    assert len(old) == found.open + len(found.fixed) + found.not_observed
    assert len(new) == found.open + len(found.new) + len(found.reopened)
    assert set(found.fixed) <= passed - new


def test_what_was_part_of_an_earlier_finding_is_open() -> None:
    found = compare(
        [OldFinding("a")],
        [NewFinding("a"), NewFinding("b", FindingState.OPEN), NewFinding("c")],
        against="r1",
        passed=(),
        parted={"b"},
        old_points={},
        new_points={},
    )

    assert (found.new, found.open, found.not_observed) == (("c",), 2, 0)
