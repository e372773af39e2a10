"""How a state looks: good, bad, in doubt, or neither. Never a colour alone: each has its sign."""

from enum import StrEnum

from audit.model import (
    ColumnState,
    DirectionState,
    FactState,
    FindingStatus,
    OutcomeStatus,
    PairState,
    ProbeState,
    SearchState,
    SiteVerdict,
)

_GOOD: frozenset[tuple[type[StrEnum], StrEnum]] = frozenset(
    (type(code), code)
    for code in (
        SiteVerdict.QUALIFIED,
        OutcomeStatus.PASS,
        ColumnState.FRESH,
        PairState.LINKED,
        DirectionState.OK,
        FactState.PRESENT,
        SearchState.USABLE,
        ProbeState.HIT,
    )
)
_BAD: frozenset[tuple[type[StrEnum], StrEnum]] = frozenset(
    (type(code), code)
    for code in (
        SiteVerdict.UNQUALIFIED,
        OutcomeStatus.FAIL,
        FindingStatus.FAIL,
        ColumnState.STALE,
        ColumnState.BLANK,
        PairState.UNLINKED,
        PairState.ONE_WAY,
        PairState.BROKEN,
        DirectionState.MISSING,
        DirectionState.BROKEN,
        DirectionState.WRONG_TARGET,
        FactState.MISSING,
        FactState.IMPLAUSIBLE,
        SearchState.UNUSABLE,
        SearchState.MISSING,
        ProbeState.MISS,
        ProbeState.ERROR,
    )
)
_DOUBT: frozenset[tuple[type[StrEnum], StrEnum]] = frozenset(
    (type(code), code)
    for code in (
        SiteVerdict.INSUFFICIENT,
        OutcomeStatus.REVIEW,
        FindingStatus.REVIEW,
        ColumnState.UNDATED,
        PairState.REVIEW,
        PairState.ORPHAN,
        FactState.REVIEW,
        FactState.CONFLICTING,
        FactState.STALE,
    )
)
SIGNS = {"good": "✓", "bad": "✗", "doubt": "？", "plain": "－"}


def tone(code: StrEnum) -> str:
    """`good`, `bad`, `doubt` or `plain`; codes of different lists are equal as text."""
    key = (type(code), code)
    if key in _GOOD:
        return "good"
    if key in _BAD:
        return "bad"
    return "doubt" if key in _DOUBT else "plain"


def sign(code: StrEnum) -> str:
    """The sign of a state's tone, for eyes and printers without colour."""
    return SIGNS[tone(code)]
