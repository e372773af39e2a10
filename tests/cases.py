"""Cases of checks: a small site as a table, read and judged as in a run, without a network.

A case file holds `[[case]]` tables and, optionally, `[pages]` that every case of the file starts
from. A page is its HTML, or a table (`Answered`). Addresses are paths of the site or whole URLs.
"""

import datetime as dt
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import quote, urljoin

import msgspec

from audit.api import AnyCheck, EstateReading, FactUnavailable, Outcome, Reading, conclude, unknown
from audit.model import (
    Account,
    AsOf,
    Availability,
    Expected,
    Fetch,
    FetchOutcome,
    OutcomeStatus,
    ProbeKind,
    Purpose,
    Reason,
    RegisteredColumn,
    RegisteredUnit,
    Registers,
    SiteCard,
    Subject,
    SubjectKind,
    Verdict,
    VerdictState,
)
from audit.model.examination import (
    BrokenRule,
    Examination,
    KeyboardWalk,
    Look,
    TabStop,
    look_address,
)
from audit.model.search import Asking, probe_address
from audit.reading import read_estate, read_site
from audit.rulebooks import Rulebook
from audit.rulebooks import load as load_rulebook
from audit.urls import host_port
from audit.workdays import published
from checks import load as load_checks
from tests.snapshots import HOME, MemorySnapshot, Page

FOLDER = Path(__file__).parent / "checks"
RULEBOOK = "yunnan-2020"
MISSING = {404, 410}


class Answered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the server said to one request. `outcome`: there was no HTTP answer."""

    html: str = ""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    charset: str = "utf-8"
    outcome: FetchOutcome | None = None
    looks: int = 0  # 0: two where the page is missing, as the crawl asks again; else one
    to: str = ""  # where a redirect ended

    def page(self) -> Page:
        """The answer as the snapshot takes it."""
        return Page(
            html=self.html.encode(self.charset),
            status=0 if self.outcome else self.status,
            outcome=self.outcome,
            final=self.to,
            looks=self.looks or (2 if self.status in MISSING and not self.outcome else 1),
            content_type=self.content_type,
        )


class Probed(Answered, frozen=True):
    """What the search answered to one query."""

    kind: ProbeKind = ProbeKind.TITLE
    query: str = ""
    title: str = ""
    sought: str = ""  # path
    action: str = "/search"
    ms: int = 100

    def asked(self) -> tuple[str, Page]:
        """The address of the query, and its answer."""
        asking = Asking(
            self.kind, self.query, self.title, self.sought and urljoin(HOME, self.sought)
        )
        address = urljoin(HOME, f"{self.action}?q={quote(self.query)}")
        return probe_address(address, asking), msgspec.structs.replace(self.page(), ms=self.ms)


class Walked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The search of a page by keyboard, as the crawl would have found it; places are presses of Tab."""

    shown: bool = True
    stops: int = 60
    box: int | None = None
    box_seen: bool | None = True
    button: int | None = None
    button_seen: bool | None = True
    has_button: bool = True
    box_name: str | None = "站内搜索"
    box_by: str = "aria-label"
    button_name: str | None = "搜索"
    trap: str = ""
    entered: bool | None = None
    pressed: bool | None = None
    untold: tuple[str, ...] = ()  # fields that could not be told

    def walk(self) -> KeyboardWalk:
        """The record of it."""
        one = msgspec.structs.replace(self, **dict.fromkeys(self.untold))
        return KeyboardWalk(
            one.shown, one.stops,
            None if one.box is None else TabStop(one.box, one.box_seen),
            None if one.button is None else TabStop(one.button, one.button_seen),
            one.has_button, one.box_name, one.box_by, one.button_name, one.trap,
            one.entered, one.pressed,
        )  # fmt: skip


