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
    behind,
    elsewhere,
    from_text,
    labelled_dates,
    labels,
    titled,
)
from audit.reading.otherdays import ROW_LENGTH
from audit.vocabulary import any_of, pattern_of, words

META, SCRIPT, OPEN_GRAPH, LOOSE, URL = 0.95, 0.85, 0.8, 0.6, 0.3  # confidences
TAIL = 600  # characters in which a signature stands
SIGNATURE = 120  # characters at the end of a text in which a signature in digits stands
SCRIPT_LENGTH = 20_000
WRITER = 1000  # characters of a script that writes a date where it stands
BESIDE = 200  # characters around a script's date in which a title stands that it belongs to
TITLED = 8  # characters of the headline by which a script's title is known

_PUBLISHED = "datepublished"
_CLOSED = re.compile(r"$|[\s（(）)〕】]")
_PRINTED = re.compile(r"\s?印发")
_SENTENCE = re.compile(r"[。；！？]")
_QUOTED = re.compile(r"[\"'](?:19|20)\d\d")
_EPOCH = re.compile(r"(?<![\w.])(1\d{12}|1\d{9})(?![\w.])")
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
    named = headline or meta.get("articletitle", "") or titled(document)
    found = (_from_meta(document, meta), _from_scripts(document, named), _from_url(document.url))
    strong = [mark for mark in found if mark is not None]
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
    """The signature's day: in Chinese numerals, else under an office's name, with no sentence behind."""
    tail = text[-TAIL:]
    if "二" in tail and "年" in tail:
        for one in labelled_dates(text[:FAR]):
            if one.found.text[0] == "二" and one.label.endswith(labels("date_labels")):
                tail = text[max(len(text) - TAIL, one.found.start + len(one.found.text)) :]
        if (day := _in_numerals(tail)) is not None:
            return day
    for match in reversed(list(pattern_of("page", "signatures").finditer(tail))):
        if _ends_text(tail, match.end()):
            return dates.make_day(*(int(part) for part in match.groups()))
    return None


def _in_numerals(tail: str) -> dt.date | None:
    """The last day in Chinese numerals that no words run on from: 自二〇一四年五月一日起 is none."""
    found = dates.numerals(tail)
    for sign in (_CLOSED, _PRINTED):
        for one in reversed(found):
            if sign.match(tail, one.start + len(one.text)):
                return one.day
    return None


def _ends_text(tail: str, end: int) -> bool:
    """Whether what stands behind a signature may: nothing, an attachment, a remark, another office."""
    rest = tail[end:].strip()
    if not rest or pattern_of("page", "behind_signatures").match(rest):
        return True
    return len(rest) <= SIGNATURE and not _SENTENCE.search(rest)


def _from_meta(document: Document, meta: dict[str, str]) -> DateMark | None:
    for name in words("page")["date_metas"]:
        value = meta.get(name, "")
        day = _day_of(value) if value else None
        if day is not None:
            confidence = OPEN_GRAPH if ":" in name else META
            if name in words("page")["loose_date_metas"]:
                confidence = LOOSE
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


def _from_scripts(document: Document, headline: str) -> DateMark | None:
    begin = headline[:TITLED]
    for script in document.scripts:
        text = script.text[:SCRIPT_LENGTH]
        if not text:
            continue
        found = _in_script(text, script.kind)
        marks = [mark for mark, titles in found if _is_pages(titles, begin)]
        if marks and len({mark.day for mark in marks}) < REPEATED:
            return marks[0]
        if len(text) <= WRITER and ("write" in text or "html(" in text):
            mark = _from_writer(document, text, script.parent)
            if mark is not None:
                return mark
    return None


@lru_cache(maxsize=512)
def _in_script(text: str, kind: str) -> tuple[tuple[DateMark, tuple[str, ...]], ...]:
    """The dates that one script sets, and the titles beside them; a site's scripts stand in every page."""
    if not _QUOTED.search(text):
        return ()
    is_linked = "ld+json" in kind
    pattern = pattern_of("page", "linked_data_dates" if is_linked else "script_dates")
    found: list[tuple[DateMark, tuple[str, ...]]] = []
    for match in pattern.finditer(text):
        value = next(group for group in match.groups() if group)
        day = _day_of(value)
        if day is not None:
            titles = () if is_linked else _beside(text, match)
            found.append((DateMark(day, DateSource.SCRIPT, value, SCRIPT), titles))
    return tuple(found)


def _beside(text: str, match: re.Match[str]) -> tuple[str, ...]:
    """The titles beside a date of a script's object; those of a program have its version."""
    value = next(place for place, said in enumerate(match.groups(), 1) if said)
    if ":" not in text[match.start() : match.start(value)]:
        return ()  # a variable, not a member of an object
    near = text[max(0, match.start() - BESIDE) : match.end() + BESIDE]
    found = pattern_of("page", "script_titles").findall(near)
    versions = any_of("page", "versions").findall(near)
    return tuple(said for said in (*found, *versions) if said)


def _is_pages(titles: tuple[str, ...], headline: str) -> bool:
    """Whether a script's date is the page's: beside no title, or beside the page's own."""
    return not titles or (bool(headline) and any(said.startswith(headline) for said in titles))


def _from_writer(document: Document, text: str, parent: int) -> DateMark | None:
    """A date that a short script writes behind its label, which the page says or the script too."""
    if any(label in text for label in labels("date_labels")):
        for one in labelled_dates(text):
            if one.label.endswith(labels("date_labels")):
                return DateMark(one.found.day, DateSource.SCRIPT, one.found.text, SCRIPT)
    if parent < 0:
        return None
    above = document.elements[parent]
    said = document.text[above.start : min(above.end, above.start + ROW_LENGTH)]
    if not any(label in said for label in labels("date_labels")):
        return None
    match = _WRITTEN_DAY.search(text)
    if match and (found := dates.first(match[1])) is not None:
        return DateMark(found.day, DateSource.SCRIPT, found.text, SCRIPT)
    stamps = {stamp: dates.of_epoch(int(stamp)) for stamp in _EPOCH.findall(text)}
    stamp, day = next(iter(stamps.items())) if len(stamps) == 1 else ("", None)
    return DateMark(day, DateSource.SCRIPT, stamp, SCRIPT) if day else None


def _from_url(url: str) -> DateMark | None:
    day = dates.from_url(url)
    return (
        DateMark(day, DateSource.URL, re.sub(r"^https?://[^/]+", "", url)[:120], URL)
        if day
        else None
    )
