"""New and vanished columns: against the last good run of the same site, or not at all."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from audit.model import AsOf, ColumnChange, Reason, RegisteredColumn
from audit.pipeline.changes import with_changes
from audit.pipeline.judged import Judged, JudgedSite
from audit.pipeline.rows import column_rows
from audit.reading import Reading
from audit.store import RunRow, Store
from audit.workdays import published
from tests.snapshots import Answer, read
from tests.stored import config, started

MENU = '<div class="nav"><ul>{}</ul></div>'
NAMES = {"/news/": "交通要闻", "/notice/": "通知公告", "/plan/": "规划计划"}


def site(*paths: str) -> dict[str, Answer]:
    """A home page with these columns in its menu."""
    entries = "".join(f'<li><a href="{path}">{NAMES[path]}</a></li>' for path in paths)
    pages: dict[str, Answer] = {
        "/": f"<title>示例交通运输厅</title>{MENU.format(entries)}<p>欢迎</p>"
    }
    for path in paths:
        rows = "".join(
            f'<li><a href="{path}{n}.html">全省公路养护第{n}次会议</a><span>2020-06-0{n}</span></li>'
            for n in (1, 2)
        )
        pages[path] = f'<title>{NAMES[path]}</title><ul class="list">{rows}</ul>'
    return pages


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path)) as opened:
        yield opened


def judged(reading: Reading) -> Judged:
    """A judgement of a site that no check looked at."""
    card = JudgedSite(
        reading.card, reading.complete, None, 0, 0, {}, reading.columns, (), (), None, None, ()
    )
    return Judged(reading.registers.as_of, (card,), (), {}, {}, {}, "")  # pyright: ignore[reportArgumentType] - given by `read`


def finish(store: Store, run: RunRow, reading: Reading, status: str = "complete") -> None:
    store.finish_run(
        run.id,
        finished=run.started,
        status=status,
        judged=msgspec.msgpack.encode(judged(reading)),
        findings=[],
        passed=[],
    )


def changes(store: Store, run: RunRow, reading: Reading) -> dict[str, ColumnChange]:
    found = with_changes(judged(reading), store, run, [reading])
    rows = column_rows(found.sites[0], found, AsOf(found.as_of, published()))
    return {row.id: row.change for row in rows if row.change is not None}


def test_columns_that_came_and_went_are_told(store: Store) -> None:
    finish(store, started(store, day="2020-05-24"), read(site("/news/", "/notice/")))
    run = started(store, day="2020-06-24")

    found = changes(store, run, read(site("/news/", "/plan/")))

    assert found == {"/plan/": ColumnChange.NEW, "/notice/": ColumnChange.VANISHED}


def test_a_registered_column_that_is_gone_stays_in_the_table(store: Store) -> None:
    entry = RegisteredColumn("通知公告", "http://site.test/notice/")
    finish(store, started(store, day="2020-05-24"), read(site("/news/", "/notice/")))
    run = started(store, day="2020-06-24")
    reading = read({**site("/news/"), "/notice/": 404}, columns=[entry])

    assert changes(store, run, reading) == {"/notice/": ColumnChange.VANISHED}
    assert [c.unavailable for c in reading.columns] == [None, Reason.NOTHING_FOUND]


def test_a_page_that_still_answers_has_not_vanished(store: Store) -> None:
    finish(store, started(store, day="2020-05-24"), read(site("/news/", "/notice/")))
    run = started(store, day="2020-06-24")
    pages = {**site("/news/"), "/notice/": "<title>关于监督电话的公告</title><p>电话已经更换。</p>"}

    assert changes(store, run, read(pages)) == {}


def test_nothing_is_said_without_an_earlier_run(store: Store) -> None:
    run = started(store, day="2020-06-24")

    assert changes(store, run, read(site("/news/"))) == {}


def test_an_earlier_run_that_was_cut_short_is_passed_over(store: Store) -> None:
    finish(store, started(store, day="2020-04-24"), read(site("/news/")))
    finish(store, started(store, day="2020-05-24"), read(site("/plan/")), status="incomplete")
    run = started(store, day="2020-06-24")

    assert changes(store, run, read(site("/news/"))) == {}


def test_nothing_is_said_of_a_site_that_was_not_read_to_its_end(store: Store) -> None:
    finish(store, started(store, day="2020-05-24"), read(site("/news/", "/notice/")))
    run = started(store, day="2020-06-24")

    assert changes(store, run, read(site("/news/"), complete=False)) == {}


def test_nothing_is_said_in_a_partial_run(store: Store) -> None:
    finish(store, started(store, day="2020-05-24"), read(site("/news/", "/notice/")))
    run = msgspec.structs.replace(started(store, day="2020-06-24"), partial=True)

    assert changes(store, run, read(site("/news/"))) == {}


def test_runs_of_different_readers_are_not_compared(store: Store) -> None:
    finish(store, started(store, day="2020-05-24", reader="older"), read(site("/notice/")))
    run = started(store, day="2020-06-24")

    assert changes(store, run, read(site("/news/"))) == {}


def test_runs_that_looked_at_other_pages_are_not_compared(store: Store) -> None:
    finish(
        store,
        started(store, day="2020-05-24", config=config()),
        read(site("/news/", "/notice/")),
    )
    shallow = started(store, day="2020-06-24", config=config(crawl={"max_depth": 3}))
    bare = msgspec.structs.replace(
        started(store, day="2020-06-24", config=config()), options='{"browser":false}'
    )
    same = started(store, day="2020-06-24", config=config(crawl={"rate": 0.5}))
    found = [changes(store, run, read(site("/news/"))) for run in (shallow, bare, same)]

    assert found == [{}, {}, {"/notice/": ColumnChange.VANISHED}]
