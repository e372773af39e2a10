"""The database behind the store. Everything that only SQLite understands stands in this module."""

import errno
import sqlite3
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event, exc
from sqlalchemy.dialects import sqlite

from audit.errors import StorageError
from audit.store.schema import bring_up_to_date, present_version, stored_version

APPLICATION = 0x64757767  # "duwg" in the header of our SQLite files
PATIENCE = 30_000  # milliseconds that a writer waits for another process
CHECKPOINT = 4000  # pages of the write-ahead log between checkpoints
CACHE = 4 << 10  # KiB of page cache a connection

Values = Mapping[str, object]

_NO_ROOM = "磁盘空间不足，无法写入 {place}。请腾出空间后用 --resume 继续。"
_WORDS = (
    ("locked", "{place} 正被另一个程序写入，等待超时。请等它结束后再试。"),
    ("busy", "{place} 正被另一个程序写入，等待超时。请等它结束后再试。"),
    ("not a database", "{place} 不是 duwang 的数据库，未作任何改动。"),
    ("malformed", "{place} 已损坏，未作任何改动。请从备份恢复，或换一个 --store。"),
    ("disk is full", _NO_ROOM),
    ("readonly", "{place} 不可写。请检查权限，或换一个 --store。"),
    ("read-only", "{place} 不可写。请检查权限，或换一个 --store。"),
    ("unable to open", "无法打开 {place}。请检查路径和权限。"),
)
_NUMBERS = {
    errno.ENOSPC: _NO_ROOM,
    errno.EDQUOT: _NO_ROOM,
    errno.EFBIG: _NO_ROOM,
    errno.EACCES: "{place} 不可写。请检查权限，或换一个 --store。",
    errno.EPERM: "{place} 不可写。请检查权限，或换一个 --store。",
    errno.EROFS: "{place} 不可写。请检查权限，或换一个 --store。",
}


class Database:
    """Engine, transactions and fast lines; every fault comes out as one line of StorageError."""

    def __init__(self, engine: sa.Engine, place: str) -> None:
        """Keep the engine; `place` is what messages call the database."""
        self.place = place
        self._engine = engine
        self._is_sqlite = engine.dialect.name == "sqlite"
        driver = engine.dialect.dbapi
        raised = () if driver is None else (driver.Error,)
        self.faults: tuple[type[Exception], ...] = (*raised, exc.SQLAlchemyError, OSError)

    @classmethod
    def open(cls, url: str, place: str) -> "Database":
        """Connect, check whose database it is, and bring its tables up to date."""
        try:
            engine = _engine(sa.make_url(url))
        except (exc.SQLAlchemyError, ImportError) as fault:
            raise StorageError(f"无法使用数据库 {place}：{_first_line(fault)}") from fault
        database = cls(engine, place)
        try:
            database._prepare()
        except BaseException:
            database.close()
            raise
        return database

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    @contextmanager
    def explained(self) -> Generator[None]:
        """Turn what the driver or the file system raises into StorageError."""
        try:
            yield
        except self.faults as fault:
            raise explained(fault, self.place) from fault

    @contextmanager
    def reading(self) -> Generator[sa.Connection]:
        """A connection with one consistent view; nothing is written."""
        with self.explained(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Generator[sa.Connection]:
        """One transaction, on disk when the block is left; all of it or nothing."""
        with self.explained(), self._engine.connect() as plain:
            connection = plain.execution_options(writing=True)
            self._synchronous(connection.connection.cursor(), "FULL")
            try:
                with connection.begin():
                    yield connection
            finally:
                if not connection.closed:
                    self._synchronous(connection.connection.cursor(), "NORMAL")

    def line(self) -> "Line":
        """A connection for many small transactions."""
        with self.explained():
            return Line(self, self._engine.raw_connection())

    def sql(self, statement: sa.ClauseElement, columns: Sequence[str] | None = None) -> str:
        """The statement's text for this database, its values named; `columns` are those of an insert."""
        return str(statement.compile(dialect=self._engine.dialect, column_keys=columns))

    def insert_new(self, table: sa.Table) -> sa.Insert:
        """An insert that leaves a row alone which is already there."""
        if self._is_sqlite:
            return sqlite.insert(table).on_conflict_do_nothing()
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - SQLite starts without it

        return postgresql.insert(table).on_conflict_do_nothing()

    def begin(self, cursor: Any) -> None:
        """Open a writing transaction on a raw cursor; other drivers do it by themselves."""
        if self._is_sqlite:
            cursor.execute("BEGIN IMMEDIATE")

    def be_durable(self, cursor: Any, *, durable: bool) -> None:
        """Whether a commit returns only when it is on disk."""
        self._synchronous(cursor, "FULL" if durable else "NORMAL")

    def _synchronous(self, cursor: Any, level: str) -> None:
        if self._is_sqlite:
            cursor.execute(f"PRAGMA synchronous={level}")

    def _prepare(self) -> None:
        if self._is_sqlite:
            with self.reading() as connection:
                self._refuse_foreign(connection)
        with self.writing() as connection:  # a store that cannot be written is found out here
            version = stored_version(connection)
            if version > present_version():
                raise StorageError(
                    f"{self.place} 由更新版本的 duwang 建立（第 {version} 版，"
                    f"本程序只认到第 {present_version()} 版），未作任何改动。请升级 duwang。"
                )
            if version < present_version():
                bring_up_to_date(connection, version)
                if self._is_sqlite:
                    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION}")

    def _refuse_foreign(self, connection: sa.Connection) -> None:
        """An SQLite file of another program is left alone."""
        owner = connection.exec_driver_sql("PRAGMA application_id").scalar()
        if owner != APPLICATION and sa.inspect(connection).get_table_names():
            raise StorageError(f"{self.place} 不是 duwang 的数据库，未作任何改动。")


