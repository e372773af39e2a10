"""The layers: the tree keeps to them, and every contract notices when it is broken."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("audit", "checks", "reports")
LINT = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"

# A line that breaks the contract: contract → (file, line).
VIOLATIONS = {
    "every module of audit keeps to its layer": ("audit/text.py", "import audit.store"),
    "checks and reports stand between the pipeline and what it composes": (
        "reports/words.py",
        "import audit.crawl",
    ),
    "checks import audit.api and nothing else of audit": (
        "checks/dead_link.py",
        "import audit.reading",
    ),
    "checks do not see each other": ("checks/stale_home.py", "import checks.dead_link"),
    "only audit.crawl talks to the network": ("audit/reading/page.py", "import httpx"),
    "only audit.reading parses HTML": ("reports/untrusted.py", "import selectolax"),
    "only reports render templates": ("audit/store/packing.py", "import jinja2"),
    "only audit.store talks to a database or an archive": (
        "audit/pipeline/run.py",
        "import sqlalchemy",
    ),
}


def lint(folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONUTF8": "1", "PYTHONPATH": str(folder), "COLUMNS": "200"},
    )
    return done.stdout + done.stderr


def broken(said: str) -> set[str]:
    return set(re.findall(r"^(.+) BROKEN", said, re.MULTILINE))


def copy_of_the_tree(folder: Path) -> Path:
    for name in PACKAGES:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def plant(path: Path, line: str) -> None:
    path.write_text(f"{path.read_text(encoding='utf-8')}\n\n{line}\n", encoding="utf-8")


def test_the_tree_keeps_to_its_layers() -> None:
    said = lint(ROOT)

    assert f"Contracts: {len(VIOLATIONS)} kept, 0 broken." in said, said


def test_every_contract_notices_that_it_is_broken(tmp_path: Path) -> None:
    tree = copy_of_the_tree(tmp_path)
    for file, line in VIOLATIONS.values():
        plant(tree / file, line)

    said = lint(tree)

    assert set(VIOLATIONS) == broken(said), said


def test_a_module_without_a_layer_is_noticed(tmp_path: Path) -> None:
    tree = copy_of_the_tree(tmp_path)
    (tree / "audit" / "stray.py").write_text(
        '"""A module that no layer names."""\n', encoding="utf-8"
    )

    said = lint(tree)

    assert {"every module of audit keeps to its layer"} == broken(said), said
