"""The one import surface for a check's author (DESIGN 5.4).

A check is a `Check` whose `find` yields verdicts: `ok`, `fault`, `review` or `unknown` per subject.
It sees a `Reading` (or an `EstateReading`), its settings and the day; nothing else.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from types import ModuleType
from typing import Annotated, Any, Generic, Literal, TypeVar, cast

import msgspec
from pydantic import AfterValidator, BaseModel, ConfigDict

from audit.dates import parse_limit, within
from audit.errors import FactUnavailable
from audit.model import (
    Account,
    Area,
    AsOf,
    Astray,
    AttachedFile,
    Channel,
    Channels,
    CodeSource,
    Column,
    ColumnClass,
    ColumnKind,
    Consultation,
    DatedItem,
    DateMark,
    DateSource,
    DatumKind,
    DecisionPage,
    Decree,
    Direction,
    DirectionState,
    Evidence,
    Expected,
    Fact,
    FactState,
    FetchOutcome,
    FileFit,
    HiddenBlock,
    HostKind,
    IdentityMark,
    IdleLink,
    LabelProblem,
    Leaders,
    LinkTarget,
    Mark,
    Messages,
    MessageState,
    MixedHost,
    Outcome,
    OutcomeStatus,
    OutsideLink,
    PageCard,
    PageKind,
    PageSlip,
    Pair,
    PairLink,
    PairState,
    Part,
    PersonalDatum,
    PersonalPage,
    ProbeKind,
    ProbeState,
    PublicMessage,
    Reason,
    Region,
    SearchState,
    ServiceGuide,
    Signpost,
    SiteCode,
    SiteHost,
    SlipKind,
    Subject,
    SubjectKind,
    Tally,
    Text,
    TraceOfHijack,
    UndatedItem,
    UnitFact,
    Value,
    Verdict,
    VerdictState,
    Way,
    YearlyReport,
)
from audit.model.examination import AccessRule, KeyboardWalk, RuleOnPage, WalkedSearch
from audit.model.search import SearchAid, SearchProbe, SearchTrial
from audit.model.words import ALIVE, GONE, READ
from audit.reading import EstateReading, Reading, Repost, ShownAccount, platform_of
from audit.subjects import (
    column_subject,
    fact_name,
    item_subject,
    link_subject,
    mark_name,
    page_subject,
    pair_subject,
    search_subject,
    site_subject,
    unit_subject,
)
from audit.urls import key as url_key
from audit.verdicts import (
    examined,
    fault,
    fetched,
    is_exempt,
    is_weak,
    ok,
    probed,
    quoted,
    read_pages,
    review,
    slip_verdicts,
    table,
    unknown,
)

__all__ = [
    "ALIVE", "GONE", "READ", "AccessRule", "Account", "AnyCheck", "Area", "AsOf", "Astray", "AttachedFile", "Basis", "Channel", "Channels", "Check",
    "CodeSource", "Column", "ColumnClass", "ColumnKind", "Consultation", "DateMark", "DateSource",
    "DatedItem", "DatumKind", "DecisionPage", "Decree", "Direction", "DirectionState",
    "EstateReading", "Evidence", "Expected", "Fact", "FactState", "FactUnavailable", "FetchOutcome",
    "FileFit", "HiddenBlock", "HostKind", "IdentityMark", "IdleLink", "KeyboardWalk", "LabelProblem", "Leaders",
    "LimitText", "LinkTarget", "Mark", "Message", "MessageState", "Messages", "MixedHost",
    "Outcome", "OutcomeStatus", "OutsideLink", "PageCard", "PageKind", "PageSlip", "Pair",
    "PairLink", "PairState", "PersonalDatum", "PersonalPage", "ProbeKind", "ProbeState",
    "PublicMessage", "Reading", "Reason", "Region", "Repost", "RuleOnPage", "SearchAid", "SearchProbe", "SearchState",
    "SearchTrial", "ServiceGuide", "Settings", "ShownAccount", "Signpost", "SiteCode", "SiteHost",
    "SlipKind", "Subject", "SubjectKind", "Text", "Texts", "TraceOfHijack", "UndatedItem",
    "UnitFact", "Value", "Verdict", "WalkedSearch", "Way", "YearlyReport", "check_of", "column_subject", "conclude",
    "examined", "fact_name", "fault", "fetched", "finding_id", "is_exempt", "is_weak", "item_subject",
    "link_subject", "mark_name", "ok", "page_subject", "pair_subject", "platform_of", "probed",
    "quoted", "read_pages", "review", "search_subject", "site_subject", "slip_verdicts", "table", "unit_subject",
    "unknown", "url_key", "within",
]  # fmt: skip


def _limit(text: str) -> str:
    parse_limit(text)
    return text


LimitText = Annotated[str, AfterValidator(_limit)]
"""A period as rulebooks write it: `"14d"`, `"6m"` (calendar months), `"1y"`."""


class Settings(BaseModel):
    """Settings of a check: supplied by the rulebook, overridden by `[checks.<id>]` of the config."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Message(msgspec.Struct, frozen=True):
    """What a code says and what cures it."""

    message: Text
    remedy: Text


