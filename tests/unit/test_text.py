"""Text: cleaning, matching, quoting, masking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import text as texts

ANY = st.text(max_size=120)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("  政务\n\t公开\u3000\u00a0公告 ", "政务 公开 公告"),
        ("政\u200b务\ufeff公\u202e开", "政务公开"),
        ("\x00\x1b[31m红\x7f", "[31m红"),
        ("\ud800坏", "坏"),
        ("", ""),
    ],
)
def test_cleaning_leaves_one_line_that_can_be_shown(raw: str, expected: str) -> None:
    assert expected == texts.clean(raw)


def test_full_width_signs_become_ascii() -> None:
    assert "ABC123:/.-%(a)" == texts.halfwidth("ＡＢＣ１２３：／．－％（ａ）")


def test_squeezing_makes_labels_comparable() -> None:
    assert texts.squeeze("办 公\u3000地 址：") == texts.squeeze("办公地址:") == "办公地址:"


@pytest.mark.parametrize(("limit", "expected"), [(5, "abcde"), (4, "abc…"), (1, "…"), (9, "abcde")])
def test_shortening_keeps_the_limit(limit: int, expected: str) -> None:
    assert expected == texts.shorten("abcde", limit)


def test_a_title_is_matched_without_punctuation_and_the_name_of_the_site() -> None:
    title = "关于印发《2020年政务公开工作要点》的通知"

    assert texts.normal_title(title) == texts.normal_title(f"{title}_示例交通运输厅")
    assert "关于印发2020年政务公开工作要点的通知" == texts.normal_title(title)


def test_titles_are_alike_or_not() -> None:
    policy = "关于推进农村公路建设的实施意见"

    assert 1.0 == texts.similarity(policy, "《关于推进农村公路建设的实施意见》")
    assert texts.similarity(policy, f"{policy}政策解读") > 0.8
    assert texts.similarity(policy, "厅领导分工") < 0.4
    assert 0.0 == texts.similarity(policy, "")


def test_quoted_titles_are_found_once_each_with_titles_inside() -> None:
    said = "《甲办法》和《关于印发〈乙〉的通知》；再说《甲办法》，《关于印发《丙方案》的通知》"

    assert ("甲办法", "关于印发〈乙〉的通知", "关于印发《丙方案》的通知") == texts.quoted_titles(
        said
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("云交办〔2020〕12号", "云交办〔2020〕12号"),
        ("云交办[2020]12号", "云交办〔2020〕12号"),
        ("云政办发﹝2018﹞20号", "云政办发〔2018〕20号"),
        ("国办发（2017）47号", "国办发〔2017〕47号"),
        ("国办发【２０１７】第47号", "国办发〔2017〕47号"),
        ("2020年第12号公告", None),
        ("文号云交办〔2020〕12号", "云交办〔2020〕12号"),
        ("发文字号 云交办〔2020〕12号", "云交办〔2020〕12号"),
        ("发布文号：无 文号〔2020〕12号", None),
    ],
)
def test_a_document_number_has_one_form(said: str, expected: str | None) -> None:
    assert expected == texts.document_number(said)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("手机13800000000。", "手机138****0000。"),
        ("证号530000190001011234", "证号53*************234"),
        ("证号53000019000101123X", "证号53*************23X"),
        ("图20200610138000000001.png", "图20200610138000000001.png"),
        ("电话0871-65300000", "电话0871-65300000"),
    ],
)
def test_numbers_of_persons_are_made_unreadable(said: str, expected: str) -> None:
    assert expected == texts.mask(said)


def test_chinese_is_counted() -> None:
    assert texts.has_han("a公b")
    assert not texts.has_han("abc ，")
    assert 2 == texts.han_count("a公b开")


@given(ANY)
def test_cleaning_twice_changes_nothing(raw: str) -> None:
    once = texts.clean(raw)

    assert once == texts.clean(once)
    assert "\n" not in once


@given(ANY)
def test_squeezing_twice_changes_nothing(raw: str) -> None:
    once = texts.squeeze(raw)

    assert once == texts.squeeze(once)
    assert texts.fingerprint(raw) == texts.fingerprint(once)


@given(ANY)
def test_masking_twice_changes_nothing_and_keeps_the_length(raw: str) -> None:
    once = texts.mask(raw)

    assert once == texts.mask(once)
    assert len(raw) == len(once)


@given(ANY, st.integers(1, 50))
def test_shortening_never_exceeds_its_limit(raw: str, limit: int) -> None:
    assert len(texts.shorten(raw, limit)) <= limit


@given(ANY, ANY)
def test_likeness_goes_both_ways(a: str, b: str) -> None:
    assert texts.similarity(a, b) == texts.similarity(b, a)
    assert 0 <= texts.similarity(a, b) <= 1


@given(st.text("废止失效a<", max_size=30), st.text("废止失效", min_size=1, max_size=3))
def test_a_word_is_held_by_a_text_as_a_plain_search_finds_it(text: str, word: str) -> None:
    assert (word in text) == texts.holds(text, word)
