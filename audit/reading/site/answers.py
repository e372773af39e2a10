"""What became of each address: the walk's answer and the looks, put together."""

from collections.abc import Iterable

import msgspec

from audit.model import Attached, Fetch, FetchOutcome, Purpose, Reason
from audit.model.words import ALIVE
from audit.urls import host_port, in_folders, is_named, without_visit_ids

SILENT = frozenset({FetchOutcome.DNS, FetchOutcome.CONNECTION_REFUSED})
"""Nobody is there; or our own network is down."""

DEAD = SILENT | {
    FetchOutcome.HTTP_4XX,
    FetchOutcome.HTTP_5XX,
    FetchOutcome.SOFT_404,
    FetchOutcome.REDIRECT_LOOP,
    FetchOutcome.TOO_MANY_REDIRECTS,
    FetchOutcome.BAD_SCHEME,
}

PAGE = ("text/html", "application/xhtml")
ENOUGH = 2  # requests that must agree before anything is called dead, missing or broken
MAX_STEPS = 5  # refreshes in a row that are followed
# endings of names that nobody can register (RFC 6761): no network of the public resolves them
UNOWNED = (".invalid", ".test", ".example")
MISSING = frozenset({FetchOutcome.HTTP_4XX, FetchOutcome.SOFT_404})

REASONS = {
    FetchOutcome.ROBOTS: Reason.ROBOTS,
    FetchOutcome.ROBOTS_UNREACHABLE: Reason.ROBOTS,
    FetchOutcome.FORBIDDEN: Reason.FORBIDDEN,
    FetchOutcome.LOGIN_REQUIRED: Reason.LOGIN_REQUIRED,
    FetchOutcome.BOT_CHALLENGE: Reason.BOT_CHALLENGE,
    FetchOutcome.WAF_BLOCK: Reason.WAF_BLOCK,
    FetchOutcome.RATE_LIMITED: Reason.RATE_LIMITED,
    FetchOutcome.NEEDS_BROWSER: Reason.NEEDS_BROWSER,
    FetchOutcome.TRUNCATED: Reason.TRUNCATED,
    FetchOutcome.TIMEOUT: Reason.TIMEOUT,
    FetchOutcome.TOO_LARGE: Reason.TOO_LARGE,
    FetchOutcome.DECOMPRESSION_BOMB: Reason.TOO_LARGE,
    FetchOutcome.BUDGET: Reason.BUDGET,
    FetchOutcome.BROWSER_TIMEOUT: Reason.TIMEOUT,
}


def reason_of(outcome: FetchOutcome) -> Reason:
    """Why a page with this outcome could not be read."""
    return REASONS.get(outcome, Reason.UNREACHABLE)


class Answer(msgspec.Struct, frozen=True):
    """What came of asking for one address, all requests together."""

    outcome: FetchOutcome
    status: int = 0
    looks: int = 0  # requests that agree with `outcome`; 0: none was sent
    hops: tuple[str, ...] = ()
    final_url: str = ""
    at: str = ""
    error: str = ""
    sha256: str = ""
    walked: bool = False
    round: int = 0  # the last round in which it was looked at
    received: int = -1  # bytes of the body that were read; -1: none was asked for
    declared: int = -1  # bytes that it announced
    head: bytes = b""
    shown: str = ""  # what another host's page says of itself
    blank: bool = False  # a page of another host that was not seen to say anything
    attached: Attached | None = None  # of an attachment that was fetched whole
    again: "Answer | None" = None  # what a later request got, where both got something


