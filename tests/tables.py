"""Cases that stand in files of one folder, each named by its file and its own name."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

T = TypeVar("T")


def tables_of(
    folder: Path, key: str, kind: type[T], *, but: frozenset[str] = frozenset()
) -> Iterator[T]:
    """The tables under a key of every file but some, file by file in the order of their names."""
    for path in sorted(folder.glob("*.toml")):
        if path.stem in but:
            continue
        for table in tomllib.loads(path.read_text(encoding="utf-8"))[key]:
            yield msgspec.convert({**table, "name": f"{path.stem}: {table['name']}"}, kind)
