"""The workbook opens, holds every row, and nothing that a page says becomes a formula."""

import io
import re
import xml.etree.ElementTree as ET
import zipfile

from reports import FORMATS
from reports.speech import Speech
from reports.tables import SHEETS, Share
from reports.words import REGIONS
from tests.sample_report import NASTY, SampleMaterial, sample_report

REPORT = sample_report()
SPACE = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def parts() -> dict[str, bytes]:
    ((_, content),) = FORMATS["xlsx"].render(REPORT, SampleMaterial())
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {name: book.read(name) for name in book.namelist()}


def sheet(number: int) -> ET.Element:
    return ET.fromstring(parts()[f"xl/worksheets/sheet{number}.xml"])  # noqa: S314 - our own


def test_every_part_is_well_formed() -> None:
    for name, content in parts().items():
        if name.endswith((".xml", ".rels")):
            ET.fromstring(content)  # noqa: S314 - our own


def test_sheets_have_their_names_heads_and_rows() -> None:
    book = ET.fromstring(parts()["xl/workbook.xml"])  # noqa: S314 - our own
    names = [one.get("name") for one in book.findall("m:sheets/m:sheet", SPACE)]
    rows = [len(sheet(number).findall("m:sheetData/m:row", SPACE)) for number in (1, 2, 3, 4, 5)]

    assert names == [one.name.zh for one in SHEETS]
    assert rows == [
        1 + len(REPORT.sites),
        1 + sum(len(site.findings) for site in REPORT.sites),
        1 + sum(len(site.columns) for site in REPORT.sites),
        1 + sum(len(site.pairs) for site in REPORT.sites),
        1 + sum(len(site.facts) for site in REPORT.sites),
    ]


def test_heads_are_frozen_and_filtered() -> None:
    for number in range(1, len(SHEETS) + 1):
        assert sheet(number).find("m:autoFilter", SPACE) is not None
        assert sheet(number).find(".//m:pane[@state='frozen']", SPACE) is not None


def test_no_cell_is_a_formula_whatever_pages_say() -> None:
    assert any(text.startswith("=") for text in NASTY)
    for number in range(1, len(SHEETS) + 1):
        assert sheet(number).findall(".//m:f", SPACE) == []


def test_links_lead_to_web_addresses_only() -> None:
    targets = [
        target
        for name, content in parts().items()
        if "worksheets/_rels" in name
        for target in re.findall(r'Target="([^"]*)"', content.decode())
    ]

    assert targets
    assert all(target.startswith(("http://", "https://")) for target in targets)


def rows_of(name: str) -> list[dict[str, object]]:
    wanted = next(one for one in SHEETS if one.name.zh == name)
    heads = [head.name.zh for head in wanted.heads]
    rows = wanted.rows(REPORT, SampleMaterial(), Speech("zh"))
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_shares_are_percentages() -> None:
    styles = parts()["xl/styles.xml"].decode()

    assert 'formatCode="0.0%"' in styles
    assert all(isinstance(row["覆盖率"], Share) for row in rows_of("总览"))


def test_regions_of_links_are_said_in_words() -> None:
    assert {row["位置"] for row in rows_of("链接")} <= {text.zh for text in REGIONS.values()}


def test_a_policy_without_interpretation_has_no_links_that_were_not_assessed() -> None:
    alone = [row for row in rows_of("政策—解读") if not row["解读"]]

    assert {("", "")} == {(row["文件→解读"], row["解读→文件"]) for row in alone}
