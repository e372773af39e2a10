"""Pages that the browser examines: which ones, and what came of it, rule by rule."""

from collections.abc import Iterator, Sequence

from audit.errors import FactUnavailable
from audit.model import Column, Fetch, FetchOutcome, PageKind, Reason, Text
from audit.model.examination import (
    AccessRule,
    BrokenRule,
    Examined,
    ExaminedPage,
    Look,
    RuleOnPage,
    WalkedSearch,
    look_address,
    look_of,
)
from audit.reading.site.answers import ALIVE, reason_of
from audit.reading.site.digest import Digest
from audit.reading.site.sighted import is_missing
from audit.reading.site.survey import Survey
from audit.reading.site.trials import Trial
from audit.vocabulary import any_of, words

_ORDER = (PageKind.HOME, PageKind.LIST, PageKind.ARTICLE, PageKind.SEARCH)


def to_examine(
    found: Survey, columns: Sequence[Column], trying: Trial, *, external: bool
) -> tuple[tuple[str, str], ...]:
    """Addresses of the pages to examine, each with the page itself: home, a column, an article, the search."""
    box = trying.box
    asked = None
    if box is not None and found.answers.is_own(box.page):
        sendable = not box.form.captcha and (
            external or not box.form.action or found.answers.is_own(box.form.action)
        )
        asked = Look(box.form.query_field, trying.word() if sendable else "")
    pages = [page.url for page in _chosen(found, columns)]
    if box is not None and asked is not None and box.page not in pages:
        pages.append(box.page)
    return tuple(
        (look_address(url, asked if box is not None and url == box.page else None), url)
        for url in pages
    )


def examined_of(found: Survey, fetches: Sequence[Fetch]) -> Examined:
    """What came of it; raises FactUnavailable where no page was to be examined."""
    if not fetches:
        raise FactUnavailable(Reason.NO_BROWSER)
    pages = sorted(
        (_page(found, fetch) for fetch in fetches),
        key=lambda page: (_ORDER.index(page.kind), page.url),
    )
    return Examined(tuple(pages), tuple(_rules(pages)))


def walked_of(found: Survey, fetches: Sequence[Fetch], trying: Trial) -> WalkedSearch:
    """The search by keyboard; raises FactUnavailable where it could not be tried."""
    if not fetches:
        raise FactUnavailable(Reason.NO_BROWSER)
    fetch = next((one for one in fetches if look_of(one.url)[1] is not None), None)
    if fetch is None:
        raise FactUnavailable(Reason.NOTHING_FOUND)
    seen = fetch.examination
    if seen is None:
        raise FactUnavailable(_reason(fetch))
    if seen.walk is None:
        raise FactUnavailable(Reason.TIMEOUT)
    if not seen.walk.shown:
        raise FactUnavailable(Reason.NOTHING_FOUND)
    url, box = look_of(fetch.url)[0], trying.box
    return WalkedSearch(
        url,
        seen.walk,
        fetch.at,
        fetch.sha256,
        captcha=box is not None and box.form.captcha,
        spoken=any_of("probes", "captcha_others").search(_said(found, url)) is not None,
    )


def _said(found: Survey, url: str) -> str:
    """The words of a page with a search box."""
    opened = (record for _, record in found.probes if record is not None and record.url == url)
    record = found.records.get(url) or next(opened, None)
    if record is None:
        return ""
    labels = [form.label for form in record.forms]
    return "\n".join((record.text, *labels, *(link.text for link in record.links)))


def _chosen(found: Survey, columns: Sequence[Column]) -> Iterator[Digest]:
    """The home page, a column with rows, an article: the same ones for the same snapshot."""
    if (home := found.home) is None:
        return
    yield home
    listed = [
        (column, page)
        for column in columns
        if column.items and (page := found.page(column.url)) is not None
        and page is not home and _is_open(found, page)
    ]  # fmt: skip
    column, page = min(
        listed, key=lambda one: (one[0].level != "first", one[0].key), default=(None, None)
    )
    if page is not None:
        yield page
    rows = [found.page(row.url) for row in column.rows] if column is not None else []
    articles = [one for one in (*rows, *found.digests.values()) if one is not None]
    article = next(
        (one for one in articles if one.kind is PageKind.ARTICLE and _is_open(found, one)), None
    )
    if article is not None:
        yield article


def _is_open(found: Survey, page: Digest) -> bool:
    alive = page.outcome in ALIVE and page.outcome is not FetchOutcome.NOT_HTML
    return alive and not page.leads and found.answers.is_own(page.url)


def _page(found: Survey, fetch: Fetch) -> ExaminedPage:
    url, look = look_of(fetch.url)
    digest = found.page(url)
    kind = PageKind.SEARCH if digest is None else digest.kind
    if found.home is not None and digest is found.home:
        kind = PageKind.HOME
    elif look is not None or kind not in _ORDER:
        kind = PageKind.SEARCH
    name = digest.name if digest is not None else ""
    if fetch.examination is not None:
        return ExaminedPage(kind, url, name, None, fetch.at, fetch.sha256, fetch.examination)
    return ExaminedPage(kind, url, name, _reason(fetch), fetch.at)


def _reason(fetch: Fetch) -> Reason:
    return Reason.NO_BROWSER if is_missing(fetch) else reason_of(fetch.outcome)


def _rules(pages: Sequence[ExaminedPage]) -> Iterator[AccessRule]:
    """Every rule that applied to a page, in the order of the ids."""
    broken: dict[str, list[RuleOnPage]] = {}
    doubtful: dict[str, list[RuleOnPage]] = {}
    kept: dict[str, int] = {}
    for page in pages:
        seen = page.examination
        if seen is None:
            continue
        for rule in seen.broken:
            broken.setdefault(rule.rule, []).append(RuleOnPage(page, rule))
        for rule in seen.doubtful:
            doubtful.setdefault(rule.rule, []).append(RuleOnPage(page, rule))
        for name in seen.passed:
            kept[name] = kept.get(name, 0) + 1
    for name in sorted({*broken, *doubtful, *kept}):
        of = [*broken.get(name, ()), *doubtful.get(name, ())]
        yield _rule(name, of[0].rule if of else None, broken, doubtful, kept)


def _rule(
    name: str,
    said: BrokenRule | None,
    broken: dict[str, list[RuleOnPage]],
    doubtful: dict[str, list[RuleOnPage]],
    kept: dict[str, int],
) -> AccessRule:
    listed = words("accessibility")
    own = listed.get(name)
    title = said.title if said is not None and said.title else name
    called = Text(own[0], own[1]) if own else Text(title, name)
    mended = own or listed["other"]
    return AccessRule(
        name,
        called,
        Text(mended[2], mended[3]),
        tuple(broken.get(name, ())),
        tuple(doubtful.get(name, ())),
        kept.get(name, 0),
        name in listed["pictures"],
    )
