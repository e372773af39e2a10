"""What is to be done at an address, kept in its fragment, which is never sent."""

from typing import TypeVar
from urllib.parse import quote, unquote

import msgspec

T = TypeVar("T")
_SAFE = "[]{}:,/?&=.-_~"  # left as they are


def with_task(url: str, task: object) -> str:
    """The address with the task as JSON in its fragment."""
    return f"{url}#{quote(msgspec.json.encode(task).decode(), safe=_SAFE)}"


def task_of(address: str, kind: type[T]) -> tuple[str, T | None]:
    """The address to ask, and the task there; None: there is none. Raises msgspec.DecodeError."""
    url, _, fragment = address.partition("#")
    return url, msgspec.json.decode(unquote(fragment), type=kind) if fragment else None
