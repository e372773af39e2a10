"""Runs every check on every reading and gathers what a report shows. Pure but for the log."""

import logging
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec
from pydantic import ValidationError

from audit.api import (
    AnyCheck,
    Settings,
    Subject,
    Verdict,
    conclude,
    finding_id,
    unknown,
)
from audit.errors import FactUnavailable
from audit.model import (
    AsOf,
    Outcome,
    OutcomeStatus,
    Pair,
    Reason,
    SubjectKind,
    Tally,
    UnitFact,
)
from audit.pipeline.judged import Judged, JudgedPair, JudgedSite, Past
from audit.pipeline.program import program_key
from audit.reading import EstateReading, Reading
from audit.rulebooks import Rulebook
from audit.workdays import CalendarUnknown

log = logging.getLogger("duwang")
T = TypeVar("T")


class Bench(msgspec.Struct, frozen=True):
    """What judging needs beside the readings."""

    checks: Mapping[str, AnyCheck]
    settings: Mapping[str, Mapping[str, object]]  # the config's own `[checks.<id>]`
    rulebook: Rulebook
    rulebook_text: str
    as_of: AsOf
    past: Mapping[str, Past]


def judge(estate: EstateReading, bench: Bench) -> Judged:
    """Judge all sites and the estate."""
    used: dict[str, str] = {}
    checks = [(check, _settings(check, bench, used)) for check in bench.checks.values()]
    facts = _or_empty(lambda: estate.facts)
    sites = tuple(
        _judge_site(
            reading,
            [pair for pair in checks if pair[0].scope == "site"],
            tuple(fact for fact in facts if fact.site == reading.card.id),
            bench,
        )
        for reading in estate.sites
    )
    owners = {fact.unit: fact.site for fact in facts}
    whole: list[Outcome] = []
    unseen = estate_unseen(estate)
    unseen_at = {
        site.card.id: Reason.PARTIAL_RUN if estate.partial else site.unseen for site in estate.sites
    }
    by_site: dict[str, list[Outcome]] = {site.card.id: [] for site in sites}
    for check, settings in checks:
        if check.scope == "estate":
            verdicts, error = _verdicts(check, settings, estate, bench.as_of)
            whole.append(_conclude(check, "", verdicts, error, unseen, bench))
            for site, kept in by_site.items():
                own = [v for v in verdicts if owners.get(v.subject.key, "") == site]
                kept.append(_conclude(check, "", own, error, unseen_at.get(site), bench))
    return Judged(
        bench.as_of.day,
        sites,
        tuple(whole),
        {site: tuple(kept) for site, kept in by_site.items()},
        bench.past,
        used,
        bench.rulebook_text,
        program=program_key(),
    )


def estate_unseen(estate: EstateReading) -> Reason | None:
    """Why something of the registered sites may not have been seen; None: all was."""
    if estate.partial:
        return Reason.PARTIAL_RUN
    return next((site.unseen for site in estate.sites if site.unseen is not None), None)


def _judge_site(
    reading: Reading,
    checks: Sequence[tuple[AnyCheck, Settings | None]],
    facts: tuple[UnitFact, ...],
    bench: Bench,
) -> JudgedSite:
    outcomes: list[Outcome] = []
    for check, settings in checks:
        verdicts, error = _verdicts(check, settings, reading, bench.as_of)
        outcomes.append(_conclude(check, reading.card.id, verdicts, error, reading.unseen, bench))
    search, why, trial = None, None, None
    try:
        search = reading.search
        trial = reading.trial if search.present else None
    except FactUnavailable as unavailable:
        why = Reason(unavailable.reason)
    totals = reading.totals
    return JudgedSite(
        card=reading.card,
        complete=reading.complete,
        unavailable=reading.unavailable,
        fetched=totals.fetched,
        assessed=totals.assessed,
        not_assessed=totals.not_assessed,
        columns=_or_empty(lambda: reading.columns),
        pairs=tuple(
            JudgedPair(pair, _lag(pair, bench.as_of))
            for pair in _or_empty(lambda: (*reading.pairs, *reading.orphans))
        ),
        facts=facts,
        search=search,
        search_reason=why,
        outcomes=tuple(outcomes),
        trial=trial,
        unseen=reading.unseen,
        browserless=reading.browserless,
    )


