"""Messages of the public: from the rows of their lists and from their own pages."""

import datetime as dt
import re

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
from audit.reading.site.states import replies, state_of, state_of_page
from audit.text import halfwidth, shorten
from audit.vocabulary import pattern_of

SPAN = 160  # characters behind a row's title that speak of it
KEPT = 2000  # messages
FIELDS = ("asked", "answered", "replier", "reply")
HEAD = 24  # characters of a title by which its row is found
_GAP = " :：\u3000"
NEAR = 30  # characters behind a label in which its date stands
HINTS = 6000  # characters of a page in which days are counted


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
        elif digest.kind is PageKind.ARTICLE or replies(record.text) or _is_letter(digest, record):
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
        state = state_of_page(record)
        asked = _behind(text, "asked_label")
        if state is MessageState.ANSWERED:
            shown = frozenset(one for one in FIELDS if _shows(one, text))
            hinted = _hinted(text) - shown
            self.replies.append(Reply(digest.url, digest.name, shown, digest.sha256, hinted))
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


def _holds(name: str) -> bool:
    """Whether a name is that of a place of messages."""
    return (
        pattern_of("dealings", "message_columns").search(name) is not None
        and pattern_of("dealings", "not_message_columns").search(name) is None
    )


def _is_letter(digest: Digest, record: PageRecord) -> bool:
    """Whether a page words a letter and tells the day on which it came; the form to write one does not."""
    return digest.wording is PageKind.MESSAGES and _behind(record.text, "asked_label") is not None


def _names(column: Column | None) -> tuple[str, ...]:
    return column.path if column else ()


def _shows(field: str, text: str) -> bool:
    """Whether a page of a reply shows one of its fields."""
    labels = pattern_of("dealings", f"{field}_label").finditer(text)
    return any(_has_value(text, match) for match in labels) or (field == "reply" and replies(text))


def _has_value(text: str, label: re.Match[str]) -> bool:
    """Whether something stands behind a label that is not the label of the next field."""
    if any(character.isdigit() for character in label[0]):
        return True  # words with their own day
    behind = text[label.end() : label.end() + SPAN].lstrip(_GAP)
    return bool(behind) and not any(
        pattern_of("dealings", f"{field}_label").match(behind) for field in FIELDS
    )


def _hinted(text: str) -> frozenset[str]:
    """Fields that may stand on a page without a label: two days, an office before a day, a greeting."""
    days = {found.start for found in dates.find(halfwidth(text[:HINTS]))}
    hints = {
        "asked": len(days) > 1,
        "answered": len(days) > 1,
        "replier": pattern_of("dealings", "replier_hints").search(text) is not None,
        "reply": pattern_of("dealings", "greetings").search(text) is not None,
    }
    return frozenset(field for field, hinted in hints.items() if hinted)


def _first(said: str) -> dt.date | None:
    found = dates.first(halfwidth(said))
    return found.day if found else None


def _behind(text: str, key: str) -> dt.date | None:
    """The day behind the first label; where the label's words hold it, that one."""
    match = pattern_of("dealings", key).search(text)
    return _first(text[match.start() : match.end() + NEAR]) if match else None
