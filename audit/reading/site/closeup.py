"""What the second pass takes from pages beside documents and unit facts."""

from collections.abc import Iterable

from audit.model import (
    Channels,
    Consultation,
    DecisionPage,
    Decree,
    Leaders,
    Messages,
    PageRecord,
    Reason,
    Services,
)
from audit.reading.site.columns import Columns
from audit.reading.site.decisions import Decisions
from audit.reading.site.decrees import Decrees, Paper
from audit.reading.site.digest import Digest
from audit.reading.site.guides import Guides
from audit.reading.site.hearings import Hearings
from audit.reading.site.persons import Persons
from audit.reading.site.signposts import Signposts
from audit.reading.site.survey import Survey
from audit.reading.site.talks import Talks
from audit.reading.site.ways import Ways


class Closeup:
    """Shows each page to all that look for something."""

    def __init__(
        self, found: Survey, columns: Columns, leaders: tuple[str, ...], owner: str
    ) -> None:
        """Start with nothing seen."""
        self.posts = Signposts(found)
        self._columns = {column.key: column for column in columns.columns}
        self._talks = Talks()
        self._ways = Ways(found)
        self._guides = Guides(found)
        self._persons = Persons(found, leaders)
        self._hearings = Hearings(found, owner)
        self._decisions = Decisions()
        self._decrees = Decrees()

    def take(self, digest: Digest, record: PageRecord, column: str) -> None:
        """Look at one page; it was read, or only script would fill it."""
        own = self._columns.get(column)
        self.posts.take(digest, record)
        self._talks.take(digest, record, own)
        self._ways.take(digest, record)
        self._guides.take(digest, record, own)
        self._persons.take(digest, record, own)
        self._hearings.take(digest, record, own)
        self._decisions.take(digest, record, own)
        self._decrees.take(digest, record)

    def messages(self, unseen: Reason | None) -> Messages:
        """Messages of the public and their replies."""
        return self._talks.made(unseen)

    def channels(self, unseen: Reason | None) -> Channels:
        """Ways to write to the site."""
        return self._ways.made(unseen)

    def services(self, unseen: Reason | None) -> Services:
        """Services and their guides."""
        return self._guides.made(unseen)

    def leaders(self, unseen: Reason | None) -> Leaders:
        """The pages of the leaders."""
        return self._persons.made(unseen)

    def consultations(self, unseen: Reason | None) -> tuple[Consultation, ...]:
        """Drafts put to the public."""
        return self._hearings.made(unseen)

    def decisions(self) -> tuple[DecisionPage, ...]:
        """Decisions that are to be posted in time."""
        return self._decisions.made()

    def decrees(self, papers: Iterable[Paper]) -> tuple[Decree, ...]:
        """The site's own documents with what repealed them."""
        return self._decrees.made(papers)
