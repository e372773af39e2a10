"""A site that is better known after more looks reads as if it had been read at once."""

from collections.abc import Mapping

import pytest

from audit.reading import Reading
from tests.snapshots import Answer, MemorySnapshot, read

ROWS = "".join(
    f'<li><a href="/tzgg/{n}.html">关于第{n}号公路养护工作的通知</a><span>2020-06-{n:02}</span></li>'
    for n in range(1, 9)
)
MENU = (
    '<div class="nav"><a href="/">首页</a><a href="/tzgg/">通知公告</a><a href="/x/">链接</a></div>'
)
CRUMBS = '<div>当前位置：<a href="/">首页</a> &gt; <a href="/tzgg/">通知公告</a></div>'
PAGES: Mapping[str, Answer] = {
    "/": f"<title>示例厅</title>{MENU}<ul>{ROWS}</ul><a href='http://other.test/'>外部</a>",
    "/tzgg/": f"<title>通知公告</title>{MENU}{CRUMBS}<ul class=list>{ROWS}</ul>",
    "/old/": "<meta http-equiv=refresh content='0;url=/tzgg/'>",
    "/x/": 404,
    **{
        f"/tzgg/{n}.html": f"<title>第{n}号</title>{MENU}{CRUMBS}<h1>关于第{n}号公路养护工作的通知</h1>"
        f"<p>发布时间：2020-06-{n:02}</p><p>请认真落实。<a href='/gone/{n}.html'>附件</a></p>"
        for n in range(1, 8)
    },
}


def seen(reading: Reading) -> list[object]:
    return [
        tuple(reading.links),
        reading.columns,
        list(reading.pages),
        reading.pairs,
        reading.totals,
        reading.idle,
        reading.marks,
        reading.details.facts,
        list(reading.survey.targets.addresses()),
    ]


@pytest.mark.parametrize(
    "looks",
    [
        {},
        {"/x/": [404]},
        {"/x/": [404, 200], "/gone/1.html": [404, 404], "http://other.test/": [200]},
        {"/gone/2.html": 500, "/tzgg/8.html": 404},
    ],
)
def test_more_looks_need_no_second_reading_of_the_pages(
    looks: Mapping[str, Answer | list[Answer]],
) -> None:
    first = read(PAGES)
    _ = first.columns, first.survey.targets
    later = MemorySnapshot.of(PAGES, looks=looks)
    again = first.again(later)
    _ = again.links, again.survey
    passes = later.passes

    assert passes == 0
    assert seen(again) == seen(read(PAGES, looks=looks))
