"""What a wrong word is answered with."""

import pytest

from audit.errors import did_you_mean

KNOWN = ("stale-column", "blank-column", "dead-link")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("stale-colum", "；是否想写 stale-column？"),
        ("deadlink", "；是否想写 dead-link？"),
        ("column", "；是否想写 stale-column？"),
        ("网站", ""),
        ("", ""),
    ],
)
def test_the_nearest_known_word_is_offered_when_one_is_near(said: str, expected: str) -> None:
    assert expected == did_you_mean(said, KNOWN)


def test_how_near_it_must_be_can_be_said() -> None:
    assert did_you_mean("20261125-1", ["20261126-9"], 0.7) != ""
    assert did_you_mean("20261125-1", ["20261126-9"], 0.9) == ""
    assert did_you_mean("x", []) == ""
