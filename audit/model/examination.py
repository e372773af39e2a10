"""What a browser finds of a page beyond its text: rules of accessibility, and the way of the keyboard."""

import msgspec

from audit.model.fragments import task_of, with_task
from audit.model.judging import Text
from audit.model.words import PageKind, Reason


class FaultyNode(msgspec.Struct, frozen=True, array_like=True):
    """An element that breaks a rule: where it is (a CSS path), its opening tag, what is wrong."""

    target: str
    html: str
    said: str = ""


class BrokenRule(msgspec.Struct, frozen=True, array_like=True):
    """A rule of axe-core that some elements of a page break; at most a few nodes are kept."""

    rule: str
    impact: str  # critical, serious, moderate, minor
    title: str  # what the rule asks, in Chinese
    count: int  # elements that break it
    nodes: tuple[FaultyNode, ...] = ()
    checked: int = 0  # elements that it was tried on


class TabStop(msgspec.Struct, frozen=True, array_like=True):
    """Where the focus is after so many presses of Tab. `seen` None: it could not be told."""

    place: int  # 0: the page opened with it
    seen: bool | None = None  # whether focus shows


class KeyboardWalk(msgspec.Struct, frozen=True, array_like=True):
    """The search of a page by keyboard alone. None: not tried, or it could not be told."""

    shown: bool  # the box is to be seen; else nothing was tried
    stops: int = 0  # presses of Tab that were tried
    box: TabStop | None = None  # None: not reached
    button: TabStop | None = None
    has_button: bool = False  # there is one to be seen that is surely the search's
    box_name: str | None = None  # accessible name of the box; empty: it has none
    box_by: str = ""  # what gives that name: aria-label, placeholder, …
    button_name: str | None = None
    trap: str = ""  # the element that Tab no longer leaves, as written; empty: none
    entered: bool | None = None  # whether Enter in the box brought an answer
    pressed: bool | None = None  # the same of Enter on the button, tried where the box gave none


class Examination(msgspec.Struct, frozen=True, array_like=True):
    """One page, examined."""

    engine: str = ""  # of accessibility, with its version; empty: it did not run
    broken: tuple[BrokenRule, ...] = ()
    doubtful: tuple[BrokenRule, ...] = ()  # what the engine leaves to a person
    passed: tuple[str, ...] = ()  # rules that applied and were kept
    walk: KeyboardWalk | None = None


class ExaminedPage(msgspec.Struct, frozen=True):
    """One page of the few that were to be examined, and what came of it."""

    kind: PageKind  # home, list, article or search
    url: str
    title: str
    reason: Reason | None = None  # why it could not be examined
    at: str = ""
    sha256: str = ""
    examination: Examination | None = None


class RuleOnPage(msgspec.Struct, frozen=True):
    """A rule of accessibility that elements of one page break."""

    page: ExaminedPage
    rule: BrokenRule


class AccessRule(msgspec.Struct, frozen=True):
    """What the examined pages make of one rule of accessibility."""

    rule: str
    name: Text
    remedy: Text
    broken: tuple[RuleOnPage, ...] = ()
    doubtful: tuple[RuleOnPage, ...] = ()
    kept: int = 0  # pages that it applies to and that keep it
    pictures: bool = False  # it asks for words of pictures


class Examined(msgspec.Struct, frozen=True):
    """The pages that were to be examined, and the rules that applied to them, by their ids."""

    pages: tuple[ExaminedPage, ...]
    rules: tuple[AccessRule, ...] = ()


class WalkedSearch(msgspec.Struct, frozen=True):
    """The search box of the site as the keyboard finds it, and the page that shows it."""

    url: str
    walk: KeyboardWalk
    at: str
    sha256: str
    captcha: bool = False  # it asks for a code in a picture
    spoken: bool = False  # the page offers another way than reading a picture


class Look(msgspec.Struct, frozen=True, array_like=True):
    """What is to be examined beside accessibility: a search box. It travels in the fragment."""

    box: str  # id or name of the box; empty: what looks like one
    query: str = ""  # what is typed and sent by Enter; empty: nothing is sent


def look_address(url: str, look: Look | None) -> str:
    """The address of an examination; the fragment, which is never sent, says what to look at."""
    return url if look is None else with_task(url, look)


def look_of(address: str) -> tuple[str, Look | None]:
    """The address to open, and the search box to try there."""
    return task_of(address, Look)
