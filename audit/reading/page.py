"""The page stage: from the bytes of one page to its record. No config, no clock, no other page."""

import gc
import re
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache

import msgspec
from selectolax.lexbor import SelectolaxError

from audit.charset import Decoded, decode
from audit.model import PageFlag, PageRecord
from audit.reading import content as region
from audit.reading import scripts, signs
from audit.reading.breadcrumb import breadcrumb
from audit.reading.concealed import concealed
from audit.reading.decided import decided
from audit.reading.document import Document, tidy
from audit.reading.empties import empties
from audit.reading.ended import ended
from audit.reading.filling import Filling
from audit.reading.folded import folded
from audit.reading.forms import forms
from audit.reading.headline import headings
from audit.reading.headline import headline as headline_of
from audit.reading.insecure import insecure
from audit.reading.links import anchors, links
from audit.reading.lists import lists
from audit.reading.pagedates import page_dates, written_date
from audit.reading.pager import pager
from audit.reading.personal import personal, veiled
from audit.reading.regions import Regions
from audit.reading.rendered import settled
from audit.reading.slips import slips
from audit.reading.spoken import spoken
from audit.vocabulary import any_of, pattern_of

MAX_TITLE = 300
MAX_METAS = 60
MAX_META = 500
MAX_FRAMES = 50
BARE = 20  # characters; a page with less text and no link says nothing
SHORT = 300  # characters; a longer page is no placeholder
KEPT = 8 * 2**20  # bytes; what the tree of a large page takes
SPARSE = 80  # characters; a page without rows that says no more may be waiting for them
NOTICE = 120  # characters; a page with no more says what it says in them
_NUMBERED = re.compile(r"(?<!\w)404(?!\w)|(?<!\w)404(?=错误|页|出错|报错|提示|[Ee]rror|[Nn]ot)")


def read_page(body: bytes, url: str, content_type: str) -> PageRecord:
    """The facts of one page. Pure; any bytes give a record, be it an empty one."""
    _keep_memory()
    with _uncollected():
        return _read(body, url, content_type)


def _read(body: bytes, url: str, content_type: str) -> PageRecord:
    decoded = decode(body, content_type)
    try:
        same = body if decoded.is_utf8 else None
        document = Document(decoded.text, url, decoded.encoding, same)
    except (SelectolaxError, ValueError):
        return PageRecord(
            url, encoding=decoded.encoding, flags=(*_of_decoding(decoded), PageFlag.CUT)
        )
    record = settled(_record(document, decoded), content_type)
    numbers = personal(document.text, f"{record.title} {record.headline}", record.text)
    return veiled(record, numbers) if numbers else record


