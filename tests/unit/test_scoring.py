"""The score: the norm's worked examples by hand, against the reference, and as properties."""

import importlib.util
import os
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import ModuleType

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.api import conclude
from audit.model import (
    FindingStatus,
    OutcomeStatus,
    Reason,
    Severity,
    SiteVerdict,
    Subject,
    SubjectKind,
    Tally,
    Verdict,
    VerdictState,
)
from audit.rulebooks import Entry, Rulebook, load
from audit.scoring import Charge, Measured, Scorecard, reason_text, score

SHARED = Path(os.environ.get("DUWANG_SHARED", Path(__file__).parents[3] / "shared"))
TENTH = Decimal("0.1")
FAIL = FindingStatus.FAIL
BUREAU = {
    "interpretation": 3, "other-columns": 6, "functions": 2, "links": 7, "search": 1,
    "identity": 2, "labels": 1.5, "openness": 1,
}  # fmt: skip
DEPARTMENT = {
    "interpretation": 2, "other-columns": 1, "guide": 4, "links": 1.5, "search": 1, "labels": 0.5,
}  # fmt: skip
TWENTY = {"guide": 10, "accuracy": 5, "forms": 5}
FORTY = {**TWENTY, "interpretation": 10, "links": 5, "search": 5}


KEPT = {
    "blank-column", "broken-interpretation-link", "dead-link", "missing-identity-mark",
    "missing-search", "missing-unit-fact", "stale-column", "stale-home",
    "unlinked-interpretation", "unreachable-site",
}  # fmt: skip


@cache
def yunnan() -> Rulebook:
    """The default rulebook with ten checks."""
    return pinned("yunnan-2020")


def pinned(name: str) -> Rulebook:
    """A rulebook with ten checks: those that it gains later change no figure here."""
    full = load(name)[0]
    items = tuple(
        msgspec.structs.replace(item, entries=tuple(e for e in item.entries if e.check in KEPT))
        for item in full.items
    )
    vetoes = tuple(
        msgspec.structs.replace(
            veto,
            counters=tuple(
                counter
                for counter in veto.counters
                if {one.check for one in counter.findings} <= KEPT
            ),
        )
        for veto in full.vetoes
    )
    checks = {check: settings for check, settings in full.checks_.items() if check in KEPT}
    return msgspec.structs.replace(full, items=items, vetoes=vetoes, checks_=checks)


@cache
def tenths() -> Rulebook:
    """The default scorecard with a check for every item: each finding costs a tenth of a point."""
    items = tuple(
        msgspec.structs.replace(item, entries=(Entry(item.id, Severity.MINOR, TENTH),))
        for item in yunnan().items
    )
    return msgspec.structs.replace(yunnan(), items=items, vetoes=())


def deducted(points: Mapping[str, float]) -> list[Charge]:
    """The findings that cost so many points under `tenths`."""
    return [
        Charge(f"{item} {number}", item, {}, FAIL)
        for item, lost in points.items()
        for number in range(round(lost * 10))
    ]


def seen(rulebook: Rulebook, **tallies: Tally) -> list[Measured]:
    """Every check of the rulebook measured without an unknown subject, but for those given."""
    checks = {check for one in (*rulebook.items, *rulebook.vetoes) for check in one.checks}
    given_ = {name.replace("_", "-"): tally for name, tally in tallies.items()}
    return [
        Measured(check, OutcomeStatus.FAIL, given_.get(check, Tally(ok=1)))
        for check in sorted(checks)
    ]


def scored(points: Mapping[str, float], *, services: bool = True, bonus: int = 0) -> Scorecard:
    """The scorecard of a site on which everything was tested."""
    return score(
        deducted(points), seen(tenths()), tenths(), services=services, bonus=Decimal(bonus)
    )


def columns(check: str, count: int, **labels: str) -> list[Charge]:
    """Faults of so many columns."""
    named = f"{check} {sorted(labels.items())}"
    return [Charge(f"{named} {n}", check, labels, FAIL) for n in range(count)]


def judged(charges: Iterable[Charge], **options: object) -> Scorecard:
    """The scorecard under the default rulebook on which everything was tested."""
    return score(list(charges), seen(yunnan()), yunnan(), **options)  # type: ignore[arg-type]


