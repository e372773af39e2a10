"""One question to a server and its answer: what the headers say, what the status stands for."""

import datetime as dt
import re
from collections.abc import Awaitable, Callable, Iterable
from email.utils import parsedate_to_datetime

import msgspec
from ada_url import URL

from audit.model import FetchOutcome, Hop, Previous
from audit.urls import host_port, scheme_of

REDIRECTS = frozenset({301, 302, 303, 307, 308})
KEEPS_METHOD = frozenset({307, 308})  # redirects that send the form once more
FORM = "application/x-www-form-urlencoded"
RETRY_STATUS = frozenset({429, 500, 502, 503, 504})
RETRIED = frozenset(
    {
        FetchOutcome.DNS,
        FetchOutcome.CONNECTION_REFUSED,
        FetchOutcome.CONNECTION_RESET,
        FetchOutcome.CONNECTION_CLOSED,
        FetchOutcome.TIMEOUT,
        FetchOutcome.TRUNCATED,
    }
)

_HIGH = re.compile(rb"[\x80-\xff]")
_OK, _PARTIAL, _UNCHANGED = 200, 206, 304

# Says of an address why it must not be asked for: outcome and words; None: it may.
Veto = Callable[[str], Awaitable[tuple[FetchOutcome, str] | None]]


class Ask(msgspec.Struct, frozen=True):
    """What to fetch, and how much of it."""

    url: str
    method: str = "GET"
    glance: int = 0  # read so many bytes of any body and no more; 0: the whole, within the limits
    previous: Previous | None = None
    veto: Veto | None = None  # asked before every hop
    retries: int | None = None  # None: those of the manners
    max_redirects: int | None = None
    form: str = ""  # what a search form posts, encoded
    referrer: str = ""  # the page whose link is followed; some servers give files to no one else


class Answer(msgspec.Struct):
    """What came back. `body` is inflated; `cut`: it was not read to its end, on purpose."""

    outcome: FetchOutcome
    final_url: str
    error: str = ""
    status: int = 0
    method: str = "GET"
    hops: tuple[Hop, ...] = ()
    location: str = ""
    content_type: str = ""
    content_encoding: str = ""
    content_length: str = ""
    etag: str = ""
    last_modified: str = ""
    refresh: str = ""
    retry_after: str = ""
    date: str = ""  # the server's clock, as it writes it
    cookies: tuple[str, ...] = ()
    body: bytes = b""
    cut: bool = False
    wire_bytes: int = 0
    looks: int = 0
    at: str = ""
    spent: float = 0.0  # seconds on the wire


def as_get(ask: Ask) -> Ask:
    """The question after a redirect that drops the form."""
    return msgspec.structs.replace(ask, method="GET", form="") if ask.form else ask


def take_headers(status: int, fields: Iterable[tuple[bytes, bytes]], answer: Answer) -> None:
    """Put status and headers of one hop into the answer, those of an earlier hop out of it."""
    answer.status = status
    found: dict[bytes, bytes] = {}
    cookies: list[str] = []
    for name, value in fields:
        low = name.lower()
        if low == b"set-cookie":
            cookies.append(value.decode("latin-1"))
        else:
            found.setdefault(low, value)
    answer.cookies = tuple(cookies)
    answer.location = escaped(found.get(b"location", b""))
    answer.refresh = escaped(found.get(b"refresh", b""))
    answer.content_type = _text(found, b"content-type")
    answer.content_encoding = _text(found, b"content-encoding")
    answer.content_length = _text(found, b"content-length")
    answer.etag = _text(found, b"etag")
    answer.last_modified = _text(found, b"last-modified")
    answer.retry_after = _text(found, b"retry-after")
    answer.date = _text(found, b"date")


def judge(ask: Ask, answer: Answer) -> None:
    """Set the outcome that the final status stands for."""
    status = answer.status
    if status == _UNCHANGED:
        asked = ask.previous is not None and not answer.hops
        answer.outcome = FetchOutcome.NOT_MODIFIED if asked else FetchOutcome.PROTOCOL
        answer.error = "" if asked else "304 without a condition"
    elif status == _PARTIAL:
        answer.outcome, answer.error = FetchOutcome.PROTOCOL, "206 without a range"
        answer.body = b""
    elif status < _OK:
        answer.outcome, answer.error = FetchOutcome.PROTOCOL, f"{status} without an answer after it"
    else:
        by_hundred = {
            2: FetchOutcome.OK,
            4: FetchOutcome.HTTP_4XX,
            5: FetchOutcome.HTTP_5XX,
        }
        answer.outcome = by_hundred.get(status // 100, FetchOutcome.HTTP_OTHER)


def may_pass(answer: Answer) -> bool:
    """Whether asking again may help."""
    return answer.outcome in RETRIED or answer.status in RETRY_STATUS


def seconds(retry_after: str) -> float | None:
    """The seconds that a Retry-After header asks for, in either form; None: nothing clear."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return max(0.0, (moment - dt.datetime.now(dt.UTC)).total_seconds())


def escaped(value: bytes) -> str:
    """A header's address, its raw bytes percent-encoded as they are, whatever their encoding."""
    return _HIGH.sub(lambda match: b"%%%02X" % match[0][0], value).decode("ascii").strip()


def without_userinfo(url: str) -> str:
    """The address without name and password: they are never sent and never stored."""
    if "@" not in url:
        return url
    parsed = URL(url)
    parsed.username = ""
    parsed.password = ""
    return parsed.href


def referrer_for(page: str, url: str) -> str:
    """What a browser says of the page it comes from: whole on its own host, else the host alone.

    Nothing where a page that came by TLS leads to one that does not (strict-origin-when-cross-origin).
    """
    if not page.isascii() or (page.startswith("https:") and not url.startswith("https:")):
        return ""
    if host_port(page) == host_port(url) and scheme_of(page) == scheme_of(url):
        return without_userinfo(page.partition("#")[0])
    end = page.find("/", page.find("//") + 2)
    return without_userinfo(page[: end + 1] if end > 0 else page)


def now() -> str:
    """The present moment for the evidence, ISO 8601 with zone."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")


def _text(found: dict[bytes, bytes], name: bytes) -> str:
    return found.get(name, b"").decode("latin-1").strip()[:300]
