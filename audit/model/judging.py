"""Subjects, verdicts, evidence and outcomes: what a check says."""

import datetime as dt
from collections.abc import Mapping

import msgspec

from audit.model.conclusions import EvidenceKind, OutcomeStatus, SubjectKind, VerdictState
from audit.model.words import Reason
from audit.workdays import Calendar, CalendarUnknown


class Text(msgspec.Struct, frozen=True):
    """One text in the two languages of the reports."""

    zh: str
    en: str

    def say(self, language: str, values: Mapping[str, "Value"] | None = None) -> str:
        """Fill `{placeholders}` with `values`; a missing value is a bug and raises KeyError."""
        said = {
            name: value.say(language) if isinstance(value, Text) else value
            for name, value in (values or {}).items()
        }
        return (self.en if language == "en" else self.zh).format_map(said)


Value = str | int | float | Text | None
"""What fills a text; days are kept as ISO text."""


class AsOf(msgspec.Struct, frozen=True):
    """The day that is judged for, in Asia/Shanghai, and its working-day calendar."""

    day: dt.date
    calendar: Calendar

    def workdays(self, start: dt.date, end: dt.date) -> int | None:
        """Working days after `start` up to and with `end`; None: a year has no calendar."""
        try:
            return self.calendar.between(start, end)
        except CalendarUnknown:
            return None


class Evidence(msgspec.Struct, frozen=True):
    """What lets a reader verify a verdict: where, when, which words, which stored body."""

    kind: EvidenceKind
    url: str
    quote: str = ""
    at: str = ""  # filled in by the pipeline from the fetch row when empty
    sha256: str = ""
    archive: str = ""


class Subject(msgspec.Struct, frozen=True):
    """What a verdict is about. `(kind, key, aspect)` identifies it for ever: no text, date or count in it."""

    kind: SubjectKind
    key: str
    url: str
    label: str  # for people
    aspect: str = ""
    labels: Mapping[str, str] = {}  # closed: class, level, region, direction, fact, mark
    column: str = ""  # key of the column under which a report groups it
    column_name: str = ""


class Verdict(msgspec.Struct, frozen=True):
    """What a check says of one subject. Texts are made later, from `code` and `values`."""

    state: VerdictState
    subject: Subject
    code: str = ""
    values: Mapping[str, Value] = {}
    observed: str = ""
    limit: str = ""
    evidence: tuple[Evidence, ...] = ()
    reason: Reason | None = None


class Tally(msgspec.Struct, frozen=True):
    """How many subjects got which verdict."""

    ok: int = 0
    fault: int = 0
    review: int = 0
    unknown: Mapping[Reason, int] = {}

    @property
    def known(self) -> int:
        """Subjects that could be judged."""
        return self.ok + self.fault + self.review

    @property
    def total(self) -> int:
        """All subjects."""
        return self.known + sum(self.unknown.values())


class Part(msgspec.Struct, frozen=True):
    """How many of the subjects with the same labels were judged."""

    labels: Mapping[str, str]
    known: int
    total: int


class Outcome(msgspec.Struct, frozen=True):
    """One check on one site (or, with an empty site, on the estate)."""

    check: str
    site: str
    status: OutcomeStatus
    reason: Reason | None
    subjects: Tally
    verdicts: tuple[Verdict, ...] = ()  # fault and review
    passed: tuple[str, ...] = ()  # fingerprints of the subjects that passed
    error: str = ""  # the last line of a traceback when the check failed
    parts: tuple[Part, ...] = ()  # the tally by labels: an item that selects on them needs it
    unknown: tuple[str, ...] = ()  # fingerprints of the subjects that could not be judged
