"""Ways in which searches of government sites work or fail, and the verdicts that they deserve."""

import json
from collections.abc import Mapping
from urllib.parse import urlencode

import msgspec

from audit.crawl import BrowserService
from audit.model import Reason, SearchState
from audit.reading import Reading
from tests.searched import GET_FORM, NEWS, NOTICES, Engine, found, query_of, read, results, site
from tests.served import Asked, Script, Served, answer, served

USABLE, UNUSABLE, OPEN = SearchState.USABLE, SearchState.UNUSABLE, SearchState.NOT_ASSESSED
NONE = "抱歉，没有找到相关内容"
ALL = (*NEWS, *NOTICES)
Verdict = tuple[SearchState, Reason | None]
UNSEEN: Verdict = (OPEN, Reason.NEEDS_BROWSER)
WORKS: Verdict = (USABLE, None)
FAILS: Verdict = (UNUSABLE, None)


class Search(msgspec.Struct, frozen=True):
    """One way of searching: its form, what answers, and the verdicts with and without a browser."""

    with_browser: Verdict
    without: Verdict
    form: str
    scripts: Mapping[str, Script] = {}
    charset: str = "utf-8"
    elsewhere: Engine | None = None  # the search of another host: {elsewhere} in the form

    def pages(self, elsewhere: str) -> dict[str, Script]:
        """The pages of its site; {here} in the form is the site's host."""
        bare = site(self.form, charset=self.charset)
        paths: dict[str, Script] = {path: self._page(path, elsewhere) for path in bare}
        return {**paths, **self.scripts}

    def _page(self, path: str, elsewhere: str) -> Script:
        def shown(asked: Asked) -> bytes:
            form = self.form.replace("{elsewhere}", elsewhere)
            form = form.replace("{here}", asked.headers["host"])
            page = site(form, charset=self.charset)[path]
            return page if isinstance(page, bytes) else page(asked)

        return shown


async def searched(search: Search, browser: BrowserService | None) -> tuple[Reading, Served]:
    """The reading of a site with such a search, with a browser that is open or without any."""
    there = search.elsewhere
    async with served({} if there is None else {"/s": there}) as other:
        return await read(search.pages(other.host), browser=browser, also=frozenset({other.host}))


def finding(charset: str = "utf-8") -> Engine:
    """An engine that finds what titles hold."""
    return lambda asked: results("", found(query_of(asked, charset=charset)))


def tokened(charset: str = "utf-8") -> Engine:
    """An engine that finds something only if script set the token of its form."""

    def engine(asked: Asked) -> bytes:
        token = query_of(asked, "t")
        rows = found(query_of(asked, charset=charset)) if token == "7" else ()
        return results("", rows, None if rows else NONE)

    return engine


def form(attributes: str = 'action="/search"', more: str = "") -> str:
    """A form with its attributes."""
    return (
        f'<form {attributes}><input type="text" name="q" id="q" placeholder="请输入关键字">{more}'
        '<input type="submit" value="搜索"></form>'
    )


TOKEN = '<input type="hidden" name="t">'
SETS = ' onsubmit="this.t.value=7"'
FRAME = '<iframe name="shown" width="900" height="600"></iframe>'


def framing(source: str, beside: tuple[tuple[str, str, str], ...] = ()) -> Engine:
    """An engine whose page shows its results in a frame."""

    def engine(asked: Asked) -> bytes:
        inner = source.replace("{here}", asked.headers["host"])
        address = f"{inner}?{urlencode({'q': query_of(asked)})}"
        frame = f'<iframe src="{address}" width="900" height="600"></iframe>'
        return results("", beside, frame)

    return engine


def advising(asked: Asked) -> bytes:
    """Results in a frame, beside advice on the words."""
    word = query_of(asked)
    return framing("/frame", ((f"/fw/{len(word)}.html", "道路运输经营许可怎样办理", ""),))(asked)


def unified(asked: Asked) -> bytes:
    """The search of a province: its results lead to the host that the form names."""
    host = query_of(asked, "site")
    rows = tuple((f"http://{host}{url}", *rest) for url, *rest in found(query_of(asked)))
    return results("", rows)  # type: ignore[arg-type]


def step(_: Asked) -> bytes:
    """A verification before the results."""
    return answer("<title>安全验证</title><p>请输入验证码后继续搜索</p><input name='captcha'>")


def failing(_: Asked) -> bytes:
    """An engine that is broken."""
    return answer("<title>500</title>", 500)


def alike(_: Asked) -> bytes:
    """An engine that shows the same to everybody."""
    return results("", ALL[:4])


def box(click: str) -> str:
    """A box outside any form that a script serves."""
    return (
        '<div class="search"><input id="kw" placeholder="站内搜索"><button id="go">搜索</button></div>'
        "<script>addEventListener('load', () => { const kw = document.getElementById('kw');"
        f"document.getElementById('go').onclick = () => {{ {click} }} }})</script>"
    )


