"""One line's labels and values: 主办单位：甲 地址：乙 电话：丙."""

import re
from collections.abc import Iterator
from functools import lru_cache

from audit.text import halfwidth, has_han
from audit.vocabulary import any_of

LABEL = 16  # characters; a longer label is a sentence
CELL_LABEL = 12
VALUE = 300
LONG = 2000  # characters of a line that are looked at
COLON = re.compile(r"[:：]")
EDGES = " \t·•●◆■★※*-—|｜；;，,。、【】[]"
_NEXT = re.compile(
    r"(?:[\s；;。，,|｜、)）\]】]|(?<=[0-9A-Za-z]))([\u4e00-\u9fffA-Za-z（）()]{2,14})$"
)
_TAIL = 20  # characters before a colon in which its label stands
_ENUMERATION = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)+")


@lru_cache(maxsize=4096)
def of_line(line: str) -> tuple[tuple[str, str], ...]:
    """The pairs of one line: 主办单位：甲 地址：乙 电话：丙. Footers say the same on every page."""
    pieces = _split(line)
    found: list[tuple[str, str]] = []
    label = as_label(pieces[0])
    if not label and (match := _NEXT.search(pieces[0][-_TAIL:])):
        label = as_label(match[1])
    for number, piece in enumerate(pieces[1:], 2):
        is_last = number == len(pieces)
        said, following = (piece, "") if is_last else _cut(piece, labelled=bool(label))
        value = said.strip(EDGES)
        if label and value:
            found.append((label, value[:VALUE]))
        elif found and not label and value:
            last, before = found[-1]
            found[-1] = (last, f"{before}：{value}"[:VALUE])
        label = as_label(following)
    return tuple(found)


def _cut(piece: str, *, labelled: bool) -> tuple[str, str]:
    """What stands between two colons: a value and the next label."""
    match = _NEXT.search(piece[-_TAIL:])
    if match is not None:
        return piece[: len(piece) - len(match[1])], match[1]
    whole = piece.strip(EDGES)
    return ("", whole) if not labelled and len(whole) <= LABEL else (piece, "")


def _split(line: str) -> list[str]:
    """The line cut at its colons; those of times of day and of addresses are no cuts."""
    pieces: list[str] = []
    start = 0
    for at in colons(line):
        before, after = line[max(0, at - 1) : at], line[at + 1 : at + 3]
        if (before.isdigit() and after[:1].isdigit()) or after == "//":
            continue
        pieces.append(line[start:at])
        start = at + 1
        if len(pieces) > 40:
            break
    pieces.append(line[start:])
    return pieces


def colons(line: str) -> Iterator[int]:
    """Where colons stand: single characters are found many times faster than one of a set."""
    narrow, wide = line.find(":"), line.find("：")
    while narrow >= 0 or wide >= 0:
        if wide < 0 or 0 <= narrow < wide:
            yield narrow
            narrow = line.find(":", narrow + 1)
        else:
            yield wide
            wide = line.find("：", wide + 1)


@lru_cache(maxsize=8192)
def as_label(text: str) -> str:
    """A label without its number and decoration; empty when it is none."""
    if len(text) > 3 * LABEL:
        return ""
    label = _ENUMERATION.sub("", text.strip(EDGES))
    label = halfwidth(label).replace(" ", "").strip(EDGES)
    if not 1 < len(label) <= LABEL or not (has_han(label) or label.isalpha()):
        return ""
    if any(mark in label for mark in "，。；？！“”《》"):
        return ""
    return "" if any_of("page", "breadcrumb_labels").search(f"{label}：") else label
