"""What script marks, pages and redirects: read with the browser, left open without one."""

import pytest

from audit.crawl import BrowserService
from audit.errors import FactUnavailable
from audit.model import Mark, Purpose, Reason
from audit.reading import Reading
from tests.browsers import needs_browser
from tests.journal import MemoryJournal
from tests.searched import GET_FORM, NEWS, read, site
from tests.served import Asked, Script, answer

pytestmark = [pytest.mark.browser, needs_browser, pytest.mark.asyncio(loop_scope="module")]

FOOT = '<div class="footer">主办单位：示例交通运输厅</div>'
MARKED = (
    "<p>主办单位：示例交通运输厅</p><p>网站标识码：5300000001</p><p>滇ICP备05000001号</p>"
    "<p>滇公网安备 53010202000001号</p><p><a href='/map.html'>网站地图</a> 联系电话：0871-60000000</p>"
)
FILLS_FOOT = (
    '<div class="footer" id="foot"></div><script>fetch("/foot.html").then(r => r.text())'
    '.then(t => { document.getElementById("foot").innerHTML = t })</script>'
)


def changed(pages: dict[str, Script], old: str, new: str) -> dict[str, Script]:
    """The pages with other words in each."""
    made = dict(pages)
    for path, page in pages.items():
        assert isinstance(page, bytes)
        made[path] = answer(page.partition(b"\r\n\r\n")[2].decode().replace(old, new, 1))
    return made


def marks(reading: Reading) -> tuple[set[Mark], set[Reason | None]]:
    """The marks that are shown, and why others were not seen."""
    found = reading.marks
    return {m.mark for m in found if m.present}, {m.reason for m in found if not m.present}


async def test_marks_that_script_brings_to_footers_are_read_and_never_missing_without_a_browser(
    browser: BrowserService,
) -> None:
    plain = {**changed(site(GET_FORM), FOOT, f'<div class="footer">{MARKED}</div>')}
    pages = {**changed(site(GET_FORM), FOOT, FILLS_FOOT), "/foot.html": answer(MARKED)}
    static, _ = await read(plain)
    journal = MemoryJournal()
    rendered, _ = await read(pages, journal, browser=browser)
    without, _ = await read(pages)
    with pytest.raises(FactUnavailable) as unseen:
        marks(without)
    purposes = [visit.fetch.purpose for visit in journal.visits.values()]

    assert marks(static)[0] >= {Mark.ICP, Mark.POLICE, Mark.SITE_CODE}
    assert marks(rendered) == marks(static)
    assert purposes.count(Purpose.RENDER) == 1
    assert unseen.value.reason is Reason.NEEDS_BROWSER


@pytest.mark.parametrize(
    "script",
    ["location.href = '/zx/'", "window.location.replace('/zx/')", "setTimeout(() => { top['loc' + 'ation'] = '/zx/' }, 300)"],
    ids=["an address", "a call", "in a manner that only script reads"],
)  # fmt: skip
async def test_a_page_that_script_redirects_is_read_where_it_leads(
    browser: BrowserService, script: str
) -> None:
    pages = changed(site(GET_FORM), '<a href="/xw/">交通新闻</a>', '<a href="/go/">交通新闻</a>')
    pages["/zx/"] = pages.pop("/xw/")
    pages["/go/"] = answer(f"<!doctype html><html><body><script>{script}</script></body></html>")
    reading, _ = await read(pages, browser=browser)
    without, _ = await read(pages)
    blank = [c.key for c in without.columns if not (c.items or c.script_fills or c.unavailable)]

    assert {one.newest.title: one.items for one in reading.columns if one.newest}[NEWS[0][1]] == 4
    assert blank == []


OLD = (("/tj/1.html", "全省公路水路运输量统计快报", "2019-01-08"),
       ("/tj/2.html", "交通固定资产投资完成情况", "2018-12-06"))  # fmt: skip
