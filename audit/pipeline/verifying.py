"""Proving a stored run again: every cited body and picture, every quote, every finding."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum

import msgspec

from audit.model import Evidence, EvidenceKind, Snapshot
from audit.model.picture import document_of
from audit.pipeline.judge import findings_of
from audit.pipeline.judged import Judged
from audit.pipeline.program import program_key
from audit.pipeline.run import Audit, present_readings, rejudged, stored
from audit.reading import says
from audit.rulebooks import parse
from audit.store import Proof, Standing

TOLD = frozenset({EvidenceKind.QUOTE, EvidenceKind.TABLE, EvidenceKind.SCREENSHOT})
"""What stands or falls with the body that it names."""
_NO_WORDS = frozenset(EvidenceKind) - {EvidenceKind.QUOTE, EvidenceKind.SCREENSHOT}
"""What says in words of its own what was seen: rows that were counted, how an address answered."""


class Flaw(StrEnum):
    """What is amiss with the proof of a finding."""

    CHANGED = "changed"  # a body is not what was fetched
    STAMP = "stamp"  # a picture is stamped with another page than the one that was pictured
    LOST = "lost"  # a body is not kept, or no longer
    UNSAID = "unsaid"  # the body does not hold the quote
    GONE = "gone"  # judged again, the finding is not found
    ADDED = "added"  # judged again, it is found, and was not then


class Problem(msgspec.Struct, frozen=True):
    """One thing that is not proven."""

    flaw: Flaw
    finding: str
    check: str
    url: str
    place: str = ""  # in the archive
    quote: str = ""


class Verified(msgspec.Struct, frozen=True):
    """What was proven, and what was not."""

    findings: int
    bodies: int  # pages and answers whose hash was made again
    pictures: int
    quotes: int
    problems: tuple[Problem, ...]
    same_program: bool  # the run was judged by the program that judges it now
    by_hash: Mapping[EvidenceKind, int]  # its body is what it was; its words are none of the page's
    bodiless: Mapping[EvidenceKind, int]  # of which no body was kept: there is nothing to prove
    pruned: bool  # the run's other bodies were dropped by a pruning


class _Cited(msgspec.Struct, frozen=True):
    finding: str
    check: str
    evidence: Evidence


def proven(audit: Audit) -> Verified:
    """Prove a finished run from what is stored. Nothing is fetched; nothing that it says is changed."""
    known = stored(audit)
    cited = list(_cited(msgspec.msgpack.decode(audit.store.judged(audit.run.id), type=Judged)))
    proofs = {
        one.evidence.sha256: audit.store.proof(one.evidence.sha256)
        for one in cited
        if one.evidence.sha256
    }
    pictured = _pictured(audit.store.snapshot(audit.run.id, site) for site in audit.run.sites)
    problems = [
        *_of_bodies(cited, proofs),
        *_of_stamps(cited, proofs, pictured),
        *_of_quotes(cited, proofs),
        *_of_judgement(audit, known),
    ]
    kept = {digest for digest, proof in proofs.items() if proof.standing is Standing.KEPT}
    pictures = kept & {
        one.evidence.sha256 for one in cited if one.evidence.kind is EvidenceKind.SCREENSHOT
    }
    return Verified(
        len({finding for _, _, _, finding in findings_of(known)}),
        len(kept) - len(pictures),
        len(pictures),
        sum(_is_quote(one.evidence, proofs) for one in cited),
        tuple(problems),
        known.program == program_key(),
        _counted(one for one in cited if one.evidence.sha256 in kept),
        _counted(one for one in cited if not _had_body(one.evidence, kept)),
        audit.store.was_pruned(audit.run.id),
    )


def _counted(cited: Iterable[_Cited]) -> Mapping[EvidenceKind, int]:
    """How much evidence of each kind that has no quote or picture to be proven by."""
    return Counter(one.evidence.kind for one in cited if one.evidence.kind in _NO_WORDS)


def _had_body(one: Evidence, kept: Collection[str]) -> bool:
    """Whether a body of it is kept, was when the run was judged, or must have been."""
    return bool(one.archive) or one.sha256 in kept or bool(one.kind in TOLD and one.sha256)


def _cited(judged: Judged) -> Iterator[_Cited]:
    for _, check, verdict, finding in findings_of(judged):
        for one in verdict.evidence:
            yield _Cited(finding, check, one)


def _pictured(snapshots: Iterator[Snapshot]) -> Mapping[str, set[str]]:
    """The documents that were pictured, by the hash of the picture."""
    found: dict[str, set[str]] = {}
    for snapshot in snapshots:
        answers = (fetch for fetch, _ in snapshot.probes())
        for fetch in (*snapshot.examinations(), *answers):
            if fetch.picture:
                found.setdefault(fetch.picture, set()).add(fetch.sha256)
    return found


def _problem(flaw: Flaw, one: _Cited, place: str = "") -> Problem:
    return Problem(flaw, one.finding, one.check, one.evidence.url, place, one.evidence.quote)


def _of_bodies(cited: list[_Cited], proofs: Mapping[str, Proof]) -> Iterator[Problem]:
    """Bodies that are gone or changed, each once, under the first finding that cites it."""
    told: set[str] = set()
    for one in cited:
        digest = one.evidence.sha256
        if not digest and one.evidence.kind is EvidenceKind.QUOTE:
            yield _problem(Flaw.LOST, one)  # words of a page that nothing names
            continue
        proof = proofs.get(digest)
        if proof is None or digest in told or proof.standing is Standing.KEPT:
            continue
        if proof.standing is Standing.LOST and not _had_body(one.evidence, ()):
            continue  # of an attachment, say, only the hash was noted
        told.add(digest)
        flaw = Flaw.CHANGED if proof.standing is Standing.CHANGED else Flaw.LOST
        yield _problem(flaw, one, proof.place or one.evidence.archive)


def _of_stamps(
    cited: list[_Cited], proofs: Mapping[str, Proof], pictured: Mapping[str, set[str]]
) -> Iterator[Problem]:
    told: set[str] = set()
    for one in cited:
        digest = one.evidence.sha256
        proof = proofs.get(digest)
        if one.evidence.kind is not EvidenceKind.SCREENSHOT or proof is None or digest in told:
            continue
        told.add(digest)
        if proof.body and document_of(proof.body) not in pictured.get(digest, set()):
            yield _problem(Flaw.STAMP, one, proof.place)


def _is_quote(one: Evidence, proofs: Mapping[str, Proof]) -> bool:
    proof = proofs.get(one.sha256)
    return one.kind is EvidenceKind.QUOTE and bool(one.quote and proof and proof.body)


def _of_quotes(cited: list[_Cited], proofs: Mapping[str, Proof]) -> Iterator[Problem]:
    for one in cited:
        evidence = one.evidence
        if not _is_quote(evidence, proofs):
            continue
        proof = proofs[evidence.sha256]
        if not says(proof.body, proof.content_type, evidence.url, evidence.quote):
            yield _problem(Flaw.UNSAID, one, proof.place)


def _of_judgement(audit: Audit, known: Judged) -> Iterator[Problem]:
    """Findings that come or go when the run is judged again by its own rules and day."""
    rulebook = parse(known.rulebook, f"运行 {audit.run.id} 的规则集")
    readings = present_readings(audit)
    again = rejudged(audit, readings, rulebook, known.rulebook, known.as_of)
    then, now = (
        {finding: (check, verdict) for _, check, verdict, finding in findings_of(judged)}
        for judged in (known, again)
    )
    for flaw, some, others in ((Flaw.GONE, then, now), (Flaw.ADDED, now, then)):
        for finding in sorted(some.keys() - others.keys()):
            check, verdict = some[finding]
            yield Problem(flaw, finding, check, verdict.subject.url)
