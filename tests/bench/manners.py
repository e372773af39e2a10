"""Measures how the pages of `tests/manners/` are read: pages of our own in the manners of many sites.

    ./run bench manners [--verbose]

Needs no shared folder.
"""

import sys

from tests.bench.scores import Score
from tests.manner_pages import MEASURES, manner_pages, readings

SORTS = ("wrong", "missed", "invented")


def main() -> None:
    """Print a table, and with --verbose every mistake."""
    scores = {measure: Score(measure) for measure in MEASURES}
    for page in manner_pages():
        for measure, read in readings(page).items():
            truth = page.truth(measure)
            scores[measure].take(page.name, truth, read, right=read in truth.split("|"))
    print(f"{len(manner_pages())} pages")
    print(f"{'':12}" + "".join(f"{name:>10}" for name in ("truth", "exact", *SORTS, "without")))
    for measure, score in scores.items():
        counts = (score.truth, score.exact, *map(score.count, SORTS), score.without)
        print(f"{measure:12}" + "".join(f"{count:>10}" for count in counts))
    if "--verbose" in sys.argv[1:]:
        for score in scores.values():
            for one in score.mistakes:
                print(f"{score.measure} {one.sort}: {one.what}: {one.truth!r} read {one.read!r}")


if __name__ == "__main__":
    main()
