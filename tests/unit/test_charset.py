"""Decoding of bodies: labels that lie, characters that are cut, and two conformance suites."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.charset import declared, decode

SHARED = Path(os.environ.get("DUWANG_SHARED", Path(__file__).parents[3] / "shared"))
SUITES = SHARED / "corpora" / "conformance"
needs_suites = pytest.mark.skipif(
    not SUITES.is_dir(), reason="no conformance suites: name their folder with DUWANG_SHARED"
)
CHINESE = "云南省交通运输厅政务公开工作要点，请认真抓好贯彻落实。"
CODECS = {  # the suite's names → Python's
    "iso-8859-2": "iso8859_2",
    "euc-jp": "euc_jp",
    "shift_jis": "cp932",
    "windows-1251": "cp1251",
}


def page(text: str, label: str = "") -> str:
    meta = f'<meta charset="{label}">' if label else ""
    return f"<!DOCTYPE html><html><head>{meta}<title>{text}</title></head></html>"


@pytest.mark.parametrize("codec", ["utf-8", "gbk", "gb2312", "gb18030"])
@pytest.mark.parametrize("header", ["", "text/html", "text/html; charset=unheard-of"])
def test_the_meta_label_decides(codec: str, header: str) -> None:
    text = page(CHINESE, codec)
    read = decode(text.encode(codec), header)

    assert (text, "meta", False, False) == (read.text, read.source, read.conflict, read.garbled)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_page_without_a_label_is_read_by_its_bytes(codec: str) -> None:
    read = decode(page(CHINESE).encode(codec))

    assert (page(CHINESE), codec, "detected", False) == (
        read.text, read.encoding, read.source, read.conflict,
    )  # fmt: skip


@pytest.mark.parametrize("label", ["gb2312", "gbk", "big5", "iso-8859-1", "euc-jp"])
def test_utf8_under_another_label_is_read_as_utf8_and_reported(label: str) -> None:
    text = page(CHINESE, label)
    read = decode(text.encode())

    assert (text, "utf-8", True) == (read.text, read.encoding, read.conflict)


@pytest.mark.parametrize("label", ["utf-8", "iso-8859-1", "windows-1252"])
def test_gbk_under_another_label_is_read_as_gbk_and_reported(label: str) -> None:
    text = page(f"{CHINESE}亐乀", label)  # the last two have bytes that Western tables leave free
    read = decode(text.encode("gbk"))

    assert (text, "gb18030", True) == (read.text, read.encoding, read.conflict)


def test_the_header_goes_before_the_meta() -> None:
    read = decode(page(CHINESE, "utf-8").encode("gbk"), "text/html; charset=GBK")

    assert ("gb18030", "header", page(CHINESE, "utf-8")) == (read.encoding, read.source, read.text)


def test_a_byte_order_mark_goes_before_everything() -> None:
    read = decode(b"\xef\xbb\xbf" + page(CHINESE, "gbk").encode(), "text/html; charset=gbk")

    assert ("utf-8", "bom", page(CHINESE, "gbk")) == (read.encoding, read.source, read.text)


@pytest.mark.parametrize("codec", ["utf-8", "gbk"])
@pytest.mark.parametrize("label", [True, False])
def test_a_cut_last_character_changes_nothing_else(codec: str, label: bool) -> None:
    text = page(CHINESE, codec if label else "") + CHINESE[0]
    read = decode(text.encode(codec)[:-1])

    assert text[:-1] == read.text.rstrip("\ufffd")
    assert not read.conflict
    assert not read.garbled


def test_a_lone_0x80_is_the_euro_sign_as_in_browsers() -> None:
    assert "价格€5" == decode("价格".encode("gbk") + b"\x805", "text/html; charset=gbk").text


def test_a_label_in_a_comment_is_no_label() -> None:
    body = b'<!-- <meta charset="utf-8"> --><meta charset="gbk">'

    assert ("gb18030", "meta") == declared(body)


def test_a_label_that_nobody_knows_is_passed_over() -> None:
    assert ("gb18030", "meta") == declared(b'<meta charset="bogus"><meta charset="gbk">')


def test_bytes_that_fit_nothing_are_called_garbled() -> None:
    read = decode(b"<title>" + b"\xff\xfe\xff\x81\xff" * 20 + b"</title>", "text/html; charset=gbk")

    assert read.garbled


@given(st.binary(max_size=400), st.sampled_from(["", "text/html; charset=gbk", "x; charset=utf-8"]))
def test_decoding_never_fails(body: bytes, header: str) -> None:
    assert isinstance(decode(body, header).text, str)


@given(st.text(st.characters(codec="gb18030", exclude_categories=["Cs", "Co", "Cn"])))
def test_gb18030_text_comes_back_as_it_was(text: str) -> None:
    body = ("<meta charset=gb18030>中" + text).encode("gb18030")
    read = decode(body)

    assert read.encoding == "utf-8" or read.text.endswith(text)


def cases(name: str) -> Iterator[tuple[str, bytes]]:
    """The suite's cases that have a declaration; an old spelling of one label brought to ours."""
    raw = (SUITES / "html5lib_encoding" / name).read_bytes().replace(b"iso8859-2", b"iso-8859-2")
    for block in re.split(rb"(?m)^#data\n", raw)[1:]:
        data, _, rest = block.partition(b"\n#encoding\n")
        encoding = rest.split(b"\n")[0].strip().decode().lower()
        if encoding != "windows-1252":  # the default of Western browsers: nothing was declared
            yield encoding, data