def lost(card: Scorecard) -> Mapping[str, Decimal]:
    """What each item lost, where it lost anything."""
    return {item.id: item.deducted for item in card.items if item.deducted}


# --- worked examples, by hand ---


def test_example_a_a_bureau_without_services_scores_seventy_two_point_six_seven() -> None:
    card = scored(BUREAU, services=False)

    assert (card.verdict, card.points) == (SiteVerdict.QUALIFIED, Decimal("72.67"))
    assert sum(lost(card).values()) == Decimal("20.5")
    assert (lost(card)["other-columns"], lost(card)["links"]) == (5, 5)
    assert (card.worst_case, card.coverage, card.norm_share) == (Decimal("72.67"), 1.0, 1.0)


def test_example_a_with_its_findings_under_the_default_rulebook() -> None:
    found = [
        Charge("f", "unlinked-interpretation", {"direction": "forward"}, FAIL),
        Charge("b", "unlinked-interpretation", {"direction": "back"}, FAIL),
        *columns("blank-column", 2, **{"class": "other", "level": "lower"}),
        *columns("stale-column", 4, **{"class": "planning", "level": "lower"}),
        Charge("h", "missing-unit-fact", {"fact": "hours"}, FAIL),
        Charge("p", "missing-unit-fact", {"fact": "head"}, FAIL),
        *columns("dead-link", 3, level="home", side="inside"),
        *columns("dead-link", 40, level="lower", side="outside"),
        Charge("c", "missing-identity-mark", {"mark": "correction"}, FAIL),
        Charge("i", "missing-identity-mark", {"mark": "police"}, FAIL),
    ]

    card = judged(found, services=False)

    assert lost(card) == {
        "interpretation": 2, "other-columns": 5, "functions": 2, "links": 5, "identity": 2,
    }  # fmt: skip
    assert card.vetoes == ()
    assert (card.points, card.norm_share) == (Decimal("64.44"), 0.6)  # 29 of 45; 45 of 75


def test_example_b_a_department_with_a_bonus_scores_ninety_nine() -> None:
    card = scored(DEPARTMENT, bonus=9)

    assert (card.verdict, card.points) == (SiteVerdict.QUALIFIED, Decimal("99.00"))
    assert card.bonus == 9


def test_example_c_five_stale_columns_are_a_veto_and_there_is_no_score() -> None:
    card = judged(
        [
            *columns("stale-column", 3, **{"class": "news", "level": "lower"}),
            *columns("stale-column", 2, **{"class": "notice", "level": "first"}),
        ]
    )

    assert (card.verdict, card.reason, card.points) == (SiteVerdict.UNQUALIFIED, "veto", None)
    assert card.vetoes == ("V4",)
    assert (
        reason_text(card, "zh")
        == "单项否决：V4 栏目不更新（动态、要闻和一级通知公告、政策文件栏目不更新5个，达到5个）。"
    )
    assert (
        reason_text(card, "en") == "Vetoed: V4 columns are not updated "
        "(stale news columns and first-level notice and policy columns 5 of 5)."
    )
    assert [(one.veto, one.count, one.at_least, len(one.findings)) for one in card.counts] == [
        ("V4", 5, 5, 5)
    ]


def test_example_d_exactly_eighty_gets_no_bonus() -> None:
    card = scored(TWENTY, bonus=10)

    assert (card.verdict, card.points, card.bonus) == (SiteVerdict.QUALIFIED, Decimal("80.00"), 0)


def test_example_d_exactly_sixty_is_qualified() -> None:
    card = scored(FORTY)

    assert (card.verdict, card.points) == (SiteVerdict.QUALIFIED, Decimal("60.00"))


def test_example_d_fifty_nine_and_a_half_is_unqualified() -> None:
    card = scored({**FORTY, "labels": 0.5})

    assert (card.verdict, card.reason) == (SiteVerdict.UNQUALIFIED, "deductions")
    assert card.points == Decimal("59.50")
    assert reason_text(card, "zh") == "得分59.50，低于60分。"


