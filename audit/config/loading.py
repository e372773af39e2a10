"""Reading config.toml: every problem is one line that names file, line, key and what is allowed."""

import datetime as dt
import json
import re
import ssl
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError

from audit.api import AnyCheck
from audit.config.config import Config
from audit.config.problems import explain
from audit.config.rules import rulebook_problems
from audit.config.tables import SiteTable, Tables, duplicates
from audit.config.waivers import waiver_problems
from audit.errors import ConfigError, did_you_mean
from audit.lines import Lines
from audit.rulebooks import FALLBACK, Rulebook
from audit.rulebooks import load as load_rulebook
from audit.urls import host_port, scheme_of

_NOT_ID = re.compile(r"[^a-z0-9-]+")
_REGISTERS = ("sites", "units", "accounts", "reposts", "confirmations", "waivers")


def load(
    path: Path, checks: Mapping[str, AnyCheck], formats: Sequence[str], day: dt.date | None = None
) -> Config:
    """Read and check a file and what it includes; raises ConfigError with every problem.

    `day`: of the run that it is read for, from which waivers count their months.
    """
    where = str(path)
    text = _read(path)
    raw = _parse(text, where)
    lines = Lines(text)
    for pattern in _patterns(raw):
        for included in _included(path, pattern, where):
            part = _parse(_read(included), str(included))
            _merge(raw, part, str(included))
    tables = _placed(_tables(raw, where, lines), path.parent)
    problems = [
        *_misfits(tables, where, lines),
        *_authority_problems(tables, where, lines),
        *_check_problems(tables, checks, where, lines),
        *_format_problems(tables, formats, where, lines),
        *(waiver_problems(tables, max(day, tables.run.as_of or day), where, lines) if day else ()),
    ]
    if problems:
        raise ConfigError(problems)
    return Config(tables)


def of_addresses(addresses: Sequence[str], *, named: bool = False) -> Config:
    """A config for bare addresses; raises ConfigError.

    `named`: a person named them by hand, which is naming their hosts: private ones are allowed, and only those.
    """
    hosts = {host_port(one): None for one in addresses if scheme_of(one) in {"http", "https"}}
    raw: dict[str, Any] = {
        "sites": [_bare_site(address) for address in addresses],
        "crawl": {"allow_addresses": [one for one in hosts if one and named]},
    }
    tables = _tables(raw, "命令行", Lines(""))
    problems = list(_misfits(tables, "命令行", Lines("")))
    if problems:
        raise ConfigError(problems)
    return Config(tables)


def _bare_site(address: str) -> dict[str, str]:
    """A site named by its host: the same address is the same site in every run."""
    host = host_port(address).removesuffix(":80").removesuffix(":443") or "site"
    return {"id": _NOT_ID.sub("-", host.lower()).strip("-")[:64], "name": host, "home": address}


def restore(text: str) -> Config:
    """The config that was stored with a run (`Config.text`)."""
    return Config(Tables.model_validate(json.loads(text)))


def saw_alike(one: str, other: str, site: str) -> bool:
    """Whether runs with these configs (`Config.text`) look at the same pages of a site."""
    return one == other or restore(one).seen_of(site) == restore(other).seen_of(site)


def scope_alike(one: str, other: str, site: str) -> bool:
    """Whether runs with these configs look equally far on a site."""
    return one == other or restore(one).scope_of(site) == restore(other).scope_of(site)


def judged_alike(one: str, other: str) -> bool:
    """Whether runs with these configs judge the same pages alike, but for settings of checks."""
    return one == other or restore(one).judging() == restore(other).judging()


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        near = did_you_mean(
            path.name, [p.name for p in path.parent.glob("*.toml")] if path.parent.is_dir() else []
        )
        raise ConfigError([f"{path}：找不到配置文件{near}"]) from error
    except UnicodeDecodeError as error:
        raise ConfigError([f"{path}：不是 UTF-8 文本，请另存为 UTF-8"]) from error
    except OSError as error:
        raise ConfigError([f"{path}：读不了（{error.strerror}）"]) from error


