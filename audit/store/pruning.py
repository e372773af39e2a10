"""Pruning: the bodies of old runs go; what newer runs or findings need is copied aside first.

Rows stay, so that history, reports and page records of old runs are what they were. The copies lie
in `kept/`; every pruning moves what is still needed of them to a file of its own. Interrupted, it is
begun again: the database names the old places until the copies are on disk.
"""

import shutil
from collections.abc import Collection, Iterator, Sequence
from itertools import count
from pathlib import Path

import msgspec
import sqlalchemy as sa

from audit.errors import StorageError
from audit.model.wire import PICTURED
from audit.store.archive import KEPT, Archive, Place, Volume
from audit.store.database import Database, explained
from audit.store.packing import Packer
from audit.store.runs import RunRow
from audit.store.schema import bodies, fetches, requests, site_runs
from audit.store.schema import runs as runs_table

CHUNK = 500  # rows in memory at a time


class Pruned(msgspec.Struct, frozen=True):
    """What a pruning did."""

    runs: tuple[str, ...] = ()  # whose bodies went
    dropped: int = 0  # bodies
    kept: int = 0  # bodies copied aside
    freed: int = 0  # bytes
    lost: int = 0  # bodies that were to be kept and are no longer in the archive


def prune(
    database: Database,
    archive: Archive,
    runs: Sequence[tuple[int, RunRow]],
    keep: int,
    cited: Collection[str],
) -> Pruned:
    """Drop the bodies of all but the newest `keep` finished runs; `runs` are all, the newest first.

    `cited`: hashes of the bodies that findings cite. Raises StorageError while a run is at work.
    """
    _refuse_work(archive, runs)
    finished = [(seq, run) for seq, run in runs if run.finished]
    old = [run.id for _, run in finished[keep:] if archive.has_run(run.id)]
    if not old:
        return Pruned()
    outdated = {seq for seq, _ in finished[keep:]}
    needed = _needed(database, [seq for seq, _ in runs if seq not in outdated]) | set(cited)
    places = (*old, KEPT)
    before = sum(_size(archive.folder / place) for place in places)
    volume = archive.aside(_name(archive, old[0]), at=runs[0][1].started)
    try:
        volume.resume(0)
        moved, dropped, lost = _copy(database, archive, volume, places, needed)
        volume.sync()
        _move(database, moved, places, volume.name, newest=runs[0][0])
    finally:
        volume.close()
    _remove(archive.folder, places, volume.name)
    freed = before - _size(archive.folder / KEPT)
    return Pruned(tuple(old), dropped, len(moved), freed, lost)


def _refuse_work(archive: Archive, runs: Sequence[tuple[int, RunRow]]) -> None:
    """A run at work may be about to use a body that is there now."""
    for _, run in runs:
        if run.finished or not archive.has_run(run.id):
            continue
        with archive.claim(run.id):  # StorageError: it is at work
            for site in run.sites:  # children of a process that was killed may still write
                if archive.has_volume(run.id, site):
                    archive.volume(run.id, site, at=run.started).close()


def _needed(database: Database, runs: Sequence[int]) -> set[str]:
    """Hashes of what the answers of these runs brought, and of the pictures taken in them."""
    own = (
        site_runs.join(requests, requests.c.site_run == site_runs.c.id)
        .join(fetches, fetches.c.request == requests.c.id)
    )  # fmt: skip
    packer = Packer()
    found: set[str] = set()
    with database.reading() as connection:
        for run in runs:
            of_run = site_runs.c.run == run
            hashes = sa.select(fetches.c.sha256).select_from(own).where(of_run)
            found.update(connection.execute(hashes).scalars())
            facts = sa.select(fetches.c.facts).select_from(own).where(of_run)
            pictured = facts.where(requests.c.purpose.in_(sorted(PICTURED)))
            found.update(packer.as_fetch(one).picture for one in connection.scalars(pictured))
    return found - {""}


def _copy(
    database: Database,
    archive: Archive,
    volume: Volume,
    places: Sequence[str],
    needed: set[str],
) -> tuple[list[dict[str, object]], int, int]:
    """Copy what is needed, byte for byte; the new places by hash, how many bodies go, how many are lost.

    What is lost is forgotten too, so that it is stored when it comes again; who cites it says so.
    """
    moved: list[dict[str, object]] = []
    dropped = lost = 0
    for digest, place in _bodies(database, places):
        if digest not in needed:
            dropped += 1
            continue
        member = archive.member(place)
        if member is None:
            lost += 1
            continue
        start = volume.append_member(member)
        moved.append({"digest": digest, "file": volume.name, "start": start})
    return moved, dropped, lost


def _bodies(database: Database, places: Sequence[str]) -> Iterator[tuple[str, Place]]:
    query = sa.select(bodies).where(in_folders(places)).order_by(bodies.c.file, bodies.c.start)
    with (
        database.reading() as connection,
        connection.execution_options(yield_per=CHUNK).execute(query) as rows,
    ):
        for row in rows:
            yield row.sha256, Place(row.file, row.start, row.length)


def _move(
    database: Database,
    moved: list[dict[str, object]],
    places: Sequence[str],
    name: str,
    *,
    newest: int,
) -> None:
    """One transaction: the copies get their places, all else in the old files is forgotten."""
    update = (
        sa.update(bodies)
        .where(bodies.c.sha256 == sa.bindparam("digest"))
        .values(file=sa.bindparam("file"), start=sa.bindparam("start"))
    )
    with database.writing() as connection:
        if connection.scalar(sa.select(sa.func.max(runs_table.c.seq))) != newest:
            raise StorageError("清理期间开始了新的运行，未作任何改动。请等它结束后再试。")
        if moved:
            connection.execute(update, moved)
        connection.execute(sa.delete(bodies).where(in_folders(places), bodies.c.file != name))


def in_folders(places: Sequence[str]) -> sa.ColumnElement[bool]:
    """Bodies whose place is in one of these folders of the archive."""
    return sa.or_(*(bodies.c.file.startswith(f"{place}/", autoescape=True) for place in places))


def _name(archive: Archive, run: str) -> str:
    """A name in `kept/` that no file has; it tells up to which run the bodies went."""
    names = (f"{run}.{number}" for number in count(1))
    return next(name for name in names if not archive.has_volume(KEPT, name))


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.glob("*") if file.is_file())


def _remove(folder: Path, places: Sequence[str], name: str) -> None:
    """Remove the old files; what cannot be removed now is removed by the next pruning."""
    try:
        for place in places:
            if place != KEPT:
                shutil.rmtree(folder / place)
        for file in (folder / KEPT).iterdir():
            if file != folder / name:
                file.unlink()
    except OSError as fault:
        raise explained(fault, str(folder)) from fault