def test_example_d_four_stale_nine_other_stale_and_four_blank_are_no_veto() -> None:
    below = [
        *columns("stale-column", 4, **{"class": "news", "level": "first"}),
        *columns("stale-column", 9, **{"class": "other", "level": "lower"}),
        *columns("blank-column", 4, **{"class": "other", "level": "lower"}),
    ]

    assert judged(below).vetoes == ()
    for more in (
        columns("stale-column", 1, **{"class": "policy", "level": "first"}),
        columns("stale-column", 1, **{"class": "notice", "level": "lower"}),
        columns("blank-column", 1, **{"class": "news", "level": "first"}),
    ):
        assert judged([*below, *more]).vetoes == ("V4",)


def test_a_stale_home_page_and_an_unreachable_site_are_vetoes_by_themselves() -> None:
    card = judged([Charge("1", "stale-home", {}, FAIL), Charge("2", "unreachable-site", {}, FAIL)])

    assert card.vetoes == ("V2", "V3")
    assert card.points is None


# --- against the reference ---


@cache
def reference() -> ModuleType:
    """The reference scorer, or a loud skip."""
    path = SHARED / "reference" / "score_ref.py"
    spec = importlib.util.spec_from_file_location("score_ref", path) if path.exists() else None
    if spec is None or spec.loader is None:
        pytest.skip(f"NOT COMPARED with the reference scorer: {path} is missing (DUWANG_SHARED)")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_default_scorecard_is_that_of_the_reference() -> None:
    expected = {item: most for group in reference().MAX.values() for item, most in group.items()}

    assert expected == {item.id: item.max for item in yunnan().items}
    groups = {group: set(items) for group, items in reference().MAX.items()}
    for group, items in groups.items():
        assert items == {item.id for item in yunnan().items if item.group == group}


@pytest.mark.parametrize(
    ("points", "services", "bonus"),
    [
        (BUREAU, False, 0),
        (DEPARTMENT, True, 9),
        (TWENTY, True, 10),
        (FORTY, True, 0),
        ({**FORTY, "labels": 0.5}, True, 0),
        ({}, True, 40),
    ],
)
def test_the_worked_examples_agree_with_the_reference(
    points: Mapping[str, float], *, services: bool, bonus: int
) -> None:
    agrees(points, services=services, bonus=bonus)


@given(
    points=st.dictionaries(
        st.sampled_from([item.id for item in yunnan().items]),
        st.integers(0, 120).map(lambda tenth: tenth / 10),
    ),
    services=st.booleans(),
    bonus=st.integers(0, 40),
)
def test_any_deductions_agree_with_the_reference(
    points: Mapping[str, float], *, services: bool, bonus: int
) -> None:
    agrees(points, services=services, bonus=bonus)


def agrees(points: Mapping[str, float], *, services: bool, bonus: int) -> None:
    """The same verdict and the same figures, to the cent."""
    skipped = () if services else ("services",)
    expected = reference().score(points, na_groups=skipped, bonus=bonus)
    card = scored(points, services=services, bonus=bonus)
    verdict = "合格" if card.verdict is SiteVerdict.QUALIFIED else "不合格"

    assert (expected["verdict"], expected["score"]) == (verdict, card.points)
    assert expected["deducted"] == lost(card)
    assert expected.get("bonus", 0) == card.bonus


@pytest.mark.parametrize("news", range(7))
@pytest.mark.parametrize("other", [0, 9, 10])
@pytest.mark.parametrize("blank", [0, 4, 5])
def test_the_column_veto_agrees_with_the_reference(news: int, other: int, blank: int) -> None:
    first = min(news, 2)
    card = judged(
        [
            *columns("stale-column", news - first, **{"class": "news", "level": "lower"}),
            *columns("stale-column", first, **{"class": "policy", "level": "first"}),
            *columns("stale-column", other, **{"class": "finance", "level": "first"}),
            *columns("blank-column", blank, **{"class": "topic", "level": "lower"}),
        ]
    )
    expected = reference().column_veto(
        news=news - first, notice_policy=first, other=other, blank=blank
    )

    assert expected == (card.vetoes == ("V4",))


# --- what counts ---


def test_a_lead_and_a_waived_finding_cost_nothing_and_are_no_veto() -> None:
    for status in (FindingStatus.REVIEW, FindingStatus.WAIVED):
        card = judged(
            [
                Charge("1", "missing-search", {}, status),
                Charge("2", "stale-home", {}, status),
            ]
        )

        assert (card.points, card.vetoes) == (Decimal("100.00"), ())


