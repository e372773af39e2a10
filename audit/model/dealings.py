"""What a site does with its public: ways to write to it, messages and replies, service guides."""

import datetime as dt
from enum import StrEnum

import msgspec

from audit.model.nouns import LinkTarget
from audit.model.words import FetchOutcome, Reason


class Way(StrEnum):
    """What came of looking at a way to write to the site."""

    OPEN = "open"  # it has a form, or asks to log in
    CLOSED = "closed"  # it says that it is out of service
    MISSING = "missing"  # its page is gone
    BARE = "bare"  # its page shows no form
    MAIL = "mail"  # an address to write to, no form
    UNSEEN = "unseen"


class Channel(msgspec.Struct, frozen=True):
    """A way to ask, propose or write to the site."""

    name: str
    url: str
    page: str  # on which it is named
    way: Way
    quote: str = ""
    outcome: FetchOutcome | None = None
    reason: Reason | None = None
    sha256: str = ""


class Channels(msgspec.Struct, frozen=True):
    """Every way to write to the site; those for reports only are not among them."""

    channels: tuple[Channel, ...]
    reports: tuple[str, ...]  # names of ways to report or correct only
    unseen: Reason | None  # why one may be there although none was found


class MessageState(StrEnum):
    """Whether a message was answered."""

    ANSWERED = "answered"
    HANDLING = "handling"
    WAITING = "waiting"
    UNKNOWN = "unknown"


class PublicMessage(msgspec.Struct, frozen=True):
    """A message of the public that the site shows."""

    url: str
    title: str
    asked: dt.date | None
    state: MessageState
    page: str  # that tells its state
    quote: str
    sha256: str = ""


class Reply(msgspec.Struct, frozen=True, array_like=True):
    """The page of an answered message, and which fields it shows."""

    url: str
    title: str
    fields: frozenset[str]  # asked, answered, replier, reply
    sha256: str = ""


class Messages(msgspec.Struct, frozen=True):
    """What the site shows of messages and replies."""

    messages: tuple[PublicMessage, ...]
    replies: tuple[Reply, ...]
    statistics: str  # words that tell numbers of messages; empty: none
    lists: tuple[str, ...]  # pages that list messages
    unseen: Reason | None


class ServiceGuide(msgspec.Struct, frozen=True):
    """The page of a service, with the element classes that it lacks."""

    url: str
    title: str
    present: tuple[str, ...]
    lacking: tuple[str, ...]
    doubt: Reason | None  # why an element may be there although it was not seen
    sends_on: str = ""  # another host on which the service is described
    sha256: str = ""


class Services(msgspec.Struct, frozen=True):
    """What the site offers for getting things done."""

    names: tuple[tuple[str, str, str], ...]  # words, address, page; at most 20
    guides: tuple[ServiceGuide, ...]
    unseen: Reason | None
    entries: tuple[LinkTarget, ...] = ()  # short links to services near the home page
