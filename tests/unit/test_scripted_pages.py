"""What scripts bind, page, mark and redirect, without a browser: read from the script, or left open."""

from audit.model import Reason
from tests.searched import GET_FORM, NEWS, read, site
from tests.served import Script, answer

HEAD = "<!doctype html><html><head><meta charset='utf-8'>"
OLD = (
    ("/tj/1.html", "全省公路水路运输量统计快报", "2019-01-08"),
    ("/tj/2.html", "交通固定资产投资完成情况", "2018-12-06"),
)
NEWER = (("/tj/3.html", "全省港口货物吞吐量统计", "2020-06-12"),)


def listed(rows: tuple[tuple[str, str, str], ...], pager: str) -> bytes:
    """A page of a column with its pager."""
    lines = "".join(f"<li><a href='{u}'>{t}</a><span>{d}</span></li>" for u, t, d in rows)
    return answer(
        f"{HEAD}<title>统计数据</title></head><body><div class='nav'><a href='/'>首页</a>"
        f"<a href='/tj/'>统计数据</a></div><div class='content'><h2>统计数据</h2>"
        f"<ul class='list'>{lines}</ul>{pager}</div></body></html>"
    )


def paged(pager: str) -> dict[str, Script]:
    """A site with a column whose newest item stands on its second page."""
    pages = site(GET_FORM)
    home = pages["/"]
    assert isinstance(home, bytes)
    whole = home.partition(b"\r\n\r\n")[2].decode()
    pages["/"] = answer(whole.replace("</div>", '<a href="/tj/">统计数据</a></div>', 1))
    pages["/tj/"] = listed(OLD, pager)
    pages["/tj/index_1.html"] = listed(NEWER, pager.replace("(2, 0", "(2, 1"))
    return pages


async def test_a_pager_that_script_writes_is_followed_without_a_browser() -> None:
    call = "<script>createPageHTML(2, 0, 'index', 'html');</script>"
    reading, server = await read(paged(call))
    column = next(one for one in reading.columns if one.key == "/tj/")

    assert "/tj/index_1.html" in server.paths()
    assert (column.read_pages, column.unread_pages) == (2, 0)
    assert column.newest is not None
    assert column.newest.title == NEWER[0][1]


async def test_a_pager_that_only_a_click_turns_leaves_pages_unread() -> None:
    click = "<div class='page'>共2页 <a href='javascript:;' onclick='turn(1)'>下一页</a></div>"
    reading, server = await read(paged(click))
    column = next(one for one in reading.columns if one.key == "/tj/")

    assert "/tj/index_1.html" not in server.paths()
    assert (column.unread_pages, column.unread_reason) == (1, Reason.NEEDS_BROWSER)


async def test_the_date_in_a_variable_of_script_needs_no_browser() -> None:
    pages = site(GET_FORM)
    path, title, _ = NEWS[0]
    day = "<script>var pubdata='2020年06月09日'; document.write(pubdata);</script>"
    pages[path] = answer(
        f"{HEAD}<title>{title}</title></head><body><div class='content'><h1>{title}</h1>"
        f"<p>发布时间：{day}</p><div>{'具体内容见正文。' * 12}</div></div></body></html>"
    )
    pages["/xw/"] = answer(
        f"{HEAD}<title>交通新闻</title></head><body><div class='nav'><a href='/'>首页</a></div>"
        "<div class='content'><h2>交通新闻</h2><ul class='list'>"
        + "".join(f"<li><a href='{u}'>{t}</a></li>" for u, t, _ in NEWS)
        + "</ul></div></body></html>"
    )
    reading, _ = await read(pages)
    column = next(one for one in reading.columns if one.key == "/xw/")
    days = {row.title: str(row.day) for row in column.rows}

    assert days[title] == "2020-06-09"
