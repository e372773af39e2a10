"""What earlier runs said of a finding. Written when a run is finished, and never changed after."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec
import sqlalchemy as sa

from audit.model import FindingState
from audit.store.packing import Packer
from audit.store.schema import findings, passes, runs

AT_ONCE = 500  # ids in one query
FAULT = "fail"  # the status of a finding that was certain; a lead's is `review`
STEADY, VARYING = 1, 2  # passes in a row that prove that a finding is gone


class FindingRow(msgspec.Struct, frozen=True):
    """A finding of a run: its fingerprint, where it is filed, and its standing."""

    id: str
    site: str
    check: str
    status: str  # fail, review, waived


class Seen(msgspec.Struct, frozen=True):
    """What was known of a finding when a run was judged."""

    first_seen: dt.date  # the earliest day that a run which had it was judged for
    state: FindingState


class OpenFinding(msgspec.Struct, frozen=True):
    """A finding that was open at a run, found by it or left over."""

    id: str
    site: str
    check: str
    last: str = ""  # id of the last run that found it


_Passes = Mapping[str, Sequence[tuple[int, frozenset[str]]]]
"""For each check the runs that saw something of it pass, each with what that was."""


class _Trace(msgspec.Struct):
    """Where a finding was met, by place in the order of runs."""

    first_seen: dt.date
    rule: str
    last: int = 0  # the last earlier run that had it; 0: none had


def write_history(
    connection: sa.Connection,
    seq: int,
    found: Iterable[FindingRow],
    passed: Iterable[tuple[str, str]],
) -> None:
    """Keep what a run found and what it saw pass, in the caller's transaction; a second time replaces it."""
    connection.execute(sa.delete(findings).where(findings.c.run == seq))
    connection.execute(sa.delete(passes).where(passes.c.run == seq))
    rows = [
        {"run": seq, "finding": one.id, "site": one.site, "rule": one.check, "status": one.status}
        for one in found
    ]
    if rows:
        connection.execute(sa.insert(findings), rows)
    by_rule: dict[str, set[str]] = {}
    for rule, fingerprint in passed:
        by_rule.setdefault(rule, set()).add(fingerprint)
    packer = Packer()
    packed = [
        {"run": seq, "rule": rule, "packed": packer.blob("\n".join(sorted(prints)).encode())}
        for rule, prints in sorted(by_rule.items())
    ]
    if packed:
        connection.execute(sa.insert(passes), packed)


def past_of(
    connection: sa.Connection, seq: int, ids: Iterable[str], varying: Collection[str]
) -> Mapping[str, Seen]:
    """What is known of the ids at this run; later runs do not count, nor do runs that never ended.

    An id that neither this run nor an earlier one found is left out. `varying`: checks whose
    findings one pass does not prove to be gone.
    """
    traces = _traces(connection, seq, sorted(set(ids)))
    passed = _passed_since(connection, seq, traces)
    return {
        finding: Seen(trace.first_seen, _state(finding, trace, passed, varying))
        for finding, trace in traces.items()
    }


def passes_of(connection: sa.Connection, seq: int, ids: Iterable[str]) -> Mapping[str, int]:
    """How many runs before this one saw each id pass since it was last found."""
    traces = _traces(connection, seq, sorted(set(ids)))
    passed = _passed_since(connection, seq, traces)
    return {finding: _passes(finding, trace, passed) for finding, trace in traces.items()}


def open_at(
    connection: sa.Connection, seq: int, varying: Collection[str]
) -> tuple[OpenFinding, ...]:
    """What was open when a run ended: found by it or by an earlier one, and not seen gone since."""
    place = (findings.c.finding, findings.c.site, findings.c.rule)
    listed = connection.execute(sa.select(runs.c.seq, runs.c.id))
    names: dict[int, str] = {row.seq: row.id for row in listed}
    query = (
        sa.select(*place, sa.func.max(findings.c.run))
        .join(runs, runs.c.seq == findings.c.run)
        .where(findings.c.run <= seq, runs.c.status != "running")
        .group_by(*place)
        .order_by(*place)
    )
    met = [
        (OpenFinding(finding, site, rule, names[last]), _Trace(dt.date.min, rule, last))
        for finding, site, rule, last in connection.execute(query)
    ]
    passed = _passed_since(connection, seq + 1, {one.id: trace for one, trace in met})
    return tuple(
        one for one, trace in met if _state(one.id, trace, passed, varying) is FindingState.OPEN
    )


