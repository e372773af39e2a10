"""The store: one database and one archive, and everything that is asked of them."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlalchemy as sa
from sqlalchemy import exc

from audit.errors import StorageError
from audit.model import Availability
from audit.store import history, pruning, rereading, runs, visits
from audit.store.archive import Archive, Place
from audit.store.database import Database, explained
from audit.store.history import FindingRow, OpenFinding, Seen
from audit.store.journal import SiteJournal
from audit.store.proving import Proof, Standing, prove
from audit.store.pruning import Pruned
from audit.store.rereading import ReadPage
from audit.store.revisits import write_revisits
from audit.store.runs import RunRow
from audit.store.schema import bodies
from audit.store.snapshot import SiteSnapshot

DATABASE = "duwang.db"
ARCHIVE = "warc"


class Store:
    """Runs, their snapshots, and the history of findings. A context manager."""

    def __init__(self, database: Database, archive: Archive) -> None:
        """Use `Store.open`."""
        self._database = database
        self._archive = archive

    @classmethod
    def open(cls, location: str, *, archive: Path | None = None) -> "Store":
        """Open or make a store: a folder, or a database URL with the folder of its `archive`.

        Raises StorageError, one line: locked, not ours, newer than the program, no room, not writable.
        """
        if "://" not in location:
            return cls._open_folder(Path(location), archive)
        url = _url(location)
        if archive is None:
            if url.get_backend_name() != "sqlite" or not url.database:
                raise StorageError("使用数据库地址时，请同时给出存放网页原文的文件夹（archive）。")
            archive = Path(url.database).parent / ARCHIVE
        place = url.render_as_string(hide_password=True)
        return cls(Database.open(location, place), Archive(archive))

    @classmethod
    def _open_folder(cls, folder: Path, archive: Path | None) -> "Store":
        file = folder / DATABASE
        archive = archive or folder / ARCHIVE
        try:
            archive.mkdir(parents=True, exist_ok=True)
            if file.exists() and not file.stat().st_size and any(archive.iterdir()):
                raise StorageError(
                    f"{file} 是空的，但 {archive} 中有存档：数据库已损坏，未作任何改动。"
                )
        except OSError as fault:
            raise explained(fault, str(folder)) from fault
        url = sa.URL.create("sqlite", database=str(file)).render_as_string(hide_password=False)
        return cls(Database.open(url, str(file)), Archive(archive))

    def __enter__(self) -> Self:
        """Nothing more to open."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def start_run(
        self,
        *,
        started: str,
        as_of: dt.date,
        mode: str,
        sites: tuple[str, ...],
        partial: bool,
        quick: bool,
        config: str,
        config_sha256: str,
        rulebook: str,
        reader: str,
        options: str = "{}",
    ) -> RunRow:
        """Begin a run; its id is the day of `started` and a number."""
        row = RunRow(
            id=started[: len("2026-11-25")],
            started=started,
            finished="",
            as_of=as_of,
            mode=mode,
            status="running",
            sites=sites,
            partial=partial,
            quick=quick,
            config=config,
            config_sha256=config_sha256,
            rulebook=rulebook,
            reader=reader,
            options=options,
        )
        return runs.add_run(self._database, row)

    def at_work(self, run_id: str) -> AbstractContextManager[None]:
        """While the block lasts no other process works on the run; raises StorageError when one does."""
        return self._archive.claim(run_id)

    def run(self, wanted: str) -> RunRow:
        """A run by its id, or `last`; raises RunNotFoundError."""
        return runs.find_run(self._database, wanted)[1]

    def runs(self) -> tuple[RunRow, ...]:
        """Every run, the newest first."""
        return runs.all_runs(self._database)

    def finish_run(
        self,
        run_id: str,
        *,
        finished: str,
        status: str,
        judged: bytes,
        findings: Iterable[FindingRow],
        passed: Iterable[tuple[str, str]],
        suspect: tuple[str, ...] = (),
    ) -> None:
        """End a run: judgement and history in one transaction. `passed`: (check, fingerprint)."""
        seq, run = runs.find_run(self._database, run_id)
        for site in run.sites:
            write_revisits(self._database, self._archive, seq, run.id, site, at=run.started)
        with self._database.writing() as connection:
            runs.close_run(
                connection, seq, finished=finished, status=status, suspect=suspect, judged=judged
            )
            history.write_history(connection, seq, findings, passed)

    def judged(self, run_id: str) -> bytes:
        """What `finish_run` was given; raises StorageError while the run is not finished."""
        return runs.judged_of(self._database, run_id)

    def past(
        self, run_id: str, ids: Iterable[str], varying: Collection[str] = ()
    ) -> Mapping[str, Seen]:
        """What is known of findings at a run, from it and earlier ones; unknown ids are left out.

        `varying`: checks whose findings are gone only after two passes in a row.
        """
        seq, _ = runs.find_run(self._database, run_id)
        with self._database.reading() as connection:
            return history.past_of(connection, seq, ids, varying)

    def passes_before(self, run_id: str, ids: Iterable[str]) -> Mapping[str, int]:
        """How many runs before this one saw each finding pass since it was last found."""
        seq, _ = runs.find_run(self._database, run_id)
        with self._database.reading() as connection:
            return history.passes_of(connection, seq, ids)

    def was_fault(self, run_id: str, ids: Iterable[str]) -> frozenset[str]:
        """The findings that a run or one before it found as faults, and not only as leads."""
        seq, _ = runs.find_run(self._database, run_id)
        with self._database.reading() as connection:
            return history.faults_of(connection, seq, ids)

    def was_passed(self, run_id: str, ids: Mapping[str, str]) -> frozenset[str]:
        """The findings that a run or one before it saw pass; `ids`: the check of each."""
        seq, _ = runs.find_run(self._database, run_id)
        with self._database.reading() as connection:
            return history.passed_of(connection, seq, ids)

    def open_at(self, run_id: str, varying: Collection[str] = ()) -> tuple[OpenFinding, ...]:
        """What was open when a run ended, found by it or left over from earlier ones."""
        seq, _ = runs.find_run(self._database, run_id)
        with self._database.reading() as connection:
            return history.open_at(connection, seq, varying)

    def journal(self, run_id: str, site: str) -> SiteJournal:
        """The crawl's memory for one site of a run; a context manager, one at a time."""
        seq, row = runs.find_run(self._database, run_id)
        return SiteJournal(self._database, self._archive, seq, row, site)

    def snapshot(self, run_id: str, site: str) -> SiteSnapshot:
        """What is stored of one site of a run."""
        seq, _ = runs.find_run(self._database, run_id)
        return SiteSnapshot(self._database, seq, site)

    def reread(self, run_id: str, site: str, reader: str, read_page: ReadPage) -> int:
        """Read the stored bodies of a site again where `reader` has not; how many pages that were."""
        seq, _ = runs.find_run(self._database, run_id)
        return rereading.reread(self._database, self._archive, seq, site, reader, read_page)

    def prune(self, keep: int, cited: Collection[str]) -> Pruned:
        """Drop the bodies of all but the newest `keep` finished runs; those `cited` by hash stay."""
        found = runs.numbered_runs(self._database)
        return pruning.prune(self._database, self._archive, found, keep, cited)

    def is_pruned(self, run_id: str) -> bool:
        """Whether the bodies of a run are gone."""
        return not self._archive.has_run(run_id)

    def was_pruned(self, run_id: str) -> bool:
        """The same, and a pruning took them: no body is named that would lie there."""
        with self._database.reading() as connection:
            named = connection.execute(
                sa.select(bodies.c.file).where(pruning.in_folders([run_id])).limit(1)
            )
            return self.is_pruned(run_id) and named.first() is None

    def body(self, sha256: str) -> bytes | None:
        """A stored body; None when it is not kept or no longer readable. Its hash is not checked."""
        place = self._place(sha256)
        return None if place is None else self._archive.read(place)

    def proof(self, sha256: str) -> Proof:
        """A stored body with its hash made again."""
        place = self._place(sha256)
        return Proof(Standing.LOST) if place is None else prove(self._archive, place, sha256)

    def availability(self, site: str, until: str, days: int) -> Availability:
        """The availability visits of the last days up to and with `until` (ISO 8601 with zone)."""
        with self._database.reading() as connection:
            return visits.availability_of(connection, site, until, days)

    def add_visit(self, site: str, at: str, ok: bool, outcome: str, ms: int) -> None:  # noqa: FBT001
        """Keep one availability visit; `at` is ISO 8601 with zone."""
        with self._database.writing() as connection:
            visits.write_visit(connection, site, at, ok=ok, outcome=outcome, ms=ms)

    def _place(self, sha256: str) -> Place | None:
        query = sa.select(bodies.c.file, bodies.c.start, bodies.c.length)
        with self._database.reading() as connection:
            found = connection.execute(query.where(bodies.c.sha256 == sha256)).first()
        return None if found is None else Place(*found)


def _url(location: str) -> sa.URL:
    try:
        return sa.make_url(location)
    except exc.ArgumentError as fault:
        raise StorageError(f"数据库地址写法不对：{location}") from fault
