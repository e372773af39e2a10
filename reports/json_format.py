"""report.json: the report as it is, schema `duwang/report/1` (DESIGN 5.3), and its JSON Schema."""

import json
from collections.abc import Iterator
from typing import Any, cast

import msgspec

from audit.report import SCHEMA, Material, Report
from reports.untrusted import whole

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def render(report: Report, material: Material) -> Iterator[tuple[str, bytes]]:  # noqa: ARG001 - the report is all of it
    """One file: fields in the order of the records, UTF-8, indent 2."""
    yield "report.json", msgspec.json.format(encoded(report), indent=2) + b"\n"


def encoded(record: object) -> bytes:
    """A record as compact JSON; maps sorted by key, lone surrogates replaced."""
    try:
        return msgspec.json.encode(record, order="deterministic")
    except UnicodeEncodeError:
        plain = msgspec.to_builtins(record, order="deterministic")
        return msgspec.json.encode(_mended(plain))


def schema() -> dict[str, Any]:
    """The JSON Schema of report.json, generated from the records."""
    generated = msgspec.json.schema(Report)
    generated["$defs"]["Report"]["properties"]["schema"]["const"] = SCHEMA
    return {"$schema": DIALECT, "title": SCHEMA, **generated}


def schema_text() -> str:
    """The text of docs/report.schema.json."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _mended(value: object) -> object:
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, dict):
        pairs = cast("dict[str, object]", value)
        return {whole(name): _mended(inner) for name, inner in pairs.items()}
    if isinstance(value, list | tuple):
        return [_mended(inner) for inner in cast("list[object]", value)]
    return value
