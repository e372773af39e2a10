"""Counts what each check finds on the saved sets: served, crawled and judged as a site is.

    ./run bench findings [SET ...] [--check ID ...] [--verbose]

Needs the shared folder with its corpora (DUWANG_SHARED, default ../shared beside the repository).
`--verbose` prints each finding with its page, so that a person can look at it and judge; docs/reading.md
holds what came of that. `pages`: how many the findings are on. Registers are none of the sets': what needs one is not assessed here.
"""

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from audit.model import Outcome, SubjectKind, Tally, Verdict, VerdictState
from tests.bench.crawled import crawled, path_of
from tests.bench.truth import CORPORA, SavedSet, saved_sets

WIDTH = 30


def main() -> None:
    """Count the findings of the sets that were asked for and print them."""
    asked = _asked()
    if not CORPORA.is_dir():
        sys.exit(f"THE SHARED CORPORA ARE NOT HERE: {CORPORA}\nset DUWANG_SHARED to their folder")
    try:
        wanted = saved_sets(tuple(asked.sets))
    except KeyError as unknown:
        sys.exit(f"no such set: {unknown}; sets: {' '.join(one.name for one in saved_sets())}")
    every = {saved.name: count(saved) for saved in wanted}
    for name, counts in every.items():
        _show(name, counts, asked.check, verbose=asked.verbose)
    if len(every) > 1:
        _show("all sets", _summed(every.values()), asked.check, verbose=False)


def count(saved: SavedSet) -> Mapping[str, Outcome]:
    """What came of every check on a set; of single pages only what is said of a page by itself."""
    with crawled(saved) as found:
        outcomes = dict(sorted(found.outcomes.items()))
    return {check: _alone(one) for check, one in outcomes.items()} if saved.loose else outcomes


def _alone(outcome: Outcome) -> Outcome:
    kept = tuple(one for one in outcome.verdicts if one.subject.kind is SubjectKind.PAGE)
    states = [one.state for one in kept]
    tally = Tally(0, states.count(VerdictState.FAULT), states.count(VerdictState.REVIEW))
    return msgspec.structs.replace(outcome, subjects=tally, verdicts=kept)


def _summed(several: Iterable[Mapping[str, Outcome]]) -> Mapping[str, Outcome]:
    whole: dict[str, Outcome] = {}
    for check, one in (pair for outcomes in several for pair in outcomes.items()):
        so_far = whole.get(check)
        whole[check] = one if so_far is None else _joined(so_far, one)
    return whole


def _joined(left: Outcome, right: Outcome) -> Outcome:
    one, other = left.subjects, right.subjects
    unknown = {
        reason: one.unknown.get(reason, 0) + other.unknown.get(reason, 0)
        for reason in (*one.unknown, *other.unknown)
    }
    tally = Tally(one.ok + other.ok, one.fault + other.fault, one.review + other.review, unknown)
    return msgspec.structs.replace(left, subjects=tally, verdicts=left.verdicts + right.verdicts)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench findings", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("sets", nargs="*", metavar="SET", help="names of sets.tsv; none: all")
    parser.add_argument("--check", action="append", metavar="ID", help="only this one; repeatable")
    parser.add_argument("--verbose", action="store_true", help="print every finding")
    return parser.parse_args()


def _show(
    name: str, outcomes: Mapping[str, Outcome], only: Sequence[str] | None, *, verbose: bool
) -> None:
    head = "".join(f"{word:>8}" for word in ("ok", "fault", "review", "unknown", "pages"))
    print(f"\n{name}\n{'':{WIDTH}}{head}")
    for check, one in outcomes.items():
        if only and check not in only:
            continue
        tally = one.subjects
        pages = len({verdict.subject.url for verdict in one.verdicts})
        counts = (tally.ok, tally.fault, tally.review, sum(tally.unknown.values()), pages)
        why = ", ".join(filter(None, (f"{one.reason or ''}", *tally.unknown)))
        print(f"{check:{WIDTH}}" + "".join(f"{n:>8}" for n in counts) + f"  {why}".rstrip())
        for verdict in one.verdicts if verbose else ():
            print(f"    {_line(verdict)}")


def _line(verdict: Verdict) -> str:
    subject = verdict.subject
    said = (
        verdict.code,
        path_of(subject.url),
        subject.label,
        subject.aspect,
        verdict.observed,
        verdict.limit,
    )
    quotes = (one.quote.replace("\n", " / ") for one in verdict.evidence)
    return " | ".join(filter(None, (f"{verdict.state}", *said, *quotes)))


if __name__ == "__main__":
    main()
