"""Measures how lists, pagers and breadcrumbs of the cases in `tests/lists/*.toml` are read.

    ./run bench lists [WORD ...] [--verbose]

The cases are pages of the project's own in the manners of the field, their truth written before they were
read. WORD chooses those whose name holds it. Needs no shared folder.
"""

import argparse
from collections.abc import Iterable

from tests.bench.scores import Score
from tests.listed import CHECKS, ListCase, Told, cases, told, truth_of

WIDTH = 26
SORTS = ("wrong", "missed", "invented")


def main() -> None:
    """Measure the cases that were asked for and print what came out."""
    parser = argparse.ArgumentParser(prog="bench lists", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("words", nargs="*", metavar="WORD", help="parts of names; none: all cases")
    parser.add_argument("--verbose", action="store_true", help="print every mistake")
    asked = parser.parse_args()
    chosen = [c for c in cases() if not asked.words or any(word in c.name for word in asked.words)]
    read = [(case, truth_of(case), told(case)) for case in chosen]
    whole = sum(truth == found for _, truth, found in read)
    print(f"{whole} of {len(read)} pages are read exactly as they are")
    falsely = (
        f"{name} {sum(_accuses(getattr(f, name), getattr(t, name)) for _, t, f in read)}"
        for name in CHECKS
    )
    print(f"columns accused falsely: {', '.join(falsely)}")
    head = "".join(f"{word:>10}" for word in ("truth", "exact", *SORTS, "without"))
    print(f"\n{'':{WIDTH}}{head}")
    for score in scores_of(read):
        amiss = (score.count(sort) for sort in SORTS)
        counts = (score.truth, score.exact, *amiss, score.without)
        print(f"{score.measure:{WIDTH}}" + "".join(f"{count:>10}" for count in counts))
        for one in score.mistakes if asked.verbose else ():
            print(f"    {one.sort:<9}{one.what}: {one.truth or 'none'}, read {one.read or 'none'}")


def scores_of(read: Iterable[tuple[ListCase, Told, Told]]) -> tuple[Score, ...]:
    """Rows and their days, pagers, trails, what two checks say, and kinds."""
    said = ("blank-column", "stale-column", "page kinds")
    names = ("rows", "days of rows", "pager pages", "breadcrumbs", *said)
    rows, days, pages, trails, blank, stale, kinds = scores = tuple(map(Score, names))
    for case, truth, found in read:
        _take_rows(rows, days, case.name, truth, found)
        pages.take(case.name, str(truth.pages or ""), str(found.pages or ""))
        if case.trail != "-":
            trails.take(case.name, truth.trail, found.trail)
        blank.take(case.name, truth.blank, found.blank)
        stale.take(case.name, truth.stale, found.stale)
        if case.kind:
            kinds.take(case.name, truth.kind, found.kind)
    return scores


def _accuses(said: str, right: str) -> bool:
    return said == "fault" and "fault" not in right.split("|")


def _take_rows(rows: Score, days: Score, name: str, truth: Told, found: Told) -> None:
    shown = {(url, title): day for url, title, day in truth.rows}
    seen = {(url, title): day for url, title, day in found.rows}
    rows.take_sets((f"{name}: {title}" for _, title in shown), (f"{name}: {t}" for _, t in seen))
    for row, day in shown.items():
        if row in seen:
            days.take(f"{name}: {row[1]}", day, seen[row])


if __name__ == "__main__":
    main()
