"""Cookies kept within one host and port during one crawl, and few of them: nobody logs in."""

from collections.abc import Iterable
from itertools import islice

MAX_COOKIES = 50  # a host; the oldest goes
MAX_AT_ONCE = 20  # of one answer
MAX_VALUE = 4096  # bytes of name and value, as browsers
MAX_HEADER = 8192  # bytes sent back; servers refuse more


class Cookies:
    """What hosts asked to be told again; a Domain attribute never widens it beyond the host."""

    def __init__(self) -> None:
        """Start without any."""
        self._hosts: dict[str, dict[str, str]] = {}

    def keep(self, host: str, headers: Iterable[str]) -> None:
        """Take the Set-Cookie headers of an answer from `host` (`host:port`)."""
        for header in islice(headers, MAX_AT_ONCE):
            pair, _, attributes = header.partition(";")
            name, equals, value = pair.strip().partition("=")
            if not equals or not name or len(pair) > MAX_VALUE or not _fits(host, attributes):
                continue
            jar = self._hosts.setdefault(host, {})
            jar.pop(name, None)
            if not _expired(attributes):
                jar[name] = value
            if len(jar) > MAX_COOKIES:
                del jar[next(iter(jar))]

    def header(self, host: str) -> str:
        """The Cookie header for `host`, newest first; empty when there is none."""
        jar = self._hosts.get(host)
        if not jar:
            return ""
        pairs: list[str] = []
        size = 0
        for name, value in reversed(jar.items()):
            pair = f"{name}={value}"
            if size + len(pair) <= MAX_HEADER:
                size += len(pair) + 2
                pairs.append(pair)
        return "; ".join(pairs)


def _fits(host: str, attributes: str) -> bool:
    """Whether the cookie is meant for this host; one for another domain is refused."""
    domain = _attribute(attributes, "domain").lstrip(".").lower()
    name = host.rpartition(":")[0]
    return not domain or name == domain or name.endswith("." + domain)


def _expired(attributes: str) -> bool:
    age = _attribute(attributes, "max-age")
    return age == "0" or age.startswith("-")


def _attribute(attributes: str, wanted: str) -> str:
    for part in attributes.split(";"):
        name, _, value = part.strip().partition("=")
        if name.lower() == wanted:
            return value.strip()
    return ""
