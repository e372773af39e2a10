"""Which interpretation belongs to which policy, by the strongest evidence."""

import datetime as dt
from collections.abc import Iterable, Iterator

from rapidfuzz import process
from rapidfuzz.distance import Indel

from audit.reading.site.details import Details, Document, Reference
from audit.reading.site.documents import (
    LEAST,
    cites_number,
    core_of,
    names_of,
    nearness,
    relates,
    subjects_of,
)
from audit.reading.site.survey import Survey

ALIKE = 0.85  # likeness of titles from which two pages are taken for a pair (rulebook 4.4)
KIN = 0.5  # likeness of titles from which a link or a citation is believed to mean the pair


class Matcher:
    """Finds the pairs of one site."""

    def __init__(self, found: Survey, details: Details) -> None:
        """Index the policies by their names and numbers."""
        self._found = found
        self._details = details
        self._by_name: dict[str, list[str]] = {}
        self._by_number: dict[str, list[str]] = {}
        for url, document in details.policies.items():
            for name in names_of(document.page.name):
                self._by_name.setdefault(name, []).append(url)
            if document.number:
                self._by_number.setdefault(_place(document.number), []).append(url)

    def matches(self) -> dict[tuple[str, str], str]:
        """(policy, interpretation) → how they were matched."""
        result: dict[tuple[str, str], str] = {}
        back = self._anchored_back()
        for shown, document in self._details.interpretations.items():
            anchored = {*self._anchored(document), *back.get(shown, ())}
            for policy in sorted(anchored):
                result[policy, shown] = "anchor"
            found = self._entitled(document, anchored)
            if not anchored and not found:
                found = self._likely(document)
            for policy, how in found.items():
                result.setdefault((policy, shown), how)
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
        if reference.aside:
            return False
        if words == "to_interpretation" and not relates(reference.heading, words):
            # the title of an interpretation always speaks of 解读: it says nothing of which policy
            return len(reference.text) <= LEAST * 2 and relates(reference.text, words)
        return relates(f"{reference.text} {reference.heading}", words)

    def _kin(self, shown: Document, policy: Document) -> float:
        return nearness(shown.page.name, policy.page.name)

    def _cites(self, shown: Document, policy: Document) -> bool:
        names = names_of(policy.page.name)
        if cites_number(shown.numbers, policy.number):
            return True
        return any(name in shown.cites for name in names)

    def _entitled(self, shown: Document, anchored: set[str]) -> dict[str, str]:
        """The policies that the interpretation's title names, one for each name."""
        result: dict[str, str] = {}
        for name in subjects_of(shown.page.name):
            named = self._by_name.get(name, [])
            if named and not anchored.intersection(named):
                chosen = self._chosen(named, shown)
                if chosen:
                    result[chosen] = "title"
        return result

    def _likely(self, shown: Document) -> dict[str, str]:
        """The policy that the interpretation's text names, by title or number; else the most alike."""
        by_title = {u for name in shown.cites for u in self._by_name.get(name, ())}
        by_number = {
            u
            for number in shown.numbers
            for u in self._by_number.get(_place(number), ())
            if number.endswith(self._details.policies[u].number)
        }
        both = by_title & by_number
        near = {
            u for u in by_title | by_number if self._kin(shown, self._details.policies[u]) >= KIN
        }
        chosen = self._chosen(near or both, shown)
        if chosen:
            return {chosen: "title" if chosen in by_title else "number"}
        named = by_title | by_number
        if len(named) == 1 and (only := self._chosen(named, shown)):
            return {only: "similarity"}
        alike = self._alike(core_of(shown.page.name))
        return dict.fromkeys(filter(None, (self._chosen(alike, shown),)), "similarity")

    def _chosen(self, urls: Iterable[str], shown: Document) -> str:
        """Of policies with one name: the one whose number is cited, else the nearest in time."""
        kept = [u for u in sorted(urls) if not self._contradicts(shown, self._details.policies[u])]
        return min(kept, key=lambda u: self._distance(shown, self._details.policies[u]), default="")

    def _distance(self, shown: Document, policy: Document) -> tuple[bool, int]:
        cited = cites_number(shown.numbers, policy.number)
        one, other = policy.published.day, shown.published.day
        days = abs((one - other).days) if one and other else dt.date.max.toordinal()
        return not cited, days

    def _contradicts(self, shown: Document, policy: Document) -> bool:
        """Whether the interpretation cites another number of the same series instead: another edition."""
        series = policy.number.partition("〔")[0]
        if not series or cites_number(shown.numbers, policy.number):
            return False
        return any(number.partition("〔")[0].endswith(series) for number in shown.numbers)

    def _alike(self, core: str) -> list[str]:
        if len(core) < LEAST:
            return []
        best = process.extractOne(
            core, self._by_name.keys(), scorer=Indel.normalized_similarity, score_cutoff=ALIKE
        )
        return self._by_name[best[0]] if best else []


def _place(number: str) -> str:
    """Year and serial of a document number: what no word can run into."""
    return number[max(0, number.find("〔")) :]
