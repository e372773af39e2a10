"""Lists of a page: rows of repeated siblings, each with a link, a title and perhaps a date."""

import re
from collections.abc import Sequence

import msgspec

from audit.model import ItemList, ListItem
from audit.reading.around import dated_otherwise
from audit.reading.calling import called
from audit.reading.captions import caption
from audit.reading.datastores import Store, stores
from audit.reading.document import Document, Element, tidy
from audit.reading.groups import ROW_TAGS, Row, groups
from audit.reading.linkless import linkless
from audit.reading.links import Anchor, anchors
from audit.reading.pager import pager_place
from audit.reading.prose import Prose
from audit.reading.regions import BODY, FOOTER, NAV, SIDE, Regions
from audit.reading.rows import Context, date_column, item_of
from audit.vocabulary import any_of, words

MAX_LISTS = 300
TITLE = 8  # a headline has at least so many characters
WORDS = 10  # a longer title is neither 更多 nor 下一页
OWN = 4.0  # times that a list weighs more under the page's own name
PAGED = 10.0  # times that a list weighs more when the pager follows it
FOREIGN = (
    0.25  # of its weight a list keeps under another name, beside one that may be the page's own
)
SEVERAL = 3  # rows that make a list
NEAR = 4  # levels above a list that may hold its pager

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年?(?!\d)")
_SHELLS = frozenset("ul ol table tbody thead dl div form center marquee section article".split())


class _Made(msgspec.Struct):
    """A list in the making, with the outermost element that holds nothing else."""

    list: ItemList
    side: bool
    hidden: bool
    shell: Element | None
    place: int  # index of its last row
    by_heading: bool = False  # nothing but its heading makes it a side list
    lone: bool = False  # a link that stands by itself


def lists(
    document: Document,
    regions: Regions,
    found: list[Anchor],
    article: Element | None = None,
    *,
    placed: bool = False,
) -> tuple[ItemList, ...]:
    """All lists in document order; the page's own one is marked main.

    On a page that says where it stands (`placed`) boxes of one kind are parts of one list. Marks the anchors that stand in lists, and adds the links that only scripts keep. Links within
    the text of the article are none.
    """
    name = _page_name(document)
    prose = Prose(document, article)
    made = [
        _made(document, regions, kept, name)
        for rows in groups(document, found)
        if (kept := prose.rows(rows)) and not prose.holds(kept)
    ]
    for store in stores(document):
        stored = _stored(document, regions, store, found, name)
        if stored is not None:
            made.append(stored)
    kept = _continued(document, [one for one in made if one is not None and one.list.items])
    kept = kept[:MAX_LISTS]
    main = _main(document, found, kept, name)
    if main < 0 and (bare := _linkless(document, regions, found)) is not None:
        kept.append(bare)
        main = len(kept) - 1
    own = kept[main] if main >= 0 else None
    if own is not None and placed:
        kept = _with_twins(document, kept, own)
    return tuple(
        msgspec.structs.replace(one.list, main=True) if one is own else one.list for one in kept
    )


def _page_name(document: Document) -> str:
    for element in document.tagged("title"):
        return tidy(document.text[element.start : min(element.end, element.start + 400)])
    return ""


def _main(document: Document, found: list[Anchor], kept: list[_Made], name: str) -> int:
    """The list that the page is about: -1 when there is none."""
    weights = [0.0 if one.side or one.hidden else _weight(one.list) for one in kept]
    rivals = sum(weight >= 1 for weight in weights)
    if any(len(one.list.items) >= SEVERAL and not one.hidden for one in kept):
        weights = [0.0 if one.lone else w for one, w in zip(kept, weights, strict=True)]
    if rivals > 1 or (not rivals and any(one.side for one in kept)):
        paged = _paged(document, kept, pager_place(document, found))
        if paged >= 0 and not rivals:
            weights[paged] = 0.0 if kept[paged].hidden else _weight(kept[paged].list)
        foreign = _foreign(kept, weights, name)
        for index, one in enumerate(kept):
            weights[index] *= FOREIGN if index in foreign else 1.0
            weights[index] *= PAGED if index == paged else 1.0
            weights[index] *= OWN if len(one.list.heading) > 1 and one.list.heading in name else 1.0
    best = max(weights, default=0.0)
    if best < 1:
        return _named_so(document, kept)
    return weights.index(best) if best >= 1 else -1  # the first of the best


def _foreign(kept: list[_Made], weights: list[float], name: str) -> set[int]:
    """The lists under other names than the page's, where a list of articles without a name is no shorter."""
    rows = max(
        (len(o.list.items) for o, w in zip(kept, weights, strict=True) if w and _is_nameless(o)),
        default=0,
    )
    return {
        index
        for index, one in enumerate(kept)
        if one.list.heading and one.list.heading not in name and len(one.list.items) <= rows
    }


def _is_nameless(one: _Made) -> bool:
    """Whether a list has no heading, and its rows lead to articles: their addresses end in a number."""
    items = one.list.items
    if one.list.heading or len(items) < SEVERAL:
        return False
    return all(any(map(str.isdigit, item.url.rpartition("/")[2])) for item in items)


