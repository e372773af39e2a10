"""Pages in the manners of government sites are read as they are: `tests/manners/*.toml`."""

import pytest

from tests.manner_pages import (
    MEASURES,
    Line,
    MannerPage,
    line_misread,
    manner_pages,
    readings,
    surroundings,
)

PAGES = manner_pages()
AROUND = surroundings()
PLAIN = (
    Line("发布时间：2024-03-05 来源：办公室", published=True),
    Line("时间：2024-03-05 来源：办公室", published=True),
    Line("2024-03-05", published=True),
    Line("来源：办公室"),
    Line("来源：办公室 发布时间："),
)
TEXTS = ("named", "unnamed", "dated unnamed")


def test_no_two_pages_share_a_name() -> None:
    assert len({page.name for page in PAGES}) == len(PAGES)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_read_as_it_is(page: MannerPage, measure: str) -> None:
    read, truth = readings(page)[measure], page.truth(measure)

    # what is read amiss is named, so that a mend shows
    assert (read in truth.split("|")) is (measure not in page.open)


@pytest.mark.parametrize("line", AROUND.line, ids=lambda line: line.words)
def test_a_line_is_read_alike_above_every_text(line: Line) -> None:
    assert line_misread(line, AROUND.text) == []


@pytest.mark.parametrize("name", AROUND.before)
def test_what_stands_before_a_headline_dates_no_page(name: str) -> None:
    wrong = [one for line in PLAIN for one in line_misread(line, TEXTS, AROUND.before[name])]

    assert wrong == []


@pytest.mark.parametrize("name", AROUND.after)
def test_what_stands_behind_a_text_dates_no_page(name: str) -> None:
    wrong = [one for line in PLAIN for one in line_misread(line, TEXTS, "", AROUND.after[name])]

    assert wrong == []
