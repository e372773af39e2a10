"""A site of 200 pages, a tenth of them columns that only script fills."""

import json

from tests.served import Script, answer

FILLED, PLAIN, ARTICLES = 20, 9, 170
PAGES = 1 + FILLED + PLAIN + ARTICLES
FILLS = (
    "fetch('{data}').then(r => r.json()).then(rows => {{ document.getElementById('list').innerHTML ="
    " rows.map(r => `<li><a href='${{r[0]}}'>${{r[1]}}</a><span>${{r[2]}}</span></li>`).join('') }})"
)


def pages() -> dict[str, Script]:
    """Every page by its path, and the data of the columns that script fills."""
    plain = {f"/p{n}/": f"第{n}类交通信息" for n in range(PLAIN)}
    filled = {f"/s{n}/": f"第{n}类公开目录" for n in range(FILLED)}
    menu = "".join(f'<a href="{path}">{name}</a>' for path, name in {**plain, **filled}.items())
    rows = [_row(n) for n in range(ARTICLES)]
    made: dict[str, Script] = {"/": _page("示例交通运输厅", menu, f"<ul>{_list(rows[:8])}</ul>")}
    for n, (path, name) in enumerate(plain.items()):
        made[path] = _page(
            name, menu, f'<h2>{name}</h2><ul class="list">{_list(rows[n::PLAIN])}</ul>'
        )
    for n, (path, name) in enumerate(filled.items()):
        data = f"/data/{n}.json"
        made[data] = answer(json.dumps(rows[n : n + 12]), content_type="application/json")
        script = f"<script>{FILLS.format(data=data)}</script>"
        made[path] = _page(name, menu, f'<h2>{name}</h2><ul class="list" id="list"></ul>{script}')
    for path, title, day in rows:
        text = f"<h1>{title}</h1><p>发布时间：{day}</p><div>{'具体内容见正文。' * 40}</div>"
        made[path] = _page(title, menu, text)
    return made


def _row(number: int) -> tuple[str, str, str]:
    day = f"2020-{6 - number // 34:02}-{28 - number % 28:02}"
    return f"/a/{number}.html", f"关于第{number}号公路养护工程安排的通知", day


def _list(rows: list[tuple[str, str, str]]) -> str:
    return "".join(f'<li><a href="{p}">{t}</a><span>{d}</span></li>' for p, t, d in rows)


def _page(title: str, menu: str, body: str) -> bytes:
    return answer(
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f'<div class="nav"><a href="/">首页</a>{menu}</div><div class="content">{body}</div>'
        '<div class="footer">主办单位：示例交通运输厅</div></body></html>'
    )
