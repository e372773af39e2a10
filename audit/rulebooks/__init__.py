"""The norm as data: which finding weighs what, where it comes from, and what each check is set to."""

from audit.rulebooks.loading import load, names, parse, place_of
from audit.rulebooks.rulebook import (
    FALLBACK,
    Confidence,
    Counter,
    Entry,
    Group,
    Item,
    Judging,
    Means,
    Rulebook,
    Selector,
    Source,
    Veto,
)

__all__ = [
    "FALLBACK", "Confidence", "Counter", "Entry", "Group", "Item", "Judging", "Means", "Rulebook", "Selector",
    "Source", "Veto", "load", "names", "parse", "place_of",
]  # fmt: skip
