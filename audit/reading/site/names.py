"""What the name of a column or page says: its class, its kind, what it is for."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from audit.model import ColumnClass, ColumnKind, PageKind
from audit.text import squeeze
from audit.urls import key as path_of
from audit.vocabulary import any_of, words

LOOSE = 6  # characters that a page's name may have beside the word that says what it is for
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEAR_NAME = re.compile(r"(?:19|20)\d\d年?度?")
_PLAIN = re.compile(r"[\s>＞»›|·：:【】\[\]（）()“”\"《》]+")


@lru_cache(maxsize=4096)
def class_of(name: str) -> ColumnClass:
    """The class that a column's name speaks of; `other` when it speaks of none."""
    plain = _plain(name)
    exact, listed = _classes()
    if plain in exact:
        return exact[plain]
    return next((klass for word, klass in listed if word in plain), ColumnClass.OTHER)


def class_of_path(path: Sequence[str], column_type: str, url: str = "") -> ColumnClass:
    """The class by the ColumnType label, else topic for what hangs under one, else by the name.

    The label of all that is to be open leaves a name that says more. A name that says nothing takes
    the class of those above it.
    """
    typed = _types().get(column_type)
    if typed is ColumnClass.OPENNESS and path:
        named = class_of(path[-1])
        return named if named in _OPEN else typed
    if typed is not None:
        return typed
    above = path[:-1]
    if _in_topic_folder(url) or any(class_of(name) is ColumnClass.TOPIC for name in above):
        return ColumnClass.TOPIC
    for name in reversed(path):
        klass = class_of(name)
        if klass is not ColumnClass.OTHER:
            return klass
        if _plain(name) not in words("columns")["generic"] and not _is_year(name):
            return ColumnClass.OTHER
    return ColumnClass.OTHER


def kind_of_path(
    path: Sequence[str], klass: ColumnClass, *, rows: bool, text: bool, year: int = 9999
) -> ColumnKind:
    """How a column lives, by its names, its class and whether it lists items or holds text.

    `year` is the present one: what is named after an earlier one is an archive.
    """
    name = path[-1] if path else ""
    if any(any_of("columns", "kind_archive").search(one) for one in path):
        return ColumnKind.ARCHIVE
    if any(_newest_year(one) < year for one in path if _newest_year(one)):
        return ColumnKind.ARCHIVE
    if klass.value in words("columns")["static_classes"] or _is_static(name):
        return ColumnKind.STATIC
    if any_of("columns", "kind_event").search(name):
        return ColumnKind.EVENT
    if rows and klass in _LIVING:
        return ColumnKind.PERIODIC
    if any_of("columns", "kind_static").search(name) or (text and not rows):
        return ColumnKind.STATIC
    return ColumnKind.PERIODIC


def is_yearly(path: Sequence[str]) -> bool:
    """Whether a column gets something new once a year only, by its name or the one above it."""
    return any(any_of("columns", "yearly").search(name) for name in path[-2:])


def _is_static(name: str) -> bool:
    """Whether the name is that of a collection, such as laws, that nothing obliges to grow."""
    return _plain(name) in words("columns")["static_names"]


def _in_topic_folder(url: str) -> bool:
    parts = path_of(url).partition("?")[0].lower().split("/")[1:-1] if url else []
    return any(part in words("columns")["topic_folders"] for part in parts)


def _is_year(name: str) -> bool:
    return _YEAR_NAME.fullmatch(_plain(name)) is not None


def _newest_year(name: str) -> int:
    """The newest year that a name holds; 0: none."""
    return max((int(found) for found in _YEAR.findall(name)), default=0)


_LIVING = frozenset(
    {ColumnClass.NEWS, ColumnClass.NOTICE, ColumnClass.POLICY, ColumnClass.INTERPRETATION}
)


# what 信息公开目录 holds beside columns that are only open
_OPEN = frozenset({ColumnClass.FINANCE, ColumnClass.PERSONNEL, ColumnClass.PLANNING})


def is_column_name(text: str) -> bool:
    """Whether the words of a menu entry name a column, not a tool or a way home."""
    plain = _plain(text)
    return 1 < len(plain) <= 24 and plain not in _not_columns() and not plain.isdigit()


@lru_cache(maxsize=4096)
def page_kind_of(name: str) -> PageKind | None:
    """What a page of this name is for, as far as names tell."""
    plain = _plain(name)
    for key, kind in _PAGE_KINDS:
        match = any_of("columns", key).search(plain)
        if match and len(plain) <= len(match[0]) + LOOSE:
            return kind
    return None


@lru_cache(maxsize=4096)
def kind_of_address(url: str) -> PageKind | None:
    """What the usual file or folder name of a page hints at; the weakest sign."""
    parts = path_of(url).partition("?")[0].lower().strip("/").split("/")
    stem = parts[-1].partition(".")[0]
    name = parts[-2] if stem in {"index", "default", ""} and len(parts) > 1 else stem
    for key, kind in _PAGE_KINDS:
        if name in words("columns")[f"address_{key.removeprefix('kind_')}"]:
            return kind
    return PageKind.LIST if _LISTED.search(name) else None


_LISTED = re.compile(r"(?:^|[_-])list(?:[_-]?\d+)?$|^.{2,}list$")
_PAGE_KINDS = (
    ("kind_leaders", PageKind.LEADERS),
    ("kind_organisation", PageKind.ORGANISATION),
    ("kind_contact", PageKind.CONTACT),
    ("kind_guide", PageKind.GUIDE),
    ("kind_service_guide", PageKind.SERVICE_GUIDE),
    ("kind_messages", PageKind.MESSAGES),
)


@cache
def _classes() -> tuple[dict[str, ColumnClass], tuple[tuple[str, ColumnClass], ...]]:
    listed = [
        (_plain(word), ColumnClass(key.removeprefix("class_")))
        for key, found in words("columns").items()
        if key.startswith("class_")
        for word in found
    ]
    exact: dict[str, ColumnClass] = {}
    for word, klass in listed:
        exact.setdefault(word, klass)
    return exact, tuple(sorted(listed, key=lambda one: -len(one[0])))


@cache
def _types() -> dict[str, ColumnClass]:
    pairs = (entry.partition("=") for entry in words("columns")["type_names"])
    return {name: ColumnClass(klass) for name, _, klass in pairs}


@cache
def _not_columns() -> frozenset[str]:
    return frozenset(_plain(word) for word in words("columns")["not_columns"])


def _plain(name: str) -> str:
    return _PLAIN.sub("", squeeze(name))
