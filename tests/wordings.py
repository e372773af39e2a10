"""Paragraphs of official prose with what a proofreader would mark in them: `tests/wording/*.toml`.

`first.toml` was written before the checks read it, and they were mended by it; `second.toml` after that,
so that what is found there says more of pages that nobody has seen. In `meeting.toml` two words meet so
that a wrong one seems to stand between them.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from audit.model import DatumKind, SlipKind
from audit.reading import read_page
from audit.reading.personal import mask
from checks import garbled_text, misstated_name, placeholder_text, secret_mark, text_slip

FOLDER = Path(__file__).parent / "wording"
TITLE = "示例省交通运输厅工作动态"
CHECKS: dict[str, frozenset[SlipKind | DatumKind]] = {
    "misstated-name": frozenset(misstated_name.KINDS),
    "text-slip": frozenset(text_slip.KINDS),
    "placeholder-text": frozenset(placeholder_text.KINDS),
    "garbled-text": frozenset(garbled_text.KINDS),
    "secret-mark": frozenset(secret_mark.KINDS),
    "exposed-personal-data": frozenset(DatumKind),
}

Mark = tuple[str, str]  # check, words


class Paragraph(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Some words of a page, and what is wrong with them."""

    text: str = ""
    html: str = ""
    title: str = TITLE
    wrong: tuple[str, ...] = ()  # `kind: words`
    open: bool = False  # known to be judged amiss

    @property
    def page(self) -> str:
        """The page that shows it."""
        body = self.html or f"<p>{self.text}</p>"
        return f'<title>{self.title}</title><body><h1>{self.title}</h1><div id="zoom">{body}</div></body>'

    @property
    def marks(self) -> list[Mark]:
        """What is wrong, by check."""
        return [_mark(*one.split(": ", 1)) for one in self.wrong]


class Judged(msgspec.Struct, frozen=True):
    """A paragraph with what was found right, found amiss and missed in it."""

    paragraph: Paragraph
    right: tuple[Mark, ...]
    amiss: tuple[Mark, ...]
    missed: tuple[Mark, ...]


@cache
def paragraphs(name: str) -> tuple[Paragraph, ...]:
    """The paragraphs of one file."""
    file = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return tuple(msgspec.convert(table, Paragraph) for table in file["paragraph"])


@cache
def judged(paragraph: Paragraph) -> Judged:
    """What is found in a paragraph, held against what is wrong with it."""
    record = read_page(paragraph.page.encode(), "http://site.test/1.html", "text/html")
    found = [_mark(slip.kind, slip.words) for slip in record.slips]
    found += [_mark(datum.kind, datum.masked) for datum in record.personal]
    truth = paragraph.marks
    return Judged(
        paragraph,
        tuple(one for one in truth if any(_is_same(one, other) for other in found)),
        tuple(one for one in found if not any(_is_same(one, other) for other in truth)),
        tuple(one for one in truth if not any(_is_same(one, other) for other in found)),
    )


def _mark(kind: str, words: str) -> Mark:
    check = next(check for check, kinds in CHECKS.items() if kind in kinds)
    is_number = check == "exposed-personal-data" and words.isalnum()
    return check, mask(words) if is_number else words


def _is_same(one: Mark, other: Mark) -> bool:
    """Whether two marks of a check are of the same words, one perhaps with more of them."""
    return one[0] == other[0] and (one[1] in other[1] or other[1] in one[1])


def files() -> Iterator[str]:
    """The names of the files."""
    return (path.stem for path in sorted(FOLDER.glob("*.toml")))
