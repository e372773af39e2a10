"""Times every regular expression of the product on hostile text of doubling length.

    ./run bench patterns [WORD ...]

Each is given repeats of what it is made of (its own literal pieces, what stands before each of its
repeats, near misses of the whole) and of digits, spaces and brackets. `growth` is the cost of one
character in the longest text over that in one an eighth as long: 1 is linear, 8 the square of it.
What grows by more than three is measured again, and named. Needs no shared folder.
"""

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from tests.patterns import Found, collected, flat, parser

LENGTHS = tuple(250 << step for step in range(7))  # characters
GLANCE = (500, 4000)
DOUBT = 2.0  # growth at a glance from which a text is looked at more closely
TRIED = 12  # doubtful texts of one pattern
STOP = 0.05  # seconds; a longer text would tell nothing more
LEAST = 0.0002  # seconds; less is told apart from nothing only by chance
ROUNDS = 3
STEEP = 3.0
BREAKER = "~§"  # at the end of each text, so that what asks for the end fails there
SHOWN = 15
MANY = 6  # times that a repeat is spelled out in a piece
UNITS = (
    "0", "20", "2020-06-", "2020年", " ", "\u3000", "\n", "a", "Ab1_", "中", "[", "(", "{", "<", "《", "（", "〔", "【",
    "<a ", "</", '"', "'", "\\", "=", ":", "：", "/", "a/", "-", "_", ".", ",", "，", "<![CDATA[", "' + '", "0 ", "a=", '"a":',
)  # fmt: skip


class Cost(msgspec.Struct, frozen=True, order=True):
    """What a pattern costs on the text that is worst for it."""

    growth: float
    each: float  # seconds per character of the longest text
    length: int
    unit: str
    name: str


def main() -> None:
    """Measure all patterns, or those whose names hold one of the words; 1 when one is steep."""
    asked = sys.argv[1:]
    chosen = [one for one in collected() if not asked or any(word in one.name for word in asked)]
    costs = sorted((measure(one) for one in chosen), reverse=True)
    steep = [cost for cost in costs if cost.growth > STEEP]
    print(f"{len(costs)} patterns; a growth above {STEEP:g} is more than linear\n")
    print(f"{'growth':>7}{'ns/char':>9}{'length':>8}  pattern, worst text")
    for cost in steep or costs[:SHOWN]:
        print(
            f"{cost.growth:7.1f}{cost.each * 1e9:9.1f}{cost.length:8}  {cost.name}  {cost.unit!r}"
        )
    if steep:
        sys.exit(f"\nMORE THAN LINEAR: {len(steep)} patterns")
    slowest = sorted(costs, key=lambda cost: -cost.each)[:SHOWN]
    print("\nslowest per character")
    for cost in slowest:
        print(
            f"{cost.growth:7.1f}{cost.each * 1e9:9.1f}{cost.length:8}  {cost.name}  {cost.unit!r}"
        )


def measure(found: Found) -> Cost:
    """The cost on the worst of the texts; one that may be steep is measured at length, and twice."""
    texts = list(_texts(found))
    looked = [_grown(found, *text, lengths=GLANCE, rounds=1) for text in texts]
    doubted = [text for text, cost in zip(texts, looked, strict=True) if cost.growth > DOUBT]
    costs = [_grown(found, *text, lengths=LENGTHS, rounds=ROUNDS) for text in doubted[:TRIED]]
    worst = max(costs or looked)
    if worst.growth <= STEEP:
        return worst
    return max(
        _grown(found, *text, lengths=LENGTHS, rounds=2 * ROUNDS)
        for text, cost in zip(doubted, costs, strict=False)
        if cost.growth > STEEP
    )


