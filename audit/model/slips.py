"""What the words of a page give away: slips of writing, and numbers of persons."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

import msgspec

from audit.model.words import Reason


class SlipKind(StrEnum):
    """What is wrong with some words."""

    NAME = "name"  # the name of the state, a party, an office or a law is misstated
    WORD = "word"  # a wrong word for one that sounds or looks alike
    DOUBLED = "doubled"
    INSERTED = "inserted"
    LOST = "lost"  # a word is missing
    BRACKET = "bracket"  # a document number in other brackets than 〔〕
    TITLE = "title"  # one document is cited under two titles
    QUOTE = "quote"  # a title or a quotation is opened and never closed
    PLACEHOLDER = "placeholder"
    GARBLED = "garbled"
    SECRET = "secret"  # noqa: S105 - a mark of secrecy, no secret


class DatumKind(StrEnum):
    """What a number of a person is."""

    ID_CARD = "id_card"
    MOBILE = "mobile"
    BANK_CARD = "bank_card"


class Slip(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """Words that are wrong. `quote` is what stands around them."""

    kind: SlipKind
    words: str
    right: str = ""  # what should stand there; empty: nothing, or a person must say
    quote: str = ""
    sure: bool = False  # no other reading is possible
    linked: bool = False  # they are part of a link, the page that it leads to has them too


class PersonalDatum(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """A number of a person, masked: the number itself is kept nowhere."""

    kind: DatumKind
    masked: str
    sure: bool = False  # its own check digits and the words before it agree


class Attached(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the words of an attachment give away. `read`: whether its words could be had at all."""

    read: bool = False
    personal: tuple[PersonalDatum, ...] = ()


class AttachedFile(msgspec.Struct, frozen=True):
    """An attachment of the site's own hosts that answers."""

    url: str
    title: str  # what a link calls it
    at: str
    data: tuple[PersonalDatum, ...] = ()
    reason: Reason | None = None  # why its words were not read


class PageSlip(msgspec.Struct, frozen=True):
    """A slip, once for all pages that show it in the same place."""

    page: str  # the page nearest to the home page that shows it
    title: str
    slip: Slip
    pages: int
    sha256: str = ""


class TextSlips(msgspec.Struct, frozen=True):
    """The slips of a site in the order of their pages, and every page that has any, by kind."""

    slips: tuple[PageSlip, ...]
    holders: Mapping[SlipKind, frozenset[str]]

    def of(self, *kinds: SlipKind) -> dict[str, list[PageSlip]]:
        """The slips of some kinds by the page that stands for all that show them."""
        found: dict[str, list[PageSlip]] = {}
        for one in self.slips:
            if one.slip.kind in kinds:
                found.setdefault(one.page, []).append(one)
        return found

    def pages(self, *kinds: SlipKind) -> frozenset[str]:
        """Every page that shows a slip of these kinds."""
        return frozenset[str]().union(*(self.holders.get(kind, ()) for kind in kinds))


class PersonalPage(msgspec.Struct, frozen=True):
    """A page that shows numbers of persons."""

    page: str
    title: str
    data: tuple[PersonalDatum, ...]
    sha256: str = ""

    def of(self, kind: DatumKind) -> Iterator[PersonalDatum]:
        """Those of one kind."""
        return (datum for datum in self.data if datum.kind is kind)
