"""Runs: what each was started with, how it ended, what it judged."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from audit.errors import RunNotFoundError, StorageError, did_you_mean
from audit.store.database import Database
from audit.store.packing import Packer
from audit.store.schema import judgements, runs, site_runs

LAST = "last"
NAMED = 8  # known runs that a message lists
ALIKE = 0.7  # ids begin with their day: more of them must agree
TRIES = 20  # for a number of the day that another process took first


class RunRow(msgspec.Struct, frozen=True):
    """One run, with everything that decides its result."""

    id: str  # 2026-11-25-1: the day it was started, and its number of that day
    started: str  # ISO 8601 with zone
    finished: str  # the same; empty while it runs
    as_of: dt.date
    mode: str  # run, demo
    status: str  # running, complete, incomplete
    sites: tuple[str, ...]
    partial: bool  # not every site of the config
    quick: bool
    config: str  # canonical JSON
    config_sha256: str
    rulebook: str  # TOML
    reader: str  # READER key of its page records
    options: str = "{}"  # JSON
    suspect: tuple[str, ...] = ()


def add_run(database: Database, row: RunRow) -> RunRow:
    """Store a new run under the next number of its day; `row.id` is that day."""
    for _ in range(TRIES):
        with database.writing() as connection:
            wanted = f"{row.id}-{_next_number(connection, row.id)}"
            numbered = msgspec.structs.replace(row, id=wanted)
            new = database.insert_new(runs).values(_columns(numbered)).returning(runs.c.id)
            if connection.execute(new).first() is not None:
                return numbered
    raise StorageError(f"{database.place}：无法为 {row.id} 的运行编号。")


def find_run(database: Database, wanted: str) -> tuple[int, RunRow]:
    """A run's place in the order of runs, and its row; `last` is the newest."""
    with database.reading() as connection:
        query = sa.select(runs)
        if wanted == LAST:
            query = query.order_by(runs.c.seq.desc()).limit(1)
        else:
            query = query.where(runs.c.id == wanted)
        found = connection.execute(query).mappings().first()
        if found is not None:
            return found["seq"], _run(found)
        newest = sa.select(runs.c.id).order_by(runs.c.seq.desc())
        known = connection.execute(newest).scalars().all()
    raise RunNotFoundError(_not_found(wanted, known))


def all_runs(database: Database) -> tuple[RunRow, ...]:
    """Every run, the newest first."""
    return tuple(run for _, run in numbered_runs(database))


def numbered_runs(database: Database) -> tuple[tuple[int, RunRow], ...]:
    """Every run with its place in the order of runs, the newest first."""
    with database.reading() as connection:
        found = connection.execute(sa.select(runs).order_by(runs.c.seq.desc())).mappings().all()
    return tuple((row["seq"], _run(row)) for row in found)


def close_run(
    connection: sa.Connection,
    seq: int,
    *,
    finished: str,
    status: str,
    suspect: tuple[str, ...],
    judged: bytes,
) -> None:
    """Write how a run ended and what it judged, in the caller's transaction."""
    connection.execute(
        sa.update(runs)
        .where(runs.c.seq == seq)
        .values(finished=finished, status=status, suspect=_json(suspect))
    )
    connection.execute(sa.delete(judgements).where(judgements.c.run == seq))
    connection.execute(sa.insert(judgements).values(run=seq, judged=Packer().blob(judged)))


def judged_of(database: Database, wanted: str) -> bytes:
    """What a finished run judged."""
    seq, row = find_run(database, wanted)
    query = sa.select(judgements.c.judged).where(judgements.c.run == seq)
    with database.reading() as connection:
        packed = connection.scalar(query)
    if packed is None:
        raise StorageError(f"运行 {row.id} 还没有评判结果。请先用 --resume {row.id} 完成它。")
    return Packer().as_blob(packed)


def note_reader(connection: sa.Connection, seq: int, site_run: int, reader: str) -> None:
    """The page records of a site are this reader's now; the run's, when that holds for all its sites."""
    connection.execute(sa.update(site_runs).where(site_runs.c.id == site_run).values(reader=reader))
    others = sa.select(sa.func.count()).where(site_runs.c.run == seq, site_runs.c.reader != reader)
    if connection.scalar(others) == 0:
        connection.execute(sa.update(runs).where(runs.c.seq == seq).values(reader=reader))


def _next_number(connection: sa.Connection, day: str) -> int:
    taken = connection.execute(
        sa.select(runs.c.id).where(runs.c.id.startswith(f"{day}-"))
    ).scalars()
    return 1 + max((int(one.rpartition("-")[2]) for one in taken), default=0)


def _columns(row: RunRow) -> dict[str, object]:
    values: dict[str, object] = msgspec.structs.asdict(row)
    values.update(as_of=row.as_of.isoformat(), sites=_json(row.sites), suspect=_json(row.suspect))
    return values


def _run(found: Any) -> RunRow:
    values = {name: value for name, value in found.items() if name != "seq"}
    values["as_of"] = dt.date.fromisoformat(values["as_of"])
    values["sites"] = msgspec.json.decode(values["sites"], type=tuple[str, ...])
    values["suspect"] = msgspec.json.decode(values["suspect"], type=tuple[str, ...])
    return RunRow(**values)


def _json(words: Iterable[str]) -> str:
    return msgspec.json.encode(tuple(words)).decode()


def _not_found(wanted: str, known: Sequence[str]) -> str:
    if not known:
        return f"没有运行 {wanted}：存储里还没有任何运行。"
    hint = did_you_mean(wanted, known, ALIKE) or "。"
    listed = "、".join(known[:NAMED]) + ("……" if len(known) > NAMED else "")
    return f"没有运行 {wanted}{hint}已有的运行：{listed}（或 {LAST}）。"
