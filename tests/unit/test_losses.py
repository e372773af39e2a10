"""Points that a site lost: what was looked at in both runs got worse, and nothing else counts."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal

import pytest

from audit.api import conclude, fault, finding_id, ok, unknown
from audit.cli.parts import all_checks
from audit.config import restore
from audit.model import FindingStatus, Reason, Subject, SubjectKind, Verdict
from audit.pipeline.compose import Wording, compose
from audit.pipeline.judged import Judged, JudgedSite
from audit.pipeline.losses import lost_against, lost_since
from audit.pipeline.sides import Side
from audit.report import RunStamp
from audit.rulebooks import load
from audit.scoring import Charge
from audit.store import RunRow
from tests.snapshots import HOME, read
from tests.stored import SITE, config

DAY = dt.date(2020, 6, 24)
DEAD, MARK, UNIT = "dead-link", "missing-identity-mark", "missing-consult-channel"
STEADY = frozenset(all_checks()) - {"search-miss"}
RULES, TEXT = load("yunnan-2020")
CARD = read({"/": "<title>示例</title>"}).card


def link(name: str) -> Subject:
    labels = {"region": "body", "level": "lower", "side": "inside"}
    return Subject(SubjectKind.LINK, f"/{name}.html", f"{HOME}{name}.html", name, labels=labels)


def dead(name: str) -> Verdict:
    return fault(link(name), "missing", evidence=(), pages=1, said="404", looks=2, held="")


def alive(*names: str) -> tuple[Verdict, ...]:
    return tuple(ok(link(name)) for name in names)


def unseen(*names: str) -> tuple[Verdict, ...]:
    return tuple(unknown(link(name), Reason.TIMEOUT) for name in names)


def side(**verdicts: Iterable[Verdict]) -> Side:
    """A run of one site: the verdicts of its checks, by names with low lines."""
    outcomes = tuple(
        conclude(
            check.replace("_", "-"), SITE, said,
            when_empty="not_assessed", unseen=None, unknown_share=0.9,
        )
        for check, said in verdicts.items()
    )  # fmt: skip
    site = JudgedSite(CARD, True, None, 1, 1, {}, (), (), (), None, None, outcomes)
    judged = Judged(DAY, (site,), (), {}, {}, {}, TEXT)
    stamp = RunStamp("1", "2020-06-24T10:00:00+08:00", "", DAY, "run", "complete", (), "")
    report = compose(judged, stamp, Wording(all_checks(), RULES, restore(config()), "zh"))
    row = RunRow(
        "1", stamp.started, "", DAY, "run", "complete", (SITE,),
        partial=False, quick=False, config=config(), config_sha256="", rulebook=TEXT, reader="",
    )  # fmt: skip
    return Side(row, judged, report)


def drop(old: Side, new: Side) -> Decimal:
    """What the site lost when all that is new was brought by it, and all that passes was fixed."""
    before = set(old.findings)
    known = before & set(new.findings)
    fixed = (before - known) & new.judged.passed()
    return lost_since(old, new, known, fixed, STEADY)[SITE]


def points(side: Side) -> float:
    found = side.report.sites[0].score.points
    assert found is not None
    return found


def mark(name: str) -> Subject:
    return Subject(SubjectKind.SITE, "/", HOME, "", name, {"mark": name})


MARKS = tuple(ok(mark(name)) for name in ("sponsor", "contact"))
DARK = (unknown(mark("sponsor"), Reason.NEEDS_BROWSER),)
OLD = side(dead_link=[dead("a"), *alive("b", "c")], missing_identity_mark=MARKS)


def test_what_could_not_be_looked_at_lowers_the_score_and_loses_no_point() -> None:
    new = side(dead_link=[dead("a"), *alive("b", "c")], missing_identity_mark=DARK)

    assert points(new) < points(OLD)
    assert drop(OLD, new) == 0


def test_what_got_worse_is_lost_though_less_was_looked_at() -> None:
    new = side(dead_link=[dead("a"), dead("b"), *alive("c")], missing_identity_mark=DARK)
    same = side(dead_link=[dead("a"), dead("b"), *alive("c")], missing_identity_mark=MARKS)

    assert 0 < drop(OLD, new) == drop(OLD, same)
    assert float(drop(OLD, same)) == pytest.approx(points(OLD) - points(same), abs=0.01)


def test_a_fault_that_was_not_seen_again_pays_for_no_other_one() -> None:
    new = side(dead_link=[*unseen("a"), dead("b"), *alive("c")], missing_identity_mark=MARKS)

    assert drop(OLD, new) > 0


def test_a_fault_that_was_fixed_pays_for_another_one() -> None:
    new = side(dead_link=[*alive("a", "c"), dead("b")], missing_identity_mark=MARKS)

    assert drop(OLD, new) == 0


def test_nothing_is_lost_where_the_site_got_better() -> None:
    new = side(dead_link=alive("a", "b", "c"), missing_identity_mark=MARKS)

    assert drop(OLD, new) == 0


def test_what_is_known_by_its_price_alone_is_paid_for_in_the_same_way() -> None:
    new = side(dead_link=[*alive("a", "c"), dead("b")], missing_identity_mark=MARKS)
    one = next(iter(OLD.findings.values()))
    gone: Mapping[str, list[Charge]] = {
        SITE: [Charge(one.id, one.check, one.labels, FindingStatus.FAIL)]
    }

    assert lost_against(new, (), gone, STEADY)[SITE] == 0
    assert lost_against(new, (), {SITE: []}, STEADY)[SITE] > 0
    assert lost_against(new, (), {}, STEADY) == {}


def test_checks_that_vary_cost_nothing() -> None:
    search = Subject(SubjectKind.SEARCH, "/", HOME, "")
    missed = fault(search, "missed", evidence=(), query="公路", rows=10, title="公路养护")
    new = side(
        dead_link=[dead("a"), *alive("b", "c")], missing_identity_mark=MARKS, search_miss=[missed]
    )

    assert finding_id("search-miss", SITE, search) in new.findings
    assert drop(OLD, new) == 0