@contextmanager
def _uncollected() -> Generator[None]:
    """Keep the garbage collector from looking at a page's elements again and again: none is in a cycle."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@cache
def _keep_memory() -> None:
    """Have the allocator keep the memory of a page's tree for the next page.

    Given back and asked for again it costs as much as parsing. glibc keeps as much as the largest
    block that it ever took back; elsewhere this does nothing.
    """
    bytes(KEPT)


def _record(document: Document, decoded: Decoded) -> PageRecord:
    regions = Regions(document)
    found, capped = anchors(document, regions)
    steps, trail = breadcrumb(document)
    main = region.content(document, regions, trail)
    visible = main.visible
    meta = _meta(document)
    title = _title(document)
    headline = headline_of(document, regions, title, meta, trail)
    filling = Filling(document)
    footer = region.footer(document, regions)
    # marks the anchors that stand in lists
    listed = lists(document, regions, found, main.container, placed=bool(steps))
    record = PageRecord(
        url=document.url,
        title=title,
        headline=headline,
        encoding=document.encoding,
        meta=meta,
        breadcrumb=steps,
        lists=listed,
        links=links(found),
        pager=pager(document, found),
        dates=page_dates(document, meta, visible, main.lead, headline, main.container),
        written=written_date(visible),
        text=main.text[: region.MAX_TEXT],
        text_length=len(main.text),
        footer=footer,
        forms=forms(document),
        spoken=spoken(document, regions),
        headings=headings(document, regions),
        images=region.images(document, regions, main),
        videos=region.videos(document, regions),
        frames=_frames(document),
        attachments=region.attachments(found, main),
        refresh=scripts.refresh(document),
        relates_by_script=filling.related(),
        vanished=_vanished(title, headline, visible),
        shape=region.shape(document, main),
        content_hash=region.content_hash(main, found),
        flags=(*_of_decoding(decoded), *_flags(document, f"{title} {visible}", capped=capped)),
        signs=signs.signs(document),
        footer_fills=signs.footer_fills(document) or filling.footer(regions, footer),
        labels_fill=signs.labels_fill(document),
        concealed=concealed(document, found),
        slips=slips(document, main.spans, (title, headline), visible),
        insecure=insecure(document),
        folded=folded(document, regions),
        footer_pictured=signs.footer_pictured(document),
        decided=decided(document),
        empties=empties(document, regions, found, listed),
        ended=ended(document, decoded.text, main.lead),
    )
    return _scripted(record, document, visible, filling, regions)


def _scripted(
    record: PageRecord, document: Document, visible: str, filling: Filling, regions: Regions
) -> PageRecord:
    """The record with what its scripts mean for it, and whether it is empty."""
    seen = record.links or record.frames or record.forms or record.images or record.videos
    bare = len(visible) < BARE and not (seen or record.refresh or _notifies(visible))
    if bare and not document.scripts and not document.cut and not document.text.strip():
        return msgspec.structs.replace(record, flags=(*record.flags, PageFlag.EMPTY_PAGE))
    if not document.scripts:
        return record
    target = scripts.refresh_by_script(document) if bare else ""
    if target:
        return msgspec.structs.replace(record, refresh_by_script=target)
    other = record.frames or record.forms or record.images or record.videos
    sparse = len(visible) <= SPARSE and not other and not any(one.main for one in record.lists)
    if not filling.content(regions, bare=bare, sparse=sparse):
        return record
    return msgspec.structs.replace(record, script_fills=True)


def _notifies(visible: str) -> bool:
    """Whether a page says that there is nothing, or how much there is."""
    notices = (any_of("page", "empty_notices"), pattern_of("probes", "counts"))
    return any(said.search(visible[:SHORT]) for said in notices)


def _title(document: Document) -> str:
    for element in document.tagged("title"):
        return tidy(document.text[element.start : min(element.end, element.start + 2000)])[
            :MAX_TITLE
        ]
    return ""


def _meta(document: Document) -> dict[str, str]:
    """Names and properties in lower case with their contents; the first of a name counts."""
    metas: dict[str, str] = {}
    for element in document.tagged("meta"):
        name = (element.get("name") or element.get("property")).strip().lower()[:80]
        value = element.attributes.get("content")
        if name and value is not None and name not in metas:
            metas[name] = tidy(value[: 4 * MAX_META])[:MAX_META]
            if len(metas) >= MAX_METAS:
                break
    return metas


def _frames(document: Document) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for element in document.tagged("iframe", "frame"):
        if source := element.get("src").strip():
            url = document.join(source)
            if url and len(found) < MAX_FRAMES:
                found[url] = None
    return tuple(found)


def _vanished(title: str, headline: str, visible: str) -> str:
    """The words by which a page says that what was asked for is not there."""
    short = visible if len(visible) <= NOTICE else ""
    for text in (title, headline, short):
        match = any_of("page", "not_found_words").search(text)
        if match and (match[0] != "404" or _NUMBERED.search(text)):
            return match[0]
    return ""


def _flags(document: Document, said: str, *, capped: bool) -> tuple[PageFlag, ...]:
    """Remarks on a page; `said` are its title and text."""
    placeholder = len(said) <= SHORT and any_of("page", "placeholder_words").search(said)
    marks = {
        PageFlag.LINKS_CAPPED: capped,
        PageFlag.CUT: document.cut,
        PageFlag.PLACEHOLDER_PAGE: placeholder,
    }
    return tuple(flag for flag, holds in marks.items() if holds)


def _of_decoding(decoded: Decoded) -> tuple[PageFlag, ...]:
    conflict = (PageFlag.CHARSET_CONFLICT,) if decoded.conflict else ()
    return (*conflict, PageFlag.GARBLED_TEXT) if decoded.garbled else conflict
