"""What the repository promises beside the code: one version, true read-me files, a clean tree."""

import ast
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeGuard

import jsonschema
import pytest
from typer.main import get_command

import audit
import checks
from audit.cli.commands import app
from audit.config import load, schema_text
from audit.config.tables import Tables
from audit.rulebooks import load as load_rulebook
from audit.rulebooks import names
from reports import FORMATS
from reports.json_format import schema_text as report_schema_text

ROOT = Path(__file__).parent.parent.parent
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
COMMANDS = frozenset(get_command(app).commands)  # pyright: ignore[reportAttributeAccessIssue]
PRODUCT = sorted(
    path for package in ("audit", "checks", "reports") for path in (ROOT / package).rglob("*.py")
)
LOCKS = (ROOT / "requirements.lock", ROOT / "requirements-dev.lock")

# Written in pieces, so that this file holds none of them.
FOREIGN = tuple(
    "".join(pieces)
    for pieces in (
        ("pypi", ".org"),
        ("python", "hosted.org"),
        ("registry.npm", "js.org"),
        ("npm", "mirror.com"),
        ("deb.deb", "ian.org"),
        ("/wo", "rk/"),
        ("/ro", "ot/"),
        ("/t", "mp/bash"),
    )
)


@cache
def tracked() -> tuple[Path, ...]:
    """Every text file that is or would be committed."""
    done = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("this is no git checkout")
    found = (ROOT / name.decode() for name in done.stdout.split(b"\0") if name)
    return tuple(path for path in found if path.is_file())


def test_the_version_has_one_value() -> None:
    assert PROJECT["project"]["version"] == audit.__version__


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_a_read_me_names_the_two_commands_first(readme: Path) -> None:
    top = readme.read_text(encoding="utf-8").splitlines()[:6]

    assert ["./run demo", "./run test"] == [
        line.partition("#")[0].strip() for line in top if line.startswith("./run")
    ]


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_table_of_commands_is_that_of_the_command(readme: Path) -> None:
    rows = re.findall(r"^\| `duwang ([a-z]+)", readme.read_text(encoding="utf-8"), re.MULTILINE)

    assert COMMANDS == set(rows)


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_table_of_formats_is_that_of_the_reports(readme: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    section = text[text.index("`--format`") :]

    assert [*FORMATS] == re.findall(r"^\| `([a-z]+)` \|", section, re.MULTILINE)[: len(FORMATS)]


def test_what_the_documents_call_not_there_yet_is_not_there() -> None:
    text = READMES[0].read_text(encoding="utf-8")
    limits = text[text.index("## Limits") : text.index("## More")]
    claimed = set(re.findall(r"`([a-z]+)`", limits))

    assert claimed & (COMMANDS | set(FORMATS)) == set()


@pytest.mark.parametrize("document", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "docs"])
def test_every_link_between_documents_leads_somewhere(document: str) -> None:
    place = ROOT / document
    pages = sorted(place.rglob("*.md")) if place.is_dir() else [place]
    missing = [
        (page.name, target)
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]

    assert missing == []


def test_the_example_config_is_valid() -> None:
    config = load(ROOT / "config.toml", checks.load(), tuple(FORMATS))

    assert config.site_ids == ("jtt",)


def test_the_example_config_stays_valid_with_every_example_switched_on(tmp_path: Path) -> None:
    switched_on = re.sub(
        r"^# (?=\[|[a-z_]+ = |[a-z-]+ = \")",
        "",
        (ROOT / "config.toml").read_text(encoding="utf-8"),
        flags=re.MULTILINE,
    )
    switched_on = re.sub(r"^(?=include = |site = \"highway)", "# ", switched_on, flags=re.MULTILINE)
    path = tmp_path / "config.toml"
    path.write_text(switched_on, encoding="utf-8")
    tables = load(path, checks.load(), tuple(FORMATS)).tables

    assert all((tables.accounts, tables.confirmations, tables.waivers, tables.sites[0].columns))


