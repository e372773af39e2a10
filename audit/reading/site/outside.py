"""The site's own hosts by what their names are, and traces of links whose hosts fell into other hands."""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Final

from audit.model import HostKind, LinkTarget, OutsideLink, SiteCard, SiteHost, TraceOfHijack
from audit.reading.concealed import domain_of, is_trusted, lures
from audit.reading.site.targets import Targets, is_intranet
from audit.urls import host_port
from audit.vocabulary import pattern_of, words

REPEATED: Final = 2  # times: pages that lure say it again and again; a single word may be news
NAME: Final = 14  # characters; longer words are a headline, which may tell of such things
_PORTS: Final = {"http": "80", "https": "443"}


def hosts_of(card: SiteCard) -> tuple[SiteHost, ...]:
    """The host of the registered home page, then the other registered ones by name."""
    home, _, port = host_port(card.home).rpartition(":")
    usual = _PORTS.get(card.home.partition(":")[0].lower(), "")
    others = {one.rpartition(":")[0] for one in card.own_hosts} - {home, ""}
    return (
        SiteHost(home, kind_of(home), home=True, port="" if port == usual else port),
        *(SiteHost(host, kind_of(host), home=False) for host in sorted(others)),
    )


def kind_of(host: str) -> HostKind:
    """Who may register such a name."""
    if is_intranet(f"http://{host}/"):
        return HostKind.PRIVATE
    if host.startswith("[") or host.rpartition(".")[2].isdigit():
        return HostKind.NUMBER
    if _ends(host, "government_endings"):
        return HostKind.GOVERNMENT
    return HostKind.PUBLIC if _ends(host, "public_endings") else HostKind.OTHER


def outside_of(targets: Targets) -> Iterator[OutsideLink]:
    """Every link to another host, asked for or not, in the order of the addresses."""
    for target, answer in targets.outside():
        said = [source.text for source in target.examples if source.text]
        landed = answer.final_url if answer is not None else ""
        shown = answer.shown if answer is not None else ""
        traces, telling = _traces(target, landed, said, shown)
        blank = answer is not None and answer.blank and TraceOfHijack.STRANGER in traces
        yield OutsideLink(target, landed, traces, telling, shown, blank)


def _traces(
    target: LinkTarget, landed: str, said: Sequence[str], shown: str
) -> tuple[tuple[TraceOfHijack, ...], tuple[str, ...]]:
    end = landed or target.url
    told = () if any(lures(text, "") for text in said) else _told(shown)
    names = [word for text in said if len(text) <= NAME for word in lures(text, "")]
    hosts = [*lures("", target.url), *lures("", end)]
    moved = domain_of(end) != domain_of(target.url) and not _is_of(target.url, "forwarding_domains")
    found = {
        TraceOfHijack.WORDS: bool(names),
        TraceOfHijack.HOST: bool(hosts),
        TraceOfHijack.TITLE: len(told) >= REPEATED,
        TraceOfHijack.PARKED: _is_of(end, "parking_domains"),
        TraceOfHijack.MOVED: moved,
        TraceOfHijack.STRANGER: not is_trusted(domain_of(end)),
    }
    seen = told if found[TraceOfHijack.TITLE] else ()
    telling = tuple(dict.fromkeys((*names, *hosts, *seen)))
    return tuple(trace for trace, holds in found.items() if holds), telling


def _told(shown: str) -> tuple[str, ...]:
    """The telling words of what a page says of itself, as often as they stand there."""
    if not shown or pattern_of("concealed", "innocent_patterns").search(shown):
        return ()
    found = pattern_of("concealed", "lure_patterns").finditer(shown)
    return tuple(match[0] for match in found)


def _is_of(url: str, key: str) -> bool:
    return _ends(host_port(url).rpartition(":")[0], key)


@lru_cache(maxsize=16384)
def _ends(host: str, key: str) -> bool:
    return f".{host}".endswith(_endings(key))


@cache
def _endings(key: str) -> tuple[str, ...]:
    """The endings as addresses write them, a dot before each."""
    return tuple(
        "." + host_port(f"http://{one}/").rpartition(":")[0] for one in words("domains")[key]
    )
