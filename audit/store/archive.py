"""Bodies in WARC files, one file for each site of a run, one gzip member for each record.

`<folder>/<run>/<site>.warc.gz` holds response records whose HTTP header is written anew from the
stored facts, because the body is kept inflated. Any WARC tool reads them.
"""

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from types import ModuleType

import msgspec

from audit.errors import StorageError
from audit.model import Fetch
from audit.store.database import explained
from audit.store.warc import Held, answer_in, held_in, info, response, revisit

HEAD = 2048  # bytes of a member that mostly hold its header
CLAIM = ".lock"  # in the folder of a run: locked while a process works on it
KEPT = "kept"  # the folder of what pruning copied aside; no run is called that


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a body lies: file relative to the archive's folder, first byte and length of its member."""

    file: str
    start: int
    length: int


class Archive:
    """The folder with the WARC files of all runs."""

    def __init__(self, folder: Path) -> None:
        """Keep the folder; it is made when the first volume is opened."""
        self.folder = folder
        self._sizes: dict[str, int] = {}

    def volume(self, run: str, site: str, *, at: str) -> "Volume":
        """The file of one site of one run, for writing; `at` is the start of the run."""
        return Volume(self.folder, f"{run}/{site}.warc.gz", at)

    def aside(self, name: str, *, at: str) -> "Volume":
        """A file for what pruning copies aside."""
        return Volume(self.folder, f"{KEPT}/{name}.warc.gz", at)

    @contextmanager
    def claim(self, run: str) -> Generator[None]:
        """While the block lasts nobody else works on a run; raises StorageError when somebody does."""
        path = self.folder / run / CLAIM
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as fault:
            raise explained(fault, str(path)) from fault
        try:
            if not (_lock(file) and _is_at(path, file)):
                raise StorageError(f"运行 {run} 正由另一个 duwang 进程执行。请等它结束后再试。")
            try:
                yield
            finally:
                with suppress(OSError):  # Windows removes no open file; it does no harm
                    path.unlink()
        finally:
            os.close(file)

    def has_run(self, run: str) -> bool:
        """Whether the files of a run are there: pruning takes them away."""
        return (self.folder / run).is_dir()

    def has_volume(self, run: str, site: str) -> bool:
        """Whether there is a file of that site of that run."""
        return (self.folder / f"{run}/{site}.warc.gz").exists()

    @contextmanager
    def heads(self) -> Generator["Heads"]:
        """A reader of many headers, which keeps the files open."""
        reader = Heads(self.folder)
        try:
            yield reader
        finally:
            reader.close()

    def member(self, place: Place) -> bytes | None:
        """The record at that place as it lies in the file; None when it is no longer there."""
        try:
            with (self.folder / place.file).open("rb") as file:
                file.seek(place.start)
                member = file.read(place.length)
        except OSError:
            return None
        return member if len(member) == place.length else None

    def read(self, place: Place) -> bytes | None:
        """The body at that place; None when it is no longer there or its checksum is wrong."""
        member = self.member(place)
        found = None if member is None else answer_in(member)
        return None if found is None else found[0]

    def holds(self, place: Place) -> bool:
        """Whether the file reaches that far; whether the body is what it was is not looked at."""
        end = place.start + place.length
        if self._sizes.get(place.file, 0) >= end:
            return True  # files grow, and go only when no run is at work
        try:
            self._sizes[place.file] = (self.folder / place.file).stat().st_size
        except OSError:
            return False
        return self._sizes[place.file] >= end


class Heads:
    """Reads the headers of records and nothing of what they hold."""

    def __init__(self, folder: Path) -> None:
        """Open nothing yet."""
        self._folder = folder
        self._open: dict[str, FileIO | None] = {}

    def at(self, place: Place) -> Held | None:
        """The header at a place; None when it is not there."""
        if place.file not in self._open:
            try:
                self._open[place.file] = FileIO(self._folder / place.file)
            except OSError:
                self._open[place.file] = None
        file = self._open[place.file]
        if file is None:
            return None
        for length in (min(place.length, HEAD), place.length):
            file.seek(place.start)
            if (found := held_in(file.read(length))) is not None:
                return found
        return None

    def close(self) -> None:
        """Close the files."""
        for file in self._open.values():
            if file is not None:
                file.close()


class Volume:
    """One WARC file, open for appending. What lies beyond `end` is not yet committed."""

    def __init__(self, folder: Path, name: str, at: str) -> None:
        """Open and lock the file; `at` is the date of what carries none."""
        self.name = name
        self.end = 0
        self._written = 0  # as far as is written; what lies behind `end` waits for its row
        self._path = folder / name
        self._at = at
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(
                self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644
            )
        except OSError as fault:
            raise explained(fault, str(self._path)) from fault
        if not _lock(self._file):
            os.close(self._file)
            raise StorageError(f"{self._path} 正由另一个 duwang 进程写入。请等它结束后再试。")

    def size(self) -> int:
        """Bytes in the file."""
        return os.fstat(self._file).st_size

    def resume(self, end: int) -> None:
        """Cut off what was written but never committed; a new file begins with its warcinfo."""
        try:
            os.ftruncate(self._file, end)
            self.end = self._written = end
            if end == 0:
                self._write(info(self.name, self._at))
                self.settle()
        except OSError as fault:
            raise explained(fault, str(self._path)) from fault

    def append(self, fetch: Fetch, body: bytes) -> Place:
        """Write a body behind what is written; the caller settles it when its row is committed."""
        member = response(fetch, body, f"{self.name}:{self._written}", self._at)
        return Place(self.name, self._write(member), len(member))

    def append_member(self, member: bytes) -> int:
        """Write a record as it lay in another file, and settle it; where it begins."""
        start = self._write(member)
        self.settle()
        return start

    def append_revisit(self, fetch: Fetch, held: Held) -> None:
        """Write that an answer brought what `held` holds, and settle it."""
        self._write(revisit(fetch, held, f"{self.name}:{self._written}", self._at))
        self.settle()

    def settle(self) -> None:
        """What is written is committed: `end` lies behind it."""
        self.end = self._written

    def sync(self) -> None:
        """Return when the file is on disk."""
        try:
            os.fsync(self._file)
        except OSError as fault:
            raise explained(fault, str(self._path)) from fault

    def cut(self) -> None:
        """Throw away what was written and not committed; the next `resume` does it where this cannot."""
        self._written = self.end
        with suppress(OSError):
            os.ftruncate(self._file, self.end)

    def close(self) -> None:
        """Let go of the file and its lock."""
        os.close(self._file)

    def _write(self, member: bytes) -> int:
        """Write behind what is written; where it begins."""
        start = self._written
        try:
            os.lseek(self._file, start, os.SEEK_SET)
            rest = memoryview(member)
            while rest:
                rest = rest[os.write(self._file, rest) :]
        except OSError as fault:
            self.cut()
            raise explained(fault, str(self._path)) from fault
        self._written += len(member)
        return start


def _lock(file: int) -> bool:
    """Whether this process is now the file's only writer; the lock dies with the process."""
    posix = _posix_locks()
    if posix is None:  # Windows: the database's own row is the only guard
        return True
    take: Callable[[int, int], None] = posix.flock
    try:
        take(file, posix.LOCK_EX | posix.LOCK_NB)
    except OSError:
        return False
    return True


def _is_at(path: Path, file: int) -> bool:
    """Whether the locked file is still the one of that name: who let go of it took it away."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file))
    except OSError:
        return False


def _posix_locks() -> ModuleType | None:
    try:
        import fcntl  # noqa: PLC0415 - POSIX only
    except ImportError:
        return None
    return fcntl
