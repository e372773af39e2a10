"""Writes reports old or new, never half: temporary file, fsync, rename, fsync of the folder."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from audit.errors import StorageError
from audit.pipeline.run import Rendered
from audit.report import Format


def write_reports(rendered: Rendered, formats: Iterable[Format], folder: Path) -> list[Path]:
    """Render every format into the folder; returns the files in the order written."""
    written: list[Path] = []
    for one in formats:
        for name, content in one.render(rendered.report, rendered.material):
            path = folder / _inside(name)
            write_file(path, content)
            written.append(path)
    return written


def _inside(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        message = f"a format named a file outside its folder: {name!r}"
        raise StorageError(message)
    return path


def write_file(path: Path, content: bytes) -> None:
    """Write a file old or new, never half; raises StorageError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(0o644)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        _sync(path.parent)
    except OSError as error:
        message = f"{path} 写不了（{error.strerror}）"
        raise StorageError(message) from error


def _sync(folder: Path) -> None:
    """Make the rename last; systems that cannot open folders do without."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
