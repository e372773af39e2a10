"""A whole county site as it was in April 2021: what truth.tsv and columns.tsv say of it."""

import csv
import datetime as dt
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from audit.model import (
    AsOf,
    Availability,
    Column,
    DateSource,
    Fact,
    FactState,
    FetchOutcome,
    Mark,
    Reason,
    Registers,
    SiteCard,
    VerdictState,
)
from audit.reading import Reading, read_estate, read_site
from audit.urls import host_port
from audit.workdays import published
from checks import load
from tests.snapshots import HOME, Answer, MemorySnapshot, Page

SHARED = Path(os.environ.get("DUWANG_SHARED") or Path(__file__).parents[3] / "shared")
SET = SHARED / "corpora" / "cn_gov" / "daozhen_rsj"
DAY = dt.date(2021, 4, 7)
CONTENT_LENGTH = 80
EMPTY = {"zwgk/ghjh", "zwgk/zcjd", "zwgk/fpgz", "zwgk/ggzypz", "syqt/lxfs"}
DEAD = {
    "/gzdt/tzgg/202007/t20200702_61314308.html",
    "/syqt/index.html",
    "/zwgk/xxgkyjx/index.html",
}

pytestmark = pytest.mark.skipif(
    not SET.is_dir(), reason=f"the shared corpora are not here ({SET}): set DUWANG_SHARED"
)


def test_exactly_three_internal_links_are_dead() -> None:
    dead = {
        target.url.removeprefix("http://site.test"): target
        for target in reading().links
        if target.outcome is FetchOutcome.HTTP_4XX
    }

    assert set(dead) == DEAD
    assert {target.looks for target in dead.values()} == {2}
    assert {target.reason for target in dead.values()} == {None}


def test_exactly_the_five_empty_titled_columns_are_blank() -> None:
    check = load()["blank-column"]
    settings = check.settings.model_validate({"content_length": CONTENT_LENGTH})

    verdicts = list(check.find(reading(), settings, AsOf(DAY, published())))

    wrong = {v.subject.key.strip("/") for v in verdicts if v.state is VerdictState.FAULT}
    doubtful = {v.subject.key for v in verdicts if v.state is VerdictState.REVIEW}
    assert wrong == EMPTY
    assert doubtful == set()


@pytest.mark.parametrize(
    "name", ["bmgk/dwzn", "bmgk/ldxx", "syqt/wzdt", "syqt/wzjc", "syqt/rssdy", "zwgk/ysqgk"]
)
def test_the_undated_index_pages_are_columns_with_content(name: str) -> None:
    column = columns()[name]

    assert column.items or column.embedded or column.content_length >= CONTENT_LENGTH


def test_every_list_has_its_newest_date() -> None:
    expected = {
        row["column"]: row["newest"] for row in table("columns.tsv") if row["kind"] == "list"
    }

    newest = {
        name: str(column.newest.day)
        for name, column in columns().items()
        if column.newest is not None
    }

    assert newest == expected


def test_no_index_that_only_sends_on_is_a_column() -> None:
    sent = {row["column"] for row in table("columns.tsv") if row["kind"] == "redirect"}

    assert sent.isdisjoint(columns())


def test_further_pages_of_five_lists_were_not_read() -> None:
    pages = {
        row["column"]: int(row["pager_pages"]) - 1
        for row in table("columns.tsv")
        if row["kind"] == "list" and int(row["pager_pages"]) > 1
    }

    assert pages == {name: c.unread_pages for name, c in columns().items() if c.unread_pages}


def test_the_home_page_announces_the_newest_post_of_the_site() -> None:
    home = reading().home

    assert home.items[0].day == dt.date(2020, 12, 30)
    assert not home.gate


def test_articles_have_the_date_that_only_their_script_tells() -> None:
    sources = [page.published_source for page in reading().pages]

    assert sources.count(DateSource.SCRIPT) >= 180


def test_the_contact_page_is_empty_and_the_address_may_stand_where_only_script_shows() -> None:
    """The section 政务公开 is a page that only script fills, and these pages were saved without it."""
    facts = {fact.fact: fact for fact in read_estate([reading()], [], partial=False).facts}

    assert facts[Fact.ADDRESS].state is FactState.NOT_ASSESSED
    assert facts[Fact.ADDRESS].reason is Reason.NEEDS_BROWSER
    assert facts[Fact.FUNCTIONS].state is FactState.PRESENT
    assert facts[Fact.HEAD].state is FactState.PRESENT
    assert "http://site.test/syqt/lxfs/" in facts[Fact.ADDRESS].looked_at


def test_the_site_code_is_absent_and_the_sponsor_is_not() -> None:
    marks = {mark.mark: mark.present for mark in reading().marks}

    assert marks[Mark.SPONSOR]
    assert not marks[Mark.SITE_CODE]


def test_the_search_is_served_by_script() -> None:
    assert reading().search.how == "script"


@cache
def reading() -> Reading:
    """The reading of the set, its missing targets answered with 404 and looked at twice."""
    pages = saved()
    lacking = targets(MemorySnapshot.of(pages)) - set(pages) - assets()
    pages |= dict.fromkeys(lacking, 404)
    gone = {path: answer for path, answer in pages.items() if answer == 404}
    card = SiteCard("rsj", "道真县人力资源网", HOME, own_hosts=frozenset({"site.test:80"}))
    snapshot = MemorySnapshot.of(pages, looks=gone)
    return read_site(snapshot, Registers(card, as_of=DAY), Availability(0, 0, 0))


def columns() -> Mapping[str, Column]:
    """The columns by their folder."""
    return {column.key.strip("/"): column for column in reading().columns}


def saved() -> dict[str, Answer]:
    """Every page of the set by path; index pages under both their addresses; assets as files."""
    pages: dict[str, Answer] = {}
    for file in sorted((SET / "html").rglob("*.html")):
        path = f"/{file.relative_to(SET / 'html').as_posix()}"
        pages[path] = file.read_bytes()
        if path.endswith("/index.html"):
            pages[path.removesuffix("index.html")] = file.read_bytes()
    for row in table("withheld.tsv"):
        missing = row["served_as"] == "404"
        pages[f"/{row['path']}"] = 404 if missing else "<html><body></body></html>"
    for path in assets():
        pages[path] = Page(html="x", content_type="application/octet-stream")
    return pages


def targets(snapshot: MemorySnapshot) -> set[str]:
    """Paths that the pages lead to."""
    found: set[str] = set()
    for _, record in snapshot.pages():
        more = record.pager.urls if record.pager else ()
        found.update((*(link.url for link in record.links), *more, record.refresh))
    return {
        url.removeprefix("http://site.test") for url in found if host_port(url) == "site.test:80"
    }


def assets() -> set[str]:
    """Paths of files that are no pages."""
    return {f"/{row['path']}" for row in table("assets.tsv")}


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table of the set."""
    with (SET / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))
