"""Every regular expression of the product, and what its form says of its cost."""

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from importlib import import_module, resources
from pathlib import Path
from typing import Any

import msgspec

from audit.vocabulary import any_of, pattern_of, words

ROOT = Path(__file__).parent.parent
PACKAGES = ("audit", "checks", "reports")
_INLINE = frozenset("search finditer findall sub subn split match fullmatch".split())
_METACHARACTERS = frozenset("\\[](){}|?*+^$.")

parser: Any = import_module("re._parser")  # private, and stable enough to look at trees
_MANY: int = parser.MAXREPEAT
FILLED = "某"  # stands for every character that is no probe
_PROBES = frozenset(
    [chr(code) for code in range(256)] + [FILLED, *"〇一二中年月日号０９Ａ：，。（）《》【】〔〕“”‘’—–…·›»￥", "\u3000", "\ufeff"]
)  # fmt: skip


class Found(msgspec.Struct, frozen=True):
    """A regular expression with its place and the methods that it is used by."""

    name: str
    compiled: re.Pattern[Any]
    methods: frozenset[str] = frozenset({"search"})

    @property
    def searched(self) -> bool:
        """Whether it is looked for, not only matched at one place."""
        return not self.methods <= {"match", "fullmatch"}


class Call(msgspec.Struct, frozen=True):
    """A call of `re` in the source: where it stands, what its result is bound to, its pattern.

    In the pattern, `FILLED` stands for what is only known when the call is made: words that are
    escaped, or patterns of the vocabulary, which are collected from there.
    """

    module: str
    line: int
    method: str
    assigned: str
    pattern: str


def collected() -> list[Found]:
    """Every pattern: constants of modules, those that functions make, those of the vocabulary."""
    found: list[Found] = []
    for call in calls():
        if call.assigned:
            compiled = getattr(import_module(call.module), call.assigned)
            found.append(Found(f"{call.module}.{call.assigned}", compiled, _methods(call)))
        else:
            name = f"{call.module} {call.method} {call.pattern[:40]}"
            method = "search" if call.method == "compile" else call.method
            found.append(Found(name, re.compile(call.pattern), frozenset({method})))
    return [*found, *_vocabulary()]


def calls() -> list[Call]:
    """Every call of the module `re` that takes a pattern, as the sources have it."""
    return [call for path in _sources() for call in _calls_of(path)]


