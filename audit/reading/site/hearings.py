"""Consultations: drafts put to the public, when they end, and what came of them."""

import datetime as dt
from collections.abc import Iterator, Sequence

from audit import dates
from audit.model import Column, Consultation, Link, PageKind, PageRecord, Reason, Region
from audit.reading.site.digest import Digest
from audit.reading.site.documents import core_of, nearness
from audit.reading.site.openness import is_of_another
from audit.reading.site.survey import Survey
from audit.text import halfwidth, normal_title, quoted_titles, shorten
from audit.vocabulary import pattern_of, words

NEAR = 24  # characters behind the words of an end in which its date stands
ALIKE = 0.8  # nearness of two titles that are about one draft
KEPT = 500
BEFORE = 4  # links of a row between the consultation's and that to its result
LEAST = 6  # characters of a draft's name by which its result is known
_EDGES = "[]【】（）()<>《》〉〈>»·　 "
_TEXT = frozenset({Region.BODY, Region.LIST})
_NUMERALS = {"十": 10, "十五": 15, "二十": 20, "三十": 30}


class Hearings:
    """Takes down consultations and the pages that tell results."""

    def __init__(self, site: Survey, owner: str) -> None:
        """Start with none. `owner`: the name of the site's body; what others consult on is theirs."""
        self._site = site
        self._owner = owner
        self._found: list[Consultation] = []
        self._results: list[tuple[str, str]] = []
        self._beside: dict[str, str] = {}
        self._within: dict[str, str] = {}

    def take(self, digest: Digest, record: PageRecord, column: Column | None) -> None:
        """Look at an article that consults, or that tells what came of it."""
        self._beside.update(_beside(record))
        if digest.kind is not PageKind.ARTICLE or not _is_about(digest.name, column):
            return
        if _tells_result(digest.name):
            self._results.append((digest.url, digest.name))
            return
        if len(self._found) >= KEPT or not _consults(digest.name):
            return
        if is_of_another(digest.name, self._owner):
            return
        published = digest.published
        day = published.day if published else None
        ends, quote = end_of(record.text, day)
        said = f"{record.text} {' '.join(link.text for link in record.links if link.region is Region.BODY)}"
        result = pattern_of("dealings", "result_words").search(record.text)
        drafts = pattern_of("dealings", "drafts").search(said) is not None
        by = pattern_of("dealings", "answers_by").search(said) is not None
        if behind := next(_results(record.links), None):
            self._within[digest.url] = behind[1].url
        forms = any(not form.search for form in record.forms)
        script = Reason.NEEDS_BROWSER if record.script_fills else None
        self._found.append(
            Consultation(
                digest.url, digest.name, day, ends, quote,
                bool(record.attachments) or drafts, by or forms,
                result[0] if result else "", script, digest.sha256,
            )
        )  # fmt: skip

    def made(self, unseen: Reason | None) -> tuple[Consultation, ...]:
        """Every consultation with its result, wherever that stands: a file, a row, another host."""
        if self._found:
            self._results += [
                (url or page, text)
                for url, text, page in self._site.targets.texts()
                if _tells_result(text)
            ]
        return tuple(self._joined(one, unseen) for one in self._found)

    def _joined(self, one: Consultation, unseen: Reason | None) -> Consultation:
        core, draft = core_of(one.title), _draft_of(one.title)
        within = self._within.get(one.url, "")
        if self._is_entry(within):
            within = ""
        found = next(
            (
                url
                for url, title in self._results
                if nearness(core_of(title), core) >= ALIKE
                or (draft and draft in normal_title(title))
            ),
            self._beside.get(one.url, within),
        )
        return Consultation(
            one.url, one.title, one.published, one.ends, one.end_quote, one.draft, one.channel,
            found or one.result, unseen or one.unseen, one.sha256,
        )  # fmt: skip

    def _is_entry(self, url: str) -> bool:
        """Whether a link called 结果反馈 leads to a column, of others' results or of none."""
        if list(self._within.values()).count(url) > 1 or self._site.targets.in_menu(url):
            return True
        page = self._site.page(url)
        return page is not None and (page.kind is PageKind.LIST or bool(page.notice))


def end_of(text: str, published: dt.date | None) -> tuple[dt.date | None, str]:
    """The day on which a consultation ends, and the words that say so."""
    plain = halfwidth(text)
    best: tuple[dt.date | None, str] = (None, "")
    for match in pattern_of("dealings", "ends_behind").finditer(plain):
        found = dates.first(plain[match.end() : match.end() + NEAR])
        late = found is not None and (published is None or found.day > published)
        if found is not None and late and (best[0] is None or found.day > best[0]):
            best = found.day, shorten(plain[match.start() : match.end() + NEAR], 60)
    if best[0] is not None or published is None:
        return best
    match = pattern_of("dealings", "ends_within").search(plain)
    if match is None:
        return None, ""
    number, unit = next(
        (n, u) for n, u in zip(match.groups()[::2], match.groups()[1::2], strict=True) if n
    )
    days = _NUMERALS.get(number) or int(number)
    # working days are counted generously: two weeks for five of them
    span = days * 2 + 7 if unit == "工作日" else days
    return published + dt.timedelta(days=span), match[0]


def _results(links: Sequence[Link]) -> Iterator[tuple[int, Link]]:
    """The links of the text that say that a result is behind them, without saying of what."""
    names = frozenset(words("dealings")["result_links"])
    for at, link in enumerate(links):
        if link.region in _TEXT and link.text.strip(_EDGES) in names and link.url:
            yield at, link


def _beside(record: PageRecord) -> Iterator[tuple[str, str]]:
    """Links to results with the consultation in whose row they stand: the one before them."""
    for at, link in _results(record.links):
        before = reversed(record.links[max(0, at - BEFORE) : at])
        row = next((one for one in before if one.url and _consults(one.text)), None)
        if row is not None:
            yield row.url, link.url


def _draft_of(title: str) -> str:
    """The normal form of a draft's name without what says that it is one; empty: too short to tell."""
    quoted = next(iter(quoted_titles(title)), "")
    name = pattern_of("dealings", "draft_marks").sub("", normal_title(quoted))
    return name if len(name) >= LEAST else ""


def _is_about(title: str, column: Column | None) -> bool:
    names = (title, *(column.path if column else ()))
    return any(pattern_of("dealings", "consultations").search(name) for name in names) or (
        _tells_result(title)
    )


def _consults(title: str) -> bool:
    """Whether a title asks the public's opinion, and is no rule on how that is done."""
    return (
        pattern_of("dealings", "consultations").search(title) is not None
        and pattern_of("dealings", "opinions").search(title) is not None
        and pattern_of("dealings", "not_consultations").search(title) is None
    )


def _tells_result(title: str) -> bool:
    return pattern_of("dealings", "consultation_results").search(title) is not None
