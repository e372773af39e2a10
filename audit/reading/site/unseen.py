"""Why something may be on a site although it was not seen: sections that did not let us in."""

from collections import Counter

from audit.model import FetchOutcome, LinkTarget, Reason, Region
from audit.reading.site.answers import ALIVE, reason_of
from audit.reading.site.survey import Survey
from audit.text import squeeze
from audit.urls import is_trap, suffix
from audit.vocabulary import any_of, pattern_of, words

NAME = 16  # characters of the name of a section; a headline is longer

# What nobody has published, or nobody can read: nothing is missed there.
_NOTHING = frozenset(
    {
        FetchOutcome.HTTP_4XX,
        FetchOutcome.SOFT_404,
        FetchOutcome.LOGIN_REQUIRED,
        FetchOutcome.REDIRECT_LOOP,
        FetchOutcome.TOO_MANY_REDIRECTS,
        FetchOutcome.BAD_SCHEME,
        FetchOutcome.OUT_OF_SCOPE,
    }
)


def unseen_of(found: Survey, *, complete: bool) -> Reason | None:
    """Why what no page shows may be there yet: the walk was cut, or sections were closed to us.

    A section is an own address with a short name, in a menu or on a page of the upper levels; what is
    lost behind a headline, however short, is one article.
    """
    if not complete:
        return Reason.PARTIAL_RUN
    closed = Counter(
        reason
        for target in found.targets
        if _is_upper(found, target)
        if any(_is_section(one.text) for one in target.examples)
        if (reason := closed_reason(found, target.url)) is not None
    )
    return max(sorted(closed), key=lambda one: closed[one], default=None)


def _is_upper(found: Survey, target: LinkTarget) -> bool:
    """Whether a menu leads there, or a page of the upper levels does; rows of lists only to fronts."""
    if target.region is Region.NAV or found.targets.in_menu(target.url):
        return True
    if target.level == "lower":
        return False
    return (
        target.region is not Region.LIST
        or pattern_of("sections", "fronts").search(target.url.partition("?")[0]) is not None
    )


def closed_pages(found: Survey) -> frozenset[str]:
    """The own pages that the site links to and that could not be read, not those that are missing."""
    linked = (url for url, _, _ in found.targets.addresses())
    return frozenset(url for url in linked if closed_reason(found, url) is not None)


def _is_section(text: str) -> bool:
    named = 1 < len(squeeze(text)) <= NAME
    return named and any_of("sections", "aside").search(text) is None


def closed_reason(found: Survey, url: str) -> Reason | None:
    """Why an own page that is there was not read; None: it was, or it is none of ours."""
    if not found.answers.is_own(url) or suffix(url) not in _endings() or is_trap(url):
        return None
    answer = found.answers.through(url)
    if answer is None or answer.outcome in _NOTHING:
        return None
    if answer.outcome not in ALIVE:
        return reason_of(answer.outcome)
    lost = answer.outcome is FetchOutcome.OK and answer.walked and not answer.sha256
    return Reason.UNREACHABLE if lost and found.page(url) is None else None


def _endings() -> tuple[str, ...]:
    return words("sections")["pages"]
