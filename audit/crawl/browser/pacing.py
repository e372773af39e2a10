"""How fast the browser may ask one host: documents at the site's rate, what they need in bursts."""

import asyncio

DOCUMENTS = 5  # at once: a page with its frames, or one that leads on
NEEDED = 120  # requests at once: a page with its scripts and pictures, as a visitor's browser asks
MORE = 10  # of them for each document that the rate allows


class Bucket:
    """So many at once, then so many a second; whoever comes later waits his turn."""

    def __init__(self, burst: int, rate: float) -> None:
        """`rate` a second."""
        self._burst = burst
        self._rate = rate
        self._left = float(burst)
        self._seen = asyncio.get_running_loop().time()

    async def take(self) -> None:
        """Wait until one more may go."""
        now = asyncio.get_running_loop().time()
        self._left = min(self._burst, self._left + (now - self._seen) * self._rate)
        self._seen = now
        self._left -= 1
        if self._left < 0:
            await asyncio.sleep(-self._left / self._rate)


class HostPace:
    """The pace of every host, each by itself."""

    def __init__(self, rate: float) -> None:
        """Documents a second of one host; 0: no limit."""
        self._rate = rate
        self._hosts: dict[str, tuple[Bucket, Bucket]] = {}

    async def turn(self, host: str, *, document: bool) -> None:
        """Wait until a request may go to a host (`host:port`)."""
        if not self._rate:
            return
        if host not in self._hosts:
            self._hosts[host] = (
                Bucket(DOCUMENTS, self._rate),
                Bucket(NEEDED, self._rate * MORE),
            )
        documents, needed = self._hosts[host]
        await needed.take()
        if document:
            await documents.take()
