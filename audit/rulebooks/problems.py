"""What is wrong with a rulebook, in lines that its keeper can act on."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, cast, get_args, get_origin

import msgspec

from audit.errors import did_you_mean
from audit.model import ColumnClass, Direction, Fact, Mark, Region, Severity
from audit.rulebooks.rulebook import Confidence, Entry, Rulebook, Selector, Source
from audit.vocabulary import words

FULL = Decimal(100)
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`$")
_MISSING = re.compile(r"Object missing required field `(.*)`$")
_ENUM = re.compile(r"Invalid enum value '?(.*?)'?$")
_STEP = re.compile(r"\.([^.\[]+)|\[(\d+)\]|\[(\.\.\.)\]")


def explain(message: str, raw: Mapping[str, Any]) -> str:
    """One line of msgspec's message: key, what is wrong, what is allowed, did you mean."""
    said, _, path = message.replace("`key` in ", "").partition(" - at `$")
    path = path.rstrip("`")
    key, kind = path.removeprefix("."), _type_at(path)
    if match := _UNKNOWN.match(said):
        keys = _keys(kind)
        near = did_you_mean(match[1], keys)
        return f"{_join(key, match[1])} 是不认识的键；可用：{'、'.join(keys)}{near}"
    if match := _MISSING.match(said):
        return f"{_join(key, match[1])} 是必填项，没有写"
    if match := _ENUM.match(said):
        allowed = _choices(kind)
        return f"{key} = {match[1]!r} 不行；可用：{'、'.join(allowed)}{did_you_mean(match[1], allowed)}"
    return f"{key or '规则集'} = {_given(path, raw)} 不行（{said}）"


def misfits(rulebook: Rulebook) -> Iterator[str]:
    """What the shape of the records cannot say: ids, marks, sums, sources."""
    yield from _ids(rulebook)
    yield from _marks(rulebook)
    yield from _items(rulebook)
    yield from _vetoes(rulebook)
    yield from _sources(rulebook)
    yield from _duties(rulebook)
    for check in rulebook.sources:
        if check not in rulebook.checks_:
            known = tuple(rulebook.checks_)
            yield f"sources.{check} 没有对应的 [checks.{check}]{did_you_mean(check, known)}"


def _ids(rulebook: Rulebook) -> Iterator[str]:
    seen: set[str] = set()
    for one in (*rulebook.items, *rulebook.vetoes):
        if one.id in seen:
            yield f"id {one.id!r} 重复，每个 items、vetoes 的 id 只能用一次"
        seen.add(one.id)
    groups = tuple(rulebook.groups)
    for item in rulebook.items:
        if item.group not in groups:
            allowed = "、".join(groups) or "（还没有写）"
            yield (
                f"items.{item.id}.group = {item.group!r} 没有登记；可用：{allowed}"
                f"{did_you_mean(item.group, groups)}"
            )


def _marks(rulebook: Rulebook) -> Iterator[str]:
    judging = rulebook.judging
    for key in ("pass_mark", "bonus_mark", "bonus_max"):
        value: Decimal = getattr(judging, key)
        if not Decimal(0) <= value <= FULL:
            yield f"judging.{key} = {value} 不行：要在 0 和 100 之间"
    if judging.bonus_mark < judging.pass_mark:
        yield f"judging.bonus_mark = {judging.bonus_mark} 不行：不能低于 pass_mark {judging.pass_mark}"
    last = rulebook.effective_to
    if last is not None and last < rulebook.effective_from:
        yield f"effective_to = {last} 不行：早于 effective_from {rulebook.effective_from}"


def _duties(rulebook: Rulebook) -> Iterator[str]:
    """A duty that a check is filed under has an office."""
    known = rulebook.duty_ids()
    for check, duties in rulebook.duties.items():
        for duty in duties:
            if duty not in known:
                yield (
                    f"duties.{check} 里的 {duty!r} 没有登记处室；可用：{'、'.join(known)}"
                    f"{did_you_mean(duty, known)}"
                )


def _items(rulebook: Rulebook) -> Iterator[str]:
    total = sum((item.max for item in rulebook.items), Decimal(0))
    if rulebook.items and rulebook.scored and total != FULL:
        yield f"items 的 max 合计 {total}，应为 {FULL}"
    whole: set[str] = set()
    for item in rulebook.items:
        if not rulebook.scored:
            whole = set()  # every duty takes for itself
        if not item.max.is_finite() or item.max <= 0:
            yield f"items.{item.id}.max = {item.max} 不行：要大于 0"
        for place, entry in enumerate(item.entries):
            where = f"items.{item.id}.entries[{place}]"
            if entry.check in whole:
                yield f"{where} 永远轮不到：前面已有一条接收 {entry.check} 的全部问题"
            if not entry.labels:
                whole.add(entry.check)
            yield from _entry(entry, item.max, where, scored=rulebook.scored)


