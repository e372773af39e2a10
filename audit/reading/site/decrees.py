"""The site's own documents: their marks of openness, and the decisions that repealed them."""

import datetime as dt
from collections.abc import Iterable

import msgspec

from audit.model import Decree, PageKind, PageRecord
from audit.reading.site.digest import Digest
from audit.text import document_number, document_numbers, normal_title, quoted_titles
from audit.vocabulary import pattern_of

END = 300  # characters at a document's end in which its mark stands
VALUE = 12  # characters of what a label says
LEAST = 8  # characters of a title by which a document is known
KEPT = 3000


class Paper(msgspec.Struct, frozen=True, array_like=True):
    """What the reading knows of a document of the site's own units."""

    url: str
    title: str
    number: str
    disclosure: str
    validity: str
    published: dt.date | None
    sha256: str


class Repeal(msgspec.Struct, frozen=True, array_like=True):
    """A decision that repeals documents, and what it names."""

    url: str
    title: str
    day: dt.date | None
    numbers: frozenset[str]
    titles: frozenset[str]


class Marks(msgspec.Struct, frozen=True, array_like=True):
    """What a document's own page says of itself."""

    disclosure: str = ""
    gone: str = ""  # that it is no longer in force
    hint: str = ""  # words of an end that are no such mark
    thin: bool = False


class Decrees:
    """Takes down marks of documents and what decisions repeal."""

    def __init__(self) -> None:
        """Start with none."""
        self._marks: dict[str, Marks] = {}
        self._repeals: list[Repeal] = []

    def take(self, digest: Digest, record: PageRecord) -> None:
        """Look at an article."""
        title = digest.name
        if digest.kind is not PageKind.ARTICLE:
            return
        repeals = pattern_of("dealings", "repeals").search(title)
        if repeals and not pattern_of("dealings", "not_repeals").search(title):
            self._repeal(digest, record)
        if digest.number and len(self._marks) < KEPT:
            labels = " ".join(f"{one.label}：{one.value[:VALUE]}" for one in record.spoken)
            ends = f"{record.text[:END]} {labels} {record.text[-END:]}"
            marked = pattern_of("dealings", "imprint").search(ends)
            head = f"{title} {record.text[:END]} {' '.join(record.headings)}"
            gone, hint = _end_of(head)
            thin = bool(record.attachments or record.images) and len(record.text) < END
            hint = hint or ("" if gone else record.ended)
            self._marks[digest.url] = Marks(marked[0] if marked else "", gone, hint, thin)

    def _repeal(self, digest: Digest, record: PageRecord) -> None:
        text = _without_grounds(record.text)
        named = (normal_title(title) for title in quoted_titles(text))
        published = digest.published
        self._repeals.append(
            Repeal(
                digest.url,
                digest.name,
                published.day if published else None,
                frozenset(document_numbers(text)),
                frozenset(title for title in named if len(title) >= LEAST),
            )
        )

    def made(self, papers: Iterable[Paper]) -> tuple[Decree, ...]:
        """Every paper with its marks and with the decision that repeals it, if any."""
        return tuple(self._decree(paper) for paper in papers)

    def _decree(self, paper: Paper) -> Decree:
        marks = self._marks.get(paper.url, Marks())
        repeal, by_number = self._repeal_of(paper)
        return Decree(
            url=paper.url,
            title=paper.title,
            number=paper.number,
            disclosure=paper.disclosure or marks.disclosure,
            validity=_tells(paper.validity) or marks.gone,
            repealed_by=repeal.url if repeal else "",
            repealed_title=repeal.title if repeal else "",
            by_number=by_number,
            thin=marks.thin,
            sha256=paper.sha256,
            hint=marks.hint,
        )

    def _repeal_of(self, paper: Paper) -> tuple[Repeal | None, bool]:
        """The decision that names the paper; one older than the paper repeals another."""
        number = document_number(paper.number) or paper.number
        names = {normal_title(title) for title in (paper.title, *quoted_titles(paper.title))}
        for repeal in self._repeals:
            older = repeal.day and paper.published and repeal.day < paper.published
            if repeal.url == paper.url or older:
                continue
            # what stands before a number runs into it: 决定废止示交规〔2016〕3号
            if number and any(one.endswith(number) for one in repeal.numbers):
                return repeal, True
            if names & repeal.titles:
                return repeal, False
        return None, False


def _without_grounds(text: str) -> str:
    """A decision without what it rests on and what it keeps: 根据《…》（示交规〔2018〕1号）规定， repeals nothing."""
    text = pattern_of("dealings", "kept_parts").sub("", text)
    text = pattern_of("dealings", "grounds").sub("", text)
    return pattern_of("dealings", "grounds_left").sub("", text)


def _tells(validity: str) -> str:
    """The words of a label of validity, when they say that the document is no longer in force."""
    return validity if pattern_of("dealings", "repealed_labels").search(validity) else ""


def _end_of(head: str) -> tuple[str, str]:
    """What marks the document as no longer in force, else what may; ends of earlier ones are none."""
    own = pattern_of("page", "repealed_others").sub("", head)
    if gone := pattern_of("page", "repealed_marks").search(own):
        return gone[0], ""
    hint = pattern_of("dealings", "repealed_hints").search(own)
    return "", hint[0] if hint else ""
