"""A report as large and as nasty as real ones: four sites, every state, hostile text."""

import datetime as dt
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import cycle

import msgspec

from audit.model import (
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
    SearchState,
    Severity,
    SiteVerdict,
    SubjectKind,
)
from audit.report import (
    SCHEMA,
    BasisRow,
    Because,
    CheckCard,
    ColumnRow,
    Comparison,
    Estate,
    EvidenceRow,
    FactRow,
    Finding,
    InterpretationCard,
    ItemCard,
    LinkExample,
    LinkLine,
    OutcomeRow,
    PageLine,
    PageTotals,
    PairRow,
    PolicyCard,
    ProbeRow,
    Report,
    RulebookStamp,
    RunStamp,
    Score,
    ScoreItem,
    SearchRow,
    SiteReport,
    SubjectCounts,
    SubjectRow,
    Tool,
    WaiverLine,
    WaiverState,
)

DAY = dt.date(2020, 6, 5)
AT = "2020-06-05T02:14:07+08:00"
NASTY = (
    '<script>alert("x")</script>',
    '=cmd|"/c calc"!A1',
    "控制\x00字符\x1b[31m和\u202e反向",
    "落单的代理\ud800项",
    '"><img src=http://evil.example/x.png onerror=alert(1)>',
    "</script><style>*{display:none}</style>",
    "+86-871-0000 {{ 7*7 }} {% raw %}",
    "很长的标题" * 120,
)
NASTY_URLS = (
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "http://jtt.example/" + "很长的路径/" * 90 + "end.html?q=" + "a" * 300,
    'http://jtt.example/"onmouseover="alert(1)',
    "http://jtt.example/" + "x" * 4000,
)
CHECKS = {
    "stale-column": ("栏目按时更新", "栏目不更新", Severity.MAJOR, "栏目"),
    "blank-column": ("栏目有内容", "空白栏目", Severity.MAJOR, "栏目"),
    "dead-link": ("链接可以打开", "链接打不开", Severity.MINOR, "链接"),
    "missing-unit-fact": ("单位六要素齐全", "六要素缺失", Severity.MINOR, "单位"),
    "unlinked-interpretation": (
        "政策与解读相互链接",
        "政策与解读未相互链接",
        Severity.MINOR,
        "政策",
    ),
    "broken-interpretation-link": ("解读链接可以打开", "解读链接失效", Severity.MINOR, "政策"),
    "missing-identity-mark": ("网站标识齐全", "网站标识缺失", Severity.NOTICE, "网站"),
    "missing-search": ("提供站内搜索", "没有站内搜索", Severity.MAJOR, "搜索"),
    "stale-home": ("首页按时更新", "首页不更新", Severity.VETO, "网站"),
    "unreachable-site": ("网站可以访问", "站点无法访问", Severity.VETO, "网站"),
}
ITEMS = {
    "V3": ("首页不更新", "单项否决"),
    "functions": ("机构职能", "发布解读"),
    "news": ("动态要闻", "发布解读"),
    "interpretation": ("政策解读", "发布解读"),
    "other-columns": ("其他栏目", "发布解读"),
    "links": ("链接可用", "功能设计"),
    "search": ("站内搜索", "功能设计"),
}


PICTURE = b"\xff\xd8\xff\xe0 stands for a picture"
PICTURED = sha256(PICTURE).hexdigest()
LOST, CHANGED = "1" * 64, "2" * 64


