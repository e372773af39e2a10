"""One direction of a pair: does the page link to its partner, and does the link work."""

from audit.model import DirectionState, PairLink, Reason
from audit.reading.site.answers import ALIVE, DEAD, ENOUGH
from audit.reading.site.details import Document, Reference
from audit.reading.site.digest import Digest
from audit.reading.site.documents import nearness, relates, same_document
from audit.reading.site.survey import Survey
from audit.text import has_han

STRANGE = 0.3  # likeness below which a document has nothing to do with another
NAMING = 8  # characters from which a link's words name a document


class Crossing:
    """Looks for the link from one page of a pair to the other."""

    def __init__(self, found: Survey) -> None:
        """Know the site."""
        self._found = found

    def link(self, holder: Document, partner: Document, words: str) -> PairLink:
        """The state of the link from `holder` to `partner`; `words` names the words of such links."""
        meant = [r for r in holder.references if self._is_meant(r, holder, partner, words)]
        for reference in meant:
            own = self._is_own(reference, holder)  # a page that links to itself arrives nowhere
            if reference.url and not own and self._arrives(reference, partner.page):
                return PairLink(DirectionState.OK, reference.url, reference.text)
        named = [r for r in meant if r.url]
        states = [link for r in named if (link := self._judged(r, holder, words)) is not None]
        for state in (
            DirectionState.BROKEN,
            DirectionState.WRONG_TARGET,
            DirectionState.NOT_ASSESSED,
        ):
            for link in states:
                if link.state is state:
                    return link
        scripted = holder.page.script_fills or holder.page.relates_by_script
        if scripted or any(not reference.url for reference in meant):
            return PairLink(DirectionState.NOT_ASSESSED, reason=Reason.NEEDS_BROWSER)
        return PairLink(DirectionState.MISSING)

    def broken(self, reference: Reference) -> PairLink | None:
        """The link as a broken one, when its target is missing for certain."""
        answer = self._found.answers.through(reference.url)
        if answer is None or answer.outcome not in DEAD or answer.looks < ENOUGH:
            return None
        if self._found.answers.doubt(reference.url, answer) is not None:
            return None
        return PairLink(
            DirectionState.BROKEN, reference.url, reference.text, answer.outcome, answer.status
        )

    def reaches(self, reference: Reference) -> PairLink:
        """The state of a link to a file or to another host, by its answer alone."""
        answer = self._found.answers.through(reference.url)
        if answer is None:
            return _unknown(reference, Reason.BUDGET)
        if answer.outcome in ALIVE:
            return PairLink(DirectionState.OK, reference.url, reference.text, answer.outcome)
        doubt = self._found.answers.doubt(reference.url, answer)
        return (
            _unknown(reference, doubt)
            if doubt
            else self.broken(reference) or _unknown(reference, Reason.UNREACHABLE)
        )

    def _is_meant(
        self, reference: Reference, holder: Document, partner: Document, words: str
    ) -> bool:
        """Whether the link is meant for the partner: it leads there, names it, or says what it is."""
        page = self._found.page(reference.url) if reference.url else None
        if page is not None and page.url == partner.page.url:
            return page.url != holder.page.url
        if reference.aside or not reference.text:
            return False  # only where it leads tells what it is
        if not self._is_own(reference, holder) and _names(reference.text, partner.page.name):
            return True
        return relates(f"{reference.heading} {reference.text}", words) and has_han(reference.text)

    def _is_own(self, reference: Reference, holder: Document) -> bool:
        """Whether the link leads to the page that holds it."""
        page = self._found.page(reference.url) if reference.url else None
        return page is not None and page.url == holder.page.url

    def _arrives(self, reference: Reference, partner: Digest) -> bool:
        """Whether the link leads to the partner, to a copy of it, or to it on another site."""
        page = self._found.page(reference.url)
        if page is not None and page.outcome in ALIVE:
            return page.url == partner.url or same_document(page.name, partner.name)
        answer = self._found.answers.through(reference.url)
        outside = not self._found.answers.is_own(reference.url)
        if answer is None or not outside or answer.outcome not in ALIVE:
            return False
        return _names(reference.text, partner.name)

    def _judged(self, reference: Reference, holder: Document, words: str) -> PairLink | None:
        """What is wrong with a link that does not arrive; None: it is no link of this pair."""
        answer = self._found.answers.through(reference.url)
        if answer is None:
            return _unknown(reference, Reason.BUDGET)
        doubt = self._found.answers.doubt(reference.url, answer)
        if doubt is not None:
            return _unknown(reference, doubt)
        if answer.outcome in DEAD:
            return self.broken(reference) or _unknown(reference, Reason.UNREACHABLE)
        page = self._found.page(reference.url)
        if page is None and not self._found.answers.is_own(reference.url):
            return _unknown(reference, Reason.NOT_REGISTERED)  # another host's page is not read
        if page is None:
            return None
        home = self._found.home
        lost = page.url == holder.page.url or (home is not None and page.url == home.url)
        if lost or self._is_strange(reference, page, holder, words):
            return PairLink(
                DirectionState.WRONG_TARGET,
                reference.url,
                reference.text,
                answer.outcome,
                answer.status,
            )
        return None

    def _is_strange(self, reference: Reference, page: Digest, holder: Document, words: str) -> bool:
        """Whether a link says that it leads to the other one, and leads to a document of another matter."""
        if page.rows or not relates(reference.text, words):
            return False
        pair = (page.name, holder.page.name)
        near = nearness(*pair) if words == "to_interpretation" else nearness(pair[1], pair[0])
        return near < STRANGE and not same_document(reference.text, page.name)


def _names(text: str, title: str) -> bool:
    return len(text) >= NAMING and same_document(text, title)


def _unknown(reference: Reference, reason: Reason) -> PairLink:
    return PairLink(DirectionState.NOT_ASSESSED, reference.url, reference.text, reason=reason)
