"""The reader's hash: a stored page record is good only for the reader that made it."""

import hashlib
from functools import cache
from importlib import metadata, resources
from typing import Final

_LENGTH: Final = 16
_MODULES: Final = (
    *("charset.py", "dates.py", "text.py", "urls.py"),
    *("model/page.py", "model/slips.py", "model/words.py"),
)
WORDS: Final = tuple(  # the lists that the page stage reads
    "concealed dealings facts guides identity idle labels page persons policies probes slips".split()
)
_LATER: Final = frozenset({"__init__.py", "classify.py", "reader.py"})  # no part of a record


@cache
def reader_key() -> str:
    """Hash of what a page record depends on: the page stage's sources, its words, the parser."""
    root = resources.files("audit")
    stage = sorted(
        f"reading/{entry.name}"
        for entry in root.joinpath("reading").iterdir()
        if entry.name.endswith(".py") and entry.name not in _LATER
    )
    made = hashlib.sha256(metadata.version("selectolax").encode())
    lists = (f"vocabulary/{name}.toml" for name in WORDS)
    for name in (*_MODULES, *stage, "vocabulary/__init__.py", *lists):
        made.update(f"\n{name}\n".encode())
        made.update(root.joinpath(name).read_bytes())
    return made.hexdigest()[:_LENGTH]
