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
    wordless: tuple[tuple[str, str], ...] = ()  # links that may lead to one: address, page


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
    hinted: frozenset[str] = frozenset()  # fields that may stand there without a label


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
    shown: int = 0  # element classes that its words show; its title as the service's name is none
    pictured: bool = False  # pictures or documents may show more
    onward: str = (
        ""  # a page of the site that the rest is said to stand on, where it was not joined
    )


class Services(msgspec.Struct, frozen=True):
    """What the site offers for getting things done."""

    names: tuple[tuple[str, str, str], ...]  # words, address, page that names it; at most 20
    guides: tuple[ServiceGuide, ...]
    unseen: Reason | None
    entries: tuple[LinkTarget, ...] = ()  # short links to services near the home page
    doubtful: tuple[
        tuple[str, str, str], ...
    ] = ()  # like `names`: gone, blank, or on unknown hosts
    unanswered: Reason | None = None  # why a name could not be followed to its end
    wordless: tuple[tuple[str, str], ...] = ()  # links that may lead to one: address, page


class Leaders(msgspec.Struct, frozen=True):
    """What the pages of a site's leaders show together."""

    pages: tuple[tuple[str, str, str], ...]  # address, title, hash; at most 20
    parts: tuple[str, ...]  # those of name, duties, resume that at least one page shows
    names: tuple[str, ...]  # registered names that no page shows
    registered: int  # how many names are registered
    pictured: bool  # pictures or documents may show more
    unseen: Reason | None
    vacant: bool = False  # no page names anybody, and one says that a post is vacant


class Consultation(msgspec.Struct, frozen=True):
    """A draft or question put to the public."""

    url: str
    title: str
    published: dt.date | None
    ends: dt.date | None
    end_quote: str
    draft: bool
    channel: bool
    result: str  # address or words that tell the result; empty: none found
    unseen: Reason | None
    sha256: str = ""


class DecisionDates(msgspec.Struct, frozen=True, array_like=True):
    """When one decision was made and when it was posted, as a page says it."""

    decided: dt.date
    posted: dt.date | None
    quote: str
    again: bool = False  # the page says that it was posted before, mended or moved


class DecisionPage(msgspec.Struct, frozen=True):
    """A page with decisions that are to be posted in time (双公示)."""

    url: str
    title: str
    decisions: tuple[DecisionDates, ...]
    sha256: str = ""
    unread: bool = False  # it tells of more decisions, whose dates were not read


class Decree(msgspec.Struct, frozen=True):
    """A document of the site's own units: its marks, and what repealed it."""

    url: str
    title: str
    number: str
    disclosure: str  # its mark of openness, or the label that shows one; empty: none
    validity: str  # words that tell that it is repealed; empty: none
    repealed_by: str = ""  # address of the decision that repeals it
    repealed_title: str = ""
    by_number: bool = False  # the decision names its number, not its title only
    thin: bool = False  # pictures or documents may hold its text
    sha256: str = ""
    hint: str = ""  # words of an end at its head that may be a mark
