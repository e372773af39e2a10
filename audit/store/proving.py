"""Whether a stored body is still what was fetched: read from its file, and its hash made again."""

from enum import StrEnum
from hashlib import sha256

import msgspec

from audit.store.archive import Archive, Place
from audit.store.warc import answer_in


class Standing(StrEnum):
    """What became of a stored body."""

    KEPT = "kept"
    LOST = "lost"  # its file or its row is no longer there
    CHANGED = "changed"  # what lies there is not what was fetched


class Proof(msgspec.Struct, frozen=True):
    """A body as it lies in the archive now; body and type only where it is what it was."""

    standing: Standing
    place: str = ""  # file:offset
    body: bytes = b""
    content_type: str = ""


def prove(archive: Archive, place: Place, digest: str) -> Proof:
    """Read the body at a place and compare its SHA-256."""
    name = f"{place.file}:{place.start}"
    member = archive.member(place)
    if member is None:
        return Proof(Standing.LOST, name)
    found = answer_in(member)
    if found is None or sha256(found[0]).hexdigest() != digest:
        return Proof(Standing.CHANGED, name)
    return Proof(Standing.KEPT, name, *found)
