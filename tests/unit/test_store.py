"""The store: what the journal takes in, what the snapshot gives back, and what a failure leaves."""

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from audit.errors import RunNotFoundError, StorageError
from audit.model import (
    DateSource,
    Fetch,
    FetchOutcome,
    ItemList,
    Journal,
    Link,
    ListItem,
    PageFlag,
    Pager,
    PageRecord,
    Purpose,
    Region,
    Request,
    Visit,
)
from audit.store import Store
from tests.databases import KINDS, opened
from tests.journal import MemoryJournal
from tests.stored import HOME, SITE, bare, page, purposes, read, started, walked

URLS = tuple(f"{HOME}{name}" for name in ("", "a.html", "b.html", "B.html", "c/", "?q=政"))
OUTCOMES = (FetchOutcome.OK, FetchOutcome.HTTP_4XX, FetchOutcome.BUDGET, FetchOutcome.TIMEOUT)


@pytest.fixture(params=KINDS)
def store(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    with opened(request.param, tmp_path) as made:
        yield made


@pytest.fixture(scope="module", params=KINDS)
def shared(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Store]:
    """One store for all examples: each uses a run of its own."""
    with opened(request.param, tmp_path_factory.mktemp("store")) as made:
        yield made


requests = st.builds(
    Request,
    st.sampled_from(URLS),
    st.sampled_from(purposes()),
    st.integers(0, 2),
    st.integers(0, 2),
    st.sampled_from(("", HOME)),
)
batches = st.lists(requests, max_size=5).map(tuple)
operations = st.lists(
    st.one_of(
        st.tuples(st.just("add"), batches),
        st.tuples(
            st.just("commit"), st.integers(0, 20), st.sampled_from(OUTCOMES), st.booleans(), batches
        ),
        st.tuples(st.just("reopen")),
        st.tuples(st.just("flush")),
    ),
    max_size=25,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(operations)
def test_journal_answers_as_the_one_in_memory(shared: Store, steps: list[tuple[Any, ...]]) -> None:
    run = started(shared)
    memory = MemoryJournal()
    journal = shared.journal(run.id, SITE).__enter__()
    try:
        for step in steps:
            match step:
                case ("reopen",):
                    journal.__exit__(None, None, None)
                    journal = shared.journal(run.id, SITE).__enter__()
                case ("flush",):
                    journal.flush()
                case ("add", wanted):
                    journal.add(wanted)
                    memory.add(wanted)
                case ("commit", number, outcome, with_page, found):
                    visit = _visit_of_pending(memory, number, outcome, with_page, found)
                    if visit is not None:
                        journal.commit(visit)
                        memory.commit(visit)

            assert _answers(memory) == _answers(journal)
    finally:
        journal.__exit__(None, None, None)

    stored = shared.snapshot(run.id, SITE)
    kept = [visit for _, visit in sorted(memory.visits.items())]

    assert [visit.fetch for visit in kept] == list(stored.fetches())
    assert [
        (visit.fetch, visit.record)
        for visit in kept
        if visit.record is not None and visit.fetch.purpose in {Purpose.WALK, Purpose.RENDER}
    ] == list(stored.pages())
    assert [
        (visit.fetch, visit.record) for visit in kept if visit.fetch.purpose is Purpose.CANARY
    ] == list(stored.canaries())


def _visit_of_pending(
    memory: MemoryJournal,
    number: int,
    outcome: FetchOutcome,
    with_page: bool,
    found: tuple[Request, ...],
) -> Visit | None:
    pending = [r for place, r in sorted(memory.requests.items()) if place not in memory.visits]
    if not pending:
        return None
    request = pending[number % len(pending)]
    if with_page and outcome is not FetchOutcome.BUDGET:
        return page(request, outcome=outcome, found=found)
    return bare(request, outcome)


def _answers(journal: Journal) -> object:
    """Everything that a journal can be asked."""
    return [
        (
            journal.planned(round_),
            journal.depths(round_),
            [journal.pending(round_, depth) for depth in range(3)],
            [journal.counted(round_, purpose) for purpose in purposes()],
            journal.fetched_whole(),
        )
        for round_ in range(3)
    ]


words = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
days = st.none() | st.dates()
regions = st.sampled_from(Region)
rows = st.builds(ListItem, words, words, days, st.none() | st.sampled_from(DateSource), words)
records = st.builds(
    PageRecord,
    words,
    title=words,
    meta=st.dictionaries(words, words, max_size=2),
    links=st.lists(st.builds(Link, words, words, regions), max_size=3).map(tuple),
    lists=st.lists(st.builds(ItemList, words, st.tuples(rows), st.booleans()), max_size=2).map(
        tuple
    ),
    pager=st.none() | st.builds(Pager, st.integers(0, 99), st.tuples(words), st.booleans()),
    written=days,
    text=words,
    refresh=words,
    script_fills=st.booleans(),
    flags=st.lists(st.sampled_from(PageFlag), max_size=2).map(tuple),
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(records, st.binary(max_size=60), words),
        min_size=1,
        max_size=4,
        unique_by=lambda one: one[1],
    )
)
def test_page_record_comes_back_equal(
    shared: Store, pages: list[tuple[PageRecord, bytes, str]]
) -> None:
    run = started(shared)
    expected: list[tuple[Fetch, PageRecord]] = []
    with shared.journal(run.id, SITE) as journal:
        for number, (record, body, error) in enumerate(pages):
            request = Request(f"{HOME}{run.id}/{number}")
            visit = page(request, body=body)
            fetch = visit.fetch
            changed = Fetch(
                fetch.url,
                fetch.purpose,
                fetch.outcome,
                error=error,
                final_url=fetch.url,
                sha256=fetch.sha256,
            )
            journal.add((request,))
            journal.commit(Visit(changed, body, record))
            expected.append((changed, record))

    assert expected == list(shared.snapshot(run.id, SITE).pages())


def test_visit_that_was_never_requested_or_was_committed_is_refused(store: Store) -> None:
    run = started(store)
    with store.journal(run.id, SITE) as journal:
        journal.add((Request(HOME),))
        journal.commit(page(Request(HOME)))

        with pytest.raises(ValueError, match="committed before"):
            journal.commit(page(Request(HOME)))
        with pytest.raises(ValueError, match="never requested"):
            journal.commit(page(Request(HOME + "other.html")))


def test_snapshot_is_complete_only_when_all_was_asked_for_and_nothing_cut(store: Store) -> None:
    untouched, open_, cut, whole = (started(store) for _ in range(4))
    with store.journal(open_.id, SITE) as journal:
        journal.add((Request(HOME), Request(HOME + "a.html")))
        journal.commit(page(Request(HOME)))
    with store.journal(cut.id, SITE) as journal:
        journal.add((Request(HOME), Request(HOME + "a.html")))
        journal.commit(page(Request(HOME)))
        journal.commit(bare(Request(HOME + "a.html"), FetchOutcome.BUDGET))
    walked(store, whole, b"<p>1</p>")

    assert [False, False, False, True] == [
        store.snapshot(run.id, SITE).complete for run in (untouched, open_, cut, whole)
    ]


def test_iterators_of_a_snapshot_do_not_disturb_each_other_nor_the_journal(store: Store) -> None:
    run = started(store)
    walked(store, run, *(f"<p>{n}</p>".encode() for n in range(5)))
    snapshot = store.snapshot(run.id, SITE)
    first, second = snapshot.fetches(), snapshot.fetches()
    next(first)
    with store.journal(run.id, SITE) as journal:
        journal.add((Request(HOME + "late.html"),))
        journal.commit(page(Request(HOME + "late.html")))

    assert 4 == len(list(first))
    assert 6 == len(list(second))


def test_runs_are_numbered_by_day_and_listed_newest_first(store: Store) -> None:
    ids = [started(store, day=day).id for day in ("2026-11-25", "2026-11-25", "2026-12-01")]

    assert ["2026-11-25-1", "2026-11-25-2", "2026-12-01-1"] == ids
    assert list(reversed(ids)) == [run.id for run in store.runs()]
    assert ids[-1] == store.run("last").id


def test_run_comes_back_as_it_was_stored(store: Store) -> None:
    run = started(store, sites=("jtt", "glj"))
    before = store.run(run.id)
    store.finish_run(
        run.id,
        finished="2026-11-25T11:00:00+08:00",
        status="complete",
        judged=b"judged" * 100,
        findings=(),
        passed=(),
        suspect=("too few pages",),
    )
    after = store.run(run.id)

    assert run == before
    assert ("complete", "2026-11-25T11:00:00+08:00") == (after.status, after.finished)
    assert ("too few pages",) == after.suspect
    assert dt.date(2026, 11, 25) == after.as_of
    assert b"judged" * 100 == store.judged(run.id)


def test_unknown_run_is_answered_with_the_known_ones(store: Store) -> None:
    with pytest.raises(RunNotFoundError, match="还没有任何运行"):
        store.run("last")
    run = started(store)

    with pytest.raises(RunNotFoundError, match=f"；是否想写 {run.id}？已有的运行"):
        store.run("2026-11-25-11")


def test_run_that_is_not_finished_has_no_judgement(store: Store) -> None:
    run = started(store)

    with pytest.raises(StorageError, match="还没有评判结果"):
        store.judged(run.id)


def test_previous_is_the_latest_earlier_page_with_its_record(store: Store) -> None:
    walked(store, started(store), b"<p>old</p>", etag='"1"')
    walked(store, started(store), b"<p>new</p>", etag='"2"')
    run = started(store)
    later = started(store)
    walked(store, later, b"<p>later</p>", etag='"3"')
    with store.journal(run.id, SITE) as journal:
        previous = journal.previous(HOME)
        unknown = journal.previous(HOME + "other.html")

    assert previous is not None
    assert ('"2"', len(b"<p>new</p>")) == (previous.etag, previous.body_bytes)
    assert previous.body == b""  # the record is known: nobody reads it again
    assert read(b"<p>new</p>", HOME, previous.content_type) == previous.record
    assert unknown is None


def test_previous_has_no_record_of_another_reader(store: Store) -> None:
    walked(store, started(store), b"<p>1</p>", etag='"1"')
    run = started(store, reader="reader-2")
    with store.journal(run.id, SITE) as journal:
        previous = journal.previous(HOME)

    assert previous is not None
    assert previous.record is None
    assert previous.body == b"<p>1</p>"


def test_error_page_is_not_asked_for_conditionally(store: Store) -> None:
    broken = started(store)
    with store.journal(broken.id, SITE) as journal:
        journal.add((Request(HOME),))
        journal.commit(page(Request(HOME), outcome=FetchOutcome.HTTP_4XX, etag='"404"'))
    with store.journal(started(store).id, SITE) as journal:
        previous = journal.previous(HOME)

    assert previous is None


def test_unchanged_page_is_kept_once_for_two_runs(store: Store) -> None:
    first, second = started(store), started(store)
    walked(store, first, b"<p>same</p>")
    walked(store, second, b"<p>same</p>")
    with store._database.reading() as connection:
        counts = [
            connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()  # noqa: S608
            for table in ("bodies", "records", "fetches")
        ]

    assert [1, 1, 2] == counts
    assert list(store.snapshot(first.id, SITE).pages()) == list(
        store.snapshot(second.id, SITE).pages()
    )


def test_newer_reader_reads_stored_bodies_again(store: Store) -> None:
    run = started(store)
    walked(store, run, b"<p>1</p>", b"<p>2</p>", b"<p>1</p>")

    def newer(body: bytes, url: str, _content_type: str) -> PageRecord:
        return PageRecord(url, title=f"newer {body.decode()}")

    count = store.reread(run.id, SITE, "reader-2", newer)
    again = store.reread(run.id, SITE, "reader-2", newer)
    titles = [record.title for _, record in store.snapshot(run.id, SITE).pages()]

    assert (3, 0) == (count, again)
    assert ["newer <p>1</p>", "newer <p>2</p>", "newer <p>1</p>"] == titles
    assert "reader-2" == store.run(run.id).reader


def test_refresh_header_outlives_a_newer_reader(store: Store) -> None:
    run = started(store)
    visit = page(Request(HOME), body=b"<p>moved</p>")
    record = PageRecord(HOME, refresh=HOME + "new/")
    with store.journal(run.id, SITE) as journal:
        journal.add((Request(HOME),))
        journal.commit(Visit(visit.fetch, visit.body, record))
    store.reread(run.id, SITE, "reader-2", read)
    [(_, reread)] = store.snapshot(run.id, SITE).pages()

    assert HOME + "new/" == reread.refresh


def test_visits_are_counted_up_to_a_moment_in_days_of_shanghai(store: Store) -> None:
    store.add_visit(SITE, "2026-11-24T15:59:59+00:00", True, "ok", 120)
    store.add_visit(SITE, "2026-11-24T16:00:01+00:00", False, "timeout", 30000)
    store.add_visit(SITE, "2026-11-25T20:00:00+08:00", False, "dns", 5)
    store.add_visit("glj", "2026-11-25T08:00:00+08:00", False, "dns", 5)
    seen = store.availability(SITE, "2026-11-25T12:00:00+08:00", 7)

    assert (2, 1, 2) == (seen.visits, seen.failed, seen.days)
    assert ("2026-11-24T23:59:59+08:00", "2026-11-25T00:00:01+08:00") == (seen.first, seen.last)
    assert ("2026-11-25T00:00:01+08:00 timeout",) == seen.failures
    assert 0 == store.availability(SITE, "2026-01-01T00:00:00+08:00", 7).visits


def test_second_journal_of_the_same_site_is_refused(store: Store) -> None:
    run = started(store)
    with (
        store.journal(run.id, SITE),
        pytest.raises(StorageError, match="另一个 duwang 进程"),
        store.journal(run.id, SITE),
    ):
        pass


def test_journals_of_several_sites_work_side_by_side(store: Store) -> None:
    sites = tuple(f"site-{n}" for n in range(20))
    run = started(store, sites=sites)
    journals = [store.journal(run.id, site).__enter__() for site in sites]
    for _ in range(3):
        for number, journal in enumerate(journals):
            home = Request(f"http://site-{number}.example/")
            journal.add((home,))
            if journal.pending(0, 0):
                journal.commit(page(home))
    for journal in journals:
        journal.__exit__(None, None, None)

    assert [1] * 20 == [len(list(store.snapshot(run.id, site).pages())) for site in sites]


def test_failed_commit_leaves_nothing_behind(store: Store, tmp_path: Path) -> None:
    run = started(store)
    with store.journal(run.id, SITE) as journal:
        journal.add((Request(HOME), Request(HOME + "a.html")))
        journal.commit(page(Request(HOME)))
        size = (tmp_path / "warc" / run.id / f"{SITE}.warc.gz").stat().st_size
        with store._database.writing() as other:
            other.exec_driver_sql("ALTER TABLE fetches RENAME TO hidden")
        with pytest.raises(StorageError):
            journal.commit(page(Request(HOME + "a.html")))
        after = (tmp_path / "warc" / run.id / f"{SITE}.warc.gz").stat().st_size
        with store._database.writing() as other:
            other.exec_driver_sql("ALTER TABLE hidden RENAME TO fetches")
        journal.commit(page(Request(HOME + "a.html")))

    assert size == after
    assert 2 == len(list(store.snapshot(run.id, SITE).pages()))


# Starts a writer ten times and kills it at some moment; prints every visit that it acknowledged.
KILLER = """
import os, random, signal, sys, time
from audit.model import Request
from audit.store import Store
from tests.stored import HOME, SITE, page

folder, run = sys.argv[1:]
moments = random.Random(20261125)

def write(told):
    with Store.open(folder) as store, store.journal(run, SITE) as journal:
        number = 0
        while True:
            request = Request(f"{HOME}{number}.html", depth=number)
            journal.add((request,))
            if number in journal.depths(0):
                found = (Request(f"{HOME}{number}-found.html", depth=10**6),)
                journal.commit(page(request, body=request.url.encode() * 200, found=found))
                os.write(told, request.url.encode() + b"\\n")
            number += 1

for kill in range(10):
    ear, told = os.pipe()
    child = os.fork()
    if not child:
        write(told)
    os.close(told)
    heard = os.read(ear, 1)
    time.sleep(moments.uniform(0, 0.1))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(ear, 65536):
        heard += more
    os.close(ear)
    sys.stdout.write(heard.decode())
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_nothing_acknowledged_is_lost_when_the_process_is_killed(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    with Store.open(str(tmp_path)) as store:
        run = started(store)
    said = subprocess.run(
        [sys.executable, "-c", KILLER, str(tmp_path), run.id],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    acknowledged = said.split()
    with Store.open(str(tmp_path)) as store:
        with store.journal(run.id, SITE):
            pass
        fetches = list(store.snapshot(run.id, SITE).fetches())
        bodies = {fetch.url: store.body(fetch.sha256) for fetch in fetches}
    fetched = [fetch.url for fetch in fetches]
    with (tmp_path / "warc" / run.id / f"{SITE}.warc.gz").open("rb") as file:
        archived = [
            record.rec_headers["WARC-Target-URI"]
            for record in ArchiveIterator(file, check_digests="raise")  # pyright: ignore[reportArgumentType]
            if record.rec_type == "response" and record.content_stream().read()
        ]

    assert len(acknowledged) >= 10
    assert len(acknowledged) == len(set(acknowledged))
    assert set(acknowledged) <= set(fetched)
    assert len(fetched) == len(set(fetched))
    assert sorted(fetched) == sorted(archived)
    assert {url: url.encode() * 200 for url in fetched} == bodies


def test_visits_older_than_the_days_asked_for_do_not_count(store: Store) -> None:
    for day in ("17", "18", "24"):
        store.add_visit(SITE, f"2026-11-{day}T12:00:00+08:00", False, "timeout", 15000)

    assert store.availability(SITE, "2026-11-25T11:59:59+08:00", 7).visits == 2
    assert store.availability(SITE, "2026-11-25T12:00:00+08:00", 7).visits == 1
