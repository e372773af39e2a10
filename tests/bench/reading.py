"""Measures how well pages are read: saved sites are served, crawled and compared with their truth.

    ./run bench reading [SET ...] [--json] [--verbose]

Needs the shared folder with its corpora (DUWANG_SHARED, default ../shared beside the repository).
Columns of figures: things that the truth has; read exactly; read otherwise; not read; read where the
truth has none; how many things without truth were looked at. docs/reading.md explains the measures and every mistake that remains.
"""

import argparse
import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import ParamSpec, TypeVar
from unittest.mock import patch

import msgspec
from selectolax.lexbor import LexborHTMLParser

from audit.charset import decode
from audit.reading import page, read_page
from audit.reading.document import Document
from tests.bench.crawled import crawled
from tests.bench.scores import Score, scores_of, summed
from tests.bench.truth import CORPORA, SHARED, SavedSet, saved_sets

ROUNDS = 5
GENERATED = 100  # pages of the generated site
PAGE = 47_000  # bytes of the page that the limit of 1 ms is set for
SORTS = ("wrong", "missed", "invented")
WIDTH = 26
_P = ParamSpec("_P")
_T = TypeVar("_T")


class Cost(msgspec.Struct, frozen=True):
    """CPU of the page stage and of decoding and parsing alone, over all pages of a set."""

    pages: int
    size: int
    read: float  # seconds
    parse: float
    flat: float  # decoding, parsing and laying flat: what every page costs before anything is asked
    texts: float  # of `read`, what the text checks take: slips of writing, numbers of persons

    def per_page(self, seconds: float) -> float:
        """Milliseconds per 47 KB."""
        return 1000 * seconds * PAGE / max(1, self.size)


def main() -> None:
    """Measure the sets that were asked for and print what came out."""
    asked = _asked()
    if not CORPORA.is_dir():
        sys.exit(f"THE SHARED CORPORA ARE NOT HERE: {CORPORA}\nset DUWANG_SHARED to their folder")
    try:
        wanted = saved_sets(tuple(asked.sets))
    except KeyError as unknown:
        sys.exit(f"no such set: {unknown}; sets: {' '.join(one.name for one in saved_sets())}")
    measured = {saved.name: measure(saved) for saved in wanted}
    costs = {saved.name: cost(saved) for saved in wanted}
    if asked.json:
        print(json.dumps(_plain(measured, costs), ensure_ascii=False, indent=2))
        return
    for name, scores in measured.items():
        _show(name, scores, costs[name], verbose=asked.verbose)
    if len(measured) > 1:
        whole = summed(score for scores in measured.values() for score in scores)
        _show("all sets", whole, _added(costs.values()), verbose=False)
        generated = generated_cost()
        if generated is not None:
            print(f"\ngenerated site\n{_spent(generated)}")


def measure(saved: SavedSet) -> tuple[Score, ...]:
    """The scores of one set."""
    with crawled(saved) as found:
        return scores_of(saved, found)


def cost(saved: SavedSet) -> Cost:
    """What reading every page of a set costs."""
    return cost_of([(saved.body(file), f"http://set.test/{file}") for file in saved.files])


