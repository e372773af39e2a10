"""The report: schema `duwang/report/1` (DESIGN 5.3). Formats render it; they add nothing to it.

Field order is the order of the JSON. Dates are ISO days, times ISO 8601 with zone, points numbers.
"""

import datetime as dt
from collections.abc import Mapping

import msgspec

from audit.model import (
    ColumnChange,
    ColumnClass,
    ColumnKind,
    ColumnState,
    DateSource,
    DirectionState,
    EvidenceKind,
    Fact,
    FactState,
    FindingState,
    FindingStatus,
    OutcomeStatus,
    PairState,
    ProbeKind,
    ProbeState,
    Reason,
    Rendering,
    Scope,
    SearchState,
    Severity,
    SiteVerdict,
    SubjectKind,
)
from audit.rollup import OfficeRow, UnitRow, Unrouted

SCHEMA = "duwang/report/1"


class Tool(msgspec.Struct, frozen=True):
    name: str
    version: str


class RulebookStamp(msgspec.Struct, frozen=True):
    id: str
    version: str
    verified: bool
    effective_on: dt.date


class RunStamp(msgspec.Struct, frozen=True):
    id: str
    started: str
    finished: str
    as_of: dt.date
    mode: str  # run, check, demo
    status: str  # complete, incomplete
    suspect: tuple[str, ...]
    config_sha256: str


class ScoreItem(msgspec.Struct, frozen=True):
    id: str
    max: float
    tested: float
    deducted: float
    checks: tuple[str, ...]
    findings: tuple[str, ...]
    office: str = ""  # that leads, where the item is a duty
    means: tuple[str, ...] = ()  # program, partly, register, person: by what it can be looked at
    with_: str = msgspec.field(default="", name="with")  # offices that help
    limit: str = ""  # the term that the norm sets, in its words
    result: OutcomeStatus | None = None  # what came of a duty
    leads: tuple[str, ...] = ()  # ids of findings that a person must confirm


class VetoRow(msgspec.Struct, frozen=True):
    """How far one counter of a veto went."""

    veto: str
    name: str
    count: int
    at_least: int
    findings: tuple[str, ...]


class Score(msgspec.Struct, frozen=True):
    points: float | None
    worst_case: float
    coverage: float
    norm_share: float
    vetoes: tuple[str, ...]
    items: tuple[ScoreItem, ...]
    veto_counts: tuple[VetoRow, ...] = ()
    steady_points: float | None = None  # without the checks that may answer otherwise next time


class PageTotals(msgspec.Struct, frozen=True):
    fetched: int
    assessed: int
    not_assessed: Mapping[str, int]


class ColumnRow(msgspec.Struct, frozen=True):
    id: str
    name: str
    path: tuple[str, ...]
    url: str
    class_: ColumnClass = msgspec.field(name="class")
    kind: ColumnKind
    registered: bool
    items: int
    newest: dt.date | None
    newest_source: DateSource | None
    age_days: int | None
    limit: str | None
    state: ColumnState
    reason: Reason | None
    change: ColumnChange | None = None  # since the last good run of the site


class PolicyCard(msgspec.Struct, frozen=True):
    url: str
    title: str
    number: str
    published: dt.date | None
    published_source: DateSource | None = None
    written: dt.date | None = None
    issuer: str = ""
    disclosure: str = ""  # 公开属性
    validity: str = ""  # 有效性
    scope: Scope = Scope.UNSURE
    scope_words: str = ""  # what decides the scope
    outside: bool = False  # on another host


class InterpretationCard(msgspec.Struct, frozen=True):
    url: str
    title: str
    published: dt.date | None
    published_source: DateSource | None = None
    renderings: tuple[Rendering, ...] = ()
    listed: bool = False  # by a column of interpretations
    outside: bool = False


class PairRow(msgspec.Struct, frozen=True):
    policy: PolicyCard
    interpretation: InterpretationCard | None
    forward: DirectionState
    back: DirectionState
    lag_workdays: int | None
    state: PairState
    reason: Reason | None = None  # why it was not assessed
    lag_reason: Reason | None = None  # why no lag is known
    lag_limit: int | None = None  # working days that the norm gives
    matched_by: str = ""
    findings: tuple[str, ...] = ()  # ids of those about the pair, its policy or its interpretation


