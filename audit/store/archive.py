"""Bodies in WARC files, one file for each site of a run, one gzip member for each record.

`<folder>/<run>/<site>.warc.gz` holds response records whose HTTP header is written anew from the
stored facts, because the body is kept inflated. Any WARC tool reads them.
"""

import datetime as dt
import os
import zlib
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from hashlib import blake2b, sha256
from http import HTTPStatus
from io import BytesIO, FileIO
from pathlib import Path
from types import ModuleType
from uuid import UUID

import msgspec
from fastwarc.stream_io import GzipWriter
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from audit.errors import StorageError
from audit.model import Fetch
from audit.store.database import explained

LEVEL = 1  # of gzip; more costs twice the CPU for a tenth of the space
BUFFER = 64 << 10
INFO = (
    b"software: duwang\r\nformat: WARC File Format 1.1\r\n"
    b"description: bodies are kept inflated; HTTP headers are written anew from the stored facts\r\n"
)
GZIP = 31  # zlib's window bits for the format
HEAD = 2048  # bytes of a member that mostly hold its header
UNCHANGED = 304
PROFILE = "http://netpreserve.org/warc/1.1/revisit/"
KEPT = "kept"  # the folder of what pruning copied aside; no run is called that
NEVER = "1970-01-01T00:00:00Z"  # a WARC record must have a date


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a body lies: file relative to the archive's folder, first byte and length of its member."""

    file: str
    start: int
    length: int


class Held(msgspec.Struct, frozen=True):
    """What the header of a record says of it; `record` is its id as written."""

    record: str
    target: str
    date: str


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
        if member is None:
            return None
        try:
            for record in ArchiveIterator(BytesIO(member), parse_http=True):
                return record.reader.read()
        except (OSError, ValueError):
            return None
        return None

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

    def is_sound(self, place: Place, digest: str) -> bool:
        """Whether the body is there and is what it was."""
        body = self.read(place)
        return body is not None and sha256(body).hexdigest() == digest


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
            if (found := _held(file.read(length))) is not None:
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
            self.end = end
            if end == 0:
                self.end = self._write(_member(_info(self.name, self._at)))
        except OSError as fault:
            raise explained(fault, str(self._path)) from fault

    def append(self, fetch: Fetch, body: bytes) -> Place:
        """Write a body after `end`; the caller moves `end` when its row is committed."""
        urn = _urn(f"{self.name}:{self.end}:{fetch.sha256}")
        member = _member(_response(fetch, body, urn, self._at))
        try:
            return Place(self.name, self.end, self._write(member))
        except OSError as fault:
            self.cut()
            raise explained(fault, str(self._path)) from fault

    def append_member(self, member: bytes) -> int:
        """Write a record as it lay in another file, and move `end` behind it; where it begins."""
        start = self.end
        try:
            self.end += self._write(member)
        except OSError as fault:
            raise explained(fault, str(self._path)) from fault
        return start

    def append_revisit(self, fetch: Fetch, held: Held) -> None:
        """Write that an answer brought what `held` holds, and move `end` behind it."""
        urn = _urn(f"{self.name}:{self.end}:{fetch.sha256}")
        try:
            self.end += self._write(_revisit(fetch, held, urn, self._at))
        except OSError as fault:
            self.cut()
            raise explained(fault, str(self._path)) from fault

    def sync(self) -> None:
        """Return when the file is on disk."""
        try:
            os.fsync(self._file)
        except OSError as fault:
            raise explained(fault, str(self._path)) from fault

    def cut(self) -> None:
        """Throw away what was written and not committed; the next `resume` does it where this cannot."""
        with suppress(OSError):
            os.ftruncate(self._file, self.end)

    def close(self) -> None:
        """Let go of the file and its lock."""
        os.close(self._file)

    def _write(self, member: bytes) -> int:
        """Write at `end`, over whatever an uncommitted append left there."""
        os.lseek(self._file, self.end, os.SEEK_SET)
        rest = memoryview(member)
        while rest:
            rest = rest[os.write(self._file, rest) :]
        return len(member)


def picture_of(fetch: Fetch) -> Fetch:
    """The facts under which a picture of a page is kept."""
    return Fetch(
        fetch.url,
        fetch.purpose,
        fetch.outcome,
        final_url=f"{fetch.final_url or fetch.url.partition('#')[0]}#picture",
        content_type="image/jpeg",
        at=fetch.at,
        sha256=fetch.picture,
    )


def target_of(fetch: Fetch) -> str:
    """The address under which the answer is kept."""
    return _plain(fetch.final_url or fetch.url)


