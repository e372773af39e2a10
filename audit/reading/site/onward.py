"""Where a guide goes on: further pages of the same guide, and pages that hold one of its elements."""

from collections.abc import Callable, Iterable, Mapping

import msgspec

from audit.model import PageRecord, Region, ServiceGuide
from audit.model.words import READ
from audit.reading.folded import elements, elements_in
from audit.reading.site.digest import Digest
from audit.reading.site.survey import Survey
from audit.text import squeeze
from audit.vocabulary import pattern_of, words

REST = 16  # characters of the words of a link to the rest of a guide
MOST = 12  # links of one guide that are followed

Page = Callable[[str], Digest | None]


class Onward(msgspec.Struct, frozen=True):
    """A link on which a guide may go on."""

    url: str
    subject: str  # the service that its words name beside the element; empty: none
    turns: bool  # it turns to another page of the same text


def onward_of(found: Survey, record: PageRecord) -> tuple[Onward, ...]:
    """The links of the text that may lead to the rest of the guide, in their order."""
    made: dict[str, Onward] = {}
    for link in record.links:
        if link.region in {Region.NAV, Region.FOOTER} or link.url in {"", record.url}:
            continue
        if link.url in record.attachments or not found.answers.is_own(link.url):
            continue
        one = _leads(link.url, squeeze(link.text))
        if one is not None and not found.targets.is_common(link.url):
            made.setdefault(link.url, one)
            if len(made) >= MOST:
                break
    return tuple(made.values())


def joined(
    guides: Iterable[ServiceGuide], ways: Mapping[str, tuple[Onward, ...]], page: Page
) -> tuple[ServiceGuide, ...]:
    """The guides; one that goes on has what its pages show together, and so has each of them.

    Another service's guide is no rest of this one; where only its link speaks for it, it is named.
    """
    known = {guide.url: guide for guide in guides}
    steps: dict[str, list[str]] = {}
    open_: dict[str, str] = {}
    for url, links in ways.items():
        steps[url] = []
        for link in links:
            target = page(link.url)
            rest = known.get(target.url if target is not None else link.url)
            if rest is not None and _is_one(known[url], rest, link):
                steps[url].append(rest.url)
            elif not _is_other(known[url], rest, target, link):
                open_.setdefault(url, link.url)
    has = {url: set(guide.present) for url, guide in known.items()}
    for url in ways:
        parts = _reached(url, steps)
        together = {name for part in parts for name in known[part].present}
        for part in parts:
            has[part] |= together
    return tuple(_with(guide, has[url], open_.get(url, "")) for url, guide in known.items())


def lacking_of(present: Iterable[str]) -> tuple[str, ...]:
    """The element classes that are not among those, in the order of the norm."""
    return tuple(name for name, _ in elements() if name not in present)


def _with(guide: ServiceGuide, has: set[str], onward: str) -> ServiceGuide:
    more = len(has) > len(guide.present)
    present = tuple(name for name, _ in elements() if name in has) if more else guide.present
    lacking = lacking_of(present)
    return msgspec.structs.replace(
        guide,
        present=present,
        lacking=lacking,
        shown=len(present) if more else guide.shown,
        onward=onward if lacking else "",
    )


def _reached(url: str, steps: Mapping[str, list[str]]) -> list[str]:
    """The page and all on which it goes on, page by page."""
    reached = [url]
    for one in reached:
        reached += [step for step in steps.get(one, ()) if step not in reached]
    return reached


def _leads(url: str, name: str) -> Onward | None:
    """A link by its words: they turn a page, name an element of a guide, or say 详情."""
    if name in words("page")["pager_next"] or name.isdecimal():
        return Onward(url, "", turns=True)
    if not 1 < len(name) <= REST or pattern_of("dealings", "guide_names").search(name):
        return None
    if pattern_of("dealings", "other_texts").search(name):
        return None
    if pattern_of("dealings", "guide_rest").search(name):
        return Onward(url, "", turns=False)
    named = [one for one in elements_in(name) if one != "事项名称"]
    return Onward(url, _subject(name), turns=False) if named else None


def _is_one(guide: ServiceGuide, rest: ServiceGuide, link: Onward) -> bool:
    """Whether two pages are of one guide: they name the same service, or the other one names none."""
    own, other = _subject(guide.title), _subject(rest.title)
    if link.turns:
        return own == other
    return other in {"", own} and link.subject in {"", own}


def _is_other(
    guide: ServiceGuide, rest: ServiceGuide | None, target: Digest | None, link: Onward
) -> bool:
    """Whether a link leads to another text: the guide of another service, or no further page of this."""
    own = _subject(guide.title)
    if rest is None:
        if target is None or target.outcome not in READ:
            return False
        return link.turns and _subject(target.name) != own
    other = _subject(rest.title)
    return other not in {"", own} and (link.turns or link.subject not in {"", own})


def _subject(name: str) -> str:
    """The service that a name speaks of, without the words that call it a guide or one of its parts."""
    plain = squeeze(name)
    for pattern in (pattern_of("dealings", "guide_names"), *(one for _, one in elements())):
        plain = pattern.sub("", plain)
    return pattern_of("dealings", "guide_fillers").sub("", plain)
