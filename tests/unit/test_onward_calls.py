"""Pagers whose links call a function of the page: it says to which address it goes."""

import pytest

from audit.model import Pager
from audit.reading.page import read_page

URL = "http://site.test/list.asp?classid=3"


def pager_of(script: str, links: str, url: str = URL) -> Pager | None:
    rows = "".join(
        f"<tr><td><a href='/show.asp?id={n}'>第{n}号公路封闭施工的通告</a></td><td>2020-06-{n}</td></tr>"
        for n in range(10, 16)
    )
    page = f"<table>{rows}</table><script>{script}</script><div>{links}</div>"
    return read_page(page.encode(), url, "text/html; charset=utf-8").pager


@pytest.mark.parametrize(
    "script",
    [
        "function gopage(n){location.href='/list.asp?classid=3&page='+n;}",
        'function gopage(n) { window.location.href = "/list.asp?classid=3&page=" + n }',
        "function gopage(n){\n var x = 1;\n self.location='list.asp?classid=3&page='+n+'';\n}",
        "var gopage=function(n){location.replace('?classid=3&page='+n);};",
        "function gopage(n){window.open('list.asp?classid='+'3'+'&page='+n,'_self');}",
    ],
)
def test_a_function_that_joins_an_address_and_the_number_tells_every_page(script: str) -> None:
    links = "第1页/共3页 <a href='javascript:gopage(2)'>下一页</a> <a href='javascript:gopage(3)'>尾页</a>"
    found = pager_of(script, links)

    assert found is not None
    assert (3, (f"{URL}&page=2", f"{URL}&page=3")) == (found.pages, found.urls)


def test_a_call_upon_a_click_is_the_same() -> None:
    script = "function turn(p){location.href='/list.asp?classid=3&page='+p}"
    links = "<a href='#' onclick='turn(2);return false'>下一页</a> <a href='#' onclick='turn(4);return false'>尾页</a>"
    found = pager_of(script, links)

    assert found is not None
    assert [f"{URL}&page={n}" for n in (2, 3, 4)] == list(found.urls)


def test_on_a_further_page_the_first_and_the_own_are_left_out() -> None:
    script = "function gopage(n){location.href='/list.asp?classid=3&page='+n;}"
    links = "<a href='javascript:gopage(1)'>首页</a> <a href='javascript:gopage(3)'>下一页</a> <a href='javascript:gopage(3)'>尾页</a>"
    found = pager_of(script, links, f"{URL}&page=2")

    assert found is not None
    assert (f"{URL}&page=3",) == found.urls


@pytest.mark.parametrize(
    "script",
    [
        "function gopage(n){document.f.page.value=n;document.f.submit();}",
        "function gopage(n){location.href=base+n;}",
        "function gopage(n){location.href='/list.asp?page='+(n-1);}",
        "function gopage(n){location.href='/list.asp?page='+n+'&t='+now();}",
        "function other(n){location.href='/list.asp?page='+n;}",
        "function gopage(n){$.get('/rows?page='+n, fill);}",
        "function gopage(n){location.href='http://elsewhere.test/list?page='+n;}",
    ],
)
def test_what_cannot_be_computed_for_certain_is_left_to_the_browser(script: str) -> None:
    links = "第1页/共3页 <a href='javascript:gopage(2)'>下一页</a> <a href='javascript:gopage(3)'>尾页</a>"
    found = pager_of(script, links)

    assert found is not None
    assert (3, (), True) == (found.pages, found.urls, found.by_script)
