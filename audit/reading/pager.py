"""The pager of a list: how many pages there are, and the addresses of the others."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice, pairwise

import msgspec

from audit.model import Pager
from audit.reading.datastores import following
from audit.reading.document import Document, Element
from audit.reading.encoded import encoded
from audit.reading.links import Anchor, anchors
from audit.reading.pagecounts import counts_of
from audit.reading.regions import FOOTER, NAV, Regions
from audit.reading.roles import PAGER
from audit.reading.turning import called, pages_behind
from audit.vocabulary import pattern_of, words

MAX_URLS = 1000
HOLDER = 1200  # characters; a longer element is no pager
SCRIPT = 200_000  # characters of a script that are looked at
LONGEST = 200  # characters of an address to choose
WORD = 10  # characters; a longer text of a link is no pager's
UNSIZED = 10  # rows a page of the component whose call need not say so
MOST = 6  # elements named as a pager that are looked at
CALL = 200  # characters of a call
_ARGUMENTS = re.compile(r"(?:^|,)\s*(?:(\d{1,6})|[\"']([^\"',]{0,60})[\"'])\s*(?=,|$)")
_MEMBER = re.compile(r"(\w{1,20})\s{0,3}:\s{0,3}(?:[\"']([^\"']{0,60})[\"']|(\d{1,6}))")
_CALLED = re.compile(r"[(,]\s{0,3}[\"']?(\d{1,4})[\"']?\s{0,3}\)")
_NUMBER = re.compile(r"[(,]\s{0,3}[\"']?(\d{1,4})[\"']?\s{0,3}(?=[,)])")
_ENDING = re.compile(r"\.?(?:[sx]?html?|jspx?|aspx?|php)", re.IGNORECASE)
_PAGE_NAME = re.compile(r"[\"'](index|list|default|page)(?:_[\"']|[\"']\s*\+\s*[\"']_)")
_FILE_ENDING = re.compile(r"[\"']\.?([sx]?html?)\b")
_POSTED = re.compile(r"[\"']Page\$(\d{1,6})[\"']")  # a table's pager that sends its form back
_BRACKETS = " []【】<>《》«»‹›.…|"
_HOLDERS = frozenset({"div", "ul", "dl", "p", "td", "span", "nav", "table", "form", "section"})
_INNER = frozenset({"li", "span", "b", "font", "em", "td", "i", "strong"})


class _Call(msgspec.Struct, frozen=True):
    """What a script says of its pager."""

    pages: int
    current: int = -1  # as the call counts; -1: not said
    name: str = ""
    ending: str = ""


class _Turn(msgspec.Struct):
    """The links of a pager."""

    numbers: dict[int, str]  # page number to address
    urls: dict[str, None]
    onward: str = ""
    last: str = ""
    back: bool = False  # a link leads to an earlier page
    turned: bool = False  # there is a link that turns pages, wherever it leads
    place: int = -1  # of a page's number among those that a call is given
    call: str = ""  # the function that such a link calls


def pager(document: Document, found: list[Anchor]) -> Pager | None:
    """By a script's call, else by links; None when the page has no pager."""
    called = _called(document)
    if called is not None:
        return Pager(called[0].pages, _computed(document, called[0]), by_script=True)
    return _by_links(document, found) or _by_variable(document) or _by_code(document)


def _by_code(document: Document) -> Pager | None:
    """By the links that a script takes out of a coded text."""
    decoded = encoded(document)
    if decoded is None:
        return None
    return _by_links(decoded, anchors(decoded, Regions(decoded))[0])


def pager_place(document: Document, found: list[Anchor]) -> int:
    """The index of the element in which the pager stands; -1: there is none."""
    called = _called(document)
    if called is not None:
        return called[1]
    holders = list(_holders(document, found))
    turning = (one for one in holders if len(holders) == 1 or _of(document, found, one))
    holder = next(turning, holders[0] if holders else None)
    return holder.index if holder is not None else -1


def _called(document: Document) -> tuple[_Call, int] | None:
    """createPageHTML(4, 0, "index", "html"): the call, and where it stands."""
    for script in document.scripts:
        text = script.text
        if "Pager" in text and (record := _read_record(text)) is not None:
            return record, script.parent
        if "reatePage" not in text and "reatepage" not in text:
            continue
        for match in pattern_of("page", "pager_calls").finditer(text[:SCRIPT]):
            call = _read_call(next(group for group in match.groups() if group), text)
            if call is not None:
                return call, script.parent
    return None


def _read_record(text: str) -> _Call | None:
    """Pager({size: 4, current: 0, prefix: "index", suffix: "html"})."""
    match = pattern_of("page", "pager_record_calls").search(text[:SCRIPT])
    said = {one[0]: one[1] or one[2] for one in _MEMBER.findall(match[1])} if match else {}
    size, name, ending = said.get("size", ""), said.get("prefix", ""), said.get("suffix", "")
    if not size.isdecimal() or not name or not ending:
        return None
    current = said.get("current", "")
    return _Call(int(size), int(current) if current.isdecimal() else -1, name, ending)


