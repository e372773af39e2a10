"""A fault that stands on many pages is one finding, whichever of them stands first."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import pytest

from audit.model import FetchOutcome, FindingState
from audit.pipeline.judge import findings_of
from audit.pipeline.judged import Judged, JudgedSite, Within
from audit.pipeline.moves import with_moves
from audit.pipeline.places import with_places
from audit.reading import Reading
from audit.store import FindingRow, Store
from checks import empty_link, placeholder_text
from tests.concluded import outcomes_of
from tests.databases import KINDS, opened
from tests.snapshots import Answer, read
from tests.stored import AT, SITE, started

MENU = "<div class=nav><a href=/>首页</a><a href=/a.html>甲</a><a href=/b.html>乙</a></div>"
IDLE = "<div class=side><a href='#'>关于做好公路养护工作的通知</a></div>"
OTHER = "<div class=side><a href='#'>关于开展桥梁检查工作的通知</a></div>"
SLIP = "<p>本页面的附件：[object Object]，请下载后使用。</p>"
TEXT = "<p>" + "各单位要按照要求认真抓好落实，确保各项任务按期完成。" * 12 + "</p>"
CHECKS = (
    (empty_link.CHECK, empty_link.EmptyLinkSettings()),
    (placeholder_text.CHECK, placeholder_text.PlaceholderTextSettings()),
)


class Ran(msgspec.Struct):
    """What a run found, by the path of the page that is named, and how many pages that says."""

    ids: dict[str, str]
    pages: dict[str, object]
    judged: Judged
    states: dict[str, FindingState]


@pytest.fixture(params=KINDS)
def store(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    with opened(request.param, tmp_path) as made:
        yield made


def site(**said: str | FetchOutcome | int) -> Reading:
    """A home page and articles; what each of them shows beside its own text."""
    links = "".join(f"<li><a href=/{name}.html>第{name}号文章的标题</a></li>" for name in said)
    pages: dict[str, Answer] = {"/": f"<title>示例局</title>{MENU}<ul>{links}</ul>{TEXT}"}
    for name, inside in said.items():
        pages[f"/{name}.html"] = (
            f"<title>第{name}号文章的标题</title>{MENU}<h1>第{name}号文章的标题</h1>{TEXT}{inside}"
            if type(inside) is str
            else inside
        )
    return read(pages)


def judge(reading: Reading) -> Judged:
    as_of, outcomes = outcomes_of(reading, CHECKS)
    judged = JudgedSite(
        reading.card, True, None, 9, 9, {}, (), (), (), None, None, outcomes,
    )  # fmt: skip
    return Judged(as_of.day, (judged,), (), {}, {}, {}, "")


def month(store: Store, reading: Reading) -> Ran:
    """One run."""
    run = started(store)
    judged = with_moves(judge(reading), store, run)
    judged = with_places(judged, store, run, [reading])
    found = list(findings_of(judged))
    ids = [one for *_, one in found]
    states = {one: past.state for one, past in judged.pasts(ids, store.past(run.id, ids)).items()}
    store.finish_run(
        run.id,
        finished=run.started,
        status="complete",
        judged=msgspec.msgpack.encode(judged),
        findings=[FindingRow(one, SITE, check, "fail") for _, check, _, one in found],
        passed=list(judged.passes()),
    )
    return Ran(
        {one.subject.key: id_ for _, _, one, id_ in found},
        {one.subject.key: one.values["pages"] for _, _, one, _ in found},
        judged,
        states,
    )


def left(store: Store) -> set[str]:
    return {one.id for one in store.open_at(store.run("last").id)}


@pytest.mark.parametrize("fault", [IDLE, SLIP])
def test_the_first_page_alone_is_mended(store: Store, fault: str) -> None:
    before = month(store, site(a=fault, b=fault, c=fault))
    after = month(store, site(a="", b=fault, c=fault))
    again = month(store, site(a="", b=fault, c=fault))

    assert after.ids == {"/b.html": before.ids["/a.html"]} == again.ids
    assert (before.pages, after.pages) == ({"/a.html": 3}, {"/b.html": 2})
    assert set(after.states.values()) == set(again.states.values()) == {FindingState.OPEN}
    assert left(store) == set(before.ids.values())


def test_it_is_fixed_when_the_last_page_is_mended_and_comes_back_as_itself(store: Store) -> None:
    before = month(store, site(a=IDLE, b=IDLE))
    month(store, site(a="", b=IDLE))
    month(store, site(a="", b=""))
    fixed = left(store)
    back = month(store, site(a=IDLE, b=IDLE))

    assert fixed == set()
    assert back.ids == before.ids
    assert set(back.states.values()) == {FindingState.REOPENED}


def test_a_page_that_passes_does_not_fix_what_is_known_under_its_name_and_stands_elsewhere(
    store: Store,
) -> None:
    before = month(store, site(a=IDLE, b=IDLE))
    month(store, site(a="", b=IDLE))
    month(store, site(a="", b=FetchOutcome.TIMEOUT))

    assert left(store) == set(before.ids.values())


@pytest.mark.parametrize("first", ["", FetchOutcome.TIMEOUT, 404])
def test_whatever_became_of_the_first_page_the_others_keep_the_finding(
    store: Store, first: str | FetchOutcome | int
) -> None:
    before = month(store, site(a=IDLE, b=IDLE))
    after = month(store, site(a=first, b=IDLE))

    assert after.ids == {"/b.html": before.ids["/a.html"]}


@pytest.mark.parametrize("others", [{}, {"c": IDLE}])
def test_a_new_page_that_stands_before_the_first_one_brings_no_finding(
    store: Store, others: Mapping[str, str]
) -> None:
    before = month(store, site(b=IDLE, **others))
    after = month(store, site(a=IDLE, b=IDLE, **others))

    assert after.ids == {"/a.html": before.ids["/b.html"]}


def test_the_same_words_on_another_page_are_new_when_the_only_page_was_mended(store: Store) -> None:
    before = month(store, site(a=IDLE, b=""))
    after = month(store, site(a="", b=IDLE))

    assert set(after.ids.values()).isdisjoint(before.ids.values())
    assert set(after.states.values()) == {FindingState.NEW}
    assert left(store) == set(after.ids.values())


def test_other_words_are_new(store: Store) -> None:
    before = month(store, site(a=IDLE, b=IDLE))
    after = month(store, site(a="", b=OTHER))

    assert set(after.ids.values()).isdisjoint(before.ids.values())


def test_where_the_first_page_keeps_another_fault_the_rest_of_it_is_no_new_one(
    store: Store,
) -> None:
    before = month(store, site(a=IDLE + OTHER, b=IDLE, c=IDLE))
    after = month(store, site(a=OTHER, b=IDLE, c=IDLE))
    again = month(store, site(a=OTHER, b=IDLE, c=IDLE))

    assert after.ids["/a.html"] == before.ids["/a.html"]
    assert after.judged.parted == {after.ids["/b.html"]: before.ids["/a.html"]}
    assert again.judged.parted == after.judged.parted
    assert set(after.states.values()) == set(again.states.values()) == {FindingState.OPEN}


def test_what_stands_now_within_another_finding_is_not_fixed_before_that_one_lost_it(
    store: Store,
) -> None:
    before = month(store, site(a=IDLE, b=IDLE + OTHER, c=OTHER))
    kept = month(store, site(a="", b=IDLE + OTHER, c=OTHER))
    still = left(store)
    month(store, site(a="", b=OTHER, c=OTHER))

    assert set(before.ids) == {"/a.html", "/b.html"}
    assert kept.ids == {"/b.html": before.ids["/b.html"]}
    assert still == set(before.ids.values())
    assert left(store) == {before.ids["/b.html"]}


def test_what_stands_within_a_finding_of_another_site_is_none_of_this_one(store: Store) -> None:
    """Its own last run tells."""
    first = month(store, site(a=IDLE + OTHER, b=IDLE))
    seq = store.run("last").id
    elsewhere = {"f" * 16: Within("e" * 16, ("x",), "other")}
    store.finish_run(
        seq,
        finished=AT,
        status="complete",
        judged=msgspec.msgpack.encode(msgspec.structs.replace(first.judged, merged=elsewhere)),
        findings=[FindingRow(one, SITE, "empty-link", "fail") for one in first.ids.values()],
        passed=list(first.judged.passes()),
    )
    second = month(store, site(a=IDLE + OTHER, b=IDLE))

    assert second.ids == first.ids
    assert second.judged.merged == {}
