"""The meta labels that the norm asks for (rulebook 2.4): which of a page's are not in order."""

from functools import cache, lru_cache

from audit import dates
from audit.model import LabelProblem, PageKind, PageLabel, PageRecord
from audit.text import halfwidth, shorten, similarity
from audit.urls import host_port
from audit.vocabulary import pattern_of, words

ALIKE = 0.9  # a title label is the headline from this similarity on (rulebook 4.11)
VALUE = 80


def labels_of(record: PageRecord, url: str) -> tuple[PageLabel, ...]:
    """Every label of the norm that is missing, void, malformed or unlike what the page shows."""
    found: list[PageLabel] = []
    host = host_port(url)
    for name in _all():
        problem = _problem(name, record.meta.get(name.lower()), host)
        if problem is None and name == "ArticleTitle":
            problem = _of_title(record)
        if problem is not None:
            found.append(problem)
    return _kept(tuple(found))


def required(labels: tuple[PageLabel, ...], kind: PageKind) -> tuple[PageLabel, ...]:
    """Those of the labels that a page of this kind must carry; other pages need none."""
    names = _names(kind)
    return tuple(label for label in labels if label.name in names) if names and labels else ()


@cache
def _all() -> tuple[str, ...]:
    listed = words("labels")
    return (*listed["site"], *listed["column"], *listed["article"])


@cache
def _names(kind: PageKind) -> frozenset[str]:
    listed = words("labels")
    if kind is PageKind.HOME:
        return frozenset(listed["site"])
    if kind is PageKind.LIST:
        return frozenset((*listed["site"], *listed["column"]))
    return frozenset(_all()) if kind is PageKind.ARTICLE else frozenset()


@lru_cache(maxsize=8192)
def _problem(name: str, value: str | None, host: str) -> PageLabel | None:
    """What a label's content alone tells."""
    if value is None:
        return PageLabel(name, LabelProblem.MISSING)
    if value.lower() in words("labels")["void"] or not value:
        return PageLabel(name, LabelProblem.VOID, value)
    shown = shorten(value, VALUE)
    if name == "SiteDomain":
        return _of_domain(shown, host)
    if name == "SiteIDCode" and not pattern_of("labels", "site_code").match(halfwidth(value)):
        return PageLabel(name, LabelProblem.DIFFERS, shown)  # other forms may exist
    if name == "PubDate" and dates.first(halfwidth(value)) is None:
        return PageLabel(name, LabelProblem.MALFORMED, shown)
    return None


def _of_domain(value: str, host: str) -> PageLabel | None:
    """A host without scheme and path, or the domain above it; another may be a second name."""
    if "/" in value:
        return PageLabel("SiteDomain", LabelProblem.MALFORMED, value)
    named, own = (one.lower().removeprefix("www.").partition(":")[0] for one in (value, host))
    if named and (named == own or own.endswith(f".{named}")):
        return None
    return PageLabel("SiteDomain", LabelProblem.DIFFERS, value)


def _of_title(record: PageRecord) -> PageLabel | None:
    """The title label against headline and title; a part of either is the same."""
    said = record.meta.get("articletitle", "")
    for shown in (record.headline, record.title):
        if not shown or said in shown or shown in said or similarity(said, shown) >= ALIKE:
            return None
    return PageLabel("ArticleTitle", LabelProblem.DIFFERS, shorten(said, VALUE))


@lru_cache(maxsize=1024)
def _kept(labels: tuple[PageLabel, ...]) -> tuple[PageLabel, ...]:
    """The same object for the same labels: pages of one template lack the same ones."""
    return labels
