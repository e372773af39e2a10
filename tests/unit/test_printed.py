"""PDF and old Excel attachments: read in a process of their own, and passed only where all was seen."""

import io
import os
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import xlwt

from audit.crawl import crawl, documents
from audit.crawl.documents import DocumentReader
from audit.model import Attached, Manners, Purpose, Request
from audit.reading import read_attachment
from audit.reading.printed import pdf_words
from tests.browsers import FOUND, needs_browser
from tests.journal import MemoryJournal
from tests.printed import DRAWING, LINK, NOTE, PICTURE, SEAL, STRIPS, pdf
from tests.served import answer, served

ID = "530000190001010002"  # of nobody: the check digit is right
MASKED = "53*************002"
PLAIN = ["Notice of the road works in June", "All units are to read it."]
LISTED = ["ID card list", f"ID: {ID}"]
URL = "http://site.test/attachments/list.pdf"


def masked(given: Attached) -> list[str]:
    return [datum.masked for datum in given.personal]


@pytest.fixture
async def reader() -> AsyncIterator[DocumentReader]:
    made = DocumentReader()
    yield made
    await made.close()


async def test_a_number_in_a_pdf_is_found_and_masked(reader: DocumentReader) -> None:
    given = await reader.read(pdf(PLAIN, LISTED), URL)

    assert given.read
    assert masked(given) == [MASKED]


async def test_a_pdf_without_numbers_is_passed(reader: DocumentReader) -> None:
    given = await reader.read(pdf(PLAIN), URL)

    assert given == Attached(read=True)


@pytest.mark.parametrize(
    ("file", "whole"),
    [
        (pdf(PLAIN), True),
        (pdf(PLAIN, drawn=SEAL), True),
        (pdf(PLAIN, drawn=PICTURE), False),
        (pdf(PLAIN, drawn=STRIPS), False),
        (pdf(PLAIN, drawn=DRAWING), False),
        (pdf(PLAIN, more=LINK), True),
        (pdf(PLAIN, more=NOTE), False),
        (pdf([], drawn=SEAL), False),
        (pdf(PLAIN, []), True),
    ],
    ids=[
        "text",
        "a seal",
        "a picture",
        "strips",
        "a drawing",
        "a link",
        "a note",
        "a scan",
        "an empty page",
    ],
)
def test_a_pdf_is_whole_only_where_nothing_else_may_hold_words(file: bytes, whole: bool) -> None:
    told = pdf_words(file)

    assert told.whole == whole
    assert read_attachment(file, URL).read == whole


def test_what_a_pdf_shows_counts_though_it_is_not_whole() -> None:
    given = read_attachment(pdf(LISTED, drawn=PICTURE), URL)

    assert masked(given) == [MASKED]


def workbook(*rows: tuple[str | int, ...]) -> bytes:
    book: Any = xlwt.Workbook()
    sheet = book.add_sheet("list")
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            sheet.write(y, x, cell)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


async def test_an_old_excel_file_accuses_and_is_never_passed(reader: DocumentReader) -> None:
    url = URL.replace(".pdf", ".xls")
    listed = await reader.read(workbook(("姓名", "身份证号"), ("李示例", ID)), url)
    plain = await reader.read(workbook(("姓名", "排名"), ("李示例", 3)), url)

    assert masked(listed) == [MASKED]
    assert plain == Attached(read=False)


@pytest.mark.parametrize(
    "body", [b"", b"%PDF-1.7\n", b"<html>404</html>", b"\xd0\xcf\x11\xe0" * 200]
)
@pytest.mark.parametrize("ending", ["pdf", "xls"])
async def test_broken_files_are_unread(reader: DocumentReader, body: bytes, ending: str) -> None:
    given = await reader.read(body, f"http://site.test/a.{ending}")

    assert given == Attached(read=False)


async def test_a_process_that_ends_over_a_file_is_replaced_for_the_next(
    reader: DocumentReader,
) -> None:
    first = await reader.read(pdf(LISTED), URL)
    process = reader._process  # pyright: ignore[reportPrivateUsage]
    assert process is not None
    process.kill()
    await process.wait()
    lost = await reader.read(pdf(LISTED), URL)
    again = await reader.read(pdf(LISTED), URL)

    assert (first.read, lost.read, again.read) == (True, False, True)


async def test_a_file_that_takes_too_long_is_unread_and_after_five_nothing_is_started(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(documents, "SECONDS", -0.99)
    reader = DocumentReader()
    given = [await reader.read(pdf(LISTED), URL) for _ in range(documents.BROKEN + 1)]
    left = reader._process  # pyright: ignore[reportPrivateUsage]

    assert given == [Attached(read=False)] * (documents.BROKEN + 1)
    assert left is None


async def test_a_pdf_of_a_site_is_read_and_no_process_outlives_the_crawl() -> None:
    journal = MemoryJournal()
    scripts = {"/a.pdf": answer(pdf(LISTED), content_type="application/pdf")}
    async with served(scripts) as site:
        rules = Manners(
            "s", site.url + "/", frozenset({site.host}), "duwang/0.1", rate=0, retries=0,
            allow_addresses=frozenset({site.host}),
        )  # fmt: skip
        await crawl([Request(site.url + "/a.pdf", Purpose.LOOK, 1)], rules, journal, round_=1)
    kept = next(iter(journal.visits.values())).fetch

    assert kept.attached is not None
    assert masked(kept.attached) == [MASKED]
    assert kept.head[:5] == b"%PDF-"
    assert ID.encode() not in msgspec.msgpack.encode(kept)


def printed(html: str, folder: Path) -> bytes:
    """The PDF into which the browser prints a page."""
    page, target = folder / "page.html", folder / "page.pdf"
    page.write_text(f"<meta charset=utf-8>{html}", encoding="utf-8")
    how = ("--headless", "--no-sandbox", f"--print-to-pdf={target}", "--no-pdf-header-footer")
    command = [next(iter(FOUND)), *how, page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return target.read_bytes()


@pytest.mark.browser
@needs_browser
async def test_chinese_of_a_printed_page_is_read(reader: DocumentReader, tmp_path: Path) -> None:
    table = f"<table><tr><td>姓名<td>身份证号<tr><td>李示例<td>{ID}</table>"
    file = printed(f"{table}<p>各单位要抓好落实。", tmp_path)
    words = pdf_words(file)
    given = await reader.read(file, URL)

    assert "身份证号" in words.text
    assert words.whole
    assert masked(given) == [MASKED]


async def test_nothing_is_left_running(reader: DocumentReader) -> None:
    await reader.read(pdf(PLAIN), URL)
    process = reader._process  # pyright: ignore[reportPrivateUsage]
    assert process is not None
    await reader.close()

    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)