def generated_cost() -> Cost | None:
    """What reading pages of the generated site costs (47 KB each on average); None: no generator."""
    generator = SHARED / "bench" / "gen_site.py"
    if not generator.is_file():
        return None
    with tempfile.TemporaryDirectory(prefix="duwang-bench-") as folder:
        site = Path(folder) / "site"
        command = [sys.executable, generator, site, str(GENERATED)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        files = sorted(site.rglob("*.html"))
        return cost_of([(file.read_bytes(), f"http://set.test/{file.name}") for file in files])


def cost_of(bodies: Sequence[tuple[bytes, str]]) -> Cost:
    """CPU of reading pages, and of decoding and parsing alone: each page's least of some rounds."""

    def read(body: bytes, url: str) -> object:
        return read_page(body, url, "text/html")

    def parse(body: bytes, _: str) -> object:
        return LexborHTMLParser(decode(body, "text/html").text)

    def lay_flat(body: bytes, url: str) -> object:
        decoded = decode(body, "text/html")
        same = body if decoded.is_utf8 else None
        return Document(decoded.text, url, decoded.encoding, same)

    least = {work: [float("inf")] * len(bodies) for work in (read, parse, lay_flat)}
    texts, spent = (
        [float("inf")] * len(bodies),
        [0.0],
    )  # within `read`: a page read again costs less
    checks = {"slips": _timed(page.slips, spent), "personal": _timed(page.personal, spent)}
    for _ in range(ROUNDS):
        gc.collect()
        for number, (body, url) in enumerate(bodies):
            spent[0] = 0.0
            with patch.multiple(page, **checks):
                least[read][number] = min(least[read][number], _spent_by(read, body, url))
            texts[number] = min(texts[number], spent[0])
            for work in (parse, lay_flat):
                least[work][number] = min(least[work][number], _spent_by(work, body, url))
    size = sum(len(body) for body, _ in bodies)
    whole, bare, flat = (sum(least[work]) for work in (read, parse, lay_flat))
    return Cost(len(bodies), size, whole, bare, flat, sum(texts))


def _timed(check: Callable[_P, _T], spent: list[float]) -> Callable[_P, _T]:
    """The check, its CPU seconds added to `spent`."""

    def call(*args: _P.args, **named: _P.kwargs) -> _T:
        begun = time.process_time()
        found = check(*args, **named)
        spent[0] += time.process_time() - begun
        return found

    return call


def _spent_by(work: Callable[[bytes, str], object], body: bytes, url: str) -> float:
    """CPU seconds of one call, what it gives dropped."""
    begun = time.process_time()
    work(body, url)
    return time.process_time() - begun


def _added(costs: Iterable[Cost]) -> Cost:
    several = list(costs)
    return Cost(
        sum(one.pages for one in several),
        sum(one.size for one in several),
        sum(one.read for one in several),
        sum(one.parse for one in several),
        sum(one.flat for one in several),
        sum(one.texts for one in several),
    )


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench reading", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("sets", nargs="*", metavar="SET", help="names of sets.tsv; none: all")
    parser.add_argument("--json", action="store_true", help="figures and mistakes as JSON")
    parser.add_argument("--verbose", action="store_true", help="print every mistake")
    return parser.parse_args()


def _show(name: str, scores: Sequence[Score], spent: Cost, *, verbose: bool) -> None:
    head = "".join(f"{word:>10}" for word in ("truth", "exact", *SORTS, "without", "share"))
    print(f"\n{name}\n{'':{WIDTH}}{head}")
    for score in scores:
        if score.note:
            print(f"{score.measure:{WIDTH}}  {score.note}")
            continue
        amiss = (score.count(sort) for sort in SORTS)
        counts = (score.truth, score.exact, *amiss, score.without)
        share = f"{score.exact / score.truth:.1%}" if score.truth else "-"
        print(f"{score.measure:{WIDTH}}" + "".join(f"{n:>10}" for n in counts) + f"{share:>10}")
        for one in score.mistakes if verbose else ():
            print(f"    {one.sort:<9}{one.what}: {one.truth or 'none'}, read {one.read or 'none'}")
    print(_spent(spent))


def _spent(cost: Cost) -> str:
    read, parse = cost.per_page(cost.read), cost.per_page(cost.parse)
    flat, texts = cost.per_page(cost.flat), cost.per_page(cost.texts)
    return (
        f"page stage: {read:.2f} ms of CPU per 47 KB ({cost.pages} pages, {cost.size:,} bytes); "
        f"decoding and parsing alone {parse:.2f} ms, ratio {read / max(parse, 1e-9):.2f}\n"
        f"with laying flat {flat:.2f} ms, ratio {flat / max(parse, 1e-9):.2f}\n"
        f"of it all text checks: {texts:.2f} ms, ratio {texts / max(parse, 1e-9):.2f}"
    )


def _plain(
    measured: dict[str, tuple[Score, ...]], costs: dict[str, Cost]
) -> dict[str, dict[str, object]]:
    whole = summed(score for scores in measured.values() for score in scores)
    every = {**measured, "all": whole}
    spent = {**costs, "all": _added(costs.values())}
    return {
        name: {
            "scores": [
                {
                    "measure": score.measure,
                    "note": score.note,
                    "truth": score.truth,
                    "exact": score.exact,
                    **{sort: score.count(sort) for sort in SORTS},
                    "without": score.without,
                    "mistakes": msgspec.to_builtins(score.mistakes),
                }
                for score in scores
            ],
            "ms_per_47_kb": round(spent[name].per_page(spent[name].read), 3),
            "texts_ms_per_47_kb": round(spent[name].per_page(spent[name].texts), 3),
            "flat_ms_per_47_kb": round(spent[name].per_page(spent[name].flat), 3),
            "parse_ms_per_47_kb": round(spent[name].per_page(spent[name].parse), 3),
        }
        for name, scores in every.items()
    }


if __name__ == "__main__":
    main()