def _read_call(arguments: str, text: str) -> _Call | None:
    found = _ARGUMENTS.findall(arguments)
    numbers = [int(number) for number, _ in found if number]
    names = [name for number, name in found if not number]
    name = ending = ""
    for before, one in pairwise(names):
        if _ENDING.fullmatch(one):
            name, ending = before, one
    if not numbers and name:
        return _read_variables(text, name, ending)
    if not numbers:
        return None
    return _Call(numbers[0], numbers[1] if len(numbers) > 1 else -1, name, ending)


def _read_variables(text: str, name: str, ending: str) -> _Call | None:
    """`var countPage = 4, currentPage = 0`: the numbers that a call is made with."""
    count = pattern_of("page", "pager_variables").search(text[:SCRIPT])
    if count is None:
        return None
    current = pattern_of("page", "pager_current").search(text[:SCRIPT])
    pages = int(next(group for group in count.groups() if group))
    return _Call(pages, int(current[1]) if current else -1, name, ending) if pages else None


def _computed(document: Document, call: _Call) -> tuple[str, ...]:
    """Page n stands at index_{n-1}.html where the call counts from 0, else at index_{n}.html."""
    if not call.name:
        return ()
    ending = call.ending.lstrip(".")
    file = document.url.partition("?")[0].rpartition("/")[2]
    first = file in {"", f"{call.name.rpartition('/')[2]}.{ending}"}
    low, high = 1, call.pages - 1
    if first and call.current == 1:
        low, high = 2, call.pages
    urls = (
        document.join(f"{call.name}_{number}.{ending}")
        for number in range(low, min(high, MAX_URLS) + 1)
    )
    return tuple(url for url in urls if url and url != document.url)


def _by_variable(document: Document) -> Pager | None:
    """`var countPage = 4`, a data store's `<totalpage>`: perhaps with the pages' names."""
    for script in document.scripts:
        text = script.text
        if not text or ("age" not in text and ".pagination" not in text):
            continue
        call = _counted(text) if len(text) <= 20_000 else _counted.__wrapped__(text)
        if call is not None:
            further = following(document) if "<" in text else ""
            urls = (further,) if further else _computed(document, call)
            return Pager(call.pages, urls, by_script=True)
    return None