def _settings(check: AnyCheck, bench: Bench, used: dict[str, str]) -> Settings | None:
    """The rulebook's settings under the config's; None when a required one is missing."""
    merged = {**bench.rulebook.settings_of(check.id), **bench.settings.get(check.id, {})}
    try:
        settings = check.settings.model_validate(merged)
    except ValidationError:
        return None
    used[check.id] = settings.model_dump_json()
    return settings


def _verdicts(
    check: AnyCheck, settings: Settings | None, reading: Reading | EstateReading, as_of: AsOf
) -> tuple[list[Verdict], str]:
    """What the check says; a check that breaks takes none of the others with it."""
    whole = Subject(SubjectKind.SITE, "/", "", "")
    if settings is None:
        return [unknown(whole, Reason.NOT_REGISTERED)], ""
    found: list[Verdict] = []
    try:
        for verdict in _find(check, reading, settings, as_of):
            found.append(verdict)  # noqa: PERF402 - what was said before a failure stands
    except FactUnavailable as unavailable:
        found.append(unknown(whole, Reason(unavailable.reason)))
    except Exception:  # the one place: a broken check must not take the run with it
        log.exception("check %s failed", check.id)
        return [], traceback.format_exc(limit=-1).strip().splitlines()[-1]
    return _by_browser(found, reading), ""


def _by_browser(found: list[Verdict], reading: Reading | EstateReading) -> list[Verdict]:
    """Where there was no browser to ask, that is why what needs one is unknown."""
    if isinstance(reading, EstateReading) or not reading.browserless:
        return found
    return [
        msgspec.structs.replace(verdict, reason=Reason.NO_BROWSER)
        if verdict.reason is Reason.NEEDS_BROWSER
        else verdict
        for verdict in found
    ]


def _find(
    check: AnyCheck, reading: Reading | EstateReading, settings: Settings, as_of: AsOf
) -> Iterator[Verdict]:
    if isinstance(reading, EstateReading) and reading.partial:
        yield unknown(Subject(SubjectKind.SITE, "/", "", ""), Reason.PARTIAL_RUN)
        return
    yield from check.find(reading, settings, as_of)


def _conclude(
    check: AnyCheck,
    site: str,
    verdicts: Iterable[Verdict],
    error: str,
    unseen: Reason | None,
    bench: Bench,
) -> Outcome:
    if error:
        return Outcome(
            check.id,
            site,
            OutcomeStatus.NOT_ASSESSED,
            Reason.CHECK_FAILED,
            Tally(unknown={Reason.CHECK_FAILED: 1}),
            error=error,
        )
    return conclude(
        check.id,
        site,
        verdicts,
        when_empty=check.when_empty,
        unseen=unseen,
        unknown_share=bench.rulebook.judging.unknown_share,
    )


def findings_of(judged: Judged) -> Iterator[tuple[str, str, Verdict, str]]:
    """Every fault and review as (site, check, verdict, finding id), each once."""
    for site in judged.sites:
        for outcome in site.outcomes:
            for verdict in outcome.verdicts:
                owner = site.card.id
                yield (
                    owner,
                    outcome.check,
                    verdict,
                    judged.identity(finding_id(outcome.check, owner, verdict.subject)),
                )
        for outcome in judged.estate_by_site.get(site.card.id, ()):
            for verdict in outcome.verdicts:
                unit = verdict.subject.key
                yield (
                    site.card.id,
                    outcome.check,
                    verdict,
                    judged.identity(finding_id(outcome.check, unit, verdict.subject)),
                )


def failed_checks(judged: Judged) -> tuple[str, ...]:
    """Checks that broke, with the last line of their traceback."""
    broken = {
        f"{outcome.check}: {outcome.error}"
        for outcomes in (judged.estate, *(site.outcomes for site in judged.sites))
        for outcome in outcomes
        if outcome.error
    }
    return tuple(sorted(broken))


def _or_empty(get: Callable[[], tuple[T, ...]]) -> tuple[T, ...]:
    try:
        return get()
    except FactUnavailable:
        return ()


def _lag(pair: Pair, as_of: AsOf) -> int | None:
    shown = pair.interpretation
    if shown is None or shown.published is None or pair.policy.published is None:
        return None
    try:
        return as_of.calendar.between(pair.policy.published, shown.published)
    except CalendarUnknown:
        return None
