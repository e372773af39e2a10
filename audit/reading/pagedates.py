"""When a page was published: labelled, in meta, in script, in its address. Never from body text."""

import datetime as dt
import re

from audit import dates
from audit.model import DateMark, DateSource
from audit.reading.document import Document
from audit.vocabulary import any_of, pattern_of, words

META, LABEL, SCRIPT, OPEN_GRAPH, URL = 0.95, 0.9, 0.85, 0.8, 0.3
FAR = 4000  # characters of visible text in which a label may stand
_OTHER = "\x00"


def page_dates(document: Document, meta: dict[str, str], text: str) -> tuple[DateMark, ...]:
    """Every reading of the publication date, best first, each source once."""
    marks = [
        mark
        for mark in (
            _from_meta(meta),
            _from_label(text),
            _from_script(document.script_text),
            _from_url(document.url),
        )
        if mark is not None
    ]
    return tuple(sorted(marks, key=lambda mark: -mark.confidence))


def written_date(text: str) -> dt.date | None:
    """成文日期: after its label, or a signature in Chinese numerals at the end."""
    labelled = dates.labelled(text[:FAR], words("page")["written_labels"])
    return labelled.day if labelled else dates.chinese(text[-600:])


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


def _from_label(text: str) -> DateMark | None:
    shown = any_of("page", "other_date_labels").sub(_OTHER, text[:FAR])
    found = dates.labelled(shown, words("page")["date_labels"])
    return DateMark(found.day, DateSource.LABEL, found.text, LABEL) if found else None


def _from_script(script: str) -> DateMark | None:
    if not script:
        return None
    for match in pattern_of("page", "script_dates").finditer(script):
        value = next(group for group in match.groups() if group)
        found = dates.first(value)
        if found is not None:
            return DateMark(found.day, DateSource.SCRIPT, value, SCRIPT)
    return None


def _from_url(url: str) -> DateMark | None:
    day = dates.from_url(url)
    return DateMark(day, DateSource.URL, re.sub(r"^https?://[^/]+", "", url)[:120], URL) if day else None
