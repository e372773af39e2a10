"""The tables of a site's report: columns, pairs, facts, search, outcomes."""

from collections.abc import Iterable, Mapping

import msgspec

from audit.api import is_exempt, is_weak, url_key, within
from audit.model import (
    AsOf,
    Column,
    ColumnChange,
    ColumnKind,
    ColumnState,
    Interpretation,
    Outcome,
    Policy,
    Reason,
    SearchState,
    SubjectKind,
    Verdict,
    VerdictState,
)
from audit.model.search import SearchProbe
from audit.pipeline.judged import Judged, JudgedPair, JudgedSite
from audit.report import (
    ColumnRow,
    FactPlace,
    FactRow,
    Finding,
    InterpretationCard,
    OutcomeRow,
    PairRow,
    PolicyCard,
    ProbeRow,
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


def pair_rows(site: JudgedSite, judged: Judged, findings: Iterable[Finding]) -> tuple[PairRow, ...]:
    """The pair ledger: each pair with the findings about it."""
    about: dict[str, list[str]] = {}
    for finding in findings:
        if finding.subject.kind in {SubjectKind.PAIR, SubjectKind.PAGE}:
            about.setdefault(finding.subject.key, []).append(finding.id)
    settings = judged.settings.get("late-interpretation", "{}")
    limit = msgspec.json.decode(settings, type=Lag).workdays
    return tuple(_pair_row(pair, about, limit) for pair in site.pairs)


class Lag(msgspec.Struct, frozen=True):
    """The part of a pair check's settings that the ledger shows."""

    workdays: int | None = None


def _pair_row(judged: JudgedPair, about: Mapping[str, list[str]], limit: int | None) -> PairRow:
    pair, shown = judged.pair, judged.pair.interpretation
    names = [url_key(pair.policy.url)] if pair.policy.url else []
    if shown is not None:
        names += [url_key(shown.url), *(f"{name} {url_key(shown.url)}" for name in names)]
    return PairRow(
        _policy_card(pair.policy),
        _interpretation_card(shown) if shown else None,
        pair.forward.state,
        pair.back.state,
        judged.lag,
        pair.state,
        reason=pair.reason,
        lag_reason=_lag_reason(judged),
        lag_limit=limit,
        matched_by=pair.matched_by,
        findings=tuple(one for name in names for one in about.get(name, ())),
    )


def _lag_reason(judged: JudgedPair) -> Reason | None:
    shown = judged.pair.interpretation
    if shown is None or judged.lag is not None or not judged.pair.policy.url:
        return None
    dated = shown.published is not None and judged.pair.policy.published is not None
    return Reason.NO_CALENDAR if dated else Reason.NO_DATES


def _policy_card(policy: Policy) -> PolicyCard:
    return PolicyCard(
        url=policy.url,
        title=policy.title,
        number=policy.number,
        published=policy.published,
        published_source=policy.source,
        written=policy.written,
        issuer=policy.issuer,
        disclosure=policy.disclosure,
        validity=policy.validity,
        scope=policy.scope,
        scope_words=policy.scope_words,
        outside=policy.outside,
    )


def _interpretation_card(shown: Interpretation) -> InterpretationCard:
    return InterpretationCard(
        url=shown.url,
        title=shown.title,
        published=shown.published,
        published_source=shown.source,
        renderings=shown.renderings,
        listed=shown.listed,
        outside=shown.outside,
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
    trial = site.trial
    if trial is None or (entry.dead and not trial.probes):
        state = SearchState.UNUSABLE if entry.dead else SearchState.NOT_ASSESSED
        reason = None if entry.dead else Reason.NO_BROWSER
        return SearchRow(state, reason, entry.entry_url, ())
    probes = tuple(_probe_row(probe) for probe in trial.probes)
    if trial.state is SearchState.UNUSABLE and not trial.sure:  # a person decides
        return SearchRow(SearchState.NOT_ASSESSED, Reason.NEEDS_BROWSER, trial.entry_url, probes)
    return SearchRow(trial.state, trial.reason, trial.entry_url or entry.entry_url, probes)


def _probe_row(probe: SearchProbe) -> ProbeRow:
    return ProbeRow(
        mask(visible(probe.query)),
        probe.kind,
        probe.state,
        probe.rank,
        probe.ms,
        probe.url,
        probe.reason,
        str(probe.outcome),
        probe.status,
        probe.rows,
        probe.stated,
        mask(visible(probe.title)),
        probe.via,
        probe.at,
        probe.picture,
    )


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
