"""The seven identity marks: in footers, in links, on the pages that were kept whole."""

from collections.abc import Iterator

from audit.errors import FactUnavailable
from audit.model import IdentityMark, Mark, PageKind, PageRecord, Reason, SiteCard
from audit.reading.site.survey import Survey
from audit.text import halfwidth, shorten
from audit.vocabulary import pattern_of, words

VALUE = 60  # characters of a mark that are kept


def marks_of(found: Survey, card: SiteCard) -> tuple[IdentityMark, ...]:
    """All seven, in the order of the norm. A footer that script writes accuses nobody."""
    records = tuple(found.records.items())
    shown = {mark: _shown(found, records, mark) for mark in Mark}
    if not found.footers and not any(shown.values()) and any(r.script_fills for _, r in records):
        raise FactUnavailable(Reason.NEEDS_BROWSER)
    seen = _looked_at(found)
    made: list[IdentityMark] = []
    for mark in Mark:
        place = shown[mark]
        if place is None:
            made.append(
                IdentityMark(mark, present=False, value="", url=card.home, pages=0, seen_pages=seen)
            )
        else:
            url, value, pages = place
            made.append(
                IdentityMark(mark, present=True, value=value, url=url, pages=pages, seen_pages=seen)
            )
    return tuple(made)


def _looked_at(found: Survey) -> int:
    """Pages that were searched: all footers, and the pages kept whole."""
    footed = sum(footer.pages for footer in found.footers.values())
    return max(footed, len(found.records))


def _shown(
    found: Survey, records: tuple[tuple[str, PageRecord], ...], mark: Mark
) -> tuple[str, str, int] | None:
    """Where a mark was seen first, what it says, and how many pages show it."""
    places = [
        *_in_footers(found, mark),
        *_in_links(found, mark),
        *_in_records(found, records, mark),
    ]
    if not places:
        return None
    url, value, _ = places[0]
    return url, value, max(pages for _, _, pages in places)


def _in_footers(found: Survey, mark: Mark) -> Iterator[tuple[str, str, int]]:
    for text, footer in found.footers.items():
        value = _read(text, mark)
        if value:
            yield footer.url, value, footer.pages


def _in_links(found: Survey, mark: Mark) -> Iterator[tuple[str, str, int]]:
    key = f"link_{mark.value}"
    if not words("identity")[key]:
        return
    pattern = pattern_of("identity", key)
    for url, text, page, pages in found.targets.first_seen():
        if pattern.search(url) or (text and pattern.search(text)):
            yield page, shorten(text or url, VALUE), pages


def _in_records(
    found: Survey, records: tuple[tuple[str, PageRecord], ...], mark: Mark
) -> Iterator[tuple[str, str, int]]:
    """In the text of pages whose footer has no name of its own; an article's text is no footer."""
    for url, record in records:
        page = found.digests.get(url)
        if mark.value in record.signals:
            yield url, mark.value, 1
        if mark in _BY_WORDS or page is None or page.kind is PageKind.ARTICLE:
            continue
        value = _read(record.text, mark)
        if not value and mark is Mark.SITE_CODE:
            value = record.meta.get("siteidcode", "").strip()
        if value and value.lower() not in {"null", "undefined", "none"}:
            yield url, value, 1


_BY_WORDS = frozenset({Mark.PARTY_GOVERNMENT, Mark.CORRECTION})


def _read(text: str, mark: Mark) -> str:
    match = pattern_of("identity", f"text_{mark.value}").search(halfwidth(text))
    if match is None:
        return ""
    said = next((group for group in match.groups() if group), match[0])
    return shorten(said.strip(" ,，。;；"), VALUE)
