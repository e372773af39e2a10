"""Words that stand on most pages of a site: menus and footers, whatever they are called."""

from collections import Counter

from audit.model import PageRecord
from audit.reading.site.digest import Digest, notice_of, own_words
from audit.urls import key

SAMPLES = 40  # list pages that are learned from
LEAST = 3  # list pages below which nothing is known to stand
MOST = 0.6  # share of them that show a word which stands


class Standing:
    """Learns from list pages of different columns; tells what other pages say besides."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._columns: set[str] = set()
        self._pages: Counter[str] = Counter()  # list pages that show a word
        self._times: Counter[str] = Counter()  # how often they do in all

    def learn(self, record: PageRecord) -> None:
        """Take note of the words of a list page, unless its column is known."""
        if len(self._columns) >= SAMPLES or not any(one.main for one in record.lists):
            return
        column = record.breadcrumb[-1].text if record.breadcrumb else key(record.url)
        if column in self._columns:
            return
        self._columns.add(column)
        said = Counter(record.text.split())
        self._pages.update(said.keys())
        self._times.update(said)

    def clear(self, digest: Digest) -> None:
        """Cut from a page without rows of its own what most list pages show too.

        A word is cut as often as it stands on them, no more: tiles that repeat a menu are content.
        """
        said, digest.said = digest.said, None
        if said is None or len(self._columns) < LEAST:
            return
        left = self._usual(said.text)
        if not left:
            return
        own: list[str] = []
        for word in said.text.split():
            if left[word] > 0:
                left[word] -= 1
            else:
                own.append(word)
        kept = " ".join(own)
        text = own_words(kept, said.names)
        digest.length = len(text)
        digest.notice = notice_of(text)
        digest.entries = tuple(entry for entry in digest.entries if entry in kept)

    def stands(self, word: str) -> bool:
        """Whether most list pages show a word."""
        return len(self._columns) >= LEAST and self._pages[word] >= MOST * len(self._columns)

    def _usual(self, said: str) -> Counter[str]:
        """How often each word of a text stands on a list page."""
        return Counter(
            {
                word: -(-self._times[word] // self._pages[word])
                for word in set(said.split())
                if self.stands(word)
            }
        )
