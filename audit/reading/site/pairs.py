"""Policies with their interpretations: who belongs together, and whether they point at each other."""

from collections.abc import Iterable, Iterator, Mapping

from audit.model import (
    DirectionState,
    Interpretation,
    Pair,
    PairLink,
    PairState,
    Policy,
    Reason,
    Scope,
)
from audit.reading.site.answers import DEAD, ENOUGH
from audit.reading.site.details import Details, Document, Reference
from audit.reading.site.documents import cites_number, names_of, nearness, relates
from audit.reading.site.foreign import foreign_pairs, is_document
from audit.reading.site.hints import Hints
from audit.reading.site.matching import KIN, Matcher
from audit.reading.site.pairlinks import Crossing
from audit.reading.site.partners import interpretation_of, policy_of
from audit.reading.site.substance import overlap_of
from audit.reading.site.survey import Survey
from audit.text import quoted_titles, shorten


def pairs_of(found: Survey, details: Details, unseen: Reason | None) -> tuple[Pair, ...]:
    """Every pair, then every policy without one, in the order of their addresses."""
    matches = Matcher(found, details).matches()
    crossing = Crossing(found)
    made = [
        _pair(crossing, details.policies[policy], details.interpretations[shown], how)
        for (policy, shown), how in matches.items()
    ]
    paired = {policy for policy, _ in matches} | {shown for _, shown in matches}
    made += foreign_pairs(found, details, crossing, paired)
    paired |= {pair.policy.url for pair in made}
    paired |= {pair.interpretation.url for pair in made if pair.interpretation}
    made += _widowed(found, crossing, details, paired)
    known = {pair.policy.url for pair in made}
    made += _alone(details, known, paired, Hints(found, details), unseen)
    return tuple(sorted(made, key=_order))


def orphans_of(details: Details, pairs: Iterable[Pair], unseen: Reason | None) -> tuple[Pair, ...]:
    """Interpretations that belong to no policy of the site; the title that each cites stands for it.

    A picture of other matters (一图读懂五年成就) among the news, which cites nothing, is none.
    """
    paired = {pair.interpretation.url for pair in pairs if pair.interpretation}
    nothing = PairLink(DirectionState.NOT_ASSESSED)
    state = PairState.NOT_ASSESSED if unseen else PairState.ORPHAN
    return tuple(
        Pair(_cited(shown), interpretation_of(shown), nothing, nothing, "", state, unseen)
        for url, shown in sorted(details.interpretations.items())
        if url not in paired and (shown.listed or quoted_titles(shown.page.name))
    )


def _cited(shown: Document) -> Policy:
    """The policy that an interpretation names, wherever it is; nothing is known of it but its name."""
    title = next(iter(quoted_titles(shown.page.name)), "")
    return Policy("", shorten(title, 120), "", None, None)


def _order(pair: Pair) -> tuple[str, str]:
    return pair.policy.url, pair.interpretation.url if pair.interpretation else ""


def _pair(crossing: Crossing, policy: Document, shown: Document, how: str) -> Pair:
    forward = crossing.link(policy, shown, "to_interpretation")
    back = crossing.link(shown, policy, "to_policy")
    reason = forward.reason or back.reason
    state = _state(forward.state, back.state, how)
    return Pair(
        policy_of(policy),
        interpretation_of(shown),
        forward,
        back,
        how,
        state,
        reason if state is PairState.NOT_ASSESSED else None,
        overlap_of(policy, shown),
    )


def _state(forward: DirectionState, back: DirectionState, how: str) -> PairState:
    both = {forward, back}
    if both & {DirectionState.BROKEN, DirectionState.WRONG_TARGET}:
        return PairState.BROKEN
    if DirectionState.NOT_ASSESSED in both:
        return PairState.NOT_ASSESSED
    if both == {DirectionState.OK}:
        return PairState.LINKED
    if how == "similarity":
        return PairState.REVIEW
    return PairState.UNLINKED if both == {DirectionState.MISSING} else PairState.ONE_WAY


