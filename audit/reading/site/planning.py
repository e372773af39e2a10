"""What to fetch next: links not asked for, second looks at what seems dead, pages not reached."""

from collections.abc import Collection, Iterator

from audit.model import FetchOutcome, Purpose, Request
from audit.reading.site.answers import ALIVE, DEAD, ENOUGH, MISSING, Answer
from audit.reading.site.examined import to_examine
from audit.reading.site.files import ODD, fit_of, named
from audit.reading.site.reading import Reading
from audit.reading.site.rendering import renders
from audit.reading.site.searching import entry_urls
from audit.reading.site.survey import Survey
from audit.urls import is_trap

AGAIN, FIRST, OUTSIDE, REST = range(
    4
)  # the order of work: doubts first, then what nobody looked at
CALM = 5  # the round in which pages are examined though more is to be rendered or asked
AGAIN_OF = frozenset(
    {
        FetchOutcome.TIMEOUT,
        FetchOutcome.CONNECTION_RESET,
        FetchOutcome.CONNECTION_CLOSED,
        FetchOutcome.OUT_OF_SCOPE,
    }
)
"""Outcomes of the walk that a single look may mend."""


def plan(
    reading: Reading,
    *,
    external: bool,
    max_looks: int,
    round_: int,
    max_renders: int = 0,
    render_all: bool = False,
    examine: bool = False,
    remembered: Collection[str] = (),
) -> tuple[Request, ...]:
    """The requests of a round, in the order of priority and address; empty when nothing is to do.

    `remembered`: pages that earlier runs found at fault; one that no link leads to any more is
    asked whether it is still there.
    """
    found = reading.survey
    opened = _renders(reading, round_, max_renders, every=render_all)
    if round_ < 1 or (found.home is None and round_ > 1):
        return opened
    wanted: dict[str, int] = {}
    for url, priority in _wanted(found, external=external, round_=round_):
        wanted[url] = min(priority, wanted.get(url, REST))
    for url in remembered:
        if found.answers.is_own(url) and _is_in_doubt(found.answers.of(url), round_):
            wanted.setdefault(url, REST)
    order = sorted(wanted, key=lambda url: (wanted[url], url))
    looks = [Request(url, Purpose.LOOK, round_, 0, found.targets.holder(url)) for url in order]
    probes = _probes(reading, external=external, browser=max_renders > 0, round_=round_)
    made = (*_walks(found, round_), *looks[: max(0, max_looks)], *opened, *probes)
    calm = round_ >= CALM or not (opened or probes)
    if not (examine and calm and max_renders > 0):
        return made
    return (*made, *_examinations(reading, external=external, round_=round_))


def _wanted(found: Survey, *, external: bool, round_: int) -> Iterator[tuple[str, int]]:
    """Addresses to look at, with their priority."""
    for url, depth, _ in found.targets.addresses():
        own = found.answers.is_own(url)
        if not own and not external:
            continue
        answer = found.answers.of(url)
        priority = _priority(answer, own=own, depth=depth, round_=round_)
        if answer is not None and _is_odd(url, answer):
            priority = AGAIN
        if priority is not None and not is_trap(url):
            yield url, priority
    for url, priority in _hidden(found, round_):
        if external or found.answers.is_own(url):
            yield url, priority


def _priority(answer: Answer | None, *, own: bool, depth: int, round_: int) -> int | None:
    """How urgent a look at an address is; None: it needs none."""
    if answer is None:
        if round_ > 1:
            return None
        return OUTSIDE if not own else FIRST if depth <= 1 else REST
    if answer.outcome in DEAD and answer.looks:
        hasty = answer.walked and not answer.round and round_ == 1  # one walk's tries, in a row
        return AGAIN if hasty or answer.looks < ENOUGH else None
    if answer.outcome in DEAD:
        return None
    if round_ == 1 and answer.walked and answer.outcome in AGAIN_OF and answer.looks:
        return AGAIN
    return None


def _is_in_doubt(answer: Answer | None, round_: int) -> bool:
    """Whether nobody asked, or the look of an earlier round alone said that the page is gone."""
    if answer is None:
        return round_ == 1
    return answer.outcome in MISSING and not answer.walked and answer.round == 1 < round_


def _is_odd(url: str, answer: Answer) -> bool:
    """Whether an attachment came as something else, and was not asked for a second time."""
    ending = named(url)
    return bool(ending) and answer.again is None and fit_of(ending, answer) in ODD


def _hidden(found: Survey, round_: int) -> Iterator[tuple[str, int]]:
    """Targets that are no links: of refreshes, of the search."""
    urls = {d.leads for d in found.digests.values() if d.leads and d.outcome in ALIVE}
    for url in sorted({*urls, *entry_urls(found)}):
        answer = found.answers.of(url)
        if answer is None and round_ == 1:
            yield url, FIRST
        elif answer is not None and answer.outcome in DEAD and 0 < answer.looks < ENOUGH:
            yield url, AGAIN


def _renders(reading: Reading, round_: int, budget: int, *, every: bool) -> tuple[Request, ...]:
    """Pages for the browser."""
    if round_ < 1 or budget < 1:
        return ()
    done = reading.sighted.renders()
    shapes = reading.sighted.shapes
    return tuple(
        Request(page.url, Purpose.RENDER, round_, page.depth, page.url)
        for page in renders(reading.survey, done, shapes, budget=budget, every=every)
    )


def _probes(reading: Reading, *, external: bool, browser: bool, round_: int) -> list[Request]:
    """What the trial of the search asks next."""
    if reading.unavailable is not None:
        return []
    return [
        Request(url, Purpose.PROBE, round_, 0, page)
        for url, page in reading.trying.next(external=external, browser=browser)
    ]


def _examinations(reading: Reading, *, external: bool, round_: int) -> Iterator[Request]:
    """Pages that the browser examines, once a run, when what they are is known."""
    if reading.unavailable is not None or reading.sighted.examined():
        return
    pages = to_examine(reading.survey, reading.columns, reading.trying, external=external)
    for url, page in pages:
        yield Request(url, Purpose.EXAMINE, round_, 0, page)


def _walks(found: Survey, round_: int) -> tuple[Request, ...]:
    """Pages that the walk could not know of: where a home page without content sends by script."""
    first = found.digests.get(found.home_url)
    if round_ != 1 or first is None or not first.leads or found.home is not None:
        return ()
    target = first.leads
    if not found.answers.is_own(target) or found.answers.of(target) is not None:
        return ()
    return (Request(target, Purpose.WALK, round_, 0, first.url),)
