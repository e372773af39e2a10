"""A page of a real site whose links a framework binds: right with the browser, open without one."""

import datetime as dt
import json

import pytest

from audit.errors import FactUnavailable
from audit.model import (
    AsOf,
    DirectionState,
    Pair,
    PairState,
    Purpose,
    Reason,
    SearchState,
    VerdictState,
)
from audit.reading import Reading
from audit.rulebooks import load as load_rulebook
from audit.workdays import published
from checks import load
from tests.browsers import needs_browser
from tests.corpora.test_facts import SETS
from tests.journal import MemoryJournal
from tests.searched import query_of, read, results
from tests.served import Asked, Script, answer

FRAGMENT = SETS / "pingtan_fragment" / "html"
AS_OF = dt.date(2023, 6, 30)
POLICY = ("/zc/1.html", "示例区管理委员会关于印发公共租赁住房管理办法的通知", "2023-06-20")
READER = ("/jd/1.html", "《公共租赁住房管理办法》政策解读", "2023-06-22")
TEXT = "公共租赁住房的申请、轮候、配租和退出，由区住房保障机构按照办法办理。" * 60
# what the framework would do with the attributes of the page, and no more
BINDER = """
const bound = (words, scope) => {
  const said = words.replace(/\\|\\s*date.*$/, '');
  try { return new Function('scope', `with (scope) { return (${said}) }`)(scope) } catch { return undefined }
};
const bind = (one, scope) => {
  for (const { name, value } of [...one.attributes]) {
    if (!name.startsWith('ms-')) continue;
    one.removeAttribute(name);
    if (name === 'ms-repeat') {
      for (const el of bound(value, scope)) {
        const row = one.cloneNode(true);
        one.before(row);
        bind(row, { ...scope, el });
      }
      return one.remove();
    }
    if (name.startsWith('ms-if') && !bound(value, scope)) return one.remove();
    if (name.startsWith('ms-attr-')) one.setAttribute(name.slice(8), bound(value, scope));
    if (name === 'ms-text') one.textContent = bound(value, scope);
    if (name === 'ms-duplex') one.value = bound(value, scope) || '';
    if (name === 'ms-visible') one.style.display = bound(value, scope) ? '' : 'none';
  }
  for (const inner of [...one.children]) bind(inner, scope);
};
fetch('/model.json').then(r => r.json()).then(model => bind(document.body, model));
"""
MODEL = {
    "searchAction": "/search", "searchSiteId": "7", "searchTips": {"serKey": ""},
    "avalon": {"vmodels": {"windowRoot": {"isStatic": False}}},
    "havJdwj": True, "havXglj": False,
    "list": [{"_doctype": "政策文件", "title": POLICY[1], "url": POLICY[0], "tardocreltime": "06-20"}],
}  # fmt: skip

pytestmark = pytest.mark.skipif(
    not FRAGMENT.is_dir(), reason=f"the fragment is not here ({FRAGMENT}): set DUWANG_SHARED"
)


def page(title: str, body: str, *, top: str = "", columns: str = "") -> bytes:
    """A page whose scripts bind what its attributes say."""
    return answer(
        f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title></head><body>{top}'
        '<div class="nav"><a href="/">首页</a><a href="/zc/">政策文件</a><a href="/jd/">政策解读</a>'
        f'<a href="/xw/">区内新闻</a>{columns}</div><div class="content">{body}</div>'
        '<div class="footer">主办单位：示例区管理委员会</div><script src="/bind.js"></script></body></html>'
    )


def rows(*listed: tuple[str, str, str]) -> str:
    """A list."""
    lines = "".join(f'<li><a href="{u}">{t}</a><span>{d}</span></li>' for u, t, d in listed)
    return f'<ul class="list">{lines}</ul>'


def engine(asked: Asked) -> bytes:
    """A search that wants the number that script puts into its form."""
    words = query_of(asked, "key") if query_of(asked, "siteId") == "7" else ""
    return results(
        "", tuple(row for row in (*fresh(), POLICY, READER) if words and words in row[1])
    )


