"""The pages of a site's leaders: which parts of a leader's information they show."""

from audit.model import Column, ColumnClass, FetchOutcome, Leaders, PageKind, PageRecord, Reason
from audit.reading.site.digest import Digest
from audit.text import squeeze
from audit.vocabulary import pattern_of

PARTS = ("name", "duties", "resume")
SHOWN = 20


class Persons:
    """Takes down the leaders' pages."""

    def __init__(self, names: tuple[str, ...]) -> None:
        """`names`: those that are registered for the site's unit."""
        self._names = names
        self._missed = {squeeze(name) for name in names}
        self._pages: list[tuple[str, str, str]] = []
        self._parts: set[str] = set()
        self._pictured = False
        self._script = False

    def take(self, digest: Digest, record: PageRecord, column: Column | None) -> None:
        """Look at a page when it is about leaders."""
        own = column is not None and column.klass is ColumnClass.LEADERS
        if digest.kind is not PageKind.LEADERS and not own:
            return
        unread = digest.outcome is FetchOutcome.NEEDS_BROWSER
        self._script = self._script or record.script_fills or unread
        if len(self._pages) < SHOWN:
            self._pages.append((digest.url, digest.name, digest.sha256))
        labels = " ".join(f"{one.label}：" for one in record.spoken)
        said = f"{digest.name} {record.text} {labels}"
        found = (p for p in PARTS if pattern_of("dealings", f"leader_{p}").search(said))
        self._parts.update(found)
        plain = squeeze(said)
        self._missed = {name for name in self._missed if name not in plain}
        self._pictured = self._pictured or bool(record.images or record.attachments)

    def made(self, unseen: Reason | None) -> Leaders:
        """All pages together."""
        script = Reason.NEEDS_BROWSER if self._script else None
        return Leaders(
            tuple(self._pages),
            tuple(part for part in PARTS if part in self._parts),
            tuple(name for name in self._names if squeeze(name) in self._missed),
            len(self._names),
            self._pictured,
            unseen or script,
        )
