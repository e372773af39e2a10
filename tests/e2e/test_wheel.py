"""The built wheel works from another folder: it holds the three packages with all their data."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("duwang-*.whl"))


def test_the_wheel_holds_the_packages_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}

    assert tops == {"audit", "checks", "reports"}
    assert not [name for name in names if name.endswith((".pyc", "CLAUDE.md"))]


def test_the_installed_wheel_runs_its_demo_elsewhere(wheel: Path, tmp_path: Path) -> None:
    site, work = tmp_path / "site", tmp_path / "work"
    work.mkdir()
    (work / "checks").mkdir()  # a foreign folder of the same name must not be picked up
    (work / "checks" / "__init__.py").write_text("raise RuntimeError\n", encoding="utf-8")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(site)
    start = (
        f"import sys; sys.path[:] = [{str(site)!r}, *(p for p in sys.path if p)]; "
        "import audit; from audit.cli import main; print(audit.__file__); sys.argv[0] = 'duwang'; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", start, "demo", "--out", "out"],
        cwd=work,
        env={**os.environ, "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0].startswith(str(site))
    report = json.loads((work / "out" / "report.json").read_text(encoding="utf-8"))
    assert [len(one["findings"]) > 0 for one in report["sites"]] == [True] * 4