@lru_cache(maxsize=512)
def _counted(text: str) -> _Call | None:
    text = text[:SCRIPT]
    name, ending = _PAGE_NAME.search(text), _FILE_ENDING.search(text)
    named = (name[1], ending[1]) if name and ending else ("", "")
    call = _read_variables(text, *named)
    if call is not None:
        return call
    totals = pattern_of("page", "pager_totals").search(text)
    size = _size(text) if totals else 0
    if totals and size:
        total = int(next(group for group in totals.groups() if group))
        return _Call(max(1, -(-total // size)))
    return None


def _size(text: str) -> int:
    """How many rows a page has; 0: a script does not say."""
    said = pattern_of("page", "pager_sizes").search(text)
    if said is not None:
        return int(said[1])
    unsized = pattern_of("page", "pager_unsized").search(text)
    limited = pattern_of("page", "pager_limits").search(text)
    return UNSIZED if unsized and not limited else 0


def _by_links(document: Document, found: list[Anchor]) -> Pager | None:
    pagers = (_of(document, found, holder) for holder in _holders(document, found))
    return next((one for one in pagers if one is not None), None)


def _of(document: Document, found: list[Anchor], holder: Element) -> Pager | None:
    """The pager that an element holds; None: it holds none."""
    turn = _turn(document, found, holder)
    counts = counts_of(document, holder, turned=turn.turned, linked=bool(turn.numbers))
    if not turn.turned and not counts and not turn.urls:
        return None
    reach = _reach(turn)
    known = [*counts, *turn.numbers, *([reach] if reach else [])]
    pages = max(known) if known else 1 + len(turn.urls)
    urls = tuple(turn.urls) or pages_behind(document, turn.call, pages)[:MAX_URLS]
    return Pager(max(pages, 1), urls, by_script=pages > 1 and not urls)


def _turn(document: Document, found: list[Anchor], holder: Element) -> _Turn:
    turn = _Turn({}, {})
    wide = holder.tag == "body"
    first = bisect_right(found, holder.index, key=_place)
    for anchor in found[first : bisect_left(found, holder.stop, key=_place)]:
        if wide and anchor.region in {NAV, FOOTER}:
            continue
        text = anchor.text.strip()
        said = text.strip(_BRACKETS)
        is_number = said.isdecimal() and len(said) <= 4
        posted = None if anchor.url else _POSTED.search(anchor.href)
        if is_number or posted:
            turn.numbers[int(posted[1] if posted else said)] = anchor.url
        elif not _means("pager_words", text, said):
            continue
        # the way home alone turns no page: a breadcrumb in a box that is called page
        turn.turned = turn.turned or not _means("pager_home", text, said)
        if not anchor.url:
            click = anchor.element.get("onclick")
            turn.call = turn.call or called(anchor.href) or called(click)
        if not anchor.url and (is_number or _means("pager_last", text, said)):
            _call(turn, f"{anchor.href} {anchor.element.get('onclick')[:CALL]}", said)
        if anchor.url and anchor.url != document.url:
            if not is_number:
                _direct(turn, anchor.url, text, said)
            if len(turn.urls) < MAX_URLS:
                turn.urls[anchor.url] = None
    kept = turn.urls if turn.turned else {}
    turn.urls = kept | dict.fromkeys(_choices(document, holder))
    return turn


def _call(turn: _Turn, call: str, said: str) -> None:
    """The number of the last page that a call jumps to, where calls to other pages say their own."""
    given = _NUMBER.findall(call)
    if said.isdecimal():
        turn.place = given.index(said) if turn.place < 0 and said in given else turn.place
    elif 0 <= turn.place < len(given):
        turn.numbers[int(given[turn.place])] = ""
    elif match := _CALLED.search(call):
        turn.numbers[int(match[1])] = ""


def _direct(turn: _Turn, url: str, text: str, said: str) -> None:
    """Which way a link in words leads."""
    if _means("pager_next", text, said):
        turn.onward = turn.onward or url
    elif _means("pager_last", text, said):
        turn.last = turn.last or url
    else:
        turn.back = True


def _means(key: str, text: str, said: str) -> bool:
    return text in _known(key) or said in _known(key)


def _choices(document: Document, holder: Element) -> Iterator[str]:
    """Addresses to choose from: `<option value="index_2.html">`."""
    for choice in document.choices:
        if not holder.index <= choice.parent < holder.stop:
            continue
        for value in choice.ways:
            if "." not in value[1:] or len(value) > LONGEST or value.startswith("javascript"):
                continue
            url = document.join(value.strip())
            if url and url != document.url:
                yield url


def _reach(turn: _Turn) -> int:
    """The number of the last page, as the links to the next and the last one tell it."""
    if not turn.last:
        return 0
    for number, url in turn.numbers.items():
        step = _distance(url, turn.last) if url else None
        if step is not None:
            return number + step
    if turn.onward and not turn.back:
        step = _distance(turn.onward, turn.last)
        return 2 + step if step is not None else 0
    return 0


def _distance(one: str, other: str) -> int | None:
    """How far apart two addresses are that differ in one number; VSB counts down."""
    if one == other:
        return 0
    first, second = re.split(r"(\d{1,6})", one), re.split(r"(\d{1,6})", other)
    if len(first) != len(second):
        return None
    differing = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    if len(differing) != 1 or not all(part.isdecimal() for part in differing[0]):
        return None
    return abs(int(differing[0][0]) - int(differing[0][1]))


def _holders(document: Document, found: list[Anchor]) -> Iterator[Element]:
    """What may hold the pager: by the words of its links or buttons, else all that are named so."""
    control = next(_turning(document, found), None)
    if control is not None:
        around = _around(document, control)
        if around is not None:
            yield around
        return
    named = (
        one
        for one in document.playing(PAGER)
        if one.tag in _HOLDERS and one.end - one.start <= HOLDER
    )
    yield from islice(named, MOST)


def _turning(document: Document, found: list[Anchor]) -> Iterator[Element]:
    """What turns the page: links in words, else what sends a form."""
    forward = _known("pager_forward")
    for anchor in found:
        text = anchor.text
        if len(text) > WORD or text.strip(_BRACKETS) not in forward:
            continue
        if anchor.region not in {NAV, FOOTER}:
            yield anchor.element
    yield from _posting(document, found)


def _posting(document: Document, found: list[Anchor]) -> Iterator[Element]:
    """What sends a form to turn the page: links of a table's own pager, buttons called 下一页."""
    forward = _known("pager_forward")
    for anchor in found:
        if not anchor.url and _POSTED.search(anchor.href) and anchor.region not in {NAV, FOOTER}:
            yield anchor.element
    for tag in ("button", "input"):
        for element in document.tagged(tag):
            said = element.get("value") if tag == "input" else document.said(element)
            if said.strip(_BRACKETS) in forward:
                yield element


def _around(document: Document, control: Element) -> Element | None:
    parent = document.parent(control)
    while parent is not None and parent.tag in _INNER:
        parent = document.parent(parent)
    return parent


def _place(anchor: Anchor) -> int:
    return anchor.element.index


@cache
def _known(key: str) -> frozenset[str]:
    return frozenset(words("page")[key])
