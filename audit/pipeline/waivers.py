"""What became of the config's waivers in a run: in force, expired, or covering nothing."""

from collections.abc import Iterator

from audit.config import Config
from audit.model import FindingStatus
from audit.report import Report, WaiverLine, WaiverState


def waiver_lines(report: Report, config: Config) -> Iterator[WaiverLine]:
    """One line a waiver, in the order of the config."""
    day = report.run.as_of
    waived = [
        (site.id, one)
        for site in report.sites
        for one in site.findings
        if one.status is FindingStatus.WAIVED
    ]
    by = [config.waiver_of(one.id, one.check, site, day) for site, one in waived]
    for waiver in config.tables.waivers:
        matched = sum(one is waiver for one in by)
        state = WaiverState.MATCHED if matched else WaiverState.UNMATCHED
        if day > waiver.expires:
            state = WaiverState.EXPIRED
        scope = waiver.finding or f"{waiver.site} {waiver.check}"
        yield WaiverLine(scope, waiver.reason, waiver.approver, waiver.expires, matched, state)