def test_a_lead_that_a_person_confirmed_counts() -> None:
    leads = [Charge("1", "stale-home", {}, FindingStatus.REVIEW)]

    assert judged(leads, confirmed=frozenset({"1"})).vetoes == ("V3",)
    assert judged(leads, confirmed=frozenset({"2"})).vetoes == ()


def test_a_waived_finding_does_not_count_though_it_was_confirmed() -> None:
    found = [Charge("1", "stale-home", {}, FindingStatus.WAIVED)]

    assert judged(found, confirmed=frozenset({"1"})).vetoes == ()


def test_a_veto_that_wants_a_person_counts_confirmed_findings_only() -> None:
    vetoes = tuple(msgspec.structs.replace(veto, confirmed=True) for veto in yunnan().vetoes)
    careful = msgspec.structs.replace(yunnan(), vetoes=vetoes)
    found = [Charge("1", "stale-home", {}, FAIL)]

    assert score(found, seen(careful), careful).vetoes == ()
    assert score(found, seen(careful), careful, confirmed=frozenset({"1"})).vetoes == ("V3",)


def test_a_finding_is_deducted_from_one_item_only() -> None:
    classes = {"news": "news", "policy": "policy-files", "interpretation": "interpretation"}
    for klass in ("news", "policy", "interpretation", "notice", "topic"):
        for check in ("stale-column", "blank-column"):
            card = judged(columns(check, 1, **{"class": klass, "level": "first"}))

            assert [classes.get(klass, "other-columns")] == list(lost(card))


def test_points_of_columns_follow_their_class() -> None:
    expected = {"news": 5, "policy": 4, "interpretation": 2, "notice": 1, "finance": 1}
    for klass, points in expected.items():
        card = judged(columns("stale-column", 1, **{"class": klass, "level": "first"}))

        assert [points] == list(lost(card).values())


def test_a_cap_bounds_what_one_kind_of_finding_costs() -> None:
    card = judged(columns("stale-column", 3, **{"class": "interpretation", "level": "lower"}))

    assert lost(card) == {"interpretation": 2}
    item = next(item for item in card.items if item.id == "interpretation")
    assert len(item.findings) == 3


def test_missing_facts_are_averaged_over_the_units_of_the_site() -> None:
    found = [
        Charge(f"{unit} {fact}", "missing-unit-fact", {"fact": fact}, FAIL, unit)
        for unit, fact in (("a", "hours"), ("a", "head"), ("b", "hours"), ("c", "address"))
    ]

    assert lost(judged(found, units=1)) == {"functions": 4}
    assert lost(judged(found, units=4)) == {"functions": 1}
    assert lost(judged(found, units=3)) == {"functions": Decimal("1.33")}


# --- what was not tested ---


def test_nothing_tested_is_never_a_pass() -> None:
    for rulebook in (yunnan(), pinned("state-council-2019-veto")):
        card = score([], [], rulebook)

        assert (card.verdict, card.points) == (SiteVerdict.INSUFFICIENT, None)
        assert (card.worst_case, card.coverage) == (0, 0.0)
        assert reason_text(card, "zh").startswith("证据不足：没有任何内容得到检测。")


def test_a_passed_outcome_without_a_subject_tests_nothing() -> None:
    measured = [Measured(one.check, OutcomeStatus.PASS, Tally()) for one in seen(yunnan())]

    assert score([], measured, yunnan()).coverage == 0.0


def test_unknown_subjects_shrink_the_tested_weight_and_the_worst_case() -> None:
    tally = Tally(ok=3, unknown={Reason.TIMEOUT: 1})

    card = score([], seen(yunnan(), dead_link=tally), yunnan())

    links = next(item for item in card.items if item.id == "links")
    assert (links.max, links.tested) == (5, Decimal("3.75"))
    assert card.coverage == pytest.approx(43.75 / 45, abs=1e-4)
    assert (card.points, card.worst_case) == (Decimal("100.00"), Decimal("97.22"))


