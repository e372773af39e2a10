"""Addresses: joining as browsers do, identity, visit ids, traps."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import urls

SHARED = Path(os.environ.get("DUWANG_SHARED", Path(__file__).parents[3] / "shared"))
SUITE = SHARED / "corpora" / "conformance" / "whatwg_url" / "urltestdata.json"
BASE = "http://jtt.example.cn/zwgk/index.html"
PATHS = st.text(st.sampled_from("ab/.-_~%?&=#;:@ 中é"), max_size=40)


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("a.html", "http://jtt.example.cn/zwgk/a.html"),
        ("/a.html", "http://jtt.example.cn/a.html"),
        ("../../../a.html", "http://jtt.example.cn/a.html"),
        ("//other.example.cn/x", "http://other.example.cn/x"),
        ("?page=2", "http://jtt.example.cn/zwgk/index.html?page=2"),
        ("#top", "http://jtt.example.cn/zwgk/index.html"),
        ("  a.html\n", "http://jtt.example.cn/zwgk/a.html"),
        ("\\zcjd\\1.html", "http://jtt.example.cn/zcjd/1.html"),
        ("/政策.html", "http://jtt.example.cn/%E6%94%BF%E7%AD%96.html"),
        ("http://例子.中国/", "http://xn--fsqu00a.xn--fiqs8s/"),
        ("HTTP://JTT.Example.CN:80/A", "http://jtt.example.cn/A"),
        ("javascript:void(0)", None),
        ("mailto:a@example.cn", None),
        ("tel:12345", None),
        ("http://", None),
        ("http://a b/", None),
    ],
)
def test_an_address_is_joined_as_browsers_do(href: str, expected: str | None) -> None:
    assert expected == urls.join(BASE, href)


def test_a_query_is_encoded_as_its_page_is() -> None:
    assert "http://jtt.example.cn/s?q=%D5%FE%B2%DF" == urls.join(BASE, "/s?q=政策", "gb18030")
    assert "http://jtt.example.cn/s?q=%E6%94%BF%E7%AD%96" == urls.join(BASE, "/s?q=政策")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://jtt.example.cn/", "jtt.example.cn:80"),
        ("https://JTT.example.cn/", "jtt.example.cn:443"),
        ("http://127.0.0.1:8701/x", "127.0.0.1:8701"),
        ("http://[::1]:8701/", "[::1]:8701"),
        ("nothing", ""),
    ],
)
def test_a_host_has_its_port(url: str, expected: str) -> None:
    assert expected == urls.host_port(url)


def test_a_page_is_known_by_path_and_query() -> None:
    assert "/zcjd/?p=2" == urls.key("http://a.example.cn:8080/zcjd/?p=2")
    assert urls.key("http://a.example.cn/x") == urls.key("https://b.example.cn:8443/x")
    assert "/" == urls.key("http://a.example.cn")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a.cn/x;jsessionid=0A1B?p=1", "http://a.cn/x?p=1"),
        ("http://a.cn/x?sid=0A1B2C3D4E&p=2&utm_source=w", "http://a.cn/x?p=2"),
        ("http://a.cn/Guide?sid=301", "http://a.cn/Guide?sid=301"),
        ("http://a.cn/x?SID=2&ts=7", "http://a.cn/x?SID=2&ts=7"),
        ("http://a.cn/x?p=2&ts=1600000000123", "http://a.cn/x?p=2"),
        ("http://a.cn/x?p=2&p=2&p=3", "http://a.cn/x?p=2&p=3"),
        ("http://a.cn/x?_=1600000000", "http://a.cn/x"),
        ("http://a.cn/x?id=7", "http://a.cn/x?id=7"),
    ],
)
def test_what_belongs_to_a_visit_is_left_out(url: str, expected: str) -> None:
    assert expected == urls.without_visit_ids(url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a.cn/" + "x" * 2100, True),
        ("http://a.cn" + "/x1/x2" * 11, True),
        ("http://a.cn/list/list/list/1.html", True),
        ("http://a.cn/list/list/1.html", False),
        ("http://a.cn/2020/06/10/t20200610_1.html", False),
    ],
)
def test_an_endless_site_is_known_by_its_addresses(url: str, expected: bool) -> None:
    assert expected == urls.is_trap(url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a.cn/x.PDF?v=1", "pdf"),
        ("http://a.cn/x.tar.gz", "gz"),
        ("http://a.cn/x", ""),
        ("http://a.cn/.hidden", ""),
    ],
)
def test_the_suffix_is_that_of_the_path(url: str, expected: str) -> None:
    assert expected == urls.suffix(url)


@given(PATHS)
def test_joining_twice_changes_nothing(href: str) -> None:
    once = urls.join(BASE, href)

    assert once is None or once == urls.join(BASE, once)


@given(PATHS)
def test_leaving_out_twice_changes_nothing(href: str) -> None:
    once = urls.without_visit_ids(urls.join(BASE, href) or BASE)

    assert once == urls.without_visit_ids(once)


def expected_of(case: dict[str, Any]) -> str | None:
    """What `join` must say: the suite's address without fragment, and None for other schemes."""
    href = case.get("href", "")
    return href.partition("#")[0] if href.startswith(("http://", "https://")) else None


@pytest.mark.skipif(not SUITE.is_file(), reason="no URL suite: name its folder with DUWANG_SHARED")
def test_joining_is_that_of_the_standard() -> None:
    suite = [
        case for case in json.loads(SUITE.read_text(encoding="utf-8")) if isinstance(case, dict)
    ]
    wrong = [
        (case["input"], case.get("base"))
        for case in suite
        if expected_of(case) != urls.join(case.get("base") or "about:blank", case["input"])
        and "xn--" not in case["input"].lower()  # how strictly a ready-made IDN label is examined
    ]

    assert len(suite) > 800
    assert wrong == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://www.example.cn/jtj/", True),
        ("http://www.example.cn/jtj", True),
        ("https://www.example.cn/jtj/a/b.html?x=/zwgk/", True),
        ("http://www.example.cn/files/a.pdf", True),
        ("http://www.example.cn/", False),
        ("http://www.example.cn/jtjx/", False),
        ("http://www.example.cn/zwgk/?back=/jtj/", False),
        ("http://www.example.cn/jtj/../zwgk/", False),
        ("http://other.example.cn/zwgk/", True),
    ],
)
def test_folders_bound_a_site_on_the_host_that_it_shares(url: str, expected: bool) -> None:
    assert expected == urls.in_folders(url, "www.example.cn:80", ("/jtj/", "/files/"))


def test_without_folders_a_site_has_its_whole_host() -> None:
    assert urls.in_folders("http://www.example.cn/zwgk/", "www.example.cn:80", ())
