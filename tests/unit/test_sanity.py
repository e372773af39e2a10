"""A run that read far less than those before it is suspect."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from audit.model import SiteCard
from audit.pipeline.judged import Judged, JudgedSite
from audit.pipeline.sanity import slowness, suspicions
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


def timed(store: Store, *minutes: int) -> RunRow:
    """Earlier runs that took so many minutes, and one that was begun at ten."""
    for spent in minutes:
        run = started(store)
        begun = dt.datetime.fromisoformat(run.started)
        store.finish_run(
            run.id,
            finished=(begun + dt.timedelta(minutes=spent)).isoformat(),
            status="complete",
            judged=msgspec.msgpack.encode(judged(100)),
            findings=(),
            passed=(),
        )
    return started(store)


def is_slow(store: Store, run: RunRow, minutes: float, *, taken_up: float = 0) -> bool:
    """Whether a run that took so long is suspect; `taken_up`: minutes after its start, where it was resumed."""
    begun = dt.datetime.fromisoformat(run.started)
    began, finished = (
        (begun + dt.timedelta(minutes=one)).isoformat() for one in (taken_up, minutes)
    )
    return bool(slowness(store, run, began=began, finished=finished))


@pytest.mark.parametrize(("minutes", "suspect"), [(30, False), (90, False), (91, True)])
def test_a_run_that_took_more_than_three_times_the_usual_time_is_suspect(
    store: Store, minutes: int, suspect: bool
) -> None:
    run = timed(store, 20, 30, 40)

    assert is_slow(store, run, minutes) is suspect


@pytest.mark.parametrize(("minutes", "suspect"), [(11, False), (11.1, True)])
def test_a_few_minutes_more_than_usual_prove_nothing(
    store: Store, minutes: float, suspect: bool
) -> None:
    run = timed(store, 1, 1, 1)

    assert is_slow(store, run, minutes) is suspect


def test_two_earlier_runs_tell_nothing_of_the_usual_time(store: Store) -> None:
    assert not is_slow(store, timed(store, 1, 1), 300)


def test_of_a_run_that_was_resumed_nobody_knows_how_long_it_took(store: Store) -> None:
    assert not is_slow(store, timed(store, 1, 1, 1), 300, taken_up=200)


def test_a_suspect_run_says_how_long_it_took(store: Store) -> None:
    run = timed(store, 20, 30, 40)

    said = slowness(store, run, began=run.started, finished="2026-11-25T13:00:00+08:00")

    assert said == ("用了 180 分钟，近几次的中位数是 30 分钟",)
