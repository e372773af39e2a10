"""On which line of a TOML text a key stands, for messages that a person can follow."""

import re

_HEADER = re.compile(r"\s*\[(\[)?([^\[\]]+)\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*((?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*[A-Za-z0-9_-]+)*)\s*=(.*)")
_OPEN = re.compile(r"\s*\[\s*(?:#.*)?$")  # a list that goes on, one entry a line
_ENTRY = re.compile(r"\s*\{")

Path = tuple[int | str, ...]


class Lines:
    """On which line of the file a key stands."""

    def __init__(self, text: str) -> None:
        """Read headers and keys; what stands inside a value has the line of its key."""
        self._lines: dict[Path, int] = {}
        self._values: list[tuple[Path, str, int]] = []
        counts: dict[Path, int] = {}
        table: Path = ()
        entries: Path = ()
        for number, line in enumerate(text.splitlines(), 1):
            header = _HEADER.match(line)
            if header:
                table = self._table(header[2], counts, is_array=bool(header[1]))
                self._lines.setdefault(table, number)
                entries = ()
            elif match := _KEY.match(line):
                path = (*table, *(part.strip().strip("\"'") for part in match[1].split(".")))
                self._lines.setdefault(path, number)
                self._values.append((path, match[2], number))
                entries = path if _OPEN.match(match[2]) else ()
            elif entries and _ENTRY.match(line):
                counts[entries] = counts.get(entries, -1) + 1
                self._lines.setdefault((*entries, counts[entries]), number)

    def at(self, path: Path) -> str:
        """` 第N行` of the key or of what holds it; empty when unknown."""
        for length in range(len(path), 0, -1):
            number = self._lines.get(path[:length])
            if number:
                return f" 第{number}行"
        return ""

    def last(self, table: str, key: str, value: str) -> str:
        """The last line where a table of that name gives `key` this value."""
        for path, said, number in reversed(self._values):
            if path[0] == table and path[-1] == key and value in said:
                return f" 第{number}行"
        return ""

    @staticmethod
    def _table(name: str, counts: dict[Path, int], *, is_array: bool) -> Path:
        path: Path = ()
        parts = [part.strip().strip("\"'") for part in name.split(".")]
        for index, part in enumerate(parts):
            path = (*path, part)
            if is_array and index == len(parts) - 1:
                counts[path] = counts.get(path, -1) + 1
            if path in counts:
                path = (*path, counts[path])
        return path
