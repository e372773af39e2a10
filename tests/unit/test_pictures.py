"""Which pages are pictured for the evidence, and what is framed on them."""

import datetime as dt
from collections.abc import Collection, Sequence

import pytest

import checks
from audit.api import finding_id
from audit.model import (
    Evidence,
    EvidenceKind,
    Fetch,
    FetchOutcome,
    Outcome,
    OutcomeStatus,
    ProbeKind,
    ProbeState,
    SearchState,
    SiteCard,
    Subject,
    SubjectKind,
    Tally,
    Verdict,
    VerdictState,
)
from audit.model.picture import NOTHING, Mark, mark_of, picture_address
from audit.model.search import SearchProbe, SearchTrial
from audit.model.wire import Purpose
from audit.pipeline.judged import Judged, JudgedSite
from audit.pipeline.pictures import Limits, wanted_pictures, with_pictures
from audit.rulebooks import load as load_rulebook

HOME = "http://www.example/"
MANY = Limits(40, 40)


def verdict(
    *evidence: Evidence,
    key: str = "/a.html",
    state: VerdictState = VerdictState.FAULT,
    kind: SubjectKind = SubjectKind.PAGE,
) -> Verdict:
    subject = Subject(kind, key, f"http://www.example{key}", "标题")
    return Verdict(state, subject, "missing", evidence=evidence)


def quote(url: str, words: str) -> Evidence:
    return Evidence(EvidenceKind.QUOTE, HOME + url, words)


def table(url: str, *rows: str) -> Evidence:
    return Evidence(EvidenceKind.TABLE, HOME + url, "\n".join(rows))


def visit(url: str) -> Evidence:
    return Evidence(EvidenceKind.FETCH, HOME + url)


def judged(trial: SearchTrial | None = None, **found: Sequence[Verdict]) -> Judged:
    outcomes = tuple(
        Outcome(name.replace("_", "-"), "a", OutcomeStatus.FAIL, None, Tally(), tuple(verdicts))
        for name, verdicts in found.items()
    )
    site = JudgedSite(
        card=SiteCard("a", "示例", HOME, ""), complete=True, unavailable=None, fetched=1,
        assessed=1, not_assessed={}, columns=(), pairs=(), facts=(), search=None,
        search_reason=None, outcomes=outcomes, trial=trial,
    )  # fmt: skip
    return Judged(dt.date(2026, 11, 25), (site,), (), {}, {}, {}, "")


def wanted(
    found: Judged, limits: Limits = MANY, unread: Collection[str] = ()
) -> list[tuple[str, Mark]]:
    """Paths and marks of what is to be pictured."""
    rulebook, _ = load_rulebook("yunnan-2020")
    addresses = wanted_pictures(
        found,
        found.sites[0],
        checks.load(),
        rulebook,
        lambda urls: {url for url in urls if url.removeprefix(HOME) not in unread},
        limits,
    )
    return [(url.removeprefix(HOME), mark) for url, mark in map(mark_of, addresses)]


def test_the_words_of_a_quote_are_framed_on_its_page() -> None:
    found = judged(garbled_text=[verdict(quote("a.html", "锟斤拷"))])

    assert wanted(found) == [("a.html", Mark(texts=("锟斤拷",)))]


def test_a_quoted_day_is_framed_whole_and_a_day_put_before_a_title_is_left_out() -> None:
    day = judged(late_interpretation=[verdict(quote("a.html", "2026-08-31 12:25"))])
    title = judged(late_repost=[verdict(quote("a.html", "2026-08-31 甲的标题"))])

    assert wanted(day)[0][1].texts[0] == "2026-08-31 12:25"
    assert wanted(title) == [("a.html", Mark(texts=("2026-08-31 甲的标题", "甲的标题")))]


def test_a_dead_link_is_framed_on_the_page_that_holds_it() -> None:
    dead = verdict(visit("x.html"), quote("a.html", "甲"), key="/x.html", kind=SubjectKind.LINK)

    assert wanted(judged(dead_link=[dead])) == [
        ("a.html", Mark(links=(f"{HOME}x.html",), texts=("甲",)))
    ]


def test_rows_are_framed_without_what_was_put_to_them() -> None:
    rows = ("2026-01-01 甲的标题", '乙 href="#"', "丙 http://b.example/", "— 丁")
    found = judged(stale_column=[verdict(table("list/", *rows))])

    assert wanted(found) == [
        ("list/", Mark(links=("http://b.example/",), texts=("甲的标题", "乙", "丙", "丁")))
    ]


