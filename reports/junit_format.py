"""junit.xml: a suite a site, a case a check; faults are failures, what was not assessed is skipped."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence

from audit.model import FindingStatus, OutcomeStatus
from audit.report import Finding, Material, OutcomeRow, Report, SiteReport
from audit.text import shorten, visible
from reports.speech import Speech
from reports.untrusted import whole

LONGEST = 2000  # characters of one line
MOST = 200  # findings that one case lists; report.json has them all
_SKIPPED = frozenset({OutcomeStatus.NOT_ASSESSED, OutcomeStatus.NOT_APPLICABLE})


def render(report: Report, material: Material) -> Iterator[tuple[str, bytes]]:
    """One file; suites and cases in the order of the report."""
    speech = Speech(material.language)
    root = ET.Element("testsuites", {"name": f"duwang {report.run.id}"})
    for site in report.sites:
        root.append(_suite(site, report, material, speech))
    ET.indent(root)
    yield "junit.xml", ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _suite(site: SiteReport, report: Report, material: Material, speech: Speech) -> ET.Element:
    cases = [_case(site, one, material, speech) for one in site.outcomes]
    failed = sum(case.find("failure") is not None for case in cases)
    skipped = sum(case.find("skipped") is not None for case in cases)
    suite = ET.Element(
        "testsuite",
        {
            "name": _said(site.name),
            "tests": str(len(cases)),
            "failures": str(failed),
            "errors": "0",
            "skipped": str(skipped),
            "timestamp": report.run.started[:19],
        },
    )
    suite.extend(cases)
    return suite


def _case(site: SiteReport, outcome: OutcomeRow, material: Material, speech: Speech) -> ET.Element:
    card = material.checks.get(outcome.check)
    name = f"{outcome.check} {card.title}" if card else outcome.check
    case = ET.Element("testcase", {"classname": f"duwang.{site.id}", "name": _said(name)})
    found = [one for one in site.findings if one.check == outcome.check]
    faults = [one for one in found if one.status is FindingStatus.FAIL]
    if faults:
        title = card.failure_title if card else outcome.check
        message = {"message": _said(f"{title}（{len(faults)}）"), "type": outcome.check}
        ET.SubElement(case, "failure", message).text = _list(faults)
    elif outcome.status in _SKIPPED:
        why = speech.why(outcome.reason) if outcome.reason else speech.word(outcome.status)
        ET.SubElement(case, "skipped", {"message": _said(why)})
    leads = [one for one in found if one.status is not FindingStatus.FAIL]
    if leads:
        ET.SubElement(case, "system-out").text = _list(leads)
    return case


def _list(found: Sequence[Finding]) -> str:
    lines = [_said(f"{one.message} {one.subject.url} [{one.id}]") for one in found[:MOST]]
    if len(found) > MOST:
        lines.append(f"…… {len(found) - MOST}")
    return "\n".join(lines)


def _said(text: str) -> str:
    """One line without what XML 1.0 cannot hold."""
    return shorten(visible(whole(text)), LONGEST).replace("\ufffe", "").replace("\uffff", "")
