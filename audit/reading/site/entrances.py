"""Links by which the public gets to a service or a mailbox: whether they answer, and who keeps them."""

from enum import StrEnum

import msgspec

from audit.model import FetchOutcome, HostKind, PageKind, Reason, Region
from audit.model.words import GONE
from audit.reading.site.answers import ALIVE, DEAD, ENOUGH, MISSING, reason_of
from audit.reading.site.digest import Digest
from audit.reading.site.outside import kind_of
from audit.reading.site.survey import Survey
from audit.reading.site.targets import Targets
from audit.text import squeeze
from audit.urls import host_port
from audit.vocabulary import pattern_of

SHOWN = 20
NAME = 16  # characters of the name of a page that is about services; a headline is longer


class Reach(StrEnum):
    """What came of following an entrance."""

    REACHED = "reached"
    LOGIN = "login"  # it asks to log in
    GONE = "gone"
    UNSEEN = "unseen"


class Followed(msgspec.Struct, frozen=True):
    """An entrance that was followed."""

    reach: Reach
    outcome: FetchOutcome | None = None
    reason: Reason | None = None  # why it is unseen


def follow(found: Survey, url: str) -> Followed:
    """Where an entrance leads: it is gone only when requests agree that there is no such page."""
    answer = found.answers.through(url)
    if answer is None:
        return Followed(Reach.UNSEEN, None, Reason.BUDGET)
    said = answer.outcome
    if said in ALIVE:
        return Followed(Reach.REACHED, said)
    if said is FetchOutcome.LOGIN_REQUIRED:
        return Followed(Reach.LOGIN, said)
    doubt = found.answers.doubt(url, answer)
    gone = said is FetchOutcome.SOFT_404 or (said in MISSING and answer.status in GONE)
    if gone and doubt is None and answer.looks >= ENOUGH:
        return Followed(Reach.GONE, said)
    return Followed(Reach.UNSEEN, said, doubt or reason_of(said))


def serves(found: Survey, url: str) -> bool:
    """Whether an entrance is surely the site's: on its host, named by its menu, or shown as its way in.

    A public body's host is such a way on the home page and on pages that are about services or writing;
    in an article or a footer the link may speak of somebody else's.
    """
    if found.answers.is_own(url) or found.targets.in_menu(url):
        return True
    if kind_of(host_port(url).rpartition(":")[0]) not in _PUBLIC:
        return False
    fronts = {record.url for record in found.fronts}
    pages = (found.page(page) for page in found.targets.holders(url))
    return any(page is not None and _sends(page, front=page.url in fronts) for page in pages)


def _sends(page: Digest, *, front: bool) -> bool:
    """Whether a page is a home page or calls itself one of services or of ways to write; no article."""
    if page.kind is PageKind.ARTICLE:
        return False
    name = squeeze(page.name)
    about = (pattern_of("dealings", key) for key in ("services", "channels"))
    return front or (len(name) <= NAME and any(one.search(name) is not None for one in about))


_PUBLIC = frozenset({HostKind.GOVERNMENT, HostKind.PUBLIC})


def wordless_of(targets: Targets) -> tuple[tuple[str, str], ...]:
    """Links of the home page and of menus to other hosts that no words name: address and page.

    Pictures of the footer are the marks that every site bears, and accounts on platforms are no way in.
    """
    made: list[tuple[str, str]] = []
    for target, _ in targets.outside():
        menu = target.region is Region.NAV
        if not menu and (target.level != "home" or target.region is Region.FOOTER):
            continue
        if target.outcome in DEAD and target.reason is None and target.looks >= ENOUGH:
            continue
        known = pattern_of("entrances", "no_ways").search(host_port(target.url)) is not None
        if not known and not any(is_worded(one.text) for one in target.examples):
            made.append((target.url, target.examples[0].page))
    return tuple(made[:SHOWN])


def is_worded(text: str) -> bool:
    """Whether the words of a link say where it leads."""
    name = squeeze(text)
    return (
        pattern_of("entrances", "readable").search(name) is not None
        and pattern_of("entrances", "says_nothing").fullmatch(name) is None
    )
