"""Every case of every check: the site of the table is read and judged, and the check says what it must."""

import pytest

from audit.api import AnyCheck
from audit.model import VerdictState
from tests.cases import Case, all_cases, concluded, said

ALL = all_cases()
NAMES = [f"{check.id}: {case.name}" for check, case in ALL]


@pytest.mark.parametrize(("check", "case"), ALL, ids=NAMES)
def test_a_check_says_of_a_case_what_it_must(check: AnyCheck, case: Case) -> None:
    outcome = concluded(check, case)

    assert (case.status, case.reason) == (outcome.status, outcome.reason)
    assert tuple(sorted(case.faults)) == said(check, outcome, VerdictState.FAULT)
    assert tuple(sorted(case.reviews)) == said(check, outcome, VerdictState.REVIEW)
    assert all(verdict.evidence for verdict in outcome.verdicts)
    assert all(one.url for verdict in outcome.verdicts for one in verdict.evidence)
