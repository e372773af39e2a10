"""Pairs with one page only on this site: the other is a file, or lives on another host."""

from collections.abc import Iterator

from audit.model import (
    DirectionState,
    FetchOutcome,
    Interpretation,
    Pair,
    PairLink,
    PairState,
    Policy,
    Reason,
    Rendering,
)
from audit.reading.site.details import Details, Document, Reference
from audit.reading.site.documents import LEAST, cited, names_of, nearness, relates
from audit.reading.site.files import named
from audit.reading.site.matching import KIN
from audit.reading.site.pairlinks import Crossing
from audit.reading.site.partners import interpretation_of, policy_of
from audit.reading.site.survey import Survey
from audit.text import document_number, shorten

TITLE = 120


def foreign_pairs(
    found: Survey, details: Details, crossing: Crossing, paired: set[str]
) -> Iterator[Pair]:
    """Pairs of policies and interpretations that have no partner of this site's pages."""
    for url, policy in details.policies.items():
        for reference in () if url in paired else _partners(found, policy):
            if _interprets(reference, policy):
                yield _interpreted(found, crossing, policy, reference)
    for url, shown in details.interpretations.items():
        for reference in () if url in paired else _partners(found, shown):
            if not found.answers.is_own(reference.url) and is_document(reference, shown):
                yield _interpreting(crossing, shown, reference)
                break


def _partners(found: Survey, holder: Document) -> Iterator[Reference]:
    """Links to other hosts and to files, each target once."""
    seen: set[str] = set()
    for one in holder.references:
        if not one.url or not one.text or one.aside or one.url in seen:
            continue
        if not found.answers.is_own(one.url) or _is_file(found, one.url):
            seen.add(one.url)
            yield one


def _is_file(found: Survey, url: str) -> bool:
    """Whether the address is that of a file: by its name, whatever came of it, or by its answer."""
    answer = found.answers.through(url)
    return bool(named(url)) or (answer is not None and answer.outcome is FetchOutcome.NOT_HTML)


def _interprets(reference: Reference, policy: Document) -> bool:
    """Whether a policy's link says that it leads to the policy's interpretation."""
    text = reference.text
    if relates(reference.heading, "to_interpretation"):
        return True
    if not relates(text, "to_interpretation"):
        return False
    return len(text) <= LEAST * 2 or nearness(text, policy.page.name) >= KIN


def is_document(reference: Reference, shown: Document) -> bool:
    """Whether an interpretation's link says that it leads to the document."""
    if relates(f"{reference.heading} {reference.text}", "to_policy"):
        return True
    names = {*names_of(reference.text), *cited(reference.text)}
    if names & shown.cites:
        return True
    number = document_number(reference.text)
    return number is not None and any(
        one.endswith(number) or number.endswith(one) for one in shown.numbers
    )


def _interpreted(found: Survey, crossing: Crossing, policy: Document, reference: Reference) -> Pair:
    outside = not found.answers.is_own(reference.url)
    shown = Interpretation(
        reference.url, shorten(reference.text, TITLE), None, "",
        renderings=() if outside else (Rendering.ATTACHMENT,), outside=outside,
    )  # fmt: skip
    forward = crossing.reaches(reference)
    back = _elsewhere() if outside else PairLink(DirectionState.OK, policy.page.url)
    return Pair(
        policy_of(policy), shown, forward, back, "anchor", _state(forward), _reason(forward)
    )


def _interpreting(crossing: Crossing, shown: Document, reference: Reference) -> Pair:
    title = shorten(reference.text, TITLE)
    policy = Policy(
        reference.url, title, document_number(title) or "", None, None, outside=True
    )  # fmt: skip
    back = crossing.reaches(reference)
    return Pair(
        policy, interpretation_of(shown), _elsewhere(), back, "anchor", _state(back), _reason(back)
    )


def _elsewhere() -> PairLink:
    """The direction that a page of another host would have to hold."""
    return PairLink(DirectionState.NOT_ASSESSED, reason=Reason.NOT_REGISTERED)


def _state(link: PairLink) -> PairState:
    if link.state is DirectionState.OK:
        return PairState.LINKED
    return PairState.BROKEN if link.state is DirectionState.BROKEN else PairState.NOT_ASSESSED


def _reason(link: PairLink) -> Reason | None:
    return link.reason if link.state is DirectionState.NOT_ASSESSED else None
