"""Which pages are pictured for the evidence, what is framed on them, and the pictures put to it.

Pure: what to picture follows from a judgement, so that a resumed run and a replay agree. A page
that holds what should not be public is not pictured: a picture would spread it.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

from audit.api import AnyCheck
from audit.model import (
    Evidence,
    EvidenceKind,
    Fetch,
    ProbeState,
    Severity,
    SubjectKind,
    Verdict,
    VerdictState,
)
from audit.model.picture import Mark, picture_address
from audit.model.search import SearchProbe
from audit.model.wire import Purpose
from audit.pipeline.evidence import with_verdicts
from audit.pipeline.judge import findings_of
from audit.pipeline.judged import Judged, JudgedSite
from audit.rulebooks import Rulebook

PROBES = 12  # answers of a site's search that are pictured
_ORDER = {severity: place for place, severity in enumerate(Severity)}
# What checks put to the words of a page when they list them: a day and where it was read, a label.
_DAY = re.compile(r"^(?:\d{4}-\d\d-\d\d|—) +(?:(?:页面标签|页面显示|页面脚本|列表|网址) +)?")
_LABEL = re.compile(r"^\w+=")
_ELEMENT = re.compile(r"^(\S[^<]{0,300}?): <")  # a CSS path before the element it leads to
_BOXES = (
    "input[type=search]",
    "[role=search] input",
    "input[placeholder*=搜]",
    "input[placeholder*=关键]",
)
_HELD = re.compile(r"^(.*?) ?(?:href=\"[^\"]*\"|(https?://\S+))$")

Read = Callable[[Collection[str]], Collection[str]]
"""Those of some addresses at which a page was read."""


class Limits(msgspec.Struct, frozen=True):
    """How many pictures a site gets, and a check of them."""

    pictures: int
    per_check: int


def wanted_pictures(
    judged: Judged,
    site: JudgedSite,
    checks: Mapping[str, AnyCheck],
    rulebook: Rulebook,
    read: Read,
    limits: Limits,
) -> tuple[str, ...]:
    """The addresses of the pictures of a site: answers of its search, then findings by weight."""
    if limits.pictures < 1:
        return ()
    found = [
        (check, verdict) for of, check, verdict, _ in findings_of(judged) if of == site.card.id
    ]
    hidden = {_bare(one.url) for c, v in found if checks[c].discreet for one in v.evidence}
    answers = [one for one in _answers(site) if _bare(one) not in hidden]
    probes = answers[: min(PROBES, limits.pictures)]
    found.sort(key=lambda one: _weight(*one, rulebook))
    places = [(check, [p for p in _places(v) if p[0] not in hidden]) for check, v in found]
    seen = read({url for _, several in places for url, _ in several})
    wanted = dict.fromkeys(probes)
    taken: Counter[str] = Counter()
    for check, several in places:
        address = next((picture_address(u, m) for u, m in several if u in seen), "")
        if not address or address in wanted or taken[check] >= limits.per_check:
            continue
        if len(wanted) - len(probes) >= limits.pictures:
            break
        taken[check] += 1
        wanted[address] = None
    return tuple(wanted)


def with_pictures(judged: Judged, fetches: Iterable[Fetch]) -> Judged:
    """The same judgement with the pictures that were taken beside its evidence."""
    taken = {one.url: one for one in fetches if one.purpose is Purpose.PICTURE and one.picture}
    sites = tuple(_with_answers(site, taken) for site in judged.sites)
    answers = {
        (probe.url, probe.at): probe for site in sites for probe in _probes(site) if probe.picture
    }
    if not taken and not answers:
        return judged

    pictured = msgspec.structs.replace(judged, sites=sites)
    return with_verdicts(pictured, lambda one: _verdict(one, taken, answers))


def _weight(check: str, verdict: Verdict, rulebook: Rulebook) -> tuple[bool, int, str, str]:
    severity = rulebook.severity_of(check, dict(verdict.subject.labels))
    return (
        verdict.state is not VerdictState.FAULT,
        _ORDER[severity],
        check,
        verdict.subject.key,
    )


def _places(verdict: Verdict) -> Iterator[tuple[str, Mark]]:
    """Pages that show what a verdict says, the best first, with what is to be framed on them.

    Of an account none: its page is a person's or a platform's, and its rows are the register's.
    """
    subject = verdict.subject
    if subject.kind is SubjectKind.ACCOUNT:
        return
    by_page: dict[str, list[Evidence]] = {}
    for one in verdict.evidence:
        by_page.setdefault(_bare(one.url), []).append(one)
    targets = _targets(verdict)
    if subject.kind is SubjectKind.LINK:
        by_page.pop(subject.url, None)  # what is amiss is the link to it
    order = sorted(by_page, key=lambda url: all(_is_visit(one) for one in by_page[url]))
    for url in order:
        if any(one.kind is EvidenceKind.PROBE for one in by_page[url]):
            continue
        if subject.kind is SubjectKind.SEARCH:
            yield url, Mark(_BOXES)
        else:
            yield url, _mark(by_page[url], [one for one in targets if one != url])


def _bare(url: str) -> str:
    return url.partition("#")[0]


def _targets(verdict: Verdict) -> list[str]:
    """Where the links lead that a verdict is about."""
    if verdict.subject.kind is SubjectKind.LINK:
        return [verdict.subject.url]
    if verdict.subject.kind is not SubjectKind.PAIR:
        return []
    return [one.url for one in verdict.evidence if one.kind is EvidenceKind.FETCH]


def _is_visit(one: Evidence) -> bool:
    return one.kind is EvidenceKind.FETCH


def _mark(evidence: Sequence[Evidence], links: Sequence[str]) -> Mark:
    """What the evidence of one page speaks of."""
    paths: list[str] = []
    targets = list(links)
    texts: list[str] = []
    for kind, row in _rows(evidence):
        if element := _ELEMENT.match(row):
            paths.append(element[1])
        elif held := _HELD.match(row):
            texts.append(held[1])
            targets.append(held[2] or "")
        elif not _LABEL.match(row):
            texts += [row] * (kind is EvidenceKind.QUOTE) + [_DAY.sub("", row)]
    return Mark(tuple(paths), tuple(targets), tuple(dict.fromkeys(texts)))


def _rows(evidence: Sequence[Evidence]) -> Iterator[tuple[EvidenceKind, str]]:
    for one in evidence:
        if one.kind in {EvidenceKind.QUOTE, EvidenceKind.TABLE}:
            for row in one.quote.splitlines():
                yield one.kind, row


def _probes(site: JudgedSite) -> tuple[SearchProbe, ...]:
    return site.trial.probes if site.trial is not None else ()


def _answers(site: JudgedSite) -> list[str]:
    """Where answers of the search can be pictured: one of each kind first."""
    first: dict[tuple[str, str], str] = {}
    others: list[str] = []
    for probe in _probes(site):
        address = _probe_address(probe)
        if address and first.setdefault((probe.kind, probe.state), address) != address:
            others.append(address)
    return list(dict.fromkeys((*first.values(), *others)))


def _probe_address(probe: SearchProbe) -> str:
    """Where the answer to a query can be pictured; empty: it was when it came, or it cannot be."""
    if probe.via != "http" or probe.posted or not probe.sha256:
        return ""
    found = (probe.sought,) if probe.state is ProbeState.HIT else ()
    return picture_address(probe.url, Mark(links=found, outside=True))


def _with_answers(site: JudgedSite, taken: Mapping[str, Fetch]) -> JudgedSite:
    """The site with the pictures of the answers of its search."""
    trial = site.trial
    if trial is None:
        return site
    probes = tuple(
        msgspec.structs.replace(one, picture=found.picture)
        if (found := taken.get(_probe_address(one)))
        else one
        for one in trial.probes
    )
    return msgspec.structs.replace(site, trial=msgspec.structs.replace(trial, probes=probes))


def _verdict(
    verdict: Verdict,
    taken: Mapping[str, Fetch],
    answers: Mapping[tuple[str, str], SearchProbe],
) -> Verdict:
    shots = [
        Evidence(EvidenceKind.SCREENSHOT, one.url, f"“{probe.query}”", probe.at, probe.picture)
        for one in verdict.evidence
        if one.at and (probe := answers.get((one.url, one.at)))
    ]
    for url, mark in _places(verdict):
        found = taken.get(picture_address(url, mark))
        if found is not None:
            shots.append(
                Evidence(EvidenceKind.SCREENSHOT, url, found.marked, found.at, found.picture)
            )
            break
    return (
        msgspec.structs.replace(verdict, evidence=(*verdict.evidence, *shots)) if shots else verdict
    )
