"""When a page was published: labelled, in meta, in script, in its address. Never from body text."""

import datetime as dt
import re
from functools import lru_cache

from audit import dates
from audit.model import DateMark, DateSource
from audit.reading.document import Document, Element
from audit.reading.infoline import (
    CHANGED,
    FAR,
    QUOTED,
    REPEATED,
    ROW_LENGTH,
    behind,
    elsewhere,
    from_text,
    labelled_dates,
    labels,
    titled,
)
from audit.vocabulary import pattern_of, words

META, SCRIPT, OPEN_GRAPH, URL = 0.95, 0.85, 0.8, 0.3  # confidences
TAIL = 600  # characters in which a signature stands
SIGNATURE = 120  # characters at the end of a text in which a signature in digits stands
SCRIPT_LENGTH = 20_000
WRITER = 1000  # characters of a script that writes a date where it stands

_PUBLISHED = "datepublished"
_QUOTED = re.compile(r"[\"'](?:19|20)\d\d")
_WRITTEN_DAY = re.compile(r"[\"']((?:19|20)\d\d[-/.年][^\"']{3,30})[\"']")


def page_dates(
    document: Document,
    meta: dict[str, str],
    text: str,
    lead: str | None,
    headline: str = "",
    article: Element | None = None,
) -> tuple[DateMark, ...]:
    """Every reading of the publication date, best first, each source once.

    `text` is the visible text of the body region, `lead` the part of it that is not the article,
    `article` the article's element; None: it is not known.
    """
    strong = [
        mark
        for mark in (_from_meta(document, meta), _from_scripts(document), _from_url(document.url))
        if mark is not None
    ]
    named = headline or meta.get("articletitle", "") or titled(document)
    said = from_text(document, text[:FAR], lead, named, article)
    if said is None and not any(mark.source is not DateSource.URL for mark in strong):
        said = elsewhere(document, named) or (behind(document, article) if article else None)
    if said is not None and (said.confidence > QUOTED or _is_alone(said, strong)):
        strong.append(said)
    return tuple(sorted(strong, key=lambda mark: -mark.confidence))


def _is_alone(said: DateMark, others: list[DateMark]) -> bool:
    """A date within the article, or of a change, is a reading when nothing better is there."""
    if said.confidence <= CHANGED:
        return not others
    return all(mark.source is DateSource.URL for mark in others)


def written_date(text: str) -> dt.date | None:
    """成文日期: after its label, or a signature in Chinese numerals at the end."""
    head = text[:FAR]
    for label in labels("written_labels"):
        if label in head:
            for one in labelled_dates(head):
                if one.label.endswith(labels("written_labels")):
                    return one.found.day
            break
    return _signed(text)


def _signed(text: str) -> dt.date | None:
    """The signature's day: in Chinese numerals, else under an office's name at the very end."""
    tail = text[-TAIL:]
    if "二" in tail and "年" in tail:
        for one in labelled_dates(text[:FAR]):
            if one.found.text[0] == "二" and one.label.endswith(labels("date_labels")):
                tail = text[max(len(text) - TAIL, one.found.start + len(one.found.text)) :]
        if (day := dates.chinese(tail)) is not None:
            return day
    signed = pattern_of("page", "signatures").findall(tail[-SIGNATURE:])
    return dates.make_day(*(int(part) for part in signed[-1])) if signed else None


def _from_meta(document: Document, meta: dict[str, str]) -> DateMark | None:
    for name in words("page")["date_metas"]:
        value = meta.get(name, "")
        day = _day_of(value) if value else None
        if day is not None:
            confidence = OPEN_GRAPH if ":" in name else META
            return DateMark(day, DateSource.META, value[:40], confidence)
    for element in document.tagged("meta"):
        if "itemprop" in element.attributes and element.get("itemprop").lower() == _PUBLISHED:
            value = element.get("content").strip()
            if (day := _day_of(value)) is not None:
                return DateMark(day, DateSource.META, value[:40], OPEN_GRAPH)
    return None


def _day_of(value: str) -> dt.date | None:
    if "T" in value:
        return dates.timestamp(value)
    found = dates.first(value)
    return found.day if found else None


def _from_scripts(document: Document) -> DateMark | None:
    for script in document.scripts:
        text = script.text[:SCRIPT_LENGTH]
        if not text:
            continue
        mark = _from_script(text, script.kind)
        if mark is None and len(text) <= WRITER and "write" in text and _QUOTED.search(text):
            mark = _from_writer(document, text, script.parent)
        if mark is not None:
            return mark
    return None


@lru_cache(maxsize=512)
def _from_script(text: str, kind: str) -> DateMark | None:
    """The date that one script sets; a site's scripts stand in every page of it."""
    if not _QUOTED.search(text):
        return None
    key = "linked_data_dates" if "ld+json" in kind else "script_dates"
    marks: list[DateMark] = []
    for match in pattern_of("page", key).finditer(text):
        value = next(group for group in match.groups() if group)
        day = _day_of(value)
        if day is not None:
            marks.append(DateMark(day, DateSource.SCRIPT, value, SCRIPT))
    different = len({mark.day for mark in marks})
    return marks[0] if marks and different < REPEATED else None


def _from_writer(document: Document, text: str, parent: int) -> DateMark | None:
    """A date that a short script writes behind its label."""
    if parent < 0:
        return None
    above = document.elements[parent]
    said = document.text[above.start : min(above.end, above.start + ROW_LENGTH)]
    match = _WRITTEN_DAY.search(text)
    found = dates.first(match[1]) if match else None
    if found is None or not any(label in said for label in labels("date_labels")):
        return None
    return DateMark(found.day, DateSource.SCRIPT, found.text, SCRIPT)


def _from_url(url: str) -> DateMark | None:
    day = dates.from_url(url)
    return (
        DateMark(day, DateSource.URL, re.sub(r"^https?://[^/]+", "", url)[:120], URL)
        if day
        else None
    )
