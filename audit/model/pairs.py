"""Policies, interpretations and pairs of them (政策—解读对)."""

import datetime as dt
from enum import StrEnum

import msgspec

from audit.model.words import DateSource, DirectionState, FetchOutcome, PairState, Reason


class Scope(StrEnum):
    """Whether a policy must be interpreted."""

    REQUIRED = "required"
    UNSURE = "unsure"
    EXEMPT = "exempt"


class Rendering(StrEnum):
    """The form of an interpretation (解读形式)."""

    TEXT = "text"
    PICTURE = "picture"
    VIDEO = "video"
    QUESTIONS = "questions"
    MEETING = "meeting"  # press conference, interview
    ATTACHMENT = "attachment"


class Policy(msgspec.Struct, frozen=True):
    """A policy document's page."""

    url: str
    title: str
    number: str
    published: dt.date | None
    written: dt.date | None
    sha256: str = ""
    source: DateSource | None = None  # where the date of publication was read
    quote: str = ""  # it, as written
    days: tuple[dt.date, ...] = ()  # every strong reading of it
    issuer: str = ""
    disclosure: str = ""  # 公开属性, as the page says it
    validity: str = ""  # 有效性, as the page says it
    scope: Scope = Scope.UNSURE
    scope_words: str = ""  # what decides it
    outside: bool = False  # it lives on another host
    own: bool = True  # one of the site's own units issued it

    @property
    def is_others(self) -> bool:
        """Whether the page names an issuer, and that is none of the site's own units."""
        return bool(self.issuer) and not self.own

    @property
    def is_due(self) -> bool:
        """Whether it must be interpreted for certain."""
        return self.scope is Scope.REQUIRED

    @property
    def is_exempt(self) -> bool:
        """Whether it needs no interpretation for certain."""
        return self.scope is Scope.EXEMPT


class Interpretation(msgspec.Struct, frozen=True):
    """An interpretation's page."""

    url: str
    title: str
    published: dt.date | None
    column: str
    cites: tuple[str, ...] = ()  # titles and numbers that it names
    sha256: str = ""
    source: DateSource | None = None
    quote: str = ""
    days: tuple[dt.date, ...] = ()
    renderings: tuple[Rendering, ...] = ()
    listed: bool = False  # a column of interpretations lists it, or holds it by its breadcrumb
    elements: tuple[str, ...] = ()  # parts of an interpretation that it has (背景, 依据, …)
    length: int = 0  # visible characters
    outside: bool = False
    script_fills: bool = False

    @property
    def is_varied(self) -> bool:
        """Whether it has another form than plain text."""
        return any(one is not Rendering.TEXT for one in self.renderings)


class PairLink(msgspec.Struct, frozen=True):
    """One direction of a pair's link: what stands in the page, and what came of it."""

    state: DirectionState
    url: str = ""
    text: str = ""
    outcome: FetchOutcome | None = None
    status: int = 0
    reason: Reason | None = None


class Pair(msgspec.Struct, frozen=True):
    """A policy and one interpretation of it (政策—解读对)."""

    policy: Policy
    interpretation: Interpretation | None
    forward: PairLink
    back: PairLink
    matched_by: str  # anchor, title, number, similarity
    state: PairState
    reason: Reason | None = None
    overlap: float | None = None  # share of the interpretation's words that the policy has too
