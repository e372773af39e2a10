"""The gate's terms and verdict, without a run."""

from decimal import Decimal

import msgspec
import pytest

from audit.gate import Baseline, Known, Scope, Term, Trouble, judge, renewed, terms_of
from audit.model import Severity
from audit.report import VetoRow
from tests.sample_report import sample_report

REPORT = sample_report()
FAILED = {one.id for site in REPORT.sites for one in site.findings if one.status.value == "fail"}
WAIVED = {one.id for site in REPORT.sites for one in site.findings if one.status.value == "waived"}
VETOES = {site.id: tuple(site.score.vetoes) for site in REPORT.sites}
EVERYTHING = Known(FAILED, VETOES, {})
NOTHING = Known((), {}, {})


def test_terms_are_read() -> None:
    assert terms_of("new:veto, any:minor,score-drop:2.5") == (
        Term(Scope.NEW, Severity.VETO),
        Term(Scope.ANY, Severity.MINOR),
        Term(Scope.SCORE_DROP, drop=Decimal("2.5")),
    )


@pytest.mark.parametrize(
    "text", ["newer:veto", "new", "new:", "new:fatal", "score-drop:-1", "score-drop:x", "any:nan"]
)
def test_what_is_no_term_is_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(ValueError, match=r"可用|例如"):
        terms_of(text)


def test_what_was_there_before_does_not_fail() -> None:
    result = judge(REPORT, terms_of("new:notice"), EVERYTHING, 0)

    assert result.failures == ()


def test_leads_and_waived_findings_never_fail() -> None:
    result = judge(REPORT, terms_of("any:notice"), NOTHING, 0)
    named = {one.finding.id for one in result.failures if one.finding}

    assert named == FAILED


def test_findings_of_checks_that_vary_fail_nothing_and_are_counted() -> None:
    shaky = msgspec.structs.replace(
        REPORT,
        sites=tuple(
            msgspec.structs.replace(
                site,
                findings=tuple(msgspec.structs.replace(one, varies=True) for one in site.findings),
            )
            for site in REPORT.sites
        ),
    )
    result = judge(shaky, terms_of("any:notice,new:notice"), NOTHING, 0)

    assert [one for one in result.failures if one.finding] == []
    assert result.left_out == len(FAILED)


@pytest.mark.parametrize(("at_least", "varies", "fails"), [(1, 0, 1), (1, 1, 0), (2, 1, 0)])
def test_a_veto_fails_only_with_enough_findings_that_stay(
    at_least: int, varies: int, fails: int
) -> None:
    site = next(site for site in REPORT.sites if site.findings)
    ids = [one.id for one in site.findings][:at_least]
    row = VetoRow("V9", "", at_least, at_least, tuple(ids))
    score = msgspec.structs.replace(site.score, vetoes=("V9",), veto_counts=(row,))
    findings = [
        msgspec.structs.replace(one, varies=one.id in ids[:varies]) for one in site.findings
    ]
    made = msgspec.structs.replace(site, score=score, findings=tuple(findings))
    report = msgspec.structs.replace(REPORT, sites=(made,))
    result = judge(report, terms_of("new:veto"), NOTHING, 0)

    assert fails == sum(one.veto == "V9" for one in result.failures)


def test_a_severity_fails_with_all_heavier_ones() -> None:
    counts = [len(judge(REPORT, terms_of(f"new:{one}"), NOTHING, 0).failures) for one in Severity]

    assert counts == sorted(counts)
    assert counts[0] < counts[-1]


def test_a_finding_fails_once_under_several_terms() -> None:
    once = judge(REPORT, terms_of("new:major"), NOTHING, 0).failures
    twice = judge(REPORT, terms_of("new:major,any:major,new:veto"), NOTHING, 0).failures

    assert len(once) == len(twice)


def test_points_lost_fail_from_the_limit_on() -> None:
    site = next(site for site in REPORT.sites if site.score.points is not None)
    known = Known(FAILED, VETOES, {site.id: Decimal(5)})

    assert judge(REPORT, terms_of("score-drop:5"), known, 0).failures
    assert not judge(REPORT, terms_of("score-drop:5.01"), known, 0).failures


def test_a_site_whose_points_were_not_compared_lost_none() -> None:
    known = Known(FAILED, VETOES, {})

    assert judge(REPORT, terms_of("score-drop:0.01"), known, 0).failures == ()