class Line:
    """One connection that speaks to the driver directly: a page's commit is a few dozen microseconds.

    Statements are texts of `Database.sql`, values are dicts.
    """

    def __init__(self, database: Database, connection: Any) -> None:
        """Take over the connection."""
        self._database = database
        self._connection = connection
        self._cursor = connection.cursor()

    def rows(self, sql: str, values: Values) -> list[tuple[Any, ...]]:
        """Every row of a query, outside of a transaction."""
        try:
            self._cursor.execute(sql, values)
            found: list[tuple[Any, ...]] = self._cursor.fetchall()
            self._connection.rollback()
        except self._database.faults as fault:
            self._give_up()
            raise explained(fault, self._database.place) from fault
        return found

    def first(self, sql: str, values: Values) -> tuple[Any, ...] | None:
        """The first row of a query, outside of a transaction; no other is read."""
        with self._database.explained(), self._undone():
            self._cursor.execute(sql, values)
            found: tuple[Any, ...] | None = self._cursor.fetchone()
            if found is not None:
                self._cursor.close()
                self._cursor = self._connection.cursor()
            self._connection.rollback()
        return found

    def stream(self, sql: str, values: Values, chunk: int) -> Iterator[tuple[Any, ...]]:
        """The rows of a long query, `chunk` at a time; nothing is written meanwhile."""
        with self._database.explained(), self._undone():
            self._cursor.execute(sql, values)
            while found := self._cursor.fetchmany(chunk):
                yield from found
            self._connection.rollback()

    def transact(self, steps: Sequence[tuple[str, Values | list[Values]]]) -> None:
        """All steps in one transaction; a step with a list of values is run for each of them."""
        cursor = self._cursor
        try:
            self._database.begin(cursor)
            for sql, values in steps:
                if isinstance(values, list):
                    cursor.executemany(sql, values)
                else:
                    cursor.execute(sql, values)
            self._connection.commit()
        except self._database.faults as fault:
            self._give_up()
            raise explained(fault, self._database.place) from fault
        except BaseException:
            self._give_up()
            raise

    def transact_durably(self, sql: str, values: Values) -> None:
        """One statement, on disk with everything before it when this returns."""
        with self._database.explained():
            self._database.be_durable(self._cursor, durable=True)
            try:
                self.transact([(sql, values)])
            finally:
                self._database.be_durable(self._cursor, durable=False)

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    @contextmanager
    def _undone(self) -> Generator[None]:
        """After a fault the connection is usable again: a server refuses all else until a rollback."""
        try:
            yield
        except self._database.faults:
            self._give_up()
            raise

    def _give_up(self) -> None:
        try:
            self._connection.rollback()
        except self._database.faults:
            self._connection.invalidate()


def explained(fault: Exception, place: str) -> StorageError:
    """One clear line for what the driver or the file system said."""
    if isinstance(fault, StorageError):
        return fault
    number = fault.errno if isinstance(fault, OSError) else None
    if number in _NUMBERS:
        return StorageError(_NUMBERS[number].format(place=place))
    said = _first_line(fault)
    for sign, words in _WORDS:
        if sign in said:
            return StorageError(words.format(place=place))
    return StorageError(f"{place}：{said}")


def _first_line(fault: BaseException) -> str:
    """What the driver said, without SQLAlchemy's additions."""
    origin = fault.orig if isinstance(fault, exc.DBAPIError) and fault.orig else fault
    lines = str(origin).strip().splitlines()
    return lines[0] if lines else type(origin).__name__


def _engine(url: sa.URL) -> sa.Engine:
    """As many connections as sites are crawled at once: each journal keeps one."""
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(url, max_overflow=-1)
    # Named values in the statements: the driver takes our dicts as they are.
    engine = sa.create_engine(url, max_overflow=-1, paramstyle="named", poolclass=sa.QueuePool)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = (
        None  # transactions begin where we say, not where the driver guesses
    )
    for pragma in (
        f"busy_timeout={PATIENCE}",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        f"wal_autocheckpoint={CHECKPOINT}",
        f"cache_size=-{CACHE}",
        "foreign_keys=OFF",  # rows are only ever added together; each check would cost a look-up
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    """A writer takes the lock at once: to wait for it later would fail without waiting."""
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