def _grown(found: Found, before: str, unit: str, *, lengths: Sequence[int], rounds: int) -> Cost:
    times: list[float] = []
    for length in lengths:
        text = before + unit * (length // len(unit) + 1) + BREAKER
        given = text.encode() if isinstance(found.compiled.pattern, bytes) else text
        times.append(min(_once(found, given) for _ in range(rounds)) / len(given))
        if times[-1] * length > STOP:
            break
    length = lengths[len(times) - 1]
    short = next(n for n, one in enumerate(lengths) if 8 * one >= length or one == length)
    growth = times[-1] / max(times[short], 1e-12)
    told = growth if times[-1] * length > LEAST else 1.0
    return Cost(told, times[-1], length, f"{before} {unit}" if before else unit, found.name)


def _once(found: Found, text: Any) -> float:
    started = time.process_time()
    if found.searched:
        for _ in found.compiled.finditer(text):
            pass
    for method in found.methods & {"match", "fullmatch"}:
        getattr(found.compiled, method)(text)
    return time.process_time() - started


def _texts(found: Found) -> Iterator[tuple[str, str]]:
    """Pairs of what stands once at the start, and what is repeated behind it."""
    pattern = found.compiled.pattern
    said = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    tree = parser.parse(said, found.compiled.flags & ~32 if isinstance(pattern, bytes) else 0)
    units: dict[tuple[str, str], None] = {("", unit): None for unit in UNITS}
    if not any(sign in said for sign in "*+?{"):  # words only
        units = {("", unit): None for unit in (*UNITS[:8], *said.split("|")[:8])}
    for items in _sequences(tree) if any(sign in said for sign in "*+?{") else ():
        spelled = [_sample([one], 1) for one in items]
        longer = [_sample([one], MANY) for one in items]
        for place, (op, value) in enumerate(items):
            start, body = "".join(spelled[:place]), longer[place]
            if start:
                units[("", start)] = None
            if "REPEAT" in str(op):
                pumped = _sample(value[2], 1)
                units |= {
                    ("", start + pumped): None,
                    (start, pumped): None,
                    ("", start + body): None,
                }
            units[("", body)] = None
        units[("", "".join(spelled)[:-1])] = units[("", "".join(longer)[:-1])] = None
        for end in range(1, len(items)):
            units[("".join(spelled[: end - 1]), longer[end - 1] + longer[end])] = None
    for before, unit in units:
        if unit:
            yield before, unit


def _sequences(tree: Iterable[Any]) -> Iterator[list[Any]]:
    """The sequence of a pattern and every one inside it."""
    items = list(flat(tree))
    if len(items) > 1 or (items and str(items[0][0]) != "BRANCH"):
        yield items
    for op, value in items:
        name = str(op)
        inside = value[1] if name == "BRANCH" else [value[2]] if "REPEAT" in name else []
        for one in inside[:12]:
            yield from _sequences(one)


def _sample(items: Sequence[Any], times: int) -> str:
    """A short text that a sequence takes, with each repeat spelled out at least so many times."""
    made: list[str] = []
    for op, value in flat(items):
        name = str(op)
        if name == "LITERAL":
            made.append(chr(value))
        elif name in {"NOT_LITERAL", "ANY"}:
            made.append("a" if name == "ANY" or value != ord("a") else "b")
        elif name == "IN":
            made.append(_one_of(value))
        elif name == "BRANCH":
            made.append(_sample(value[1][0], times))
        elif "REPEAT" in name:
            count = max(value[0], min(times, value[1] if isinstance(value[1], int) else times))
            made.append(_sample(value[2], times) * count)
        elif name == "ATOMIC_GROUP":
            made.append(_sample(value, times))
        elif name == "GROUPREF":
            made.append("'")
    return "".join(made)


def _one_of(members: Sequence[Any]) -> str:
    """A character of a class; for a negated one a letter that it does not name."""
    op, value = members[0]
    if str(op) == "NEGATE":
        named = {chr(v) for o, v in members[1:] if str(o) == "LITERAL"}
        return next(c for c in "a中 0" if c not in named)
    if str(op) == "LITERAL":
        return chr(value)
    if str(op) == "RANGE":
        return chr(value[0])
    return {"DIGIT": "0", "SPACE": " "}.get(str(value).rpartition("_")[2], "a")


if __name__ == "__main__":
    main()
