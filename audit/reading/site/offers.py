"""What names a service on a site, and whether it leads to one."""

import msgspec

from audit.model import PageKind, PageRecord, Reason
from audit.reading.site.digest import Digest
from audit.reading.site.entrances import SHOWN, Reach, follow, serves
from audit.reading.site.survey import Survey
from audit.text import squeeze
from audit.vocabulary import pattern_of

NAME = 16  # characters of the name of an entry; a headline is longer

Named = tuple[str, str, str]  # words, address, page that holds them


class Offered(msgspec.Struct, frozen=True):
    """The names of services by what came of following them."""

    names: tuple[Named, ...]  # they lead to a page of the site or to a public body's
    doubtful: tuple[Named, ...]  # gone, blank, a text without a date, or surely nobody's entrance
    unanswered: Reason | None  # why one was not followed to its end


class Offers:
    """Takes down what pages call themselves and their links."""

    def __init__(self, found: Survey) -> None:
        """Start with none."""
        self._found = found
        self._own: list[Named] = []  # what pages of services call themselves
        self._texts: list[Named] = []  # what texts without a date call themselves
        self.loose = False  # a name of services without an address: script may open it

    def take(self, digest: Digest, record: PageRecord) -> None:
        """Keep what a page calls itself, and whether it names services without a link."""
        kept = self._texts if digest.kind is PageKind.ARTICLE else self._own
        if len(kept) < SHOWN and _shows(digest):
            crumbs = (crumb.text for crumb in record.breadcrumb[-1:])
            names = (digest.headline, digest.title, *crumbs)
            own = next((one for one in names if offers(one)), "")
            kept += [(own, digest.url, digest.url)] if own else []
        if not self.loose:
            self.loose = any(not link.url and offers(link.text) for link in record.links)

    def made(self) -> Offered:
        """Every name of a service, followed."""
        names: list[Named] = []
        doubtful: list[Named] = sorted(self._texts)
        unanswered: Reason | None = None
        for url, text, page in self._found.targets.texts():
            if len(names) >= SHOWN:
                break
            if not offers(text) or self._is_news(url):
                continue
            followed = follow(self._found, url)
            if followed.reach is Reach.UNSEEN:
                unanswered = unanswered or followed.reason
            elif self._leads(followed.reach, url):
                names.append((text, url, page))
            else:
                doubtful.append((text, url, page))
        names += sorted(self._own)
        return Offered(tuple(names[:SHOWN]), tuple(doubtful[:SHOWN]), unanswered)

    def _leads(self, reach: Reach, url: str) -> bool:
        """Whether an entry that answered leads to something that serves; a text outside menus is none."""
        page = self._found.page(url)
        if page is not None and (page.notice or self._is_text(page, url)):
            return False
        return reach is not Reach.GONE and serves(self._found, url)

    def _is_news(self, url: str) -> bool:
        """Whether short words outside the menu are the headline of a dated text."""
        page = self._found.page(url)
        return page is not None and _is_dated(page) and self._is_text(page, url)

    def _is_text(self, page: Digest, url: str) -> bool:
        return page.kind is PageKind.ARTICLE and not self._found.targets.in_menu(url)


def offers(text: str) -> bool:
    """Whether short words name services, no body and no event."""
    name = squeeze(text)
    return (
        len(name) <= NAME
        and pattern_of("dealings", "services").search(name) is not None
        and pattern_of("dealings", "not_services").search(name) is None
    )


def _shows(page: Digest) -> bool:
    return not page.notice and not _is_dated(page)


def _is_dated(page: Digest) -> bool:
    return page.kind is PageKind.ARTICLE and page.published is not None
