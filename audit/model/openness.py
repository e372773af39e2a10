"""What a site publishes in special columns and once a year, as far as its names tell."""

import msgspec

from audit.model.judging import Text
from audit.model.words import Reason


class Signpost(msgspec.Struct, frozen=True, array_like=True):
    """Words of a page, menu or list that name something, and where they lead."""

    text: str
    url: str  # empty: they lead nowhere
    page: str  # on which they stand
    outside: bool = False


class AreaPart(msgspec.Struct, frozen=True, array_like=True):
    """A part that a special column must have; `sign`: what shows it, None: nothing."""

    name: str
    sign: Signpost | None


class Area(msgspec.Struct, frozen=True):
    """One entry of the list of special columns (rulebook 4.14) on one site."""

    id: str
    name: Text
    owed: bool  # the site's name is that of a body that owes it
    signs: tuple[Signpost, ...]  # what names it, at most 10; empty: nothing does
    parts: tuple[AreaPart, ...]
    unseen: Reason | None  # why it may be there although nothing names it
    elsewhere: str = ""  # address of a platform on another host that may hold it
    titles: tuple[Signpost, ...] = ()  # titles of articles that speak of it, at most 10
    read: int = 0  # pages about it that were read


class YearlyReport(msgspec.Struct, frozen=True):
    """A report that is due once a year, with the years for which one was found."""

    kind: str
    name: Text
    owed: bool
    years: tuple[int, ...]  # that titles name, newest first
    signs: tuple[Signpost, ...]  # newest first, at most 10
    undated: tuple[Signpost, ...]  # titles without a year, at most 10
    unseen: Reason | None
    elsewhere: str = ""
    doubtful: tuple[Signpost, ...] = ()  # of other bodies by their titles, or behind dead links
