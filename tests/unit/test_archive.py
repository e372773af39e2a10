"""The archive: WARC files that any tool reads, and what damage does to them."""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest
from warcio.archiveiterator import ArchiveIterator

from audit.errors import StorageError
from audit.model import FetchOutcome, Purpose, Request, Visit
from audit.store import RunRow, Store
from audit.store.database import explained
from tests.databases import KINDS, opened
from tests.stored import HOME, SITE, bare, page, started, walked


@pytest.fixture(params=KINDS)
def store(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    with opened(request.param, tmp_path) as made:
        yield made


def archived(file: Path) -> list[tuple[str, str, bytes]]:
    """Type, target and payload of every record, as another program reads them; digests are checked."""
    with file.open("rb") as stream:
        return [
            (
                record.rec_type,
                record.rec_headers.get_header("WARC-Target-URI") or "",
                record.content_stream().read(),
            )
            for record in ArchiveIterator(stream, check_digests="raise")  # pyright: ignore[reportArgumentType]
        ]


def test_warc_holds_each_body_with_the_facts_of_its_answer(store: Store, tmp_path: Path) -> None:
    run = started(store)
    request = Request(HOME)
    visit = page(request, body="<p>正文</p>".encode())
    fetch = msgspec.structs.replace(visit.fetch, status=404, outcome=FetchOutcome.HTTP_4XX)
    with store.journal(run.id, SITE) as journal:
        journal.add((request,))
        journal.commit(Visit(fetch, visit.body))
    with (tmp_path / "warc" / run.id / f"{SITE}.warc.gz").open("rb") as file:
        records = [
            (
                record.rec_type,
                record.rec_headers,
                record.http_headers,
                record.content_stream().read(),
            )
            for record in ArchiveIterator(file, check_digests="raise")  # pyright: ignore[reportArgumentType]
        ]
    [(first, *_), (kind, headers, http, payload)] = records

    assert ("warcinfo", "response") == (first, kind)
    assert HOME == headers.get_header("WARC-Target-URI")
    assert "2026-11-25T02:00:01Z" == headers.get_header("WARC-Date")
    assert "404" == http.get_statuscode()
    assert "text/html; charset=utf-8" == http.get_header("Content-Type")
    assert "<p>正文</p>".encode() == payload


def test_header_of_an_archived_page_cannot_be_forged_by_its_server(
    store: Store, tmp_path: Path
) -> None:
    run = started(store)
    visit = page(Request(HOME), body=b"<p>1</p>")
    fetch = msgspec.structs.replace(
        visit.fetch, content_type="text/html\r\nX: y\r\n\r\nforged 政", status=999, at="no time"
    )
    with store.journal(run.id, SITE) as journal:
        journal.add((Request(HOME),))
        journal.commit(Visit(fetch, visit.body))

    assert ("response", HOME, b"<p>1</p>") in archived(
        tmp_path / "warc" / run.id / f"{SITE}.warc.gz"
    )
    assert b"<p>1</p>" == store.body(fetch.sha256)


@pytest.mark.parametrize("body", [b"", b"\r\n\r\n", os.urandom(300_000)])
def test_any_body_comes_back(store: Store, body: bytes) -> None:
    run = started(store)
    visit = page(Request(HOME), body=body)
    with store.journal(run.id, SITE) as journal:
        journal.add((Request(HOME),))
        journal.commit(visit)

    assert body == store.body(visit.fetch.sha256)


def test_place_of_a_body_leads_to_its_record(store: Store, tmp_path: Path) -> None:
    run = started(store)
    walked(store, run, b"<p>1</p>", b"<p>2</p>")
    snapshot = store.snapshot(run.id, SITE)
    for fetch in snapshot.fetches():
        file, _, offset = snapshot.archived(fetch.sha256).rpartition(":")
        with (tmp_path / "warc" / file).open("rb") as stream:
            stream.seek(int(offset))
            record = next(iter(ArchiveIterator(stream)))

            assert fetch.url == record.rec_headers.get_header("WARC-Target-URI")
    assert "" == snapshot.archived("0" * 64)


def test_body_that_an_earlier_run_has_is_not_written_again(store: Store, tmp_path: Path) -> None:
    first, second = started(store), started(store)
    walked(store, first, b"<p>same</p>", b"<p>old</p>")
    walked(store, second, b"<p>same</p>", b"<p>new</p>")
    files = [tmp_path / "warc" / run.id / f"{SITE}.warc.gz" for run in (first, second)]
    fetch = next(store.snapshot(second.id, SITE).fetches())

    assert [
        [b"<p>same</p>", b"<p>old</p>"],
        [b"<p>new</p>"],
    ] == [[payload for kind, _, payload in archived(file) if kind == "response"] for file in files]
    assert store.snapshot(second.id, SITE).archived(fetch.sha256).startswith(first.id)


def test_what_was_written_and_not_committed_is_cut_off(store: Store, tmp_path: Path) -> None:
    run = started(store)
    walked(store, run, b"<p>1</p>")
    file = tmp_path / "warc" / run.id / f"{SITE}.warc.gz"
    committed = file.read_bytes()
    file.write_bytes(committed + committed[: len(committed) // 2])
    with store.journal(run.id, SITE) as journal:
        journal.add((Request(HOME + "a.html"),))
        journal.commit(page(Request(HOME + "a.html"), body=b"<p>2</p>"))

    assert [b"<p>1</p>", b"<p>2</p>"] == [
        payload for kind, _, payload in archived(file) if kind == "response"
    ]


@pytest.mark.parametrize("kept", [0, 200, 0.5, 0.9])
def test_bodies_that_a_power_loss_took_are_fetched_again(
    store: Store, tmp_path: Path, kept: float
) -> None:
    run = started(store)
    bodies = [os.urandom(2000) for _ in range(4)]
    walked(store, run, *bodies)
    file = tmp_path / "warc" / run.id / f"{SITE}.warc.gz"
    content = file.read_bytes()
    left = kept if kept > 1 else len(content) * kept
    file.write_bytes(content[: int(left)])
    with store.journal(run.id, SITE) as journal:
        pending = journal.pending(0, 0)
        for request in pending:
            body = bodies[int((request.url.removeprefix(HOME) or "0").removesuffix(".html"))]
            journal.commit(page(request, body=body))

    assert 1 <= len(pending) <= 4
    assert sorted(bodies) == sorted(
        payload for kind, _, payload in archived(file) if kind == "response"
    )
    assert all(store.body(fetch.sha256) for fetch in store.snapshot(run.id, SITE).fetches())


def test_body_that_is_gone_or_damaged_is_not_invented(store: Store, tmp_path: Path) -> None:
    run = started(store)
    walked(store, run, os.urandom(5000))
    fetch = next(store.snapshot(run.id, SITE).fetches())
    file = tmp_path / "warc" / run.id / f"{SITE}.warc.gz"
    content = file.read_bytes()
    file.write_bytes(content[:-3000])
    cut = store.body(fetch.sha256)
    file.write_bytes(content[:-3000] + bytes([content[-3000] ^ 1]) + content[-2999:])
    flipped = store.body(fetch.sha256)
    file.unlink()
    with store.journal(started(store).id, SITE) as journal:
        previous = journal.previous(HOME)

    assert cut is None
    assert flipped is None
    assert store.body(fetch.sha256) is None
    assert store.body("0" * 64) is None
    assert previous is None


def test_site_without_an_answer_has_an_archive_without_bodies(store: Store, tmp_path: Path) -> None:
    run = started(store)
    for _ in range(2):
        with store.journal(run.id, SITE) as journal:
            journal.add((Request(HOME),))
            if journal.pending(0, 0):
                journal.commit(bare(Request(HOME), FetchOutcome.DNS))

    assert ["warcinfo"] == [
        kind for kind, _, _ in archived(tmp_path / "warc" / run.id / f"{SITE}.warc.gz")
    ]


def test_full_disk_is_named_and_leaves_the_store_whole(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = started(store)
    write = os.write

    def half(file: int, data: bytes) -> int:
        write(file, bytes(data)[: len(data) // 2])
        raise OSError(28, "No space left on device")

    with store.journal(run.id, SITE) as journal:
        journal.add((Request(HOME), Request(HOME + "a.html")))
        journal.commit(page(Request(HOME)))
        with monkeypatch.context() as patched:
            patched.setattr(os, "write", half)
            with pytest.raises(StorageError, match="磁盘空间不足"):
                journal.commit(page(Request(HOME + "a.html")))
        journal.commit(page(Request(HOME + "a.html")))

    assert 3 == len(archived(tmp_path / "warc" / run.id / f"{SITE}.warc.gz"))


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (OSError(28, "No space left on device"), "磁盘空间不足"),
        (OSError(30, "Read-only file system"), "不可写"),
        (OSError("something else"), "x：something else"),
    ],
)
def test_fault_of_the_file_system_is_one_clear_line(fault: OSError, words: str) -> None:
    said = str(explained(fault, "x"))

    assert words in said
    assert "\n" not in said


def test_picture_behind_the_last_body_outlives_the_journal(store: Store) -> None:
    run = started(store)
    walked(store, run, b"<p>1</p>")
    picture = b"\xff\xd8picture"
    request = Request(f"{HOME}#shown", Purpose.PICTURE)
    with store.journal(run.id, SITE) as journal:
        journal.add((request,))
        known = page(request, body=b"<p>1</p>")
        fetch = msgspec.structs.replace(known.fetch, picture=sha256(picture).hexdigest())
        journal.commit(Visit(fetch, known.body, None, picture=picture))
    with store.journal(run.id, SITE):
        pass

    assert picture == store.body(fetch.picture)


def pictured(index: int) -> Visit:
    """A picture of the one page `<p>1</p>`."""
    picture = b"\xff\xd8" + bytes([index]) * 500
    known = page(Request(f"{HOME}#{index}", Purpose.PICTURE), body=b"<p>1</p>")
    fetch = msgspec.structs.replace(known.fetch, picture=sha256(picture).hexdigest())
    return Visit(fetch, known.body, None, picture=picture)


def killed_after_pictures(store: Store, run: RunRow) -> list[str]:
    """Hashes of three pictures; all is committed, and nothing was flushed when the process ended."""
    visits = [pictured(index) for index in range(3)]
    walked(store, run, b"<p>1</p>")
    journal = store.journal(run.id, SITE).__enter__()
    journal.add(tuple(Request(one.fetch.url, Purpose.PICTURE) for one in visits))
    for one in visits:
        journal.commit(one)
    journal.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    return [one.fetch.picture for one in visits]


def test_pictures_whose_visits_are_committed_outlive_a_kill(store: Store, tmp_path: Path) -> None:
    run = started(store)
    pictures = killed_after_pictures(store, run)
    with store.journal(run.id, SITE) as journal:
        pending = journal.pending(0, 0)

    assert () == pending
    assert all(store.body(one) for one in pictures)
    assert 4 == sum(
        kind == "response" for kind, _, _ in archived(tmp_path / f"warc/{run.id}/{SITE}.warc.gz")
    )


def test_pictures_that_a_power_loss_took_are_taken_again(store: Store, tmp_path: Path) -> None:
    run = started(store)
    pictures = killed_after_pictures(store, run)
    file = tmp_path / "warc" / run.id / f"{SITE}.warc.gz"
    file.write_bytes(file.read_bytes()[:-100])
    with store.journal(run.id, SITE) as journal:
        pending = journal.pending(0, 0)

    assert [f"{HOME}#2"] == [one.url for one in pending]
    assert [True, True, False] == [store.body(one) is not None for one in pictures]


def test_picture_is_kept_with_its_visit_or_not_at_all(store: Store, tmp_path: Path) -> None:
    run = started(store)
    walked(store, run, b"<p>1</p>")
    file = tmp_path / "warc" / run.id / f"{SITE}.warc.gz"
    before = file.read_bytes()
    shot = pictured(0)
    one = page(Request(HOME + "a", Purpose.RENDER), body=b"\xff" * 30)
    refused = msgspec.structs.replace(shot, found=(Request(None),))  # pyright: ignore[reportArgumentType]
    with store.journal(run.id, SITE) as journal:
        journal.add((Request(shot.fetch.url, Purpose.PICTURE), Request(HOME + "a", Purpose.RENDER)))
        with pytest.raises(StorageError):
            journal.commit(refused)
        kept = store.body(shot.fetch.picture)
        after = file.read_bytes()
        journal.commit(one)

    assert kept is None
    assert before == after
    assert one.body == store.body(one.fetch.sha256)