def test_a_check_that_was_not_assessed_tests_nothing_of_its_share_of_an_item() -> None:
    measured = [
        one if one.check != "blank-column"
        else Measured(one.check, OutcomeStatus.NOT_ASSESSED, Tally(unknown={Reason.TIMEOUT: 9}))
        for one in seen(yunnan())
    ]  # fmt: skip

    card = score([], measured, yunnan())

    tested = {item.id: item.tested for item in card.items if item.checks}
    assert (tested["news"], tested["interpretation"]) == (Decimal("2.50"), Decimal("7.50"))


def test_points_lost_for_certain_count_though_little_was_tested() -> None:
    tally = Tally(fault=40, unknown={Reason.TIMEOUT: 360})
    card = score(columns("dead-link", 40, level="lower"), seen(yunnan(), dead_link=tally), yunnan())

    links = next(item for item in card.items if item.id == "links")
    assert (links.tested, links.deducted) == (Decimal("0.50"), 4)
    assert card.points == Decimal("90.91")  # 40 kept of 40 + 4
    assert card.worst_case == Decimal("88.89")  # 40 of 45


def test_below_the_floor_there_is_no_verdict() -> None:
    measured = [one for one in seen(yunnan()) if one.check != "unlinked-interpretation"]
    measured = [one for one in measured if one.check not in {"missing-search", "dead-link"}]

    card = score([], measured, yunnan())

    assert (card.verdict, card.reason) == (SiteVerdict.INSUFFICIENT, "coverage")
    assert card.points == Decimal("100.00")
    assert "低于80.00%" in reason_text(card, "zh")


def test_the_floor_itself_is_enough() -> None:
    measured = [one for one in seen(tenths()) if one.check not in {"guide", "interpretation"}]

    assert score([], measured, tenths()).coverage == 0.8
    assert score([], measured, tenths()).verdict is SiteVerdict.QUALIFIED


def test_a_veto_goes_before_missing_evidence() -> None:
    card = score([Charge("1", "stale-home", {}, FAIL)], [], yunnan())

    assert (card.verdict, card.vetoes) == (SiteVerdict.UNQUALIFIED, ("V3",))


def test_below_the_floor_a_site_fails_only_when_the_rest_cannot_rescue_it() -> None:
    dropped = {"leaders", "key-areas", "catalogue", "openness", "domain", "identity"}  # 24 points
    measured = [one for one in seen(tenths()) if one.check not in dropped]

    hopeless = score(deducted({**FORTY, "labels": 0.1}), measured, tenths())
    open_ = score(deducted(FORTY), measured, tenths())

    assert (hopeless.verdict, hopeless.reason) == (SiteVerdict.UNQUALIFIED, "beyond_rescue")
    assert "40.10" in reason_text(hopeless, "zh")
    assert (open_.verdict, open_.points) == (SiteVerdict.INSUFFICIENT, Decimal("47.37"))


def test_items_without_a_check_make_the_share_of_the_norm() -> None:
    card = judged([])

    assert card.norm_share == 0.45
    assert sum(item.max for item in card.items if item.checks) == 45
    assert {item.tested for item in card.items if not item.checks} == {0}


def test_a_check_that_does_not_apply_takes_its_item_out_of_the_weight() -> None:
    away = {"missing-unit-fact", "blank-column"}
    measured = [
        Measured(one.check, OutcomeStatus.NOT_APPLICABLE, Tally()) if one.check in away else one
        for one in seen(yunnan())
    ]

    card = score([], measured, yunnan())

    assert "functions" not in {item.id for item in card.items}
    assert (card.points, card.coverage) == (Decimal("100.00"), 1.0)
    assert card.norm_share == pytest.approx(39 / 94, abs=1e-4)


def test_vetoes_that_nothing_tested_are_named() -> None:
    card = judged([])

    assert card.untested == ("V1", "V5", "V6")
    said = reason_text(card, "zh")
    assert said.startswith("没有查实单项否决，得分100.00。未检测的单项否决：V1 ")
    assert "Vetoes not tested: V1 " in reason_text(card, "en")
    assert judged([], services=False).untested == ("V1", "V5")


def test_a_veto_whose_check_was_not_assessed_counts_as_not_tested() -> None:
    measured = [one for one in seen(yunnan()) if one.check != "unreachable-site"]

    assert score([], measured, yunnan()).untested == ("V1", "V2", "V5", "V6")


