"""The built wheel holds the three packages with all their data; `test_demo.py` runs it."""

import zipfile
from pathlib import Path


def test_the_wheel_holds_the_packages_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}

    assert tops == {"audit", "checks", "reports"}
    assert not [name for name in names if name.endswith((".pyc", "CLAUDE.md"))]
