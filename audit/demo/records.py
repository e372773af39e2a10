"""The nouns of the demo: what is planned, what is served, what is planted."""

import datetime as dt
from collections.abc import Mapping

import msgspec


class Answer(msgspec.Struct, frozen=True):
    """What one path answers. `location` is set on redirects only."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    location: str = ""


class Planted(msgspec.Struct, frozen=True, order=True):
    """A fault that a right audit finds: `subject` and `aspect` as in the finding's subject."""

    site: str  # under which the report files it
    check: str
    subject: str  # path, two paths (pair), "/" (site, search) or a unit's id
    aspect: str = ""
    status: str = "fail"
    browser: bool = False  # only a browser finds it


class Unit(msgspec.Struct, frozen=True):
    """A unit and the six facts that its pages state; an empty field is not published anywhere."""

    id: str
    name: str
    short: str
    functions: tuple[str, ...]
    structure: tuple[tuple[str, str], ...]  # (division, what it does)
    address: str
    hours: str
    phone: str
    fax: str
    postcode: str
    mail: str
    head: str
    head_title: str
    deputies: tuple[tuple[str, str, str], ...] = ()  # (name, title, duties)


class Theme(msgspec.Struct, frozen=True):
    """Colours of a site."""

    main: str
    dark: str
    pale: str
    accent: str
    ground: str


class Attachment(msgspec.Struct, frozen=True):
    """A document linked below an article."""

    path: str
    name: str


class Related(msgspec.Struct, frozen=True):
    """A link from a policy to an interpretation or back, in a box below the article."""

    heading: str
    path: str
    text: str


class Article(msgspec.Struct, frozen=True):
    """A page with a date."""

    path: str
    title: str
    day: dt.date
    source: str
    paragraphs: tuple[str, ...]  # HTML
    number: str = ""  # 文号
    written: dt.date | None = None
    attachments: tuple[Attachment, ...] = ()
    related: tuple[Related, ...] = ()
    labelled: dt.date | None = None  # what its label says in place of its day
    silent: tuple[str, ...] = ()  # where it leaves its day out: list, page, label


class Column(msgspec.Struct, frozen=True):
    """A list with its articles, newest first."""

    code: str
    name: str
    path: str
    kind: str  # ColumnType of the norm's labels
    articles: tuple[Article, ...] = ()
    pinned: tuple[Article, ...] = ()  # shown above all others, whatever their date
    note: str = ""  # HTML in place of rows
    next_pages: str = ""  # path of page n, with {n}


class Leaf(msgspec.Struct, frozen=True):
    """A page without a date."""

    name: str
    path: str
    kind: str
    html: str


class Section(msgspec.Struct, frozen=True):
    """One entry of the main menu."""

    name: str
    path: str  # where the menu leads
    columns: tuple[Column, ...] = ()
    leaves: tuple[Leaf, ...] = ()
    overview: bool = False  # `path` is a page of its own that shows the newest of each column


class Material(msgspec.Struct, frozen=True):
    """Everything that a site's pages are made of."""

    id: str
    name: str
    unit: Unit
    as_of: dt.date
    theme: Theme
    site_code: str
    sections: tuple[Section, ...]
    services: tuple[tuple[str, str], ...]  # (name, path): the tiles of the home page
    neighbours: tuple[tuple[str, str], ...]  # (name, address)
    encoding: str = "utf-8"
    search: bool = True
    lost_index: bool = False  # its search finds nothing
    police: bool = True
    correction: bool = True
    script_dates: bool = False  # articles say their date in script too
    tables: bool = False  # lists are tables, as on old sites
    moved: Mapping[str, str] = {}  # path → path, by redirect
    refreshed: Mapping[str, str] = {}  # path → path, by meta refresh
    forbidden: tuple[str, ...] = ()
    soft_missing: bool = False  # a missing page answers 200
    hidden: tuple[tuple[str, str], ...] = ()  # (name, address): links of the home page out of sight
    home_labels: Mapping[str, str] = {}  # labels of the home page in place of the usual ones
    secure: bool = False  # served over TLS
    search_seconds: float = 0.0  # until a query is answered
    unindexed: tuple[str, ...] = ()  # what its search does not know
    correction_code: str = ""  # what the correction entry says in place of the site's own code

    def columns(self) -> tuple[Column, ...]:
        """Every column in the order of the menu."""
        return tuple(column for section in self.sections for column in section.columns)

    def column(self, code: str) -> Column:
        """The column of that code."""
        return next(column for column in self.columns() if column.code == code)


class DemoSite(msgspec.Struct, frozen=True):
    """One site as it is served. Addresses of sites stand as `http://<id>.demo.invalid/`, or https."""

    id: str
    name: str
    pages: Mapping[str, Answer]
    missing: Answer
    material: Material


class DemoEstate(msgspec.Struct, frozen=True):
    """The department and its units on one day."""

    as_of: dt.date
    sites: Mapping[str, DemoSite]
    config: str  # TOML with the same placeholder addresses
    planted: tuple[Planted, ...]
