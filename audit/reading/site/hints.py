"""Interpretations that links speak of and nobody read: files, pictures, other hosts, closed pages."""

from audit.model import Reason
from audit.reading.site.answers import ALIVE
from audit.reading.site.details import Details, Document
from audit.reading.site.documents import nearness, relates
from audit.reading.site.survey import Survey
from audit.reading.site.unseen import closed_reason
from audit.text import squeeze
from audit.vocabulary import pattern_of

ALIKE = 0.8  # nearness of the words of a link to a policy's title
LEAST = 8  # characters of words that can name a document beside what makes them an interpretation


class Hints:
    """What may interpret a policy although no page of the site that was read does."""

    def __init__(self, found: Survey, details: Details) -> None:
        """Gather the words of links to what was not read as an interpretation."""
        self._named: list[tuple[str, Reason]] = []
        self._elsewhere: Reason | None = None
        fronts = {
            target.url
            for target, _ in found.targets.outside()
            if target.level == "home" or found.targets.in_menu(target.url)
        }
        for url, text, _ in found.targets.texts():
            if not relates(text, "to_interpretation"):
                continue
            read = found.page(url) if url else None
            if read is not None and read.url in details.interpretations:
                continue
            if url in fronts and pattern_of("policies", "interpretation_columns").search(
                squeeze(text)
            ):
                self._elsewhere = Reason.NOT_REGISTERED
            elif len(squeeze(text)) >= LEAST and read is None:
                why = closed_reason(found, url) or _unread(found, url)
                self._named += [(text, why)] if why else []

    def of(self, policy: Document) -> Reason | None:
        """Why an interpretation of the policy may be there; None: nothing speaks of one."""
        title = policy.page.name
        near = (why for text, why in self._named if nearness(text, title) >= ALIKE)
        return next(near, self._elsewhere)


def _unread(found: Survey, url: str) -> Reason | None:
    """Why what answers at an address was not read as a page: a file, or another host's; None: gone."""
    answer = found.answers.through(url) if url else None
    return Reason.NOT_REGISTERED if answer is not None and answer.outcome in ALIVE else None
