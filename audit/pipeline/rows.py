"""The tables of a site's report: columns, pairs, facts, search, outcomes."""

import datetime as dt
from collections.abc import Iterable, Mapping

import msgspec

from audit.api import is_exempt, is_weak, within
from audit.model import (
    AsOf,
    Column,
    ColumnChange,
    ColumnKind,
    ColumnState,
    Outcome,
    Reason,
    SearchState,
    SubjectKind,
    Verdict,
    VerdictState,
)
from audit.pipeline.judged import Judged, JudgedPair, JudgedSite
from audit.report import (
    ColumnRow,
    FactPlace,
    FactRow,
    InterpretationCard,
    OutcomeRow,
    PairRow,
    PolicyCard,
    SearchRow,
    SubjectCounts,
)
from audit.text import mask, visible


class Limits(msgspec.Struct, frozen=True):
    """The part of a column check's settings that the columns table shows."""

    limits: Mapping[str, str] = {}


def column_rows(site: JudgedSite, judged: Judged, as_of: AsOf) -> tuple[ColumnRow, ...]:
    """Every column with its state; what the checks said decides, not a second opinion."""
    limits = msgspec.json.decode(judged.settings.get("stale-column", "{}"), type=Limits).limits
    said = _said_of_columns(site.outcomes)
    present = {
        column.key: _column_row(column, limits, said.get(column.key, {}), as_of)
        for column in site.columns
    }
    for name in site.new_columns:
        present[name] = msgspec.structs.replace(present[name], change=ColumnChange.NEW)
    for column in site.gone_columns:
        row = present.get(column.key) or _gone_row(column)
        present[column.key] = msgspec.structs.replace(row, change=ColumnChange.VANISHED)
    return tuple(present[name] for name in sorted(present))


def _gone_row(column: Column) -> ColumnRow:
    """A column that the last good run read and this one did not find: nothing is known of it now."""
    return ColumnRow(
        id=column.key,
        name=column.name,
        path=column.path,
        url=column.url,
        class_=column.klass,
        kind=column.kind,
        registered=False,
        items=0,
        newest=None,
        newest_source=None,
        age_days=None,
        limit=None,
        state=ColumnState.NOT_ASSESSED,
        reason=Reason.NOTHING_FOUND,
    )


def _column_row(
    column: Column, limits: Mapping[str, str], said: Mapping[str, Verdict], as_of: AsOf
) -> ColumnRow:
    newest = column.newest
    limit = column.limit or (not column.yearly and limits.get(column.klass.value)) or None
    state, reason = _column_state(column, limit, said, as_of)
    return ColumnRow(
        id=column.key,
        name=column.name,
        path=column.path,
        url=column.url,
        class_=column.klass,
        kind=column.kind,
        registered=column.registered,
        items=column.items,
        newest=newest.day if newest else None,
        newest_source=newest.source if newest else None,
        age_days=(as_of.day - newest.day).days if newest and newest.day else None,
        limit=limit,
        state=state,
        reason=reason,
    )


def _column_state(
    column: Column, limit: str | None, said: Mapping[str, Verdict], as_of: AsOf
) -> tuple[ColumnState, Reason | None]:
    blank, stale = said.get("blank-column"), said.get("stale-column")
    lives = column.kind in {ColumnKind.PERIODIC, ColumnKind.EVENT}
    newest = column.newest
    shown = [one for one in (newest, column.statement) if one and one.day]
    if blank and blank.state is VerdictState.FAULT:
        return ColumnState.BLANK, None
    if stale and stale.state is VerdictState.FAULT:
        return ColumnState.STALE, None
    if column.unavailable:
        return ColumnState.NOT_ASSESSED, column.unavailable
    if is_exempt(column, as_of) or not lives or not limit:
        return ColumnState.EXEMPT, None
    if any(one.day and within(one.day, limit, as_of.day) for one in shown):
        return ColumnState.FRESH, None
    if column.script_fills and not column.items:
        return ColumnState.NOT_ASSESSED, Reason.NEEDS_BROWSER
    if column.items and (newest is None or is_weak(newest) or column.dated < column.items):
        return ColumnState.UNDATED, Reason.NO_DATES
    if column.script_fills:
        return ColumnState.NOT_ASSESSED, Reason.NEEDS_BROWSER
    if stale or blank or column.unread_pages:  # a person must look, or more was not read
        return ColumnState.NOT_ASSESSED, column.unread_reason
    return ColumnState.EXEMPT, None


def _said_of_columns(outcomes: Iterable[Outcome]) -> dict[str, dict[str, Verdict]]:
    said: dict[str, dict[str, Verdict]] = {}
    for outcome in outcomes:
        for verdict in outcome.verdicts:
            if verdict.subject.kind is SubjectKind.COLUMN:
                said.setdefault(verdict.subject.key, {})[outcome.check] = verdict
    return said


def pair_row(judged: JudgedPair) -> PairRow:
    """One line of the pair ledger."""
    pair = judged.pair
    shown = pair.interpretation
    return PairRow(
        PolicyCard(pair.policy.url, pair.policy.title, pair.policy.number, pair.policy.published),
        InterpretationCard(shown.url, shown.title, shown.published) if shown else None,
        pair.forward.state,
        pair.back.state,
        judged.lag,
        pair.state,
    )


def fact_rows(site: JudgedSite) -> tuple[FactRow, ...]:
    """The six facts of every unit that is filed under the site."""
    return tuple(
        FactRow(
            f.unit,
            f.fact,
            f.state,
            mask(visible(f.value)),
            f.url,
            f.reason,
            f.registered,
            tuple(FactPlace(mask(visible(one.value)), one.url) for one in f.values),
        )
        for f in site.facts
    )


def search_row(site: JudgedSite) -> SearchRow:
    """The search: missing is seen without trying; usable only a probe can say."""
    entry = site.search
    if entry is None:
        return SearchRow(
            SearchState.NOT_ASSESSED, site.search_reason or Reason.NOTHING_FOUND, "", ()
        )
    if not entry.present:
        return SearchRow(SearchState.MISSING, None, "", ())
    if entry.dead:
        return SearchRow(SearchState.UNUSABLE, None, entry.entry_url, ())
    return SearchRow(SearchState.NOT_ASSESSED, Reason.NO_BROWSER, entry.entry_url, ())


def outcome_row(outcome: Outcome) -> OutcomeRow:
    """One check's conclusion with its counts."""
    tally = outcome.subjects
    return OutcomeRow(
        outcome.check,
        outcome.status,
        outcome.reason,
        SubjectCounts(
            tally.ok,
            tally.fault,
            tally.review,
            {str(reason): count for reason, count in sorted(tally.unknown.items())},
        ),
    )


def day_after(day: dt.date, days: int | None) -> dt.date | None:
    """The day by which a finding is to be mended."""
    return None if days is None else day + dt.timedelta(days=days)