# --- vetoes alone ---


def test_the_veto_rulebook_scores_nothing_and_tests_three_of_six_vetoes() -> None:
    rulebook = pinned("state-council-2019-veto")

    card = score([], seen(rulebook), rulebook)

    assert (card.verdict, card.reason, card.points) == (SiteVerdict.QUALIFIED, "no_veto", None)
    assert (card.coverage, card.norm_share, card.items) == (1.0, 0.5, ())


def test_the_veto_rulebook_does_not_pass_a_site_whose_visits_are_too_few() -> None:
    rulebook = pinned("state-council-2019-veto")
    measured = [one for one in seen(rulebook) if one.check != "unreachable-site"]

    card = score([], measured, rulebook)

    assert (card.verdict, card.reason) == (SiteVerdict.INSUFFICIENT, "coverage")
    assert card.coverage == pytest.approx(2 / 3, abs=1e-4)


# --- duties alone ---


def duties() -> Rulebook:
    """The rulebook of duties."""
    return load("duty-2020")[0]


def test_duties_are_gone_through_without_points_or_verdict() -> None:
    card = score([], seen(duties()), duties())

    assert (card.verdict, card.reason) == (SiteVerdict.INSUFFICIENT, "unscored")
    assert (card.points, card.worst_case, card.vetoes) == (None, 0, ())
    assert len(card.items) == 42
    assert reason_text(card, "zh").startswith("本规则集只核对任务，不评分，不下合格结论：42项中，")
    assert "of 42, " in reason_text(card, "en")


def test_a_finding_stands_under_every_duty_that_it_breaks() -> None:
    found = [Charge("1", "stale-column", {"class": "news", "level": "first"}, FAIL)]

    card = score(found, seen(duties()), duties())

    assert {item.id for item in card.items if item.findings} == {"D03", "D30"}
    assert {item.deducted for item in card.items} == {0}


def test_a_duty_without_a_check_is_not_tested() -> None:
    card = score([], seen(duties()), duties())

    tested = {item.id: item.tested for item in card.items}
    assert (tested["D38"], tested["D40"]) == (0, 1)
    assert 0 < card.norm_share < 1


# --- properties ---

CHECKS = tuple(sorted(yunnan().checks()))
KINDS = st.fixed_dictionaries(
    {
        "class": st.sampled_from(["news", "policy", "notice", "interpretation", "other"]),
        "level": st.sampled_from(["home", "first", "lower"]),
    }
)
FINDINGS = st.lists(
    st.builds(
        Charge,
        st.uuids().map(str),
        st.sampled_from(CHECKS),
        KINDS,
        st.sampled_from(FindingStatus),
        st.sampled_from(["", "a", "b"]),
    ),
    max_size=25,
)
TALLIES = st.builds(
    Tally,
    ok=st.integers(0, 20),
    fault=st.integers(0, 20),
    review=st.integers(0, 5),
    unknown=st.dictionaries(st.sampled_from(Reason), st.integers(1, 20), max_size=2),
)
OUTCOMES = st.lists(
    st.builds(Measured, st.sampled_from(CHECKS), st.sampled_from(OutcomeStatus), TALLIES),
    max_size=len(CHECKS),
    unique_by=lambda one: one.check,
)


@given(charges=FINDINGS, measured=OUTCOMES, services=st.booleans(), units=st.integers(0, 9))
def test_points_and_shares_stay_in_bounds(
    charges: Sequence[Charge], measured: Sequence[Measured], *, services: bool, units: int
) -> None:
    card = score(charges, measured, yunnan(), services=services, units=units)

    assert card.points is None or 0 <= card.worst_case <= card.points <= 100
    assert 0 <= card.worst_case <= 100
    assert 0 <= card.coverage <= 1
    assert 0 <= card.norm_share <= 1
    for item in card.items:
        assert 0 <= item.tested <= item.max
        assert 0 <= item.deducted <= item.max
    assert reason_text(card, "zh")
    assert reason_text(card, "en")


