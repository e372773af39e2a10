"""Titles and quotations of a text that are opened and never closed, or closed and never opened."""

from collections.abc import Iterator, Sequence
from typing import Final

from audit.model import Slip, SlipKind
from audit.reading.document import LINE, SEAM, Document

PAIRS: Final = (("《", "》"), ("“", "”"))
SHOWN: Final = 14  # characters that are shown from the mark on, or up to it
ENDS: Final = "。；！？"  # of a sentence that was written to its end: lists cut titles short
CUT: Final = ("…", "...", "。。")


def unclosed(document: Document, spans: Sequence[tuple[int, int]]) -> Iterator[Slip]:
    """A sentence with more opening than closing marks, where no paragraph beside it makes up for them."""
    text = document.text
    for opens, closes in PAIRS:
        counts = (sum(text.count(mark, a, b) for a, b in spans) for mark in (opens, closes))
        if next(counts) != next(counts):
            said = LINE.join(text[a:b] for a, b in spans).replace(SEAM, "")
            yield from _lopsided(said.split(LINE), opens, closes)


def _lopsided(lines: Sequence[str], opens: str, closes: str) -> Iterator[Slip]:
    """The line whose marks are odd; not where several are, or the next opens again: one passage of paragraphs."""
    said = [line.strip() for line in lines if line.strip()]
    odd = [at for at, line in enumerate(said) if line.count(opens) != line.count(closes)]
    if len(odd) != 1 or (said[odd[0] + 1 : odd[0] + 2] and said[odd[0] + 1].startswith(opens)):
        return
    line = said[odd[0]]
    if not line.endswith(tuple(ENDS)) or any(cut in line for cut in CUT):
        return
    place = _open(line, opens, closes)
    shown = line[place : place + SHOWN] if place >= 0 else _before(line, opens, closes)
    yield Slip(SlipKind.QUOTE, shown, quote=line[max(0, place - SHOWN) : place + 2 * SHOWN])


def _open(line: str, opens: str, closes: str) -> int:
    """Where the first mark that is never closed stands; below 0: every one is closed."""
    waiting: list[int] = []
    for place, character in enumerate(line):
        if character == opens:
            waiting.append(place)
        elif character == closes and waiting:
            waiting.pop()
    return waiting[0] if waiting else -1


def _before(line: str, opens: str, closes: str) -> str:
    """What stands up to the first closing mark that nothing opened."""
    depth = 0
    for place, character in enumerate(line):
        depth += (character == opens) - (character == closes)
        if depth < 0:
            return line[max(0, place - SHOWN) : place + 1]
    return closes
