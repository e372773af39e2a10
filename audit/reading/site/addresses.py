"""What the addresses of a site's own pages say: index pages, folders."""

import re

from audit.urls import key

_INDEX = re.compile(r"(?:index|default)\.[a-z]{3,5}$", re.IGNORECASE)


def is_index(url: str) -> bool:
    """Whether the address is that of a folder or its index page."""
    path = key(url).partition("?")[0]
    name = path.rpartition("/")[2].lower()
    return not name or name.partition(".")[0] in {"index", "default", "list", "main"}


def without_index(url: str) -> str:
    """The address without the name of an index page."""
    return _INDEX.sub("", url)


def same_page(one: str, other: str) -> bool:
    """Whether two addresses are one but for the name of an index page."""
    return one == other or _INDEX.sub("", key(one)) == _INDEX.sub("", key(other))


def folder_of(url: str) -> str:
    """The folder in which a page lies, without the slash at its end."""
    return key(url).partition("?")[0].rpartition("/")[0]


def folders(url: str) -> list[str]:
    """Keys of the folders above a page's own folder, from the top, the site's root left out."""
    path = key(url).partition("?")[0]
    parts = path.strip("/").split("/")
    own = parts if path.endswith("/") else parts[:-1]
    depth = len(own) if not path.endswith("/") and not _is_folder_index(parts[-1]) else len(own) - 1
    return [f"/{'/'.join(own[: i + 1])}/" for i in range(max(0, depth))]


def _is_folder_index(name: str) -> bool:
    return name.partition(".")[0].lower() in {"index", "default"}
