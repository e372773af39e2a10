"""The reading of one site: what the checks see. Everything is worked out when it is first asked for."""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TypeVar

from audit.errors import FactUnavailable
from audit.model import (
    Area,
    AttachedFile,
    Availability,
    Channels,
    Column,
    Consultation,
    DecisionPage,
    Decree,
    HiddenBlock,
    HomePage,
    IdentityMark,
    IdleLinks,
    Leaders,
    LinkTarget,
    Messages,
    MixedContent,
    OutsideLink,
    PageCard,
    Pair,
    PersonalPage,
    Reason,
    Registers,
    SearchEntry,
    Services,
    SiteCard,
    SiteCode,
    SiteHost,
    Snapshot,
    TextSlips,
    YearlyReport,
)
from audit.model.examination import Examined, WalkedSearch
from audit.model.search import SearchAids, SearchTrial
from audit.reading.site.aids import aids_of
from audit.reading.site.answers import ALIVE, DEAD, reason_of
from audit.reading.site.cards import cards_of
from audit.reading.site.codes import codes_of
from audit.reading.site.columns import Columns, columns_of
from audit.reading.site.details import SURE, Details, details_of, papers_of
from audit.reading.site.examined import examined_of, walked_of
from audit.reading.site.homepage import home_of
from audit.reading.site.marks import marks_of
from audit.reading.site.openness import areas_of, yearly_of
from audit.reading.site.outside import hosts_of, outside_of
from audit.reading.site.pairs import orphans_of, pairs_of
from audit.reading.site.reposts import Repost, reposts_of
from audit.reading.site.searching import search_of
from audit.reading.site.sighted import Sighted, is_missing
from audit.reading.site.signposts import unnamed_of
from audit.reading.site.survey import Survey, Totals, survey, survey_again
from audit.reading.site.tree import Tree, grow
from audit.reading.site.trials import Trial
from audit.reading.site.unseen import closed_pages, unseen_of

T = TypeVar("T")

REMEMBERED = (
    30_000  # pages up to which their cards are made once; more are made anew for each reader
)


def read_site(snapshot: Snapshot, registers: Registers, availability: Availability) -> "Reading":
    """Read one site of one run. Pure; the snapshot is streamed, never held."""
    return Reading(snapshot, registers, availability)