class Texts(msgspec.Struct, frozen=True):
    """All texts of a check. Titles describe the page in both states (passed, failed)."""

    title: Text
    failure_title: Text
    messages: Mapping[str, Message]


class Basis(msgspec.Struct, frozen=True):
    """The norm behind a check. `quote`: its exact words when `verified`, else what it asks."""

    document: str
    clause: str
    quote: str
    verified: bool


ReadingT = TypeVar("ReadingT", Reading, EstateReading)
SettingsT = TypeVar("SettingsT", bound=Settings)


@dataclass(frozen=True)
class Check(Generic[ReadingT, SettingsT]):
    """One rule. `find` is pure; `when_empty` is the outcome when it yields nothing."""

    id: str
    scope: Literal["site", "estate"]
    settings: type[SettingsT]
    texts: Texts
    basis: tuple[Basis, ...]
    find: Callable[[ReadingT, SettingsT, AsOf], Iterator[Verdict]]
    when_empty: Literal["not_assessed", "not_applicable"] = "not_assessed"
    needs: tuple[str, ...] = ()  # what it needs beyond static pages: browser, history
    varies: bool = False  # asked again, the same site may answer otherwise: fails no gate, and is
    # fixed by two passes in a row
    discreet: bool = False  # what it finds should not be public: no picture shows it


AnyCheck = Check[Any, Any]
"""A check whose reading and settings are not known to the type checker (past loading)."""


def check_of(module: ModuleType) -> AnyCheck:
    """The `CHECK` that a module ends in; TypeError when it has none."""
    found = getattr(module, "CHECK", None)
    if not isinstance(found, Check):
        message = f"{module.__name__} has no CHECK"
        raise TypeError(message)
    return cast("AnyCheck", found)


def finding_id(check: str, owner: str, subject: Subject) -> str:
    """Fingerprint of a finding: 16 hex digits of check, site (estate: unit), kind, key and aspect."""
    parts = (check, owner, subject.kind.value, subject.key, subject.aspect)
    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def conclude(
    check: str,
    site: str,
    verdicts: Iterable[Verdict],
    *,
    when_empty: Literal["not_assessed", "not_applicable"],
    unseen: Reason | None,
    unknown_share: float,
) -> Outcome:
    """Make one outcome of a check's verdicts (DESIGN part 3).

    Any fault fails; else any review; else too many unknown is `not_assessed` with the commonest
    reason; else any ok passes. Nothing yielded is `when_empty`, and `not_applicable` only when
    everything was seen; `unseen` says why not. `unknown_share` is the share of unknown subjects
    that is too many. An empty `site` stands for the estate: its subjects are owned by the units
    that their keys name.
    """
    counts = dict.fromkeys(VerdictState, 0)
    reasons: dict[Reason, int] = {}
    kept: list[Verdict] = []
    prints: dict[VerdictState, list[str]] = {VerdictState.OK: [], VerdictState.UNKNOWN: []}
    parts: Counter[tuple[tuple[tuple[str, str], ...], bool]] = Counter()
    for verdict in verdicts:
        counts[verdict.state] += 1
        labels = tuple(sorted(verdict.subject.labels.items()))
        parts[labels, verdict.state is not VerdictState.UNKNOWN] += 1
        if verdict.state not in prints:
            kept.append(verdict)
            continue
        owner = site or verdict.subject.key
        prints[verdict.state].append(finding_id(check, owner, verdict.subject))
        if verdict.state is VerdictState.UNKNOWN:
            reason = verdict.reason or Reason.CHECK_FAILED
            reasons[reason] = reasons.get(reason, 0) + 1
    tally = Tally(
        counts[VerdictState.OK],
        counts[VerdictState.FAULT],
        counts[VerdictState.REVIEW],
        dict(sorted(reasons.items())),
    )
    status, why = _status(tally, when_empty, unseen, unknown_share=unknown_share)
    passed, open_ = (tuple(sorted(found)) for found in prints.values())
    return Outcome(
        check, site, status, why, tally, tuple(kept), passed, parts=_parts(parts), unknown=open_
    )


def _parts(counts: Mapping[tuple[tuple[tuple[str, str], ...], bool], int]) -> tuple[Part, ...]:
    return tuple(
        Part(
            dict(labels),
            counts.get((labels, True), 0),
            sum(counts.get((labels, k), 0) for k in (True, False)),
        )
        for labels in sorted({labels for labels, _ in counts})
    )


def _status(
    tally: Tally, when_empty: str, unseen: Reason | None, *, unknown_share: float
) -> tuple[OutcomeStatus, Reason | None]:
    if tally.fault:
        return OutcomeStatus.FAIL, None
    if tally.review:
        return OutcomeStatus.REVIEW, None
    unknown = tally.total - tally.known
    if unknown and (not tally.ok or unknown / tally.total > unknown_share):
        worst = max(sorted(tally.unknown), key=lambda reason: tally.unknown[reason])
        return OutcomeStatus.NOT_ASSESSED, worst
    if tally.ok:
        return OutcomeStatus.PASS, None
    if when_empty == "not_applicable" and unseen is None:
        return OutcomeStatus.NOT_APPLICABLE, None
    return OutcomeStatus.NOT_ASSESSED, unseen or Reason.NOTHING_FOUND