ASKS = "/search?q=' + encodeURIComponent(kw.value)"
FETCHED = (
    "fetch('/api?q=' + encodeURIComponent(kw.value)).then(r => r.json()).then(rows => {"
    "document.querySelector('.content').innerHTML = `<p>共找到${rows.length}条结果</p><ul>` + "
    "rows.map(r => `<li><a href='${r[0]}'>${r[1]}</a></li>`).join('') + '</ul>' })"
)


def data(asked: Asked) -> bytes:
    """Results as data."""
    return answer(json.dumps(found(query_of(asked))), content_type="application/json")


def _of(verdicts: tuple[Verdict, Verdict], form: str, search: Engine, **more: object) -> Search:
    return Search(*verdicts, form, {"/search": search}, **more)  # type: ignore[arg-type]


BOTH, LATER, NEVER = (WORKS, WORKS), (WORKS, UNSEEN), (FAILS, UNSEEN)
UNIFIED = 'action="http://{elsewhere}/s"'
SITE = '<input type="hidden" name="site" value="{here}">'
POST = 'action="/search" method="post"'
GBK = 'action="/search" accept-charset="gbk"'
ADVICE = (
    ("/fw/1.html", "道路运输经营许可怎样办理", ""),
    ("/fw/2.html", "船舶登记需要哪些材料", ""),
)
CODE = '<input name="yzm" placeholder="验证码">'
ON_SELF = 'action="#" onsubmit="location = \'/search?q=\' + encodeURIComponent(this.q.value); return false"'
ASKED_FOR_CODE: Verdict = (OPEN, Reason.CAPTCHA)
CHALLENGED: Verdict = (OPEN, Reason.BOT_CHALLENGE)

SEARCHES: Mapping[str, Search] = {
    "get": _of(BOTH, GET_FORM, finding()),
    "post": _of(BOTH, form(POST), finding()),
    "post with a token of script": _of(LATER, form(POST + SETS, TOKEN), tokened()),
    "gbk form": _of(BOTH, form(GBK), finding("gbk")),
    "gbk form with a token of script": _of(LATER, form(GBK + SETS, TOKEN), tokened("gbk")),
    "gbk page": _of(BOTH, GET_FORM, finding("gbk"), charset="gbk"),
    "gbk page, posted with a token": _of(
        LATER, form(POST + SETS, TOKEN), tokened("gbk"), charset="gbk"
    ),
    "new window": _of(BOTH, form('action="/search" target="_blank"'), finding()),
    "new window with a token of script": _of(
        LATER, form('action="/search" target="_blank"' + SETS, TOKEN), tokened()
    ),
    "window.open": _of(LATER, box(f"open('{ASKS})"), finding()),
    "results in a frame": Search(
        *LATER, GET_FORM, {"/search": framing("/frame"), "/frame": finding()}
    ),
    "results in a frame beside what is recommended": Search(
        *LATER, GET_FORM, {"/search": framing("/frame", ADVICE), "/frame": finding()}
    ),
    "results in a frame beside what changes": Search(
        *LATER, GET_FORM, {"/search": advising, "/frame": finding()}
    ),
    "a frame that finds nothing": Search(
        *NEVER, GET_FORM, {"/search": framing("/frame"), "/frame": lambda _: results("", (), NONE)}
    ),
    "a form that fills a frame": _of(
        LATER,
        form('action="/search" target="shown"' + SETS, TOKEN) + FRAME,
        tokened(),
    ),
    "another host": Search(*BOTH, form(UNIFIED, SITE), elsewhere=unified),
    "another host in a new window by script": Search(
        *LATER,
        box("open('http://{elsewhere}/s?site={here}&q=' + encodeURIComponent(kw.value))"),
        elsewhere=unified,
    ),
    "another host that finds nothing": Search(
        FAILS, FAILS, form(UNIFIED, SITE), elsewhere=lambda _: results("", (), NONE)
    ),
    "dead action": _of(NEVER, form('action="#"'), finding()),
    "dead action that script handles": _of(LATER, form(ON_SELF), finding()),
    "script asks for data": Search(*LATER, box(FETCHED), {"/api": data}),
    "script asks for data and gets an error": Search(*NEVER, box(FETCHED), {"/api": failing}),
    "verification code in the form": _of((ASKED_FOR_CODE, ASKED_FOR_CODE), form(more=CODE), finding()),
    "verification before the results": _of((CHALLENGED, CHALLENGED), GET_FORM, step),
    "verification that script opens": _of((CHALLENGED, UNSEEN), box(f"location = '{ASKS}"), step),
    "error": _of((FAILS, FAILS), GET_FORM, failing),
    "error that script opens": _of(NEVER, box(f"location = '{ASKS}"), failing),
    "the same to everything": _of((FAILS, FAILS), GET_FORM, alike),
    "the same to everything by script": _of(NEVER, box(f"open('{ASKS})"), alike),
}  # fmt: skip


def verdict_of(reading: Reading) -> Verdict:
    """State and reason of the trial."""
    return reading.trial.state, reading.trial.reason


def told(reading: Reading) -> list[tuple[object, ...]]:
    """What every query came to, without addresses and times: two runs must agree on it."""
    return [(p.kind, p.query, p.state, p.rank, p.rows, p.reason) for p in reading.trial.probes]
