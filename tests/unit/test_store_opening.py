"""Opening a store: what is refused, and in which words; which databases it speaks to."""

import os
import sqlite3
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from audit.errors import StorageError
from audit.store import Store
from audit.store.database import Database
from audit.store.schema import schema_version, tables
from audit.store.statements import journal_statements
from tests.stored import started, walked


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"this is no database at all, whatever its name says" * 40, "不是 duwang 的数据库"),
        (b"", "已损坏"),
    ],
)
def test_what_is_no_database_is_left_alone(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "warc" / "2026-11-25-1").mkdir(parents=True)
    file = tmp_path / "duwang.db"
    file.write_bytes(content)

    with pytest.raises(StorageError, match=words):
        Store.open(str(tmp_path))
    assert content == file.read_bytes()


def test_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "duwang.db") as other:
        other.execute("CREATE TABLE accounts (id INTEGER)")
    other.close()

    with pytest.raises(StorageError, match="不是 duwang 的数据库"):
        Store.open(str(tmp_path))


def test_half_a_database_is_reported_as_damaged(tmp_path: Path) -> None:
    with Store.open(str(tmp_path)) as store:
        walked(store, started(store), *(os.urandom(9000) for _ in range(20)))
    file = tmp_path / "duwang.db"
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])

    with pytest.raises(StorageError, match="已损坏"), Store.open(str(tmp_path)) as store:
        store.runs()


def test_store_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    Store.open(str(tmp_path)).close()
    with sqlite3.connect(tmp_path / "duwang.db") as newer:
        newer.execute("UPDATE schema_version SET version = version + 1")
    newer.close()

    with pytest.raises(StorageError, match="更新版本"):
        Store.open(str(tmp_path))


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)

    with pytest.raises(StorageError, match="不可写"):
        Store.open(str(tmp_path / "store"))


def test_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file")

    with pytest.raises(StorageError, match="store"):
        Store.open(str(tmp_path / "store"))


def test_database_address_opens_the_same_store(tmp_path: Path) -> None:
    with Store.open(str(tmp_path)) as store:
        run = started(store)
    with Store.open(f"sqlite:///{tmp_path / 'duwang.db'}") as store:
        found = store.run("last")

    assert run == found


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("postgresql://audit@db/duwang", "archive"),
        ("nonsense://x", "archive"),
        ("://", "数据库地址"),
    ],
)
def test_database_address_that_cannot_be_used_is_explained(address: str, words: str) -> None:
    with pytest.raises(StorageError, match=words):
        Store.open(address)


def test_unknown_database_is_explained(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="无法使用数据库"):
        Store.open("nonsense://x/y", archive=tmp_path)


def test_tables_and_statements_are_postgresql_too() -> None:
    engine = sa.create_mock_engine("postgresql+psycopg://", executor=lambda *_: None)
    database = Database.__new__(Database)
    database._engine = engine  # type: ignore[assignment]
    database._is_sqlite = False
    made = [
        str(sa.schema.CreateTable(t).compile(dialect=postgresql.dialect()))
        for t in tables.tables.values()
    ]
    statements = journal_statements(database)

    assert any('COLLATE "C"' in one for one in made)
    assert "ON CONFLICT DO NOTHING" in statements.body
    assert "%(sha256)s" in statements.body


def test_only_the_database_module_speaks_sqlite() -> None:
    folder = Path(sys.modules[Store.__module__].__file__ or "").parent
    speaking = {
        file.name
        for file in folder.glob("*.py")
        if "PRAGMA" in file.read_text("utf-8") or "import sqlite" in file.read_text("utf-8")
    }

    assert {"database.py"} == speaking


def test_schema_has_one_version_row(tmp_path: Path) -> None:
    for _ in range(2):
        Store.open(str(tmp_path)).close()
    with sqlite3.connect(tmp_path / "duwang.db") as database:
        rows = database.execute(f"SELECT version FROM {schema_version.name}").fetchall()  # noqa: S608
    database.close()

    assert [(1,)] == rows
