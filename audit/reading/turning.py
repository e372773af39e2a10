"""Where a function of the page's own scripts goes when a pager's link calls it with a number."""

import re

from audit.reading.document import Document
from audit.urls import host_port

SCRIPT = 200_000  # characters of a script that are looked at
MOST = 5000  # pages of a list
BODY = 600  # characters of a function that turns pages
CALL = 200  # characters of a link's address or click
_CALLED = re.compile(
    r"^(?:javascript:)?\s{0,3}([A-Za-z_$][\w$]{0,40})\(\s{0,3}['\"]?\d{1,5}['\"]?\s{0,3}\)"
)
_MADE = re.compile(
    r"(?:function\s{1,3}([A-Za-z_$][\w$]{0,40})|([A-Za-z_$][\w$]{0,40})\s{0,3}=\s{0,3}function)"
    r"\s{0,3}\(\s{0,3}([A-Za-z_$][\w$]{0,20})\s{0,3}\)\s{0,3}\{"
)
_GOES = re.compile(
    r"\blocation(?:\.href)?\s{0,3}=\s{0,3}(?P<set>[^;{}\n]{1,300})"
    r"|\blocation\.(?:replace|assign)\(\s{0,3}(?P<put>[^;{}\n]{1,300}?)\)\s{0,3}(?:[;}\n]|$)"
    r"|\bwindow\.open\(\s{0,3}(?P<open>[^,;{}\n]{1,300})"
)
_PART = re.compile(r"'([^'\\]{0,200})'|\"([^\"\\]{0,200})\"|([A-Za-z_$][\w$]{0,20})")
_PLUS = re.compile(r"\s{0,3}\+\s{0,3}")


def called(href: str) -> str:
    """The function that a link calls with a number and nothing else; empty: none."""
    match = _CALLED.match(href[:CALL].strip())
    return match[1] if match else ""


def pages_behind(document: Document, function: str, pages: int) -> tuple[str, ...]:
    """The pages from the second on to which a function goes; none where that is not certain."""
    ways = _leads(document, function) if function and 1 < pages <= MOST else None
    if ways is None:
        return ()
    urls = (document.join(f"{ways[0]}{number}{ways[1]}") for number in range(2, pages + 1))
    return tuple(url for url in urls if url and url != document.url)


def _leads(document: Document, function: str) -> tuple[str, str] | None:
    """What stands before and behind the number in the address to which a function goes.

    None where it is not a plain join of words and the number, or where it leaves the host.
    """
    for script in document.scripts:
        if function not in script.text:
            continue
        for match in _MADE.finditer(script.text[:SCRIPT]):
            if function in (match[1], match[2]):
                body = script.text[match.end() : match.end() + BODY]
                return _joined(document, body, match[3])
    return None


def _joined(document: Document, body: str, number: str) -> tuple[str, str] | None:
    goes = _GOES.search(body)
    if goes is None or "{" in body[: goes.start()]:
        return None  # it goes there under a condition only
    said = (goes["set"] or goes["put"] or goes["open"]).strip()
    before, behind, seen = "", "", False
    for part in _PLUS.split(said):
        match = _PART.fullmatch(part)
        if match is None or (match[3] and (match[3] != number or seen)):
            return None
        if match[3]:
            seen = True
        elif seen:
            behind += match[1] or match[2] or ""
        else:
            before += match[1] or match[2] or ""
    url = document.join(f"{before}2{behind}") if seen else None
    return (before, behind) if url and host_port(url) == host_port(document.url) else None
