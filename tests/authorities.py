"""A private authority of the tests, and the certificate that it gives a server on loopback."""

import ssl
from pathlib import Path

import msgspec
import trustme


class Authority(msgspec.Struct, frozen=True):
    """`file`: PEM of the authority. `server`: what a server on 127.0.0.1 shows."""

    file: str
    server: ssl.SSLContext


def authority(folder: Path, *, whole_chain: bool = False) -> Authority:
    """A new one; its file lies in the folder. The server sends its own certificate, or the whole chain."""
    made = trustme.CA()
    path = folder / "authority.pem"
    made.cert_pem.write_to_path(path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    given = made.issue_cert("127.0.0.1")
    chain = folder / "chain.pem"
    own = [blob.bytes() for blob in given.cert_chain_pems]
    if whole_chain:
        own.append(made.cert_pem.bytes())
    chain.write_bytes(given.private_key_pem.bytes() + b"".join(own))
    context.load_cert_chain(chain)
    return Authority(str(path), context)


def forged(folder: Path) -> Authority:
    """A server with the certificate of another authority for another name, and the named one's beside it.

    `file`: PEM of the authority that is named, and signed nothing.
    """
    named, other = trustme.CA(), trustme.CA()
    path = folder / "named.pem"
    named.cert_pem.write_to_path(path)
    given = other.issue_cert("other.example")
    chain = folder / "forged.pem"
    own = [blob.bytes() for blob in given.cert_chain_pems]
    chain.write_bytes(b"".join([given.private_key_pem.bytes(), *own, named.cert_pem.bytes()]))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    return Authority(str(path), context)
