"""Messages of the public: from the rows of their lists and from their own pages."""

import datetime as dt

from audit import dates
from audit.model import (
    Column,
    FetchOutcome,
    Messages,
    MessageState,
    PageKind,
    PageRecord,
    PublicMessage,
    Reason,
    Reply,
)
from audit.reading.site.digest import Digest
from audit.text import halfwidth, shorten
from audit.vocabulary import pattern_of

SPAN = 160  # characters behind a row's title that speak of it
KEPT = 2000  # messages
FIELDS = ("asked", "answered", "replier", "reply")
HEAD = 24  # characters of a title by which its row is found
NEAR = 30  # characters behind a label in which its date stands


class Talks:
    """Gathers messages page by page."""

    def __init__(self) -> None:
        """Start with none."""
        self.rows: dict[str, PublicMessage] = {}
        self.pages: dict[str, PublicMessage] = {}
        self.replies: list[Reply] = []
        self.lists: list[str] = []
        self.statistics = ""
        self.script = False

    def take(self, digest: Digest, record: PageRecord, column: Column | None) -> None:
        """Take down what one page tells of messages."""
        own = () if digest.kind is PageKind.ARTICLE else (digest.headline or digest.title,)
        names = (*own, *(crumb.text for crumb in digest.crumbs), *_names(column))
        if not _holds(" ".join(names)):
            return
        unread = digest.outcome is FetchOutcome.NEEDS_BROWSER
        self.script = self.script or record.script_fills or unread
        if digest.rows and digest.kind is not PageKind.ARTICLE:
            self._list(digest, record)
        elif digest.kind is PageKind.ARTICLE or _is_answered(record.text):
            self._page(digest, record)
        if not self.statistics and (
            found := pattern_of("dealings", "statistics").search(record.text)
        ):
            self.statistics = found[0]

    def _list(self, digest: Digest, record: PageRecord) -> None:
        text, place = record.text, 0
        starts: list[int] = []
        for row in digest.rows:
            found = text.find(row.title.rstrip(".…")[:HEAD], place)
            starts.append(found)
            place = found + 1 if found >= 0 else place
        told = False
        for number, row in enumerate(digest.rows):
            start = starts[number]
            if start < 0 or len(self.rows) >= KEPT:
                continue
            start += len(row.title)
            end = next((s for s in starts[number + 1 :] if s >= 0), start + SPAN)
            said = text[start : min(end, start + SPAN)]
            state = state_of(said)
            told = told or state is not MessageState.UNKNOWN
            day = row.day or _first(said)
            self.rows.setdefault(
                row.url or row.title,
                PublicMessage(
                    row.url or digest.url, row.title, day, state, digest.url,
                    shorten(f"{row.title} {said.strip()}", 120), digest.sha256,
                ),
            )  # fmt: skip
        if told:
            self.lists.append(digest.url)

    def _page(self, digest: Digest, record: PageRecord) -> None:
        text = record.text
        fields = frozenset(
            field for field in FIELDS if pattern_of("dealings", f"{field}_label").search(text)
        )
        state = MessageState.ANSWERED if "reply" in fields else state_of(text)
        asked = _behind(text, "asked_label")
        if state is MessageState.ANSWERED:
            self.replies.append(Reply(digest.url, digest.name, fields, digest.sha256))
        self.pages[digest.url] = PublicMessage(
            digest.url, digest.name, asked, state, digest.url, shorten(text, 120), digest.sha256
        )

    def made(self, unseen: Reason | None) -> Messages:
        """Every message once; its own page knows more than the row that lists it."""
        found = dict(self.rows)
        for url, page in self.pages.items():
            row = found.get(url)
            if row is not None and page.state is MessageState.UNKNOWN:
                continue
            asked = page.asked or (row.asked if row else None)
            found[url] = PublicMessage(
                url, page.title, asked, page.state, page.page, page.quote, page.sha256
            )
        script = Reason.NEEDS_BROWSER if self.script else None
        return Messages(
            tuple(found[name] for name in sorted(found)),
            tuple(self.replies),
            self.statistics,
            tuple(self.lists),
            unseen or script,
        )


def state_of(said: str) -> MessageState:
    """What words say of a message; those that say that it waits go first."""
    for state in (MessageState.WAITING, MessageState.HANDLING, MessageState.ANSWERED):
        if pattern_of("dealings", state.value).search(said):
            return state
    return MessageState.UNKNOWN


def _holds(name: str) -> bool:
    """Whether a name is that of a place of messages."""
    return (
        pattern_of("dealings", "message_columns").search(name) is not None
        and pattern_of("dealings", "not_message_columns").search(name) is None
    )


def _names(column: Column | None) -> tuple[str, ...]:
    return column.path if column else ()


def _is_answered(text: str) -> bool:
    return pattern_of("dealings", "reply_label").search(text) is not None


def _first(said: str) -> dt.date | None:
    found = dates.first(halfwidth(said))
    return found.day if found else None


def _behind(text: str, key: str) -> dt.date | None:
    match = pattern_of("dealings", key).search(text)
    return _first(text[match.end() : match.end() + NEAR]) if match else None
