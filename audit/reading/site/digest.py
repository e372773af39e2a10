"""The little that is kept of each page while the site is read: no body, no links."""

import datetime as dt
import re
from sys import intern

import msgspec

from audit import dates
from audit.model import (
    Crumb,
    DatedItem,
    DateMark,
    DateSource,
    Fetch,
    FetchOutcome,
    ItemList,
    ListItem,
    PageFlag,
    PageKind,
    PageLabel,
    Pager,
    PageRecord,
    Region,
)
from audit.reading.site.labels import labels_of
from audit.reading.site.ownlist import OwnList, main_of, own_list, shared
from audit.reading.site.wording import kind_of_wording
from audit.text import clean, document_number, halfwidth, shorten
from audit.vocabulary import any_of, pattern_of, words

LABEL = 6  # characters of a label of a number
HEAD = 600  # characters in which a document number stands at the head of a page
SHORT = 120  # characters: a longer text does more than announce that there is nothing
OFFERS = 200  # menu links kept of a bare page
BEGINS = 6  # characters by which a row's title is found in the page's text
SAID = 2000  # characters of a page that says little
_SENTENCE = re.compile(r"[^。！？；;!?]*")
_RUNS = re.compile(r"[-_|—]+")
_EDGE = re.compile(r"^[\s:：>＞»›|·.\-—/]+|(?<![\s:：>＞»›|·.\-—/])[\s:：>＞»›|·.\-—/]+$")


class Said(msgspec.Struct, frozen=True):
    """The words of a page, and the names that stand above its content."""

    text: str
    names: tuple[str, ...]


class Digest(msgspec.Struct):
    """One page. `kind` and `column` are filled in when the whole site is known."""

    url: str
    final_url: str
    depth: int
    outcome: FetchOutcome
    sha256: str
    encoding: str
    title: str
    headline: str
    column_name: str
    column_type: str
    crumbs: tuple[Crumb, ...]  # below the home page
    dates: tuple[DateMark, ...]
    written: dt.date | None
    number: str  # 文号 at the head of the page
    shape: str
    content_hash: str
    length: int  # visible characters of the content region, without breadcrumb and title
    notice: str
    statement: DatedItem | None
    attachments: int
    embedded: int
    script_fills: bool
    relates_by_script: bool
    search_page: bool
    query: bool  # it is there to look up records, or to ask its readers
    vanished: bool
    leads: str  # where a page without content of its own sends its reader
    flags: tuple[PageFlag, ...]
    pager: Pager | None
    own: OwnList  # what it lists as its own
    stored: int  # characters of its rows that only a script holds
    empties: tuple[str, ...]  # what stands over empty lists beside rows without days
    beside: tuple[str, ...]  # entries of the body there, until it is known whose the rows are
    entries: tuple[str, ...]  # of the body's other lists, on a page without a list of its own
    sections: int  # further lists with a heading and a link to more
    offers: tuple[str, ...]  # what the menus of a bare page lead to
    lists: tuple[ItemList, ...]  # that may be its own, until what stands on every page is cut
    wording: PageKind | None  # what the words of a page without rows and dates speak for
    said: Said | None  # of a short page, until what stands on every page is cut
    kind: PageKind = PageKind.OTHER
    column: str = ""
    site_code: str = ""  # its label SiteIDCode
    labels: tuple[PageLabel, ...] = ()  # of the norm's, those that are not in order
    labels_fill: bool = False
    borrowed: bool = False  # its rows were left out: they may be a menu of many pages
    hint: str = ""  # a date in its words that no label calls its publication's

    @property
    def name(self) -> str:
        """What the page calls itself."""
        return self.headline or self.title

    @property
    def rows(self) -> tuple[ListItem, ...]:
        """The rows of the page's own list."""
        return self.own.rows

    @property
    def spare(self) -> int:
        """How many entries a page without a list of its own offers."""
        return len(self.entries)

    @property
    def published(self) -> DateMark | None:
        """The strongest reading of its publication date."""
        return self.dates[0] if self.dates else None


