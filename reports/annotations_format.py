"""Annotations for continuous integration: GitHub's workflow commands, GitLab's code quality report."""

from collections.abc import Iterator

import msgspec

from audit.model import FindingStatus, Severity
from audit.report import Finding, Material, Report, SiteReport
from audit.text import shorten, visible
from reports.untrusted import whole

LONGEST = 1000  # characters of one message
MOST = 1000  # annotations of one run; report.json has every finding
_ORDER = {severity: place for place, severity in enumerate(Severity)}
_LEVELS = {
    Severity.VETO: ("error", "blocker"),
    Severity.MAJOR: ("error", "critical"),
    Severity.MINOR: ("warning", "minor"),
    Severity.NOTICE: ("notice", "info"),
}


class _Lines(msgspec.Struct, frozen=True):
    begin: int


class _Location(msgspec.Struct, frozen=True):
    path: str
    lines: _Lines


class _Issue(msgspec.Struct, frozen=True):
    """One entry of GitLab's code quality report (docs.gitlab.com, Code Quality report format)."""

    description: str
    check_name: str
    fingerprint: str
    severity: str
    location: _Location


def render_github(report: Report, material: Material) -> Iterator[tuple[str, bytes]]:
    """One command a line, to be printed by a workflow step; leads are notices."""
    lines = [
        f"::{_level(one)} title={_property(_title(site, one, material))}::{_data(one.message)}"
        f"%0A{_data(one.subject.url)}"
        for site, one in _found(report)
    ]
    yield "github.txt", "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def render_gitlab(report: Report, material: Material) -> Iterator[tuple[str, bytes]]:
    """gl-code-quality-report.json; a finding's fingerprint is its id, the path its address."""
    issues = [
        _Issue(
            _said(f"{_title(site, one, material)}：{one.message}"),
            one.check,
            one.id,
            "info" if one.status is FindingStatus.REVIEW else _LEVELS[one.severity][1],
            _Location(_said(one.subject.url or one.subject.key), _Lines(1)),
        )
        for site, one in _found(report)
    ]
    text = msgspec.json.format(msgspec.json.encode(issues), indent=2)
    yield "gl-code-quality-report.json", text + b"\n"


def _found(report: Report) -> Iterator[tuple[SiteReport, Finding]]:
    """Faults first, then leads, heavy ones first; nothing that is waived.

    GitHub shows ten of each level in a step.
    """
    found = [
        (site, one)
        for site in report.sites
        for one in site.findings
        if one.status is not FindingStatus.WAIVED
    ]
    found.sort(
        key=lambda pair: (pair[1].status is not FindingStatus.FAIL, _ORDER[pair[1].severity])
    )
    yield from found[:MOST]


def _level(one: Finding) -> str:
    return "notice" if one.status is FindingStatus.REVIEW else _LEVELS[one.severity][0]


def _title(site: SiteReport, one: Finding, material: Material) -> str:
    card = material.checks.get(one.check)
    return f"{site.name} {card.failure_title if card else one.check}"


def _said(text: str) -> str:
    return shorten(visible(whole(text)), LONGEST)


def _data(text: str) -> str:
    """Escaped as the runner reads it (actions/toolkit, command.ts: escapeData)."""
    return _said(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