@pytest.mark.parametrize(
    ("row", "mark"),
    [
        ("2026-07-15 页面显示 2026-07-15 10:41", Mark(texts=("2026-07-15 10:41",))),
        ("PubDate= (missing)", NOTHING),
        ("https://b.example/?site_code=1", Mark(links=("https://b.example/?site_code=1",))),
        ("1 < 2", Mark(texts=("1 < 2",))),
    ],
)
def test_what_a_row_says_tells_what_to_frame(row: str, mark: Mark) -> None:
    assert wanted(judged(suspicious_date=[verdict(table("a.html", row))])) == [("a.html", mark)]


def test_of_a_search_its_box_is_framed_and_no_registered_account_is_pictured() -> None:
    search = verdict(quote("", "Tab 7"), kind=SubjectKind.SEARCH)
    account = verdict(quote("b.html", "抖音 示例"), kind=SubjectKind.ACCOUNT)
    found = judged(missing_search=[search], stale_media_account=[account])

    assert [(url, mark.paths[:1], mark.texts) for url, mark in wanted(found)] == [
        ("", ("input[type=search]",), ())
    ]


def test_pages_that_were_only_visited_are_no_links_to_frame() -> None:
    unit = verdict(visit("a.html"), visit("b.html"), kind=SubjectKind.UNIT)

    assert wanted(judged(missing_unit_fact=[unit])) == [("a.html", NOTHING)]


def test_an_element_is_framed_by_its_path() -> None:
    row = 'div > a[href$="x"]: <a href="x"></a> 链接必须有可识别的文本'
    found = judged(accessibility_fault=[verdict(table("", row))])

    assert wanted(found) == [("", Mark(paths=('div > a[href$="x"]',)))]


def test_what_is_not_there_gives_a_picture_of_the_page() -> None:
    assert wanted(judged(missing_search=[verdict(visit(""))])) == [("", NOTHING)]


def test_the_next_page_is_taken_where_the_first_was_not_read() -> None:
    found = judged(text_slip=[verdict(quote("a.html", "甲"), quote("b.html", "乙"))])

    assert wanted(found, unread=["a.html"]) == [("b.html", Mark(texts=("乙",)))]
    assert wanted(found, unread=["a.html", "b.html"]) == []


def test_the_gravest_come_first_and_doubts_last() -> None:
    found = judged(
        text_slip=[verdict(quote("doubt.html", "甲"), state=VerdictState.REVIEW)],
        empty_link=[verdict(quote("notice.html", "乙"))],
        unanswered_message=[verdict(quote("veto.html", "丙"))],
    )

    assert [url for url, _ in wanted(found)] == ["veto.html", "notice.html", "doubt.html"]


def test_there_is_a_limit_for_a_site_and_for_a_check() -> None:
    several = [verdict(quote(f"{n}.html", "甲"), key=f"/{n}.html") for n in range(9)]
    found = judged(text_slip=several, garbled_text=several)

    assert len(wanted(found, Limits(40, 3))) == 6
    assert len(wanted(found, Limits(4, 3))) == 4
    assert wanted(found, Limits(0, 3)) == []


def test_a_page_that_holds_what_should_not_be_public_is_never_pictured() -> None:
    found = judged(
        exposed_personal_data=[verdict(table("a.html", "53*************002"))],
        secret_mark=[verdict(quote("b.html", "机密★1年"), state=VerdictState.REVIEW)],
        garbled_text=[verdict(quote("a.html", "锟斤拷")), verdict(quote("c.html", "锟斤拷"))],
    )

    assert [url for url, _ in wanted(found)] == ["c.html"]


def test_neither_a_part_of_such_a_page_nor_such_an_answer_of_the_search_is_pictured() -> None:
    found = judged(
        TRIAL,
        exposed_personal_data=[
            verdict(table("a.html#list", "53*************002")),
            verdict(table("s?q=1", "53*************002"), key="/s"),
        ],
        garbled_text=[verdict(quote("a.html", "锟斤拷"))],
    )

    assert [url for url, _ in wanted(found)] == ["s?q="]


