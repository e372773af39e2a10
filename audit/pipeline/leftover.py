"""What was open before a run, and what the run neither found nor saw pass."""

from collections.abc import Collection, Iterable, Iterator

import msgspec

from audit.model import OutcomeStatus, Verdict
from audit.pipeline.judge import findings_of
from audit.pipeline.judged import Judged
from audit.store import OpenFinding, RunRow, Store


def left_over(
    judged: Judged, store: Store, run: RunRow, varying: Collection[str]
) -> Iterator[OpenFinding]:
    """What was open before this run, was neither found nor passed, and whose check could judge."""
    before = run_before(store.runs(), run)
    if before is None:
        return
    known = {finding for _, _, _, finding in findings_of(judged)} | judged.passed()
    assessed = {
        (site.card.id, outcome.check)
        for site in judged.sites
        for outcome in site.outcomes
        if outcome.status is not OutcomeStatus.NOT_ASSESSED
    }
    for one in store.open_at(before.id, varying):
        if one.id not in known and (one.site, one.check) in assessed:
            yield one


def run_before(runs: Iterable[RunRow], run: RunRow) -> RunRow | None:
    """The run that ended last before this one, whatever came of it."""
    behind = False
    for one in runs:
        if behind and one.status != "running":
            return one
        behind = behind or one.id == run.id
    return None


def last_verdicts(
    left: Iterable[OpenFinding], store: Store
) -> Iterator[tuple[OpenFinding, RunRow, Verdict]]:
    """Each finding with the last run that had it, as that run judged it."""
    by_run: dict[str, dict[str, OpenFinding]] = {}
    for one in left:
        by_run.setdefault(one.last, {})[one.id] = one
    for last, wanted in by_run.items():
        before = store.run(last)
        past = msgspec.msgpack.decode(store.judged(last), type=Judged)
        for _, _, verdict, finding in findings_of(past):
            if finding in wanted:
                yield wanted[finding], before, verdict
