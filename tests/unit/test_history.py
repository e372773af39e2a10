"""History: when a finding was first seen, and whether it is new, open or back again."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.model import FindingState
from audit.store import FindingRow, RunRow, Seen, Store
from tests.databases import KINDS, opened
from tests.stored import SITE, started

NEW, OPEN, REOPENED = FindingState.NEW, FindingState.OPEN, FindingState.REOPENED
CHECK = "dead-link"


@pytest.fixture(params=KINDS)
def store(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    with opened(request.param, tmp_path) as made:
        yield made


def finished(
    store: Store, day: str, found: str = "", passed: str = "", *, status: str = "complete"
) -> RunRow:
    """A finished run of that day; every letter is a finding or a pass."""
    run = started(store, day=day)
    finish(store, run, found, passed, status=status)
    return run


def finish(store: Store, run: RunRow, found: str, passed: str, *, status: str = "complete") -> None:
    store.finish_run(
        run.id,
        finished=run.started,
        status=status,
        judged=b"",
        findings=[FindingRow(one * 16, SITE, CHECK, "fail") for one in found],
        passed=[(CHECK, one * 16) for one in passed],
    )


def seen(store: Store, run: RunRow, *letters: str) -> list[Seen | None]:
    past = store.past(run.id, [one * 16 for one in letters])
    return [past.get(one * 16) for one in letters]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


# What runs of four months said of one finding (f: found, p: passed, -: not observed), and its
# state in the last of them.
COURSES = {
    "f": NEW,
    "-f": NEW,
    "pf": NEW,
    "ff": OPEN,
    "f-f": OPEN,
    "f--f": OPEN,
    "fpf": REOPENED,
    "fp-f": REOPENED,
    "f-pf": REOPENED,
    "fpff": OPEN,
    "pfpf": REOPENED,
    "ffpf": REOPENED,
}


@pytest.mark.parametrize(("course", "state"), COURSES.items(), ids=COURSES)
def test_state_follows_from_what_earlier_runs_observed(
    store: Store, course: str, state: FindingState
) -> None:
    runs = [
        finished(
            store,
            f"2026-0{month}-15",
            "a" if said == "f" else "b",
            "ac" if said == "p" else "c",
        )
        for month, said in enumerate(course, start=1)
    ]
    first = course.index("f") + 1

    assert [Seen(day(f"2026-0{first}-15"), state)] == seen(store, runs[-1], "a")


def test_run_that_is_judged_for_the_first_time_sees_the_past_only(store: Store) -> None:
    finished(store, "2026-01-15", "a")
    run = started(store, day="2026-02-15")

    assert [Seen(day("2026-01-15"), OPEN), None] == seen(store, run, "a", "b")


def test_later_runs_do_not_change_what_an_earlier_one_knew(store: Store) -> None:
    first = finished(store, "2026-01-15", "a")
    second = finished(store, "2026-02-15", "ab")
    before = seen(store, first, "a", "b"), seen(store, second, "a", "b")
    finished(store, "2026-03-15", "", "ab")
    finished(store, "2026-04-15", "ab")
    after = seen(store, first, "a", "b"), seen(store, second, "a", "b")

    assert before == after
    assert [Seen(day("2026-01-15"), NEW), None] == before[0]
    assert [Seen(day("2026-01-15"), OPEN), Seen(day("2026-02-15"), NEW)] == before[1]


def test_incomplete_run_counts_and_one_that_never_ended_does_not(store: Store) -> None:
    finished(store, "2026-01-15", "a", status="incomplete")
    started(store, day="2026-02-15")
    run = finished(store, "2026-03-15", "a")

    assert [Seen(day("2026-01-15"), OPEN)] == seen(store, run, "a")


def test_pass_of_another_check_proves_nothing(store: Store) -> None:
    finished(store, "2026-01-15", "a")
    other = started(store, day="2026-02-15")
    store.finish_run(
        other.id,
        finished="",
        status="complete",
        judged=b"",
        findings=(),
        passed=[("stale-column", "a" * 16)],
    )
    run = finished(store, "2026-03-15", "a")

    assert [Seen(day("2026-01-15"), OPEN)] == seen(store, run, "a")


def test_run_that_is_finished_again_replaces_its_own_history(store: Store) -> None:
    run = finished(store, "2026-01-15", "ab", status="incomplete")
    finish(store, run, "b", "a")
    later = finished(store, "2026-02-15", "ab")

    assert [Seen(day("2026-02-15"), NEW), Seen(day("2026-01-15"), OPEN)] == seen(
        store, later, "a", "b"
    )


def test_failed_finish_writes_nothing_at_all(store: Store) -> None:
    run = started(store, day="2026-01-15")

    def broken() -> Iterator[FindingRow]:
        yield FindingRow("a" * 16, SITE, CHECK, "fail")
        raise RuntimeError("a check broke")

    with pytest.raises(RuntimeError):
        store.finish_run(
            run.id, finished="x", status="complete", judged=b"x", findings=broken(), passed=()
        )

    assert run == store.run(run.id)
    assert [None] == seen(store, run, "a")


def test_thousands_of_findings_are_looked_up(store: Store) -> None:
    ids = [f"{n:016x}" for n in range(3000)]
    for month in (1, 2):
        run = started(store, day=f"2026-0{month}-15")
        store.finish_run(
            run.id,
            finished=run.started,
            status="complete",
            judged=b"",
            findings=[FindingRow(one, SITE, CHECK, "review") for one in ids],
            passed=(),
        )
    past = store.past("last", ids)

    assert 3000 == len(past)
    assert {OPEN} == {one.state for one in past.values()}


def test_what_is_open_at_a_run_was_not_seen_to_pass_since(store: Store) -> None:
    first = finished(store, "2026-01-05", found="abc")
    second = finished(store, "2026-02-05", found="ad", passed="b")
    finished(store, "2026-03-05", found="b", passed="ac")

    assert [one.id[0] for one in store.open_at(first.id)] == ["a", "b", "c"]
    assert [one.id[0] for one in store.open_at(second.id)] == ["a", "c", "d"]
    assert [one.id[0] for one in store.open_at("last")] == ["b", "d"]


# The same of a check that varies: one pass proves nothing, two in a row do.
VARYING_COURSES = {
    "fpf": OPEN,
    "fp-f": OPEN,
    "fppf": REOPENED,
    "fp-pf": REOPENED,
    "fpfpf": OPEN,
    "ppf": NEW,
}


@pytest.mark.parametrize(("course", "state"), VARYING_COURSES.items(), ids=VARYING_COURSES)
def test_findings_of_a_check_that_varies_are_gone_after_two_passes_in_a_row(
    store: Store, course: str, state: FindingState
) -> None:
    runs = [
        finished(
            store,
            f"2026-0{month}-15",
            "a" if said == "f" else "b",
            "ac" if said == "p" else "c",
        )
        for month, said in enumerate(course, start=1)
    ]
    past = store.past(runs[-1].id, ["a" * 16], varying={CHECK})

    assert state == past["a" * 16].state


def test_open_is_what_a_check_that_varies_saw_pass_once_only(store: Store) -> None:
    finished(store, "2026-01-05", found="ab")
    once = finished(store, "2026-02-05", passed="ab")
    twice = finished(store, "2026-03-05", passed="b")
    last = finished(store, "2026-04-05")
    open_ = [store.open_at(run.id, {CHECK}) for run in (once, twice, last)]

    assert [[one.id[0] for one in found] for found in open_] == [["a", "b"], ["a"], ["a"]]
    assert {"a" * 16: 1, "b" * 16: 2} == store.passes_before(last.id, ["a" * 16, "b" * 16])
