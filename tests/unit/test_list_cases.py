"""Lists, pagers and breadcrumbs in the manners of the field: the cases of `tests/lists/*.toml`."""

import msgspec
import pytest

from tests.listed import ListCase, cases, told, truth_of


def test_there_are_enough_cases_and_no_two_share_a_name() -> None:
    assert len(cases()) >= 511
    assert len({case.name for case in cases()}) == len(cases())


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_page_is_read_as_it_is(case: ListCase) -> None:
    if case.gap:
        assert truth_of(case) != told(case), "this is read now: take the gap away"
        pytest.xfail(case.gap)

    assert msgspec.to_builtins(truth_of(case)) == msgspec.to_builtins(told(case))
