"""What a site's search is asked: headlines, a document number, and words that test the engine."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from urllib.parse import urlencode

import msgspec

from audit.model import Column, ColumnClass, DatedItem, Form, ProbeKind, Registers
from audit.model.search import Asking, probe_address
from audit.reading.site.digest import Digest
from audit.reading.site.survey import Survey
from audit.text import normal_title
from audit.urls import key
from audit.vocabulary import pattern_of, words

HEADLINES = 4  # sampled (rulebook 4.6)
YOUNGEST = dt.timedelta(days=7)  # an index may lag behind
OLDEST = dt.timedelta(days=365)
SHORTEST = 8  # characters of a headline
PART_LEAST, PART_MOST = 4, 14  # characters of a headline's part
FURTHER = 2  # ordinary words asked for when the first one found nothing
HELD = 2  # headlines that hold such a word
SYLLABLES = 5  # of the nonsense word
_CONSONANTS, _VOWELS = "bdfgjklmnprstvxz", "aeiou"
# letters, guides and the like: a site need not find them by their titles
_ASIDE = frozenset(
    {
        ColumnClass.INTERACTION,
        ColumnClass.SERVICE,
        ColumnClass.GUIDE,
        ColumnClass.EXTERNAL,
        ColumnClass.STATIC,
        ColumnClass.FUNCTIONS,
        ColumnClass.LEADERS,
    }
)
_CUT = ("…", "...", "．．．")


class Entry(msgspec.Struct, frozen=True):
    """The form that queries go through, and the page on which it stands."""

    form: Form
    page: str
    encoding: str
    by_browser: bool = False


def queries(
    found: Survey, columns: Sequence[Column], registers: Registers, entry: Entry
) -> tuple[str, ...]:
    """The addresses of the first round of queries. The same snapshot gives the same ones."""
    seed = f"{registers.site.id} {registers.as_of or ''}"
    asked = [
        Asking(ProbeKind.TITLE, item.title, item.title, item.url)
        for item in headlines(found, columns, registers.as_of, seed)
    ]
    asked += _numbers(found, registers.as_of, seed)
    asked.append(Asking(ProbeKind.CONTROL, control(columns)))
    asked.append(Asking(ProbeKind.NONSENSE, nonsense(seed)))
    if not entry.by_browser:  # a box may well refuse to be sent empty
        asked.append(Asking(ProbeKind.EMPTY, ""))
    return tuple(submitted(entry, one) for one in asked)


def parts(entry: Entry, missed: Sequence[Asking]) -> tuple[str, ...]:
    """The queries for the longest distinctive parts of headlines that were not found whole."""
    asked = [
        Asking(ProbeKind.PART, part, one.title, one.sought)
        for one in missed
        if (part := part_of(one.title))
    ]
    return tuple(submitted(entry, one) for one in asked)


def submitted(entry: Entry, asking: Asking) -> str:
    """The address of a query as the form sends it, in the encoding of form or page."""
    form = entry.form
    if entry.by_browser:
        typed = msgspec.structs.replace(asking, by_browser=True, box=form.query_field)
        return probe_address(entry.page, typed)
    fields = [*form.fields, (form.query_field, asking.query)]
    encoding = form.charset or entry.encoding or "utf-8"
    sent = urlencode(fields, encoding=encoding, errors="xmlcharrefreplace")
    if form.method == "post":
        return probe_address(form.action, msgspec.structs.replace(asking, form=sent))
    return probe_address(f"{form.action.partition('?')[0]}?{sent}", asking)


def headlines(
    found: Survey, columns: Sequence[Column], as_of: dt.date | None, seed: str
) -> tuple[DatedItem, ...]:
    """Up to HEADLINES that a search must find: dated, unique, whole, of as many columns as may be."""
    if as_of is None:
        return ()
    pages = _pages_by_title(columns)
    named = Counter(digest.name for digest in found.digests.values())
    by_column: list[list[DatedItem]] = []
    taken: set[str] = set()
    searched = [column for column in columns if column.klass not in _ASIDE]
    for column in sorted(searched, key=lambda one: _lot(seed, one.key)):
        rows = sorted(column.rows, key=lambda one: _lot(seed, key(one.url)))
        fit = [row for row in rows if _is_fit(found, row, as_of)]
        kept = [
            row
            for row in fit
            if len(pages[normal_title(row.title)]) == 1
            and named[row.title] <= 1
            and key(row.url) not in taken
        ]
        taken.update(key(row.url) for row in kept)
        by_column.append(kept)
    return tuple(_in_turn(by_column))[:HEADLINES]


def part_of(title: str) -> str:
    """The longest distinctive part of a headline, at most PART_MOST characters; empty: it has none."""
    pieces = [piece for piece in pattern_of("probes", "breaks").split(title) if piece]
    longest = max(pieces, key=len, default="")[:PART_MOST]
    return longest if PART_LEAST <= len(longest) < len(title) else ""


def control(columns: Sequence[Column]) -> str:
    """An ordinary word that the site's headlines hold: a search must find something for it."""
    return _by_use(columns)[0][0]