class SampleMaterial(msgspec.Struct, frozen=True):
    """Implements `report.Material` with a handful of lines."""

    language: str = "zh"
    rulebook_name: str = "云南省2020年政务公开规则集"

    @property
    def checks(self) -> Mapping[str, CheckCard]:
        """Every check by id."""
        return {
            check: CheckCard(
                check,
                title,
                failed,
                ("云南省交通运输厅2020年政务公开工作要点",),
                check != "stale-home",
            )
            for check, (title, failed, _, _) in CHECKS.items()
        }

    @property
    def items(self) -> Mapping[str, ItemCard]:
        """Every item and veto by id."""
        return {
            item: ItemCard(item, name, group, "国办秘函〔2019〕19号", item == "V3")
            for item, (name, group) in ITEMS.items()
        }

    @property
    def units(self) -> Mapping[str, str]:
        """Names of units."""
        return {
            "jtt": "示例省交通运输厅",
            "highway": "示例省公路局",
            "waterway": "示例省航务管理局",
            "institute": "示例省交通规划院",
            "school": "示例省交通学校",
        }

    @property
    def earlier(self) -> Mapping[str, Finding]:
        """Nothing is known of an earlier run."""
        return {}

    @property
    def waivers(self) -> tuple[WaiverLine, ...]:
        """One of each state; the second with hostile words."""
        return tuple(
            WaiverLine(f"{place:016x}", reason, "信息中心", DAY, matched, state)
            for place, (reason, matched, state) in enumerate(
                (
                    ("改版中", 2, WaiverState.MATCHED),
                    (NASTY[3], 0, WaiverState.UNMATCHED),
                    ("已迁移", 0, WaiverState.EXPIRED),
                )
            )
        )

    def picture(self, sha256: str) -> bytes | None:
        """One is kept, one is gone, one is no longer what it was."""
        return {PICTURED: PICTURE, CHANGED: PICTURE}.get(sha256)

    def pages(self) -> Iterator[PageLine]:
        """Two lines, one of them hostile."""
        for place, url in enumerate(("http://jtt.example/", NASTY_URLS[2])):
            yield PageLine(
                "jtt",
                url,
                url,
                "ok",
                200,
                "http",
                "gb18030",
                NASTY[3] if place else "首页",
                "home",
                None if place else DAY,
                None if place else DateSource.META,
                0.9,
                "/tzgg/",
                "a" * 64,
                2048,
                31,
                place,
                ("trap",),
                3,
            )

    def links(self) -> Iterator[LinkLine]:
        """One line."""
        yield LinkLine(
            "jtt",
            "http://jtt.example/gone.html",
            "nav",
            "http_4xx",
            404,
            2,
            12,
            (LinkExample("http://jtt.example/", NASTY[0]),),
        )


def sample_report(*, verified: bool = False, dead_links: int = 12) -> Report:
    """The whole report; `dead_links` findings of one check on the first site."""
    return Report(
        schema=SCHEMA,
        tool=Tool("duwang", "0.1.0"),
        rulebook=RulebookStamp("yunnan-2020", "2020.1", verified, DAY),
        run=RunStamp(
            "20200605-021400-7f3a",
            "2020-06-05T02:14:00+08:00",
            "2020-06-05T02:58:31+08:00",
            DAY,
            "run",
            "incomplete",
            ("stale-home: ZeroDivisionError: <b>division</b>",),
            "c0ffee" * 10 + "beef",
        ),
        sites=(_department(dead_links), _highway(), _waterway(), _institute()),
        estate=Estate(
            (_outcome("missing-unit-fact", OutcomeStatus.FAIL, fault=3, ok=20, review=2),)
        ),
        comparison=Comparison(
            "20200505-020000-11aa",
            (_id("dead-link", 0),),
            (_id("gone", 0),),
            (_id("dead-link", 1),),
            9,
            2,
            -3.5,
            Because(-3.0, -0.5),
        ),
    )


def _department(dead_links: int) -> SiteReport:
    findings = (
        _finding(
            "blank-column",
            0,
            label="信息公开 › 规划计划",
            key="/ghjh/",
            url="http://jtt.example/ghjh/",
        ),
        _finding("stale-column", 0, label="政务动态", key="/zwdt/", url="http://jtt.example/zwdt/"),
        *(
            _finding("dead-link", n, label=NASTY[n % len(NASTY)], url=_dead(n))
            for n in range(dead_links)
        ),
        *(
            _finding("missing-unit-fact", n, kind=SubjectKind.UNIT, label="示例省交通学校")
            for n in range(3)
        ),
        _finding("unlinked-interpretation", 0, kind=SubjectKind.PAIR, label=NASTY[5]),
        _finding("missing-identity-mark", 0, kind=SubjectKind.SITE, label="示例省交通运输厅"),
        _finding(
            "missing-identity-mark",
            1,
            FindingStatus.WAIVED,
            kind=SubjectKind.SITE,
            label="公安备案号",
        ),
        *(
            _finding(
                "stale-column",
                n,
                FindingStatus.REVIEW,
                label=f"通知公告{n}",
                key="/tzgg/",
                url="http://jtt.example/tzgg/",
            )
            for n in range(1, 4)
        ),
    )
    return _site(
        "jtt",
        "示例省交通运输厅",
        SiteVerdict.QUALIFIED,
        "参考得分82.35，覆盖率93%。",
        findings,
        score=_score(82.35, 76.2, 0.9312, dead_links),
    )


