"""Trying a site's search: what one query asks, what came back, and what that says of the search."""

from enum import StrEnum

import msgspec

from audit.model.fragments import task_of, with_task
from audit.model.words import FetchOutcome, ProbeKind, ProbeState, Reason, SearchState


class Asking(msgspec.Struct, frozen=True, array_like=True):
    """One query to a search, and what it looks for. It travels in the fragment of its address.

    A fragment is never sent: the address stays whole, is unique for each query, and a stored fetch
    says by itself what was asked.
    """

    kind: ProbeKind
    query: str
    title: str = ""  # the headline or document that is to be found
    sought: str = ""  # its address
    form: str = ""  # what POST sends, encoded; empty: GET
    by_browser: bool = False  # typed into the box of the page that the address names
    box: str = ""  # id or name of that box


class SearchProbe(msgspec.Struct, frozen=True):
    """One query to the site's search, and what came back."""

    kind: ProbeKind
    query: str
    state: ProbeState
    url: str  # what was asked, without fragment
    reason: Reason | None = None  # why it tells nothing
    title: str = ""
    sought: str = ""
    rank: int | None = None  # of what was sought among the results of the first page
    rows: int = 0  # results on the first page that stand on no other page
    stated: int | None = None  # how many results the page says there are
    outcome: FetchOutcome = FetchOutcome.OK
    status: int = 0
    ms: int = 0
    at: str = ""
    sha256: str = ""
    via: str = "http"
    error: str = ""
    posted: bool = False  # its address alone does not ask it again
    picture: str = ""  # sha256 of a picture of what came back


class SearchTrial(msgspec.Struct, frozen=True):
    """What came of trying the site's search."""

    state: SearchState
    reason: Reason | None = None  # why it was not assessed
    entry_url: str = ""  # where the form sends to
    page: str = ""  # the page whose form was used
    label: str = ""  # what names the form to a person
    probes: tuple[SearchProbe, ...] = ()
    alike: bool = False  # the same answer to everything, nonsense too
    sure: bool = True  # what speaks against it is beyond doubt
    whole: bool = False  # whole headlines are found, ordinary words in them are not


class SearchAid(StrEnum):
    """What helps people to find their way among results."""

    COUNT = "count"  # how many there are
    PAGING = "paging"  # further pages, where one does not show all
    ORDER = "order"  # by time or relevance
    FILTER = "filter"  # by column or period
    DATE = "date"  # of each result
    SUMMARY = "summary"  # of each result
    NOTHING = "nothing"  # that nothing was found is said
    EMPTY = "empty"  # a query without words is answered
    INNER = "inner"  # other pages than the home page show the search


class SearchAids(msgspec.Struct, frozen=True):
    """What the answers were seen to offer, and what they do not; the rest could not be told."""

    url: str  # of the answer with the most results
    query: str
    rows: int
    stated: int | None
    at: str
    sha256: str
    offered: tuple[SearchAid, ...]
    missing: tuple[SearchAid, ...]


def probe_address(url: str, asking: Asking) -> str:
    """The address of a query with what it asks in its fragment."""
    return with_task(url, asking)


def asked(address: str) -> tuple[str, Asking | None]:
    """The address to send to, and what is asked there; None: a search page that is only opened."""
    return task_of(address, Asking)
