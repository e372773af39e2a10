"""What a report says of the config's waivers."""

import datetime as dt

import msgspec
import pytest

from audit.config import Config
from audit.config.tables import Tables
from audit.pipeline.waivers import waiver_lines
from audit.report import WaiverState
from tests.sample_report import sample_report

REPORT = sample_report()
SITES = [
    {"id": site.id, "name": site.name or "示例", "home": "http://www.example.test/"}
    for site in REPORT.sites
]
DAY = REPORT.run.as_of


def states(scope: dict[str, str], until: dt.date, *, sites: int) -> list[WaiverState]:
    """The states of one waiver in a report on the first of the sites."""
    waiver = {**scope, "reason": "改版中", "approver": "信息中心", "expires": until}
    config = Config(Tables.model_validate({"sites": SITES, "waivers": [waiver]}))
    report = msgspec.structs.replace(REPORT, sites=REPORT.sites[:sites])
    return [line.state for line in waiver_lines(report, config)]


@pytest.mark.parametrize(
    ("scope", "sites", "expected"),
    [
        ({"finding": "0" * 16}, len(SITES), [WaiverState.UNMATCHED]),
        ({"finding": "0" * 16}, 1, []),
        ({"check": "no-such", "site": SITES[0]["id"]}, 1, [WaiverState.UNMATCHED]),
        ({"check": "no-such", "site": SITES[-1]["id"]}, 1, []),
    ],
)
def test_a_waiver_is_called_useless_only_where_its_site_was_read(
    scope: dict[str, str], sites: int, expected: list[WaiverState]
) -> None:
    assert states(scope, DAY, sites=sites) == expected


@pytest.mark.parametrize(("days", "state"), [(0, WaiverState.UNMATCHED), (-1, WaiverState.EXPIRED)])
def test_a_waiver_holds_on_its_last_day(days: int, state: WaiverState) -> None:
    until = DAY + dt.timedelta(days=days)

    assert states({"finding": "0" * 16}, until, sites=len(SITES)) == [state]
