"""robots.txt by RFC 9309: what a host lets us ask for. Protego matches, its gaps are filled."""

import asyncio
import re

from protego import Protego

from audit.crawl.answer import Answer, Ask
from audit.crawl.fetch import Fetcher
from audit.crawl.pace import TOO_MANY_REQUESTS, Pace
from audit.model import FetchOutcome
from audit.urls import host_port, join, key

TOKEN = "duwang"  # noqa: S105 - our product token in User-agent lines
MAX_BYTES = 500 << 10  # RFC 9309 2.5: at least 500 KiB are read
MAX_REDIRECTS = 5  # RFC 9309 2.3.1.2

# The host cannot be reached whatever the path: the pages' own outcome would be the same.
HOST_OUTCOMES = frozenset(
    {
        FetchOutcome.DNS,
        FetchOutcome.CONNECTION_REFUSED,
        FetchOutcome.TLS,
        FetchOutcome.BLOCKED_ADDRESS,
    }
)
# No file that could be read, and no fault of the server: everything is allowed (2.3.1.2, 2.3.1.3).
UNAVAILABLE = frozenset(
    {
        FetchOutcome.HTTP_4XX,
        FetchOutcome.REDIRECT_LOOP,
        FetchOutcome.TOO_MANY_REDIRECTS,
        FetchOutcome.BAD_SCHEME,
        FetchOutcome.URL_TOO_LONG,
    }
)

_AGENT = re.compile(
    r"^[ \t]*user[- ]?agent(?:[ \t]*+:|[ \t])[ \t]*+([^#\n]*)", re.IGNORECASE | re.MULTILINE
)
_PRODUCT = re.compile(r"[a-zA-Z_-]+")
_ESCAPED = re.compile(r"%([89a-fA-F][0-9a-fA-F])")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")


class Rules:
    """What one host's robots.txt says to us."""

    def __init__(self, text: bytes) -> None:
        """Read the file; what cannot be understood in it forbids nothing."""
        self._parsed = Protego.parse(_prepared(text))
        delay = self._parsed.crawl_delay(TOKEN)
        self.delay = float(delay) if delay else 0.0  # seconds

    def allow(self, url: str) -> bool:
        """Whether the address may be asked for."""
        return self._parsed.can_fetch(_bytewise(key(url)), TOKEN)


class Robots:
    """The rules of every host that one crawl meets, each read once."""

    def __init__(self, fetcher: Fetcher, pace: Pace) -> None:
        """Read robots.txt by the same fetcher as pages: the same limits hold."""
        self._fetcher = fetcher
        self._pace = pace
        self._known: dict[str, Rules | tuple[FetchOutcome, str]] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self.remarks: list[str] = []  # what was not kept, for the log

    async def refusal(self, url: str) -> tuple[FetchOutcome, str] | None:
        """Why the address must not be asked for; None: it may."""
        host = url.partition("://")[0] + "://" + host_port(url)
        rules = self._known.get(host)
        if rules is None:
            async with self._locks.setdefault(host, asyncio.Lock()):
                rules = self._known.get(host)
                if rules is None:
                    rules = self._known[host] = await self._load(url)
        if isinstance(rules, tuple):
            return rules
        if rules.allow(url):
            return None
        return FetchOutcome.ROBOTS, "robots.txt disallows it"

    async def _load(self, url: str) -> Rules | tuple[FetchOutcome, str]:
        address = join(url, "/robots.txt") or url
        answer = await self._fetcher.fetch(
            Ask(address, glance=MAX_BYTES, max_redirects=MAX_REDIRECTS)
        )
        verdict = _verdict(answer)
        if isinstance(verdict, Rules) and verdict.delay:
            kept = self._pace.lane(url).slow_down(verdict.delay)
            if kept < verdict.delay:
                self.remarks.append(f"{address}: Crawl-delay {verdict.delay:g} s, kept {kept:g} s")
        return verdict


def _verdict(answer: Answer) -> Rules | tuple[FetchOutcome, str]:
    if answer.outcome is FetchOutcome.OK:
        return Rules(_whole_lines(answer))
    words = f"robots.txt: {answer.outcome} {answer.error}".strip()
    if answer.outcome in HOST_OUTCOMES:
        return answer.outcome, words
    if answer.outcome in UNAVAILABLE and answer.status != TOO_MANY_REQUESTS:
        return Rules(b"")
    if answer.status:
        words = f"robots.txt: {answer.status}"
    return FetchOutcome.ROBOTS_UNREACHABLE, words


def _whole_lines(answer: Answer) -> bytes:
    """The text without a last line that the size limit cut: half a path would forbid too much."""
    text = answer.body
    if not answer.cut:
        return text
    return text[: max(text.rfind(b"\n"), text.rfind(b"\r")) + 1]


def _prepared(text: bytes) -> str:
    """The file as protego reads it right.

    Bytes that are not ASCII are kept apart byte by byte (protego would make them all the same
    character), line ends are LF, and User-agent lines hold our token, a star, or a name that is not
    ours: protego would take `du` for `duwang`, and not see the `duwang` of `duwang/1.0`.
    """
    text = text.removeprefix(b"\xef\xbb\xbf")
    ascii_text = _NOT_ASCII.sub(lambda match: b"%%%02X" % match[0][0], text).decode("ascii")
    lines = re.sub(r"\r\n?", "\n", ascii_text)
    lines = re.sub(r"[\x00-\x08\x0b-\x1f]", " ", lines)
    return _bytewise(_AGENT.sub(_agent_line, lines))


def _agent_line(match: re.Match[str]) -> str:
    name = match[1].strip()
    if name.startswith("*"):
        return "User-agent: *"
    product = _PRODUCT.match(name)
    ours = product is not None and product[0].lower() == TOKEN
    return f"User-agent: {TOKEN if ours else '0'}"


def _bytewise(text: str) -> str:
    return _ESCAPED.sub(lambda match: "!" + match[1].upper(), text)
