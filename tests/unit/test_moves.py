"""A finding whose page moved: the same identity, or a new one where that is not certain."""

import datetime as dt
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from audit.api import finding_id
from audit.model import (
    Fetch,
    FetchOutcome,
    Outcome,
    OutcomeStatus,
    PageRecord,
    Purpose,
    Request,
    SiteCard,
    Subject,
    SubjectKind,
    Tally,
    Verdict,
    VerdictState,
    Visit,
)
from audit.pipeline.judge import findings_of
from audit.pipeline.judged import Judged, JudgedSite
from audit.pipeline.moves import with_moves
from audit.store import FindingRow, RunRow, Store
from tests.databases import KINDS, opened
from tests.stored import AT, SITE, started

HOST = "http://www.example.gov.cn"
CHECK = "placeholder-text"
TITLE = "关于做好公路养护工作的通知"
LONG = "".join(f"第{n}条，各单位应当按照要求做好第{n * 7}项工作。" for n in range(40))


class Seen(msgspec.Struct):
    """A page of a run: how it answered, what it says, and whether it has the fault."""

    title: str = TITLE
    text: str = ""
    faulty: bool = True
    status: int = 200
    leads_to: str = ""
    column: str = "/tzgg/"


@pytest.fixture(params=KINDS)
def store(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    with opened(request.param, tmp_path) as made:
        yield made


def page_subject(path: str, seen: Seen) -> Subject:
    return Subject(SubjectKind.PAGE, path, HOST + path, seen.title, column=seen.column)


def visit(request: Request, seen: Seen) -> Visit:
    body = f"{request.url} {seen.title} {seen.text}".encode()
    found = seen.status == 200
    fetch = Fetch(
        request.url,
        Purpose.WALK,
        FetchOutcome.OK if found else FetchOutcome.HTTP_4XX,
        final_url=HOST + (seen.leads_to or request.url.removeprefix(HOST)),
        status=seen.status,
        at=AT,
        sha256=sha256(body).hexdigest(),
    )
    record = PageRecord(request.url, seen.title, text=seen.text, text_length=len(seen.text))
    return Visit(fetch, body, record)


def judge(pages: Mapping[str, Seen], *, complete: bool = True) -> Judged:
    read = {path: one for path, one in pages.items() if one.status == 200 and not one.leads_to}
    outcome = Outcome(
        CHECK,
        SITE,
        OutcomeStatus.FAIL,
        None,
        Tally(),
        tuple(
            Verdict(VerdictState.FAULT, page_subject(path, one), "found")
            for path, one in read.items()
            if one.faulty
        ),
        tuple(
            finding_id(CHECK, SITE, page_subject(path, one))
            for path, one in read.items()
            if not one.faulty
        ),
    )
    card = SiteCard(SITE, "示例局", f"{HOST}/")
    site = JudgedSite(card, complete, None, 0, 0, {}, (), (), (), None, None, (outcome,))
    return Judged(dt.date(2026, 11, 25), (site,), (), {}, {}, {}, "")


def month(store: Store, pages: Mapping[str, Seen], *, complete: bool = True) -> dict[str, str]:
    """One run: the id of every finding by the path of its page."""
    run = started(store)
    with store.journal(run.id, SITE) as journal:
        wanted = {path: Request(HOST + path) for path in pages}
        journal.add(tuple(wanted.values()))
        for path, request in wanted.items():
            journal.commit(visit(request, pages[path]))
    judged = with_moves(judge(pages, complete=complete), store, run)
    close(store, run, judged)
    return {verdict.subject.key: finding for _, _, verdict, finding in findings_of(judged)}


def close(store: Store, run: RunRow, judged: Judged) -> None:
    store.finish_run(
        run.id,
        finished=run.started,
        status="complete",
        judged=msgspec.msgpack.encode(judged),
        findings=[FindingRow(one, SITE, CHECK, "fail") for _, _, _, one in findings_of(judged)],
        passed=[(CHECK, one) for one in judged.passed()],
    )


GONE = Seen(status=404)


def test_the_same_title_in_the_same_column(store: Store) -> None:
    old = month(store, {"/tzgg/1.html": Seen()})
    new = month(store, {"/tzgg/1.html": GONE, "/xxgk/9.html": Seen()})

    assert new["/xxgk/9.html"] == old["/tzgg/1.html"]


def test_the_same_title_in_another_column_is_another_page(store: Store) -> None:
    old = month(store, {"/tzgg/1.html": Seen()})
    new = month(store, {"/tzgg/1.html": GONE, "/zcjd/9.html": Seen(column="/zcjd/")})

    assert set(new.values()).isdisjoint(old.values())


def test_the_same_document_number_under_another_title_and_column(store: Store) -> None:
    number = "示交规〔2026〕12号"
    old = month(store, {"/a.html": Seen("通知（示交规〔2026〕12号）")})
    new = month(store, {"/b.html": Seen("关于印发办法的通知", f"{number}\n各单位：", column="/x/")})

    assert new["/b.html"] == old["/a.html"]


def test_the_same_text_under_another_title(store: Store) -> None:
    old = month(store, {"/a.html": Seen("旧的标题在这里", LONG)})
    new = month(store, {"/b.html": Seen("完全不同的题目", LONG + "更新。", column="/x/")})

    assert new["/b.html"] == old["/a.html"]


def test_an_address_that_leads_on(store: Store) -> None:
    old = month(store, {"/a.html": Seen("旧")})
    new = month(store, {"/a.html": Seen(leads_to="/b.html"), "/b.html": Seen("新", column="/x/")})

    assert new["/b.html"] == old["/a.html"]


def test_two_that_could_be_it_are_both_new(store: Store) -> None:
    old = month(store, {"/a.html": Seen()})
    new = month(store, {"/b.html": Seen(), "/c.html": Seen()})

    assert set(new.values()).isdisjoint(old.values())


def test_a_copy_of_a_page_that_is_still_there_is_new(store: Store) -> None:
    old = month(store, {"/a.html": Seen()})
    new = month(store, {"/a.html": Seen(faulty=False), "/b.html": Seen()})

    assert set(new.values()).isdisjoint(old.values())


@pytest.mark.parametrize(("status", "moved"), [(404, True), (0, False)])
def test_in_a_walk_that_did_not_end_the_old_address_must_be_seen_gone(
    store: Store, status: int, moved: bool
) -> None:
    old = month(store, {"/a.html": Seen()})
    gone = {"/a.html": GONE} if status else {}
    new = month(store, {**gone, "/b.html": Seen()}, complete=False)

    assert (new["/b.html"] == old["/a.html"]) == moved


def test_it_keeps_its_identity_from_then_on_and_when_it_moves_again(store: Store) -> None:
    old = month(store, {"/a.html": Seen()})
    ids = [month(store, pages)[path] for path, pages in (
        ("/b.html", {"/b.html": Seen()}),
        ("/b.html", {"/b.html": Seen()}),
        ("/c.html", {"/b.html": GONE, "/c.html": Seen()}),
        ("/c.html", {"/c.html": Seen()}),
    )]  # fmt: skip

    assert set(ids) == {old["/a.html"]}


def test_it_is_fixed_where_it_is_now(store: Store) -> None:
    old = month(store, {"/a.html": Seen()})
    month(store, {"/b.html": Seen()})
    month(store, {"/b.html": Seen(faulty=False)})

    assert store.open_at(store.run("last").id) == ()
    assert month(store, {"/b.html": Seen()})["/b.html"] == old["/a.html"]


def test_when_the_old_address_has_the_fault_again_both_are_told_apart(store: Store) -> None:
    old = month(store, {"/a.html": Seen()})
    month(store, {"/b.html": Seen()})
    new = month(store, {"/a.html": Seen(), "/b.html": Seen()})

    assert new["/a.html"] == old["/a.html"]
    assert new["/b.html"] != old["/a.html"]


ONE = "关于做好公路养护工作的通知"
OTHER = "关于开展水路安全检查的通知"
THIRD = "关于公布桥梁检测名单的通知"


def names(*titles: str, faulty: str = ONE + OTHER + THIRD) -> dict[str, Seen]:
    """Pages /1.html and on with these titles, each with a text of its own."""
    return {
        f"/{n}.html": Seen(title, f"{title}{LONG.replace('工作', title[4:8])}", title in faulty)
        for n, title in enumerate(titles, 1)
    }


@pytest.mark.parametrize("faulty", [ONE, ONE + OTHER])
def test_two_pages_that_swap_addresses_keep_their_findings(store: Store, faulty: str) -> None:
    old = month(store, names(ONE, OTHER, faulty=faulty))
    swapped = month(store, names(OTHER, ONE, faulty=faulty))
    still = month(store, names(OTHER, ONE, faulty=faulty))
    back = month(store, names(ONE, OTHER, faulty=faulty))
    turned = {"/1.html": "/2.html", "/2.html": "/1.html"}

    assert swapped == {turned[path]: one for path, one in old.items()} == still
    assert back == old
    assert {one.id for one in store.open_at(store.run("last").id)} == set(old.values())


def test_three_pages_whose_addresses_rotate_keep_their_findings(store: Store) -> None:
    old = month(store, names(ONE, OTHER, THIRD))
    new = month(store, names(THIRD, ONE, OTHER))
    again = month(store, names(OTHER, THIRD, ONE))

    assert new == {f"/{n % 3 + 1}.html": old[f"/{n}.html"] for n in (1, 2, 3)}
    assert again == {f"/{(n + 1) % 3 + 1}.html": old[f"/{n}.html"] for n in (1, 2, 3)}


def test_a_page_that_swapped_its_address_is_fixed_where_it_is_now(store: Store) -> None:
    old = month(store, names(ONE, OTHER, faulty=ONE))
    month(store, names(OTHER, ONE, faulty=ONE))
    month(store, names(OTHER, ONE, faulty=""))

    assert old
    assert store.open_at(store.run("last").id) == ()


def test_an_address_that_got_another_text_does_not_fix_what_moved_from_it_and_was_not_seen(
    store: Store,
) -> None:
    old = month(store, names(ONE, OTHER, faulty=ONE))
    month(store, names(OTHER, ONE, faulty=ONE))
    month(store, names(OTHER, faulty=""), complete=False)

    assert [one.id for one in store.open_at(store.run("last").id)] == [old["/1.html"]]


def test_the_rows_of_a_list_that_moved_on_by_a_page_are_no_move(store: Store) -> None:
    """Pages of a list bear one title: what stood on the first stands on the second now."""

    def shown(first: str, second: str) -> dict[str, Seen]:
        pages = names(first, second)
        return {path: msgspec.structs.replace(one, title=TITLE) for path, one in pages.items()}

    old = month(store, shown(ONE, OTHER))
    new = month(store, shown(THIRD, ONE))

    assert new == old


def test_another_text_at_the_old_address_is_new_and_so_is_a_copy_where_two_could_be_it(
    store: Store,
) -> None:
    old = month(store, names(ONE, OTHER, faulty=ONE))
    new = month(store, {**names(OTHER, ONE, ONE, faulty=ONE)})

    assert set(new.values()).isdisjoint(old.values())


def test_a_fault_of_another_text_keeps_the_address_and_the_old_one_is_told_apart(
    store: Store,
) -> None:
    old = month(store, names(ONE, faulty=ONE))
    new = month(store, names(THIRD, ONE))

    assert new["/1.html"] == old["/1.html"]
    assert new["/2.html"] != old["/1.html"]
