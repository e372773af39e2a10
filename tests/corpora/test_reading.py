"""The floors of the reading: what `./run bench reading` measures may not fall below them."""

import pytest

from tests.bench.crawled import crawled
from tests.bench.scores import Mistake, Score, scores_of, summed
from tests.bench.truth import CORPORA, saved_sets

FLOORS = {  # share read exactly, of all sets
    "columns": 1.0,
    "newest date per column": 0.99,
    "dates in a column": 1.0,
    "pager pages": 1.0,
    "column kinds": 1.0,
    "article dates": 0.99,
    "page kinds": 0.98,
    "dead links": 1.0,
    "blank columns": 1.0,
    "hidden blocks": 1.0,
}
NEVER_INVENTED = tuple(name for name in FLOORS if name != "page kinds")

pytestmark = pytest.mark.skipif(
    not CORPORA.is_dir(), reason=f"the shared corpora are not here ({CORPORA}): set DUWANG_SHARED"
)


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    """Every measure over all sets."""
    every: list[Score] = []
    for saved in saved_sets():
        with crawled(saved) as found:
            every += scores_of(saved, found)
    return {score.measure: score for score in summed(every) if not score.note}


def test_every_measure_but_that_of_hidden_blocks_is_taken(scores: dict[str, Score]) -> None:
    assert {*FLOORS} - {*scores} <= {"hidden blocks"}


@pytest.mark.parametrize("measure", FLOORS)
def test_as_much_is_read_exactly_as_before(scores: dict[str, Score], measure: str) -> None:
    score = scores.get(measure) or pytest.skip(f"nothing measures {measure} yet")

    assert score.exact / score.truth >= FLOORS[measure], score.mistakes


@pytest.mark.parametrize("measure", NEVER_INVENTED)
def test_nothing_is_invented(scores: dict[str, Score], measure: str) -> None:
    score = scores.get(measure) or pytest.skip(f"nothing measures {measure} yet")
    invented: list[Mistake] = [one for one in score.mistakes if one.sort == "invented"]

    assert invented == []


def test_no_date_is_read_otherwise_than_it_is(scores: dict[str, Score]) -> None:
    wrong = [
        one
        for measure in ("article dates", "newest date per column")
        for one in scores[measure].mistakes
        if one.sort == "wrong"
    ]

    assert wrong == []
