"""The seven identity marks: in footers, in links, on the pages that were kept whole."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from audit.errors import FactUnavailable
from audit.model import IdentityMark, Mark, PageKind, PageRecord, Reason, SiteCard
from audit.reading.signs import VALUE, value_of
from audit.reading.site.survey import Survey
from audit.text import shorten
from audit.vocabulary import pattern_of, words

TAIL = 1500  # characters at a page's end in which a footer without a name stands


def marks_of(found: Survey, card: SiteCard) -> tuple[IdentityMark, ...]:
    """All seven, in the order of the norm. A footer that script or a frame brings accuses nobody."""
    records = tuple(found.records.items())
    links = tuple(found.targets.first_seen())
    shown = {mark: _shown(found, records, links, mark) for mark in Mark}
    worded = any(place for mark, place in shown.items() if mark not in _BY_WORDS)
    reason = _unseen(found, worded=worded)
    if reason is not None and not found.footers and not any(shown.values()):
        raise FactUnavailable(reason)
    seen = _looked_at(found)
    made: list[IdentityMark] = []
    for mark in Mark:
        place = shown[mark]
        if place is None:
            made.append(
                IdentityMark(
                    mark, present=False, value="", url=card.home, pages=0, seen_pages=seen,
                    reason=reason,
                )
            )  # fmt: skip
        else:
            url, value, pages = place
            made.append(
                IdentityMark(mark, present=True, value=value, url=url, pages=pages, seen_pages=seen)
            )
    return tuple(made)


def _unseen(found: Survey, *, worded: bool) -> Reason | None:
    """Why a footer may say more than was seen; None: all that the pages show was seen.

    `worded`: a mark was read in words. Where none was, a picture may be the whole footer.
    """
    records = found.records.values()
    if any(record.footer_fills for record in records) and not _is_home_rendered(found):
        return Reason.NEEDS_BROWSER
    if not found.footers and any(record.script_fills for record in records):
        return Reason.NEEDS_BROWSER
    pattern = pattern_of("identity", "footer_sources")
    frames = {url for record in records for url in record.frames}
    if any(pattern.search(urlsplit(url).path) and found.page(url) is None for url in frames):
        return Reason.PARTIAL_RUN
    if not worded and any(record.footer_pictured for record in records):
        return Reason.FORMAT
    return None


def _is_home_rendered(found: Survey) -> bool:
    """Whether the browser brought the home page with its footer: further pages have the same."""
    home, record = found.home, found.home_record
    if home is None or record is None or home.url not in found.rendered:
        return False
    return bool(record.footer) and not record.footer_fills


def _looked_at(found: Survey) -> int:
    """Pages that were searched: all footers, and the pages kept whole."""
    footed = sum(footer.pages for footer in found.footers.values())
    return max(footed, len(found.records))


def _shown(
    found: Survey,
    records: tuple[tuple[str, PageRecord], ...],
    links: tuple[tuple[str, str, str, int], ...],
    mark: Mark,
) -> tuple[str, str, int] | None:
    """Where a mark was seen first, what it says, and how many pages show it."""
    places = [
        *_in_footers(found, mark),
        *_in_links(links, mark),
        *_in_records(found, records, mark),
    ]
    if not places:
        return None
    url, value, _ = places[0]
    return url, value, max(pages for _, _, pages in places)


def _in_footers(found: Survey, mark: Mark) -> Iterator[tuple[str, str, int]]:
    for text, footer in found.footers.items():
        value = value_of(text, mark)
        if value:
            yield footer.url, value, footer.pages


def _in_links(
    links: tuple[tuple[str, str, str, int], ...], mark: Mark
) -> Iterator[tuple[str, str, int]]:
    key = f"link_{mark.value}"
    if not words("identity")[key]:
        return
    pattern = pattern_of("identity", key)
    for url, text, page, pages in links:
        if pattern.search(url) or (text and pattern.search(text)):
            yield page, shorten(text or url, VALUE), pages


def _in_records(
    found: Survey, records: tuple[tuple[str, PageRecord], ...], mark: Mark
) -> Iterator[tuple[str, str, int]]:
    """By signs, and in the text of pages whose footer has no name; an article's text is no footer."""
    signed = [
        (url, one.value) for url, record in records for one in record.signs if one.mark is mark
    ]
    if signed:
        yield *signed[0], len({url for url, _ in signed})
    for url, record in records:
        page = found.digests.get(url)
        if mark in _BY_WORDS:
            yield from ((url, text, 1) for text in _clicks(record, mark))
        elif page is not None and page.kind is not PageKind.ARTICLE:
            text = record.text[-TAIL:] if mark is Mark.SPONSOR else record.text
            value = value_of(text, mark)
            if not value and mark is Mark.SITE_CODE:
                value = record.meta.get("siteidcode", "").strip()
            if value and value.lower() not in words("labels")["void"]:
                yield url, value, 1


_BY_WORDS = frozenset({Mark.PARTY_GOVERNMENT, Mark.CORRECTION})


def _clicks(record: PageRecord, mark: Mark) -> Iterator[str]:
    """Words of links that open something by script only."""
    for link in record.links:
        if link.text and not link.url and value_of(link.text, mark):
            yield link.text