def declaration(data: bytes) -> str:
    """What the bytes declare, even where what follows contradicts it."""
    read = decode(data)
    return read.encoding if read.source == "bom" else declared(data)[0] or read.encoding


@needs_suites
@pytest.mark.parametrize(
    "name", ["encoding_tests1.dat", "encoding_tests2.dat", "encoding_test-yahoo-jp.dat"]
)
def test_declared_encodings_are_those_of_html5lib(name: str) -> None:
    wrong = [
        (encoding, data[-80:])
        for encoding, data in cases(name)
        if CODECS.get(encoding, encoding) != declaration(data)
        # no browser of today looks further than we do, nor at what a script writes
        and not (data.find(b"<meta") > 4000 or b"multi-script" in data)
    ]

    assert wrong == []


@needs_suites
@pytest.mark.parametrize("codec", ["gb2312", "gbk", "gb18030"])
@pytest.mark.parametrize("label", ["", "gb2312", "gbk", "gb18030", "utf-8"])
def test_chinese_bytes_equal_their_utf8_twin_under_any_label(codec: str, label: str) -> None:
    header = f"text/html; charset={label}" if label else ""
    twin = (SUITES / "cjk" / f"{codec}-utf8.txt").read_bytes()

    assert twin.decode() == decode((SUITES / "cjk" / f"{codec}.txt").read_bytes(), header).text
    assert twin.decode() == decode(twin, header).text


@needs_suites
def test_gb18030_is_that_of_browsers_but_for_two_private_characters() -> None:
    body = (SUITES / "cjk" / "gb18030_in.txt").read_bytes()
    expected = (SUITES / "cjk" / "gb18030_in_ref.txt").read_text(encoding="utf-8")
    actual = decode(body, "text/html; charset=gb18030").text

    assert len(expected) == len(actual)
    assert 2 >= sum(a != b for a, b in zip(expected, actual, strict=True))


@pytest.mark.parametrize(
    ("body", "same"),
    [
        ("政务公开".encode(), True),
        (b"plain", True),
        (b"\xef\xbb\xbf" + "政务公开".encode(), False),
        ("政务公开".encode()[:-1], False),
        ("政务公开".encode("gb18030"), False),
    ],
)
def test_a_body_that_is_its_text_in_utf8_is_known(body: bytes, same: bool) -> None:
    decoded = decode(body, "")

    assert decoded.is_utf8 == same
    assert not same or decoded.text.encode() == body
