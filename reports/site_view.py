"""What sites/<id>.html shows, prepared for the template. Long lists are capped, and say so."""

from collections.abc import Callable, Iterable

import msgspec

from audit.model import OutcomeStatus, SubjectKind
from audit.report import ColumnRow, Finding, Material, OutcomeRow, ScoreItem, SiteReport
from reports.columns import Shelf, column_name
from reports.counting import Counts, counts_of
from reports.overview import FactLine, check_title, fact_lines, unit_name
from reports.speech import Speech
from reports.untrusted import shown

PER_CHECK = 200  # findings of one check shown in full
PER_TABLE = 500  # rows of one table
PER_LINE = 30  # links to findings in one cell

Place = tuple[str, str]
"""Name and address of what findings are filed under."""


class Some(msgspec.Struct, frozen=True):
    """Ids of findings in one cell: the first ones, and how many more there are."""

    ids: tuple[str, ...]
    rest: int


class CheckGroup(msgspec.Struct, frozen=True):
    """The findings of one check: those shown, and how many are not."""

    id: str
    title: str
    verified: bool
    counts: Counts
    findings: tuple[Finding, ...]
    rest: int


class Heap(msgspec.Struct, frozen=True):
    """Findings under one column or one office."""

    name: str
    url: str
    counts: Counts
    some: Some


class ItemLine(msgspec.Struct, frozen=True):
    """A scored item with its name."""

    item: ScoreItem
    name: str
    group: str
    verified: bool
    checks: tuple[str, ...]  # titles
    some: Some


class OutcomeLine(msgspec.Struct, frozen=True):
    """A check's conclusion with its title."""

    outcome: OutcomeRow
    title: str


class SiteView(msgspec.Struct, frozen=True):
    """One site."""

    unit: str
    counts: Counts
    vetoes: tuple[str, ...]
    items: tuple[ItemLine, ...]
    facts: tuple[FactLine, ...]
    groups: tuple[CheckGroup, ...]
    by_column: tuple[Heap, ...]
    by_office: tuple[Heap, ...]
    outcomes: dict[OutcomeStatus, tuple[OutcomeLine, ...]]
    shown: frozenset[str]  # ids of the findings that the page holds
    of_column: dict[str, Some]  # findings by column id
    titles: dict[str, str]  # of the checks, by the id of a finding about a pair
    duties: dict[OutcomeStatus, int]  # how many have which result; empty where items are scored


def site_view(site: SiteReport, material: Material, speech: Speech) -> SiteView:
    """Arrange one site for its page."""
    groups = _groups(site.findings, material)
    shelf = Shelf.of(site, speech)
    held = {finding.id: shelf.column_for(finding) for finding in site.findings}
    of_column: dict[str, list[str]] = {}
    for finding_id, column in held.items():
        if column is not None:
            of_column.setdefault(column.id, []).append(finding_id)
    elsewhere = (speech.say("（不属于某一栏目）", "(no single column)"), "")
    return SiteView(
        unit=unit_name(site, material),
        counts=counts_of(site.findings),
        vetoes=tuple(item_name(veto, material) for veto in site.score.vetoes),
        items=tuple(_item(item, material) for item in site.score.items),
        facts=tuple(fact_lines(site, material)),
        groups=groups,
        by_column=_heaps(
            site.findings,
            lambda f: _place(f, held[f.id]) or elsewhere,
        ),
        by_office=_heaps(site.findings, lambda f: (f.office, "")),
        outcomes={
            status: tuple(
                OutcomeLine(outcome, _check_name(outcome, material))
                for outcome in site.outcomes
                if outcome.status is status
            )
            for status in OutcomeStatus
        },
        shown=frozenset(finding.id for group in groups for finding in group.findings),
        of_column={column: some(ids) for column, ids in of_column.items()},
        titles=_titles(site, material),
        duties=_duties(site),
    )


def _duties(site: SiteReport) -> dict[OutcomeStatus, int]:
    results = [item.result for item in site.score.items if item.result is not None]
    return {status: results.count(status) for status in OutcomeStatus} if results else {}


def _titles(site: SiteReport, material: Material) -> dict[str, str]:
    wanted = {one for pair in site.pairs for one in pair.findings}
    return {f.id: check_title(f.check, material) for f in site.findings if f.id in wanted}


def some(ids: Iterable[str]) -> Some:
    """The first ids, and the number of the rest."""
    every = tuple(ids)
    return Some(every[:PER_LINE], max(0, len(every) - PER_LINE))


def item_name(item: str, material: Material) -> str:
    """The name of a rulebook item for people."""
    card = material.items.get(item)
    return card.name if card else item


def _check_name(outcome: OutcomeRow, material: Material) -> str:
    """A title describes the state: as it should be when passed, the fault otherwise."""
    card = material.checks.get(outcome.check)
    if card is None:
        return outcome.check
    failed = outcome.status in {OutcomeStatus.FAIL, OutcomeStatus.REVIEW}
    return card.failure_title if failed else card.title


def _groups(findings: tuple[Finding, ...], material: Material) -> tuple[CheckGroup, ...]:
    """Checks in the order of their first, gravest finding."""
    by_check: dict[str, list[Finding]] = {}
    for finding in findings:
        by_check.setdefault(finding.check, []).append(finding)
    return tuple(
        CheckGroup(
            check,
            check_title(check, material),
            material.checks[check].verified if check in material.checks else False,
            counts_of(own),
            tuple(own[:PER_CHECK]),
            max(0, len(own) - PER_CHECK),
        )
        for check, own in by_check.items()
    )


def _heaps(findings: Iterable[Finding], place_of: Callable[[Finding], Place]) -> tuple[Heap, ...]:
    heaps: dict[Place, list[Finding]] = {}
    for finding in findings:
        heaps.setdefault(place_of(finding), []).append(finding)
    made = [
        Heap(shown(name), url, counts_of(own), some(one.id for one in own))
        for (name, url), own in heaps.items()
    ]
    return tuple(sorted(made, key=_weight))


def _place(finding: Finding, column: ColumnRow | None) -> Place | None:
    """The column's row, else the name that a column's finding carries itself."""
    if column is not None:
        return column_name(column), column.url
    return (finding.subject.label, "") if finding.subject.kind is SubjectKind.COLUMN else None


def _weight(heap: Heap) -> tuple[int, int, str, str]:
    return (-heap.counts.confirmed, -heap.counts.review, heap.name, heap.url)


def _item(item: ScoreItem, material: Material) -> ItemLine:
    card = material.items.get(item.id)
    return ItemLine(
        item,
        card.name if card else item.id,
        card.group if card else "",
        card.verified if card else False,
        tuple(
            material.checks[check].title if check in material.checks else check
            for check in item.checks
        ),
        some((*item.findings, *item.leads)),
    )
