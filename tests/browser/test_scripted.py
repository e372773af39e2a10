"""What script marks, pages and redirects: read with the browser, left open without one."""

import pytest

from audit.errors import FactUnavailable
from audit.model import Mark, Purpose, Reason
from audit.reading import Reading
from tests.browsers import needs_browser
from tests.journal import MemoryJournal
from tests.searched import GET_FORM, NEWS, read, site
from tests.served import Script, answer

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


@pytest.mark.browser
@needs_browser
async def test_marks_that_script_brings_to_footers_are_read_and_never_missing_without_a_browser() -> (
    None
):
    plain = {**changed(site(GET_FORM), FOOT, f'<div class="footer">{MARKED}</div>')}
    pages = {**changed(site(GET_FORM), FOOT, FILLS_FOOT), "/foot.html": answer(MARKED)}
    static, _ = await read(plain)
    journal = MemoryJournal()
    rendered, _ = await read(pages, journal, executable="")
    without, _ = await read(pages)
    with pytest.raises(FactUnavailable) as unseen:
        marks(without)
    purposes = [visit.fetch.purpose for visit in journal.visits.values()]

    assert marks(static)[0] >= {Mark.ICP, Mark.POLICE, Mark.SITE_CODE}
    assert marks(rendered) == marks(static)
    assert purposes.count(Purpose.RENDER) == 1
    assert unseen.value.reason is Reason.NEEDS_BROWSER


@pytest.mark.browser
@needs_browser
@pytest.mark.parametrize(
    "script",
    ["location.href = '/zx/'", "window.location.replace('/zx/')", "setTimeout(() => { top['loc' + 'ation'] = '/zx/' }, 300)"],
    ids=["an address", "a call", "in a manner that only script reads"],
)  # fmt: skip
async def test_a_page_that_script_redirects_is_read_where_it_leads(script: str) -> None:
    pages = changed(site(GET_FORM), '<a href="/xw/">交通新闻</a>', '<a href="/go/">交通新闻</a>')
    pages["/zx/"] = pages.pop("/xw/")
    pages["/go/"] = answer(f"<!doctype html><html><body><script>{script}</script></body></html>")
    reading, _ = await read(pages, executable="")
    without, _ = await read(pages)
    blank = [c.key for c in without.columns if not (c.items or c.script_fills or c.unavailable)]

    assert {one.newest.title: one.items for one in reading.columns if one.newest}[NEWS[0][1]] == 4
    assert blank == []
