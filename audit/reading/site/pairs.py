"""Policies with their interpretations: who belongs together, and whether they point at each other."""

from collections.abc import Iterator

from rapidfuzz import process
from rapidfuzz.distance import Indel

from audit.model import (
    DirectionState,
    Interpretation,
    Pair,
    PairLink,
    PairState,
    Policy,
    Reason,
)
from audit.reading.site.answers import DEAD
from audit.reading.site.details import Details, Document, Reference
from audit.reading.site.documents import LEAST, core_of, is_out_of_scope, names_of, nearness
from audit.reading.site.pairlinks import Crossing, relates
from audit.reading.site.survey import Survey
from audit.text import shorten

ALIKE = 0.85  # likeness of titles from which two pages are taken for a pair (rulebook 4.4)
KIN = 0.5  # likeness of titles from which a link or a citation is believed to mean the pair
LOOKS = 2  # looks that must agree before a partner is called missing
CITES = 10


def pairs_of(found: Survey, details: Details, *, complete: bool) -> tuple[Pair, ...]:
    """Every pair, then every policy without one, in the order of their addresses."""
    matches = _Matcher(found, details).matches()
    crossing = Crossing(found)
    made = [
        _pair(crossing, details.policies[policy], details.interpretations[shown], how)
        for (policy, shown), how in matches.items()
    ]
    paired = {policy for policy, _ in matches} | {shown for _, shown in matches}
    made += _widowed(found, crossing, details, paired)
    known = {pair.policy.url for pair in made}
    made += [
        _alone(document, complete=complete)
        for url, document in details.policies.items()
        if url not in known
    ]
    return tuple(sorted(made, key=_order))


def _order(pair: Pair) -> tuple[str, str]:
    return pair.policy.url, pair.interpretation.url if pair.interpretation else ""


class _Matcher:
    """Finds out which interpretation belongs to which policy, by the strongest evidence."""

    def __init__(self, found: Survey, details: Details) -> None:
        self._found = found
        self._details = details
        self._by_name: dict[str, list[str]] = {}
        self._by_number: dict[str, list[str]] = {}
        for url, document in details.policies.items():
            for name in names_of(document.page.name):
                self._by_name.setdefault(name, []).append(url)
            if document.page.number:
                self._by_number.setdefault(document.page.number, []).append(url)

    def matches(self) -> dict[tuple[str, str], str]:
        """(policy, interpretation) → how they were matched."""
        result: dict[tuple[str, str], str] = {}
        back = self._anchored_back()
        for shown, document in self._details.interpretations.items():
            anchored = {*self._anchored(document), *back.get(shown, ())}
            for policy in sorted(anchored):
                result[policy, shown] = "anchor"
            if not anchored:
                for policy, how in self._likely(document).items():
                    result[policy, shown] = how
        return result

    def _anchored(self, shown: Document) -> Iterator[str]:
        """Policies that the interpretation links to as its document."""
        for reference in shown.references:
            page = self._found.page(reference.url) if reference.url else None
            policy = self._details.policies.get(page.url) if page is not None else None
            if policy is not None and self._means(reference, shown, policy, "to_policy"):
                yield policy.page.url

    def _anchored_back(self) -> dict[str, set[str]]:
        """Interpretations that policies link to, with these policies."""
        back: dict[str, set[str]] = {}
        for url, policy in self._details.policies.items():
            for reference in policy.references:
                page = self._found.page(reference.url) if reference.url else None
                shown = self._details.interpretations.get(page.url) if page is not None else None
                if shown is not None and self._means(reference, shown, policy, "to_interpretation"):
                    back.setdefault(shown.page.url, set()).add(url)
        return back

    def _means(self, reference: Reference, shown: Document, policy: Document, words: str) -> bool:
        """Whether a link between the two is meant for the pair: not a neighbour, not a hot topic."""
        if self._kin(shown, policy) >= KIN or self._cites(shown, policy):
            return True
        if words == "to_interpretation" and not relates(reference.heading, words):
            # the title of an interpretation always speaks of 解读: it says nothing of which policy
            return len(reference.text) <= LEAST * 2 and relates(reference.text, words)
        return relates(f"{reference.text} {reference.heading}", words)

    def _kin(self, shown: Document, policy: Document) -> float:
        return nearness(shown.page.name, policy.page.name)

    def _cites(self, shown: Document, policy: Document) -> bool:
        names = names_of(policy.page.name)
        number = policy.page.number
        return any(name in shown.cites for name in names) or (
            number in shown.numbers and bool(number)
        )

    def _likely(self, shown: Document) -> dict[str, str]:
        """Policies that the interpretation names, by title or number; else the one most like it."""
        core = core_of(shown.page.name)
        in_title = self._by_name.get(core, [])
        if in_title:
            return dict.fromkeys(in_title[:1], "title")
        by_title = {u for name in shown.cites for u in self._by_name.get(name, ())}
        by_number = {u for number in shown.numbers for u in self._by_number.get(number, ())}
        both = by_title & by_number
        near = {
            u for u in by_title | by_number if self._kin(shown, self._details.policies[u]) >= KIN
        }
        if near or both:
            return {u: "title" if u in by_title else "number" for u in sorted(near or both)[:1]}
        named = sorted(by_title | by_number)
        if len(named) == 1:
            return {named[0]: "similarity"}
        return self._alike(core)

    def _alike(self, core: str) -> dict[str, str]:
        if len(core) < LEAST:
            return {}
        best = process.extractOne(
            core, self._by_name.keys(), scorer=Indel.normalized_similarity, score_cutoff=ALIKE
        )
        return {self._by_name[best[0]][0]: "similarity"} if best else {}


