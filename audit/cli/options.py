"""Options that several commands share, and how their values are read."""

import datetime as dt
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from audit.errors import ConfigError, did_you_mean
from audit.report import Format

DEFAULT_CONFIG = Path("config.toml")
DEFAULT_STORE = ".duwang"

ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="配置文件；不写时用当前文件夹的 config.toml")
]
StoreOption = Annotated[
    str | None, typer.Option("--store", help="数据存放处：文件夹或数据库网址", metavar="DIR|URL")
]
OutOption = Annotated[Path | None, typer.Option("--out", help="报告写到哪个文件夹")]
FormatOption = Annotated[
    str | None, typer.Option("--format", help="报告格式，用逗号分开", metavar="LIST")
]
LanguageOption = Annotated[str | None, typer.Option("--lang", help="zh 或 en", metavar="zh|en")]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", help="审计基准日，例如 2026-11-25", metavar="DATE")
]
VerboseOption = Annotated[bool, typer.Option("-v", "--verbose", help="在终端显示详细过程")]
JsonLogOption = Annotated[bool, typer.Option("--log-json", help="日志写成 JSON 行")]


def day(text: str | None, option: str = "--as-of") -> dt.date | None:
    """A date option; raises ConfigError."""
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ConfigError([f"{option}：{text!r} 不是有效的日期，写作 2026-11-25"]) from error


def language(text: str | None, otherwise: str) -> str:
    """The language option; raises ConfigError."""
    if text is None:
        return otherwise
    return one_of(text, ("zh", "en"), "--lang")


def formats(
    text: str | None, otherwise: Sequence[str], known: Mapping[str, Format]
) -> tuple[Format, ...]:
    """The formats of a comma list; raises ConfigError."""
    names = [name.strip() for name in text.split(",")] if text is not None else otherwise
    return tuple(known[one_of(name, tuple(known), "--format")] for name in dict.fromkeys(names))


def one_of(text: str, known: Sequence[str], option: str) -> str:
    """`text` if it is known; raises ConfigError with what is allowed and a guess."""
    if text in known:
        return text
    guess = did_you_mean(text, known)
    raise ConfigError([f"{option}：{text!r} 不认识；可用：{'、'.join(known)}{guess}"])


def at_store(store: str | None) -> str:
    """What a printed command needs to find the store again; empty for the usual one.

    A password is not printed: what a build prints is read by many.
    """
    if store is None or store == DEFAULT_STORE:
        return ""
    return f" --store {shlex.quote(hidden(store))}"


def hidden(store: str) -> str:
    """The store's name without its password."""
    scheme, mark, rest = store.partition("://")
    account, at, place = rest.rpartition("@")
    user, colon, _ = account.partition(":")
    return f"{scheme}{mark}{user}:***@{place}" if mark and at and colon else store


def archive_of(store: str) -> Path | None:
    """Where the bodies of a store lie that is a database address; None: beside the database."""
    return Path(DEFAULT_STORE) / "warc" if "://" in store else None


def log_folder(store: str) -> Path:
    """Where the log lies: beside the store, or in the working folder for a database address."""
    return Path(DEFAULT_STORE) if "://" in store else Path(store)
