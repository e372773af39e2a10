"""What an earlier run could not say of a finding that is new: where nobody could look, nothing got worse."""

from collections.abc import Callable, Collection

import msgspec

from audit.api import finding_id
from audit.config import scope_alike
from audit.model import (
    Fetch,
    FetchOutcome,
    Outcome,
    OutcomeStatus,
    PageRecord,
    Reason,
    Subject,
    SubjectKind,
)
from audit.model.words import ALIVE, GONE
from audit.pipeline.judge import findings_of
from audit.pipeline.judged import Judged, JudgedSite
from audit.pipeline.reach import Options
from audit.pipeline.sides import Side
from audit.reading import classify
from audit.store import Store

ON_PAGES = frozenset({SubjectKind.PAGE, SubjectKind.ITEM, SubjectKind.COLUMN})
"""Subjects that stand on the page of their address."""


def unseen_before(
    store: Store, old: Side, new: Side, fresh: Collection[str], varying: Collection[str]
) -> frozenset[str]:
    """Those of `fresh` that neither the earlier run nor one before it could have seen.

    What an earlier run saw pass got worse since, though the last one could not look.
    """
    sites = {site.card.id: site for site in old.judged.sites}
    own: dict[str, list[tuple[str, Subject, str]]] = {}
    for site, check, verdict, finding in findings_of(new.judged):
        if finding in fresh and site in sites:
            own.setdefault(site, []).append((check, verdict.subject, finding))
    dark: dict[str, str] = {}
    for site, found in own.items():
        is_hidden = _hidden(old.judged, sites[site], whole=_saw_as_far(old, new, site))
        urls = {subject.url for _, subject, _ in found if subject.kind in ON_PAGES}
        pages = store.snapshot(old.run.id, site).pages_at(urls)
        dark |= {
            finding: check
            for check, subject, finding in found
            if is_hidden(check, finding) or _is_dark(pages.get(subject.url))
        }
    steady = {finding: check for finding, check in dark.items() if check not in varying}
    return frozenset(dark) - store.was_passed(old.run.id, steady)


def _saw_as_far(old: Side, new: Side, site: str) -> bool:
    """Whether the earlier run could get wherever the newer one got on a site."""
    was, is_ = (
        next(one for one in side.judged.sites if one.card.id == site) for side in (old, new)
    )
    limits = {msgspec.json.decode(side.run.options, type=Options).max_pages for side in (old, new)}
    return (
        was.complete
        and not old.run.quick
        and len(limits) == 1
        and scope_alike(old.run.config, new.run.config, site)
        and not (was.unseen and not is_.unseen)  # a section that was closed
        and not (was.browserless and not is_.browserless)
    )


def _hidden(judged: Judged, site: JudgedSite, *, whole: bool) -> Callable[[str, str], bool]:
    """Whether a check could not have said anything of a subject, by check and fingerprint."""
    said = (*site.outcomes, *judged.estate_by_site.get(site.card.id, ()))
    outcomes = {one.check: one for one in said}
    blind = {one.check for one in said if _is_blind(one, site.card.id)}

    def is_hidden(check: str, finding: str) -> bool:
        outcome = outcomes.get(check)
        if not whole or outcome is None or check in blind:
            return True
        return finding in outcome.unknown

    return is_hidden


def _is_blind(outcome: Outcome, site: str) -> bool:
    """Whether a check could not look at all, or not to its end; that there was nothing is no blindness."""
    if outcome.status is OutcomeStatus.NOT_ASSESSED:
        return outcome.reason is not Reason.NOTHING_FOUND
    rest = Subject(SubjectKind.SITE, "/", "", "")
    names = {finding_id(outcome.check, owner, rest) for owner in (site, rest.key)}
    return not names.isdisjoint(outcome.unknown)


def _is_dark(page: tuple[Fetch, PageRecord | None] | None) -> bool:
    """Whether a page was there, or may have been, and was not read."""
    if page is None or page[0].status in GONE:
        return False
    return classify(*page) not in ALIVE | {FetchOutcome.SOFT_404}