def faults_of(connection: sa.Connection, seq: int, ids: Iterable[str]) -> frozenset[str]:
    """The ids that this run or an earlier one found as faults, and not only as leads."""
    found: set[str] = set()
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), AT_ONCE):
        query = (
            sa.select(findings.c.finding)
            .join(runs, runs.c.seq == findings.c.run)
            .where(findings.c.finding.in_(wanted[start : start + AT_ONCE]), findings.c.run <= seq)
            .where(findings.c.status == FAULT, runs.c.status != "running")
        )
        found |= {row[0] for row in connection.execute(query)}
    return frozenset(found)


def passed_of(connection: sa.Connection, seq: int, ids: Mapping[str, str]) -> frozenset[str]:
    """The ids that this run or an earlier one saw pass; `ids`: the check of each."""
    packer = Packer()
    query = (
        sa.select(passes.c.rule, passes.c.packed)
        .join(runs, runs.c.seq == passes.c.run)
        .where(passes.c.run <= seq, passes.c.rule.in_(set(ids.values())))
        .where(runs.c.status != "running")
    )
    found: set[str] = set()
    for rule, packed in connection.execute(query):
        prints = frozenset(packer.as_blob(packed).decode().split("\n"))
        found |= {one for one, check in ids.items() if check == rule and one in prints}
    return frozenset(found)


def _state(finding: str, trace: _Trace, passed: _Passes, varying: Collection[str]) -> FindingState:
    """Reopened needs proof that it was gone: not to have been seen proves nothing."""
    if not trace.last:
        return FindingState.NEW
    enough = VARYING if trace.rule in varying else STEADY
    gone = _passes(finding, trace, passed) >= enough
    return FindingState.REOPENED if gone else FindingState.OPEN


def _passes(finding: str, trace: _Trace, passed: _Passes) -> int:
    """The runs since the last one that had it that saw it pass; they are in a row: none had it."""
    since = passed.get(trace.rule, ()) if trace.last else ()
    return sum(run > trace.last and finding in prints for run, prints in since)


def _traces(connection: sa.Connection, seq: int, ids: Sequence[str]) -> dict[str, _Trace]:
    """First and last meeting of every id, up to this run."""
    traces: dict[str, _Trace] = {}
    for start in range(0, len(ids), AT_ONCE):
        query = (
            sa.select(findings.c.finding, findings.c.rule, findings.c.run, runs.c.as_of)
            .join(runs, runs.c.seq == findings.c.run)
            .where(findings.c.finding.in_(ids[start : start + AT_ONCE]), findings.c.run <= seq)
            .where(runs.c.status != "running")
            .order_by(findings.c.run)
        )
        for finding, rule, run, as_of in connection.execute(query):
            day = dt.date.fromisoformat(as_of)
            trace = traces.setdefault(finding, _Trace(day, rule))
            trace.first_seen = min(trace.first_seen, day)  # a later run may be for an earlier day
            if run < seq:
                trace.last = run
    return traces


def _passed_since(
    connection: sa.Connection, seq: int, traces: Mapping[str, _Trace]
) -> dict[str, list[tuple[int, frozenset[str]]]]:
    """For each check the passes of the runs between the last meetings and this run."""
    earlier = [trace for trace in traces.values() if trace.last]
    if not earlier:
        return {}
    packer = Packer()
    query = (
        sa.select(passes.c.run, passes.c.rule, passes.c.packed)
        .join(runs, runs.c.seq == passes.c.run)
        .where(passes.c.run > min(trace.last for trace in earlier), passes.c.run < seq)
        .where(passes.c.rule.in_({trace.rule for trace in earlier}), runs.c.status != "running")
    )
    found: dict[str, list[tuple[int, frozenset[str]]]] = {}
    for run, rule, packed in connection.execute(query):
        prints = frozenset(packer.as_blob(packed).decode().split("\n"))
        found.setdefault(rule, []).append((run, prints))
    return found