class FactPlace(msgspec.Struct, frozen=True):
    value: str
    url: str


class FactRow(msgspec.Struct, frozen=True):
    unit: str
    fact: Fact
    state: FactState
    value: str
    url: str
    reason: Reason | None = None  # why it was not assessed
    registered: str = ""  # what the register says
    places: tuple[FactPlace, ...] = ()  # every different value, with the page that states it


class ProbeRow(msgspec.Struct, frozen=True):
    query: str
    kind: ProbeKind
    state: ProbeState
    rank: int | None
    ms: int
    url: str
    reason: Reason | None = None  # why it tells nothing
    outcome: str = ""  # of the fetch
    status: int = 0
    results: int = 0  # on the first page, those of the query only
    stated: int | None = None  # how many there are, as the page says
    title: str = ""  # what was to be found
    via: str = "http"
    at: str = ""
    picture: str = ""  # sha256 of a picture of what came back


class SearchRow(msgspec.Struct, frozen=True):
    state: SearchState
    reason: Reason | None
    entry_url: str
    probes: tuple[ProbeRow, ...]


class SubjectCounts(msgspec.Struct, frozen=True):
    ok: int
    fault: int
    review: int
    unknown: Mapping[str, int]


class OutcomeRow(msgspec.Struct, frozen=True):
    check: str
    status: OutcomeStatus
    reason: Reason | None
    subjects: SubjectCounts


class SubjectRow(msgspec.Struct, frozen=True):
    kind: SubjectKind
    key: str
    url: str
    label: str


class EvidenceRow(msgspec.Struct, frozen=True):
    kind: EvidenceKind
    url: str
    quote: str
    at: str
    sha256: str
    archive: str


class BasisRow(msgspec.Struct, frozen=True):
    document: str
    clause: str


class Finding(msgspec.Struct, frozen=True):
    id: str
    check: str
    severity: Severity
    status: FindingStatus
    state: FindingState
    labels: Mapping[str, str]
    subject: SubjectRow
    message: str
    observed: str
    limit: str
    evidence: tuple[EvidenceRow, ...]
    remedy: str
    office: str
    basis: BasisRow
    first_seen: dt.date
    due: dt.date | None
    office_by: str = ""  # column, config, rulebook, fallback: what names the office
    moved_from: str = ""  # the address under which the finding was known before
    varies: bool = False  # its check may answer otherwise when asked again: it fails no gate


class SiteReport(msgspec.Struct, frozen=True):
    id: str
    name: str
    home: str
    unit: str
    verdict: SiteVerdict
    reason: str
    score: Score
    pages: PageTotals
    columns: tuple[ColumnRow, ...]
    pairs: tuple[PairRow, ...]
    facts: tuple[FactRow, ...]
    search: SearchRow
    outcomes: tuple[OutcomeRow, ...]
    findings: tuple[Finding, ...]


class Estate(msgspec.Struct, frozen=True):
    outcomes: tuple[OutcomeRow, ...]
    units: tuple[UnitRow, ...] = ()
    offices: tuple[OfficeRow, ...] = ()
    qualified: int = 0
    qualified_share: float | None = None
    unrouted: tuple[Unrouted, ...] = ()


class Because(msgspec.Struct, frozen=True):
    site: float
    rules: float


class Comparison(msgspec.Struct, frozen=True):
    against: str
    new: tuple[str, ...]
    fixed: tuple[str, ...]
    reopened: tuple[str, ...]
    open: int
    not_observed: int
    score_delta: float | None
    because: Because | None
    passed_once: int = 0  # of checks that vary: seen to pass, to be seen so once more
    by_rules: tuple[
        str, ...
    ] = ()  # of the new and the reopened: rules or program changed, not the site
    unseen_before: tuple[
        str, ...
    ] = ()  # of the new and the reopened: no earlier run could tell whether they were there
    raised: tuple[
        str, ...
    ] = ()  # of the open ones: leads until now, and certain for the first time


class Report(msgspec.Struct, frozen=True):
    schema: str
    tool: Tool
    rulebook: RulebookStamp
    run: RunStamp
    sites: tuple[SiteReport, ...]
    estate: Estate
    comparison: Comparison | None
