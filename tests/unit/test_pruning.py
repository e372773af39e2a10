"""Pruning: bodies of old runs go; what newer runs and findings need stays, wherever it lies."""

import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest
from warcio.archiveiterator import ArchiveIterator

from audit.errors import StorageError
from audit.model import (
    ProbeKind,
    ProbeState,
    Purpose,
    Request,
    SearchState,
    SiteCard,
    Visit,
)
from audit.model.search import SearchProbe, SearchTrial
from audit.pipeline import prune
from audit.pipeline.judged import Judged, JudgedSite
from audit.store import Pruned, RunRow, Store
from tests.databases import KINDS, opened
from tests.stored import HOME, SITE, ended, page, started, walked


@pytest.fixture(params=KINDS)
def store(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    with opened(request.param, tmp_path) as made:
        yield made


def digest(body: bytes) -> str:
    return sha256(body).hexdigest()


def run_of(store: Store, *bodies: bytes) -> RunRow:
    """A finished run whose pages have these bodies."""
    run = started(store)
    walked(store, run, *bodies)
    ended(store, run)
    return run


def files(folder: Path) -> list[str]:
    archive = folder / "warc"
    return sorted(file.relative_to(archive).as_posix() for file in archive.glob("*/*"))


def test_bodies_of_old_runs_go_but_for_what_is_cited_or_came_again(
    store: Store, tmp_path: Path
) -> None:
    old = run_of(store, b"<p>same</p>", b"<p>cited</p>", b"<p>gone</p>")
    new = run_of(store, b"<p>same</p>", b"<p>new</p>")
    done = store.prune(1, {digest(b"<p>cited</p>")})

    assert ((old.id,), 1, 2) == (done.runs, done.dropped, done.kept)
    assert [f"{new.id}/{SITE}.warc.gz", f"kept/{old.id}.1.warc.gz"] == files(tmp_path)
    for body in (b"<p>same</p>", b"<p>cited</p>", b"<p>new</p>"):
        assert body == store.body(digest(body))
    assert store.body(digest(b"<p>gone</p>")) is None
    assert (True, False) == (store.is_pruned(old.id), store.is_pruned(new.id))
    assert store.snapshot(new.id, SITE).archived(digest(b"<p>same</p>")).startswith("kept/")


def test_what_was_lost_before_is_counted_apart_and_stored_when_it_comes_again(
    store: Store, tmp_path: Path
) -> None:
    old = run_of(store, b"<p>cited</p>", b"<p>gone</p>")
    run_of(store, b"<p>new</p>")
    next((tmp_path / "warc" / old.id).iterdir()).unlink()
    untouched = store.was_pruned(old.id)
    done = store.prune(1, {digest(b"<p>cited</p>")})
    run_of(store, b"<p>cited</p>")

    assert (1, 0, 1) == (done.dropped, done.kept, done.lost)
    assert (False, True) == (untouched, store.was_pruned(old.id))
    assert b"<p>cited</p>" == store.body(digest(b"<p>cited</p>"))


def test_a_folder_that_somebody_removed_was_not_pruned(store: Store, tmp_path: Path) -> None:
    old = run_of(store, b"<p>1</p>")
    shutil.rmtree(tmp_path / "warc" / old.id)

    assert (True, False) == (store.is_pruned(old.id), store.was_pruned(old.id))


def test_rows_and_page_records_of_a_pruned_run_stay(store: Store) -> None:
    old = run_of(store, b"<p>1</p>", b"<p>2</p>")
    before = list(store.snapshot(old.id, SITE).pages())
    run_of(store, b"<p>3</p>")
    store.prune(1, ())

    assert before == list(store.snapshot(old.id, SITE).pages())
    assert 2 == len(before)


def test_copies_are_records_that_any_tool_reads_and_revisits_still_name(
    store: Store, tmp_path: Path
) -> None:
    old, new = run_of(store, b"<p>same</p>"), run_of(store, b"<p>same</p>")
    store.prune(1, ())

    def records(name: str) -> list[tuple[str, str | None, str | None]]:
        with (tmp_path / "warc" / f"{name}.warc.gz").open("rb") as stream:
            return [
                (
                    one.rec_type,
                    one.rec_headers.get_header("WARC-Record-ID"),
                    one.rec_headers.get_header("WARC-Refers-To"),
                )
                for one in ArchiveIterator(stream, check_digests="raise")  # pyright: ignore[reportArgumentType]
            ]

    _, (kind, record, _) = records(f"kept/{old.id}.1")
    _, (_, _, referred) = records(f"{new.id}/{SITE}")

    assert "response" == kind
    assert record == referred


def test_pruning_again_keeps_only_what_is_needed_then(store: Store, tmp_path: Path) -> None:
    run_of(store, b"<p>once</p>", b"<p>cited</p>")
    second = run_of(store, b"<p>once</p>", b"<p>2</p>")
    store.prune(1, {digest(b"<p>cited</p>")})
    third = run_of(store, b"<p>3</p>")
    done = store.prune(1, {digest(b"<p>cited</p>")})

    assert ((second.id,), 2, 1) == (done.runs, done.dropped, done.kept)
    assert [f"{third.id}/{SITE}.warc.gz", f"kept/{second.id}.1.warc.gz"] == files(tmp_path)
    assert b"<p>cited</p>" == store.body(digest(b"<p>cited</p>"))
    assert store.body(digest(b"<p>once</p>")) is None
    assert Pruned() == store.prune(1, ())


def test_page_that_came_again_is_known_to_the_next_run_after_pruning(store: Store) -> None:
    run_of(store, b"<p>same</p>")
    run_of(store, b"<p>same</p>")
    store.prune(1, ())
    with store.journal(started(store).id, SITE) as journal:
        previous = journal.previous(HOME)

    assert previous is not None
    assert digest(b"<p>same</p>") == previous.sha256


@pytest.mark.parametrize("purpose", [Purpose.PICTURE, Purpose.PROBE])
def test_pictures_of_kept_runs_stay(store: Store, purpose: Purpose) -> None:
    picture = b"\xff\xd8picture"
    request = Request(f"{HOME}#shown", purpose)
    for _ in range(2):
        run = started(store)
        with store.journal(run.id, SITE) as journal:
            journal.add((request,))
            known = page(request, body=b"<p>1</p>")
            fetch = msgspec.structs.replace(known.fetch, picture=digest(picture))
            journal.commit(Visit(fetch, known.body, None, picture=picture))
        ended(store, run)
    store.prune(1, ())

    assert picture == store.body(digest(picture))


def test_answers_of_searches_and_their_pictures_stay_with_the_findings_that_sum_them_up(
    store: Store,
) -> None:
    run = run_of(store, b"<p>answer</p>", b"<p>picture</p>", b"<p>other</p>")
    probe = SearchProbe(
        ProbeKind.TITLE, "公路", ProbeState.MISS, HOME,
        sha256=digest(b"<p>answer</p>"), picture=digest(b"<p>picture</p>"),
    )  # fmt: skip
    site = JudgedSite(
        SiteCard(SITE, "示例交通运输厅", HOME), True, None, 0, 0, {}, (), (), (), None, None, (),
        trial=SearchTrial(SearchState.UNUSABLE, probes=(probe,)),
    )  # fmt: skip
    empty = Judged(run.as_of, (), (), {}, {}, {}, "")
    ended(store, run, msgspec.msgpack.encode(msgspec.structs.replace(empty, sites=(site,))))
    new = run_of(store, b"<p>new</p>")
    ended(store, new, msgspec.msgpack.encode(empty))
    done = prune(store, 1)

    assert (1, 2) == (done.dropped, done.kept)
    for body in (b"<p>answer</p>", b"<p>picture</p>"):
        assert body == store.body(digest(body))


def test_unfinished_runs_are_kept_and_a_run_at_work_forbids_pruning(store: Store) -> None:
    run_of(store, b"<p>1</p>")
    half = started(store)
    walked(store, half, b"<p>half</p>")
    run_of(store, b"<p>2</p>")
    with store.journal(half.id, SITE), pytest.raises(StorageError, match="另一个 duwang 进程"):
        store.prune(1, ())
    untouched = store.body(digest(b"<p>1</p>"))
    store.prune(1, ())

    assert b"<p>1</p>" == untouched
    assert store.body(digest(b"<p>1</p>")) is None
    assert b"<p>half</p>" == store.body(digest(b"<p>half</p>"))


def test_interrupted_pruning_loses_nothing_and_is_done_by_the_next(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = run_of(store, b"<p>same</p>", b"<p>gone</p>")
    new = run_of(store, b"<p>same</p>")
    with monkeypatch.context() as broken:
        broken.setattr("audit.store.pruning._move", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            store.prune(1, ())
    before = [store.body(digest(body)) for body in (b"<p>same</p>", b"<p>gone</p>")]
    store.prune(1, ())

    assert [b"<p>same</p>", b"<p>gone</p>"] == before
    assert [f"{new.id}/{SITE}.warc.gz", f"kept/{old.id}.2.warc.gz"] == files(tmp_path)
    assert b"<p>same</p>" == store.body(digest(b"<p>same</p>"))


def _interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt
