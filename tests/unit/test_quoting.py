"""Whether a body says what is quoted of it."""

import pytest

from audit.reading import says

URL = "http://www.example/a/b.html"
PAGE = (
    "<title>示例局</title><a href='/x/y.html?a=1&amp;b=2' title='提示语'>政 策<b>文件</b></a>"
    "<dl><dt>办公地址</dt><dd>示例路5号</dd></dl><p>发布时间：2026年1月5日 来源</p>"
    "<p>电话（０８７１）６５１０</p><p>身份证530102199901011234</p><script>var t = '脚本里的话'</script>"
)

HELD = [
    "政策文件", "办公地址：示例路5号", "2026-01-05", "2026-01-05 示例局", "提示语", "脚本里的话",
    "电话（0871）6510", "53*************234", "http://www.example/x/y.html?a=1&b=2",
    "政策文件 http://www.example/a/b.html", "政策文件 … 来源", "<dd>示例路5号",
]  # fmt: skip
UNHELD = [
    "政策解读", "办公地址：示例路6号", "2026-01-15", "2025-01-05", "政策文件 没有的话",
    "53*************235", "http://www.example/z.html", "http://other.example/", " … ",
]  # fmt: skip


@pytest.mark.parametrize("quote", HELD)
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_what_a_page_says_in_any_form_is_found(quote: str, charset: str) -> None:
    assert says(PAGE.encode(charset), f"text/html; charset={charset}", URL, quote)


@pytest.mark.parametrize("quote", UNHELD)
def test_what_a_page_does_not_say_is_not_found(quote: str) -> None:
    assert not says(PAGE.encode(), "text/html; charset=utf-8", URL, quote)


@pytest.mark.parametrize("body", [b"", b"\x00\xff\xfe", b"<" * 100_000])
def test_any_bytes_are_no_error(body: bytes) -> None:
    assert not says(body, "", URL, "没有的话")
