"""A run that read far less than those before it is suspect."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from audit.model import SiteCard
from audit.pipeline.judged import Judged, JudgedSite
from audit.pipeline.sanity import suspicions
from audit.store import RunRow, Store
from tests.stored import SITE, started


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path)) as opened:
        yield opened


def judged(fetched: int, failed: int = 0) -> Judged:
    site = JudgedSite(
        card=SiteCard(SITE, "示例局", "http://site.test/", SITE),
        complete=True,
        unavailable=None,
        fetched=fetched,
        assessed=fetched - failed,
        not_assessed={"http_5xx": failed} if failed else {},
        columns=(),
        pairs=(),
        facts=(),
        search=None,
        search_reason=None,
        outcomes=(),
    )
    return Judged(dt.date(2026, 1, 5), (site,), (), {}, {}, {}, "")


def past(store: Store, *fetched: int, status: str = "complete") -> RunRow:
    """Earlier runs that read so many pages, and a run that is being judged."""
    for pages in fetched:
        run = started(store)
        store.finish_run(
            run.id,
            finished=run.started,
            status=status,
            judged=msgspec.msgpack.encode(judged(pages)),
            findings=(),
            passed=(),
        )
    return started(store)


@pytest.mark.parametrize(("pages", "suspect"), [(100, False), (70, False), (69, True), (0, True)])
def test_less_than_seven_tenths_of_the_usual_pages_is_suspect(
    store: Store, pages: int, suspect: bool
) -> None:
    run = past(store, 100, 90, 110)

    assert bool(suspicions(store, run, judged(pages))) is suspect


def test_two_earlier_runs_or_a_small_site_tell_nothing(store: Store) -> None:
    assert suspicions(store, past(store, 100, 100), judged(1)) == ()


def test_a_small_site_may_vary(store: Store) -> None:
    assert suspicions(store, past(store, 19, 19, 19), judged(5)) == ()


def test_runs_that_were_cut_short_say_nothing_of_what_is_usual(store: Store) -> None:
    assert suspicions(store, past(store, 100, 100, 100, status="incomplete"), judged(1)) == ()


def test_a_site_that_shrank_for_good_is_believed_in_time(store: Store) -> None:
    run = past(store, 100, 100, 100, 40, 40, 40)

    assert suspicions(store, run, judged(40)) == ()


@pytest.mark.parametrize(("failed", "suspect"), [(0, False), (30, False), (31, True)])
def test_many_more_pages_than_usual_that_did_not_open_are_suspect(
    store: Store, failed: int, suspect: bool
) -> None:
    run = past(store, 100, 100, 100)

    assert bool(suspicions(store, run, judged(100, failed))) is suspect