def _alone(
    details: Details, known: set[str], paired: set[str], hints: Hints, unseen: Reason | None
) -> Iterator[Pair]:
    """Policies without an interpretation; a copy of one that has one is none."""
    policies = details.policies
    copies = {mark for url in known if url in policies for mark in _copies(policies[url])}
    loose = [shown for url, shown in details.interpretations.items() if url not in paired]
    for url, document in policies.items():
        if url not in known and not copies.intersection(_copies(document)):
            yield _uninterpreted(document, loose, unseen or hints.of(document))


def _copies(document: Document) -> tuple[tuple[str, str], ...]:
    """What two pages that hold one document have in common."""
    page = document.page
    marks = [("content", page.content_hash)] if page.content_hash and page.length else []
    if document.number:
        marks += [(name, document.number) for name in names_of(page.name)]
    return tuple(marks)


def _uninterpreted(document: Document, loose: list[Document], unseen: Reason | None) -> Pair:
    policy = policy_of(document)
    state, reason, how = PairState.UNINTERPRETED, None, ""
    if policy.scope is Scope.EXEMPT:
        state = PairState.OUT_OF_SCOPE
    elif unseen is not None:
        state, reason = PairState.NOT_ASSESSED, unseen
    elif document.page.script_fills or document.page.relates_by_script:
        state, reason = PairState.NOT_ASSESSED, Reason.NEEDS_BROWSER
    elif document.explains or any(_may_mean(shown, document) for shown in loose):
        state, how = PairState.REVIEW, "similarity"
    nothing = PairLink(DirectionState.NOT_ASSESSED)
    return Pair(policy, None, nothing, nothing, how, state, reason)


def _may_mean(shown: Document, policy: Document) -> bool:
    """Whether an interpretation that was not matched may be this policy's after all."""
    if cites_number(shown.numbers, policy.number):
        return True
    return nearness(shown.page.name, policy.page.name) >= KIN


def _widowed(
    found: Survey, crossing: Crossing, details: Details, paired: set[str]
) -> Iterator[Pair]:
    """Documents whose link to the other one leads to a missing page: that page is the partner."""
    unread = PairLink(DirectionState.NOT_ASSESSED, reason=Reason.UNREACHABLE)
    for policy, link in _losers(found, crossing, details.policies, paired, "to_interpretation"):
        lost = Interpretation(link.url, shorten(link.text, 120), None, "")
        yield Pair(policy_of(policy), lost, link, unread, "anchor", PairState.BROKEN)
    for shown, link in _losers(found, crossing, details.interpretations, paired, "to_policy"):
        lost = Policy(link.url, shorten(link.text, 120), "", None, None)
        yield Pair(lost, interpretation_of(shown), unread, link, "anchor", PairState.BROKEN)


def _losers(
    found: Survey,
    crossing: Crossing,
    documents: Mapping[str, Document],
    paired: set[str],
    words: str,
) -> Iterator[tuple[Document, PairLink]]:
    for url, document in documents.items():
        link = None if url in paired else _lost(found, crossing, document, words)
        if link is not None:
            yield document, link


def _lost(found: Survey, crossing: Crossing, holder: Document, words: str) -> PairLink | None:
    for reference in holder.references:
        # the words are read last: it is the dearest question, and links are seldom dead
        answer = found.answers.through(reference.url) if reference.url else None
        if answer is None or answer.outcome not in DEAD or answer.looks < ENOUGH:
            continue
        if found.answers.is_own(reference.url) and _tells(reference, holder, words):
            link = crossing.broken(reference)
            if link is not None:
                return link
    return None


def _tells(reference: Reference, holder: Document, words: str) -> bool:
    """Whether a link's words say that it leads to the other one of the pair."""
    if words == "to_policy" and is_document(reference, holder):
        return True
    return relates(f"{reference.text} {reference.heading}", words)
