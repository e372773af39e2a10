"""Attachments in a process of its own: native libraries read strangers' files, and one may crash or hang.

The process reads frames from its standard input until that ends, and answers each on its standard output:
the length of the address, that of the body, both; then the length of an `Attached` in MessagePack, and it.
It ends with whoever started it, since its input ends then.
"""

import signal
import struct
import sys
from typing import BinaryIO, Final

import msgspec

from audit.model import Attached
from audit.reading.attachments import read_attachment

ASKED: Final = struct.Struct("!II")  # lengths of address and body in bytes
TOLD: Final = struct.Struct("!I")
SECONDS: Final = 10  # for one file
MEMORY: Final = 2 << 30  # bytes of address space, code and stacks included


def ask(url: str, body: bytes) -> bytes:
    """A frame that asks for the words of a file."""
    address = url.encode("utf-8", "replace")
    return ASKED.pack(len(address), len(body)) + address + body


def main() -> None:
    """Answer every frame of the standard input."""
    _limit()
    asked, told = sys.stdin.buffer, sys.stdout.buffer
    while (frame := _frame(asked)) is not None:
        url, body = frame
        _alarm(SECONDS)
        packed = msgspec.msgpack.encode(_read(body, url))
        _alarm(0)
        told.write(TOLD.pack(len(packed)) + packed)
        told.flush()


def _read(body: bytes, url: str) -> Attached:
    try:
        return read_attachment(body, url)
    except (MemoryError, RecursionError):
        return Attached(read=False)


def _frame(asked: BinaryIO) -> tuple[str, bytes] | None:
    head = asked.read(ASKED.size)
    if len(head) < ASKED.size:
        return None
    address, body = ASKED.unpack(head)
    url = asked.read(address).decode("utf-8", "replace")
    whole = asked.read(body)
    return (url, whole) if len(whole) == body else None


def _alarm(seconds: int) -> None:
    """End the process when a file takes longer, where the system can; whoever started it does so too."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def _limit() -> None:
    """Bound the memory, where the system can."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.RLIM_INFINITY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):
        return


if __name__ == "__main__":
    main()
