"""What one page says by itself: the product of the page stage, without config, clock or other pages."""

import datetime as dt

import msgspec

from audit.model.slips import PersonalDatum, Slip
from audit.model.words import DateSource, Idle, Mark, PageFlag, Region


class Link(msgspec.Struct, frozen=True, gc=False, array_like=True, omit_defaults=True):
    """One link as it stands in the page. `url` is absolute without fragment; empty: it leads nowhere."""

    url: str
    text: str  # anchor text, title attribute or image alt; at most 120 characters
    region: Region
    block: int = 0  # number of the region block in the page, to tell menus and lists apart
    href: str = ""  # the attribute as written, kept only when `url` is empty
    hidden: bool = False
    under: int = 0  # menus: links back to the entry it hangs under; -1: under words without a link
    idle: Idle = Idle.NOT


class ListItem(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One row of a list."""

    url: str
    title: str
    day: dt.date | None = None
    source: DateSource | None = None
    quote: str = ""  # the date as written
    month_day: tuple[int, int] | None = None  # a date without a year


class ItemList(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One list of a page: its heading (empty when none), its rows and whether it is the main one."""

    heading: str
    items: tuple[ListItem, ...]
    main: bool
    block: int = 0
    more_url: str = ""


class Pager(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Paging of a list: how many pages there are in all and the addresses of the next ones."""

    pages: int
    urls: tuple[str, ...]
    by_script: bool


class DateMark(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One reading of the page's publication date; confidence 0 to 1."""

    day: dt.date
    source: DateSource
    quote: str
    confidence: float


class Crumb(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One step of a breadcrumb; the last one may have no address."""

    text: str
    url: str


class Form(msgspec.Struct, frozen=True, array_like=True):
    """A form, or a lone search box that script serves (`action` empty)."""

    action: str
    method: str
    query_field: str  # the text input that takes the words; empty: none
    search: bool  # it is a site search by name, label, placeholder or button
    label: str  # what names it to a person
    by_script: bool
    fields: tuple[tuple[str, str], ...] = ()  # hidden and preset fields
    password: bool = False  # it asks for a password
    charset: str = ""  # the encoding that it sends in, where it names one
    handled: bool = False  # script looks at what is sent before it is
    captcha: bool = False  # it asks for a verification code
    watched: bool = False  # a script of the page, unread, may see what is sent


class Spoken(msgspec.Struct, frozen=True, array_like=True):
    """A label and the value beside it, as the page says it (for unit facts and marks)."""

    label: str
    value: str
    region: Region
    about: str = ""  # the organisation in whose row or block it stands; empty: the page names none


class Sign(msgspec.Struct, frozen=True, array_like=True):
    """An identity mark that a page shows by a picture or a script; `value`: its site code or words."""

    mark: Mark
    value: str


class Concealed(msgspec.Struct, frozen=True, array_like=True):
    """A hidden block that leads to foreign hosts: facts that speak for and against an attack."""

    quote: str  # how it is hidden, as written
    links: tuple[tuple[str, str], ...]  # address and words, foreign hosts only; at most 60
    domains: int  # distinct registered names that it leads to
    lures: tuple[str, ...]  # words of gambling, forged papers and the like
    apart: bool  # hidden in a manner that no menu uses: out of the screen, without size, by script
    unopened: bool  # no name, place or neighbour tells of a menu or tab that would open it


class Insecure(msgspec.Struct, frozen=True, array_like=True):
    """What a page loads without TLS although it came with it."""

    url: str
    active: bool  # a script, style or frame, which can alter the page; else a picture or sound


class DecidedTable(msgspec.Struct, frozen=True, array_like=True):
    """A table with a decision in each row, under a head that names the day when it was made."""

    head: str  # the head's words
    rows: tuple[
        tuple[str, str, str], ...
    ]  # days of decision and posting as written, the row's words
    whole: bool  # every row fits the head


class PageRecord(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """The facts of one page, once a page; compressed and stored, so that no check reads HTML."""

    url: str
    title: str = ""  # <title>, cleaned
    headline: str = ""  # h1 or the article's heading
    encoding: str = ""
    meta: dict[str, str] = {}  # lower-case names of the norm's labels and the ordinary ones
    breadcrumb: tuple[Crumb, ...] = ()
    links: tuple[Link, ...] = ()
    lists: tuple[ItemList, ...] = ()
    pager: Pager | None = None
    dates: tuple[DateMark, ...] = ()  # best first
    written: dt.date | None = None  # 成文日期, from a signature or label
    text: str = ""  # visible text of the content region, cleaned, cut at 20,000 characters
    text_length: int = 0  # before the cut
    footer: str = ""  # visible text of the footer region, cut at 2,000
    forms: tuple[Form, ...] = ()
    spoken: tuple[Spoken, ...] = ()
    headings: tuple[str, ...] = ()
    images: int = 0  # large images in the content region
    videos: int = 0
    frames: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()  # addresses of documents linked in the content region
    refresh: str = ""  # target of an immediate meta refresh
    refresh_by_script: str = ""  # target of a script redirect on a page without content
    script_fills: bool = (
        False  # script (ajax, data store, template attributes) fills the content region
    )
    relates_by_script: bool = False  # script fills a box of related documents beside the content
    vanished: str = ""  # not-found words in title or headline, if any
    shape: str = ""  # hash of the tag skeleton: pages of one template share it
    content_hash: str = (
        ""  # of the content text and link targets, without dates of today or counters
    )
    flags: tuple[PageFlag, ...] = ()
    signs: tuple[Sign, ...] = ()  # identity marks without words: pictures, scripts, clicks
    footer_fills: bool = False  # script or a frame brings the footer
    labels_fill: bool = False  # script writes meta labels
    concealed: tuple[Concealed, ...] = ()  # hidden blocks with links to foreign hosts
    slips: tuple[Slip, ...] = ()  # wrong words, placeholders, broken characters
    personal: tuple[PersonalDatum, ...] = ()  # numbers of persons, masked
    insecure: tuple[Insecure, ...] = ()  # what a secure page loads without TLS; at most 50
    folded: tuple[str, ...] = ()  # element classes of a guide that hidden parts of the content name
    footer_pictured: bool = False  # a picture that is called footer, without words for it
    decided: tuple[DecidedTable, ...] = ()  # tables of decisions (双公示)
    empties: tuple[
        str, ...
    ] = ()  # what stands over lists without a row, on a page without dated ones
    ended: str = ""  # words beside the content, or a picture's, that it may be no longer in force
