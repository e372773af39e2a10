"""How records lie in the database: msgpack, page records compressed as well."""

from hashlib import blake2b

import msgspec
import zstandard

from audit.model import Fetch, PageRecord

LEVEL = 1  # higher levels gain a few per cent of space for a third more CPU


class Packer:
    """Packs and unpacks; keeps its coders, so make one and use it often."""

    def __init__(self) -> None:
        """Make the coders."""
        self._encoder = msgspec.msgpack.Encoder()
        self._fetches = msgspec.msgpack.Decoder(Fetch)
        self._records = msgspec.msgpack.Decoder(PageRecord)
        self._squeeze = zstandard.ZstdCompressor(level=LEVEL)
        self._expand = zstandard.ZstdDecompressor()

    def fetch(self, fetch: Fetch) -> bytes:
        """The bytes of a fetch row."""
        return self._encoder.encode(fetch)

    def as_fetch(self, packed: bytes) -> Fetch:
        """The fetch of those bytes."""
        return self._fetches.decode(packed)

    def record(self, record: PageRecord) -> bytes:
        """The compressed bytes of a page record."""
        return self._squeeze.compress(self._encoder.encode(record))

    def as_record(self, packed: bytes) -> PageRecord:
        """The page record of those bytes."""
        return self._records.decode(self._expand.decompress(packed))

    def blob(self, plain: bytes) -> bytes:
        """Any bytes, compressed."""
        return self._squeeze.compress(plain)

    def as_blob(self, packed: bytes) -> bytes:
        """The bytes that were compressed."""
        return self._expand.decompress(packed)

    def page_key(self, fetch: Fetch, record: PageRecord) -> bytes:
        """What a page record is a function of: body, address, content type, and a Refresh header.

        A record of a body that was not hashed is a function of itself only.
        """
        parts = (fetch.sha256, fetch.final_url or fetch.url, fetch.content_type, record.refresh)
        digest = blake2b("\0".join(parts).encode(), digest_size=16)
        if not fetch.sha256:
            digest.update(self._encoder.encode(record))
        return digest.digest()
