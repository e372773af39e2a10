"""Whose block a place of the page stands in: headings and lines that are an organisation's name."""

from bisect import bisect_right
from functools import lru_cache

from audit.reading.document import LINE, SEAM, Document, tidy
from audit.reading.tabled import is_organisation
from audit.vocabulary import pattern_of, words

LONGEST = 40  # characters of a line that can be a name
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
NO_HEADING = 9
_TAIL = f" :：\t\n\r\u3000\xa0{SEAM}"


class Scopes:
    """Names by the position where their block begins; a heading of the same or a higher rank ends it."""

    def __init__(self, document: Document) -> None:
        """Look at every short line once."""
        ranks = {
            heading.start: int(heading.tag[1])
            for heading in document.tagged(*HEADINGS)
            if not heading.hidden
        }
        self._starts: list[int] = []
        self._names: list[str] = []
        rank = NO_HEADING
        position = 0
        for line in document.text.split(LINE):
            own = ranks.get(position) or ranks.get(position + 1) or ranks.get(position + 2) or 0
            name = _name(line) if len(line) <= LONGEST and _ends_like_one(line) else ""
            if name:
                self._open(position, name)
                rank = own or NO_HEADING
            elif own and own <= rank and self._names and self._names[-1]:
                self._open(position, "")
            position += len(line) + 1

    def at(self, position: int) -> str:
        """The name whose block holds the position; empty: none."""
        place = bisect_right(self._starts, position) - 1
        return self._names[place] if place >= 0 else ""

    def _open(self, position: int, name: str) -> None:
        self._starts.append(position)
        self._names.append(name)


@lru_cache(maxsize=8192)
def _ends_like_one(line: str) -> bool:
    """A cheap look at the last letter, for most lines are no names."""
    said = line.rstrip(_TAIL)
    return bool(said) and said[-1] in words("facts")["organisation_ends"][0]


def _name(line: str) -> str:
    said = pattern_of("facts", "before_name").sub("", tidy(line)).strip(" :：")
    return said if is_organisation(said) else ""
