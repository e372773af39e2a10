"""A finding whose link or page was taken off the site: fixed when that was seen, open when it was not."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import pytest

from audit.api import AsOf, conclude
from audit.model import FetchOutcome, FindingState, Purpose, RegisteredColumn
from audit.pipeline.judge import findings_of
from audit.pipeline.judged import Judged, JudgedSite
from audit.pipeline.removals import remembered, with_removals
from audit.reading import Reading, plan
from audit.store import FindingRow, RunRow, Store
from audit.workdays import published
from checks import dead_link, empty_link, stale_column
from tests.databases import KINDS, opened
from tests.snapshots import HOME, Answer, Page, read
from tests.stored import CARD, SITE, config, started

MENU = (
    "<div class=nav><ul><li><a href=/>首页</a></li><li><a href=/news/>交通要闻</a></li></ul></div>"
)
LINK = "<a href=/gone.html>关于公路养护工作的通知</a>"
IDLE = "<a href='#'>关于做好公路养护工作的通知</a>"
TEXT = "<p>" + "各单位要按照要求认真抓好落实，确保各项任务按期完成。" * 12 + "</p>"
LIST = "<ul><li><a href=/news/1.html>全省公路养护工作会议召开</a><span>2020-06-01</span></li></ul>"
CHECKS = (
    (dead_link.CHECK, dead_link.DeadLinkSettings(looks=2)),
    (empty_link.CHECK, empty_link.EmptyLinkSettings()),
    (
        stale_column.CHECK,
        stale_column.StaleColumnSettings(limits={"planning": "1y", "news": "6m"}, pages=2),
    ),
)
WAIVER = {
    "finding": "0" * 16, "reason": "正在迁移", "approver": "示例处", "expires": "2026-12-01",
}  # fmt: skip

Pages = Mapping[str, Answer]


class Ran(msgspec.Struct):
    """What a run found, by check, and what it saw removed."""

    found: dict[str, str]
    removed: frozenset[str]


@pytest.fixture(params=KINDS)
def store(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    with opened(request.param, tmp_path) as made:
        yield made


def site(*, inside: str = "", listed: str = LIST, **more: Answer) -> dict[str, Answer]:
    """A small site; `inside` stands on its only article."""
    article: Answer = (
        f"<title>全省公路养护工作会议召开</title>{MENU}<h1>会议召开</h1>{TEXT}{inside}"
    )
    return {
        "/": f"<title>示例交通运输厅</title>{MENU}{TEXT}",
        "/news/": f"<title>交通要闻</title>{MENU}{listed}",
        "/news/1.html": article,
        **more,
    }


def with_dead_link() -> Reading:
    pages: Pages = {**site(inside=LINK), "/gone.html": 404}
    return read(pages, looks={"/gone.html": 404})


def judge(reading: Reading) -> Judged:
    as_of = AsOf(reading.registers.as_of or pytest.fail("no day"), published())
    outcomes = tuple(
        conclude(
            check.id,
            SITE,
            [] if reading.unavailable else check.find(reading, settings, as_of),  # pyright: ignore[reportArgumentType] - each with its own
            when_empty="not_assessed",
            unseen=reading.unseen,
            unknown_share=0.9,
        )
        for check, settings in CHECKS
    )
    judged = JudgedSite(
        reading.card, reading.complete, reading.unavailable, reading.totals.fetched,
        reading.totals.assessed, reading.totals.not_assessed, (), (), (), None, None, outcomes,
    )  # fmt: skip
    return Judged(as_of.day, (judged,), (), {}, {}, {}, "")


def month(
    store: Store, reading: Reading, *, setup: str = "", partial: bool = False, quick: bool = False
) -> Ran:
    """One run, judged and closed."""
    run = started(store, config=setup) if setup else started(store)
    run = msgspec.structs.replace(run, partial=partial, quick=quick)
    judged = with_removals(judge(reading), store, run, [reading])
    close(store, run, judged)
    return Ran({check: one for _, check, _, one in findings_of(judged)}, frozenset(judged.removed))


def close(store: Store, run: RunRow, judged: Judged) -> None:
    passed = [
        (one.check, print_)
        for site in judged.sites
        for one in site.outcomes
        for print_ in one.passed
    ]
    store.finish_run(
        run.id,
        finished=run.started,
        status="complete",
        judged=msgspec.msgpack.encode(judged),
        findings=[FindingRow(one, SITE, check, "fail") for _, check, _, one in findings_of(judged)],
        passed=[*passed, *((check, one) for one, check in judged.removed.items())],
    )


def still_open(store: Store) -> set[str]:
    return {one.id for one in store.open_at(store.run("last").id)}


def test_a_dead_link_that_was_taken_off_the_page_is_gone(store: Store) -> None:
    old = month(store, with_dead_link()).found["dead-link"]
    new = month(store, read(site()))

    assert new.removed == {old}
    assert still_open(store) == set()


def test_a_link_that_stands_there_again_is_reopened(store: Store) -> None:
    old = month(store, with_dead_link()).found["dead-link"]
    month(store, read(site()))
    again = month(store, with_dead_link())

    assert again.found["dead-link"] == old
    assert store.past(store.run("last").id, [old])[old].state is FindingState.REOPENED


def test_it_stays_gone_and_is_said_once(store: Store) -> None:
    month(store, with_dead_link())
    month(store, read(site()))

    assert month(store, read(site())).removed == frozenset()


@pytest.mark.parametrize(
    "pages",
    [
        {**site(inside=LINK), "/gone.html": FetchOutcome.TIMEOUT},
        {**site(), "/news/": f"<title>交通要闻</title>{MENU}{LIST}{LINK}"},
        {**site(), "/news/1.html": FetchOutcome.TIMEOUT},
        {**site(), "/news/1.html": FetchOutcome.WAF_BLOCK},
        {**site(), "/news/1.html": FetchOutcome.NEEDS_BROWSER},
        {**site(), "/news/1.html": 503},
        {**site(), "/news/1.html": 404},
        {**site(), "/news/": FetchOutcome.FORBIDDEN},
        {"/": FetchOutcome.BOT_CHALLENGE},
    ],
    ids=(
        "still there but not answering", "on another page", "slow", "blocked", "needs script",
        "failing", "missing once", "a section that is closed", "no home page",
    ),
)  # fmt: skip
def test_what_was_not_seen_to_be_gone_stays_open(store: Store, pages: Pages) -> None:
    old = month(store, with_dead_link()).found["dead-link"]
    new = month(store, read(pages))

    assert new.removed == frozenset()
    assert old in still_open(store)


def test_a_page_that_nobody_visited_proves_nothing(store: Store) -> None:
    old = month(store, with_dead_link()).found["dead-link"]
    pages = site(listed="<p>暂无内容</p>")
    del pages["/news/1.html"]
    new = month(store, read(pages))

    assert new.removed == frozenset()
    assert old in still_open(store)


def test_a_walk_that_did_not_end_proves_nothing(store: Store) -> None:
    month(store, with_dead_link())

    assert month(store, read(site(), complete=False)).removed == frozenset()


@pytest.mark.parametrize("given", ["partial", "quick"])
def test_neither_a_part_of_the_sites_nor_a_quick_look_proves_anything(
    store: Store, given: str
) -> None:
    month(store, with_dead_link())

    new = month(store, read(site()), partial=given == "partial", quick=given == "quick")

    assert new.removed == frozenset()


def test_a_thin_crawl_proves_nothing(store: Store) -> None:
    rows = "".join(f"<li><a href=/news/{n}.html>第{n}次公路养护会议</a></li>" for n in range(1, 30))
    plain = f"<title>会议</title>{MENU}{TEXT}"
    many: Pages = {
        **site(inside=LINK, listed=f"<ul>{rows}</ul>"),
        **{f"/news/{n}.html": plain for n in range(2, 30)},
        "/gone.html": 404,
    }
    for _ in range(3):
        month(store, read(many, looks={"/gone.html": 404}))

    assert month(store, read(site())).removed == frozenset()


def spread(number: int, inside: str, **more: Answer) -> Pages:
    """A site whose articles all hold `inside`."""
    name = "第{}次全省公路养护管理工作电视电话会议在昆明召开"
    rows = "".join(
        f"<li><a href=/news/{n}.html>{name.format(n)}</a><span>2020-06-01</span></li>"
        for n in range(1, number + 1)
    )
    articles = {
        f"/news/{n}.html": f"<title>{n}</title>{MENU}<h1>{name.format(n)}</h1>{TEXT}{n}{inside}"
        for n in range(1, number + 1)
    }
    return {**site(listed=f"<ul>{rows}</ul>"), **articles, **more}


@pytest.mark.parametrize(
    ("pages", "answer", "gone"),
    [
        (20, 503, True),
        (25, 503, False),
        (25, FetchOutcome.TIMEOUT, False),
        (25, 404, False),
        (25, f"<title>9</title>{MENU}<h1>召开</h1>{TEXT}", True),
    ],
)
def test_a_link_on_more_pages_than_are_cited_is_gone_when_every_page_was_read(
    store: Store, pages: int, answer: Answer, gone: bool
) -> None:
    old = month(
        store, read({**spread(pages, LINK), "/gone.html": 404}, looks={"/gone.html": 404})
    ).found["dead-link"]
    past = msgspec.msgpack.decode(store.judged(store.run("last").id), type=Judged)
    verdict = next(one for _, _, one, finding in findings_of(past) if finding == old)
    held = {one.url for one in verdict.evidence}
    uncited = [n for n in range(1, pages + 1) if f"{HOME}news/{n}.html" not in held]
    others = {f"/news/{n}.html": answer for n in uncited or [pages + 1]}
    new = month(store, read({**spread(pages, ""), **others}))

    assert (pages > 20) == bool(uncited)
    assert new.removed == ({old} if gone else frozenset())


def test_a_run_with_other_options_saw_other_pages(store: Store) -> None:
    month(store, with_dead_link())
    run = msgspec.structs.replace(started(store), options='{"browser":false}')
    reading = read(site())

    assert with_removals(judge(reading), store, run, [reading]).removed == {}


@pytest.mark.parametrize(
    ("change", "gone"),
    [
        ({}, True),
        ({"crawl": {"rate": 0.5}}, True),
        ({"waivers": [WAIVER]}, True),
        ({"crawl": {"max_depth": 3}}, False),
        ({"browser": {"render": "off"}}, False),
        ({"units": [{"id": "jtt", "name": "示例交通运输厅", "facts_page": "/about/"}]}, False),
        ({"sites": [{**CARD, "hosts": ["m.example.gov.cn"]}]}, False),
        ({"sites": [{**CARD, "columns": [{"name": "要闻", "url": "/news/"}]}]}, False),
        ({"sites": [CARD, {**CARD, "id": "other", "home": "http://other.gov.cn/"}]}, True),
    ],
)
def test_a_run_with_another_config_saw_other_pages(
    store: Store, change: Mapping[str, object], gone: bool
) -> None:
    first = month(store, with_dead_link(), setup=config())
    new = month(store, read(site()), setup=config(**change))

    assert new.removed == ({first.found["dead-link"]} if gone else frozenset())


def test_a_link_on_a_page_that_is_gone_for_certain_is_gone(store: Store) -> None:
    old = month(store, with_dead_link()).found["dead-link"]
    new = month(store, read({**site(), "/news/1.html": 404}, looks={"/news/1.html": 404}))

    assert new.removed == {old}


@pytest.mark.parametrize(
    ("answer", "looks", "gone"),
    [
        (404, {"/news/1.html": 404}, True),
        (410, {"/news/1.html": 410}, True),
        (404, {}, False),
        (Page(status=404, looks=3), {}, False),
        (403, {"/news/1.html": 403}, False),
        (503, {"/news/1.html": 503}, False),
        (FetchOutcome.TIMEOUT, {"/news/1.html": FetchOutcome.TIMEOUT}, False),
    ],
)
def test_a_page_is_gone_when_it_answers_so_twice_with_time_between(
    store: Store, answer: Answer, looks: Mapping[str, Answer], gone: bool
) -> None:
    old = month(store, read(site(inside=IDLE))).found["empty-link"]
    new = month(store, read({**site(), "/news/1.html": answer}, looks=looks))

    assert new.removed == ({old} if gone else frozenset())


def test_a_page_that_no_link_leads_to_any_more_is_gone_when_looks_say_so(store: Store) -> None:
    old = month(store, read(site(inside=IDLE))).found["empty-link"]
    pages = site(listed="<p>暂无内容</p>")
    del pages["/news/1.html"]
    unvisited = month(store, read(pages))
    looked = month(store, read(pages, looks={"/news/1.html": [404, 404]}))

    assert unvisited.removed == frozenset()
    assert looked.removed == {old}


def asked(store: Store, reading: Reading, round_: int, *, quick: bool = False) -> set[str]:
    """What a new run would ask for because an earlier one found something there."""
    run = msgspec.structs.replace(started(store), quick=quick)
    known = remembered(store, run, SITE)

    def planned(*pages: str) -> set[str]:
        made = plan(reading, external=False, max_looks=99, round_=round_, remembered=pages)
        return {one.url for one in made if one.purpose is Purpose.LOOK}

    return planned(*known) - planned()


@pytest.mark.parametrize(
    ("looks", "first", "second"),
    [
        ({}, True, False),
        ({"/news/1.html": [404]}, False, True),
        ({"/news/1.html": [410]}, False, True),
        ({"/news/1.html": [404, 404]}, False, False),
        ({"/news/1.html": ["<title>会议</title>"]}, False, False),
        ({"/news/1.html": [FetchOutcome.TIMEOUT]}, False, False),
    ],
)
def test_a_page_with_an_open_finding_that_no_link_leads_to_is_asked_for_until_two_agree(
    store: Store, looks: Mapping[str, list[Answer]], first: bool, second: bool
) -> None:
    month(store, read(site(inside=IDLE)))
    pages = site(listed="<p>暂无内容</p>")
    del pages["/news/1.html"]
    reading = read(pages, looks=looks)
    page = {f"{HOME}news/1.html"}

    assert asked(store, reading, 1) == (page if first else set())
    assert asked(store, reading, 2) == (page if second else set())
    assert asked(store, reading, 1, quick=True) == set()


def test_a_page_that_was_read_is_not_asked_for_again(store: Store) -> None:
    month(store, read(site(inside=IDLE)))

    assert asked(store, read(site()), 1) == set()


def test_pages_that_held_a_link_are_remembered_with_it(store: Store) -> None:
    month(store, with_dead_link())

    assert set(remembered(store, started(store), SITE)) == {f"{HOME}news/1.html"}


@pytest.mark.parametrize(
    "looks", [[Page(status=404, looks=2)], [404, "<title>会议</title>"], [404]]
)
def test_looks_in_a_row_or_at_odds_prove_nothing(store: Store, looks: list[Answer]) -> None:
    old = month(store, read(site(inside=IDLE))).found["empty-link"]
    pages = site(listed="<p>暂无内容</p>")
    del pages["/news/1.html"]
    new = month(store, read(pages, looks={"/news/1.html": looks}))

    assert new.removed == frozenset()
    assert old in still_open(store)


@pytest.mark.parametrize(("looks", "gone"), [([404, 404], True), (["<title>会议</title>"], False)])
def test_a_link_whose_unlinked_page_is_still_there_stays_open(
    store: Store, looks: list[Answer], gone: bool
) -> None:
    old = month(store, with_dead_link()).found["dead-link"]
    pages = site(listed="<p>暂无内容</p>")
    del pages["/news/1.html"]
    new = month(store, read(pages, looks={"/news/1.html": looks}))

    assert new.removed == ({old} if gone else frozenset())


STALE = {
    "/plan/": f"<title>规划计划</title>{MENU}<ul><li><a href=/plan/1.html>综合交通运输发展规划</a>"
    "<span>2018-06-01</span></li></ul>"
}
ENTRY = "<div class=nav><ul><li><a href=/plan/>规划计划</a></li></ul></div>"
REGISTERED = (RegisteredColumn(name="规划计划", url=f"{HOME}plan/"),)


@pytest.mark.parametrize(
    ("looks", "registered", "gone"),
    [
        ([404, 404], False, True),
        ([404], False, False),
        ([FetchOutcome.TIMEOUT, FetchOutcome.TIMEOUT], False, False),
        ([404, 404], True, False),
    ],
)
def test_a_column_that_was_closed_has_no_fault_any_more_unless_the_register_wants_it(
    store: Store, looks: list[Answer], registered: bool, gone: bool
) -> None:
    with_column = {**site(), "/": f"<title>示例交通运输厅</title>{MENU}{ENTRY}{TEXT}", **STALE}
    old = month(store, read(with_column)).found["stale-column"]
    closed = read(site(), looks={"/plan/": looks}, columns=REGISTERED if registered else ())
    new = month(store, closed)

    assert new.removed == ({old} if gone else frozenset())
    assert (old in still_open(store)) is not gone


def test_a_page_that_is_gone_is_gone_whatever_the_config_says(store: Store) -> None:
    old = month(store, read(site(inside=IDLE)), setup=config()).found["empty-link"]
    gone = read({**site(), "/news/1.html": 404}, looks={"/news/1.html": [404]})
    new = month(store, gone, setup=config(crawl={"max_pages": 77}))

    assert new.removed == {old}
