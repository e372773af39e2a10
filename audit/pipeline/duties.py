"""The items of a score as the report shows them; in a rulebook without points, every duty and its result."""

from collections.abc import Mapping, Sequence

from audit.model import FindingStatus, OutcomeStatus
from audit.report import Finding, ScoreItem
from audit.rulebooks import Item, Rulebook
from audit.scoring import ItemScore, Scorecard


def score_items(
    card: Scorecard,
    findings: Sequence[Finding],
    rulebook: Rulebook,
    offices: Mapping[str, str],
) -> tuple[ScoreItem, ...]:
    """Every item that applies; of duties those that do not apply too. `offices`: the config's."""
    scored = {item.id: item for item in card.items}
    if rulebook.scored:
        return tuple(_row(item) for item in card.items)
    leads = [one for one in findings if one.status is FindingStatus.REVIEW]
    return tuple(
        _duty(
            item,
            scored.get(item.id),
            leads,
            offices.get(item.id, "") or rulebook.office_of(item.id),
        )
        for item in rulebook.items
    )


def _row(item: ItemScore) -> ScoreItem:
    return ScoreItem(
        item.id,
        float(item.max),
        round(float(item.tested), 2),
        round(float(item.deducted), 2),
        tuple(item.checks),
        tuple(item.findings),
    )


def _duty(item: Item, score: ItemScore | None, leads: Sequence[Finding], office: str) -> ScoreItem:
    own = tuple(
        one.id for one in leads if any(e.takes(one.check, one.labels) for e in item.entries)
    )
    row = _row(score) if score else ScoreItem(item.id, float(item.max), 0, 0, item.checks, ())
    return ScoreItem(
        row.id, row.max, row.tested, row.deducted, row.checks, row.findings, office,
        tuple(item.means), item.with_, item.limit,
        _result(row, own) if score else OutcomeStatus.NOT_APPLICABLE, own,
    )  # fmt: skip


def _result(row: ScoreItem, leads: tuple[str, ...]) -> OutcomeStatus:
    """What came of a duty that applies: what failed weighs more than what is to be confirmed."""
    if row.findings:
        return OutcomeStatus.FAIL
    if leads:
        return OutcomeStatus.REVIEW
    return OutcomeStatus.PASS if row.tested else OutcomeStatus.NOT_ASSESSED