def test_nothing_to_compare_with_is_trouble_but_not_for_any() -> None:
    new = judge(REPORT, terms_of("new:veto"), None, 0)
    every = judge(REPORT, terms_of("any:veto"), None, 0)

    assert Trouble.NOTHING_TO_COMPARE in {one.trouble for one in new.problems}
    assert new.failures == ()
    assert Trouble.NOTHING_TO_COMPARE not in {one.trouble for one in every.problems}


def test_a_run_that_is_incomplete_suspect_or_thin_is_trouble() -> None:
    troubles = {one.trouble for one in judge(REPORT, (), EVERYTHING, 0.99).problems}

    assert {Trouble.INCOMPLETE, Trouble.SUSPECT, Trouble.COVERAGE} <= troubles


def test_a_site_that_lost_its_whole_score_to_a_veto_fails_a_limit_of_points() -> None:
    site = REPORT.sites[0]
    row = VetoRow("V9", "", 1, 1, ("0123456789abcdef",))
    score = msgspec.structs.replace(
        site.score, points=None, vetoes=("V9",), veto_counts=(row,), steady_points=None
    )
    report = msgspec.structs.replace(
        REPORT, sites=(msgspec.structs.replace(site, score=score, findings=()),)
    )
    known = Known((), {}, {site.id: Decimal(0)})
    result = judge(report, terms_of("score-drop:5"), known, 0)

    assert ["V9"] == [one.veto for one in result.failures]


def test_a_renewed_baseline_keeps_what_nobody_saw_fixed_and_drops_the_rest() -> None:
    first = renewed(REPORT, None, ())
    entry = next(iter(first.findings.values()))
    before = msgspec.structs.replace(
        first, findings={"a" * 16: entry, "b" * 16: entry, **first.findings}
    )
    again = renewed(REPORT, before, {"a" * 16})

    assert set(again.findings) == FAILED | WAIVED | {"a" * 16}
    assert msgspec.json.decode(msgspec.json.encode(again), type=Baseline) == again


@pytest.mark.parametrize(("known", "fails"), [(2, 0), (1, 1), (0, 1)])
def test_a_veto_that_old_findings_reach_is_no_regression_though_the_earlier_run_missed_it(
    known: int, fails: int
) -> None:
    site = next(site for site in REPORT.sites if site.findings)
    ids = [one.id for one in site.findings][:2]
    row = VetoRow("V9", "", 2, 2, tuple(ids))
    score = msgspec.structs.replace(
        site.score, vetoes=("V9",), veto_counts=(row,), steady_points=None
    )
    report = msgspec.structs.replace(REPORT, sites=(msgspec.structs.replace(site, score=score),))
    before = Known(ids[:known], {}, {site.id: Decimal(0)})

    for term in ("new:veto", "score-drop:1"):
        failures = judge(report, terms_of(term), before, 0).failures
        assert fails == sum(one.veto == "V9" for one in failures)


@pytest.mark.parametrize("why", ["some sites", "incomplete", "suspect"])
def test_a_baseline_renewed_by_a_run_that_measured_less_keeps_vetoes_and_points(why: str) -> None:
    site = REPORT.sites[0]
    first = msgspec.structs.replace(
        renewed(REPORT, None, ()),
        vetoes={site.id: ["V9"], "other": ["V2"]},
        points={site.id: 80.0, "other": 70.0},
    )
    run = {
        "some sites": REPORT.run,
        "incomplete": msgspec.structs.replace(REPORT.run, status="incomplete"),
        "suspect": msgspec.structs.replace(REPORT.run, suspect=("thin",)),
    }[why]
    less = msgspec.structs.replace(REPORT, run=run, sites=(site,))
    again = renewed(less, first, (), whole=why != "some sites")

    assert set(again.vetoes[site.id]) == {"V9", *site.score.vetoes}
    assert again.vetoes["other"] == ["V2"]
    assert again.points == {site.id: 80.0, "other": 70.0}


def test_a_baseline_renewed_by_a_whole_run_says_what_is_true_now() -> None:
    run = msgspec.structs.replace(REPORT.run, status="complete", suspect=())
    report = msgspec.structs.replace(REPORT, run=run)
    first = renewed(report, None, ())
    site = report.sites[0].id
    older = msgspec.structs.replace(
        first, vetoes={site: ["V9"]}, points={one.id: 12.5 for one in report.sites}
    )

    assert renewed(report, older, ()) == first
