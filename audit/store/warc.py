"""Records as WARC writes them, each one gzip member: any tool reads a file from any of them."""

import datetime as dt
import zlib
from hashlib import blake2b
from http import HTTPStatus
from io import BytesIO
from uuid import UUID

import msgspec
from fastwarc.stream_io import GzipWriter
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from audit.model import Fetch

LEVEL = 1  # of gzip; more costs twice the CPU for a tenth of the space
BUFFER = 64 << 10
INFO = (
    b"software: duwang\r\nformat: WARC File Format 1.1\r\n"
    b"description: bodies are kept inflated; HTTP headers are written anew from the stored facts\r\n"
)
GZIP = 31  # zlib's window bits for the format
UNCHANGED = 304
PROFILE = "http://netpreserve.org/warc/1.1/revisit/"
NEVER = "1970-01-01T00:00:00Z"  # a WARC record must have a date


class Held(msgspec.Struct, frozen=True):
    """What the header of a record says of it; `record` is its id as written."""

    record: str
    target: str
    date: str


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


def answer_in(member: bytes) -> tuple[bytes, str] | None:
    """The body in a member, and its content type; None: nothing can be read there."""
    try:
        for record in ArchiveIterator(BytesIO(member), parse_http=True):
            body = record.reader.read()
            content_type = record.http_headers.get("Content-Type") if record.is_http else None
            return body, content_type or ""
    except (OSError, ValueError):
        return None
    return None


def held_in(member: bytes) -> Held | None:
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


def revisit(fetch: Fetch, held: Held, name: str, at: str) -> bytes:
    """The member that says that an answer brought what `held` holds; the words are ours or `_plain`."""
    same = fetch.status == UNCHANGED
    block = _http_head(fetch, fetch.body_bytes)
    lines = (
        "WARC/1.1",
        "WARC-Type: revisit",
        f"WARC-Record-ID: <urn:{_urn(f'{name}:{fetch.sha256}').decode()}>",
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


def response(fetch: Fetch, body: bytes, name: str, at: str) -> bytes:
    """The member that holds a body, of which `name` tells the place; `at`: where it has no date."""
    urn = _urn(f"{name}:{fetch.sha256}")
    record = _record(WarcRecordType.response, urn, _http_head(fetch, len(body)) + body)
    headers = record.headers
    headers["WARC-Date"] = _utc(fetch.at) or _utc(at) or NEVER
    headers["WARC-Target-URI"] = target_of(fetch)
    headers["WARC-Payload-Digest"] = f"sha256:{fetch.sha256}"
    headers["Content-Type"] = "application/http; msgtype=response"
    return _member(record)


def info(name: str, at: str) -> bytes:
    """The member that a file begins with."""
    record = _record(WarcRecordType.warcinfo, _urn(name), INFO)
    record.headers["WARC-Date"] = _utc(at) or NEVER
    record.headers["WARC-Filename"] = name.rpartition("/")[2]
    record.headers["Content-Type"] = "application/warc-fields"
    return _member(record)


def _member(record: WarcRecord) -> bytes:
    """A record as one gzip member of its own: that is what makes the file readable from any record."""
    buffer = BytesIO()
    writer = GzipWriter(buffer, LEVEL, BUFFER)
    record.write(writer)
    writer.finish()
    return buffer.getvalue()


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