class Looked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the browser found of one page. `outcome`: it could not be examined."""

    page: str
    outcome: FetchOutcome = FetchOutcome.OK
    looks: int = 1  # 0: there was no browser
    broken: tuple[BrokenRule, ...] = ()  # rule, impact, title, count, nodes, checked
    doubtful: tuple[BrokenRule, ...] = ()
    passed: tuple[str, ...] = ()
    box: str | None = None  # its search box was to be tried
    walk: Walked | None = None  # None: it broke

    def fetch(self) -> Fetch:
        """The fetch that the crawl would have stored."""
        good = self.outcome is FetchOutcome.OK
        walk = self.walk.walk() if self.walk is not None else None
        seen = Examination("axe-core 4", self.broken, self.doubtful, self.passed, walk)
        look = Look(self.box, "公路") if self.box is not None else None
        return Fetch(
            look_address(urljoin(HOME, self.page), look),
            Purpose.EXAMINE,
            self.outcome,
            round=2,
            looks=self.looks,
            via="browser",
            examination=seen if good else None,
        )


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One site, one day, and what the check must say of it."""

    name: str
    as_of: dt.date
    status: OutcomeStatus
    reason: Reason | None = None
    faults: tuple[str, ...] = ()  # `label: message`
    reviews: tuple[str, ...] = ()
    settings: Mapping[str, object] = {}
    pages: Mapping[str, str | Answered | bool] = {}  # false: leave a page of the file out
    looks: Mapping[
        str, Answered | tuple[Answered, ...]
    ] = {}  # links only looked at; in rounds 1, 2
    probes: tuple[Probed, ...] = ()  # queries to the search
    examined: tuple[Looked, ...] = ()
    canary: Answered = Answered(
        status=404, html="<title>404 Not Found</title><h1>404 Not Found</h1>"
    )
    columns: tuple[Mapping[str, object], ...] = ()  # as the register has them
    units: tuple[RegisteredUnit, ...] = ()
    visits: Availability = Availability(0, 0, 0)
    complete: bool = True
    partial: bool = False
    site_code: str = ""  # as registered
    home: str = HOME
    hosts: tuple[str, ...] = ()  # further own hosts, with ports
    site_name: str = "示例交通运输厅"
    accounts: tuple[Account, ...] = ()
    expected: tuple[Expected, ...] = ()  # what is to be reposted


@cache
def rulebook() -> Rulebook:
    """The default rulebook."""
    return load_rulebook(RULEBOOK)[0]


def cases_of(check_id: str) -> tuple[Case, ...]:
    """The cases of a check, pages of the file under those of the case."""
    path = FOLDER / f"{check_id.replace('-', '_')}.toml"
    file = tomllib.loads(path.read_text(encoding="utf-8"))
    shared = file.get("pages", {})
    return tuple(
        msgspec.convert({**table, "pages": {**shared, **table.get("pages", {})}}, Case)
        for table in file["case"]
    )


def all_cases() -> list[tuple[AnyCheck, Case]]:
    """Every case of every check."""
    return [(check, case) for check in load_checks().values() for case in cases_of(check.id)]


def concluded(check: AnyCheck, case: Case) -> Outcome:
    """Run the check on the case as a run does."""
    settings = check.settings.model_validate({**rulebook().settings_of(check.id), **case.settings})
    reading = reading_of(case)
    if check.scope == "estate":
        subject: Reading | EstateReading = read_estate(
            (reading,), case.units, partial=case.partial, accounts=case.accounts
        )
    else:
        subject = reading
    found: list[Verdict] = []
    try:
        for verdict in check.find(subject, settings, AsOf(case.as_of, published())):
            found.append(verdict)  # noqa: PERF402 - what was said before a failure stands
    except FactUnavailable as unavailable:
        whole = Subject(SubjectKind.SITE, "/", "", "")
        found.append(unknown(whole, Reason(unavailable.reason)))
    return conclude(
        check.id,
        "" if check.scope == "estate" else "jtt",
        found,
        when_empty=check.when_empty,
        unseen=reading.unseen,
        unknown_share=rulebook().judging.unknown_share,
    )


def said(check: AnyCheck, outcome: Outcome, state: VerdictState) -> tuple[str, ...]:
    """`label: message` of the outcome's verdicts of one state, in order of their words."""
    return tuple(
        sorted(
            f"{verdict.subject.label}: "
            f"{check.texts.messages[verdict.code].message.say('zh', verdict.values)}"
            for verdict in outcome.verdicts
            if verdict.state is state
        )
    )


def reading_of(case: Case) -> Reading:
    """The reading of the case's site."""
    card = SiteCard(
        "jtt",
        case.site_name,
        case.home,
        unit="jtt",
        site_code=case.site_code,
        own_hosts=frozenset({host_port(case.home), *case.hosts}),
    )
    columns = tuple(_column(table) for table in case.columns)
    return read_site(
        snapshot_of(case),
        Registers(card, columns, case.units, case.as_of, case.expected),
        case.visits,
    )


def snapshot_of(case: Case) -> MemorySnapshot:
    """The case's site as the crawl would have stored it."""
    pages = {
        path: Answered(page).page() if isinstance(page, str) else page.page()
        for path, page in case.pages.items()
        if not isinstance(page, bool)
    }
    return MemorySnapshot.of(
        pages,
        case.home,
        looks={
            path: [one.page() for one in (said if isinstance(said, tuple) else (said,))]
            for path, said in case.looks.items()
        },
        probes=dict(probe.asked() for probe in case.probes),
        examined=[looked.fetch() for looked in case.examined],
        canaries=[case.canary.page()] * 2,
        complete=case.complete,
    )


def _column(table: Mapping[str, object]) -> RegisteredColumn:
    """A registered column; its address may be a path, its class is called `class` as in the config."""
    renamed = {("klass" if key == "class" else key): value for key, value in table.items()}
    renamed["url"] = urljoin(HOME, str(table["url"]))
    return msgspec.convert(renamed, RegisteredColumn)
