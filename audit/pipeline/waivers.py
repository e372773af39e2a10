"""What became of the config's waivers in a run: in force, expired, or covering nothing."""

from collections.abc import Iterator

from audit.config import Config
from audit.model import FindingStatus
from audit.report import Report, WaiverLine, WaiverState


def waiver_lines(report: Report, config: Config) -> Iterator[WaiverLine]:
    """One line a waiver, in the order of the config.

    Where not every site was read, one that covered nothing may cover what was not looked at: no line.
    """
    day = report.run.as_of
    waived = [
        (site.id, one)
        for site in report.sites
        for one in site.findings
        if one.status is FindingStatus.WAIVED
    ]
    by = [config.waiver_of(one.id, one.check, site, day) for site, one in waived]
    partial = {site.id for site in report.sites} != set(config.site_ids)
    for waiver in config.tables.waivers:
        matched = sum(one is waiver for one in by)
        state = WaiverState.MATCHED if matched else WaiverState.UNMATCHED
        if day > waiver.expires:
            state = WaiverState.EXPIRED
        elif partial and not matched and not _is_read(waiver.site, report):
            continue
        scope = waiver.finding or f"{waiver.site} {waiver.check}"
        yield WaiverLine(scope, waiver.reason, waiver.approver, waiver.expires, matched, state)


def _is_read(site: str | None, report: Report) -> bool:
    """Whether the site that a waiver names was read; of a finding nobody knows its site."""
    return any(one.id == site for one in report.sites)