def more_words(entry: Entry, columns: Sequence[Column]) -> tuple[str, ...]:
    """The queries for further ordinary words, each in several headlines of the site."""
    held = [word for word, uses in _by_use(columns)[1 : FURTHER + 1] if uses >= HELD]
    return tuple(submitted(entry, Asking(ProbeKind.CONTROL, word)) for word in held)


def nonsense(seed: str) -> str:
    """A Latin word that nobody wrote: an engine that finds it finds everything."""
    drawn = sha256(f"{seed} nonsense".encode()).digest()
    return "".join(
        _CONSONANTS[drawn[2 * n] % len(_CONSONANTS)] + _VOWELS[drawn[2 * n + 1] % len(_VOWELS)]
        for n in range(SYLLABLES)
    )


def _by_use(columns: Sequence[Column]) -> list[tuple[str, int]]:
    """The ordinary words and how many headlines hold them, the commonest first."""
    titles = [row.title for column in columns for row in column.rows]
    counted = [
        (word, sum(word in title for title in titles)) for word in words("probes")["control_words"]
    ]
    return sorted(counted, key=lambda one: -one[1])


def _is_fit(found: Survey, row: DatedItem, as_of: dt.date) -> bool:
    """Whether a row is a headline whose page was read and that an index must know."""
    title = row.title
    if row.day is None or not YOUNGEST <= as_of - row.day <= OLDEST:
        return False
    if len(title) < SHORTEST or title.endswith(_CUT) or not found.answers.is_own(row.url):
        return False
    page = found.page(row.url)
    return page is not None and bool(page.name) and _is_alive(page)


def _is_alive(page: Digest) -> bool:
    return page.outcome in ("ok", "not_modified")


def _pages_by_title(columns: Sequence[Column]) -> dict[str, set[str]]:
    pages: dict[str, set[str]] = {}
    for column in columns:
        for row in column.rows:
            pages.setdefault(normal_title(row.title), set()).add(key(row.url))
    return pages


def _in_turn(columns: Sequence[Sequence[DatedItem]]) -> Iterator[DatedItem]:
    """One of each column, then a second one of each, and so on."""
    for place in range(max((len(rows) for rows in columns), default=0)):
        for rows in columns:
            if place < len(rows):
                yield rows[place]


def _numbers(found: Survey, as_of: dt.date | None, seed: str) -> list[Asking]:
    """The number of one document that an index must know."""
    numbered = [
        page
        for page in found.digests.values()
        if page.number and _is_alive(page) and page.published is not None
        and as_of is not None and as_of - page.published.day >= YOUNGEST
    ]  # fmt: skip
    once = Counter(page.number for page in numbered)
    fit = [page for page in numbered if once[page.number] == 1]
    chosen = min(fit, key=lambda one: _lot(seed, key(one.url)), default=None)
    if chosen is None:
        return []
    return [Asking(ProbeKind.NUMBER, chosen.number, chosen.name, chosen.url)]


def _lot(seed: str, name: str) -> str:
    return sha256(f"{seed} {name}".encode()).hexdigest()
