"""Which stretches of a site speak of a unit: whole pages, rows and blocks that name it. Nothing is guessed.

A page of the unit's own site speaks of it, except where rows or blocks bear another organisation's
name. Anywhere else only what stands under the unit's name is taken.
"""

import re
from collections.abc import Iterator, Sequence

import msgspec

from audit.model import PageKind, RegisteredUnit, Spoken
from audit.reading.site.details import FactPage
from audit.reading.site.heads import titles_of
from audit.reading.site.passages import Passage
from audit.text import squeeze
from audit.urls import key
from audit.vocabulary import any_of, pattern_of, words

REACH = 600  # characters after a unit's name that speak of it
STRETCHES = 20
SHORT = 3  # characters of the shortest name that an abbreviation may have
_ASIDE = frozenset(
    {PageKind.SERVICE_GUIDE, PageKind.MESSAGES, PageKind.SEARCH, PageKind.ERROR, PageKind.HOME}
)


class Names(msgspec.Struct, frozen=True):
    """How a unit is called, and how the others are."""

    own: tuple[str, ...]  # longest first; empty: another unit bears the same name
    others: frozenset[str]
    titles: tuple[str, ...]


class Owned(msgspec.Struct, frozen=True):
    """What a page says of a unit. `elsewhere`: what stands under a name that nobody registered."""

    page: FactPage
    passages: tuple[Passage, ...]
    elsewhere: tuple[Passage, ...] = ()


def names_of(unit: RegisteredUnit, units: Sequence[RegisteredUnit]) -> Names:
    """The unit's names without those that another unit bears too."""
    others = {name for one in units if one.id != unit.id for name in _called(one)}
    own = sorted(set(_called(unit)) - others, key=lambda name: (-len(name), name))
    return Names(tuple(own), frozenset(others), titles_of(squeeze(unit.name)))


def owned_by(unit: RegisteredUnit, names: Names, page: FactPage, *, own: bool) -> Owned | None:
    """What the page says of the unit; None: it has nothing to do with it."""
    listed = unit.facts_page and key(page.url) == key(unit.facts_page)
    if page.kind in _ASIDE and not listed:
        return _parts(page, names) if page.kind is not PageKind.HOME and not own else None
    title = _title_owner(page, names)
    if listed:  # the register says whose page it is, whoever else bears the name
        called = _called(unit)
        return _whole(page, Names(called, names.others - set(called), names.titles))
    if title == "own":
        return _whole(page, names)
    if title == "other" or not own or any_of("facts", "others_pages").search(_said(page)):
        return _parts(page, names)
    return _whole(page, names) if page.kind is not PageKind.ARTICLE or page.klass else None


def _called(unit: RegisteredUnit) -> tuple[str, ...]:
    return tuple(name for one in (unit.name, *unit.aliases) if (name := squeeze(one)))


def _said(page: FactPage) -> str:
    return " ".join(page.names)


def _title_owner(page: FactPage, names: Names) -> str:
    """Whose page it is by title, headline and breadcrumb: `own`, `other`, or empty."""
    for said in page.names[:2]:  # the title and the headline; a breadcrumb names what is above
        own = next((name for name in names.own if name in said), "")
        other = max((name for name in names.others if name in said), key=len, default="")
        if own and len(own) >= len(other):
            return "own" if _is_about(said, own) else ""
        if other:
            return "other"
    crumb = page.names[-1] if page.names[2:] else ""
    if crumb and any(crumb == name for name in names.own):
        return "own"
    return "other" if crumb and crumb in names.others else ""


def _is_about(said: str, name: str) -> bool:
    """News that mention a unit are not about it: little may stand beside the name in its title."""
    piece = next((one for one in re.split(r"[-_—–|]", said) if name in one), said)
    rest = piece.replace(name, "", 1)
    return len(re.sub(any_of("facts", "title_rest").pattern, "", rest)) <= 2


def _whole(page: FactPage, names: Names) -> Owned:
    """The page without what stands under other names."""
    kept: list[Spoken] = []
    strange: list[Spoken] = []
    for spoken in page.spoken:
        whose = _whose(spoken.about, names)
        if whose == "own" or (whose == "inner" and not _is_person(spoken.label, names)):
            kept.append(spoken)
        elif whose == "strange":
            strange.append(spoken)
    others = len(kept) < len(page.spoken) and any(
        _whose(spoken.about, names) in {"other", "strange"} for spoken in page.spoken
    )
    text = "" if others else _before_others(page.text, names)
    mine = Passage(text, kept, page.headings, page.kind, _said(page), names.titles)
    aside = (Passage("", strange, (), page.kind, "", names.titles),) if strange else ()
    return Owned(page, (mine,), aside)


def _parts(page: FactPage, names: Names) -> Owned | None:
    """Rows, blocks and stretches that begin with the unit's name."""
    if not names.own:
        return None
    rows = [s for s in page.spoken if s.about and _whose(s.about, names) == "own"]
    lines = [s.value for s in page.spoken if squeeze(s.label) in names.own]
    passages = [Passage(text, titles=names.titles, bare=True) for text in lines]
    if rows:
        passages.append(Passage("", rows, (), PageKind.OTHER, "", names.titles))
    if not passages:
        passages += [Passage(text, titles=names.titles) for text in _stretches(page.text, names)]
    return Owned(page, tuple(passages)) if passages else None


def _whose(about: str, names: Names) -> str:
    """`own`, `inner` (an office of the unit), `other` (registered) or `strange`."""
    said = squeeze(about)
    if not said or said in names.own:
        return "own"
    if said in names.others:
        return "other"
    if any(name.endswith(said) and len(said) >= SHORT for name in names.own):
        return "own"
    mine = next((name for name in names.own if said.startswith(name)), "")
    rest = said.removeprefix(mine)
    if rest.endswith(words("facts")["inner"]) and (mine or len(rest) <= 12):
        return "inner"
    return "strange"


def _is_person(label: str, names: Names) -> bool:
    known = (
        *words("facts")["labels_person"],
        *words("facts")["labels_office"],
        *names.titles,
        "姓名",
    )
    return squeeze(label) in known


def _before_others(text: str, names: Names) -> str:
    """The text up to where a block of another registered unit begins."""
    starts = [at for name in names.others for at in _at_start(text, name)]
    return text[: min(starts)] if starts else text


def _stretches(text: str, names: Names) -> Iterator[str]:
    """What stands behind the unit's name, where a block begins with it, up to the next name."""
    for name in names.own:
        found = list(_at_start(text, name))[:STRETCHES]
        for start in found:
            begin = start + len(name)
            yield text[begin : begin + _end(text[begin : begin + REACH], names)]
        if found:
            return


def _end(text: str, names: Names) -> int:
    """Where the next organisation's block begins."""
    stops = [at for name in names.others for at in _at_start(text, name)]
    other = pattern_of("facts", "next_name").search(text)
    if other is not None:
        stops.append(other.start())
    return min(stops, default=len(text))


def _at_start(text: str, name: str) -> Iterator[int]:
    """Where a name stands by itself: nothing that belongs to a sentence or a longer name beside it."""
    at = text.find(name)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(name) :][:2]
        alone = not before or not ("\u4e00" <= before <= "\u9fff" or before.isalnum())
        if alone and (not after or after[0] in " :：（(，," or _is_label(text[at + len(name) :])):
            yield at
        at = text.find(name, at + len(name))


def _is_label(text: str) -> bool:
    return text.startswith(words("facts")["labels_after_name"])