def _named_so(document: Document, kept: list[_Made]) -> int:
    """The list that 最新公开 is the name of: the only one, on a page of little else; -1: none."""
    if len(kept) != 1 or not kept[0].by_heading or kept[0].hidden:
        return -1
    one, shell = kept[0].list, kept[0].shell
    dated_rows = sum(item.day is not None for item in one.items)
    if dated_rows < SEVERAL or not any_of("page", "own_headings").match(one.heading):
        return -1
    boxes = document.tagged("ul", "ol", "tbody")
    if shell is None or any(not document.text[b.start : b.end].strip() for b in boxes):
        return -1
    body = next(iter(document.tagged("body")), None)
    return 0 if body and shell.end - shell.start > (body.end - body.start) / 2 else -1


def _paged(document: Document, kept: list[_Made], place: int) -> int:
    """The last list before the pager that shares a container with it; -1: none."""
    best = -1
    for index, one in enumerate(kept):
        if one.shell is None or not 0 <= one.place < place:
            continue
        element = document.parent(one.shell)
        for _ in range(NEAR):
            if element is None or element.tag in {"body", "html"}:
                break
            if element.index < place < element.stop:
                best = index if best < 0 or kept[best].place < one.place else best
                break
            element = document.parent(element)
    return best


def _made(document: Document, regions: Regions, rows: list[Row], name: str) -> _Made | None:
    holder = rows[0].holder
    container = document.elements[holder] if holder >= 0 else rows[0].element
    shell = _shell(document, container)
    heading, more_url = "", ""
    if len(rows) > 1 or rows[0].element.tag in ROW_TAGS:
        heading, more_url = caption(document, regions, container, shell)
    pairs, more = _pairs(document, rows, heading)
    if len(pairs) == 1 and pairs[0][0].element.tag not in ROW_TAGS:
        pairs = [pair for pair in pairs if not _is_info_line(document, *pair)]
    if not pairs:
        return None
    pairs = called(document, pairs)
    items = dated_otherwise(document, pairs)
    for row, _ in pairs:
        for anchor in row.anchors:
            anchor.listed = True
    block = regions.block(container)
    side = block is not None and block.region == SIDE
    beside = _is_beside(heading, name)
    number = block.number if block else 0
    made = ItemList(heading, tuple(items), main=False, block=number, more_url=more_url or more)
    last = pairs[-1][0].element
    lone = len(items) == 1 and last.tag not in ROW_TAGS and items[0].day is None
    by_heading = beside and not side
    return _Made(made, side or beside, container.hidden, shell, last.index, by_heading, lone)


def _is_beside(heading: str, name: str) -> bool:
    """Whether a heading is that of a side list, and not the page's own name."""
    if not heading or heading in name:
        return False
    return any_of("page", "side_headings").search(heading) is not None


def _pairs(
    document: Document, rows: list[Row], heading: str
) -> tuple[list[tuple[Row, ListItem]], str]:
    """The rows with their items, and where a row called 更多 leads to."""
    years = [int(year) for year in _YEAR.findall(heading)] if heading else []
    context = Context(years, date_column(document, rows[0].element))
    more, more_url = any_of("page", "more_words"), ""
    pairs: list[tuple[Row, ListItem]] = []
    for row in rows:
        item = item_of(document, row, context)
        if item is None:
            continue
        if len(item.title) <= WORDS:
            if _turns_pages(row, item):
                continue
            if more.match(item.title) and more.sub("", item.title).strip(" >》+") == "":
                more_url = more_url or item.url
                continue
        pairs.append((row, item))
    return pairs, more_url


def _turns_pages(row: Row, item: ListItem) -> bool:
    """Whether a row is the pager: all its links are numbers and words such as 下一页."""
    title = item.title
    if item.day is not None:
        return False
    known = words("page")["pager_words"]
    return title.strip("[]【】<>《》«»‹›") in known or (
        title.isdecimal() and all(a.text.isdecimal() or a.text in known for a in row.anchors)
    )


def _is_info_line(document: Document, row: Row, item: ListItem) -> bool:
    """Whether a lone link stands in the line under a headline: a source with the day beside it."""
    if item.day is None or len(item.title) > 2 * TITLE:
        return False
    said = document.text[row.start : min(row.end, row.start + 400)]
    return len(item.title) < TITLE or any_of("page", "info_words").search(said) is not None


def _shell(document: Document, container: Element) -> Element:
    """The outermost element that says nothing but what the container says."""
    text = document.text
    element = container
    for _ in range(NEAR):
        above = document.parent(element)
        if above is None or above.tag not in _SHELLS:
            break
        if (
            above.end - above.start > element.end - element.start + 40
            or text[above.start : element.start].strip()
            or text[element.end : above.end].strip()
        ):
            break
        element = above
    return element