def digest_of(fetch: Fetch, record: PageRecord, outcome: FetchOutcome) -> Digest:
    """Take down what the site stage needs of one page."""
    block = main_of(record.lists)
    # no list of another block is a part of it
    beside = [shared(one) for one in record.lists if block and one.block == block.block]
    own = own_list(beside, main_of(beside), called(record.title, record.breadcrumb))
    rows = own.rows
    length = _length(record)
    entries = () if rows else _entries(record)
    return Digest(
        url=fetch.url,
        final_url=fetch.final_url or fetch.url,
        depth=fetch.depth,
        outcome=outcome,
        sha256=fetch.sha256,
        encoding=record.encoding,
        title=record.title,
        headline=record.headline,
        column_name=clean(record.meta.get("columnname", "")),
        column_type=clean(record.meta.get("columntype", "")),
        crumbs=_crumbs(record.breadcrumb),
        dates=tuple(mark for mark in record.dates if mark.confidence > 0),
        written=record.written,
        number=_number(record),
        shape=record.shape,
        content_hash=record.content_hash,
        length=length,
        notice="" if rows or length > SHORT else notice_of(own_words(record.text, _names(record))),
        statement=_statement(record, rows),
        attachments=len(record.attachments),
        embedded=_embedded(record),
        script_fills=record.script_fills,
        relates_by_script=record.relates_by_script,
        search_page=any_of("search", "pages").search(record.headline or record.title) is not None,
        query=not rows and (_is_query(record) or _is_questionnaire(record)),
        vanished=_is_gone(record, rows),
        leads=record.refresh or record.refresh_by_script,
        flags=tuple(sorted({*record.flags, *fetch.flags})),
        pager=record.pager,
        own=own,
        stored=_stored(record.text, rows),
        empties=record.empties,
        beside=_entries(record) if rows and _may_be_menu(rows) else (),
        entries=entries,
        sections=sum(
            1 for one in record.lists if one.heading and one.more_url and one is not block
        ),
        offers=() if rows or entries or length > SHORT else _offers(record),
        lists=tuple(beside),
        wording=None if rows or record.dates else kind_of_wording(record.text),
        said=None if record.text_length > SAID else Said(record.text, _names(record)),
        site_code=intern(record.meta.get("siteidcode", "")),  # one string for all pages of a site
        labels=labels_of(record, fetch.final_url or fetch.url),
        labels_fill=record.labels_fill,
        hint=_hint(record),
    )


def _hint(record: PageRecord) -> str:
    """On a page without a publication date: a date at either end of its text, or that of writing."""
    if any(mark.source is not DateSource.URL for mark in record.dates):
        return ""
    for text in (record.text[:HEAD], record.text[-HEAD:]):
        if (found := dates.first(halfwidth(text))) is not None:
            return found.text
    return record.written.isoformat() if record.written else ""


def _offers(record: PageRecord) -> tuple[str, ...]:
    """Where the menus of a page lead that shows nothing itself."""
    return tuple(
        dict.fromkeys(link.url for link in record.links if link.region is Region.NAV and link.url)
    )[:OFFERS]


def _embedded(record: PageRecord) -> int:
    """Pictures, videos, frames and forms; the site's search is in every page and none of it."""
    return record.images + record.videos + len(record.frames) + _own_forms(record)


def _own_forms(record: PageRecord) -> int:
    """Forms that are the page's own: what looks up a record on a page that is called so is no search."""
    own = [form for form in record.forms if not form.search]
    if len(own) == len(record.forms) or not _is_named_query(record):
        return len(own)
    words_asked = any_of("page", "word_search")
    return len(own) + sum(
        form.search and not words_asked.search(form.label) for form in record.forms
    )


def _is_named_query(record: PageRecord) -> bool:
    return any_of("search", "query_names").search(record.headline or record.title) is not None


def _is_query(record: PageRecord) -> bool:
    """Whether a page is there to look up records, by its name and a form of its own."""
    return _is_named_query(record) and _own_forms(record) > 0


def _is_questionnaire(record: PageRecord) -> bool:
    """Whether a page asks its readers, by its name and a form of its own."""
    named = pattern_of("search", "questionnaires").search(record.headline or record.title)
    return named is not None and _own_forms(record) > 0


def _is_gone(record: PageRecord, rows: tuple[ListItem, ...]) -> bool:
    """Whether a page says that what was asked for is not there: above its rows, where it has some."""
    said = record.vanished
    if not said or not rows:
        return bool(said)
    if not pattern_of("page", "gone_words").search(said) or any(said in row.title for row in rows):
        return False
    place = record.text.find(said)
    return place < 0 or place < record.text.find(rows[0].title)


def _may_be_menu(rows: tuple[ListItem, ...]) -> bool:
    """Whether rows show no day, as the entries of a menu."""
    return all(row.day is None and row.month_day is None for row in rows)


def _entries(record: PageRecord) -> tuple[str, ...]:
    """Entries of other lists, tabs and links of the body: what a page without a list offers."""
    steps = {crumb.text for crumb in record.breadcrumb}
    listed = {row.title for one in record.lists if one.block == 0 for row in one.items}
    offered = {
        link.text
        for link in record.links
        if link.block == 0 and link.region in _CONTENT and not link.hidden
    }
    return tuple(sorted(text for text in (listed | offered) - steps if _says(text)))