class Reading:
    """One site as its checks see it. A property raises FactUnavailable when it was not observed."""

    def __init__(
        self, snapshot: Snapshot, registers: Registers, availability: Availability
    ) -> None:
        """Nothing is read yet."""
        self.sighted = Sighted(snapshot)
        self._snapshot = self.sighted
        self._registers = registers
        self._availability = availability

    def again(self, snapshot: Snapshot) -> "Reading":
        """The reading of a later snapshot that holds the same pages, and more looks and searches."""
        made = Reading(snapshot, self._registers, self._availability)
        made.sighted.shapes = self.sighted.shapes
        made.survey = survey_again(self.survey, made.sighted)
        made._tree = self._tree
        return made

    @property
    def card(self) -> SiteCard:
        """The registered facts of the site."""
        return self._registers.site

    @property
    def registers(self) -> Registers:
        """What people registered for the site."""
        return self._registers

    @property
    def availability(self) -> Availability:
        """The availability visits that the snapshot was read with."""
        return self._availability

    @property
    def complete(self) -> bool:
        """Whether the walk came to its end and the home page was read."""
        return self._snapshot.complete and self.unavailable is None

    @cached_property
    def unseen(self) -> Reason | None:
        """Why something that no page shows may be there yet; None: every section was seen."""
        return unseen_of(self.survey, complete=self.complete)

    @cached_property
    def closed_pages(self) -> frozenset[str]:
        """Addresses of the own pages that are linked and could not be read."""
        return closed_pages(self.survey)

    @cached_property
    def unavailable(self) -> Reason | None:
        """Why the home page could not be read; None: it was read."""
        found = self.survey
        if found.home is not None and found.home_record is not None:
            return None
        answer = found.answers.through(found.home_url)
        if answer is None:
            return Reason.UNREACHABLE
        if answer.outcome in ALIVE:
            page = found.digests.get(found.home_url)
            return Reason.NEEDS_BROWSER if page is not None else Reason.UNREACHABLE
        return Reason.UNREACHABLE if answer.outcome in DEAD else reason_of(answer.outcome)

    @property
    def totals(self) -> Totals:
        """Pages asked for, pages read, and what became of the rest."""
        return self.survey.totals

    @cached_property
    def home(self) -> HomePage:
        """What the home page announces."""
        return self._observed(lambda: home_of(self._grown, self._registers))

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The leaves of the column tree, in the order of their keys."""
        return self._observed(lambda: self.column_map.columns)

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Policies with their interpretations, in the order of their addresses."""
        return self._observed(lambda: pairs_of(self._grown, self.details, self.unseen))

    @cached_property
    def orphans(self) -> tuple[Pair, ...]:
        """Interpretations without a policy here: lines of the ledger that no check judges."""
        return orphans_of(self.details, self.pairs, self.unseen)

    @cached_property
    def marks(self) -> tuple[IdentityMark, ...]:
        """The seven identity marks."""
        return self._observed(lambda: marks_of(self._grown, self.card))

    @cached_property
    def site_codes(self) -> tuple[SiteCode, ...]:
        """Every site code that the site states, by source and value."""
        return self._observed(lambda: codes_of(self._grown))

    @cached_property
    def search(self) -> SearchEntry:
        """The way into the site's search."""
        return self._observed(lambda: search_of(self._grown))

    @cached_property
    def trial(self) -> SearchTrial:
        """What came of trying the search."""
        return self._observed(lambda: self.trying).verdict()

    @cached_property
    def examined(self) -> Examined:
        """What the browser found of a few pages beyond their text."""
        return self._observed(lambda: examined_of(self._grown, self.sighted.examined()))

    @cached_property
    def search_aids(self) -> SearchAids:
        """What the answers of the search offer beside results."""
        return self._observed(lambda: aids_of(self._grown, self.trying, self.search))

    @cached_property
    def walked(self) -> WalkedSearch:
        """The search as the keyboard finds it."""
        return self._observed(lambda: walked_of(self._grown, self.sighted.examined(), self.trying))

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """The special columns that a government site must have, in the order of their ids."""
        return self._observed(
            lambda: areas_of(self.details.closeup.posts, self.card.name, self._names_unseen)
        )

    @cached_property
    def yearly(self) -> tuple[YearlyReport, ...]:
        """The reports that are due once a year."""
        return self._observed(
            lambda: yearly_of(self.details.closeup.posts, self.card.name, self._names_unseen)
        )

    @cached_property
    def channels(self) -> Channels:
        """Ways to write to the site."""
        return self._observed(lambda: self.details.closeup.channels(self.unseen))

    @cached_property
    def messages(self) -> Messages:
        """Messages of the public and their replies."""
        return self._observed(lambda: self.details.closeup.messages(self.unseen))

    @cached_property
    def services(self) -> Services:
        """Services and their guides."""
        return self._observed(lambda: self.details.closeup.services(self.unseen))

    @cached_property
    def leaders(self) -> Leaders:
        """What the pages of its leaders show."""
        return self._observed(lambda: self.details.closeup.leaders(self.unseen))

    @cached_property
    def consultations(self) -> tuple[Consultation, ...]:
        """Drafts put to the public."""
        return self._observed(lambda: self.details.closeup.consultations(self.unseen))

    @cached_property
    def decisions(self) -> tuple[DecisionPage, ...]:
        """Pages of decisions that are to be posted in time."""
        return self._observed(lambda: self.details.closeup).decisions()

    @cached_property
    def decrees(self) -> tuple[Decree, ...]:
        """The documents of its own units, with their marks and what repealed them."""
        return self._observed(lambda: self.details.closeup.decrees(papers_of(self.details)))

    @cached_property
    def reposts(self) -> tuple[Repost, ...]:
        """What is to be reposted, and where it was."""
        wanted, digests = self._registers.expected, self.survey.digests.values()
        changed = {one.url for one in digests if one.published and one.published.confidence < SURE}
        return self._observed(lambda: reposts_of(wanted, self.pages, self.column_map.rows, changed))

    @property
    def _names_unseen(self) -> Reason | None:
        return unnamed_of(self.survey, self.details.closeup.posts, self.unseen)

    @property
    def is_below(self) -> bool:
        """Whether the site is that of a unit below another one."""
        unit = next((one for one in self._registers.units if one.id == self.card.unit), None)
        return unit is not None and bool(unit.parent)

    @property
    def links(self) -> Iterator[LinkTarget]:
        """Every distinct target of the site's links; a fresh iterator."""
        return self._observed(lambda: iter(self.survey.targets))

    @property
    def outside(self) -> Iterator[OutsideLink]:
        """Every link to another host, whether it was asked for or not; a fresh iterator."""
        return self._observed(lambda: outside_of(self.survey.targets))

    @property
    def hosts(self) -> tuple[SiteHost, ...]:
        """The site's own hosts, that of its home page first."""
        return self._observed(lambda: hosts_of(self.card))

    @property
    def mixed(self) -> MixedContent:
        """What its secure pages load without TLS."""
        return self._observed(self.survey.mixing.made)

    @property
    def hidden(self) -> tuple[HiddenBlock, ...]:
        """Hidden blocks that lead to foreign hosts, in the order of their pages."""
        return self._observed(lambda: tuple(self.survey.hiding))

    @property
    def idle(self) -> IdleLinks:
        """Links that lead nowhere."""
        return self._observed(self.survey.idling.made)

    @cached_property
    def slips(self) -> TextSlips:
        """Slips of writing in the words of its pages."""
        return self._observed(self.survey.proofing.slips)

    @cached_property
    def personal(self) -> tuple[PersonalPage, ...]:
        """Pages that show numbers of persons, in URL order."""
        return self._observed(self.survey.proofing.personal)

    @property
    def attachments(self) -> Iterator[AttachedFile]:
        """Attachments of the own hosts that answer, in URL order; a fresh iterator."""
        return self._observed(self.survey.targets.attachments)

    @property
    def pages(self) -> Iterator[PageCard]:
        """Every page that was read, in URL order; a fresh iterator."""
        return self._observed(self._pages)

    def _pages(self) -> Iterator[PageCard]:
        if len(self.survey.digests) > REMEMBERED:
            return cards_of(self._grown, self.column_map)
        return iter(self._cards)

    @cached_property
    def _cards(self) -> tuple[PageCard, ...]:
        return tuple(cards_of(self._grown, self.column_map))

    @cached_property
    def survey(self) -> Survey:
        """What one pass over the snapshot gathered (for the other parts of the site stage)."""
        return survey(self._snapshot, self._registers)

    @cached_property
    def column_map(self) -> Columns:
        """The columns with the pages that belong to them."""
        return columns_of(self.survey, self._tree, self._registers)

    @cached_property
    def browserless(self) -> bool:
        """Whether pages should have been rendered and there was no browser."""
        return any(is_missing(fetch) for fetch in self.sighted.renders().values())

    @cached_property
    def trying(self) -> Trial:
        """The trial of the search as far as it went, and what it would ask next."""
        return Trial(self._grown, self.columns, self._registers)

    @cached_property
    def details(self) -> Details:
        """What a second pass took from the pages that matter for pairs and unit facts."""
        return details_of(self._snapshot, self._grown, self.column_map, self._registers)

    @cached_property
    def _tree(self) -> Tree:
        return grow(self.survey, self.card.name)

    @property
    def _grown(self) -> Survey:
        """The survey with the kind of every page filled in."""
        _ = self._tree
        return self.survey

    def _observed(self, get: Callable[[], T]) -> T:
        if self.unavailable is not None:
            raise FactUnavailable(self.unavailable)
        return get()
