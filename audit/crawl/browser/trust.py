"""What the browser trusts beside the public authorities: the keys of the config's certificates.

Chromium takes no file of authorities. It lets a chain pass that holds a certificate with a named
key, and then looks neither at signature nor at name nor at days: anybody can send that certificate
with his own. So every server is asked for its certificates first, as the rest of the crawl asks.
"""

import asyncio
import base64
import re
import ssl
from collections.abc import Awaitable, Callable
from hashlib import sha256
from pathlib import Path

Connect = Callable[
    [str, int, ssl.SSLContext], Awaitable[tuple[asyncio.StreamReader, asyncio.StreamWriter]]
]
FLAG = "--ignore-certificate-errors-spki-list="
LONG = 0x80  # a length that takes more than one byte
VERSION = 0xA0  # the tag of the field that certificates of the first version lack
BEFORE_KEY = 5  # serial number, algorithm, issuer, days, subject

_PEM = re.compile(
    r"-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+?-----END CERTIFICATE-----", re.ASCII
)


class Handshakes:
    """Servers whose certificates were checked by all the rules, each host and port once."""

    def __init__(self, tls: ssl.SSLContext) -> None:
        """`tls`: the trust of the crawl."""
        self._tls = tls
        self._told: dict[tuple[str, int], str] = {}
        self._locks: dict[tuple[str, int], asyncio.Lock] = {}

    async def refusal(self, host: str, port: int, connect: Connect) -> str:
        """Why a server is not trusted; empty: it is. Raises OSError when it does not answer."""
        place = host, port
        async with self._locks.setdefault(place, asyncio.Lock()):
            if place not in self._told:
                try:
                    _, writer = await connect(host, port, self._tls)
                except ssl.SSLCertVerificationError as error:
                    self._told[place] = error.verify_message or str(error)
                else:
                    writer.close()
                    self._told[place] = ""
            return self._told[place]


def trust_flags(ca_file: str) -> tuple[str, ...]:
    """The browser's arguments for a PEM file; none for none. Raises OSError."""
    if not ca_file:
        return ()
    text = Path(ca_file).read_text(encoding="utf-8", errors="replace")
    keys = [_pin(ssl.PEM_cert_to_DER_cert(one)) for one in _PEM.findall(text)]
    return (FLAG + ",".join(keys),) if keys else ()


def _pin(certificate: bytes) -> str:
    """The hash of the public key with its kind (RFC 7469), as Chromium writes it."""
    outer, _ = _entered(certificate, 0)
    at, _ = _entered(certificate, outer)
    if certificate[at] == VERSION:
        _, at = _entered(certificate, at)
    for _ in range(BEFORE_KEY):
        _, at = _entered(certificate, at)
    _, end = _entered(certificate, at)
    return base64.b64encode(sha256(certificate[at:end]).digest()).decode("ascii")


def _entered(der: bytes, at: int) -> tuple[int, int]:
    """Where the content of the DER element at `at` begins and ends."""
    length, start = der[at + 1], at + 2
    if length & LONG:
        size = length & ~LONG
        length = int.from_bytes(der[start : start + size])
        start += size
    return start, start + length
