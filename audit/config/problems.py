"""From a validation error to one line that a clerk can act on."""

from collections.abc import Mapping
from typing import Any, cast, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from audit.errors import did_you_mean
from audit.lines import Lines, Path


def explain(
    error: ErrorDetails, model: type[BaseModel], where: str, lines: Lines, above: Path = ()
) -> str:
    """One line: file, line, key, what is wrong, what is allowed, did you mean."""
    loc: Path = tuple(error["loc"])
    if error["type"] in {"value_error", "assertion_error"} and loc and not above:
        loc = tuple(part for part in loc if part != "function-after")
    path = (*above, *loc)
    at = lines.at(path)
    return f"{where}{at}：{_dotted(path) or '配置'} {_what(error, model, loc)}"


def _dotted(path: Path) -> str:
    said = ""
    for part in path:
        said += f"[{part}]" if isinstance(part, int) else f".{part}" if said else str(part)
    return said


def _what(error: ErrorDetails, model: type[BaseModel], loc: Path) -> str:
    kind = error["type"]
    given = _short(error.get("input"))
    context = cast("Mapping[str, Any]", error.get("ctx") or {})
    if kind == "extra_forbidden":
        keys = _keys(model, loc[:-1])
        return f"是不认识的键；可用：{'、'.join(keys)}{did_you_mean(str(loc[-1]), keys)}"
    if kind == "missing":
        return "是必填项，没有写"
    if kind in {"literal_error", "enum"}:
        allowed = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
        choices = [choice.strip() for choice in allowed.split(",")]
        return f"= {given} 不行；可用：{'、'.join(choices)}{did_you_mean(str(error.get('input')), choices)}"
    if kind == "value_error":
        return f"= {given} 不行：{context.get('error', error['msg'])}"
    if kind == "too_short" and loc == ("sites",):
        return "是空的：至少登记一个 [[sites]]"
    return f"= {given} 不行：{_PLAIN.get(kind, '').format_map(_Bounds(context)) or error['msg']}"


class _Bounds(dict[str, Any]):
    """Fills a text with what pydantic says of the bound."""

    def __missing__(self, key: str) -> str:
        return f"?{key}"


_PLAIN = {
    "int_type": "要写整数",
    "int_parsing": "要写整数",
    "int_from_float": "要写整数",
    "float_type": "要写数字",
    "float_parsing": "要写数字",
    "bool_type": "要写 true 或 false",
    "bool_parsing": "要写 true 或 false",
    "string_type": "要写文字（加引号）",
    "string_too_short": "不能是空的",
    "string_too_long": "太长，最多 {max_length} 个字",
    "string_pattern_mismatch": "格式不对，应符合 {pattern}",
    "date_type": "要写日期，例如 2026-11-25",
    "date_parsing": "不是有效的日期，写作 2026-11-25",
    "date_from_datetime_parsing": "不是有效的日期，写作 2026-11-25",
    "date_from_datetime_inexact": "只写日期，例如 2026-11-25",
    "greater_than": "要大于 {gt}",
    "greater_than_equal": "不能小于 {ge}",
    "less_than": "要小于 {lt}",
    "less_than_equal": "不能大于 {le}",
    "tuple_type": '要写列表，例如 ["…"]',
    "list_type": '要写列表，例如 ["…"]',
    "dict_type": "要写表",
    "model_type": "要写表",
}


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:59] + "…"


def _keys(model: type[BaseModel], path: Path) -> list[str]:
    """The keys that the table at `path` allows."""
    current: Any = model
    for part in path:
        if isinstance(current, type) and issubclass(current, BaseModel):
            fields = current.model_fields
            field = next((f for name, f in fields.items() if part in {name, f.alias}), None)
            current = field.annotation if field else None
        elif get_origin(current) is not None:
            current = next((a for a in get_args(current) if a is not Ellipsis), None)
            if isinstance(part, str) and not isinstance(current, type):
                current = None
    if get_origin(current) is not None:
        current = next(
            (a for a in get_args(current) if isinstance(a, type) and issubclass(a, BaseModel)), None
        )
    if isinstance(current, type) and issubclass(current, BaseModel):
        return [field.alias or name for name, field in current.model_fields.items()]
    return []
