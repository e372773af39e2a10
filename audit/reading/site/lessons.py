"""The site's not-found answer, learned from addresses that cannot exist (soft 404)."""

from collections.abc import Iterable

import msgspec
from rapidfuzz.distance import Indel

from audit.model import Fetch, FetchOutcome, PageRecord
from audit.reading.classify import classify
from audit.text import squeeze
from audit.urls import key

ALIKE = 0.9  # share of equal text from which two pages are one (rulebook, soft-404)
COMPARED = 2000  # characters
ENOUGH = 12  # characters below which a text says too little to be compared


class Lesson(msgspec.Struct, frozen=True):
    """One answer to an impossible address."""

    title: str
    shape: str
    content_hash: str
    text: str


class Lessons:
    """What the site says instead of 404."""

    def __init__(self, lessons: Iterable[Lesson], *, sends_home: bool = False) -> None:
        """Keep each lesson once."""
        self._lessons = tuple(dict.fromkeys(lessons))
        self.sends_home = sends_home  # impossible addresses are redirected to the home page

    def matches(self, fetch: Fetch, record: PageRecord) -> bool:
        """Whether the page is the not-found answer: near identity, never a phrase alone."""
        return bool(self._lessons) and any(
            _is_same(lesson, fetch, record) for lesson in self._lessons
        )


def learn(
    canaries: Iterable[tuple[Fetch, PageRecord | None]],
    home: tuple[Fetch, PageRecord] | None,
) -> Lessons:
    """Lessons of the answers with status 200. An answer that is the home page teaches nothing."""
    lessons: list[Lesson] = []
    sent = False
    for fetch, record in canaries:
        if record is None or classify(fetch, record) is not FetchOutcome.OK:
            continue
        if record.script_fills or record.refresh or record.refresh_by_script:
            continue  # a shell that script fills is the same for every page
        lesson = Lesson(record.title, record.shape, record.content_hash, _text(fetch, record))
        if home is not None and _is_home(lesson, fetch, home):
            sent = sent or bool(fetch.hops)
            continue
        lessons.append(lesson)
    return Lessons(lessons, sends_home=sent)


def _is_home(lesson: Lesson, fetch: Fetch, home: tuple[Fetch, PageRecord]) -> bool:
    where = {key(home[0].url), key(home[0].final_url or home[0].url)}
    return key(fetch.final_url or fetch.url) in where or _is_same(lesson, *home)


def _is_same(lesson: Lesson, fetch: Fetch, record: PageRecord) -> bool:
    if lesson.shape == record.shape and lesson.title == record.title:
        if lesson.content_hash == record.content_hash:
            return True
    elif lesson.title != record.title and lesson.shape != record.shape:
        return False
    text = _text(fetch, record)
    longer = max(len(text), len(lesson.text))
    if min(len(text), len(lesson.text)) < ENOUGH or abs(len(text) - len(lesson.text)) > longer / 5:
        return False
    return Indel.normalized_similarity(lesson.text, text, score_cutoff=ALIKE) >= ALIKE


def _text(fetch: Fetch, record: PageRecord) -> str:
    """The page's words without its own address, which not-found pages like to repeat."""
    text = record.text[:COMPARED]
    for own in {fetch.url, fetch.final_url, key(fetch.url)}:
        if len(own) > 1:
            text = text.replace(own, "")
    return squeeze(text)
