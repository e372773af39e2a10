"""Writes the JSON Schemas of config.toml and report.json: `python docs/schemas.py [--check]`.

`--check` writes nothing and exits 1 when a file is not current.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

from audit.config import schema_text as config_schema
from reports.json_format import schema_text as report_schema

FOLDER = Path(__file__).resolve().parent


def main(arguments: list[str]) -> int:
    """Write every schema that is not current, or only name them."""
    behind = [name for name, text in schemas().items() if _present(name) != text]
    for name in behind:
        if "--check" in arguments:
            sys.stderr.write(f"docs/{name} is not current: run ./run docs\n")
        else:
            (FOLDER / name).write_text(schemas()[name], encoding="utf-8")
    return 1 if behind and "--check" in arguments else 0


def schemas() -> Mapping[str, str]:
    """The text of every schema by its file's name."""
    return {"config.schema.json": config_schema(), "report.schema.json": report_schema()}


def _present(name: str) -> str:
    path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