def test_the_example_config_names_every_key() -> None:
    text = (ROOT / "config.toml").read_text(encoding="utf-8")
    schema = json.loads(schema_text())
    keys = {
        key
        for table in [schema, *schema["$defs"].values()]
        for key in table.get("properties", {})
        if key not in Tables.model_fields
    }
    missing = sorted(key for key in keys if not re.search(rf"\b{key}(?: |\])", text))

    assert missing == []


@pytest.mark.parametrize(
    ("name", "text"),
    [("config.schema.json", schema_text()), ("report.schema.json", report_schema_text())],
    ids=lambda value: value if value.endswith(".json") else "",
)
def test_the_schemas_match_the_records(name: str, text: str) -> None:
    assert text == (ROOT / "docs" / name).read_text(encoding="utf-8")

    jsonschema.Draft202012Validator.check_schema(json.loads(text))


@pytest.mark.parametrize("check_id", sorted(checks.load()))
def test_a_check_has_its_module_its_cases_and_its_page(check_id: str) -> None:
    name = check_id.replace("-", "_")
    files = (f"checks/{name}.py", f"tests/checks/{name}.toml", f"docs/checks/{check_id}.md")

    assert [file for file in files if not (ROOT / file).is_file()] == []


def test_every_check_that_a_rulebook_names_exists() -> None:
    named = {check for name in names() for check in load_rulebook(name)[0].checks()}

    assert named - set(checks.load()) == set()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_pins_and_hashes_and_names_no_place(lock: Path) -> None:
    lines = lock.read_text(encoding="utf-8").splitlines()
    pinned = r"[a-z0-9-]+(\[[a-z,]+\])?==[^ ]+( ; [^\\]+)? \\"
    odd = [
        line
        for line in lines
        if not re.fullmatch(rf"{pinned}|    --hash=sha256:[0-9a-f]{{64}}( \\)?", line)
    ]

    assert odd == []


def test_the_locks_hold_every_dependency() -> None:
    wanted = [
        re.match(r"[A-Za-z0-9-]+", one)[0].lower()  # pyright: ignore[reportOptionalSubscript]
        for one in PROJECT["project"]["dependencies"]
    ]
    pins = [
        set(re.findall(r"^([a-z0-9-]+)==", lock.read_text("utf-8"), re.MULTILINE)) for lock in LOCKS
    ]

    assert [name for name in wanted if name not in pins[0]] == []
    assert pins[0] - pins[1] == set()


def test_no_committed_file_names_a_registry_or_a_machine() -> None:
    found = [
        (str(path.relative_to(ROOT)), word)
        for path in tracked()
        for word in FOREIGN
        if word.encode() in path.read_bytes()
    ]

    assert found == []


@pytest.mark.parametrize("path", PRODUCT, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_can_be_read_in_one_go(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    long = [(name, lines) for name, lines in functions(ast.parse(text)) if lines > 40]

    assert text.count("\n") <= 400
    assert long == []


def functions(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every function with the lines of its body, data left out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, code_lines(node)


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    lines = set(range(function.body[0].lineno, (function.end_lineno or 0) + 1))
    for node in ast.walk(function):
        if is_data(node):
            lines -= set(range(node.lineno + 1, (node.end_lineno or 0) + 1))
    return len(lines)


def is_data(node: ast.AST) -> TypeGuard[ast.expr]:
    """A table, a text, or a record spelled out field by field."""
    if isinstance(node, ast.Call):
        return len(node.keywords) >= 5
    return isinstance(
        node, ast.Dict | ast.List | ast.Tuple | ast.Set | ast.JoinedStr | ast.Constant
    )


def test_the_wheel_holds_the_packages_with_their_data_and_nothing_else(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr

    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        held = set(wheel.namelist())
        entry = wheel.read(next(name for name in held if name.endswith("entry_points.txt")))
    data = {
        str(path.relative_to(ROOT))
        for package in ("audit", "checks", "reports")
        for path in (ROOT / package).rglob("*")
        if path.suffix in {".py", ".toml", ".j2", ".css", ".svg", ".js", ".json", ".pem", ".html"}
        or path.name.startswith("LICENSE")
    }
    info = f"duwang-{audit.__version__}.dist-info"

    assert data == {name for name in held if not name.startswith(info)}
    assert "duwang = audit.cli:main" in entry.decode()
