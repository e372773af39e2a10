"""Every distinct target of the site's links: where it is linked from, and what came of asking."""

import copy
import ipaddress
import re
from collections.abc import Iterator
from sys import intern

import msgspec

from audit.model import (
    Astray,
    AttachedFile,
    FetchOutcome,
    FileFit,
    Link,
    LinkPlace,
    LinkSource,
    LinkTarget,
    PageRecord,
    Reason,
    Region,
)
from audit.reading.site.answers import ALIVE, DEAD, Answer, Answers
from audit.reading.site.files import agreeing, attached_file, fit_of, named
from audit.urls import host_port, key, without_visit_ids

EXAMPLES = 20
REMEMBERED = 30_000  # targets up to which they are made once; more are made anew for each reader
COMMON = 0.5  # share of the pages from which a link is part of the site's menu
FEW = 8  # pages below which nothing is called common
ORDER = (Region.NAV, Region.LIST, Region.BODY, Region.FOOTER)


_DISK = re.compile(r"file:|[a-z]:[\\/]|\\\\", re.IGNORECASE)
_ENTRANCE = re.compile(r"/(?:(?:index|default|main|home|portal)[^/]*)?(?:\?.*)?", re.IGNORECASE)


def astray_of_words(href: str) -> Astray:
    """What an attribute says that is no address of the web."""
    if _DISK.match(href):
        return Astray.DISK
    return Astray.MALFORMED if href.lower().startswith(("http:", "https:")) else Astray.NO


def is_intranet(url: str) -> bool:
    """Whether the host is an address of a private network, which the public cannot reach."""
    host = host_port(url).rpartition(":")[0].strip("[]")
    if host == "localhost":
        return True
    if not host[-1:].isdigit() and ":" not in host:
        return False
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False


def is_entrance(url: str) -> bool:
    """Whether the address is one of the names of a home page."""
    return _ENTRANCE.fullmatch(key(url)) is not None


def level_of(depth: int) -> str:
    """Where a target is linked: on the home page, one step from it, lower."""
    return ("home", "first")[depth] if depth <= 1 else "lower"


class Seen(msgspec.Struct):
    """One target in one region."""

    pages: int
    last: int  # number of the last page that was counted
    examples: list[LinkSource]


class Target(msgspec.Struct):
    """One target in the making."""

    url: str
    depth: int  # of the page nearest to the home page that holds it
    pages: int  # distinct pages
    last: int
    regions: dict[Region, Seen]
    others: list[str]  # further addresses of the same page, on other hosts or ports


