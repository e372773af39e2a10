"""What judged a run: another version of the program may see more on the same pages."""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

_LENGTH = 16
_SOURCES = (".py", ".toml")
_BESIDE = frozenset({"cli", "crawl", "demo", "report", "rulebooks", "store", "__pycache__"})
"""Parts that decide nothing of a judgement, or that are stored with the run."""


@cache
def program_key() -> str:
    """Hash of all that turns stored bodies into a judgement: reading, checks, their words."""
    made = hashlib.sha256()
    for package in ("audit", "checks"):
        for name, entry in _files(resources.files(package), package):
            made.update(f"\n{name}\n".encode())
            made.update(entry.read_bytes())
    return made.hexdigest()[:_LENGTH]


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            if entry.name not in _BESIDE:
                yield from _files(entry, f"{path}/{entry.name}")
        elif entry.name.endswith(_SOURCES):
            yield f"{path}/{entry.name}", entry