def _entry(entry: Entry, most: Decimal, where: str, *, scored: bool) -> Iterator[str]:
    if entry.severity is Severity.VETO:
        yield f"{where}.severity = 'veto' 不行：单项否决写在 [[vetoes]] 里"
    if not scored and (entry.points or entry.cap):
        yield f"{where}.points 不行：scored = false 的规则集不扣分"
    for key, value in (("points", entry.points), ("cap", entry.cap)) if scored else ():
        if value is not None and not (value.is_finite() and 0 < value <= most):
            yield f"{where}.{key} = {value} 不行：要大于 0，不超过 max {most}"
    yield from _labels(entry.labels, where)


def _labels(labels: Mapping[str, tuple[str, ...]], where: str) -> Iterator[str]:
    allowed = _allowed()
    for label, values in labels.items():
        known = allowed.get(label)
        if known is None:
            names = tuple(allowed)
            yield f"{where}.labels.{label} 是不认识的标签；可用：{'、'.join(names)}{did_you_mean(label, names)}"
            continue
        if not values:
            yield f"{where}.labels.{label} 是空的，永远轮不到"
        for value in values:
            if value not in known:
                yield f"{where}.labels.{label} 里的 {value!r} 不行；可用：{'、'.join(known)}{did_you_mean(value, known)}"


@cache
def _allowed() -> Mapping[str, tuple[str, ...]]:
    """The labels that a selector can name, with the values of each."""
    return {
        "class": tuple(ColumnClass),
        "level": ("home", "first", "lower", "unknown"),
        "region": tuple(Region),
        "direction": tuple(Direction),
        "fact": tuple(Fact),
        "mark": tuple(Mark),
        "side": ("inside", "outside"),
        "area": tuple(words("openness")["entries"]),
    }


def _vetoes(rulebook: Rulebook) -> Iterator[str]:
    for veto in rulebook.vetoes:
        for place, counter in enumerate(veto.counters):
            where = f"vetoes.{veto.id}.counters[{place}]"
            if not counter.findings:
                yield f"{where}.findings 是空的"
            for finding in counter.findings:
                yield from _labels(finding.labels, where)
                yield from _alone(finding, counter.at_least, where)


def _alone(finding: Selector, at_least: int, where: str) -> Iterator[str]:
    """A finding is a veto by itself exactly when one is enough."""
    if (finding.severity is Severity.VETO) != (at_least == 1):
        yield f"{where}：severity = 'veto' 与 at_least = 1 要同时使用（{finding.check}）"


def _sources(rulebook: Rulebook) -> Iterator[str]:
    documents = tuple(rulebook.documents)
    unsure = False
    for where, source in _all_sources(rulebook):
        unsure = unsure or not source.verified
        if source.document not in documents:
            yield (
                f"{where}.document = {source.document!r} 没有登记；可用：{'、'.join(documents)}"
                f"{did_you_mean(source.document, documents)}"
            )
        if source.verified and source.confidence in {Confidence.REMEMBERED, Confidence.DESIGNED}:
            yield f"{where}.verified = true 不行：confidence {source.confidence} 的内容没有经过核实"
    if rulebook.verified and unsure:
        yield "verified = true 不行：还有 verified = false 的依据"


def _all_sources(rulebook: Rulebook) -> Iterable[tuple[str, Source]]:
    for item in rulebook.items:
        yield f"items.{item.id}.source", item.source
    for veto in rulebook.vetoes:
        yield f"vetoes.{veto.id}.source", veto.source
    for check, sources in rulebook.sources.items():
        for key, source in sources.items():
            yield f"sources.{check}.{key}", source


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _type_at(path: str) -> Any:
    """The type that the rulebook's records have at a path of msgspec."""
    current: Any = Rulebook
    for step in _STEP.finditer(path):
        current = _plain(current)
        if step[1] is None:
            arguments = get_args(current)
            current = arguments[1 if step[3] and len(arguments) > 1 else 0] if arguments else None
        elif isinstance(current, type) and issubclass(current, msgspec.Struct):
            fields = msgspec.structs.fields(current)
            current = next((f.type for f in fields if f.encode_name == step[1]), None)
    return _plain(current)


def _plain(kind: Any) -> Any:
    """The type without `| None` and without its bounds."""
    if get_origin(kind) is not None and type(None) in get_args(kind):
        kind = next(one for one in get_args(kind) if one is not type(None))
    return getattr(kind, "__origin__", kind) if hasattr(kind, "__metadata__") else kind


def _keys(kind: Any) -> tuple[str, ...]:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return tuple(field.encode_name for field in msgspec.structs.fields(kind))
    return ()


def _choices(kind: Any) -> tuple[str, ...]:
    """The words of an enum, or those that are the keys of a table."""
    if not isinstance(kind, type) and get_args(kind):
        kind = get_args(kind)[0]
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return tuple(cast("Iterable[str]", kind))
    return ()


def _given(path: str, raw: Mapping[str, Any]) -> str:
    """What stands at a path, shortened; empty names of tables cannot be followed."""
    current: Any = raw
    for step in _STEP.finditer(path):
        if step[3]:
            return "…"
        current = current[step[1] if step[1] is not None else int(step[2])]
    text = repr(current)
    return text if len(text) <= 60 else text[:59] + "…"