def _says(text: str) -> bool:
    """Whether a link is more than a step to another page of a list, or a tool of the page."""
    plain = text.strip("[]【】<>«»‹›|· ")
    tools = (words("page")["pager_words"], words("columns")["not_columns"])
    if not plain or plain.isdigit() or any(mark in text for mark in _UNFILLED):
        return False
    return not any(plain in one for one in tools)


_UNFILLED = ("{{", "${", "<%")  # a template that nobody filled in
_CONTENT = frozenset({Region.BODY, Region.LIST})


def _crumbs(steps: tuple[Crumb, ...]) -> tuple[Crumb, ...]:
    """The steps below the home page, without the words before them."""
    labels, home = any_of("page", "breadcrumb_labels"), words("columns")["home_names"]
    plain = (Crumb(_EDGE.sub("", step.text), step.url) for step in steps)
    kept = [step for step in plain if step.text and not labels.match(step.text)]
    while kept and (kept[0].text in home or kept[0].text.endswith("首页")):
        kept = kept[1:]
    return tuple(kept)


def _number(record: PageRecord) -> str:
    """The page's own number: after its label, in its title, or by itself; not one that it cites."""
    labels = any_of("policies", "labels_number")
    said = " ".join(spoken.value for spoken in record.spoken if labels.search(spoken.label))
    named = f"{said} {record.headline or record.title}"
    own = document_number(named) if "号" in named else None
    if own:
        return own
    head = record.text[:HEAD]
    for word in head.split(" ") if "号" in head else ():
        if (
            len(word) < 40
            and "号" in word
            and (number := document_number(word))
            and word[0] not in "（(《〔"
        ):
            label = labels.search(word[:LABEL])  # it may run into the number
            own = halfwidth(word[label.end() :] if label else word)
            return number if own.startswith(number[:2]) else ""
    return ""


def _stored(text: str, rows: tuple[ListItem, ...]) -> int:
    """Characters of the rows that no words of the page hold: a script writes them."""
    return sum(len(row.title) + len(row.quote) for row in rows if row.title[:BEGINS] not in text)


def called(title: str, crumbs: tuple[Crumb, ...]) -> str:
    """What a page is called by its title and by the last step that leads to it."""
    return f"{title} {crumbs[-1].text if crumbs else ''}"


def own_words(text: str, names: tuple[str, ...]) -> str:
    """What a text says besides the breadcrumb and the headings above the content."""
    for name in names:
        text = text.replace(name, " ", 1)
    text = any_of("page", "breadcrumb_labels").sub(" ", text, count=1)
    if len(text) <= 2 * SHORT:
        text = pattern_of("page", "idle_texts").sub(" ", text)
    text = clean(_EDGE.sub("", text))
    return text if any(c.isalnum() for c in text) else ""


def notice_of(own: str) -> str:
    """The words that there is nothing here, when a page says little else; empty: it does not."""
    if len(own) > SHORT:
        return ""
    match = any_of("page", "empty_notices").search(own)
    return own if match and len(own) <= len(match[0]) * 3 + 12 else ""


def _length(record: PageRecord) -> int:
    if record.text_length > 2 * SHORT:
        return record.text_length
    return len(own_words(record.text, _names(record)))


def _names(record: PageRecord) -> tuple[str, ...]:
    """What the page and those above it are called, the longest first."""
    names = {record.headline, *_RUNS.split(record.title), *record.headings}
    names.update(crumb.text for crumb in record.breadcrumb)
    return tuple(sorted(names - {""}, key=lambda name: (-len(name), name)))


def _statement(record: PageRecord, rows: tuple[ListItem, ...]) -> DatedItem | None:
    """A statement that there is nothing to publish, with the day it was made."""
    words = any_of("page", "nothing_statements")
    for row in rows:
        if words.search(row.title) and row.day is not None:
            return DatedItem(row.url, row.title, row.day, row.source, row.quote)
    if len(record.text) > 4 * SHORT:
        return None
    match = words.search(record.text) or pattern_of("page", "nothing_sentences").search(record.text)
    if match is None:
        return None
    start = max(record.text.rfind(mark, 0, match.start()) for mark in "。！？；") + 1
    said = _SENTENCE.match(record.text, start)
    sentence = shorten(clean(said[0] if said else match[0]), 120)
    found = dates.first(halfwidth(record.text))
    if found is not None:
        return DatedItem(record.url, sentence, found.day, DateSource.LABEL, found.text)
    mark = record.dates[0] if record.dates else None
    if mark is None:
        return DatedItem(record.url, sentence, None, None, "")
    return DatedItem(record.url, sentence, mark.day, mark.source, mark.quote)