@given(FINDINGS, OUTCOMES)
def test_a_site_is_qualified_only_on_evidence_and_without_a_veto(
    charges: Sequence[Charge], measured: Sequence[Measured]
) -> None:
    card = score(charges, measured, yunnan())

    if card.verdict is SiteVerdict.QUALIFIED:
        assert card.vetoes == ()
        assert card.coverage >= 0.8
        assert card.points is not None
        assert card.points >= 60
    assert bool(card.vetoes) <= (card.verdict is SiteVerdict.UNQUALIFIED and card.points is None)


@given(FINDINGS, FINDINGS, OUTCOMES)
def test_more_faults_never_raise_the_score(
    charges: Sequence[Charge], more: Sequence[Charge], measured: Sequence[Measured]
) -> None:
    before = score(charges, measured, yunnan())
    after = score([*charges, *more], measured, yunnan())

    assert after.worst_case <= before.worst_case
    assert set(before.vetoes) <= set(after.vetoes)
    if before.points is not None and after.points is not None:
        assert after.points <= before.points
    if before.verdict is SiteVerdict.UNQUALIFIED:
        assert after.verdict is SiteVerdict.UNQUALIFIED


@given(FINDINGS, OUTCOMES, st.sampled_from(CHECKS), st.integers(1, 50))
def test_more_unknown_subjects_never_raise_the_worst_case(
    charges: Sequence[Charge], measured: Sequence[Measured], check: str, count: int
) -> None:
    dimmed = [dim(one, count) if one.check == check else one for one in measured]
    before, after = score(charges, measured, yunnan()), score(charges, dimmed, yunnan())

    assert after.worst_case <= before.worst_case
    assert after.coverage <= before.coverage


def dim(measured: Measured, count: int) -> Measured:
    """The same outcome with more unknown subjects."""
    tally = measured.tally
    unknown = {**tally.unknown, Reason.BUDGET: tally.unknown.get(Reason.BUDGET, 0) + count}
    return msgspec.structs.replace(measured, tally=msgspec.structs.replace(tally, unknown=unknown))


SUBJECTS = st.lists(
    st.tuples(
        st.sampled_from(CHECKS),
        KINDS,
        st.sampled_from([VerdictState.OK, VerdictState.FAULT, VerdictState.UNKNOWN]),
    ),
    min_size=1,
    max_size=40,
)
Judgement = tuple[str, Mapping[str, str], VerdictState]


def card_of(judgements: Sequence[Judgement], *, services: bool = True) -> Scorecard:
    """The scorecard of a site on which each subject was judged so, by way of real outcomes."""
    by_check: dict[str, list[Verdict]] = {}
    charges: list[Charge] = []
    for number, (check, labels, state) in enumerate(judgements):
        subject = Subject(SubjectKind.COLUMN, f"/{number}/", "", "", labels=labels)
        reason = Reason.TIMEOUT if state is VerdictState.UNKNOWN else None
        by_check.setdefault(check, []).append(Verdict(state, subject, reason=reason))
        if state is VerdictState.FAULT:
            charges.append(Charge(str(number), check, labels, FAIL))
    outcomes = [
        conclude(check, "x", own, when_empty="not_assessed", unseen=None, unknown_share=0.2)
        for check, own in sorted(by_check.items())
    ]
    measured = [Measured(o.check, o.status, o.subjects, o.parts) for o in outcomes]
    return score(charges, measured, yunnan(), services=services)


def turned(judgements: Sequence[Judgement], place: int, state: VerdictState) -> list[Judgement]:
    """The same judgements with one of them changed."""
    changed = list(judgements)
    check, labels, _ = changed[place % len(changed)]
    changed[place % len(changed)] = (check, labels, state)
    return changed


@given(judgements=SUBJECTS, place=st.integers(0, 100), services=st.booleans())
def test_a_subject_that_turns_from_good_to_bad_never_raises_points_or_worst_case(
    judgements: Sequence[Judgement], place: int, *, services: bool
) -> None:
    good = card_of(turned(judgements, place, VerdictState.OK), services=services)
    bad = card_of(turned(judgements, place, VerdictState.FAULT), services=services)

    assert bad.worst_case <= good.worst_case
    assert bad.coverage == good.coverage
    assert set(good.vetoes) <= set(bad.vetoes)
    if good.points is not None and bad.points is not None:
        assert bad.points <= good.points


