"""Reading a rulebook; every problem is one line that names file, key and what is allowed."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any, cast

import msgspec

from audit.errors import ConfigError, did_you_mean
from audit.lines import Lines
from audit.lines import Path as Place
from audit.rulebooks.problems import explain, misfits
from audit.rulebooks.rulebook import Rulebook

SUFFIX = ".toml"
_KEY = re.compile(r"[A-Za-z0-9_.\[\]-]+")
_STEP = re.compile(r"([A-Za-z0-9_-]+)|\[(\d+)\]")


def load(name_or_path: str) -> tuple[Rulebook, str]:
    """A rulebook by its name, or from a `.toml` file, and its text; raises ConfigError."""
    text = _read(name_or_path) if name_or_path.endswith(SUFFIX) else _bundled(name_or_path)
    return parse(text, name_or_path), text


def names() -> tuple[str, ...]:
    """The rulebooks that come with the program."""
    files = resources.files(__package__ or "").iterdir()
    return tuple(
        sorted(file.name.removesuffix(SUFFIX) for file in files if file.name.endswith(SUFFIX))
    )


def parse(text: str, where: str) -> Rulebook:
    """The rulebook that a text states; `where` names it in ConfigError."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([f"{where}：不是正确的 TOML（{error}）"]) from error
    try:
        rulebook = msgspec.convert(raw, Rulebook)
    except msgspec.ValidationError as error:
        problem = explain(str(error), raw)
        raise ConfigError([f"{where}{_at(problem, raw, text)}：{problem}"]) from error
    problems = [f"{where}{_at(one, raw, text)}：{one}" for one in misfits(rulebook)]
    if problems:
        raise ConfigError(problems)
    return rulebook


def place_of(key: str, text: str) -> str:
    """` 第N行` of a key such as `items.news.entries[0].check`; empty when unknown."""
    return _at(key, tomllib.loads(text), text)


def _at(problem: str, raw: Mapping[str, Any], text: str) -> str:
    """Where the key stands with which a problem begins."""
    match = _KEY.match(problem)
    if not match:
        return ""
    lines, path = Lines(text), _path(match[0], raw)
    return lines.at(path) or lines.at((*path, 0))  # a list: where its first entry stands


def _path(key: str, raw: Mapping[str, Any]) -> Place:
    """The steps of a key; an entry of a list may be named by its id."""
    path: list[int | str] = []
    current: Any = raw
    for step in _STEP.finditer(key):
        name: int | str = int(step[2]) if step[2] else step[1]
        if isinstance(current, list) and isinstance(name, str):
            ids = [cast("Mapping[str, Any]", one).get("id") for one in cast("list[Any]", current)]
            if name not in ids:
                break
            name = ids.index(name)
        path.append(name)
        current = _inside(cast("object", current), name)
    return tuple(path)


def _inside(current: object, name: int | str) -> object:
    if isinstance(current, Mapping) and isinstance(name, str):
        return cast("Mapping[str, object]", current).get(name)
    if isinstance(current, list) and isinstance(name, int):
        entries = cast("Sequence[object]", current)
        return entries[name] if name < len(entries) else None
    return None


def _bundled(name: str) -> str:
    if name not in names():
        allowed = "、".join(names())
        raise ConfigError(
            [
                f"没有规则集 {name!r}；可用：{allowed}，或一个 .toml 文件{did_you_mean(name, names())}"
            ]
        )
    return (resources.files(__package__ or "") / f"{name}{SUFFIX}").read_text(encoding="utf-8")


def _read(place: str) -> str:
    path = Path(place)
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        near = did_you_mean(path.name.removesuffix(SUFFIX), names())
        raise ConfigError(
            [f"{place}：找不到规则集文件；自带的规则集：{'、'.join(names())}{near}"]
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError([f"{place}：不是 UTF-8 文本，请另存为 UTF-8"]) from error
    except OSError as error:
        raise ConfigError([f"{place}：读不了（{error.strerror}）"]) from error