class Answers:
    """The answers of one snapshot by address."""

    def __init__(
        self, own_hosts: Iterable[str], home: str = "", folders: tuple[str, ...] = ()
    ) -> None:
        """Start empty; hosts are `host:port`, folders those that the site has on the home's host."""
        self._own = frozenset(own_hosts)
        self._home = home
        self._folders = folders
        self._by_url: dict[str, Answer] = {}
        self._alive: set[str] = set()
        self._named: set[str] = set()
        self._refresh: dict[str, str] = {}
        self.asked_outside = False

    def afresh(self) -> "Answers":
        """The same hosts and refreshes, before anybody answered."""
        made = Answers(self._own, self._home, self._folders)
        made._refresh = self._refresh
        return made

    def add(self, fetch: Fetch, outcome: FetchOutcome) -> None:
        """Put one more request in; `outcome` is what its answer means."""
        look = fetch.purpose is Purpose.LOOK
        made = Answer(
            outcome,
            fetch.status,
            fetch.looks,
            tuple(hop.location for hop in fetch.hops),
            fetch.final_url,
            fetch.at,
            fetch.error,
            fetch.sha256,
            walked=not look,
            round=fetch.round if look else 0,
            received=fetch.body_bytes if fetch.method != "HEAD" else -1,
            declared=fetch.declared,
            head=fetch.head,
            shown=fetch.shown,
            attached=fetch.attached,
            blank=look and not fetch.shown and fetch.content_type.startswith(PAGE),
        )
        if fetch.status:
            for url in (fetch.final_url or fetch.url, fetch.url):
                self._alive.add(host_port(url))
                if is_named(url):
                    self._named.add(host_port(url))
        self.asked_outside = self.asked_outside or (look and not self.is_own(fetch.url))
        known = self._by_url.get(fetch.url)
        if known is None:
            self._by_url[fetch.url] = made
        elif made.walked and not known.walked:
            self._by_url[fetch.url] = _joined(made, known)
        else:
            self._by_url[fetch.url] = _joined(known, made)

    def leads(self, url: str, target: str) -> None:
        """Remember that the page is nothing but a refresh to another one."""
        if target != url:
            self._refresh[url] = target

    def mend(self, url: str, outcome: FetchOutcome) -> None:
        """Say what an answer means, now that the other pages are known."""
        known = self._by_url.get(url)
        if known is not None:
            self._by_url[url] = msgspec.structs.replace(known, outcome=outcome)

    def of(self, url: str) -> Answer | None:
        """What came of the address itself, as it stands or without its visit ids."""
        return self._by_url.get(url) or self._by_url.get(without_visit_ids(url))

    def through(self, url: str) -> Answer | None:
        """What came of the address with refreshes seen through; None: it was not asked for."""
        answer = self.of(url)
        seen = {url}
        hops: list[str] = []
        while answer is not None and answer.outcome in ALIVE:
            following = self._refresh.get(url) or self._refresh.get(without_visit_ids(url))
            if following is None:
                break
            hops.append(following)
            if following in seen or len(seen) > MAX_STEPS:
                return msgspec.structs.replace(
                    answer, outcome=FetchOutcome.REDIRECT_LOOP, looks=1, hops=tuple(hops)
                )
            seen.add(following)
            url, answer = following, self.of(following)
        if answer is None or not hops:
            return answer
        return msgspec.structs.replace(answer, hops=(*hops, *answer.hops))

    def is_own(self, url: str) -> bool:
        """Whether the address lies on one of the site's hosts, and in its folders where it shares one."""
        return host_port(url) in self._own and in_folders(url, self._home, self._folders)

    def doubt(self, url: str, answer: Answer) -> Reason | None:
        """Why the answer neither accuses nor acquits; None: it is decisive."""
        if answer.outcome in ALIVE:
            return None
        if answer.outcome not in DEAD:
            return reason_of(answer.outcome)
        if not answer.looks:
            return Reason.UNREACHABLE
        if answer.outcome not in SILENT:
            return None
        url = answer.hops[-1] if answer.hops else url
        host = host_port(url)
        if host in self._alive:
            return Reason.UNREACHABLE  # it answered another time: a passing fault
        if host in self._own:
            return None if self._alive else Reason.NO_NETWORK
        # a host that answered under a bare address does not show that names are resolved
        unresolved = answer.outcome is FetchOutcome.DNS and not _is_unowned(host)
        witnesses = self._named if unresolved else self._alive
        return None if witnesses - self._own else Reason.NO_NETWORK


def _is_unowned(host: str) -> bool:
    return host.rpartition(":")[0].endswith(UNOWNED)


def _joined(known: Answer, later: Answer) -> Answer:
    """One answer of two: alive in either is alive; else the later one counts."""
    round_ = max(known.round, later.round)
    walked = known.walked or later.walked
    if not later.looks and known.looks:
        return msgspec.structs.replace(known, round=round_, walked=walked)
    if known.outcome is FetchOutcome.SOFT_404 and later.outcome in ALIVE:
        # a look sees no more than that it answers: the same answer once more
        looks = known.looks + later.looks
        return msgspec.structs.replace(known, round=round_, looks=looks, walked=walked)
    if known.outcome in ALIVE and known.looks:
        again = known.again or (later if later.outcome in ALIVE else None)
        return msgspec.structs.replace(known, round=round_, walked=walked, again=again)
    looks = later.looks
    if known.outcome in DEAD and later.outcome in DEAD:
        looks += known.looks
    return msgspec.structs.replace(
        later, round=round_, looks=looks, walked=walked, sha256=later.sha256 or known.sha256
    )
