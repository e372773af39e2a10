"""Numbers of persons: their sums, their context, and that none is kept in clear. All numbers are made up."""

import msgspec
import pytest

from audit.model import DatumKind, PageRecord
from audit.reading import read_page
from audit.reading.personal import is_id_number, mask, passes_luhn

AREA = "530102"
BORN = "19000101"  # nobody's


def id_number(born: str = BORN, area: str = AREA, serial: str = "000") -> str:
    """A number with a right check digit."""
    head = area + born + serial
    return next(head + last for last in "0123456789X" if is_id_number(head + last))


def card(head: str = "622202000000000000") -> str:
    """A card's number with a right check digit."""
    return next(head + last for last in "0123456789" if passes_luhn(head + last))


def record(body: str, title: str = "示例") -> PageRecord:
    html = f'<title>{title}</title><body><div id="zoom">{body}</div></body>'
    return read_page(html.encode(), "http://site.test/1.html", "text/html; charset=utf-8")


def kinds(body: str, title: str = "示例") -> list[tuple[DatumKind, bool]]:
    return [(datum.kind, datum.sure) for datum in record(body, title).personal]


def test_an_id_number_with_its_name_is_sure() -> None:
    found = record(f"<p>姓名：李示例　身份证号：{id_number()}</p>").personal

    assert [(one.kind, one.sure, one.masked) for one in found] == [
        (DatumKind.ID_CARD, True, mask(id_number()))
    ]


def test_without_a_word_for_it_a_person_must_look() -> None:
    assert kinds(f"<p>李示例 {id_number()}</p>") == [(DatumKind.ID_CARD, False)]


@pytest.mark.parametrize(
    "number",
    [
        id_number()[:17] + ("1" if id_number()[17] != "1" else "2"),  # wrong check digit
        "530102190013010000",  # no such month
        "990102190001010000",  # no such area
        "53010219000101000",  # too short
        "915301020000000000",
    ],
)
def test_other_numbers_are_no_id_numbers(number: str) -> None:
    assert kinds(f"<p>身份证号 {number}</p>") == []


@pytest.mark.parametrize(
    "written", ["统一社会信用代码：{}", "订单号：{}", "/images/{}.png", "{}.jpg", "A{}"]
)
def test_a_number_that_is_called_otherwise_or_names_a_file_is_none(written: str) -> None:
    assert kinds(f"<p>{written.format(id_number())}</p>") == []


def test_numbers_that_the_law_has_published_go_to_a_person() -> None:
    said = f"<p>身份证号：{id_number()}</p>"

    assert kinds(said, title="失信被执行人名单") == [(DatumKind.ID_CARD, False)]


def test_masked_numbers_are_in_order() -> None:
    assert kinds("<p>身份证号：53************0012、530102********0012</p>") == []


def test_a_card_needs_its_sum_its_prefix_and_its_word() -> None:
    assert kinds(f"<p>银行卡号：{card()}</p>") == [(DatumKind.BANK_CARD, True)]
    assert kinds(f"<p>李示例 账号 {card()}</p>") == [(DatumKind.BANK_CARD, False)]
    assert kinds(f"<p>编号 {card()}</p>") == []
    assert kinds(f"<p>户名：示例公司 账号：{card()}</p>") == []


def rows(numbers: int, before: str = "") -> str:
    people = ("李示例", "王示例", "张示例", "刘示例")[:numbers]
    return "".join(f"<p>{before}{name} 1390000000{i}</p>" for i, name in enumerate(people))


def test_mobile_numbers_of_people_in_a_list() -> None:
    assert kinds(rows(3), title="补贴发放名单") == [(DatumKind.MOBILE, False)] * 3
    assert kinds(rows(2), title="补贴发放名单") == []
    assert kinds(rows(3), title="示例") == []


def test_numbers_of_offices_are_public() -> None:
    assert kinds(rows(3, "联系人："), title="培训报名通知") == []
    assert kinds("<p>热线 13900000000、13900000001、13900000002</p>", title="报名名单") == []


@pytest.mark.parametrize("number", [id_number(), card()])
def test_no_number_is_kept_in_clear(number: str) -> None:
    said = f"<h1>李示例 身份证号、银行卡号 {number}</h1><ul><li><a href='/2.html'>卡号{number}</a></li></ul>"
    kept = record(said, title=f"身份证号 {number}")

    assert kept.personal
    assert number.encode() not in msgspec.msgpack.encode(kept)


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("530102190001010000", "53*************000"),
        ("530102000101000", "53**********000"),
        ("13900000001", "139****0001"),
        ("6222020000000000000", "***************0000"),
    ],
)
def test_masks_leave_no_more_than_public_notices_do(number: str, masked: str) -> None:
    assert masked == mask(number)
