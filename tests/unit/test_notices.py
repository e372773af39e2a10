"""The papers for Word: each unit is told what is confirmed, and nothing else as if it were."""

import io
import re
import xml.etree.ElementTree as ET
import zipfile

import msgspec
import pytest

from audit.model import FindingStatus, OutcomeStatus
from audit.report import Report
from reports import FORMATS
from reports.notices import MOST, QUOTED, notices
from reports.speech import Speech
from tests.sample_report import NASTY, SampleMaterial, sample_report

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def papers(report: Report, language: str = "zh") -> dict[str, bytes]:
    """The files by their bare names."""
    made = FORMATS["docx"].render(report, SampleMaterial(language))
    return {name.rpartition("/")[2].removesuffix(".docx"): content for name, content in made}


def body(content: bytes) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return ET.fromstring(parts.read("word/document.xml"))  # noqa: S314 - our own


def words(node: ET.Element) -> str:
    return "".join(one.text or "" for one in node.iter(f"{WORD}t"))


def annexes(content: bytes) -> dict[str, ET.Element]:
    """The tables by the heading over them."""
    found: dict[str, ET.Element] = {}
    head = ""
    for node in body(content).find(f"{WORD}body") or ():
        if node.tag == f"{WORD}tbl":
            found[head] = node
        else:
            head = words(node) or head
    return found


def clean() -> Report:
    """The sample without anything in doubt."""
    report = sample_report(verified=True)
    run = msgspec.structs.replace(report.run, suspect=(), status="complete")
    return msgspec.structs.replace(report, run=run)


def test_every_unit_with_a_finding_or_a_lead_is_told_and_no_other() -> None:
    report = sample_report()
    told = {
        site.unit or site.id
        for site in report.sites
        if any(one.status is not FindingStatus.WAIVED for one in site.findings)
    }

    assert papers(report).keys() == told | {"circular"}
    assert told < {site.unit or site.id for site in report.sites}


def test_each_confirmed_finding_stands_in_the_first_annex_and_each_lead_in_the_second() -> None:
    site = sample_report().sites[0]
    tables = annexes(papers(sample_report())[site.unit or site.id])
    first, second = (words(node) for node in list(tables.values())[:2])
    by_status = {
        status: [one.id for one in site.findings if one.status is status]
        for status in FindingStatus
    }

    assert [one in first for one in by_status[FindingStatus.FAIL]] == [True] * len(
        by_status[FindingStatus.FAIL]
    )
    assert not any(one in first for one in by_status[FindingStatus.REVIEW])
    assert all(one in second for one in by_status[FindingStatus.REVIEW])
    assert not any(one in first + second for one in by_status[FindingStatus.WAIVED])


def test_what_could_not_be_checked_is_told_with_the_reason() -> None:
    report, speech = sample_report(), Speech("zh")
    site = next(
        one
        for one in report.sites
        if one.findings and any(o.status is OutcomeStatus.NOT_ASSESSED for o in one.outcomes)
    )
    last = words(list(annexes(papers(report)[site.unit or site.id]).values())[-1])

    for outcome in site.outcomes:
        if outcome.status is OutcomeStatus.NOT_ASSESSED:
            assert SampleMaterial().checks[outcome.check].title in last
            assert outcome.reason is not None
            assert speech.why(outcome.reason.value) in last


def test_the_letter_says_how_many_and_by_when() -> None:
    report = clean()
    for notice in notices(report, SampleMaterial(), Speech("zh")):
        said = words(body(papers(report)[notice.file]))

        demanded = f"需整改的问题{notice.counts.confirmed}项" in said
        assert demanded == bool(notice.faults)
        for due in notice.dues:
            assert due.isoformat() in said


def test_a_run_in_doubt_says_so_on_its_papers_and_a_clean_one_does_not() -> None:
    doubtful, plain = papers(sample_report()), papers(clean())

    for content in doubtful.values():
        said = words(body(content))
        assert "存疑" in said
        assert "没有读完" in said
        assert "尚未经人工核实" in said
    for content in plain.values():
        said = words(body(content))
        assert "存疑" not in said
        assert "没有读完" not in said
        assert "尚未经人工核实" not in said


def test_leads_alone_are_a_request_and_no_demand() -> None:
    report = clean()
    site = report.sites[0]
    leads = tuple(one for one in site.findings if one.status is FindingStatus.REVIEW)
    only = msgspec.structs.replace(site, findings=leads)
    said = words(body(papers(msgspec.structs.replace(report, sites=(only,)))[site.unit or site.id]))

    assert "线索核实通知单" in said
    assert "整改的问题" not in said
    assert "附件1 需核实的线索" in said


def test_more_findings_than_a_paper_holds_are_counted() -> None:
    site = sample_report(dead_links=MOST + 20).sites[0]
    made = papers(sample_report(dead_links=MOST + 20))[site.unit or site.id]
    confirmed = sum(one.status is FindingStatus.FAIL for one in site.findings)
    rows = next(iter(annexes(made).values())).findall(f"{WORD}tr")

    assert len(rows) == 1 + MOST
    assert f"另有{confirmed - MOST}项" in words(body(made))


def test_evidence_is_quoted_once_short_and_with_its_time() -> None:
    report = sample_report()
    for notice in notices(report, SampleMaterial(), Speech("zh")):
        for row in (*notice.faults, *notice.leads):
            quotes = [(one.quote, one.url) for one in row.evidence]

            assert len(quotes) == len(set(quotes))
            assert all(len(one.quote) <= QUOTED for one in row.evidence)
            assert all(one.at for one in row.evidence)


def test_links_lead_to_the_web_only_and_nothing_is_loaded() -> None:
    for content in papers(sample_report()).values():
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            for name in parts.namelist():
                if not name.endswith(".rels"):
                    continue
                for one in ET.fromstring(parts.read(name)):  # noqa: S314 - our own
                    if one.get("TargetMode") == "External":
                        assert one.get("Type", "").endswith("/hyperlink")
                        assert re.match(r"https?://", one.get("Target", ""))


def test_what_strangers_wrote_stands_there_as_text() -> None:
    said = words(body(papers(sample_report())["jtt"]))

    assert NASTY[0] in said
    assert not re.search("[\x00-\x08\x0b-\x1f\ud800-\udfff\u202e]", said)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_same_report_gives_the_same_bytes(language: str) -> None:
    assert papers(sample_report(), language) == papers(sample_report(), language)


def test_the_circular_counts_what_the_report_counts() -> None:
    report = clean()
    said = words(body(papers(report)["circular"]))
    rows = list(annexes(papers(report)["circular"]).values())[-1].findall(f"{WORD}tr")
    change = report.comparison

    assert change is not None
    assert f"检查网站{len(report.sites)}个" in said
    assert f"新增{len(change.new)}项，已整改{len(change.fixed)}项" in said
    assert len(rows) == 1 + len(report.sites)
    for row, site in zip(rows[1:], report.sites, strict=True):
        cells = [words(cell) for cell in row.findall(f"{WORD}tc")]
        confirmed = sum(one.status is FindingStatus.FAIL for one in site.findings)
        assert cells[1] == site.name
        assert cells[5].partition("（")[0] == str(confirmed)
