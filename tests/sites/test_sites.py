"""The project's own sites, in the manner of usual content systems: read exactly as they are.

Where the reader is known to be wrong, `known_gaps` of the site's truth says so: such a gap is an
expected failure, told by name, and a gap that was mended must leave the list.
"""

from functools import cache

import pytest

from audit.model import VerdictState
from tests.sites.differences import MEASURES, differences, subject_of
from tests.sites.truth import Truth, manners, truth_of
from tests.sites.visited import Seen, visit

TRUTHS = {manner: truth_of(manner) for manner in manners()}
GAPS = [
    pytest.param(manner, about, id=f"{manner}: {about}")
    for manner, truth in TRUTHS.items()
    for about in truth.known_gaps
]
INNOCENTS = [
    pytest.param(manner, one, id=f"{manner}: {one.check} {one.url}")
    for manner, truth in TRUTHS.items()
    for one in truth.innocents
]


@cache
def seen(manner: str) -> tuple[Truth, Seen]:
    """Each site is crawled once."""
    return TRUTHS[manner], visit(manner, TRUTHS[manner])


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("manner", TRUTHS)
def test_a_site_is_read_as_it_is(manner: str, measure: str) -> None:
    truth, found = seen(manner)
    amiss = [
        f"{one.about}: {one.truth}, read {one.read}"
        for one in MEASURES[measure](truth, found)
        if one.about not in truth.known_gaps
    ]

    assert amiss == []


@pytest.mark.parametrize(("manner", "about"), GAPS)
def test_a_known_gap_is_still_open(manner: str, about: str) -> None:
    truth, found = seen(manner)
    still = [one for one in differences(truth, found) if one.about == about]

    assert still, f"mended: take “{about}” from known_gaps of {manner}"

    pytest.xfail(f"{truth.known_gaps[about]} (truth {still[0].truth}, read {still[0].read})")


@pytest.mark.parametrize(("manner", "innocent"), INNOCENTS)
def test_a_look_alike_is_not_accused(manner: str, innocent: object) -> None:
    truth, found = seen(manner)
    accused = {
        (check, subject_of(verdict).partition("#")[0])
        for check, verdicts in found.verdicts.items()
        for verdict in verdicts
        if verdict.state in {VerdictState.FAULT, VerdictState.REVIEW}
    }
    clean = [one for one in truth.innocents if (one.check, one.url) in accused]

    assert innocent not in clean
