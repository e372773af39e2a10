"""What a format is given: the report, names for people, the long tables; and what a format is."""

import datetime as dt
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Protocol

import msgspec

from audit.model import DateSource
from audit.report.records import Finding, Report


class PageLine(msgspec.Struct, frozen=True):
    """One line of pages.jsonl: a URL that was seen."""

    site: str
    url: str
    final_url: str
    outcome: str
    status: int
    via: str
    charset: str
    title: str
    kind: str
    published: dt.date | None
    published_source: DateSource | None
    published_confidence: float
    column: str
    sha256: str
    bytes: int
    ms: int
    depth: int
    flags: tuple[str, ...]
    links_from: int


class LinkExample(msgspec.Struct, frozen=True):
    page: str
    text: str


class LinkLine(msgspec.Struct, frozen=True):
    """One line of links.jsonl: a distinct (target, region)."""

    site: str
    url: str
    region: str
    outcome: str
    status: int
    looks: int
    pages: int
    examples: tuple[LinkExample, ...]


class CheckCard(msgspec.Struct, frozen=True):
    """What a format may say of a check, in the report's language."""

    id: str
    title: str
    failure_title: str
    basis: tuple[str, ...]
    verified: bool


class ItemCard(msgspec.Struct, frozen=True):
    """Name and group of a rulebook item, for people."""

    id: str
    name: str
    group: str
    source: str
    verified: bool


class WaiverState(StrEnum):
    """What a waiver did in a run."""

    MATCHED = "matched"
    UNMATCHED = "unmatched"
    EXPIRED = "expired"


class WaiverLine(msgspec.Struct, frozen=True):
    """A waiver of the config and how many findings it covers in this run."""

    scope: str  # a finding's id, or a site and a check
    reason: str
    approver: str
    expires: dt.date
    matched: int
    state: WaiverState


class Material(Protocol):
    """What a format is given beside the report: names for people and the long tables. Streams."""

    @property
    def language(self) -> str:
        """`zh` or `en`."""
        ...

    @property
    def checks(self) -> Mapping[str, CheckCard]:
        """Every check of the run by id."""
        ...

    @property
    def items(self) -> Mapping[str, ItemCard]:
        """Every item and veto of the rulebook by id."""
        ...

    @property
    def rulebook_name(self) -> str:
        """The rulebook's name for people."""
        ...

    @property
    def units(self) -> Mapping[str, str]:
        """Names of units by id."""
        ...

    @property
    def earlier(self) -> Mapping[str, Finding]:
        """The findings of the run that this one is compared with, by id, as that run said them."""
        ...

    @property
    def waivers(self) -> tuple[WaiverLine, ...]:
        """Every waiver of the config, in its order."""
        ...

    def picture(self, sha256: str) -> bytes | None:
        """A picture that evidence names (JPEG); None: it is not kept."""
        ...

    def pages(self) -> Iterator[PageLine]:
        """The lines of pages.jsonl, ordered by site and URL."""
        ...

    def links(self) -> Iterator[LinkLine]:
        """The lines of links.jsonl, ordered by site, URL and region."""
        ...


class Format(Protocol):
    """One report format: same report and material, same bytes."""

    @property
    def name(self) -> str:
        """The word used in `--format`."""
        ...

    def render(self, report: Report, material: Material) -> Iterator[tuple[str, bytes]]:
        """File names relative to the output folder, and their bytes."""
        ...
