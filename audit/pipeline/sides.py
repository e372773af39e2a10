"""A stored run put into words, to be compared with another one."""

from collections.abc import Mapping

import msgspec

from audit.api import AnyCheck
from audit.config import restore
from audit.model import Outcome
from audit.pipeline.compose import Wording, compose
from audit.pipeline.judge import failed_checks
from audit.pipeline.judged import Judged, JudgedSite
from audit.report import Finding, Report, RunStamp
from audit.rulebooks import parse
from audit.store import RunRow, Store


class Side(msgspec.Struct, frozen=True):
    """One of two runs that are compared: its report, and the fingerprints of what it saw pass."""

    run: RunRow
    judged: Judged
    report: Report

    @property
    def findings(self) -> Mapping[str, Finding]:
        """Every finding by id."""
        return {one.id: one for site in self.report.sites for one in site.findings}


def side_of(
    store: Store,
    run: RunRow,
    checks: Mapping[str, AnyCheck],
    language: str,
) -> Side:
    """A stored run as it was judged, put into words."""
    judged = _known(msgspec.msgpack.decode(store.judged(run.id), type=Judged), checks)
    rules = parse(judged.rulebook, f"运行 {run.id} 的规则集")
    wording = Wording(checks, rules, restore(run.config), language)
    return Side(run, judged, compose(judged, stamp_of(run, judged, run.mode), wording))


def stamp_of(run: RunRow, judged: Judged, mode: str) -> RunStamp:
    """What a report says of its run."""
    return RunStamp(
        run.id,
        run.started,
        run.finished,
        judged.as_of,
        mode,
        run.status,
        (*run.suspect, *failed_checks(judged)),
        run.config_sha256,
    )


def _known(judged: Judged, checks: Mapping[str, AnyCheck]) -> Judged:
    """Without what only an older version of the program could say."""

    def kept(outcomes: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
        return tuple(
            msgspec.structs.replace(
                outcome,
                verdicts=tuple(
                    verdict
                    for verdict in outcome.verdicts
                    if verdict.code in checks[outcome.check].texts.messages
                ),
            )
            for outcome in outcomes
            if outcome.check in checks
        )

    def cleaned(site: JudgedSite) -> JudgedSite:
        return msgspec.structs.replace(site, outcomes=kept(site.outcomes))

    return msgspec.structs.replace(
        judged,
        sites=tuple(cleaned(site) for site in judged.sites),
        estate=kept(judged.estate),
        estate_by_site={site: kept(found) for site, found in judged.estate_by_site.items()},
    )
