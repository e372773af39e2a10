"""Saved pages of real sites against their truth files."""

import csv
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.model import DateSource, PageRecord
from audit.reading import read_page
from tests.bench.truth import saved_sets

SHARED = Path(os.environ.get("DUWANG_SHARED") or Path(__file__).parents[3] / "shared")
SETS = SHARED / "corpora" / "cn_gov"
BUREAU = SETS / "daozhen_rsj"
CODECS = {"ascii": None, "gbk": "gb18030", "gb2312": "gb18030"}  # None: any codec reads it

pytestmark = pytest.mark.skipif(
    not SETS.is_dir(), reason=f"the shared corpora are not here ({SETS}): set DUWANG_SHARED"
)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def pages() -> Iterator[tuple[str, dict[str, str], PageRecord]]:
    for manifest in sorted(SETS.glob("*/manifest.tsv")):
        for row in table(manifest):
            path = manifest.parent / "html" / row["file"]
            if path.is_file() and "date_in_inline_script" in row:
                url = f"http://site.test/{row['file']}"
                yield (
                    f"{manifest.parent.name}/{row['file']}",
                    row,
                    read_page(path.read_bytes(), url, "text/html"),
                )


@pytest.fixture(scope="module")
def read() -> list[tuple[str, dict[str, str], PageRecord]]:
    return list(pages())


def date_of(record: PageRecord, source: DateSource) -> str:
    return next((str(mark.day) for mark in record.dates if mark.source is source), "")


def test_every_encoding_and_title_is_read(
    read: list[tuple[str, dict[str, str], PageRecord]],
) -> None:
    wrong = [
        (name, row["actual_encoding"], record.encoding)
        for name, row, record in read
        if (expected := CODECS.get(row["actual_encoding"], row["actual_encoding"])) is not None
        and (record.encoding != expected or record.title != row["title"])
    ]

    assert len(read) > 300
    assert wrong == []


def test_every_date_in_meta_and_script_is_read(
    read: list[tuple[str, dict[str, str], PageRecord]],
) -> None:
    wrong = [
        (name, row[column], date_of(record, source))
        for name, row, record in read
        for column, source in (
            ("meta_pubdate", DateSource.META),
            ("date_in_inline_script", DateSource.SCRIPT),
        )
        if row[column] and date_of(record, source) != row[column][:10]
    ]

    assert wrong == []


def test_no_labelled_date_is_believed_that_is_not_the_publication() -> None:
    contradicted = []
    for saved in saved_sets():
        for truth in saved.pages:
            record = read_page(
                saved.body(truth.file), f"http://site.test/{truth.file}", "text/html"
            )
            found = date_of(record, DateSource.LABEL)
            if found and found != truth.published:
                contradicted.append((saved.name, truth.file, truth.published, found))

    assert contradicted == []


def test_no_event_is_taken_for_the_publication_of_the_bureaus_articles(
    read: list[tuple[str, dict[str, str], PageRecord]],
) -> None:
    best = [
        (name, record.dates[0].day, row["date_in_inline_script"])
        for name, row, record in read
        if row["date_in_inline_script"]
    ]

    assert len(best) == 183
    assert [name for name, day, expected in best if str(day) != expected] == []


@pytest.mark.parametrize(
    "row", table(BUREAU / "columns.tsv") if BUREAU.is_dir() else [], ids=lambda r: r["column"]
)
def test_a_column_of_the_bureau_is_read_exactly(row: dict[str, str]) -> None:
    name = f"{row['column']}/index.html"
    record = read_page(
        (BUREAU / "html" / name).read_bytes(), f"http://site.test/{name}", "text/html"
    )
    main = next((one for one in record.lists if one.main), None)
    days = sorted(str(item.day) for item in main.items if item.day) if main else []

    assert len(days) == int(row["dates_in_list"] or 0)
    assert (days[-1:], days[:1]) == (
        [row["newest"]] if days else [],
        [row["oldest"]] if days else [],
    )
    assert str(record.pager.pages if record.pager else "") == row["pager_pages"]
    assert bool(record.refresh or record.refresh_by_script) == (row["kind"] == "redirect")
    assert not record.script_fills
    assert row["kind"] != "empty" or record.text_length < 20
