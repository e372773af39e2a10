"""Which network addresses may be reached: public ones, and those that the config names exactly.

The rule is applied where the connection is made, on every hop: a name is resolved once, every
address of it is checked, and the connection goes to a checked address, so a name that changes its
mind between check and connect (DNS rebinding) gains nothing.
"""

import asyncio
import errno
import ipaddress
import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from aiohttp.abc import AbstractResolver, ResolveResult

# IANA IPv4 Special-Purpose Address Registry: what is not globally reachable, and multicast.
SPECIAL_V4 = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
# Of IPv6 only 2000::/3 is allocated for the public; these parts of it are not public either
# (IANA IPv6 Special-Purpose Address Registry).
PUBLIC_V6 = IPv6Network("2000::/3")
SPECIAL_V6 = tuple(
    IPv6Network(block) for block in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)
# Where clouds keep their keys: no name in the config opens these, only the address itself.
METADATA = frozenset({"169.254.169.254", "100.100.100.200", "fd00:ec2::254"})
LINK_LOCAL = (IPv4Network("169.254.0.0/16"), IPv6Network("fe80::/10"))


class BlockedAddressError(OSError):
    """The address is private or special-purpose and the config does not name it."""

    def __init__(self, words: str) -> None:
        """Keep the words for the evidence."""
        super().__init__(errno.EACCES, words)


class AddressPolicy:
    """Decides on addresses; `allowed` holds `host:port`, IPv6 addresses in brackets."""

    def __init__(self, allowed: frozenset[str]) -> None:
        """Take what the config names."""
        self._allowed = allowed
        self._vetted: set[tuple[str, int]] = set()  # addresses of a name that the config names
        self._passed: set[tuple[str, int]] = set()  # literal hosts that were found allowed

    def check(self, address: str, port: int) -> None:
        """Raise BlockedAddressError unless this IP address and port may be reached."""
        if (address, port) in self._vetted or is_public(address) or self._named(address, port):
            return
        raise BlockedAddressError(f"{address}:{port} is not a public address")

    def check_name(self, name: str, port: int, addresses: tuple[str, ...]) -> None:
        """Raise BlockedAddressError when any address of the name must not be reached."""
        if f"{name}:{port}" in self._allowed:
            self._vetted.update((a, port) for a in addresses if not _never_by_name(a))
        for address in addresses:
            self.check(address, port)

    def check_literal(self, host: str, port: int) -> None:
        """Check a URL's host when it is an IP address; names are checked when they are resolved."""
        if (host, port) in self._passed:
            return
        address = host.strip("[]")
        try:
            ipaddress.ip_address(address)
        except ValueError:
            return
        self.check(address, port)
        self._passed.add((host, port))

    def open_socket(self, info: tuple[int, int, int, str, tuple[object, ...]]) -> socket.socket:
        """Make the socket for one final address: the last gate before every connection."""
        family, kind, protocol, _, place = info
        address, port = place[0], place[1]
        if not isinstance(address, str) or not isinstance(port, int):
            raise BlockedAddressError(f"{place!r} is not an internet address")
        self.check(address, port)
        return socket.socket(family, kind, protocol)

    def _named(self, address: str, port: int) -> bool:
        text = f"[{address}]" if ":" in address else address
        return f"{text}:{port}" in self._allowed


class CheckedResolver(AbstractResolver):
    """Resolves names by the system and refuses a name of which any address is refused."""

    def __init__(self, policy: AddressPolicy) -> None:
        """Take the policy to ask."""
        self._policy = policy

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Every address of the host; raises OSError: not found, or BlockedAddressError."""
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, family=family)
        addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
        self._policy.check_name(host, port, addresses)
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in addresses
        ]

    async def close(self) -> None:
        """Nothing is kept open."""


def is_public(address: str) -> bool:
    """Whether an IP address (text, without brackets) belongs to the public internet."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv4Address):
        return _is_public_v4(parsed)
    embedded = _embedded(parsed)
    if embedded is not None:
        return _is_public_v4(embedded)
    return parsed in PUBLIC_V6 and not any(parsed in block for block in SPECIAL_V6)


def _is_public_v4(address: IPv4Address) -> bool:
    return not any(address in block for block in SPECIAL_V4)


def _embedded(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that a NAT64 address (RFC 6052) leads to.

    IPv4-mapped addresses need no unwrapping: ::/8 is not public, so they are refused as written.
    """
    if address in IPv6Network("64:ff9b::/96"):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def _never_by_name(address: str) -> bool:
    parsed = ipaddress.ip_address(address)
    return address in METADATA or any(
        parsed in block for block in LINK_LOCAL if block.version == parsed.version
    )
