"""Items of bodies above that a site is to repost, and where it did."""

from collections.abc import Container, Iterable, Mapping

import msgspec
from rapidfuzz import process
from rapidfuzz.distance import Indel

from audit.model import DatedItem, DateSource, Expected, PageCard
from audit.reading.site.kinds import STRONG
from audit.text import normal_title

ALIKE = 0.9  # similarity from which two titles are one


class Repost(msgspec.Struct, frozen=True):
    """An expected item, with the item of the site that reposts it; None: none was found."""

    expected: Expected
    found: DatedItem | None
    sure: bool = False  # its date is from a strong source or a list


def reposts_of(
    expected: Iterable[Expected],
    pages: Iterable[PageCard],
    rows: Mapping[str, DatedItem],
    changed: Container[str] = (),
) -> tuple[Repost, ...]:
    """Every expected item, in the order of the register; `changed`: pages that tell a change's day."""
    wanted = tuple(expected)
    if not wanted:
        return ()
    shown: dict[str, DatedItem] = {}
    for row in rows.values():
        _keep(shown, row)
    for page in pages:
        day, source = page.published, page.published_source
        source = None if page.url in changed else source
        _keep(shown, DatedItem(page.url, page.title, day, source, page.published_quote))
    return tuple(_repost(one, shown) for one in wanted)


def _keep(shown: dict[str, DatedItem], item: DatedItem) -> None:
    """Keep the earliest of several items with one title; one with a date goes before one without."""
    name = normal_title(item.title)
    known = shown.get(name)
    if known is None or known.day is None or (item.day is not None and item.day < known.day):
        shown[name] = item


def _repost(one: Expected, shown: Mapping[str, DatedItem]) -> Repost:
    name = normal_title(one.title)
    item = shown.get(name)
    if item is None and name:
        near = process.extractOne(
            name, shown.keys(), scorer=Indel.normalized_similarity, score_cutoff=ALIKE
        )
        item = shown[near[0]] if near else None
    sure = item is not None and (item.source in STRONG or item.source is DateSource.LIST)
    return Repost(one, item, sure)