TRIAL = SearchTrial(
    SearchState.USABLE,
    probes=(
        SearchProbe(ProbeKind.TITLE, "甲", ProbeState.HIT, f"{HOME}s?q=1", title="甲", sought=f"{HOME}1.html", at="t1", sha256="1"),
        SearchProbe(ProbeKind.EMPTY, "", ProbeState.HIT, f"{HOME}s?q=", at="t2", sha256="2"),
        SearchProbe(ProbeKind.TITLE, "乙", ProbeState.HIT, f"{HOME}s", sha256="3", posted=True),
        SearchProbe(ProbeKind.TITLE, "丙", ProbeState.MISS, HOME, at="t4", sha256="4", via="browser", picture="p4"),
        SearchProbe(ProbeKind.TITLE, "丁", ProbeState.ERROR, f"{HOME}s?q=5"),
    ),
)  # fmt: skip


def test_answers_of_the_search_that_an_address_asks_again_are_pictured() -> None:
    assert wanted(judged(TRIAL)) == [
        ("s?q=1", Mark(links=(f"{HOME}1.html",), outside=True)),
        ("s?q=", Mark(outside=True)),
    ]


def test_of_few_answers_there_is_one_of_each_kind() -> None:
    probes = tuple(
        SearchProbe(kind, "甲", ProbeState.MISS, f"{HOME}s?q={kind}{n}", sha256="1")
        for kind in (ProbeKind.TITLE, ProbeKind.PART, ProbeKind.NONSENSE)
        for n in range(3)
    )
    found = judged(SearchTrial(SearchState.UNUSABLE, probes=probes))

    assert [url for url, _ in wanted(found, Limits(4, 1))] == [
        "s?q=title0", "s?q=part0", "s?q=nonsense0", "s?q=title1",
    ]  # fmt: skip
    assert len(wanted(found)) == 9


def taken(address: str, marked: str = "") -> Fetch:
    return Fetch(
        address, Purpose.PICTURE, FetchOutcome.OK, at="t", picture="picture", marked=marked
    )


def shots(found: Judged) -> list[Evidence]:
    return [
        one
        for outcome in found.sites[0].outcomes
        for each in outcome.verdicts
        for one in each.evidence
        if one.kind is EvidenceKind.SCREENSHOT
    ]


def test_a_picture_is_put_to_every_verdict_that_it_shows() -> None:
    same = verdict(quote("a.html", "甲"))
    found = judged(garbled_text=[same], text_slip=[same, verdict(quote("b.html", "乙"))])
    address = picture_address(f"{HOME}a.html", Mark(texts=("甲",)))
    done = with_pictures(found, [taken(address, "甲")])
    shot = Evidence(EvidenceKind.SCREENSHOT, f"{HOME}a.html", "甲", "t", "picture")

    assert shots(done) == [shot, shot]
    assert finding_id("garbled-text", "a", same.subject) == finding_id(
        "garbled-text", "a", done.sites[0].outcomes[0].verdicts[0].subject
    )


def test_a_picture_that_was_not_taken_is_none() -> None:
    found = judged(garbled_text=[verdict(quote("a.html", "甲"))])
    failed = Fetch(f"{HOME}a.html#x", Purpose.PICTURE, FetchOutcome.BROWSER_TIMEOUT)

    assert with_pictures(found, [failed]) == found


def test_the_answers_that_a_verdict_cites_bring_their_pictures() -> None:
    cited = (
        Evidence(EvidenceKind.PROBE, f"{HOME}s?q=1", "“甲” → 200 · 3", "t1"),
        Evidence(EvidenceKind.PROBE, HOME, "“丙” → 200 · 0", "t4"),
    )
    found = judged(TRIAL, search_miss=[verdict(*cited, kind=SubjectKind.SEARCH)])
    address = picture_address(f"{HOME}s?q=1", Mark(links=(f"{HOME}1.html",), outside=True))
    done = with_pictures(found, [taken(address)])

    assert [(one.quote, one.sha256) for one in shots(done)] == [
        ("“甲”", "picture"),
        ("“丙”", "p4"),
    ]
    assert done.sites[0].trial is not None
    assert [one.picture for one in done.sites[0].trial.probes] == ["picture", "", "", "p4", ""]


def test_what_is_to_be_framed_survives_its_address() -> None:
    mark = Mark(("#a > b",), ("http://b.example/?q=1#x",), ("“引号” 与 # 号 %41",), outside=True)

    assert mark_of(picture_address(f"{HOME}a?b=c", mark)) == (f"{HOME}a?b=c", mark)
    assert mark_of(picture_address(HOME, Mark(texts=("长" * 999, " ", "", "长" * 999)))) == (
        HOME, Mark(texts=("长" * 160,)),
    )  # fmt: skip
