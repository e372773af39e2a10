"""Pages in the manners of government sites are read as they are: `tests/manners/*.toml`."""

import pytest

from tests.manner_pages import MEASURES, MannerPage, manner_pages, readings

PAGES = manner_pages()


def test_no_two_pages_share_a_name() -> None:
    assert len({page.name for page in PAGES}) == len(PAGES)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_read_as_it_is(page: MannerPage, measure: str) -> None:
    read, truth = readings(page)[measure], page.truth(measure)

    # what is read amiss is named, so that a mend shows
    assert (read in truth.split("|")) is (measure not in page.open)