@given(SUBJECTS, st.integers(0, 100), st.sampled_from([VerdictState.OK, VerdictState.FAULT]))
def test_a_subject_that_is_not_seen_any_more_never_raises_the_worst_case_or_the_coverage(
    judgements: Sequence[Judgement], place: int, state: VerdictState
) -> None:
    seen_ = card_of(turned(judgements, place, state))
    lost_sight = card_of(turned(judgements, place, VerdictState.UNKNOWN))

    assert lost_sight.worst_case <= seen_.worst_case
    assert lost_sight.coverage <= seen_.coverage


@given(SUBJECTS, st.sampled_from(CHECKS))
def test_a_check_that_is_not_assessed_at_all_never_raises_the_worst_case_or_the_coverage(
    judgements: Sequence[Judgement], check: str
) -> None:
    before = card_of(judgements)
    after = card_of(
        [(one, kind, VerdictState.UNKNOWN if one == check else s) for one, kind, s in judgements]
    )

    assert after.worst_case <= before.worst_case
    assert after.coverage <= before.coverage


def test_a_fault_that_is_not_seen_any_more_costs_as_much_in_the_worst_case() -> None:
    kinds = {"level": "home", "side": "inside"}
    links: list[Judgement] = [("dead-link", kinds, VerdictState.OK)] * 99
    bad = card_of([*links, ("dead-link", kinds, VerdictState.FAULT)])
    unknown_ = card_of([*links, ("dead-link", kinds, VerdictState.UNKNOWN)])

    assert unknown_.worst_case == bad.worst_case
    assert unknown_.coverage < bad.coverage


def test_an_item_is_not_credited_with_the_subjects_of_others() -> None:
    seen_: list[Judgement] = [
        (check, {"class": "finance", "level": "lower"}, VerdictState.OK)
        for check in ("stale-column", "blank-column")
    ]
    unseen: list[Judgement] = [
        (check, {"class": "news", "level": "lower"}, VerdictState.UNKNOWN) for check, _, _ in seen_
    ]
    tested = {item.id: item.tested for item in card_of([*seen_, *unseen]).items}
    nobody = {item.id: item.tested for item in card_of(seen_).items}

    assert (0, 0, 0) == (tested["news"], nobody["news"], nobody["policy-files"])
    assert tested["other-columns"] == nobody["other-columns"] == 5


def test_an_item_is_tested_as_far_as_its_own_subjects_were_seen() -> None:
    news: Mapping[str, str] = {"class": "news", "level": "lower"}
    halves: list[Judgement] = [
        (check, news, state)
        for check in ("stale-column", "blank-column")
        for state in (VerdictState.OK, VerdictState.UNKNOWN)
    ]
    others: list[Judgement] = [(halves[0][0], {"class": "policy"}, VerdictState.OK)] * 98
    tested = {item.id: item.tested for item in card_of([*halves, *others]).items}

    assert (Decimal("2.5"), Decimal("2.5")) == (tested["news"], tested["policy-files"])


def test_where_labels_are_not_known_all_subjects_of_a_check_count() -> None:
    tally = Tally(ok=3, unknown={Reason.TIMEOUT: 1})
    card = score([], seen(yunnan(), stale_column=tally, blank_column=tally), yunnan())

    assert {item.id: item.tested for item in card.items}["news"] == Decimal("3.75")


@given(FINDINGS, FINDINGS, OUTCOMES)
def test_leads_and_waived_findings_never_change_the_score(
    charges: Sequence[Charge], more: Sequence[Charge], measured: Sequence[Measured]
) -> None:
    idle = [
        msgspec.structs.replace(one, status=FindingStatus.WAIVED)
        if one.status is FAIL else one
        for one in more
    ]  # fmt: skip

    assert score(charges, measured, yunnan()) == score([*charges, *idle], measured, yunnan())


@given(FINDINGS, OUTCOMES, st.randoms())
def test_the_order_of_findings_and_outcomes_does_not_matter(
    charges: list[Charge], measured: list[Measured], random: object
) -> None:
    mixed, turned = list(charges), list(reversed(measured))
    random.shuffle(mixed)  # type: ignore[attr-defined]

    assert score(charges, measured, yunnan()) == score(mixed, turned, yunnan())
