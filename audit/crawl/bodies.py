"""Undoing content encodings within limits: no layer grows past the cap, half a body is no body."""

import io
import zlib
from collections.abc import Callable
from importlib import import_module
from typing import Protocol, cast

import zstandard

from audit.model import FetchOutcome

MAX_LAYERS = 2
BOMB_RATIO = (
    100  # a page deflates 3 to 20 times; past this and the cap it is a bomb, not a large page
)
ZSTD_WINDOW = 8 << 20  # bytes; the most that RFC 9659 lets a server use
GZIP, ZLIB, RAW = 31, 15, -15  # zlib's window bits for the three formats


class _Brotli(Protocol):
    """The part of `brotli.Decompressor` (which carries no types) that is used here."""

    def process(self, data: bytes, /, *, output_buffer_limit: int) -> bytes: ...
    def is_finished(self) -> bool: ...
    def can_accept_more_data(self) -> bool: ...


class _BrotliModule(Protocol):
    error: type[Exception]
    Decompressor: Callable[[], _Brotli]


_Undone = tuple[bytes, bool]
_BROTLI = cast(_BrotliModule, import_module("brotli"))


class BodyError(Exception):
    """The body cannot be used; `outcome` says why."""

    def __init__(self, outcome: FetchOutcome, words: str) -> None:
        """Keep outcome and words."""
        super().__init__(words)
        self.outcome = outcome


def layers(content_encoding: str) -> tuple[str, ...]:
    """The encodings to undo, outermost first; raises BodyError when they are too many."""
    names = [name.strip().lower() for name in content_encoding.split(",")]
    wanted = tuple(name for name in reversed(names) if name not in {"", "identity"})
    if len(wanted) > MAX_LAYERS:
        raise BodyError(FetchOutcome.PROTOCOL, f"{len(wanted)} layers of content encoding")
    return wanted


def inflate(data: bytes, encodings: tuple[str, ...], limit: int) -> bytes:
    """The body behind the encodings, at most `limit` bytes.

    Raises BodyError: decode, truncated, too_large or decompression_bomb.
    """
    return _undone(data, encodings, limit, cut=False)[0]


def beginning(data: bytes, encodings: tuple[str, ...], limit: int) -> tuple[bytes, bool]:
    """As much of the body as the data and the limit allow, and whether that is all of it.

    Raises BodyError: decode.
    """
    return _undone(data, encodings, limit, cut=True)


def _undone(
    data: bytes, encodings: tuple[str, ...], limit: int, *, cut: bool
) -> tuple[bytes, bool]:
    whole = True
    for name in encodings:
        decode = _DECODERS.get(name)
        if decode is None:
            raise BodyError(FetchOutcome.DECODE, f"unknown content encoding {name[:40]!r}")
        if data:
            data, ended = decode(data, limit, cut)
            whole = whole and ended
    return data, whole


# Each says what it undid, and whether that is all; whatever is not all is refused unless it is `cut`.
def _gzip(data: bytes, limit: int, cut: bool) -> _Undone:  # noqa: FBT001 - one signature for the table
    return _members(data, GZIP, limit, cut=cut)


def _deflate(data: bytes, limit: int, cut: bool) -> _Undone:  # noqa: FBT001 - as above
    """Both forms in use: with the zlib header (the standard's) and without it."""
    is_zlib = len(data) > 1 and data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0
    return _members(data, ZLIB if is_zlib else RAW, limit, cut=cut)


def _members(data: bytes, window: int, limit: int, *, cut: bool) -> _Undone:
    """All members end to end; what follows them and is no member is dropped, as browsers do."""
    pieces: list[bytes] = []
    size = 0
    rest = data
    while rest and (not pieces or rest[:2] == b"\x1f\x8b"):
        engine = zlib.decompressobj(window)
        try:
            piece = engine.decompress(rest, limit - size + 1)
        except zlib.error as error:
            raise BodyError(FetchOutcome.DECODE, str(error)) from error
        size += len(piece)
        if size > limit and not cut:
            raise _too_much(size, len(data) - len(engine.unconsumed_tail))
        pieces.append(piece)
        if size > limit or not engine.eof:
            if cut:
                return b"".join(pieces), False
            raise BodyError(FetchOutcome.TRUNCATED, "the compressed body ends early")
        rest = engine.unused_data
    return b"".join(pieces), True


def _brotli(data: bytes, limit: int, cut: bool) -> _Undone:  # noqa: FBT001 - as above
    engine = _BROTLI.Decompressor()
    pieces: list[bytes] = []
    size = 0
    rest = data
    try:
        while size <= limit and not engine.is_finished():
            piece = engine.process(rest, output_buffer_limit=limit - size + 1)
            rest = b""
            pieces.append(piece)
            size += len(piece)
            if not piece and engine.can_accept_more_data():
                break
    except _BROTLI.error as error:
        raise BodyError(FetchOutcome.DECODE, f"brotli: {error}") from error
    whole = size <= limit and engine.is_finished()
    if whole or cut:
        return b"".join(pieces), whole
    if size > limit:
        raise _too_much(size, len(data))
    raise BodyError(FetchOutcome.TRUNCATED, "the compressed body ends early")


def _zstd(data: bytes, limit: int, cut: bool) -> _Undone:  # noqa: FBT001 - as above
    engine = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW)
    try:
        with engine.stream_reader(io.BytesIO(data), read_across_frames=True) as reader:
            body = reader.read(limit + 1)
        whole = len(body) <= limit and _zstd_ends(engine, data)
    except zstandard.ZstdError as error:
        raise BodyError(FetchOutcome.DECODE, f"zstd: {error}") from error
    if whole or cut:
        return body, whole
    if len(body) > limit:
        raise _too_much(len(body), len(data))
    raise BodyError(FetchOutcome.TRUNCATED, "the compressed body ends early")


def _zstd_ends(engine: zstandard.ZstdDecompressor, data: bytes) -> bool:
    """Whether the last frame is whole (the reader does not tell); the size is known to be small."""
    rest = data
    while rest:
        frame = engine.decompressobj()
        frame.decompress(rest)
        if not frame.eof:
            return False
        rest = frame.unused_data
    return True


def _too_much(size: int, consumed: int) -> BodyError:
    if size > consumed * BOMB_RATIO:
        return BodyError(
            FetchOutcome.DECOMPRESSION_BOMB, f"{consumed} bytes inflate to over {size - 1}"
        )
    return BodyError(FetchOutcome.TOO_LARGE, f"over {size - 1} bytes inflated")


_DECODERS: dict[str, Callable[[bytes, int, bool], _Undone]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
