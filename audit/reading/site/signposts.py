"""Everything that names something on a site: links, menus, breadcrumbs, titles, headings of boxes."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

import msgspec

from audit.model import FetchOutcome, PageKind, PageRecord, Reason, Signpost
from audit.reading.site.digest import Digest
from audit.reading.site.entrances import Reach, follow
from audit.reading.site.survey import Survey
from audit.text import shorten, squeeze
from audit.vocabulary import pattern_of, words

NAME = 60  # characters of a text that can name something
KEPT = 400  # places kept of each entry
LEADS = 16  # characters of the words of a link that say what its page is about
TEXT = 20  # pages of each entry whose text is looked at
_NUMBER = re.compile(r"\d|[〇○零]")  # a year may stand in what the headline leaves out


class Named(msgspec.Struct):
    """What names one entry."""

    signs: dict[tuple[str, str], Signpost]
    pages: dict[str, str]  # address → text of pages that are about it
    script: bool = False  # script fills a page about it


class Signposts:
    """Sorts the names of a site by the entries that they speak of."""

    def __init__(self, found: Survey) -> None:
        """Start with the words of all links."""
        self.named = {entry: Named({}, {}) for entry in _patterns()}
        self._found = found
        self._led: dict[str, dict[str, None]] = {}  # address → entries whose name leads there
        for url, text, page in found.targets.texts():
            self.add(text, url, page)
            plain = squeeze(text)
            if len(plain) <= LEADS:
                self._led.setdefault(url, {}).update(dict.fromkeys(_spoken_of(plain)))

    def add(self, text: str, url: str, page: str) -> None:
        """Take down a name for every entry that it speaks of."""
        if not 1 < len(text) <= 2 * NAME:
            return
        plain = squeeze(text)
        for entry in _spoken_of(plain):
            if len(self.named[entry].signs) < KEPT:
                outside = bool(url) and not self._found.answers.is_own(url)
                sign = Signpost(shorten(text, NAME), url, page, outside)
                self.named[entry].signs.setdefault((plain, url), sign)

    def take(self, digest: Digest, record: PageRecord) -> None:
        """Take down what a page calls itself and its boxes, and the words of links that go nowhere."""
        url = digest.url
        crumbs = (crumb.text for crumb in digest.crumbs)
        own = (digest.headline, _beside(digest), digest.column_name, *crumbs)
        boxes = (*record.headings, *(one.heading for one in record.lists))
        idle = (link.text for link in record.links if link.url in {"", url})
        for text in dict.fromkeys((*own, *boxes, *idle)):
            self.add(text, url, url)
        self._text(digest, record, own)

    def _text(self, digest: Digest, record: PageRecord, own: tuple[str, ...]) -> None:
        """Keep the text of a page that is about an entry by what it calls itself, or by its links.

        What script fills may name more, but for one text of a section: it is no page of entries.
        """
        about = _spoken_of(" ".join(squeeze(one) for one in own))
        for entry in dict.fromkeys((*about, *self._led.get(digest.url, ()))):
            named = self.named[entry]
            if len(named.pages) < TEXT:
                named.pages[digest.url] = record.text
        unread = digest.outcome is FetchOutcome.NEEDS_BROWSER or record.script_fills
        if not unread:
            return
        if digest.kind is PageKind.ARTICLE:
            about = _spoken_of(" ".join(map(squeeze, (digest.headline, digest.title))))
        for entry in about:
            self.named[entry].script = True

    def is_gone(self, sign: Signpost) -> bool:
        """Whether requests agree that what a name leads to is not there."""
        return bool(sign.url) and follow(self._found, sign.url).reach is Reach.GONE

    def of(self, entry: str) -> tuple[Signpost, ...]:
        """What names an entry, shortest first."""
        found = self.named[entry].signs.values()
        return tuple(sorted(found, key=lambda one: (one.outside, len(one.text), one.text, one.url)))


def _beside(digest: Digest) -> str:
    """What a page's title says beside its headline: names of site and column, to which no year of its belongs."""
    if not digest.headline:
        return digest.title
    before, found, behind = digest.title.partition(digest.headline)
    rest = f"{before} {behind}".strip()
    return rest if found and not _NUMBER.search(rest) else digest.title


@lru_cache(maxsize=8192)
def _spoken_of(plain: str) -> tuple[str, ...]:
    """The entries that a name speaks of; menus say the same on every page."""
    named = pattern_of("openness", "years").sub("", plain)  # 信息公开工作2024年度报告
    if not _all().search(named):
        return ()
    return tuple(entry for entry, pattern in _patterns().items() if pattern.search(named))


def unnamed_of(found: Survey, posts: Signposts, unseen: Reason | None) -> Reason | None:
    """Why something may be there although no name tells of it; None: all was seen."""
    if unseen is not None:
        return unseen
    dark = posts.named["platforms"].script or found.waits
    return Reason.NEEDS_BROWSER if dark else None


def entries() -> tuple[str, ...]:
    """Ids of all entries that names are sorted by."""
    return tuple(_patterns())


def listed(key: str) -> Iterable[str]:
    """The patterns of one key of the vocabulary of openness."""
    return words("openness")[key]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    keys = (*listed("entries"), *listed("yearly"))
    made = {key: _either(listed(f"{key}.names")) for key in keys}
    return {**made, "platforms": _either(listed("platforms"))}


@cache
def _all() -> re.Pattern[str]:
    keys = (*listed("entries"), *listed("yearly"))
    names = (one for key in keys for one in listed(f"{key}.names"))
    return _either(dict.fromkeys((*names, *listed("platforms"))))


def _either(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns))


def parts_of(entry: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The parts that an entry must have: name and the words that show it."""
    for line in listed(f"{entry}.parts"):
        name, _, pattern = line.partition("=")
        yield name, re.compile(pattern)