NEWER = (("/tj/3.html", "全省港口货物吞吐量统计", "2020-06-12"),)
TURNS = (
    "<div class='page'>共2页 <a href='javascript:;' onclick='turn(1)'>下一页</a></div><script>const turn = page =>"
    " fetch('/rows?page=' + page).then(r => r.text()).then(t => {{ document.getElementById('l').innerHTML = t; {then} }})"
    "</script>"
)
BESIDE = (
    "<div class='page'>共2页 <a href='javascript:;' onclick='turn()'>下一页</a></div><div id='ad'><a href='/1'>甲</a></div>"
    "<script>const turn = () => { document.getElementById('ad').innerHTML = `<a href='/2'>乙</a>` }</script>"
)
FORM = "<form method='{}' action='/tj/' name='f'><p>共2页 {}</p></form><script>const send = () => document.f['sub' + 'mit']()</script>"
SENT = "<a href='javascript:document.f.submit()'>下一页</a>"
SENDS = (
    FORM.format("post", SENT),
    FORM.format("post", "<a href='javascript:;' onclick='send()'>下一页</a>"),
    FORM.format("get", "<a href='javascript:;' onclick='send()'>下一页</a>"),
    FORM.format("post", "<button>下一页</button>"),
    FORM.format("post", SENT).replace("<form", "<form target='_blank'"),
)


def rows(listed: tuple[tuple[str, str, str], ...]) -> str:
    """Rows of a list."""
    return "".join(f"<li><a href='{u}'>{t}</a><span>{d}</span></li>" for u, t, d in listed)


def turning(pager: str) -> dict[str, Script]:
    """A site with a column whose newest item stands on a page that only a click brings."""
    pages = changed(
        site(GET_FORM), "</div>", '</div><div class="nav"><a href="/tj/">统计数据</a></div>'
    )

    def column(asked: Asked) -> bytes:
        listed = rows(NEWER if asked.method == "POST" else OLD)
        return answer(
            "<!doctype html><html><head><meta charset='utf-8'><title>统计数据</title></head><body>"
            f"<div class='nav'>{GET_FORM}<a href='/'>首页</a><a href='/tj/'>统计数据</a></div><div class='content'>"
            f"<h2>统计数据</h2><ul class='list' id='l'>{listed}</ul>{pager}</div></body></html>"
        )

    return {**pages, "/tj/": column, "/rows": answer(rows(NEWER))}


def column_of(reading: Reading) -> tuple[int, int, str, Reason | None]:
    """Items, pages that were not read, the newest title, and why pages were not read."""
    one = next(column for column in reading.columns if column.key == "/tj/")
    return one.items, one.unread_pages, one.newest.title if one.newest else "", one.unread_reason


@pytest.mark.parametrize(
    "pager",
    [TURNS.format(then=""), TURNS.format(then="document.querySelector('.page a').remove()")],
    ids=["data", "data, and no way on"],
)
async def test_a_list_whose_next_pages_only_a_click_brings_is_read_whole(
    browser: BrowserService, pager: str
) -> None:
    reading, _ = await read(turning(pager), browser=browser)
    without, _ = await read(turning(pager))

    assert column_of(reading) == (3, 0, NEWER[0][1], None)
    assert column_of(without) == (2, 1, OLD[0][1], Reason.NEEDS_BROWSER)


@pytest.mark.parametrize(
    "pager",
    [TURNS.format(then="").replace("/rows", "/none"), TURNS.replace("fetch", "noThing").format(then=""), BESIDE],
    ids=["the data does not come", "the click breaks", "only the news beside it go on"],
)  # fmt: skip
async def test_a_list_that_a_click_does_not_turn_is_left_open(
    browser: BrowserService, pager: str
) -> None:
    pages = turning(pager)
    pages["/none"] = answer("", 500)
    reading, _ = await read(pages, browser=browser)

    assert column_of(reading) == (2, 1, OLD[0][1], Reason.NEEDS_BROWSER)


@pytest.mark.parametrize("pager", SENDS, ids=["post", "hidden", "get", "button", "window"])
async def test_no_form_is_sent_to_turn_a_list_and_the_list_is_left_open(
    browser: BrowserService, pager: str
) -> None:
    sent: list[str] = []
    pages = turning(pager)
    column = pages["/tj/"]

    def noted(asked: Asked) -> bytes:
        sent.append(f"{asked.method} {asked.path}")
        return column(asked) if callable(column) else column

    reading, _ = await read({**pages, "/tj/": noted}, browser=browser)

    assert column_of(reading) == (2, 1, OLD[0][1], Reason.NEEDS_BROWSER)
    assert set(sent) == {"GET /tj/"}