def _highway() -> SiteReport:
    findings = (
        _finding("stale-home", 9, kind=SubjectKind.SITE, label="示例省公路局"),
        _finding("missing-search", 9, kind=SubjectKind.SEARCH, label="示例省公路局"),
        _finding("broken-interpretation-link", 9, kind=SubjectKind.PAIR, label="路况信息管理办法"),
    )
    made = _site(
        "highway",
        "示例省公路局",
        SiteVerdict.UNQUALIFIED,
        "单项否决：首页不更新。",
        findings,
        score=Score(None, 41.5, 0.88, 0.52, ("V3",), _score(None, 0, 0, 1).items),
    )
    return msgspec.structs.replace(made, search=SearchRow(SearchState.MISSING, None, "", ()))


def _waterway() -> SiteReport:
    """A site that did not answer."""
    outcomes = tuple(
        _outcome(
            check,
            OutcomeStatus.NOT_ASSESSED,
            Reason.TOO_FEW_VISITS if check == "unreachable-site" else Reason.UNREACHABLE,
        )
        for check in sorted(CHECKS)
    )
    return SiteReport(
        "waterway",
        "示例省航务管理局",
        "http://waterway.example/",
        "waterway",
        SiteVerdict.INSUFFICIENT,
        "首页无法访问（连接超时），没有可供检查的内容。",
        Score(None, 0.0, 0.0, 0.52, (), ()),
        PageTotals(1, 0, {"timeout": 1}),
        (),
        (),
        tuple(FactRow("waterway", fact, FactState.NOT_ASSESSED, "", "") for fact in Fact),
        SearchRow(SearchState.NOT_ASSESSED, Reason.UNREACHABLE, "", ()),
        outcomes,
        (),
    )


def _institute() -> SiteReport:
    findings = tuple(
        _finding("stale-column", n, FindingStatus.REVIEW, label=f"院务动态{n}", key=f"/ywdt{n}/")
        for n in range(20, 23)
    )
    return _site(
        "institute",
        "示例省交通规划院",
        SiteVerdict.QUALIFIED,
        "参考得分96.00，覆盖率85%；3条待人工确认。",
        findings,
        score=Score(96.0, 81.0, 0.85, 0.52, (), _score(96.0, 81.0, 0.85, 0).items[:3], (), 96.0),
    )


def _site(
    site: str,
    name: str,
    verdict: SiteVerdict,
    reason: str,
    findings: tuple[Finding, ...],
    *,
    score: Score,
) -> SiteReport:
    home = f"http://{site}.example/"
    return SiteReport(
        site,
        name,
        home,
        "" if site == "institute" else site,
        verdict,
        reason,
        score,
        PageTotals(1286, 1204, {"http_4xx": 41, "not_html": 30, "robots": 6, "needs_browser": 5}),
        _columns(home),
        _pairs(home),
        _facts(site),
        _search(home),
        _outcomes(),
        findings,
    )


def _score(points: float | None, worst: float, coverage: float, dead_links: int) -> Score:
    links = tuple(_id("dead-link", n) for n in range(dead_links))
    return Score(
        points,
        worst,
        coverage,
        0.52,
        (),
        (
            ScoreItem(
                "functions", 6, 6, 1.5, ("missing-unit-fact",), (_id("missing-unit-fact", 0),)
            ),
            ScoreItem("news", 5, 5, 0, ("stale-column",), ()),
            ScoreItem(
                "interpretation",
                10,
                8.5,
                1,
                ("unlinked-interpretation", "broken-interpretation-link"),
                (_id("unlinked-interpretation", 0),),
            ),
            ScoreItem(
                "other-columns",
                5,
                5,
                2,
                ("blank-column", "stale-column"),
                (_id("blank-column", 0), _id("stale-column", 0)),
            ),
            ScoreItem("links", 5, 5, 5, ("dead-link",), links),
            ScoreItem("search", 5, 0, 0, ("missing-search",), ()),
        ),
        steady_points=points,
    )