def fresh() -> tuple[tuple[str, str, str], ...]:
    """News of the days before; so many that the home page is no mere gate."""
    return tuple(
        (f"/xw/{n}.html", f"示例区第{n}批公共租赁住房完成配租", f"2023-06-{n:02}")
        for n in range(1, 15)
    )


def site() -> dict[str, Script]:
    """A site with the parts of the fragment where it has them: in its head, and below an article."""
    parts = next(FRAGMENT.rglob("page.html")).read_text(encoding="utf-8").splitlines()
    top, below = parts[0], next(part for part in parts if "ms-repeat" in part)
    dated = {
        url: f"<h1>{title}</h1><p>发布时间：{day}</p>"
        for url, title, day in (*fresh(), POLICY, READER)
    }
    back = f'<div class="related"><h3>政策解读</h3><a href="{READER[0]}">{READER[1]}</a></div>'
    pages: dict[str, Script] = {
        "/": page("示例区管理委员会", rows(*fresh(), POLICY, READER), top=top),
        "/zc/": page("政策文件", f"<h2>政策文件</h2>{rows(POLICY)}", top=top),
        "/jd/": page("政策解读", f"<h2>政策解读</h2>{rows(READER)}", top=top),
        "/xw/": page("区内新闻", f"<h2>区内新闻</h2>{rows(*fresh())}", top=top),
        POLICY[0]: page(POLICY[1], f"{dated[POLICY[0]]}<p>示管发〔2023〕7号</p><p>{TEXT}</p>{back}", top=top),
        READER[0]: page(READER[1], f"{dated[READER[0]]}<p>{TEXT}</p>{below}", top=top),
        "/bind.js": answer(BINDER, content_type="text/javascript"),
        "/model.json": answer(json.dumps(MODEL), content_type="application/json"),
        "/search": engine,
    }  # fmt: skip
    return pages | {
        url: page(title, f"{dated[url]}<p>{TEXT}</p>", top=top) for url, title, _ in fresh()
    }


def pair_of(reading: Reading) -> Pair:
    """The policy that the fragment links to, with its interpretation."""
    (pair,) = (one for one in reading.pairs if one.policy.url.endswith(POLICY[0]))
    return pair


def accused(reading: Reading) -> set[str]:
    """The checks that find a fault in what the fragment holds."""
    rulebook, _ = load_rulebook("yunnan-2020")
    found: set[str] = set()
    for name in (
        "missing-search", "unusable-search", "search-miss", "blank-column", "dead-link", "empty-link",
        "broken-interpretation-link", "unlinked-interpretation", "missing-interpretation",
    ):  # fmt: skip
        check = load()[name]
        settings = check.settings.model_validate(rulebook.settings_of(name))
        try:
            verdicts = list(check.find(reading, settings, AsOf(AS_OF, published())))
        except FactUnavailable:
            continue
        found |= {name for one in verdicts if one.state is VerdictState.FAULT}
    return found


@pytest.mark.browser
@needs_browser
async def test_links_and_search_that_a_framework_binds_are_read_with_the_browser() -> None:
    journal = MemoryJournal()
    reading, _ = await read(site(), journal, executable="", as_of=AS_OF)
    pair = pair_of(reading)
    opened = {v.fetch.url for v in journal.visits.values() if v.fetch.purpose is Purpose.RENDER}

    assert (pair.forward.state, pair.back.state) == (DirectionState.OK, DirectionState.OK)
    assert pair.back.url.endswith(POLICY[0])
    assert reading.trial.state is SearchState.USABLE
    assert any(url.endswith(READER[0]) for url in opened)
    assert accused(reading) == set()


async def test_without_a_browser_what_a_framework_binds_is_neither_missing_nor_blank_nor_dead() -> (
    None
):
    reading, _ = await read(site(), as_of=AS_OF)
    pair = pair_of(reading)

    assert (pair.back.state, pair.back.reason) == (
        DirectionState.NOT_ASSESSED,
        Reason.NEEDS_BROWSER,
    )
    assert pair.state is not PairState.UNINTERPRETED
    assert (reading.trial.state, reading.trial.reason) == (
        SearchState.NOT_ASSESSED,
        Reason.NEEDS_BROWSER,
    )
    assert accused(reading) == set()
