"""JUnit, SARIF, GitHub and GitLab files: they parse whatever pages say, and say nothing twice."""

import json
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from reports import FORMATS
from tests.sample_report import SampleMaterial, sample_report
from tests.schemas import junit_faults, sarif_faults

CI = Path(__file__).parents[2] / "docs/ci.md"
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


def test_a_junit_file_is_as_the_schema_of_jenkins_wants_it() -> None:
    assert junit_faults(content("junit")) == []


@pytest.mark.parametrize(
    ("there", "here"),
    [
        (b" tests=", b" test="),
        (b" name=", b" named="),
        (b"<failure ", b"<failure due='now' "),
        (b"<skipped ", b"<passed />\n<skipped "),
        (b"</testsuites>", b"<testcase name='x'/></testsuites>"),
    ],
)
def test_a_junit_file_that_is_not_so_is_told(there: bytes, here: bytes) -> None:
    made = content("junit")

    assert there in made
    assert junit_faults(made.replace(there, here)) != []


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


def test_a_sarif_file_is_as_the_schema_of_oasis_wants_it() -> None:
    assert sarif_faults(content("sarif")) == []


@pytest.mark.parametrize(
    ("there", "here"),
    [
        (b'"2.1.0",', b'"2.2.0",'),
        (b'"kind": "fail"', b'"kind": "failed"'),
        (b'"uri": "http', b'"uri": "<http'),
        (b'"ruleId"', b'"rule_id"'),
    ],
)
def test_a_sarif_file_that_is_not_so_is_told(there: bytes, here: bytes) -> None:
    made = content("sarif")

    assert there in made
    assert sarif_faults(made.replace(there, here)) != []


def test_the_line_for_code_scanning_makes_paths_of_addresses(tmp_path: Path) -> None:
    """As docs/ci.md prints it; `host:port` would be taken for a scheme."""
    line = next(
        line.partition("run: ")[2]
        for line in CI.read_text("utf-8").splitlines()
        if "sed -E" in line
    )
    (tmp_path / "report").mkdir()
    made = content("sarif").replace(b'"uri": "http://', b'"uri": "https://', 1)
    (tmp_path / "report/duwang.sarif").write_bytes(made)
    subprocess.run(["/bin/sh", "-c", line], cwd=tmp_path, check=True)
    changed = (tmp_path / "report/github.sarif").read_bytes()
    uris = [
        one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for one in json.loads(changed)["runs"][0]["results"]
    ]

    assert sarif_faults(changed) == []
    assert [uri for uri in uris if ":" in uri.partition("/")[0] or not uri] == []


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

    levels = [line.removeprefix("::").partition(" ")[0] for line in lines]

    assert len(lines) == sum(status != "waived" for status in STATUSES.values())
    assert levels == sorted(levels, key=["error", "warning", "notice"].index)
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
