"""What the second pass takes from pages beside documents and unit facts."""

from audit.model import Channels, Messages, PageRecord, Services
from audit.reading.site.columns import Columns
from audit.reading.site.digest import Digest
from audit.reading.site.guides import Guides
from audit.reading.site.signposts import Signposts
from audit.reading.site.survey import Survey
from audit.reading.site.talks import Talks
from audit.reading.site.ways import Ways


class Closeup:
    """Shows each page to all that look for something."""

    def __init__(self, found: Survey, columns: Columns) -> None:
        """Start with nothing seen."""
        self.posts = Signposts(found)
        self._columns = {column.key: column for column in columns.columns}
        self._talks = Talks()
        self._ways = Ways(found)
        self._guides = Guides(found)

    def take(self, digest: Digest, record: PageRecord, column: str) -> None:
        """Look at one page; it was read, or only script would fill it."""
        own = self._columns.get(column)
        self.posts.take(digest, record)
        self._talks.take(digest, record, own)
        self._ways.take(digest, record)
        self._guides.take(digest, record, own)

    def messages(self, *, complete: bool) -> Messages:
        """Messages of the public and their replies."""
        return self._talks.made(complete=complete)

    def channels(self, *, complete: bool) -> Channels:
        """Ways to write to the site."""
        return self._ways.made(complete=complete)

    def services(self, *, complete: bool) -> Services:
        """Services and their guides."""
        return self._guides.made(complete=complete)
