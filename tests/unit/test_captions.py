"""The heading of a list: its name, never the menu, the table's head or the picture before it."""

import pytest

from audit.model import ItemList, PageRecord
from tests.unit.test_lists import read, rows

LIST = rows("2020-06-05", "2020-06-04", "2020-06-03")


def main(record: PageRecord) -> ItemList | None:
    return next((one for one in record.lists if one.main), None)


@pytest.mark.parametrize(
    "before",
    [
        "<div class=nav><a href='/'>首页</a><a href='/zx/'>最新动态</a><a href='/gk/'>公开</a></div>",
        "<div class=nav><a href='/zx/'>热点</a><a href='/gk/'>公开</a></div>",
        "<div><a href='/'>首页</a><a href='/zx/'>热点新闻</a><a href='/gk/'>公开</a></div>",
        "<ul><li><a href='/'>首页</a></li><li><a href='/zx/'>推荐</a></li><li><a href='/g/'>公开</a></li></ul>",
        "<p>您好！欢迎访问某某局网站，最新</p>",
        "<p>当前位置：<a href='/'>首页</a> &gt; 最新公开</p>",
        "<form>热点搜索：<input name=q></form>",
        "<p><a href='/'>网站首页</a></p>",
    ],
)
def test_what_stands_before_a_list_and_is_no_name_of_it_is_no_heading(before: str) -> None:
    found = main(read(before + LIST))

    assert found is not None
    assert "" == found.heading


@pytest.mark.parametrize(
    "between",
    [
        "<form><input name=q><button>查询</button></form>",
        "<div class=pic><a href='/p/1.html'><img src=1.jpg></a><a href='/p/1.html'>一张图片所讲的某件新闻事情</a></div>",
        "<div><a href='/p/1.html'><img src=1.jpg>一张图片所讲的某件新闻事情</a></div>",
    ],
)
def test_what_stands_between_a_heading_and_its_list_is_passed(between: str) -> None:
    found = main(read(f"<div><h2>通知公告</h2>{between}{LIST}</div>"))

    assert found is not None
    assert "通知公告" == found.heading


def test_the_head_of_a_table_does_not_name_it() -> None:
    table = (
        "<h3>政策文件</h3><table><thead><tr><th>序号</th><th>名称</th><th>公开日期</th></tr></thead><tbody>"
        "<tr><td>1</td><td><a href='/1'>关于某件事情的通知</a></td><td>2020-06-05</td></tr>"
        "<tr><td>2</td><td><a href='/2'>关于另一件事情的通知</a></td><td>2020-06-04</td></tr></tbody></table>"
    )
    found = main(read(table))

    assert found is not None
    assert "政策文件" == found.heading


def test_a_link_to_more_behind_the_heading_belongs_to_it() -> None:
    found = main(read(f"<div><h2>通知公告</h2><a href='/tzgg/'>更多</a>{LIST}</div>"))

    assert found is not None
    assert ("通知公告", "http://site.test/tzgg/") == (found.heading, found.more_url)


def test_boxes_that_hold_nothing_but_a_list_do_not_part_it_from_its_heading() -> None:
    bar = "<div class=bar><span>通知公告</span><a href='/tzgg/'>更多</a></div>"
    found = main(
        read(f"<div>{bar}<div><div><div><marquee>{LIST}</marquee></div></div></div></div>")
    )

    assert found is not None
    assert ("通知公告", "http://site.test/tzgg/") == (found.heading, found.more_url)


def test_a_picture_beside_the_heading_is_part_of_it() -> None:
    found = main(read(f"<div><h2><img src=i.png><a href='/tzgg/'>通知公告</a></h2>{LIST}</div>"))

    assert found is not None
    assert ("通知公告", "http://site.test/tzgg/") == (found.heading, found.more_url)


def test_two_tabs_over_a_list_are_its_heading() -> None:
    found = main(
        read(f"<div><div class=tab><a href='/a/'>通知</a><a href='/b/'>公告</a></div>{LIST}</div>")
    )

    assert found is not None
    assert "通知公告" == found.heading.replace(" ", "")