def _columns(home: str) -> tuple[ColumnRow, ...]:
    states, classes, kinds, sources = (
        cycle(ColumnState),
        cycle(ColumnClass),
        cycle(ColumnKind),
        cycle(DateSource),
    )
    names = (
        "政务动态",
        "通知公告",
        "规划计划",
        "人事信息",
        "公开指南",
        "专题专栏",
        "政策文件",
        "政策解读",
        "财政资金",
        "厅领导",
        "机构职能",
        "办事服务",
        "互动交流",
        "信息公开",
        "友情链接",
        NASTY[0],
        NASTY[6],
    )
    slugs = ("zwdt", "tzgg", "ghjh")
    rows: list[ColumnRow] = []
    for place, name in enumerate(names):
        state = next(states)
        dated = state in {ColumnState.FRESH, ColumnState.STALE}
        slug = slugs[place] if place < len(slugs) else f"c{place}"
        newest = (
            (DAY - dt.timedelta(days=3 if state is ColumnState.FRESH else 215)) if dated else None
        )
        rows.append(
            ColumnRow(
                f"/{slug}/",
                name,
                ("信息公开", name),
                f"{home}{slug}/",
                next(classes),
                next(kinds),
                place % 3 > 0,
                0 if state is ColumnState.BLANK else 37,
                newest,
                next(sources) if dated else None,
                (DAY - newest).days if newest else None,
                ("14d", "6m", "1y", None)[place % 4],
                state,
                Reason.NEEDS_BROWSER if state is ColumnState.NOT_ASSESSED else None,
            )
        )
    return tuple(rows)


def _pairs(home: str) -> tuple[PairRow, ...]:
    directions = cycle(DirectionState)
    return tuple(
        PairRow(
            PolicyCard(
                f"{home}zcwj/{n}.html",
                f"示例省交通运输厅关于印发第{n + 1}号管理办法的通知",
                f"示交规〔2020〕{n + 1}号" if n % 2 else "",
                DAY - dt.timedelta(days=40 + n),
            ),
            None
            if state is PairState.UNINTERPRETED
            else InterpretationCard(
                NASTY_URLS[0] if state is PairState.REVIEW else f"{home}zcjd/{n}.html",
                f"《第{n + 1}号管理办法》解读",
                None if n == 5 else DAY - dt.timedelta(days=38),
            ),
            next(directions),
            next(directions),
            None if n == 5 else n,
            state,
        )
        for n, state in enumerate(PairState)
    )


def _facts(site: str) -> tuple[FactRow, ...]:
    units = ("jtt", "school") if site == "jtt" else (site,)
    states = cycle(FactState)
    return tuple(
        FactRow(
            unit,
            fact,
            state,
            "" if state is FactState.MISSING else f"{NASTY[2]}示例路1号",
            f"http://{site}.example/jgzn/{fact}.html",
        )
        for unit in units
        for fact, state in zip(Fact, states, strict=False)
    )


def _search(home: str) -> SearchRow:
    states = cycle(ProbeState)
    probes = tuple(
        ProbeRow(
            "" if kind is ProbeKind.EMPTY else f"公路养护 {kind}",
            kind,
            next(states),
            1 if kind is ProbeKind.TITLE else None,
            420,
            f"{home}search?q={kind}",
            at=AT,
            picture=PICTURED if kind is ProbeKind.TITLE else "",
        )
        for kind in ProbeKind
    )
    return SearchRow(SearchState.USABLE, None, f"{home}search", probes)


