"""What is known of the saved sets: their own tables, and `truth/`, labelled by eye from the pages.

`truth/SET.tsv`: file (a pattern; the first that fits counts), kinds (`a|b`: both are right), published
(a day, `none`, or `manifest`: what the set's own table measured), newest of the page's own list (where
the set has no columns.tsv), why. `truth/facts.tsv`: dead links, blank columns, hidden blocks.
"""

import csv
import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import msgspec

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("DUWANG_SHARED") or ROOT.parent / "shared")
CORPORA = SHARED / "corpora"
OWN = Path(__file__).parent / "truth"
LOOSE = frozenset({"gne_gov", "pingtan_fragment", "htmldate_zh"})  # single pages of many sites
PAGES = (".html", ".htm")
OWNERS = {  # whose site it is, as its pages say
    "daozhen_rsj": "道真县人力资源和社会保障局",
    "zj_commerce_2012": "浙江省商务厅",
    "wuan_templates": "武安市人民政府",
    "ninghe_templates": "宁河区教育局",
    "jinzhong_templates": "晋中市商务局",
}
Row = dict[str, str]


class PageTruth(msgspec.Struct, frozen=True):
    """One page: its kinds (any of them is right), its day of publication (empty: it shows none)."""

    file: str
    kinds: tuple[str, ...]
    published: str
    newest: str  # of its own list; empty: not labelled


class ColumnTruth(msgspec.Struct, frozen=True):
    """One column as columns.tsv has it; empty: nothing is known or there is none."""

    file: str
    kind: str  # list, redirect, empty, content, form
    pager_pages: str
    dates: str
    newest: str


class SavedSet(msgspec.Struct, frozen=True, dict=True):
    """One folder of saved pages."""

    name: str
    folder: Path
    as_of: str

    @property
    def loose(self) -> bool:
        """Whether it is no site but single pages: nothing is known of its links."""
        return self.name in LOOSE

    @property
    def owner(self) -> str:
        """The name of the site's unit; single pages have none."""
        return OWNERS.get(self.name, self.name)

    @cached_property
    def files(self) -> tuple[str, ...]:
        """Its pages, as paths below html/."""
        root = self.folder / "html"
        found = (path for path in root.rglob("*") if path.suffix.lower() in PAGES)
        return tuple(sorted(path.relative_to(root).as_posix() for path in found))

    def body(self, file: str) -> bytes:
        """The bytes of a page."""
        return (self.folder / "html" / file).read_bytes()

    @cached_property
    def pages(self) -> tuple[PageTruth, ...]:
        """The truth of every page that has one."""
        manifest = {row["file"]: row for row in rows(self.folder / "manifest.tsv")}
        labels = rows(OWN / f"{self.name}.tsv")
        found = (
            _page_truth(file, next((r for r in labels if fnmatchcase(file, r["file"])), None))
            for file in self.files
        )
        return tuple(_measured(page, manifest.get(page.file)) for page in found if page)

    @cached_property
    def columns(self) -> tuple[ColumnTruth, ...]:
        """Its columns; where the set has no table of them, the lists among its pages."""
        table = rows(self.folder / "columns.tsv")
        if table:
            return tuple(
                ColumnTruth(
                    f"{row['column']}/index.html",
                    row["kind"],
                    row["pager_pages"],
                    row["dates_in_list"],
                    row["newest"],
                )
                for row in table
            )
        return tuple(
            ColumnTruth(page.file, "list", "", "", page.newest)
            for page in self.pages
            if page.newest
        )

    def known(self, check: str) -> frozenset[str]:
        """Paths that facts.tsv has for a check."""
        table = rows(OWN / "facts.tsv")
        return frozenset(r["path"] for r in table if (r["set"], r["check"]) == (self.name, check))

    def dead(self) -> frozenset[str]:
        """Paths that its anchors lead to and that are not there, and what facts.tsv adds to them."""
        own = {path for file in self.files for path in self._anchors(file)}
        return frozenset(path for path in own if not self._is_there(path)) | self.known("dead-link")

    def _anchors(self, file: str) -> Iterator[str]:
        reader = _Anchors()
        reader.feed(self.body(file).decode("utf-8", "replace"))
        for href in reader.hrefs:
            try:
                parts = urlsplit(urljoin(f"http://set.test/{file}", href.strip()))
            except ValueError:
                continue
            if parts.netloc == "set.test":
                yield unquote(parts.path) or "/"

    def _is_there(self, path: str) -> bool:
        names = {path.strip("/"), f"{path.strip('/')}/index.html".strip("/")}
        return bool(names & self._served)

    @cached_property
    def _served(self) -> frozenset[str]:
        assets = {row["path"] for row in rows(self.folder / "assets.tsv")}
        gone = {
            row["path"]
            for row in rows(self.folder / "withheld.tsv")
            if row["served_as"].startswith("200")
        }
        return frozenset({*self.files, *assets, *gone})


def saved_sets(wanted: tuple[str, ...] = ()) -> tuple[SavedSet, ...]:
    """The sets that can be read and are wanted (none named: all); KeyError names one unknown."""
    table = [row for row in rows(CORPORA / "sets.tsv") if _is_readable(row["set"])]
    found = {
        row["set"].rpartition("/")[2]: SavedSet(
            row["set"].rpartition("/")[2], CORPORA / row["set"], row["as_of"]
        )
        for row in table
    }
    return tuple(found[name] for name in wanted) if wanted else tuple(found.values())


def rows(path: Path) -> list[Row]:
    """The rows of a table; none when it is not there."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _is_readable(name: str) -> bool:
    return name.startswith("cn_gov/") or name == "conformance/htmldate_zh"


def _page_truth(file: str, row: Row | None) -> PageTruth | None:
    if row is None:
        return None
    published = "" if row["published"] == "none" else row["published"]
    return PageTruth(file, tuple(row["kinds"].split("|")), published, row["newest"])


def _measured(page: PageTruth, row: Row | None) -> PageTruth:
    """The strongest date of the set's own table: in a script, in meta, behind a label."""
    if page.published != "manifest":
        return page
    names = ("date_in_inline_script", "meta_pubdate", "visible_labelled_date")
    found = next((row[name][:10] for name in names if row[name]), "") if row else ""
    return msgspec.structs.replace(page, published=found)


class _Anchors(HTMLParser):
    """The addresses in a page's anchors, read without any part of the reader under measurement."""

    def __init__(self) -> None:
        super().__init__()
        self.hrefs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"a", "area"}:
            href = dict(attrs).get("href") or ""
            if href and not href.lower().startswith(("#", "javascript:", "mailto:", "tel:")):
                self.hrefs.append(href)
