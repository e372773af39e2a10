"""What strangers write goes through every format and the terminal: all parse, and nothing acts."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Iterator, Mapping

import jsonschema
import msgspec
import pytest
from selectolax.lexbor import LexborHTMLParser

from audit.cli.plain import plain
from audit.cli.summary import show
from audit.cli.verdict import show_gate
from audit.gate import Known, judge, terms_of
from audit.report import Finding, LinkLine, PageLine, WaiverLine
from reports import FORMATS
from reports.json_format import schema
from tests.poison import HOSTILE, poisoned
from tests.sample_report import SampleMaterial, sample_report
from tests.schemas import junit_faults, sarif_faults

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
LOADING = (
    "script, link, img, iframe, frame, object, embed, audio, video, source, base, form, image, "
    "[src], [srcset], [data], [style], [background], meta[http-equiv=refresh]"
)


class Poisoned(msgspec.Struct, frozen=True):
    """A material whose pages, links and waivers say nothing but one text."""

    plain: SampleMaterial
    text: str

    def __getattr__(self, name: str) -> object:
        return getattr(self.plain, name)

    @property
    def earlier(self) -> Mapping[str, Finding]:
        found = sample_report().sites[0].findings[0]
        return {one: poisoned(found, self.text) for one in sample_report().comparison.fixed}  # type: ignore[union-attr]

    @property
    def waivers(self) -> tuple[WaiverLine, ...]:
        return tuple(poisoned(one, self.text) for one in self.plain.waivers)

    def pages(self) -> Iterator[PageLine]:
        return (poisoned(one, self.text) for one in self.plain.pages())

    def links(self) -> Iterator[LinkLine]:
        return (poisoned(one, self.text) for one in self.plain.links())


def _html(content: bytes) -> None:
    page = LexborHTMLParser(content.decode())

    assert page.css(LOADING) == []
    assert len(page.css("style")) == 1
    assert not [a for node in page.css("*") for a in node.attributes if a.startswith("on")]
    for node in page.css("[href]"):
        assert str(node.attributes["href"]).startswith(
            ("http://", "https://", "#", "sites/", "../", "index")
        )
    assert not CONTROL.search(content.decode())


def _json(content: bytes) -> None:
    json.loads(content)


def _report(content: bytes) -> None:
    jsonschema.validate(json.loads(content), schema())


def _lines(content: bytes) -> None:
    for line in content.split(b"\n")[:-1]:
        json.loads(line)


def _csv(content: bytes) -> None:
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))

    assert len({len(row) for row in rows}) == 1
    for cell in (cell for row in rows for cell in row):
        assert not cell.startswith(tuple("=+-@＝＋－＠\t\r\n"))
        assert not CONTROL.search(cell)
        assert len(cell) <= 32_767


def _xlsx(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        for name in book.namelist():
            if name.endswith((".xml", ".rels")):
                root = ET.fromstring(book.read(name))  # noqa: S314 - our own

                assert not [node for node in root.iter() if node.tag.endswith("}f")]
                for node in root.iter():
                    assert len(node.text or "") <= 32_767
                    target = node.get("Target", "")
                    if node.get("TargetMode") == "External":
                        assert target.startswith(("http://", "https://"))


def _docx(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        for name in book.namelist():
            if name.endswith((".xml", ".rels")):
                root = ET.fromstring(book.read(name))  # noqa: S314 - our own

                assert not [node for node in root.iter() if node.tag.endswith("}instrText")]
                fields = [node for node in root.iter() if node.tag.endswith("}fldSimple")]
                assert all("PAGE" in node.attrib.values() for node in fields)
                assert not CONTROL.search("".join(root.itertext()).replace("\n", ""))
                for node in root.iter():
                    if node.get("TargetMode") == "External":
                        assert node.get("Target", "").startswith(("http://", "https://"))


def _junit(content: bytes) -> None:
    assert junit_faults(content) == []
    assert not CONTROL.search(content.decode())


def _sarif(content: bytes) -> None:
    assert sarif_faults(content) == []


def _github(content: bytes) -> None:
    for line in content.decode().splitlines():
        assert re.match(r"::(error|warning|notice) title=[^:,]*::", line)
        assert not CONTROL.search(line)


PARSE: dict[str, Callable[[bytes], None]] = {
    "html": _html, "json": _report, "pages": _lines, "links": _lines, "csv": _csv, "xlsx": _xlsx, "docx": _docx,
    "junit": _junit, "sarif": _sarif, "github": _github, "gitlab": _json,
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("name", FORMATS)
def test_a_file_full_of_hostile_text_parses_and_holds_nothing_that_acts(
    name: str, text: str
) -> None:
    report = poisoned(sample_report(), text)
    made = dict(FORMATS[name].render(report, Poisoned(SampleMaterial(), text)))  # type: ignore[arg-type]

    assert made
    for content in made.values():
        PARSE[name](content)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_the_terminal_shows_hostile_text_as_text(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    report = poisoned(sample_report(), text)
    result = judge(report, terms_of("any:notice,score-drop:1"), Known((), {}, {}), 0.99)
    for language in ("zh", "en"):
        show(report, [], language, {})
        show_gate(result, report, "", None, None, language)
    said = capsys.readouterr().out

    assert not CONTROL.search(said)
    assert max(map(len, said.splitlines())) < 2_000
    said.encode()


def test_square_brackets_stay_on_the_terminal() -> None:
    assert plain(HOSTILE["markup"]).plain == HOSTILE["markup"]
