"""The closed vocabularies of judging (DESIGN part 3): subjects, verdicts, outcomes, findings."""

from enum import StrEnum


class SubjectKind(StrEnum):
    """What a verdict is about."""

    SITE = "site"
    PAGE = "page"
    COLUMN = "column"
    ITEM = "item"
    LINK = "link"
    PAIR = "pair"
    UNIT = "unit"
    SEARCH = "search"
    ACCOUNT = "account"


class VerdictState(StrEnum):
    """Verdict per subject; only fault and review become findings."""

    OK = "ok"
    FAULT = "fault"
    REVIEW = "review"
    UNKNOWN = "unknown"


class OutcomeStatus(StrEnum):
    """Conclusion of one check on one site or the estate."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    REVIEW = "review"
    NOT_ASSESSED = "not_assessed"
    NOT_APPLICABLE = "not_applicable"


class FindingStatus(StrEnum):
    """Standing of a finding."""

    FAIL = "fail"
    REVIEW = "review"
    WAIVED = "waived"


class Severity(StrEnum):
    """Weight of a finding, given by the rulebook."""

    VETO = "veto"
    MAJOR = "major"
    MINOR = "minor"
    NOTICE = "notice"


class FindingState(StrEnum):
    """State of a finding over time."""

    NEW = "new"
    OPEN = "open"
    FIXED = "fixed"
    REOPENED = "reopened"
    NOT_OBSERVED = "not_observed"


class SiteVerdict(StrEnum):
    """Verdict on a site."""

    QUALIFIED = "qualified"
    UNQUALIFIED = "unqualified"
    INSUFFICIENT = "insufficient"


class EvidenceKind(StrEnum):
    """Kind of evidence."""

    QUOTE = "quote"
    FETCH = "fetch"
    SCREENSHOT = "screenshot"
    TABLE = "table"
    PROBE = "probe"
