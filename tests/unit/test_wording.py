"""Paragraphs of official prose: what is wrong in them is found, and nothing else (`tests/wording/*.toml`)."""

import pytest

from tests.wordings import Paragraph, files, judged, paragraphs

ALL = [paragraph for name in files() for paragraph in paragraphs(name)]


@pytest.mark.parametrize("paragraph", ALL, ids=lambda one: (one.text or one.html)[:24])
def test_what_is_wrong_is_found_and_nothing_else(paragraph: Paragraph) -> None:
    result = judged(paragraph)

    assert result.amiss == ()
    # what no list holds is named, so that a mend shows
    assert bool(result.missed) is paragraph.open


def test_half_of_the_paragraphs_or_more_have_nothing_wrong() -> None:
    for name in files():
        fair = [one for one in paragraphs(name) if not one.wrong]

        assert 2 * len(fair) >= len(paragraphs(name))
