"""The words of attachments: numbers of persons leave them masked; what cannot be read is not passed."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import pytest
import zstandard

from audit.crawl import crawl
from audit.model import Attached, Fetch, FetchOutcome, FileFit, Manners, Purpose, Reason, Request
from audit.reading import read_attachment
from audit.reading.attachments import MOST
from audit.reading.site.answers import Answer, Answers
from audit.reading.site.files import attached_file, fit_of
from tests.journal import MemoryJournal
from tests.served import Script, answer, served

ID = "530000190001010002"  # of nobody: the check digit is right
MASKED = "53*************002"


def packed(parts: Mapping[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return target.getvalue()


def document(*paragraphs: str) -> bytes:
    text = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in paragraphs)
    return packed({"word/document.xml": f"<w:document><w:body>{text}</w:body></w:document>"})


def workbook(*rows: tuple[str, ...]) -> bytes:
    words = [cell for row in rows for cell in row]
    shared = "".join(f"<si><t>{word}</t></si>" for word in words)
    numbers = iter(range(len(words)))
    cells = [
        ["<c t='s'><v>%d</v></c>".replace("'", '"') % next(numbers) for _ in row] for row in rows
    ]
    lines = "".join(f"<row>{''.join(row)}</row>" for row in cells)
    return packed({"xl/sharedStrings.xml": shared, "xl/worksheets/sheet1.xml": lines})


PACKED: Mapping[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": import_module("brotli").compress,
    "zstd": zstandard.compress,
}
LIST = (("姓名", "身份证号"), ("李示例", ID))
ONE = f"身份证号：{ID}"
SHEET = "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>"
SAID = f"<row><c t='inlineStr'><is><t>{ONE}</t></is></c></row>"


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def beside(**parts: str) -> bytes:
    """A Word file with a harmless text and further members."""
    more = {f"word/{name}.xml": text for name, text in parts.items()}
    return packed({"word/document.xml": paragraph("名单"), **more})


def sheets(*bodies: str, **more: str) -> bytes:
    """An Excel file with sheets and further members of their folder."""
    named = {f"xl/worksheets/sheet{n}.xml": body for n, body in enumerate(bodies, 1)}
    return packed({**named, **{f"xl/{name}.xml": text for name, text in more.items()}})


PREFIXED = sheets(
    "<x:sheetData><x:row><x:c r='A1' t='s'>\n<x:v>0</x:v>\n</x:c></x:row></x:sheetData>".replace(
        "'", '"'
    ),
    sharedStrings=f"<x:sst><x:si><x:r><x:t>身份证号：{ID[:6]}</x:t></x:r>\n<x:r><x:t>{ID[6:]}</x:t></x:r></x:si></x:sst>",
)
BOXED = (
    f"<w:p><mc:AlternateContent><wps:txbx><w:txbxContent>{paragraph(ONE)}</w:txbxContent></wps:txbx>"
    f"</mc:AlternateContent></w:p>"
)
TEXT = "\n".join(",".join(row) for row in LIST)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.docx", document("身份证号：", ID)),
        ("a.DOCX", document(f"入选人员李示例，身份证号：{ID[:9]}</w:t></w:r><w:r><w:t>{ID[9:]}")),
        ("a.xlsx", workbook(*LIST)),
        ("a.csv", TEXT.encode("gbk")),
        ("a.txt?v=1", TEXT.encode()),
    ],
)
def test_numbers_of_persons_are_found_and_masked(name: str, body: bytes) -> None:
    found = read_attachment(body, f"http://a.test/{name}")

    assert found.read
    assert [(one.masked, one.sure) for one in found.personal] == [(MASKED, True)]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.xlsx", PREFIXED),
        ("a.xlsx", sheets(*[SHEET] * 40, SAID)),
        ("a.xlsx", sheets(SHEET, comments1=f"<comment><text><t>{ONE}</t></text></comment>")),
        ("a.xlsx", packed({"xl/worksheets/sheet1.xml": SHEET, "xl/drawings/drawing1.xml": f"<a:t>{ONE}</a:t>"})),
        ("a.xlsx", sheets(f"{SHEET}<headerFooter><oddHeader>{ONE}</oddHeader></headerFooter>")),
        ("a.xlsx", sheets(f"<row><c t='str'><f>A1&amp;B1</f><v>{ONE}</v></c></row>")),
        ("a.docx", beside(header1=paragraph(ONE))),
        ("a.docx", beside(footer2=paragraph(ONE))),
        ("a.docx", beside(footnotes=paragraph(ONE))),
        ("a.docx", beside(endnotes=paragraph(ONE))),
        ("a.docx", beside(comments=paragraph(ONE))),
        ("a.docx", packed({"word/document.xml": BOXED})),
        ("a.docx", packed({"word/document2.xml": f"<x:p><x:r><x:t>{ONE}</x:t></x:r></x:p>"})),
        ("a.txt", "\n".join((*(f"2020062400{n:08}" for n in range(900)), ONE)).encode()),
    ],
)  # fmt: skip
def test_every_part_of_a_file_is_read(name: str, body: bytes) -> None:
    found = read_attachment(body, f"http://a.test/{name}")

    assert [one.masked for one in found.personal] == [MASKED]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.docx", document(f"统一社会信用代码：{ID}", "身份证号已作处理：53*************002")),
        ("a.xlsx", workbook(("订单编号", "金额"), ("202006240000123456", "5"))),
    ],
)
def test_what_only_looks_like_one_is_none(name: str, body: bytes) -> None:

    assert read_attachment(body, f"http://a.test/{name}") == Attached(read=True)


BLANKS = " " * (MOST + 1)
BOMB = packed({"word/document.xml": " " * (MOST + 1)})
HIDDEN = packed({"word/styles.xml": "<w:styles/>"})


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.pdf", b"%PDF-1.4"),
        ("a.docx", b"PK\x03\x04 and no more"),
        ("a.docx", BOMB),
        ("a.docx", HIDDEN),
        ("a.xlsx", packed({"xl/worksheets/sheet1.xml": '<c t="s"><v>x</v></c>'})),
        ("a.txt", b"\x00\x01\x02"),
        ("a.txt", b"x" * (MOST + 1)),
        ("a.xlsx", packed({"xl/workbook.xml": "<workbook/>"})),
        ("a.xlsx", sheets('<row><c t="s"><v>4</v></c></row>')),
        ("a.xlsx", sheets(SHEET, workbook='<sheets><sheet name="一"/><sheet name="二"/></sheets>')),
        ("a.xlsx", sheets(SHEET, sharedStrings=f"<si><t><![CDATA[{ONE}]]></t></si>")),
        ("a.xlsx", packed({"xl/worksheets/sheet1.xml": SHEET, "xl/embeddings/a.docx": "PK"})),
        (
            "a.docx",
            packed({"word/document.xml": paragraph("名单"), "word/embeddings/a.xlsx": "PK"}),
        ),
        ("a.docx", packed({"word/document.xml": paragraph("名单"), "word/afchunk.mht": "<html>"})),
        ("a.docx", packed({"word/document.xml": paragraph("名单"), "word/header1.xml": BLANKS})),
        ("a.docx", packed({"word/document.xml": paragraph("扫描件"), "word/media/a.png": "PNG"})),
        ("a.docx", packed({"word/document.xml": f'<?xml version="1.0" encoding="GBK"?>{ONE}'})),
    ],
)
def test_what_cannot_be_read_is_not_read(name: str, body: bytes) -> None:

    assert read_attachment(body, f"http://a.test/{name}") == Attached(read=False)


async def looked(script: Script, path: str, **changes: Any) -> Fetch:
    journal = MemoryJournal()
    async with served({path: script}) as site:
        rules = Manners(
            "s", site.url + "/", frozenset({site.host}), "duwang/0.1", rate=0, retries=0,
            allow_addresses=frozenset({site.host}), **changes,
        )  # fmt: skip
        wanted = [Request(site.url + path, Purpose.LOOK, 1)]
        await crawl(wanted, rules, journal, round_=1)
    (visit,) = (one for (_, kind, _), one in journal.visits.items() if kind is Purpose.LOOK)

    assert (visit.fetch.outcome, visit.body) == (FetchOutcome.OK, None)
    assert "000190001010" not in repr(visit)
    return visit.fetch


async def attached(script: Script, path: str, **changes: Any) -> Attached | None:
    return (await looked(script, path, **changes)).attached


async def test_a_small_attachment_is_fetched_whole_and_only_its_finds_are_kept() -> None:
    long = TEXT.encode() + b"\n" + b"x" * 9000
    script = answer(long, content_type="application/octet-stream")
    whole = await attached(script, "/a.txt")
    too_large = await attached(script, "/a.txt", max_attachment=8000)
    too_many = await attached(script, "/a.txt", max_attachments=0)

    assert whole is not None
    assert [one.masked for one in whole.personal] == [MASKED]
    assert (too_large, too_many) == (None, None)


@pytest.mark.parametrize("name", PACKED)
@pytest.mark.parametrize(
    "kept", [None, -6, 12], ids=["whole", "without its end", "the first bytes"]
)
async def test_a_packed_attachment_that_ends_early_is_not_read(name: str, kept: int | None) -> None:
    long = "\n".join([f"第{n}行：{n * n}" for n in range(3000)] + [TEXT]).encode()
    raw = PACKED[name](long)[:kept]
    script = answer(raw, content_type="text/csv", Content_Encoding=name)
    fetch = await looked(script, "/a.csv")
    file = attached_file(fetch.url, "", told(fetch))

    assert (fetch.attached is not None) is (kept is None)
    assert [one.masked for one in file.data] == ([MASKED] if kept is None else [])
    assert file.reason is (None if kept is None else Reason.TRUNCATED)
    assert fit_of("csv", told(fetch)) is not FileFit.EMPTY


async def test_the_attachments_that_are_fetched_whole_are_counted_over_rounds_and_processes() -> (
    None
):
    journal = MemoryJournal()
    names = [f"/{n}.txt" for n in range(6)]
    async with served(dict.fromkeys(names, answer("x" * 9000, content_type="text/plain"))) as site:
        rules = Manners(
            "s", site.url + "/", frozenset({site.host}), "duwang/0.1", rate=0, retries=0,
            allow_addresses=frozenset({site.host}), max_attachments=3,
        )  # fmt: skip
        for round_, wanted in ((1, names[:2]), (1, names[:4]), (2, names)):
            requests = [Request(site.url + name, Purpose.LOOK, round_) for name in wanted]
            await crawl(requests, rules, journal, round_=round_)
    sizes = [visit.fetch.body_bytes for visit in journal.visits.values()]

    assert (sizes.count(9000), len(sizes)) == (3, 10)


def test_an_attachment_that_breaks_off_is_unknown_and_not_forgotten() -> None:
    answer = Answer(FetchOutcome.TRUNCATED, 200, 1)

    assert attached_file("http://a.test/a.csv", "", answer).reason is Reason.TRUNCATED


async def test_an_empty_attachment_has_no_words_to_read() -> None:
    fetch = await looked(answer(b""), "/a.pdf")
    file = attached_file(fetch.url, "", told(fetch))

    assert file.reason is Reason.FORMAT


def told(fetch: Fetch) -> Answer:
    answers = Answers(())
    answers.add(fetch, fetch.outcome)
    found = answers.through(fetch.url)
    assert found is not None
    return found
