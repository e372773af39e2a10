"""findings.csv: one row a finding, for Excel and WPS (UTF-8 with BOM, no cell is a formula)."""

import csv
import io
from collections.abc import Iterator

from audit.model import Text
from audit.report import EvidenceRow, Finding, Material, Report, SiteReport
from audit.text import shorten
from reports.columns import Shelf
from reports.measured import measures
from reports.speech import Speech
from reports.untrusted import cell

CELL = 8000  # characters; a cell of Excel holds 32,767
HEADS = (
    Text("编号", "ID"),
    Text("网站", "Site"),
    Text("单位", "Unit"),
    Text("栏目", "Column"),
    Text("问题类型", "Fault"),
    Text("检查项", "Check"),
    Text("状态", "Status"),
    Text("严重程度", "Severity"),
    Text("页面", "Page"),
    Text("问题描述", "Message"),
    Text("实测", "Observed"),
    Text("要求", "Required"),
    Text("证据", "Evidence"),
    Text("整改建议", "Remedy"),
    Text("责任处室", "Office"),
    Text("依据", "Basis"),
    Text("首次发现", "First seen"),
    Text("整改期限", "Due"),
)


def render(report: Report, material: Material) -> Iterator[tuple[str, bytes]]:
    """One file; sites and findings in the order of the report."""
    speech = Speech(material.language)
    sheet = io.StringIO(newline="")
    # Every cell is quoted: a separator inside a cell must not start a new one that is a formula.
    writer = csv.writer(sheet, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([speech.text(head) for head in HEADS])
    for site in report.sites:
        shelf = Shelf.of(site, speech)
        for finding in site.findings:
            row = _row(site, finding, shelf, material, speech)
            writer.writerow([shorten(cell(text), CELL) for text in row])
    yield "findings.csv", b"\xef\xbb\xbf" + sheet.getvalue().encode()


def _row(
    site: SiteReport, finding: Finding, shelf: Shelf, material: Material, speech: Speech
) -> tuple[str, ...]:
    check = material.checks.get(finding.check)
    observed, limit = measures(finding, speech)
    return (
        finding.id,
        site.name,
        material.units.get(site.unit or site.id, site.name),
        shelf.name_for(finding),
        check.failure_title if check else finding.check,
        finding.check,
        speech.word(finding.status),
        speech.word(finding.severity),
        finding.subject.url,
        finding.message,
        observed,
        limit,
        " ｜ ".join(_said(one, speech) for one in finding.evidence),
        finding.remedy,
        finding.office,
        f"{finding.basis.document} {finding.basis.clause}".strip(),
        finding.first_seen.isoformat(),
        finding.due.isoformat() if finding.due else "",
    )


def _said(one: EvidenceRow, speech: Speech) -> str:
    parts = (
        speech.word(one.kind),
        one.url,
        " / ".join(one.quote.splitlines()),
        speech.time(one.at),
        f"sha256:{one.sha256}" if one.sha256 else "",
        one.archive,
    )
    return " ".join(part for part in parts if part)
