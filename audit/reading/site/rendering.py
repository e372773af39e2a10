"""Which pages the browser must open: on evidence only, template by template, within a budget."""

from collections.abc import Iterable, Mapping

from audit.model import Fetch, FetchOutcome
from audit.reading.site.answers import ALIVE
from audit.reading.site.digest import Digest
from audit.reading.site.sighted import is_missing, template
from audit.reading.site.survey import Survey

THIN = 300  # characters; a page with more says enough without script
SAMPLES = 1  # pages of a template that are tried first
CHALLENGES = 3  # of pages that challenge: one that cannot be passed says little of the others
HOME, LISTS, PAIRS, REST = range(4)  # the order of work


def renders(
    found: Survey, done: Mapping[str, Fetch], shapes: Mapping[str, str], *, budget: int, every: bool
) -> tuple[Digest, ...]:
    """The next pages to render. `done`: attempts so far; `shapes`: templates of what was rendered.

    Of each template one page is tried; the others follow only where script brought something.
    `every`: all of them, as far as the budget goes.
    """
    room = budget - len(done)
    if room <= 0 or any(is_missing(fetch) for fetch in done.values()):
        return ()
    wanted: dict[str, list[Digest]] = {}
    for digest in found.digests.values():
        if digest.url not in done and _priority(found, digest, every=every) is not None:
            wanted.setdefault(_template(digest), []).append(digest)
    gained = _gains(found.digests, done, shapes)
    chosen = [
        digest
        for shape, pages in wanted.items()
        for digest in _of_template(found, pages, True if every else gained.get(shape))
    ]
    chosen.sort(key=lambda one: (_priority(found, one, every=every) or 0, one.url))
    return tuple(chosen[:room])


def needs_script(digest: Digest) -> bool:
    """Whether what a reader comes for is not there before script has run."""
    if digest.outcome is FetchOutcome.NEEDS_BROWSER:
        return True
    if digest.leads:
        return False
    return (
        digest.outcome in ALIVE and digest.script_fills and not digest.rows and digest.length < THIN
    )


def _priority(found: Survey, digest: Digest, *, every: bool) -> int | None:
    """How urgent a page is; None: it says what it has to say without script."""
    home = digest.url == found.home_url or digest.url in found.gates
    if needs_script(digest) or digest.outcome is FetchOutcome.BOT_CHALLENGE:
        return HOME if home else LISTS  # running its script is what passes a challenge
    if home and (digest.script_fills or _wants_footer(found, digest)):
        return HOME
    if digest.pager is not None and digest.pager.pages > 1 and not digest.pager.urls:
        return LISTS if digest.rows else None  # only a click turns its pages
    if digest.relates_by_script and (digest.number or "解读" in digest.name):
        return PAIRS
    return REST if every and digest.outcome in ALIVE and not digest.leads else None


def _wants_footer(found: Survey, digest: Digest) -> bool:
    """Whether script brings the footer of the home page: its marks are looked for there."""
    record = found.home_record
    return digest is found.home and record is not None and record.footer_fills


def _gains(
    digests: Mapping[str, Digest], done: Iterable[str], shapes: Mapping[str, str]
) -> dict[str, bool]:
    """By template: whether rendering a page of it brought something."""
    gained: dict[str, bool] = {}
    for url in done:
        digest = digests.get(url)
        if digest is None:
            continue
        before, now = shapes.get(url), _template(digest)
        more = before is not None and (bool(digest.rows) or digest.length >= THIN)
        more = more or (before is not None and not digest.relates_by_script and before != now)
        name = before or now
        gained[name] = gained.get(name, False) or more
    return gained


def _of_template(found: Survey, pages: list[Digest], gained: bool | None) -> list[Digest]:  # noqa: FBT001
    """The pages of one template to render now."""
    ordered = sorted(pages, key=lambda one: (one.depth, one.url))
    if gained:
        return ordered
    fronts = [page for page in ordered if page.url == found.home_url or page.url in found.gates]
    rest = [page for page in ordered if page not in fronts]
    challenged = any(page.outcome is FetchOutcome.BOT_CHALLENGE for page in pages)
    return fronts + ([] if gained is False else rest[: CHALLENGES if challenged else SAMPLES])


def _template(digest: Digest) -> str:
    challenge = digest.outcome is FetchOutcome.BOT_CHALLENGE
    return template(digest.shape, leads=bool(digest.leads), challenge=challenge)