def _pair(crossing: Crossing, policy: Document, shown: Document, how: str) -> Pair:
    forward = crossing.link(policy, shown, "to_interpretation")
    back = crossing.link(shown, policy, "to_policy")
    reason = forward.reason or back.reason
    state = _state(forward.state, back.state, how)
    return Pair(
        _policy(policy),
        _interpretation(shown),
        forward,
        back,
        how,
        state,
        reason if state is PairState.NOT_ASSESSED else None,
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


def _policy(document: Document) -> Policy:
    page = document.page
    day = page.published.day if page.published else None
    return Policy(page.url, page.name, page.number, day, page.written, page.sha256)


def _interpretation(document: Document) -> Interpretation:
    page = document.page
    day = page.published.day if page.published else None
    cites = tuple(sorted(document.cites))[:CITES]
    return Interpretation(page.url, page.name, day, document.column, cites, page.sha256)


def _alone(document: Document, *, complete: bool) -> Pair:
    """A policy without an interpretation on this site."""
    state, reason = PairState.UNINTERPRETED, None
    if is_out_of_scope(document.page.name):
        state = PairState.OUT_OF_SCOPE
    elif not complete:
        state, reason = PairState.NOT_ASSESSED, Reason.PARTIAL_RUN
    nothing = PairLink(DirectionState.NOT_ASSESSED)
    return Pair(_policy(document), None, nothing, nothing, "", state, reason)


def _widowed(
    found: Survey, crossing: Crossing, details: Details, paired: set[str]
) -> Iterator[Pair]:
    """Documents whose link to the other one leads to a missing page: that page is the partner."""
    unread = PairLink(DirectionState.NOT_ASSESSED, reason=Reason.UNREACHABLE)
    for url, policy in details.policies.items():
        link = None if url in paired else _lost(found, crossing, policy, "to_interpretation")
        if link is not None:
            lost = Interpretation(link.url, shorten(link.text, 120), None, "")
            yield Pair(_policy(policy), lost, link, unread, "anchor", PairState.BROKEN)
    for url, shown in details.interpretations.items():
        link = None if url in paired else _lost(found, crossing, shown, "to_policy")
        if link is not None:
            lost = Policy(link.url, shorten(link.text, 120), "", None, None)
            yield Pair(lost, _interpretation(shown), unread, link, "anchor", PairState.BROKEN)


def _lost(found: Survey, crossing: Crossing, holder: Document, words: str) -> PairLink | None:
    for reference in holder.references:
        if not reference.url or not relates(f"{reference.text} {reference.heading}", words):
            continue
        answer = found.answers.through(reference.url)
        if answer is None or not found.answers.is_own(reference.url):
            continue
        if answer.outcome in DEAD and answer.looks >= LOOKS:
            link = crossing.broken(reference)
            if link is not None:
                return link
    return None
