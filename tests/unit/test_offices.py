"""Who is to mend a finding, and how the estate rolls up by unit and by office."""

import pytest

from audit.pipeline.offices import Office, office_of
from audit.rulebooks import Rulebook, load


def yunnan() -> Rulebook:
    return load("yunnan-2020")[0]


@pytest.mark.parametrize(
    ("owner", "check", "configured", "expected"),
    [
        ("办公室", "stale-column", {"stale-column": "信息处"}, Office("办公室", "column")),
        ("", "stale-column", {"stale-column": "信息处"}, Office("信息处", "config")),
        ("", "stale-column", {"D30": "督查室"}, Office("督查室", "config")),
        ("", "missing-unit-fact", {"D30": "督查室"}, Office("厅办公室", "rulebook")),
        ("", "missing-unit-fact", {"D40": "人事处"}, Office("人事处", "config")),
        (
            "", "missing-unit-fact", {"D40": "人事处", "missing-unit-fact": "办公室"},
            Office("办公室", "config"),
        ),
        ("", "unheard-of", {}, Office("厅信息中心", "fallback")),
        ("", "unheard-of", {"fallback": "网信办"}, Office("网信办", "fallback")),
        ("", "stale-column", {"fallback": "网信办"}, Office("厅政研室、厅信息中心", "rulebook")),
    ],
)  # fmt: skip
def test_an_office_is_named_by_column_check_duty_rulebook_or_fallback_in_that_order(
    owner: str, check: str, configured: dict[str, str], expected: Office
) -> None:
    assert expected == office_of(owner, check, configured, yunnan())


def test_a_rulebook_without_offices_sends_everything_to_the_information_centre() -> None:
    vetoes = load("state-council-2019-veto")[0]

    assert office_of("", "stale-home", {}, vetoes) == Office("信息中心", "fallback")


def test_the_rulebook_of_duties_names_the_office_that_leads_the_duty() -> None:
    duties = load("duty-2020")[0]

    assert office_of("", "missing-unit-fact", {}, duties) == Office("厅办公室", "rulebook")
    assert office_of("", "missing-unit-fact", {"D40": "人事处"}, duties).name == "人事处"