def _outcomes() -> tuple[OutcomeRow, ...]:
    return (
        _outcome("blank-column", OutcomeStatus.FAIL, ok=14, fault=1),
        _outcome("broken-interpretation-link", OutcomeStatus.NOT_APPLICABLE),
        _outcome(
            "dead-link",
            OutcomeStatus.FAIL,
            ok=1841,
            fault=12,
            unknown={"no_network": 7, "rate_limited": 2},
        ),
        _outcome("missing-identity-mark", OutcomeStatus.FAIL, ok=5, fault=2),
        _outcome(
            "missing-search",
            OutcomeStatus.NOT_ASSESSED,
            Reason.NO_BROWSER,
            unknown={"no_browser": 1},
        ),
        _outcome("missing-unit-fact", OutcomeStatus.FAIL, ok=7, fault=3, review=2),
        _outcome("stale-column", OutcomeStatus.REVIEW, ok=9, review=3, unknown={"no_dates": 2}),
        _outcome("stale-home", OutcomeStatus.PASS, ok=1),
        _outcome("unlinked-interpretation", OutcomeStatus.FAIL, ok=10, fault=1),
        _outcome("unreachable-site", OutcomeStatus.NOT_ASSESSED, Reason.TOO_FEW_VISITS),
    )


def _outcome(
    check: str,
    status: OutcomeStatus,
    reason: Reason | None = None,
    *,
    ok: int = 0,
    fault: int = 0,
    review: int = 0,
    unknown: Mapping[str, int] | None = None,
) -> OutcomeRow:
    return OutcomeRow(check, status, reason, SubjectCounts(ok, fault, review, unknown or {}))


def _id(check: str, number: int) -> str:
    return sha256(f"{check} {number}".encode()).hexdigest()[:16]


def _dead(number: int) -> str:
    return (
        NASTY_URLS[number] if number < len(NASTY_URLS) else f"http://jtt.example/tzgg/{number}.html"
    )


def _finding(
    check: str,
    number: int,
    status: FindingStatus = FindingStatus.FAIL,
    *,
    label: str,
    key: str = "",
    url: str = "http://jtt.example/",
    kind: SubjectKind | None = None,
) -> Finding:
    severity = CHECKS[check][2]
    columns = check.endswith("-column")
    return Finding(
        id=_id(check, number),
        check=check,
        severity=severity,
        status=status,
        state=tuple(FindingState)[number % 2 * 3 if number % 2 else 0],
        labels={
            "class": "notice",
            "level": "first",
            "region": "nav",
            "direction": "forward",
            "fact": "hours",
            "mark": "icp",
            "side": "inside",
        },
        subject=SubjectRow(
            kind or (SubjectKind.COLUMN if columns else SubjectKind.LINK), key or url, url, label
        ),
        message=f"最新一条信息的日期是2019-11-03，已215天未更新：《{NASTY[number % len(NASTY)]}》。",
        observed="215d"
        if columns
        else ("404" if check == "dead-link" else NASTY[1] if number else "0"),
        limit="14d" if columns else ("200" if check == "dead-link" else "1"),
        evidence=(
            EvidenceRow(EvidenceKind.FETCH, url, "HTTP 404（访问2次）", AT, "", ""),
            EvidenceRow(
                EvidenceKind.TABLE,
                "http://jtt.example/tzgg/index.html",
                f"2019-11-03 关于国庆放假的通知\n日期不明 {NASTY[0]}\n{NASTY[4]}",
                AT,
                sha256(url.encode("utf-8", "replace")).hexdigest(),
                "jtt-00001.warc.gz:88123",
            ),
            EvidenceRow(
                EvidenceKind.SCREENSHOT,
                url,
                NASTY[number % len(NASTY)],
                AT,
                PICTURED if columns else LOST,
                "jtt-00001.warc.gz:99123",
            ),
        ),
        remedy="补发应公开的信息；确无内容的栏目，按规定整合或关停。",
        office=("办公室", "法规处", "信息中心")[number % 3],
        basis=BasisRow("云南省交通运输厅2020年政务公开工作要点", "四（一）2"),
        first_seen=DAY - dt.timedelta(days=31 * (number % 2)),
        due=DAY + dt.timedelta(days=15) if status is FindingStatus.FAIL else None,
    )
