"""When a page was published: labelled, in meta, in script, in its address. Never from body text."""

import datetime as dt
import re
from functools import cache, lru_cache

from audit import dates
from audit.model import DateMark, DateSource
from audit.reading.document import Document
from audit.vocabulary import any_of, pattern_of, words

META, LABEL, SCRIPT, OPEN_GRAPH, QUOTED, URL = 0.95, 0.9, 0.85, 0.8, 0.7, 0.3
FAR = 4000  # characters of visible text in which a label may stand
TAIL = 600  # characters in which a signature stands
BARE = 2  # characters of the labels 时间 and 日期
NEAR = 60  # characters around a bare label in which the info line's other words stand
SCRIPT_LENGTH = 20_000
_AFTER = re.compile(r"\s{0,3}[:：]?[\s\[【]{0,4}")
_QUOTED = re.compile(r"[\"'](?:19|20)\d\d")
_LONGEST = 8  # characters of the longest label of another date


def page_dates(
    document: Document, meta: dict[str, str], text: str, lead: str | None
) -> tuple[DateMark, ...]:
    """Every reading of the publication date, best first, each source once.

    `text` is the visible text of the body region, `lead` the part of it that is not the article;
    None: the article's element is not known.
    """
    marks = [
        mark
        for mark in (
            _from_meta(meta),
            _from_label(text[:FAR], lead),
            _from_scripts(document),
            _from_url(document.url),
        )
        if mark is not None
    ]
    return tuple(sorted(marks, key=lambda mark: -mark.confidence))


def written_date(text: str) -> dt.date | None:
    """成文日期: after its label, or a signature in Chinese numerals at the end."""
    head = text[:FAR]
    for label in words("page")["written_labels"]:
        found = _behind(head, label, ())
        if found is not None:
            return found[0].day
    return dates.chinese(text[-TAIL:])


def _from_meta(meta: dict[str, str]) -> DateMark | None:
    for name in words("page")["date_metas"]:
        value = meta.get(name, "")
        if not value:
            continue
        found = dates.first(value)
        day = dates.timestamp(value) if "T" in value else found.day if found else None
        if day is not None:
            confidence = OPEN_GRAPH if ":" in name else META
            return DateMark(day, DateSource.META, value[:40], confidence)
    return None


def _from_label(text: str, lead: str | None) -> DateMark | None:
    """Outside the article first: within it a label is another publication's now and then.

    A bare 时间 within it is a meeting's as a rule, and never counts.
    """
    if lead is None:
        return _labelled(text, LABEL, known=False)
    return _labelled(lead[:FAR], LABEL, known=True) or _labelled(text, QUOTED, known=False)


def _labelled(text: str, confidence: float, *, known: bool) -> DateMark | None:
    """The date behind the first label of the list; `known`: the text is known not to be an article's."""
    for label in words("page")["date_labels"]:
        found = _behind(text, label, _other_labels())
        if found is None:
            continue
        day, start = found
        if known or len(label) > BARE or _in_info_line(text, start):
            return DateMark(day.day, DateSource.LABEL, day.text, confidence)
    return None


def _in_info_line(text: str, start: int) -> bool:
    """Whether source, author or counter stand near: the line under a headline."""
    near = text[max(0, start - NEAR) : start + NEAR]
    return any_of("page", "info_words").search(near) is not None


def _behind(text: str, label: str, others: tuple[str, ...]) -> tuple[dates.FoundDate, int] | None:
    """The date right behind a label, and where the label stands.

    Not when the label is the end of another one (`others`), or a bare one the end of any word.
    """
    position = text.find(label)
    while position >= 0:
        end = position + len(label)
        match = _AFTER.match(text, end)
        start = match.end() if match else end
        if text[start : start + 1].isdecimal() and not (
            text[max(0, end - _LONGEST) : end].endswith(others)
            or (len(label) <= BARE and "\u4e00" <= text[position - 1 : position] <= "\u9fff")
        ):
            found = dates.first(text[start : start + 40])
            if found is not None and found.start == 0:
                return found, position
        position = text.find(label, end)
    return None


@cache
def _other_labels() -> tuple[str, ...]:
    return words("page")["other_date_labels"]


def _from_scripts(document: Document) -> DateMark | None:
    for script in document.scripts:
        mark = _from_script(script.text[:SCRIPT_LENGTH]) if script.text else None
        if mark is not None:
            return mark
    return None


@lru_cache(maxsize=512)
def _from_script(text: str) -> DateMark | None:
    """The date that one script sets; a site's scripts stand in every page of it."""
    if not _QUOTED.search(text):
        return None
    for match in pattern_of("page", "script_dates").finditer(text):
        value = next(group for group in match.groups() if group)
        found = dates.first(value)
        if found is not None:
            return DateMark(found.day, DateSource.SCRIPT, value, SCRIPT)
    return None


def _from_url(url: str) -> DateMark | None:
    day = dates.from_url(url)
    return (
        DateMark(day, DateSource.URL, re.sub(r"^https?://[^/]+", "", url)[:120], URL)
        if day
        else None
    )