def _held(member: bytes) -> Held | None:
    """The header at the beginning of a member; None: it is damaged, or longer than what was read."""
    try:
        head, end, _ = zlib.decompressobj(GZIP).decompress(member).partition(b"\r\n\r\n")
    except zlib.error:
        return None
    lines = (line.partition(": ") for line in head.decode("latin-1").split("\r\n"))
    said = {name.lower(): value for name, _, value in lines}
    if not end or "warc-record-id" not in said:
        return None
    return Held(
        said["warc-record-id"], said.get("warc-target-uri", ""), said.get("warc-date", NEVER)
    )


def _revisit(fetch: Fetch, held: Held, urn: bytes, at: str) -> bytes:
    """A revisit record as one member; the words are ours or went through `_plain`."""
    same = fetch.status == UNCHANGED
    block = _http_head(fetch, fetch.body_bytes)
    lines = (
        "WARC/1.1",
        "WARC-Type: revisit",
        f"WARC-Record-ID: <urn:{urn.decode()}>",
        f"WARC-Date: {_utc(fetch.at) or _utc(at) or NEVER}",
        f"WARC-Target-URI: {target_of(fetch)}",
        f"WARC-Profile: {PROFILE}{'server-not-modified' if same else 'identical-payload-digest'}",
        f"WARC-Refers-To: {held.record}",
        f"WARC-Refers-To-Target-URI: {held.target}",
        f"WARC-Refers-To-Date: {held.date}",
        f"WARC-Payload-Digest: sha256:{fetch.sha256}",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(block)}",
    )
    record = "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"
    return zlib.compress(record, LEVEL, GZIP)


def _member(record: WarcRecord) -> bytes:
    """A record as one gzip member of its own: that is what makes the file readable from any record."""
    buffer = BytesIO()
    writer = GzipWriter(buffer, LEVEL, BUFFER)
    record.write(writer)
    writer.finish()
    return buffer.getvalue()


def _response(fetch: Fetch, body: bytes, urn: bytes, at: str) -> WarcRecord:
    record = _record(WarcRecordType.response, urn, _http_head(fetch, len(body)) + body)
    headers = record.headers
    headers["WARC-Date"] = _utc(fetch.at) or _utc(at) or NEVER
    headers["WARC-Target-URI"] = target_of(fetch)
    headers["WARC-Payload-Digest"] = f"sha256:{fetch.sha256}"
    headers["Content-Type"] = "application/http; msgtype=response"
    return record


def _info(name: str, at: str) -> WarcRecord:
    record = _record(WarcRecordType.warcinfo, _urn(name), INFO)
    record.headers["WARC-Date"] = _utc(at) or NEVER
    record.headers["WARC-Filename"] = name.rpartition("/")[2]
    record.headers["Content-Type"] = "application/warc-fields"
    return record


def _urn(name: str) -> bytes:
    """An identity that is the same whenever the record is written again."""
    return f"uuid:{UUID(bytes=blake2b(name.encode(), digest_size=16).digest(), version=5)}".encode()


def _record(kind: WarcRecordType, urn: bytes, content: bytes) -> WarcRecord:
    record = WarcRecord()
    # The stubs of fastwarc 2.0 leave out what these two return.
    record.init_headers(kind, urn)  # pyright: ignore[reportUnknownMemberType]
    record.set_bytes_content(content)  # pyright: ignore[reportUnknownMemberType]
    return record


def _http_head(fetch: Fetch, length: int) -> bytes:
    status = fetch.status or 200
    lines = [f"HTTP/1.1 {status} {_phrase(status)}".rstrip()]
    if fetch.content_type:
        lines.append(f"Content-Type: {_plain(fetch.content_type)}")
    if status == UNCHANGED:  # it carries no body; what tells that it is the same one, instead
        tells = (("ETag", fetch.etag), ("Last-Modified", fetch.last_modified))
        lines += [f"{name}: {_plain(value)}" for name, value in tells if value]
    else:
        lines.append(f"Content-Length: {length}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _plain(text: str) -> str:
    """Printable ASCII: a header value cannot end its line."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if " " <= c <= "~" else "?" for c in text)


def _utc(at: str) -> str:
    """An ISO time as WARC writes it; empty when it is none."""
    try:
        moment = dt.datetime.fromisoformat(at)
    except ValueError:
        return ""
    if moment.tzinfo is None:
        return ""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


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


def _posix_locks() -> ModuleType | None:
    try:
        import fcntl  # noqa: PLC0415 - POSIX only
    except ImportError:
        return None
    return fcntl
