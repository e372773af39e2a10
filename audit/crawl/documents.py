"""The words of attachments: read here, or, where a native library reads them, in a process of its own."""

import asyncio
import contextlib
import logging
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process

import msgspec

from audit.model import Attached
from audit.reading import is_read_apart, read_attachment
from audit.reading.apart import SECONDS, TOLD, ask

BROKEN = 5  # processes that ended over a file; then no more are started
LARGEST = 16 << 20  # bytes of an answer

_log = logging.getLogger(__name__)


class DocumentReader:
    """Reads one file after the other; close it at the end."""

    def __init__(self) -> None:
        """Nothing is started before the first file that needs it."""
        self._process: Process | None = None
        self._lock = asyncio.Lock()
        self._broken = 0

    async def read(self, body: bytes, url: str) -> Attached:
        """What the words of a whole file give away; unread where its process crashed or took too long."""
        if not is_read_apart(url):
            return read_attachment(body, url)
        async with self._lock:
            if self._broken >= BROKEN:
                return Attached(read=False)
            try:
                async with asyncio.timeout(SECONDS + 1):
                    return await self._asked(body, url)
            except (OSError, TimeoutError, EOFError, msgspec.MsgspecError) as error:
                self._broken += 1
                _log.warning("%s could not be read: %s", url, error or type(error).__name__)
                await self._end()
                return Attached(read=False)
            except asyncio.CancelledError:
                await self._end()
                raise

    async def close(self) -> None:
        """End the process."""
        await self._end()

    async def _asked(self, body: bytes, url: str) -> Attached:
        if self._process is None:
            self._process = await _started()
        there, back = self._process.stdin, self._process.stdout
        assert there is not None and back is not None  # noqa: S101, PT018 - pipes, both
        there.write(ask(url, body))
        await there.drain()
        (length,) = TOLD.unpack(await back.readexactly(TOLD.size))
        if length > LARGEST:
            raise OSError("too long an answer")
        return msgspec.msgpack.decode(await back.readexactly(length), type=Attached)

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _started() -> Process:
    """The process, with the paths on which this one found its modules."""
    paths = os.pathsep.join(path for path in sys.path if path)
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "audit.reading.apart",
        stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={**os.environ, "PYTHONPATH": paths},
    )  # fmt: skip