def _parse(text: str, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([f"{where}：不是正确的 TOML（{error}）"]) from error


def _patterns(raw: Mapping[str, Any]) -> Iterator[str]:
    found = raw.get("include", ())
    if isinstance(found, list):
        for pattern in cast("list[object]", found):
            if isinstance(pattern, str):
                yield pattern


def _included(path: Path, pattern: str, where: str) -> list[Path]:
    parts = Path(pattern).parts
    if Path(pattern).is_absolute() or ".." in parts:
        raise ConfigError([f"{where}：include 只能指向配置文件所在文件夹之内，而不是 {pattern!r}"])
    found = sorted(path.parent.glob(pattern))
    if not found:
        raise ConfigError([f"{where}：include = {pattern!r} 没有对应的文件"])
    return found


def _merge(raw: dict[str, Any], part: dict[str, Any], where: str) -> None:
    """Add the registers of an included file; other tables belong in the main file."""
    for key, value in part.items():
        if key not in _REGISTERS:
            allowed = "、".join(_REGISTERS)
            raise ConfigError(
                [
                    f"{where}：被包含的文件里不能有 {key}；可用：{allowed}{did_you_mean(key, _REGISTERS)}"
                ]
            )
        if isinstance(value, list):
            raw[key] = [*raw.get(key, []), *cast("list[object]", value)]


def _tables(raw: dict[str, Any], where: str, lines: Lines) -> Tables:
    try:
        return Tables.model_validate(raw)
    except ValidationError as error:
        found = error.errors()
        # A list whose only entry is wrong is called empty too: that is no second mistake.
        inner = {one["loc"][0] for one in found if len(one["loc"]) > 1}
        told = [one for one in found if not (one["type"] == "too_short" and one["loc"][0] in inner)]
        raise ConfigError([explain(one, Tables, where, lines) for one in told]) from error


def _placed(tables: Tables, folder: Path) -> Tables:
    """The tables with the file of authorities named from the root: a stored run is resumed anywhere."""
    if not tables.crawl.ca_file:
        return tables
    at = str((folder / tables.crawl.ca_file).resolve())
    return tables.model_copy(update={"crawl": tables.crawl.model_copy(update={"ca_file": at})})


def _authority_problems(tables: Tables, where: str, lines: Lines) -> Iterator[str]:
    """A file of authorities that holds none."""
    if not tables.crawl.ca_file:
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(tables.crawl.ca_file)
    except OSError:  # the errors of TLS are of that kind too
        at = lines.at(("crawl", "ca_file"))
        yield f"{where}{at}：crawl.ca_file = {tables.crawl.ca_file!r} 读不到证书，要写一个 PEM 文件"


def _misfits(tables: Tables, where: str, lines: Lines) -> Iterator[str]:
    """Ids that occur twice or name nothing."""
    sites = [site.id for site in tables.sites]
    units = [unit.id for unit in tables.units]
    for kind, ids in (("sites", sites), ("units", units)):
        for twice in duplicates(ids):
            at = lines.last(kind, "id", twice)
            yield f"{where}{at}：{kind} 的 id {twice!r} 重复，每个 id 只能用一次"
    for home in duplicates(site.home for site in tables.sites):
        yield f"{where}：sites 的 home {home} 重复登记"
    for unit in tables.units:
        yield from _unknown_id("units", "site", unit.site, sites, where, lines)
        yield from _unknown_id("units", "parent", unit.parent, units, where, lines)
        if unit.parent == unit.id:
            yield f"{where}：units 的 {unit.id!r} 不能是自己的上级"
    for site in tables.sites:
        yield from _unknown_id("sites", "unit", site.unit, units, where, lines)
        yield from _column_problems(site, where)
    for account in tables.accounts:
        yield from _unknown_id("accounts", "unit", account.unit, units, where, lines)
    for repost in tables.reposts:
        yield from _unknown_id("reposts", "site", repost.site, sites, where, lines)
    for waiver in tables.waivers:
        yield from _unknown_id("waivers", "site", waiver.site, sites, where, lines)


def _column_problems(site: SiteTable, where: str) -> Iterator[str]:
    for url in duplicates(column.url for column in site.columns):
        yield f"{where}：网站 {site.id} 的栏目 {url} 重复登记"


def _unknown_id(
    table: str, key: str, value: str | None, known: Sequence[str], where: str, lines: Lines
) -> Iterator[str]:
    if value is not None and value not in known:
        allowed = "、".join(known) or "（还没有登记）"
        at = lines.last(table, key, value)
        yield f"{where}{at}：{table}.{key} = {value!r} 没有登记；可用：{allowed}{did_you_mean(value, known)}"


def _check_problems(
    tables: Tables, checks: Mapping[str, AnyCheck], where: str, lines: Lines
) -> Iterator[str]:
    place = _rulebook_place(tables.run.rulebook, where)
    rulebook, text = load_rulebook(place)
    yield from rulebook_problems(rulebook, text, place, checks)
    yield from _office_problems(tables, rulebook, checks, where, lines)
    for waiver in tables.waivers:
        if waiver.check is not None:
            yield from _unknown_id("waivers", "check", waiver.check, sorted(checks), where, lines)
    for check_id, settings in tables.checks.items():
        check = checks.get(check_id)
        at = lines.at(("checks", check_id))
        if check is None:
            known = "、".join(sorted(checks))
            yield f"{where}{at}：没有检查项 {check_id!r}；可用：{known}{did_you_mean(check_id, sorted(checks))}"
            continue
        merged = {**rulebook.settings_of(check_id), **settings}
        try:
            check.settings.model_validate(merged)
        except ValidationError as error:
            for one in error.errors():
                if one["loc"] and one["loc"][0] in settings:
                    yield explain(one, check.settings, where, lines, above=("checks", check_id))


def _office_problems(
    tables: Tables, rulebook: Rulebook, checks: Mapping[str, AnyCheck], where: str, lines: Lines
) -> Iterator[str]:
    """An office is given to a check, to a duty, or to what has no other office."""
    known = [*sorted(checks), *rulebook.duty_ids(), FALLBACK]
    for name in tables.offices:
        if name not in known:
            at = lines.at(("offices", name))
            yield (
                f"{where}{at}：offices.{name} 是不认识的键；要写检查项、任务编号（例如 D30）或 {FALLBACK}"
                f"{did_you_mean(name, known)}"
            )


def _rulebook_place(name: str, where: str) -> str:
    """A rulebook file is named relative to the config."""
    return str(Path(where).parent / name) if name.endswith(".toml") else name


def rulebook_of(config: Config, where: str = "") -> tuple[Rulebook, str]:
    """The rulebook that a config names, and its text."""
    return load_rulebook(_rulebook_place(config.tables.run.rulebook, where))


def _format_problems(
    tables: Tables, formats: Sequence[str], where: str, lines: Lines
) -> Iterator[str]:
    for name in tables.output.formats:
        if name not in formats:
            at = lines.at(("output", "formats"))
            yield f"{where}{at}：output.formats 里的 {name!r} 不认识；可用：{'、'.join(formats)}{did_you_mean(name, formats)}"
