"""Addresses by the WHATWG URL Standard: joining, identity, visit ids, traps."""

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote_from_bytes

from ada_url import URL, join_url

MAX_LENGTH = 2000  # characters; longer addresses are traps or mistakes
MAX_SEGMENTS = 20  # Heritrix TooManyPathSegmentsDecideRule
MAX_REPEATS = 2  # Heritrix PathologicalPathDecideRule: more equal neighbours are a trap

_SCHEME = re.compile(r"[\s\x00-\x20]*([A-Za-z][A-Za-z0-9+.\-]*):")
_REPEATED = re.compile(rf"/([^/]+)(?:/\1){{{MAX_REPEATS},}}(?=/|$)")
_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#;]*", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_AS_UTF8 = frozenset({"", "utf-8", "utf-16-le", "utf-16-be"})  # what their queries are encoded in
_PORTS = {"http:": "80", "https:": "443"}
_VISIT_IDS = frozenset(
    "jsessionid phpsessid sessionid session_id sid aspsessionid cfid cftoken zenid s_id "
    "timestamp ts _t _ rnd rand random nocache utm_source utm_medium utm_campaign utm_term "
    "utm_content spm".split()
)
_DOUBTFUL_IDS = frozenset({"sid", "s_id", "ts"})  # they may number sections and services as well
_SHORTEST_ID = 8  # characters of a visit's id under such a name


@lru_cache(maxsize=65536)
def join(base: str, href: str, encoding: str = "utf-8") -> str | None:
    """The absolute http(s) address of `href` on the page `base`, without fragment.

    None when it is invalid or of another scheme. Characters of a query that are not ASCII are
    percent-encoded in the page's encoding, as browsers do.
    """
    scheme = scheme_of(href)
    if scheme and scheme not in {"http", "https"}:
        return None
    if encoding not in _AS_UTF8 and "?" in href and not href.isascii():
        href = _encode_query(href, encoding)
    try:
        joined = join_url(base, href)
    except ValueError:
        return None
    if not joined.startswith(("http://", "https://")):
        return None
    return joined.partition("#")[0]


def scheme_of(href: str) -> str:
    """The scheme of an address as written, lower case; empty when it has none."""
    match = _SCHEME.match(href)
    return match[1].lower() if match else ""


@lru_cache(maxsize=65536)
def host_port(url: str) -> str:
    """`host:port` with the default port filled in; empty when the address is invalid."""
    parsed = _parse(url)
    if parsed is None or not parsed.hostname:
        return ""
    return f"{parsed.hostname}:{parsed.port or _PORTS.get(parsed.protocol, '')}"


def is_named(url: str) -> bool:
    """Whether the host has a name that had to be looked up: no bare address, not this machine."""
    host = host_port(url).rpartition(":")[0]
    return bool(host) and host != "localhost" and not host[-1].isdigit() and host[0] != "["


def in_folders(url: str, host: str, folders: Iterable[str]) -> bool:
    """Whether an address of a shared host lies below one of the folders; other hosts are not shared."""
    held = tuple(folders)
    if not held or host_port(url).rpartition(":")[0] != host.rpartition(":")[0]:
        return True
    parsed = _parse(url)
    path = parsed.pathname if parsed else ""
    return any(f"{path}/".startswith(one) for one in held)


@lru_cache(maxsize=65536)
def key(url: str) -> str:
    """Path and query: what identifies a page on a site's own hosts (schemes and ports change)."""
    parsed = _parse(url)
    if parsed is None:
        return url
    return (parsed.pathname or "/") + parsed.search


def without_visit_ids(url: str) -> str:
    """The address without session ids, cache busters and repeated parameters."""
    if ";" in url:
        url = _SESSION_PATH.sub("", url)
    start, mark, query = url.partition("?")
    if not mark:
        return url
    kept = [part for part in dict.fromkeys(query.split("&")) if not _is_visit_id(part)]
    return f"{start}?{'&'.join(kept)}" if kept else start


def _is_visit_id(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    name = name.lower()
    return name in _VISIT_IDS and (name not in _DOUBTFUL_IDS or len(value) >= _SHORTEST_ID)


def is_trap(url: str) -> bool:
    """Whether the address has the form of an endless site: too long, too deep, repeating itself."""
    if len(url) > MAX_LENGTH:
        return True
    path = key(url).partition("?")[0]
    return path.count("/") > MAX_SEGMENTS or _REPEATED.search(path) is not None


def suffix(url: str) -> str:
    """The file extension of the path, lower case without dot; empty when it has none."""
    name = url.partition("?")[0].rpartition("/")[2]
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem and len(ending) <= 8 else ""


def pattern(url: str) -> str:
    """The family of an address: its digits made equal."""
    return _DIGITS.sub("0", url)


@lru_cache(maxsize=4096)
def _parse(url: str) -> URL | None:
    try:
        return URL(url)
    except ValueError:
        return None


def _encode_query(href: str, encoding: str) -> str:
    before, _, rest = href.partition("?")
    query, mark, fragment = rest.partition("#")
    encoded = "".join(
        c if c.isascii() else quote_from_bytes(c.encode(encoding, "xmlcharrefreplace"))
        for c in query
    )
    return f"{before}?{encoded}{mark}{fragment}"
