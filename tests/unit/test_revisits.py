"""Revisit records: what came unchanged is named in the WARC of its run, for any WARC tool."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from warcio.archiveiterator import ArchiveIterator

from audit.model import FetchOutcome, Request, Visit
from audit.store import RunRow, Store
from tests.databases import KINDS, opened
from tests.stored import HOME, SITE, ended, page, started, walked


@pytest.fixture(params=KINDS)
def store(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    with opened(request.param, tmp_path) as made:
        yield made


def records(folder: Path, run: RunRow) -> list[tuple[str, dict[str, str], str]]:
    """Type, WARC header and status of every record behind the first, as another program reads them."""
    with (folder / "warc" / run.id / f"{SITE}.warc.gz").open("rb") as stream:
        return [
            (
                one.rec_type,
                {name.removeprefix("WARC-"): value for name, value in one.rec_headers.headers},
                one.http_headers.get_statuscode(),
            )
            for one in ArchiveIterator(stream, check_digests="raise")  # pyright: ignore[reportArgumentType]
            if one.rec_type != "warcinfo"
        ]


def not_modified(store: Store, run: RunRow) -> None:
    """A walk whose home page answers 304."""
    with store.journal(run.id, SITE) as journal:
        journal.add((Request(HOME),))
        known = page(Request(HOME), body=b"<p>same</p>", etag='"1"')
        fetch = msgspec.structs.replace(
            known.fetch, status=304, outcome=FetchOutcome.NOT_MODIFIED, at="2026-12-01T00:00:00Z"
        )
        journal.commit(Visit(fetch, None, known.record))


def test_page_that_came_again_is_a_revisit_of_the_record_that_holds_it(
    store: Store, tmp_path: Path
) -> None:
    first, second = started(store), started(store)
    walked(store, first, b"<p>same</p>", b"<p>old</p>")
    ended(store, first)
    walked(store, second, b"<p>same</p>", b"<p>new</p>")
    ended(store, second)
    (_, held, _), _ = records(tmp_path, first)
    found = records(tmp_path, second)
    [revisit] = [headers for kind, headers, _ in found if kind == "revisit"]

    assert ["response", "response"] == [kind for kind, _, _ in records(tmp_path, first)]
    assert ["response", "revisit"] == [kind for kind, _, _ in found]
    assert held["Record-ID"] == revisit["Refers-To"]
    assert (HOME, held["Date"]) == (revisit["Refers-To-Target-URI"], revisit["Refers-To-Date"])
    assert (HOME, held["Payload-Digest"]) == (revisit["Target-URI"], revisit["Payload-Digest"])
    assert revisit["Profile"].endswith("/1.1/revisit/identical-payload-digest")
    assert revisit["Record-ID"] != held["Record-ID"]


def test_page_that_was_not_modified_says_so(store: Store, tmp_path: Path) -> None:
    first, second = started(store), started(store)
    walked(store, first, b"<p>same</p>", etag='"1"')
    not_modified(store, second)
    ended(store, second)
    [(kind, headers, status)] = records(tmp_path, second)

    assert ("revisit", "304") == (kind, status)
    assert headers["Profile"].endswith("/1.1/revisit/server-not-modified")
    assert "2026-12-01T00:00:00Z" == headers["Date"]
    assert b"<p>same</p>" == store.body(headers["Payload-Digest"].removeprefix("sha256:"))


def test_one_body_of_two_addresses_is_written_once_and_named_once(
    store: Store, tmp_path: Path
) -> None:
    run = started(store)
    walked(store, run, b"<p>same</p>", b"<p>same</p>", b"<p>other</p>")
    ended(store, run)
    found = records(tmp_path, run)

    assert ["response", "response", "revisit"] == [kind for kind, _, _ in found]
    assert f"{HOME}1.html" == found[2][1]["Target-URI"]
    assert HOME == found[2][1]["Refers-To-Target-URI"]


def test_run_that_is_taken_up_again_names_each_page_once(store: Store, tmp_path: Path) -> None:
    first, second = started(store), started(store)
    walked(store, first, b"<p>same</p>")
    walked(store, second, b"<p>same</p>")
    ended(store, second)
    with store.journal(second.id, SITE) as journal:
        journal.add((Request(f"{HOME}more.html"),))
        journal.commit(page(Request(f"{HOME}more.html")))
    ended(store, second)

    assert ["response", "revisit"] == [kind for kind, _, _ in records(tmp_path, second)]


def test_page_whose_first_record_is_gone_is_no_revisit_of_it(store: Store, tmp_path: Path) -> None:
    first, second = started(store), started(store)
    walked(store, first, b"<p>same</p>")
    walked(store, second, b"<p>same</p>")
    (tmp_path / "warc" / first.id / f"{SITE}.warc.gz").unlink()
    ended(store, second)

    assert [] == records(tmp_path, second)
