"""Measures the text checks on paragraphs of our own: `tests/wording/`.

    ./run bench wording [--verbose]

Needs no shared folder.
"""

import sys

from tests.wordings import CHECKS, files, judged, paragraphs

SORTS = ("right", "amiss", "missed")


def main() -> None:
    """Print a table for each file, and with --verbose every mistake."""
    for name in files():
        results = [judged(paragraph) for paragraph in paragraphs(name)]
        fair = sum(not result.paragraph.wrong for result in results)
        print(f"{name}: {len(results)} paragraphs, nothing is wrong in {fair}")
        print(f"{'':24}" + "".join(f"{sort:>8}" for sort in SORTS))
        for check in CHECKS:
            counts = (
                sum(mark[0] == check for result in results for mark in getattr(result, sort))
                for sort in SORTS
            )
            print(f"{check:24}" + "".join(f"{count:>8}" for count in counts))
        if "--verbose" in sys.argv[1:]:
            for result in results:
                for check, words in result.amiss:
                    print(f"amiss {check}: {words} in {result.paragraph.page}")
                for check, words in result.missed:
                    print(f"missed {check}: {words}")


if __name__ == "__main__":
    main()
