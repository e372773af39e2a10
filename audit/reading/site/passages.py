"""A stretch of a site that speaks of one unit, and a value that it states."""

from collections.abc import Sequence
from functools import cached_property

import msgspec

from audit.model import PageKind, Spoken
from audit.text import halfwidth

VALUE = 120  # characters of a value or quote that are kept


class Stated(msgspec.Struct, frozen=True):
    """One value with its words. `label`: what stands before it."""

    value: str
    quote: str
    plausible: bool
    label: str = ""


class Passage(msgspec.Struct, frozen=True, dict=True):
    """A page, a block or a row about one unit."""

    text: str  # empty: only what is spoken is the unit's for certain
    spoken: Sequence[Spoken] = ()
    headings: Sequence[str] = ()
    kind: PageKind = PageKind.OTHER
    about: str = ""  # squeezed title and breadcrumb: what the page is for
    titles: Sequence[str] = ()  # of the unit's head
    footer: bool = False
    bare: bool = False  # a line behind the unit's name: what has the form of a fact is one

    @cached_property
    def plain(self) -> str:
        """The text with half-width digits and punctuation: every fact is looked for in it."""
        return halfwidth(self.text)