def _continued(document: Document, made: list[_Made]) -> list[_Made]:
    """Lists cut into blocks, or into tables of one row, are one list."""
    kept: list[_Made] = []
    single = False  # the last one is a run of lone rows
    for one in made:
        last = kept[-1] if kept else None
        lone = len(one.list.items) == 1
        if last is not None and _continues(document, last, one, lone=single and lone):
            if not (lone and single):
                single = False
            items = (*last.list.items, *one.list.items)
            more = last.list.more_url or one.list.more_url
            last.list = msgspec.structs.replace(last.list, items=items, more_url=more)
            last.shell, last.place = one.shell, one.place
            continue
        single = lone
        kept.append(one)
    return kept


def _with_twins(document: Document, kept: list[_Made], own: _Made) -> list[_Made]:
    """The lists; those that stand in boxes like that of the page's own one are parts of it."""
    twins = [one for one in kept if one is not own and _is_twin(document, one, own)]
    if not twins:
        return kept
    items = (*own.list.items, *(item for one in twins for item in one.list.items))
    own.list = msgspec.structs.replace(own.list, items=items)
    return [one for one in kept if all(one is not twin for twin in twins)]


def _is_twin(document: Document, one: _Made, own: _Made) -> bool:
    """Whether two dated lists stand side by side in boxes of one kind, named, and neither has more elsewhere."""
    if one.shell is None or own.shell is None or one.side or one.hidden or own.side:
        return False
    if not one.list.heading or not own.list.heading or one.list.more_url or own.list.more_url:
        return False
    box, other = document.parent(own.shell), document.parent(one.shell)
    if box is None or other is None or box is other or box.parent != other.parent:
        return False
    if box.tag != other.tag or not box.get("class") or box.get("class") != other.get("class"):
        return False
    return all(item.day is not None for item in (*one.list.items, *own.list.items))


def _continues(document: Document, last: _Made, one: _Made, *, lone: bool) -> bool:
    if last.shell is None or one.shell is None or last.shell.parent != one.shell.parent:
        return False
    if last.shell.tag != one.shell.tag or last.hidden != one.hidden or last.shell is one.shell:
        return False
    if document.text[last.shell.end : one.shell.start].strip():
        return False
    if lone:
        return True
    before, after = last.list.items[-1].day, one.list.items[0].day
    return before is not None and after is not None and after <= before


def _weight(one: ItemList) -> float:
    """How much a list looks like the page's own: dated rows first, then headlines."""
    dated_rows = sum(1 for item in one.items if item.day or item.month_day)
    headlines = sum(1 for item in one.items if len(item.title) >= TITLE)
    if dated_rows == 0 and headlines < 0.6 * len(one.items):
        return 0.0
    return 3.0 * dated_rows + headlines


def _stored(
    document: Document, regions: Regions, store: Store, found: list[Anchor], name: str
) -> _Made | None:
    """The list that a script keeps, where the script stands; its links are added to the page's."""
    place = document.elements[store.place] if 0 <= store.place < len(document.elements) else None
    block = regions.block(place) if place is not None else None
    if block is not None and block.region in {NAV, FOOTER}:
        return None
    items: Sequence[ListItem] = store.items
    if store.markup:
        inner = Document(store.markup, document.base, document.encoding)
        inside = Regions(inner)
        made = [
            one
            for rows in groups(inner, anchors(inner, inside)[0])
            if (one := _made(inner, inside, rows, name)) is not None
        ]
        items = [item for one in _continued(inner, made) for item in one.list.items]
    if not any(item.day or item.month_day for item in items) and store.place >= 0:
        items = items if "<record" in store.markup else ()
    if not items:
        return None
    heading = ""
    if place is not None and len(items) > 1:
        heading = caption(document, regions, place, place)[0]
    side = (block is not None and block.region == SIDE) or _is_beside(heading, name)
    number = block.number if block else 0
    _add(document, items, block.region if block else BODY, number, found)
    list_ = ItemList(heading, tuple(items), main=False, block=number)
    return _Made(list_, side, hidden=False, shell=place, place=store.place)


def _linkless(document: Document, regions: Regions, found: list[Anchor]) -> _Made | None:
    """The list of a page without any other: rows that have no links."""
    paged = pager_place(document, found) >= 0
    if not paged and "onclick" not in document.html and not document.tagged("table"):
        return None
    bare = linkless(document, regions, paged=paged)
    if bare is None:
        return None
    holder, items = bare
    heading, more_url = caption(document, regions, holder, _shell(document, holder))
    _add(document, items, BODY, 0, found)
    made = ItemList(heading, tuple(items), main=False, block=0, more_url=more_url)
    return _Made(made, side=False, hidden=False, shell=holder, place=holder.stop - 1)


def _add(
    document: Document, items: Sequence[ListItem], region: str, number: int, found: list[Anchor]
) -> None:
    """The links of stored rows as links of the page."""
    body = next(iter(document.tagged("body")), None)
    if body is None:
        return
    known = {anchor.url for anchor in found}
    for item in items:
        if item.url and item.url not in known:
            known.add(item.url)
            found.append(Anchor(body, item.url, item.title, region, number, "", listed=True))
