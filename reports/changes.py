"""What became of single findings since the run that a report is compared with."""

from collections.abc import Iterator

import msgspec

from audit.model import FindingState, Severity
from audit.report import Finding, Material, Report, SiteReport

MOST = 200  # lines of one kind; report.json has them all
_ORDER = {severity: place for place, severity in enumerate(Severity)}


class ChangeLine(msgspec.Struct, frozen=True):
    """A finding that is new, back, or fixed; site None: the site is no longer in the report."""

    state: FindingState
    site: SiteReport | None
    finding: Finding


def changes(report: Report, material: Material) -> tuple[tuple[ChangeLine, ...], int]:
    """The lines, new ones first and heavy ones before light ones; and how many were left out."""
    if report.comparison is None:
        return (), 0
    change = report.comparison
    now = {one.id: (site, one) for site in report.sites for one in site.findings}
    lines: list[ChangeLine] = []
    left_out = 0
    for state, ids in (
        (FindingState.NEW, change.new),
        (FindingState.REOPENED, change.reopened),
        (FindingState.FIXED, change.fixed),
    ):
        found = sorted(_lines(state, ids, now, material), key=_place)
        lines += found[:MOST]
        left_out += max(0, len(found) - MOST)
    return tuple(lines), left_out


def _lines(
    state: FindingState,
    ids: tuple[str, ...],
    now: dict[str, tuple[SiteReport, Finding]],
    material: Material,
) -> Iterator[ChangeLine]:
    for one in ids:
        if one in now:
            site, finding = now[one]
            yield ChangeLine(state, site, finding)
        elif one in material.earlier:
            yield ChangeLine(state, None, material.earlier[one])


def _place(line: ChangeLine) -> tuple[object, ...]:
    finding = line.finding
    return _ORDER[finding.severity], finding.check, finding.subject.key, finding.id
