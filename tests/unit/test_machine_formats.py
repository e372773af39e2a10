"""JUnit, SARIF, GitHub and GitLab files: they parse whatever pages say, and say nothing twice."""

import json
import xml.etree.ElementTree as ET
from urllib.parse import urlsplit

import pytest

from reports import FORMATS
from tests.sample_report import SampleMaterial, sample_report

REPORT = sample_report()
FINDINGS = [one for site in REPORT.sites for one in site.findings]
STATUSES = {one.id: one.status.value for one in FINDINGS}


def content(name: str) -> bytes:
    ((_, made),) = FORMATS[name].render(REPORT, SampleMaterial())
    return made


def test_a_suite_is_a_site_and_a_case_a_check() -> None:
    root = ET.fromstring(content("junit"))  # noqa: S314 - our own
    suites = {suite.get("name"): suite for suite in root}
    cases = [case for suite in root for case in suite if case.tag == "testcase"]

    assert len(suites) == len(REPORT.sites)
    assert len(cases) == sum(len(site.outcomes) for site in REPORT.sites)
    for suite in suites.values():
        assert int(suite.get("tests", "")) == len(suite)
        assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))
        assert int(suite.get("skipped", "")) == len(suite.findall("testcase/skipped"))


def test_only_confirmed_findings_fail_a_case_and_unassessed_checks_are_skipped() -> None:
    root = ET.fromstring(content("junit"))  # noqa: S314 - our own
    failed = {
        line.rpartition("[")[2].rstrip("]")
        for failure in root.iter("failure")
        for line in (failure.text or "").splitlines()
        if line.endswith("]")
    }

    assert failed
    assert {STATUSES[one] for one in failed} == {"fail"}
    assert root.findall(".//skipped")


def test_every_finding_is_one_result_with_its_id_as_fingerprint() -> None:
    (run,) = json.loads(content("sarif"))["runs"]
    results = run["results"]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}

    assert [one["partialFingerprints"]["duwang/1"] for one in results] == [f.id for f in FINDINGS]
    assert {one["ruleId"] for one in results} == rules
    for finding, result in zip(FINDINGS, results, strict=True):
        assert (result["kind"] == "review") == (finding.status.value == "review")
        assert bool(result.get("suppressions")) == (finding.status.value == "waived")
        assert (result["level"] == "none") == (result["kind"] == "review")


def test_addresses_in_sarif_are_ascii_uris() -> None:
    (run,) = json.loads(content("sarif"))["runs"]
    uris = [
        one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in run["results"]
    ]

    for uri in uris:
        assert uri.isascii()
        assert " " not in uri
        urlsplit(uri)


def test_a_workflow_command_is_one_line_that_text_cannot_leave() -> None:
    lines = content("github").decode().splitlines()

    assert len(lines) == sum(status != "waived" for status in STATUSES.values())
    for line in lines:
        head, _, data = line.removeprefix("::").partition("::")
        level, _, title = head.partition(" title=")
        assert level in {"error", "warning", "notice"}
        assert not {":", ","} & set(title)
        assert "\r" not in data


def test_gitlab_gets_each_finding_once_under_its_id() -> None:
    issues = json.loads(content("gitlab"))
    ids = [one["fingerprint"] for one in issues]

    assert sorted(ids) == sorted(one for one, status in STATUSES.items() if status != "waived")
    assert {one["severity"] for one in issues} <= {"info", "minor", "critical", "blocker"}
    assert all(one["location"]["path"] and one["location"]["lines"]["begin"] == 1 for one in issues)


@pytest.mark.parametrize("name", ["junit", "sarif", "github", "gitlab"])
def test_no_control_character_reaches_a_file(name: str) -> None:
    text = content(name).decode()

    assert not [c for c in text if ord(c) < 0x20 and c != "\n"]
    assert not [c for c in text if "\ud800" <= c <= "\udfff"]
