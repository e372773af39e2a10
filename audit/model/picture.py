"""A picture of a page for the evidence: what is to be marked on it, and where to ask for it."""

import json

import msgspec

from audit.model.fragments import task_of, with_task

LONGEST = 160  # characters of one thing that is looked for
MOST = 4  # things of one kind that are looked for


class Mark(msgspec.Struct, frozen=True, array_like=True):
    """What is to be framed: the first of these that the page shows. It travels in the fragment."""

    paths: tuple[str, ...] = ()  # CSS paths
    links: tuple[str, ...] = ()  # where a link leads
    texts: tuple[str, ...] = ()  # words of the page
    outside: bool = False  # the page may lie on another host: an answer of the search

    @property
    def sought(self) -> tuple[str, ...]:
        """Everything that is looked for, what tells most first."""
        return (*self.texts, *self.links, *self.paths)


_COMMENT = b"\xff\xfe"  # the marker (COM) of a JPEG before what its stamp says, as JSON

NOTHING = Mark()
"""The top of the page as it stands."""


def picture_address(url: str, mark: Mark) -> str:
    """The address of a picture; the fragment, which is never sent, says what to mark."""
    fitted = Mark(_fit(mark.paths), _fit(mark.links), _fit(mark.texts), mark.outside)
    return with_task(url, fitted)


def mark_of(address: str) -> tuple[str, Mark]:
    """The address to open, and what to mark there."""
    url, mark = task_of(address, Mark)
    return url, NOTHING if mark is None else mark


def stamped(jpeg: bytes, facts: dict[str, str]) -> bytes:
    """The same picture with what its stamp says as a comment behind its first marker."""
    note = json.dumps(facts, ensure_ascii=True).encode()[:60_000]
    return jpeg[:2] + _COMMENT + (len(note) + 2).to_bytes(2, "big") + note + jpeg[2:]


def document_of(jpeg: bytes) -> str:
    """The hash of the document that a picture is stamped with; empty: it is not stamped."""
    if jpeg[2:4] != _COMMENT:
        return ""
    length = int.from_bytes(jpeg[4:6], "big")
    try:
        return msgspec.json.decode(jpeg[6 : 4 + length], type=_Stamp).document
    except (ValueError, msgspec.DecodeError):
        return ""


class _Stamp(msgspec.Struct):
    document: str = ""


def _fit(wanted: tuple[str, ...]) -> tuple[str, ...]:
    kept = (one.encode("utf-8", "replace").decode()[:LONGEST].strip() for one in wanted)
    return tuple(dict.fromkeys(one for one in kept if one))[:MOST]