def _sources() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def _calls_of(path: Path) -> Iterator[Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    bound = {
        id(node.value): node.targets[0].id
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    functions = {
        id(inner): node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        method = _re_method(node)
        if method and isinstance(node, ast.Call):
            scope = functions.get(id(node))
            assigned = "" if scope else bound.get(id(node), "")
            pattern = "" if assigned else _spelled(node.args[0], module, scope)
            yield Call(module, node.lineno, method, assigned, pattern)


def _re_method(node: ast.AST) -> str:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        held = node.func.value
        if isinstance(held, ast.Name) and held.id == "re":
            return node.func.attr if node.func.attr in _INLINE | {"compile"} else ""
    return ""


def _spelled(node: ast.expr, module: str, scope: ast.FunctionDef | None) -> str:
    """A pattern as its source spells it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_spelled(one, module, scope) for one in node.values)
    if isinstance(node, ast.FormattedValue):
        return _spelled(node.value, module, scope)
    if isinstance(node, ast.Name):
        for inner in ast.walk(scope) if scope else ():
            if isinstance(inner, ast.Assign) and ast.unparse(inner.targets[0]) == node.id:
                return _spelled(inner.value, module, scope)
        constant = getattr(import_module(module), node.id, None)
        return constant if isinstance(constant, str) else FILLED
    return FILLED


def _methods(call: Call) -> frozenset[str]:
    """How a module uses its constant; what is not plain to see counts as a search."""
    path = ROOT.joinpath(*call.module.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    used = re.findall(rf"\b{call.assigned}\b(?:\.(\w+))?", path.read_text(encoding="utf-8"))
    return frozenset(one if one in {"match", "fullmatch"} else "search" for one in used[1:])


def vocabularies() -> list[str]:
    """The names of the lists of words."""
    folder = resources.files("audit.vocabulary").iterdir()
    return sorted(one.name.removesuffix(".toml") for one in folder if one.name.endswith(".toml"))


def _vocabulary() -> Iterator[Found]:
    """The lists of words and of patterns; an entry such as `name=pattern` by itself."""
    for name in vocabularies():
        for key, listed in words(name).items():
            if all(_METACHARACTERS.isdisjoint(one) for one in listed):
                yield Found(f"{name}.{key}", any_of(name, key))
                continue
            named = [one.partition("=")[2] for one in listed if re.match(r"\w+=", one)]
            for number, pattern in enumerate(named):
                yield Found(f"{name}.{key} {number}", re.compile(pattern))
            with suppress(re.error):  # words with brackets, that nobody takes for patterns
                yield Found(f"{name}.{key}", pattern_of(name, key))


# ── what the form of a pattern says ──────────────────────────────────────────────────────────────


class Shape(msgspec.Struct, frozen=True):
    """What a part of a pattern can begin and end with; `head` and `tail`: in endless repeats there."""

    nullable: bool = True
    first: frozenset[str] = frozenset()
    last: frozenset[str] = frozenset()
    head: frozenset[str] = frozenset()
    tail: frozenset[str] = frozenset()


def faults(found: Found) -> list[str]:
    """Why the pattern can cost more than its text is long; empty when nothing in its form says so."""
    tree = parser.parse(found.compiled.pattern, found.compiled.flags)
    said = sorted(set(_ambiguous(tree)))
    if found.searched and any(_restarts(items) for items in _alternatives(tree)):
        said.append("each place where it may begin reads the same run again")
    return said


def _ambiguous(tree: Iterable[Any], *, at_end: bool = True) -> Iterator[str]:
    """Endless repeats that share characters with a neighbour or with what they stand in.

    `at_end`: nothing follows that could fail and make them give back what they took.
    """
    items = list(flat(tree))
    for place in range(1, len(items)):
        rest = items[place:]
        if _shape(items[:place]).tail & _shape(rest).head and not (at_end and _always(rest)):
            yield "endless repeats stand side by side and share characters"
    for op, value in items:
        for body in _bodies(op, value):
            inner = _shape(list(flat(body)))
            if _is_endless(op, value) and (inner.tail & inner.first or inner.head & inner.last):
                yield "an endless repeat stands in another one and shares characters with it"
            yield from _ambiguous(body, at_end=at_end and str(op) == "BRANCH" and len(items) == 1)


def _alternatives(tree: Iterable[Any]) -> Iterator[list[Any]]:
    items = list(flat(tree))
    if len(items) == 1 and str(items[0][0]) == "BRANCH":
        for one in items[0][1][1]:
            yield from _alternatives(one)
    else:
        yield items


def _restarts(items: list[Any]) -> bool:
    """Whether what stands before an endless repeat may stand in it too, and what follows may fail."""
    before: list[Any] = []
    for place, (op, value) in enumerate(items):
        if str(op) == "AT" and str(value) in {"AT_BEGINNING", "AT_BEGINNING_STRING"}:
            return False
        if _is_endless(op, value, with_possessive=True):
            inside = _characters(value[2])
            barred = any(_bars(one, inside) for one in before)
            fits = all(_may_stand_in(one, inside) for one in before)
            if fits and not barred and not _always(items[place + 1 :]):
                return True
        before.append((op, value))
    return False


def _bars(item: Any, inside: frozenset[str]) -> bool:
    """A look behind that lets nothing begin within a run of these characters."""
    op, value = item
    if str(op) not in {"ASSERT", "ASSERT_NOT"} or value[0] > 0:
        return False
    behind = _characters(value[1])
    return inside <= behind if str(op) == "ASSERT_NOT" else not inside & behind


def _may_stand_in(item: Any, inside: frozenset[str]) -> bool:
    shape = _shape([item])
    return shape.nullable or bool(_characters([item]) & inside and shape.first & inside)


def _always(items: list[Any]) -> bool:
    """Whether these match whatever the text is."""
    return all(str(op) not in {"AT", "ASSERT", "ASSERT_NOT"} for op, _ in items) and (
        _shape(items).nullable
    )


def _shape(items: Sequence[Any]) -> Shape:
    made = Shape()
    for op, value in items:
        one = _shape_of(op, value)
        made = Shape(
            made.nullable and one.nullable,
            made.first | one.first if made.nullable else made.first,
            made.last | one.last if one.nullable else one.last,
            made.head | one.head if made.nullable else made.head,
            made.tail | one.tail if one.nullable else one.tail,
        )
    return made


def _shape_of(op: Any, value: Any) -> Shape:
    name = str(op)
    if name == "BRANCH":
        return _either([_shape(list(flat(one))) for one in value[1]])
    if name in _REPEATS:
        inner = _shape(list(flat(value[2])))
        nullable = inner.nullable or value[0] == 0
        if not _is_endless(op, value):
            ends = (
                (frozenset[str](),) * 2 if name == "POSSESSIVE_REPEAT" else (inner.head, inner.tail)
            )
            return Shape(nullable, inner.first, inner.last, *ends)
        every = _characters(value[2]) if value[2].getwidth()[0] <= 1 else frozenset[str]()
        return Shape(nullable, inner.first, inner.last, inner.head | every, inner.tail | every)
    if name == "ATOMIC_GROUP":
        inner = _shape(list(flat(value)))
        return Shape(inner.nullable, inner.first, inner.last)
    if name == "GROUPREF":
        return Shape(nullable=False, first=_PROBES, last=_PROBES)
    if name == "AT" and str(value).startswith("AT_BEGINNING"):
        return Shape(nullable=False)
    held = _single(op, value)
    return Shape(nullable=False, first=held, last=held) if held is not None else Shape()


def _either(shapes: list[Shape]) -> Shape:
    empty = frozenset[str]()
    return Shape(
        any(one.nullable for one in shapes),
        empty.union(*(one.first for one in shapes)),
        empty.union(*(one.last for one in shapes)),
        empty.union(*(one.head for one in shapes)),
        empty.union(*(one.tail for one in shapes)),
    )


_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})


def _is_endless(op: Any, value: Any, *, with_possessive: bool = False) -> bool:
    """A repeat without bound that may give back what it took."""
    name = str(op)
    allowed = with_possessive or name != "POSSESSIVE_REPEAT"
    return name in _REPEATS and value[1] == _MANY and allowed


def flat(tree: Iterable[Any]) -> Iterator[Any]:
    """The items of a sequence, those of its groups among them."""
    for op, value in tree:
        if str(op) == "SUBPATTERN":
            yield from flat(value[3])
        else:
            yield op, value


def _bodies(op: Any, value: Any) -> list[Any]:
    name = str(op)
    if name == "BRANCH":
        return list(value[1])
    if name in _REPEATS:
        return [value[2]]
    if name == "ATOMIC_GROUP":
        return [value]
    return [value[1]] if name in {"ASSERT", "ASSERT_NOT"} else []


def _characters(tree: Iterable[Any]) -> frozenset[str]:
    """Every character that can stand in it."""
    found = frozenset[str]()
    for op, value in flat(tree):
        held = _single(op, value)
        if held is not None:
            found |= held
        elif str(op) not in {"ASSERT", "ASSERT_NOT"}:
            found = found.union(*(_characters(body) for body in _bodies(op, value)))
    return found


def _single(op: Any, value: Any) -> frozenset[str] | None:
    """The characters that a one-character item takes; None: it is no such item."""
    name = str(op)
    if name == "LITERAL":
        return frozenset({chr(value)} if chr(value) in _PROBES else {chr(value), FILLED})
    if name == "NOT_LITERAL":
        return _PROBES - {chr(value)}
    if name == "ANY":
        return _PROBES
    if name == "IN":
        return _of_class(value)
    return None


def _of_class(members: list[Any]) -> frozenset[str]:
    held: set[str] = set()
    negated = False
    for op, value in members:
        name = str(op)
        if name == "NEGATE":
            negated = True
        elif name == "LITERAL":
            held.add(chr(value))
        elif name == "RANGE":
            low, high = value
            held |= {c for c in _PROBES if low <= ord(c) <= high} | {chr(low), chr(high)}
        else:
            sign = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}
            kind = str(value).rpartition("CATEGORY_")[2]
            spelled = sign[kind.removeprefix("NOT_")]
            spelled = spelled.upper() if kind.startswith("NOT_") else spelled
            held |= {c for c in _PROBES if re.fullmatch(spelled, c)}
    return _PROBES - held if negated else frozenset(held)
