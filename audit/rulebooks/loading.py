"""Reading a rulebook; every problem is one line that names file, key and what is allowed."""

import tomllib
from importlib import resources
from pathlib import Path

import msgspec

from audit.errors import ConfigError
from audit.rulebooks.problems import close, explain, misfits
from audit.rulebooks.rulebook import Rulebook

SUFFIX = ".toml"


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
        raise ConfigError([f"{where}：{explain(str(error), raw)}"]) from error
    problems = [f"{where}：{problem}" for problem in misfits(rulebook)]
    if problems:
        raise ConfigError(problems)
    return rulebook


def _bundled(name: str) -> str:
    if name not in names():
        allowed = "、".join(names())
        raise ConfigError(
            [f"没有规则集 {name!r}；可用：{allowed}，或一个 .toml 文件{close(name, names())}"]
        )
    return (resources.files(__package__ or "") / f"{name}{SUFFIX}").read_text(encoding="utf-8")


def _read(place: str) -> str:
    path = Path(place)
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        near = close(path.name.removesuffix(SUFFIX), names())
        raise ConfigError(
            [f"{place}：找不到规则集文件；自带的规则集：{'、'.join(names())}{near}"]
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError([f"{place}：不是 UTF-8 文本，请另存为 UTF-8"]) from error
    except OSError as error:
        raise ConfigError([f"{place}：读不了（{error.strerror}）"]) from error
