"""duwang.sarif: SARIF 2.1.0 (OASIS), a result a finding, a rule a check; addresses are RFC 3986 URIs."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import msgspec

from audit.model import FindingState, FindingStatus, Severity
from audit.report import Finding, Material, Report, SiteReport
from audit.text import shorten, visible
from reports.untrusted import address, whole

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "duwang/1"
LONGEST = 2000
_LEVELS = {
    Severity.VETO: "error",
    Severity.MAJOR: "error",
    Severity.MINOR: "warning",
    Severity.NOTICE: "note",
}
_BASELINE = {
    FindingState.NEW: "new",
    FindingState.REOPENED: "new",
    FindingState.OPEN: "unchanged",
    FindingState.NOT_OBSERVED: "unchanged",
    FindingState.FIXED: "absent",
}
_STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SAFE = "!#$&'()*+,/:;=?@[]%-._~"  # reserved and unreserved characters stay


class _Object(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """An object of the format; what is not set is not written."""


class _Message(_Object, frozen=True):
    text: str


class _Rule(_Object, frozen=True):
    id: str
    short_description: _Message
    full_description: _Message


class _Driver(_Object, frozen=True):
    name: str
    version: str
    rules: tuple[_Rule, ...]


class _Tool(_Object, frozen=True):
    driver: _Driver


class _Artifact(_Object, frozen=True):
    uri: str


class _Physical(_Object, frozen=True):
    artifact_location: _Artifact


class _Location(_Object, frozen=True):
    physical_location: _Physical


class _Suppression(_Object, frozen=True):
    kind: str
    status: str


class _Result(_Object, frozen=True):
    rule_id: str
    level: str
    kind: str
    message: _Message
    locations: tuple[_Location, ...]
    partial_fingerprints: dict[str, str]
    baseline_state: str
    properties: dict[str, str]
    suppressions: tuple[_Suppression, ...] = ()


class _Run(_Object, frozen=True):
    tool: _Tool
    results: tuple[_Result, ...]
    column_kind: str = msgspec.field(default_factory=lambda: "unicodeCodePoints")


class _Log(msgspec.Struct, frozen=True):
    schema: str = msgspec.field(name="$schema")
    version: str
    runs: tuple[_Run, ...]


def render(report: Report, material: Material) -> Iterator[tuple[str, bytes]]:
    """One file; results in the order of the report."""
    used = sorted({one.check for site in report.sites for one in site.findings})
    rules = tuple(_rule(check, material) for check in used)
    results = tuple(_result(site, one) for site in report.sites for one in site.findings)
    run = _Run(_Tool(_Driver(report.tool.name, report.tool.version, rules)), results)
    text = msgspec.json.encode(_Log(SCHEMA, "2.1.0", (run,)), order="deterministic")
    yield "duwang.sarif", msgspec.json.format(text, indent=2) + b"\n"


def _rule(check: str, material: Material) -> _Rule:
    card = material.checks.get(check)
    title = card.failure_title if card else check
    basis = "；".join(card.basis) if card else ""
    return _Rule(check, _Message(_said(title)), _Message(_said(basis or title)))


def _result(site: SiteReport, one: Finding) -> _Result:
    lead = one.status is FindingStatus.REVIEW
    waived = one.status is FindingStatus.WAIVED
    return _Result(
        rule_id=one.check,
        level="none" if lead else _LEVELS[one.severity],
        kind="review" if lead else "fail",
        message=_Message(_said(one.message)),
        locations=(_Location(_Physical(_Artifact(_uri(one.subject.url or site.home)))),),
        partial_fingerprints={FINGERPRINT: one.id},
        baseline_state=_BASELINE[one.state],
        properties={"site": site.id, "severity": one.severity.value, "office": _said(one.office)},
        suppressions=(_Suppression("external", "accepted"),) if waived else (),
    )


def _uri(url: str) -> str:
    """An address with everything escaped that RFC 3986 does not allow in a URI."""
    said = _STRAY.sub("%25", address(url) or whole(url)[:LONGEST])
    return quote(said, safe=_SAFE).replace("[", "%5B").replace("]", "%5D")


def _said(text: str) -> str:
    return shorten(visible(whole(text)), LONGEST)