class Targets:
    """Gathers links page by page; memory grows with targets, not with links."""

    def __init__(self, answers: Answers, home: str) -> None:
        """Start empty."""
        self._answers = answers
        self._home = home
        self.sends_home = False  # the site redirects missing pages to its home page
        self._unfit: dict[str, Target] = {}  # by what stands in place of an address
        self._by_key: dict[str, Target] = {}
        self._by_url: dict[str, Target] = {}
        self._made: tuple[LinkTarget, ...] | None = None
        self._said: tuple[tuple[str, str, str], ...] | None = None
        self.pages = 0

    def with_answers(self, answers: Answers) -> "Targets":
        """The same targets, with what came of asking since."""
        made = copy.copy(self)
        made._answers, made._made = answers, None  # noqa: SLF001 - one of its own kind
        return made

    def add(self, record: PageRecord, url: str, depth: int) -> None:
        """Count the links of one page that was read."""
        self.pages += 1
        number = self.pages
        known = self._by_url
        for link in record.links:
            address = link.url
            if not address:
                target = self._written(link, depth)
            else:
                target = known.get(address)
                if target is None:
                    target = self._target(address, depth)
            if target is None:
                continue
            if target.last != number:
                target.last = number
                target.pages += 1
                target.depth = min(target.depth, depth)
            seen = target.regions.get(link.region)
            if seen is None:
                seen = target.regions[link.region] = Seen(0, 0, [])
            if seen.last != number:
                seen.last = number
                seen.pages += 1
                if seen.pages <= EXAMPLES:
                    # menus say the same on many pages: one string for all of them
                    seen.examples.append(LinkSource(url, intern(link.text)))

    def _written(self, link: Link, depth: int) -> Target | None:
        """The target of a link whose address is none: a path of a disk, a broken address."""
        if link.idle or astray_of_words(link.href) is Astray.NO:
            return None
        known = self._unfit.get(link.href)
        if known is None:
            known = self._unfit[link.href] = Target(link.href, depth, 0, 0, {}, [])
        return known

    def _target(self, address: str, depth: int) -> Target:
        """The target of an address that is seen for the first time."""
        address = intern(address)  # rows and references that lead there keep the same string
        name = self._key(address)
        target = self._by_key.get(name)
        if target is None:
            target = self._by_key[name] = Target(address, depth, 0, 0, {}, [])
        else:
            target.others.append(address)
        self._by_url[address] = target
        return target

    def is_common(self, url: str) -> bool:
        """Whether so many pages hold the link that it is part of a menu, whatever its region."""
        target = self._by_url.get(url)
        return target is not None and self._is_common(target)

    def in_menu(self, url: str) -> bool:
        """Whether a menu holds the link; what stands at the foot of every page is none."""
        target = self._by_url.get(url)
        if target is None:
            return False
        common = self._is_common(target) and Region.FOOTER not in target.regions
        return common or Region.NAV in target.regions

    def addresses(self) -> Iterator[tuple[str, int, int]]:
        """Every address that is linked, with its depth and the pages that hold it, in URL order."""
        for target in self._by_key.values():
            for url in (target.url, *target.others):
                yield url, target.depth, target.pages

    def written(self) -> Iterator[str]:
        """Every address that is linked, and what stands in place of one."""
        for target in (*self._by_key.values(), *self._unfit.values()):
            yield target.url
            yield from target.others

    def menu(self) -> Iterator[tuple[str, list[str], bool]]:
        """Entries of menus: address, words, whether it is a main menu of most pages; in URL order."""
        for name in sorted(self._by_key):
            target = self._by_key[name]
            nav = target.regions.get(Region.NAV)
            common = self._is_common(target)
            if nav is None and not common:
                continue
            places = [nav] if nav is not None else list(target.regions.values())
            main = common and (nav is not None or Region.FOOTER not in target.regions)
            yield target.url, [one.text for seen in places for one in seen.examples], main

    def texts(self) -> Iterator[tuple[str, str, str]]:
        """Address, words and page of every kept link, each address's words once; in URL order."""
        if self._said is not None:
            return iter(self._said)
        if len(self._by_key) > REMEMBERED:
            return self._texts()
        self._said = tuple(self._texts())
        return iter(self._said)

    def _texts(self) -> Iterator[tuple[str, str, str]]:
        for name in sorted(self._by_key):
            target = self._by_key[name]
            said: dict[str, str] = {}
            for seen in target.regions.values():
                for one in seen.examples:
                    said.setdefault(one.text, one.page)
            for text, page in said.items():
                yield target.url, text, page

    def first_seen(self) -> Iterator[tuple[str, str, str, int]]:
        """Every target with its words, the first page that holds it, and how many do; in URL order."""
        for name in sorted(self._by_key):
            target = self._by_key[name]
            seen = next(iter(target.regions.values()))
            said = (e.text for seen in target.regions.values() for e in seen.examples if e.text)
            yield target.url, next(said, ""), seen.examples[0].page, target.pages

    def holder(self, url: str) -> str:
        """The first page that links to the address; empty when none does."""
        target = self._by_url.get(url)
        examples = (e for seen in target.regions.values() for e in seen.examples) if target else ()
        return min((one.page for one in examples), default="")

    def holders(self, url: str) -> Iterator[str]:
        """Pages that hold the link outside their footers, the first ones of each region."""
        target = self._by_url.get(url)
        for region, seen in target.regions.items() if target is not None else ():
            if region is not Region.FOOTER:
                yield from (one.page for one in seen.examples)

    def __iter__(self) -> Iterator[LinkTarget]:
        """The targets in the order of their addresses, each with its outcome."""
        if self._made is not None:
            return iter(self._made)
        if len(self._by_key) > REMEMBERED:
            return self._all()
        self._made = tuple(self._all())
        return iter(self._made)

    def _all(self) -> Iterator[LinkTarget]:
        for name in sorted(self._by_key):
            target = self._by_key[name]
            made = self._link_target(target)
            if made is not None:
                yield made
        for href, target in sorted(self._unfit.items()):
            yield self._astray(href, target, astray_of_words(href))

    def outside(self) -> Iterator[tuple[LinkTarget, Answer | None]]:
        """Targets on other hosts, with what came of asking; None: nobody asked."""
        for name in sorted(self._by_key):
            target = self._by_key[name]
            if self._answers.is_own(target.url):
                continue
            made = self._link_target(target, recorded=True)
            if made is not None and not made.astray:
                yield made, self._answers.through(made.url)

    def attachments(self) -> Iterator[AttachedFile]:
        """Attachments of the own hosts that answer, if only in part, in the order of their addresses."""
        for name in sorted(self._by_key):
            target = self._by_key[name]
            answer = self._answers.through(target.url) if named(target.url) else None
            if (
                answer is None
                or answer.outcome not in ALIVE | {FetchOutcome.TRUNCATED}
                or not self._answers.is_own(target.url)
            ):
                continue
            seen = next(iter(target.regions.values()))
            said = next((one.text for one in seen.examples if one.text), "")
            yield attached_file(target.url, said, answer)

    def _link_target(self, target: Target, *, recorded: bool = False) -> LinkTarget | None:
        """The target with its outcome; None: outside and only recorded, where that is not wanted."""
        url, answer = self._worst(target)
        outside = not self._answers.is_own(url)
        level = level_of(target.depth)
        if outside and is_intranet(url) and not is_intranet(self._home):
            return self._astray(url, target, Astray.INTRANET)
        if answer is None and outside and not self._answers.asked_outside and not recorded:
            return None
        places = self._places(target)
        ending = named(url)
        if answer is None or (answer.outcome is FetchOutcome.OUT_OF_SCOPE and answer.walked):
            unseen = FileFit.UNSEEN if ending else None
            return LinkTarget(url, level, outside, None, 0, 0, Reason.BUDGET, places, file=unseen)
        return LinkTarget(
            url,
            level,
            outside,
            answer.outcome,
            answer.status,
            agreeing(ending, answer) if ending and answer.outcome in ALIVE else answer.looks,
            self._answers.doubt(url, answer),
            places,
            answer.hops,
            answer.at,
            answer.error,
            answer.sha256,
            fit_of(ending, answer) if ending else None,
            answer.received,
            self._sent_home(url, answer),
        )

    def _astray(self, url: str, target: Target, why: Astray) -> LinkTarget:
        """A target that is not to be asked for."""
        return LinkTarget(
            url,
            level_of(target.depth),
            outside=True,
            outcome=None,
            status=0,
            looks=0,
            reason=None,
            places=self._places(target),
            astray=why,
        )

    def _sent_home(self, url: str, answer: Answer) -> Astray:
        """Whether the address ends at the home page as the site's missing pages do."""
        if not self.sends_home or not answer.hops or answer.outcome not in ALIVE:
            return Astray.NO
        final = answer.final_url
        home = key(final) == key(self._home) or (self._answers.is_own(final) and is_entrance(final))
        return Astray.HOME if home and not is_entrance(url) else Astray.NO

    def _worst(self, target: Target) -> tuple[str, Answer | None]:
        """The address that answers worst stands for all that share a path."""
        found = [(url, self._answers.through(url)) for url in (target.url, *sorted(target.others))]
        dead = [one for one in found if one[1] is not None and one[1].outcome in DEAD]
        known = [one for one in found if one[1] is not None]
        return (dead or known or found)[0]

    def _places(self, target: Target) -> tuple[LinkPlace, ...]:
        regions = dict(target.regions)
        if self._is_common(target):
            moved = [regions.pop(r) for r in (Region.BODY, Region.LIST) if r in regions]
            nav = regions.get(Region.NAV)
            merged = [nav, *moved] if nav else moved
            if moved:
                footer = regions[Region.FOOTER].pages if Region.FOOTER in regions else 0
                pages = min(sum(seen.pages for seen in merged), target.pages) or footer
                by_page = {e.page: e for seen in merged for e in seen.examples}
                examples = [by_page[page] for page in sorted(by_page)]
                regions[Region.NAV] = Seen(pages, 0, examples[:EXAMPLES])
        return tuple(
            LinkPlace(region, seen.pages, tuple(seen.examples))
            for region in ORDER
            if (seen := regions.get(region)) is not None
        )

    def _is_common(self, target: Target) -> bool:
        return self.pages >= FEW and target.pages >= COMMON * self.pages

    def _key(self, url: str) -> str:
        """Pages of the own hosts are one by path and query; all else by the whole address."""
        plain = without_visit_ids(url)
        return key(plain) if self._answers.is_own(plain) else plain
