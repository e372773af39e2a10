"""What stands on most pages of a site: menus, footers and side boxes, whatever they are called."""

from collections import Counter
from collections.abc import Callable

from audit.model import DateSource, ItemList, PageRecord
from audit.reading.site.digest import Digest, called, notice_of, own_words
from audit.reading.site.ownlist import main_of, own_list
from audit.urls import key
from audit.vocabulary import words

SAMPLES = 40  # list pages that are learned from
LEAST = 3  # list pages below which nothing is known to stand
MOST = 0.6  # share of them that show a word which stands
TITLE = 8  # characters that the title of a row has at least
SAYS = 20  # characters from which a page without a list of its own says something


class Standing:
    """Learns from list pages of different columns; tells what other pages say besides."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._columns: set[str] = set()
        self._pages: Counter[str] = Counter()  # list pages that show a word
        self._times: Counter[str] = Counter()  # how often they do in all
        self._rows: Counter[str] = Counter()  # list pages that show a row, in whatever list

    def learn(self, record: PageRecord) -> None:
        """Take note of the words of a list page, unless its column is known."""
        if len(self._columns) >= SAMPLES or main_of(record.lists) is None or _is_article(record):
            return
        column = record.breadcrumb[-1].text if record.breadcrumb else key(record.url)
        if column in self._columns:
            return
        self._columns.add(column)
        said = Counter(record.text.split())
        self._pages.update(said.keys())
        self._times.update(said)
        self._rows.update({name for one in record.lists for name in _names(one)})

    def stands(self, word: str) -> bool:
        """Whether most list pages show a word."""
        return len(self._columns) >= LEAST and self._pages[word] >= MOST * len(self._columns)

    def clear(self, digest: Digest, page: Callable[[str], Digest | None]) -> None:
        """Cut from a page what is no content of its own: side boxes, standing words.

        `page` gives the page at an address; breadcrumbs must be cut to the site's own steps.
        """
        lists = digest.lists
        self._clear_lists(digest, page)
        self._clear_menu(digest, main_of(lists))
        self._clear_words(digest)

    def _clear_lists(self, digest: Digest, page: Callable[[str], Digest | None]) -> None:
        """Leave out lists of other columns' articles, when something else is left."""
        lists, digest.lists = digest.lists, ()
        kept = [
            one for one in lists if not (self._is_common(one) and _is_foreign(one, digest, page))
        ]
        if len(kept) == len(lists):
            return
        main = main_of(lists)
        if main is not None and main.more_url:
            return  # a channel page of boxes
        if main is not None and main not in kept:
            said = [one for one in kept if any(len(row.title) >= TITLE for row in one.items)]
            if not said and self._own_length(digest) - digest.own.length < SAYS:
                return  # it may be its own after all
            main = max(said, key=lambda one: len(one.items), default=None)
        digest.own = own_list(kept, main, _name(digest))

    def _is_common(self, one: ItemList) -> bool:
        """Whether all rows of a list stand on the pages of several columns."""
        return all(self._rows[name] >= LEAST for name in _names(one))

    def _own_length(self, digest: Digest) -> int:
        """Characters that list pages do not show too."""
        said = digest.said.text if digest.said is not None else ""
        return len(self._own(said)) if said else digest.length

    def _clear_menu(self, digest: Digest, main: ItemList | None) -> None:
        """Leave out a menu of long names that many pages show, where the page's own list is empty.

        The page says so: it has nothing else of its own than such words, or an empty list in a box
        that says no more than its name. The rows may be its own all the same where nothing stands
        over them, or a name like the page's, or the empty list stands in a larger box: then nobody knows.
        """
        if main is None or not digest.rows or len(self._columns) < LEAST:
            return
        if not self._is_menu(digest) or (main.heading and main.heading in _name(digest)):
            return
        said = digest.said
        names = said.names if said is not None else ()
        told = bool(said and notice_of(own_words(self._own(said.text), names)))
        named = any(_is_empty_own(one, names, digest) for one in digest.empties)
        if not told and not named and not (digest.empties and main.heading):
            return
        digest.own = own_list((), None, "")
        digest.entries, digest.beside = digest.beside, ()
        apart = bool(main.heading) and not _share(main.heading, _name(digest))
        digest.borrowed = not told and not (named and apart)

    def _is_menu(self, digest: Digest) -> bool:
        """Whether no row of a page shows a day, and all stand on the pages of several columns."""
        return all(
            row.day is None and row.month_day is None and self._rows[row.url or row.title] >= LEAST
            for row in digest.rows
        )

    def _clear_words(self, digest: Digest) -> None:
        """Cut from a page without rows of its own what most list pages show too.

        A word is cut as often as it stands on them, no more: tiles that repeat a menu are content.
        """
        said, digest.said = digest.said, None
        if said is None or digest.rows or len(self._columns) < LEAST:
            return
        kept = self._own(said.text)
        if len(kept) == len(said.text):
            return
        text = own_words(kept, said.names)
        digest.length = len(text)
        digest.notice = notice_of(text)
        # the page's own name alone is its heading, beside other entries it may be one
        others = any(entry in text for entry in digest.entries)
        digest.entries = tuple(entry for entry in digest.entries if others and entry in kept)

    def _own(self, text: str) -> str:
        """The words of a text without those that stand."""
        left = self._usual(text)
        own: list[str] = []
        for word in text.split() if left else ():
            if left[word] > 0:
                left[word] -= 1
            else:
                own.append(word)
        return " ".join(own) if left else text

    def _usual(self, said: str) -> Counter[str]:
        """How often each word of a text stands on a list page."""
        return Counter(
            {
                word: -(-self._times[word] // self._pages[word])
                for word in set(said.split())
                if self.stands(word)
            }
        )


def _is_article(record: PageRecord) -> bool:
    """Whether a page with a list has a publication date of its own: its lists are other articles."""
    return bool(record.dates) and record.dates[0].source is not DateSource.URL


def _is_foreign(one: ItemList, digest: Digest, page: Callable[[str], Digest | None]) -> bool:
    """Whether the articles of a list name other columns as theirs, by breadcrumb or label."""
    own = _called(digest) | {key(digest.url)}
    read = [found for row in one.items if row.url and (found := page(row.url)) is not None]
    homes = [_above(found) for found in read]
    return bool(homes) and all(names and not names & own for names in homes)


def _called(digest: Digest) -> set[str]:
    last = {digest.crumbs[-1].text} if digest.crumbs else set[str]()
    return (last | {digest.column_name, digest.headline}) - {""}


def _above(article: Digest) -> set[str]:
    """What an article says of the columns above it: names and addresses."""
    names = {name for crumb in article.crumbs for name in (crumb.text, key(crumb.url)) if name}
    return (names | {article.column_name}) - {""}


def _name(digest: Digest) -> str:
    return called(digest.title, digest.crumbs)


def _share(one: str, other: str) -> bool:
    """Whether two names have two characters in a row in common: 年度专题 and 专题专栏."""
    pairs = {one[start : start + 2] for start in range(len(one) - 1)}
    return any(pair in other for pair in pairs.difference(words("columns")["generic_parts"]))


def _is_empty_own(said: str, names: tuple[str, ...], digest: Digest) -> bool:
    """Whether the words over an empty list are the page's own name and nothing else."""
    name = _name(digest)
    own = any(len(word) > 1 and word in name for word in said.split())
    return own and not own_words(said, names)


def _names(one: ItemList) -> set[str]:
    return {row.url or row.title for row in one.items}
