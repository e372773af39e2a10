"""A mended part that no verdict names: its whole, seen in order, says that it is fixed."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from audit.model import ColumnClass, FetchOutcome
from audit.pipeline.judge import findings_of
from audit.pipeline.judged import Judged, JudgedSite
from audit.pipeline.mended import with_mended
from audit.reading import Reading
from audit.store import Store
from checks import exposed_personal_data, undated_item
from tests.concluded import outcomes_of
from tests.databases import KINDS, opened
from tests.snapshots import Answer, read
from tests.stored import started
from tests.unit.test_removals import close, still_open

MENU = (
    "<div class=nav><ul><li><a href=/>首页</a></li><li><a href=/jtyw/>交通要闻</a></li></ul></div>"
)
CARD = "<p>李示例，身份证号：530102190001010000</p>"
BANK = "<p>李示例 银行卡号 6222020000000000000</p>"
TEXT = "<p>" + "各单位要按照要求认真抓好落实，确保各项任务按期完成。" * 12 + "</p>"
CHECKS = (
    (exposed_personal_data.CHECK, exposed_personal_data.ExposedPersonalDataSettings()),
    (
        undated_item.CHECK,
        undated_item.UndatedItemSettings(classes=(ColumnClass.NEWS,), together=3),
    ),
)


@pytest.fixture(params=KINDS)
def store(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    with opened(request.param, tmp_path) as made:
        yield made


def site(
    *, inside: str = "", days: tuple[str, str] = ("", ""), pager: str = ""
) -> dict[str, Answer]:
    """A column of two articles; `inside` stands on the first, `days` are those of the rows."""
    rows = "".join(
        f"<li><a href=/jtyw/{n}.html>全省公路养护第{n}次会议召开</a><span>{day}</span></li>"
        for n, day in enumerate(days, 1)
    )
    pages: dict[str, Answer] = {
        "/": f"<title>示例交通运输厅</title>{MENU}<p>欢迎</p>",
        "/jtyw/": f"<title>交通要闻</title>{MENU}<ul class=list>{rows}</ul>{pager}",
    }
    for n in (1, 2):
        said = inside if n == 1 else ""
        pages[f"/jtyw/{n}.html"] = (
            f"<title>全省公路养护第{n}次会议召开</title>{MENU}"
            f"<h1>全省公路养护第{n}次会议召开</h1>{TEXT}{said}"
        )
    return pages


def month(store: Store, pages: Mapping[str, Answer]) -> tuple[dict[tuple[str, str], str], set[str]]:
    """One run: its findings by check and aspect, and what it saw mended."""
    reading = read(pages)
    run = started(store)
    judged = with_mended(judge(reading), store, run)
    close(store, run, judged)
    found = {(check, one.subject.aspect): id_ for _, check, one, id_ in findings_of(judged)}
    return found, set(judged.removed)


def judge(reading: Reading) -> Judged:
    as_of, outcomes = outcomes_of(reading, CHECKS)
    judged = JudgedSite(
        reading.card,
        reading.complete,
        None,
        9,
        9,
        {},
        reading.columns,
        (),
        (),
        None,
        None,
        outcomes,
    )
    return Judged(as_of.day, (judged,), (), {}, {}, {}, "")


def test_numbers_of_persons_that_were_taken_off_a_page_are_fixed(store: Store) -> None:
    days = ("2020-06-02", "2020-06-01")
    found, _ = month(store, site(inside=CARD + BANK, days=days))
    _, mended = month(store, site(days=days))

    assert {aspect for _, aspect in found} == {"id_card", "bank_card"}
    assert mended == set(found.values())
    assert still_open(store) == set()


def test_a_page_on_which_one_kind_of_number_is_left_is_fixed_for_the_other(store: Store) -> None:
    found, _ = month(store, site(inside=CARD + BANK))
    again, _ = month(store, site(inside=BANK))
    left = still_open(store)

    assert found["exposed-personal-data", "id_card"] not in left
    assert again["exposed-personal-data", "bank_card"] in left


def test_a_page_that_could_not_be_read_again_mends_nothing(store: Store) -> None:
    found, _ = month(store, site(inside=CARD))
    _, mended = month(store, {**site(), "/jtyw/1.html": FetchOutcome.TIMEOUT})

    assert mended == set()
    assert found["exposed-personal-data", "id_card"] in still_open(store)


@pytest.mark.parametrize(
    ("pager", "fixed"), [("", True), ("<a href=/jtyw/p2.html>下一页</a>", False)]
)
def test_an_item_that_got_its_date_is_fixed_when_the_whole_list_was_read(
    store: Store, pager: str, fixed: bool
) -> None:
    found, _ = month(store, site(days=("", "2020-06-01")))
    _, mended = month(store, site(days=("2020-06-02", "2020-06-01"), pager=pager))
    undated = found["undated-item", ""]

    assert mended == ({undated} if fixed else set())
    assert (undated in still_open(store)) is not fixed
