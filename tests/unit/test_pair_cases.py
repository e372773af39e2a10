"""The pair ledger, case by case: tests/pairs/*.toml hold sites of policies and interpretations.

A case lists its policies (p1, p2, …) and interpretations (i1, i2, …) and the lines that the ledger
must have: `p1-i1 linked anchor ok/ok 2` (state, how matched, forward/back, working days; `?` when
no lag is known) or `p1 uninterpreted required` (state, scope). In a text `[words](i1)` is a link:
to a document of the case, to `home`, `news`, `gone` (404), `soft` (the not-found page with status
200), `script` (a link without address), `file` (a PDF) or to an address.
"""

import datetime as dt
import re
import tomllib
from pathlib import Path

import msgspec
import pytest

from audit.model import AsOf, Pair
from audit.workdays import published
from tests.snapshots import Answer, Page, read

FOLDER = Path(__file__).parent.parent / "pairs"
LOST = "<title>提示</title><h1>您访问的页面不存在</h1><p>该信息可能已被删除或更名，请返回首页。</p>"
FIXED = {
    "home": "/",
    "news": "/news/1.html",
    "gone": "/gone.html",
    "soft": "/soft.html",
    "file": "/files/1.pdf",
}
MENU = (
    '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/file/">政策文件</a></li>'
    '<li><a href="/jd/">政策解读</a></li><li><a href="/news/">交通要闻</a></li></ul></div>'
)
LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")


class Paper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One policy or interpretation."""

    title: str
    text: str = "各有关单位：现印发给你们，请认真贯彻执行。"
    date: str = "2020-06-01"
    number: str = ""
    related: str = ""  # below the article
    signed: str = ""
    listed: str = ""  # day that the list shows; empty: none
    script: str = ""  # in the page's end


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One site and the ledger that it must have."""

    name: str
    ledger: tuple[str, ...]
    policies: tuple[Paper, ...] = ()
    interpretations: tuple[Paper, ...] = ()
    answers: dict[str, int] = {}  # addresses of other hosts → status
    complete: bool = True


def cases() -> list[Case]:
    """Every case of every file."""
    return [
        msgspec.convert(table, Case)
        for path in sorted(FOLDER.glob("*.toml"))
        for table in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_the_ledger_of_a_case_is_as_written(case: Case) -> None:
    reading = read(
        site_of(case),
        looks={path: Page(status=said, looks=2) for path, said in case.answers.items()}
        | {"/gone.html": 404},
        canaries=[LOST, LOST],
        complete=case.complete,
    )

    assert [line_of(pair) for pair in reading.pairs] == list(case.ledger)


def site_of(case: Case) -> dict[str, Answer]:
    """The pages of the case's site."""
    pages: dict[str, Answer] = {
        "/": f"<title>示例交通运输厅</title>{MENU}<p>欢迎访问</p>",
        "/file/": listing("政策文件", "/file/", case.policies),
        "/jd/": listing("政策解读", "/jd/", case.interpretations),
        "/news/": listing(
            "交通要闻", "/news/", (Paper("全省水运工作会议召开", listed="2020-06-20"),)
        ),
        "/news/1.html": page(
            "交通要闻", "/news/", Paper("全省水运工作会议召开", "会议部署了水运工作。")
        ),
        "/gone.html": 404,
        "/soft.html": Page(LOST, looks=2),
        "/files/1.pdf": Page(content_type="application/pdf"),
    }
    for folder, name, papers in (
        ("/file/", "政策文件", case.policies),
        ("/jd/", "政策解读", case.interpretations),
    ):
        for n, paper in enumerate(papers, 1):
            pages[f"{folder}{n}.html"] = page(name, folder, paper)
    return pages


def listing(name: str, folder: str, papers: tuple[Paper, ...]) -> str:
    rows = "".join(
        f'<li><a href="{folder}{n}.html">{one.title}</a>'
        f"{f'<span>{one.listed}</span>' if one.listed else ''}</li>"
        for n, one in enumerate(papers, 1)
    )
    return (
        f"<title>{name}</title>{MENU}<div class='position'>当前位置：<a href='/'>首页</a> &gt; {name}"
        f"</div><h2>{name}</h2><ul class='list'>{rows}</ul>"
    )


def page(name: str, folder: str, paper: Paper) -> str:
    date = f"<p>发布时间：{paper.date} 09:00</p>" if paper.date else ""
    body = "".join(f"<p>{linked(part)}</p>" for part in (paper.number, paper.text, paper.signed))
    related = f"<div class='related'>{linked(paper.related)}</div>" if paper.related else ""
    return (
        f"<title>{paper.title}</title>{MENU}<div class='position'>当前位置：<a href='/'>首页</a> &gt; "
        f"<a href='{folder}'>{name}</a> &gt; 正文</div><h1>{paper.title}</h1>{date}"
        f"<div class='article'>{body}</div>{related}{paper.script}"
    )


def linked(text: str) -> str:
    return LINK.sub(lambda match: f'<a href="{address(match[2])}">{match[1]}</a>', text)


def address(target: str) -> str:
    if target == "script":
        return "javascript:;"
    if re.fullmatch(r"[pi]\d", target):
        return f"/{'file' if target[0] == 'p' else 'jd'}/{target[1]}.html"
    return FIXED.get(target, target)


def line_of(pair: Pair) -> str:
    shown = pair.interpretation
    if shown is None:
        return f"{name_of(pair.policy.url)} {pair.state} {pair.policy.scope}"
    lag = "?"
    if pair.policy.published and shown.published:
        lag = str(
            AsOf(dt.date(2020, 6, 24), published()).workdays(pair.policy.published, shown.published)
        )
    return (
        f"{name_of(pair.policy.url)}-{name_of(shown.url)} {pair.state} {pair.matched_by} "
        f"{pair.forward.state}/{pair.back.state} {lag}"
    )


def name_of(url: str) -> str:
    found = re.fullmatch(r"http://site\.test/(file|jd)/(\d)\.html", url)
    if found:
        return f"{'p' if found[1] == 'file' else 'i'}{found[2]}"
    return next((k for k, path in FIXED.items() if url == f"http://site.test{path}"), url)
