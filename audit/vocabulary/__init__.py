"""The words of the field as data: `<name>.toml` holds lists of words and patterns by key."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import cast


@cache
def words(name: str) -> Mapping[str, tuple[str, ...]]:
    """All lists of one vocabulary, by key."""
    text = (resources.files(__name__) / f"{name}.toml").read_text(encoding="utf-8")
    lists = cast("dict[str, list[str]]", tomllib.loads(text))
    return MappingProxyType({key: tuple(values) for key, values in lists.items()})


@cache
def any_of(name: str, key: str) -> re.Pattern[str]:
    """A pattern that finds any word of a list, longest first; words are taken literally."""
    listed = sorted(words(name)[key], key=lambda word: (-len(word), word))
    return re.compile("|".join(re.escape(word) for word in listed))


@cache
def pattern_of(name: str, key: str) -> re.Pattern[str]:
    """A pattern that finds any pattern of a list, in the order of the list."""
    return re.compile("|".join(f"(?:{one})" for one in words(name)[key]), re.IGNORECASE)
