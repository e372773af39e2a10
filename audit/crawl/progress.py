"""Who is told how a crawl goes on."""

from typing import Protocol

from audit.model import FetchOutcome


class Progress(Protocol):
    """Who is told how the crawl goes on."""

    def found(self, site: str, count: int) -> None:
        """So many more addresses are to be asked for."""
        ...

    def advance(self, site: str, url: str, outcome: FetchOutcome) -> None:
        """One address is done; `outcome` is the wire's."""
        ...


class Silence:
    """Progress that nobody watches."""

    def found(self, site: str, count: int) -> None:
        """Say nothing."""

    def advance(self, site: str, url: str, outcome: FetchOutcome) -> None:
        """Say nothing."""
