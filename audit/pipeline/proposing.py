"""A config proposed from what was read of sites: a person confirms it, line by line.

What the reading is sure of is written; what it is not sure of, or could not see, stands in comments.
"""

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from audit.config import Config
from audit.model import Column, ColumnKind, Fact, FactState, PageKind, UnitFact
from audit.reading import Reading, read_estate
from audit.text import shorten, visible
from audit.urls import host_port, key
from audit.vocabulary import words

NAME = 100  # characters of a name
LIVE = frozenset({ColumnKind.PERIODIC, ColumnKind.EVENT})
_EDGES = re.compile("[-_|—–>＞»]+")
_FACTS: Mapping[Fact, str] = {
    Fact.FUNCTIONS: "职能",
    Fact.STRUCTURE: "机构",
    Fact.ADDRESS: "地址",
    Fact.HOURS: "办公时间",
    Fact.CONTACT: "联系方式",
    Fact.HEAD: "负责人",
}


def proposed(
    config: Config, readings: Sequence[Reading], limits: Mapping[str, str], day: dt.date
) -> str:
    """The text of a config file; `limits`: the rulebook's, by class of column."""
    head = (
        f"# duwang init 在{day.isoformat()}读网站后提出的登记。逐条核对、改正后使用；全部写法见自带的 config.toml 例子。\n"
        "# 登记后不要改 id，历史靠它对应。栏目不登记也会判断；登记的好处是名称、类别、期限、责任处室由人来定。\n"
    )
    facts = read_estate(readings, (), partial=False).facts
    parts = [head]
    if allowed := config.tables.crawl.allow_addresses:
        parts.append(f"\n[crawl]\nallow_addresses = {_said(list(allowed))}  # 内网或本机地址\n")
    for reading in readings:
        own = [one for one in facts if one.site == reading.card.id]
        parts += ["\n", *_site(reading, limits), "\n", *_unit(reading, own)]
    return "".join(parts)


def _site(reading: Reading, limits: Mapping[str, str]) -> Iterator[str]:
    card = reading.card
    yield "[[sites]]\n"
    yield f"id = {_said(card.id)}\n"
    yield f"name = {_said(name_of(reading))}  # 取自首页标题，请核对\n"
    yield f"home = {_said(card.home)}\n"
    yield f"unit = {_said(card.id)}\n"
    if (folder := _folder(card.home)) != "/":
        yield f"# folders = [{_said(folder)}]  # 与别的单位共用主机时去掉行首的 #：目录以外的页面算别的单位的\n"
    yield from _codes(reading)
    if reading.unavailable is not None:
        yield f"# 首页没有读到（{reading.unavailable.value}）：栏目没有看到，不等于没有\n"
        return
    columns = reading.columns
    if not columns:
        yield "# 没有找到栏目；可能要用浏览器才看得到：duwang init --browser\n"
    for column in columns:
        if column.kind in LIVE:
            yield from _column(column, card.home, limits)
    still = [column for column in columns if column.kind not in LIVE]
    if still:
        yield "\n# 内容固定、归档或指向站外的栏目，一般不必登记；看错了的，照上面的写法登记：\n"
    for column in still:
        told = f"{column.klass.value}，{column.kind.value}"
        yield f"#   {_plain(column.name)}  {_address(column.url, card.home)}  （{told}）\n"


def _codes(reading: Reading) -> Iterator[str]:
    """The site code, where the site says one and no other."""
    if reading.unavailable is not None:
        return
    values = sorted({code.value for code in reading.site_codes if code.value})
    if len(values) == 1:
        yield f"site_code = {_said(values[0])}  # 网页上写的，请与备案核对\n"
    elif values:
        yield f"# site_code：网页上写了几个不同的网站标识码：{'、'.join(map(_plain, values))}\n"


def _column(column: Column, home: str, limits: Mapping[str, str]) -> Iterator[str]:
    """One column; one that could not be read is proposed in comments."""
    mark = "# " if column.unavailable is not None else ""
    limit = limits.get(column.klass.value, "")
    yield "\n"
    for line in _seen(column):
        yield f"# {line}\n"
    yield f"{mark}[[sites.columns]]\n"
    yield f"{mark}name = {_said(shorten(visible(column.name), NAME) or column.key)}\n"
    yield f"{mark}url = {_said(_address(column.url, home))}\n"
    yield f"{mark}class = {_said(column.klass.value)}\n"
    yield f"{mark}kind = {_said(column.kind.value)}\n"
    if limit:
        yield f"# limit = {_said(limit)}  # 规则集对这一类的期限；要用别的期限才写\n"
    yield '# owner = ""  # 责任处室\n'


def _seen(column: Column) -> Iterator[str]:
    """What the proposal rests on."""
    if len(column.path) > 1:
        yield _plain(" › ".join(column.path))
    if column.unavailable is not None:
        yield f"没有读到（{column.unavailable.value}），是不是栏目请打开看"
    elif column.script_fills:
        yield "内容由脚本填写，没有用浏览器，条数和日期没有看到"
    elif column.items:
        newest = (
            f"，最新{column.newest.day}"
            if column.newest and column.newest.day
            else "，没有看到日期"
        )
        yield f"看到{column.items}条{newest}"
    else:
        yield "没有看到条目"


def _unit(reading: Reading, facts: Sequence[UnitFact]) -> Iterator[str]:
    card = reading.card
    yield "[[units]]\n"
    yield f"id = {_said(card.id)}\n"
    yield f"name = {_said(name_of(reading))}  # 单位全称，请核对\n"
    yield f"site = {_said(card.id)}\n"
    yield "# aliases = []  # 简称\n"
    pages = Counter(one.url for one in facts if one.state is FactState.PRESENT and one.url)
    for url, _ in pages.most_common(1):
        told = "、".join(_FACTS[one.fact] for one in facts if one.url == url)
        yield f"# facts_page = {_said(_address(url, card.home))}  # 这里读到：{told}\n"
    missing = [_FACTS[one.fact] for one in facts if one.state is FactState.MISSING]
    if missing:
        yield f"# 没有找到：{'、'.join(missing)}\n"
    yield "# services = true  # 是否对外提供办事服务\n"


def name_of(reading: Reading) -> str:
    """What the site calls itself on its home page, without 首页; its host where it says nothing."""
    home = reading.card.home
    if reading.unavailable is not None:
        return host_port(home)
    names = words("columns")["home_names"]
    for page in reading.pages:
        if page.url != home and page.kind is not PageKind.HOME:
            continue
        parts = [part.strip() for part in _EDGES.split(visible(page.title))]
        parts = [part for part in parts if part and part not in names]
        if parts:
            return shorten(max(parts, key=len), NAME)
    return host_port(home)


def _address(url: str, home: str) -> str:
    """Path and query on the home page's host, else the whole address."""
    return key(url) if host_port(url) == host_port(home) and key(url).startswith("/") else url


def _folder(home: str) -> str:
    path = key(home).partition("?")[0]
    return path.rpartition("/")[0] + "/"


def _said(value: str | list[str]) -> str:
    """As TOML: a JSON string is a TOML string."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _plain(text: str) -> str:
    """One clean line for a comment."""
    return shorten(visible(text), NAME)
