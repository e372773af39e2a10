"""The special columns and yearly reports of a site, from the names that stand on it."""

import re
from collections.abc import Iterable

from audit.model import Area, AreaPart, Reason, Signpost, Text, YearlyReport
from audit.reading.site.signposts import Signposts, listed, parts_of
from audit.text import squeeze
from audit.vocabulary import pattern_of

SHOWN = 10
LONGER = (
    2  # letters by which a body's full name may exceed the name of its site: 交通运输局, 交通局
)
NAME = 16  # characters of the name of a column; a headline is longer
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_HAN_YEAR = re.compile(r"二[〇○零0Ｏ][一二三四五六七八九〇○零]{2}(?=年)")
_HAN = str.maketrans("〇○零Ｏ一二三四五六七八九", "0000123456789")


def areas_of(posts: Signposts, site: str, unseen: Reason | None) -> tuple[Area, ...]:
    """Every entry of the list; `site` is the site's name, `unseen` why names may be missing."""
    platform = next((sign.url for sign in posts.of("platforms") if sign.outside), "")
    return tuple(_area(posts, entry, site, unseen, platform) for entry in listed("entries"))


def _area(posts: Signposts, entry: str, site: str, unseen: Reason | None, platform: str) -> Area:
    named, found = posts.named[entry], posts.of(entry)
    signs = tuple(sign for sign in found if _names(sign))
    titles = tuple(sign for sign in found if len(squeeze(sign.text)) > NAME)
    outside = next((sign.url for sign in signs if sign.outside), "")
    return Area(
        id=entry,
        name=_title(entry),
        owed=_owes(entry, site),
        signs=signs[:SHOWN],
        parts=tuple(
            AreaPart(name, _sign_of(pattern, found, named.pages))
            for name, pattern in parts_of(entry)
        ),
        unseen=Reason.NEEDS_BROWSER if named.script and unseen is None else unseen,
        elsewhere=outside or platform,
        titles=titles[:SHOWN],
        read=len(named.pages),
    )


def _names(sign: Signpost) -> bool:
    """Whether words are the name of a column: short, and no body on another host."""
    text = squeeze(sign.text)
    body = sign.outside and pattern_of("openness", "bodies").search(text)
    return len(text) <= NAME and not body


def _sign_of(
    pattern: re.Pattern[str], signs: Iterable[Signpost], pages: dict[str, str]
) -> Signpost | None:
    """What shows a part: a name, else words of a page about the entry."""
    for sign in signs:
        if pattern.search(squeeze(sign.text)):
            return sign
    for url, text in pages.items():
        match = pattern.search(text)
        if match is not None:
            return Signpost(match[0], url, url)
    return None


def yearly_of(posts: Signposts, site: str, unseen: Reason | None) -> tuple[YearlyReport, ...]:
    """The yearly reports, with the years that their titles name."""
    platform = next((sign.url for sign in posts.of("platforms") if sign.outside), "")
    return tuple(_report(posts, kind, site, unseen, platform) for kind in listed("yearly"))


def _report(
    posts: Signposts, kind: str, site: str, unseen: Reason | None, platform: str
) -> YearlyReport:
    dated: list[tuple[int, Signpost]] = []
    undated: list[Signpost] = []
    doubtful: list[Signpost] = []
    for sign in posts.of(kind):
        if pattern_of("openness", "not_reports").search(sign.text):
            continue
        year = year_of(sign.text)
        if year and (is_of_another(sign.text, site) or posts.is_gone(sign)):
            doubtful.append(sign)
        elif year:
            dated.append((year, sign))
        else:
            undated.append(sign)
    shelves = {url for _, sign in dated for url in (sign.page, sign.url)}
    undated = [
        sign for sign in undated if sign.url not in shelves
    ]  # the column's name, not a report's
    dated.sort(key=lambda one: -one[0])
    doubtful.sort(key=lambda one: -year_of(one.text))
    script = posts.named[kind].script
    return YearlyReport(
        kind=kind,
        name=_title(kind),
        owed=pattern_of("openness", "organs").search(site) is not None,
        years=tuple(dict.fromkeys(year for year, _ in dated)),
        signs=tuple(sign for _, sign in dated)[:SHOWN],
        undated=tuple(undated)[:SHOWN],
        unseen=Reason.NEEDS_BROWSER if script and unseen is None else unseen,
        elsewhere=next((s.url for s in posts.of(kind) if s.outside), "") or platform,
        doubtful=tuple(doubtful)[:SHOWN],
    )


def is_of_another(title: str, site: str) -> bool:
    """Whether a title begins with the name of a body that is not the site's, cut short or whole."""
    match = pattern_of("openness", "issuers").match(squeeze(title))
    if match is None or site.isascii():  # a name that is an address says nothing
        return False
    named = match[0]
    if named.startswith(site) and pattern_of("openness", "own_offices").fullmatch(
        named[len(site) :]
    ):
        return False
    longer = len(named) - len(site) <= LONGER and _holds(named, site)
    return not longer and not _holds(site, named)


def _holds(name: str, short: str) -> bool:
    """Whether one name is the other cut short: its letters stand in it, in order."""
    letters = iter(name)
    return all(letter in letters for letter in short)


def year_of(title: str) -> int:
    """The newest year that a title names, in digits or Chinese numerals; 0: none."""
    plain = squeeze(title)
    found = [int(year) for year in _YEAR.findall(plain)]
    found += [int(year.translate(_HAN).replace("二", "2")) for year in _HAN_YEAR.findall(plain)]
    return max(found, default=0)


def _title(key: str) -> Text:
    zh, en = listed(f"{key}.title")
    return Text(zh, en)


def _owes(entry: str, site: str) -> bool:
    groups = tuple(listed(f"{entry}.owners"))
    return any(pattern_of("openness", group).search(site) for group in groups)
