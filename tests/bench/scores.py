"""Compares what was read of a set with what is known of it: one score a measure."""

from collections.abc import Iterable, Mapping

import msgspec

from audit.model import Column, DateSource, PageCard, PageKind, VerdictState
from audit.reading.site.digest import Digest
from tests.bench.crawled import Crawled, file_of
from tests.bench.truth import ColumnTruth, SavedSet

BLANK, HIDDEN = "blank-column", "hidden-link"


class Mistake(msgspec.Struct, frozen=True):
    """One thing read amiss."""

    sort: str  # wrong, missed, invented
    what: str
    truth: str
    read: str


class Score(msgspec.Struct):
    """One measure of one set, or of all."""

    measure: str
    truth: int = 0  # things that there are to read
    exact: int = 0
    mistakes: list[Mistake] = []
    note: str = ""
    without: int = 0  # things looked at that have none, where one could be invented

    def take(self, what: str, truth: str, read: str, *, right: bool | None = None) -> None:
        """Count one thing; empty: there is none, or none was read."""
        self.truth += bool(truth)
        self.without += not truth
        if truth == read if right is None else right:
            self.exact += bool(truth)
            return
        sort = "invented" if not truth else "wrong" if read else "missed"
        self.mistakes.append(Mistake(sort, what, truth, read))

    def take_sets(self, truth: Iterable[str], read: Iterable[str], among: int = 0) -> None:
        """Count things that are there or are not; `among`: how many were looked at in all."""
        here, there = set(truth), set(read)
        self.without += max(0, among - len(here | there))
        for one in sorted(here | there):
            self.take(one, one if one in here else "", one if one in there else "")

    def count(self, sort: str) -> int:
        """How many mistakes of a sort."""
        return sum(mistake.sort == sort for mistake in self.mistakes)


def scores_of(saved: SavedSet, found: Crawled) -> tuple[Score, ...]:
    """Every measure of a set, in the order in which they are printed."""
    pages = (*_pages(saved, found), _checked("hidden blocks", HIDDEN, saved, found))
    if saved.loose:
        return pages
    blank = _checked("blank columns", BLANK, saved, found)
    return (*_columns(saved, found), *pages, _dead(saved, found), blank)


def summed(scores: Iterable[Score]) -> tuple[Score, ...]:
    """The scores of several sets as one a measure."""
    total: dict[str, Score] = {}
    for score in scores:
        whole = total.setdefault(score.measure, Score(score.measure, note=score.note))
        whole.truth += score.truth
        whole.exact += score.exact
        whole.without += score.without
        whole.mistakes = [*whole.mistakes, *score.mistakes]
    return tuple(total.values())


def _columns(saved: SavedSet, found: Crawled) -> tuple[Score, ...]:
    names = ("newest date per column", "dates in a column", "pager pages", "column kinds")
    newest, dates, pages, kinds = (Score(name) for name in names)
    whole = bool(saved.known(BLANK))  # a site whose columns all are known
    digests = {file_of(url): digest for url, digest in found.reading.survey.digests.items()}
    columns = {file_of(column.url): column for column in found.reading.columns}
    blank = {_file(path).lstrip("/") for path in found.subjects(BLANK, VerdictState.FAULT)}
    for truth in saved.columns:
        digest = digests.get(truth.file)
        days = [row.day for row in digest.rows if row.day] if digest else []
        column = columns.get(truth.file)
        newest.take(truth.file, truth.newest, _newest(column, digest, saved))
        if truth.dates:
            dates.take(truth.file, _some(truth.dates), _some(str(len(days))))
        if truth.pager_pages:
            pager = digest.pager if digest else None
            pages.take(truth.file, truth.pager_pages, str(pager.pages) if pager else "")
        if whole:
            kind = _kind(truth, digest, is_blank=truth.file in blank)
            kinds.take(truth.file, truth.kind, kind)
    if not whole:
        return (newest,)
    there = Score("columns")
    there.take_sets((one.file for one in saved.columns if one.kind != "redirect"), columns)
    return there, newest, dates, pages, kinds


def _some(count: str) -> str:
    return "" if count == "0" else count


def _newest(column: Column | None, digest: Digest | None, saved: SavedSet) -> str:
    """The column's newest date; of a design that is no column of the site, that of its own list."""
    if column is not None and column.newest is not None:
        return str(column.newest.day)
    if saved.known(BLANK) or digest is None:
        return ""
    return max((str(row.day) for row in digest.rows if row.day), default="")


def _kind(truth: ColumnTruth, digest: Digest | None, *, is_blank: bool) -> str:
    """What we make of a column, in the words of columns.tsv; content and form are one to us."""
    if digest is None:
        return ""
    if digest.leads:
        return "redirect"
    if is_blank:
        return "empty"
    if digest.kind is PageKind.LIST:
        return "list"
    return truth.kind if truth.kind in {"content", "form"} else "content"


def _pages(saved: SavedSet, found: Crawled) -> tuple[Score, ...]:
    dates, kinds = Score("article dates"), Score("page kinds")
    cards: Mapping[str, PageCard] = {file_of(card.url): card for card in found.reading.pages}
    for truth in saved.pages:
        card = cards.get(truth.file)
        dates.take(truth.file, truth.published, _strong(card))
        kind = card.kind.value if card else ""
        read = "" if kind == PageKind.OTHER else kind
        wanted = "|".join(truth.kinds)
        none = truth.kinds == (PageKind.OTHER,)
        kinds.take(truth.file, wanted, kind if none else read, right=kind in truth.kinds)
    return dates, kinds


def _strong(card: PageCard | None) -> str:
    """The publication date that may accuse: not one that only the address tells."""
    if card is None or card.published is None or card.published_source is DateSource.URL:
        return ""
    return str(card.published)


def _dead(saved: SavedSet, found: Crawled) -> Score:
    score = Score("dead links")
    asked = sum(target.looks > 0 for target in found.reading.links if not target.outside)
    score.take_sets(saved.dead(), found.subjects("dead-link", VerdictState.FAULT), asked)
    return score


def _checked(measure: str, check: str, saved: SavedSet, found: Crawled) -> Score:
    """What a check finds against facts.tsv; a hidden block is for people to look at by its nature."""
    score = Score(measure)
    if check not in found.checks:
        score.note = f"there is no check {check} yet"
        return score
    states = (VerdictState.FAULT, VerdictState.REVIEW)
    read = found.subjects(check, *(states if check == HIDDEN else states[:1]))
    among = len(saved.files) if check == HIDDEN else len(found.reading.columns)
    score.take_sets(map(_file, saved.known(check)), map(_file, read), among)
    return score


def _file(path: str) -> str:
    return f"{path}index.html" if path.endswith("/") else path
