"""The tables of the store, and the steps that bring an older store to the present shape."""

from collections.abc import Callable

import sqlalchemy as sa

# Order of URLs is the order of their bytes on every database: readings depend on it.
Address = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
Serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

tables = sa.MetaData()

schema_version = sa.Table(
    "schema_version",
    tables,
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
)

runs = sa.Table(
    "runs",
    tables,
    sa.Column("seq", Serial, primary_key=True),  # order of the runs: history looks back along it
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("started", sa.Text, nullable=False),
    sa.Column("finished", sa.Text, nullable=False),
    sa.Column("as_of", sa.Text, nullable=False),
    sa.Column("mode", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("sites", sa.Text, nullable=False),  # JSON list
    sa.Column("partial", sa.Boolean, nullable=False),
    sa.Column("quick", sa.Boolean, nullable=False),
    sa.Column("config", sa.Text, nullable=False),
    sa.Column("config_sha256", sa.Text, nullable=False),
    sa.Column("rulebook", sa.Text, nullable=False),
    sa.Column("reader", sa.Text, nullable=False),
    sa.Column("options", sa.Text, nullable=False),
    sa.Column("suspect", sa.Text, nullable=False),  # JSON list
)

judgements = sa.Table(
    "judgements",
    tables,
    sa.Column("run", Id, sa.ForeignKey(runs.c.seq), primary_key=True),
    sa.Column("judged", sa.LargeBinary, nullable=False),  # zstd
)

site_runs = sa.Table(
    "site_runs",
    tables,
    sa.Column("id", Serial, primary_key=True),
    sa.Column("site", sa.Text, nullable=False),
    sa.Column("run", Id, sa.ForeignKey(runs.c.seq), nullable=False),
    sa.Column("reader", sa.Text, nullable=False),  # whose page records are the present ones
    sa.Column(
        "archive_safe", sa.BigInteger, nullable=False
    ),  # bytes of its WARC on disk at a flush
    sa.UniqueConstraint("site", "run"),
)

requests = sa.Table(
    "requests",
    tables,
    sa.Column("id", Serial, primary_key=True),
    sa.Column("site_run", Id, sa.ForeignKey(site_runs.c.id), nullable=False),
    sa.Column("url", Address, nullable=False),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("round", sa.Integer, nullable=False),
    sa.Column("depth", sa.Integer, nullable=False),
    sa.Column("referrer", sa.Text, nullable=False),
    sa.UniqueConstraint("site_run", "url", "purpose", "round"),
)

fetches = sa.Table(
    "fetches",
    tables,
    sa.Column("request", Id, sa.ForeignKey(requests.c.id), primary_key=True, autoincrement=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("page", sa.LargeBinary),  # key of its page record; NULL: it is no page
    sa.Column("facts", sa.LargeBinary, nullable=False),  # the whole Fetch, msgpack
)

bodies = sa.Table(
    "bodies",
    tables,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("file", sa.Text, nullable=False),  # relative to the archive's folder
    sa.Column("start", sa.BigInteger, nullable=False),
    sa.Column("length", sa.BigInteger, nullable=False),
    sqlite_with_rowid=False,  # one page to write a body instead of two
)

records = sa.Table(
    "records",
    tables,
    sa.Column("page", sa.LargeBinary, primary_key=True),
    sa.Column("reader", sa.Text, primary_key=True),
    sa.Column("record", sa.LargeBinary, nullable=False),  # PageRecord, msgpack, zstd
)

findings = sa.Table(
    "findings",
    tables,
    sa.Column("run", Id, sa.ForeignKey(runs.c.seq), primary_key=True),
    sa.Column("finding", sa.Text, primary_key=True),
    sa.Column("site", sa.Text, nullable=False),
    sa.Column("rule", sa.Text, nullable=False),  # id of the check; `check` is a word of SQL
    sa.Column("status", sa.Text, nullable=False),
    sa.Index("findings_by_id", "finding", "run"),
)

passes = sa.Table(
    "passes",
    tables,
    sa.Column("run", Id, sa.ForeignKey(runs.c.seq), primary_key=True),
    sa.Column("rule", sa.Text, primary_key=True),
    sa.Column("packed", sa.LargeBinary, nullable=False),  # fingerprints, one a line, zstd
)

visits = sa.Table(
    "visits",
    tables,
    sa.Column("id", Serial, primary_key=True),
    sa.Column("site", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),  # ISO 8601 in Asia/Shanghai: text order is time order
    sa.Column("ok", sa.Boolean, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("ms", sa.Integer, nullable=False),
    sa.Index("visits_by_site", "site", "at"),
)

MIGRATIONS: tuple[Callable[[sa.Connection], None], ...] = ()
"""Step n brings a store of version n + 1 to version n + 2; a fresh store needs none of them."""


def present_version() -> int:
    """The version that this program reads and writes."""
    return 1 + len(MIGRATIONS)


def stored_version(connection: sa.Connection) -> int:
    """The version of the store; 0: it is empty."""
    if not sa.inspect(connection).has_table(schema_version.name):
        return 0
    return connection.scalar(sa.select(sa.func.max(schema_version.c.version))) or 0


def bring_up_to_date(connection: sa.Connection, version: int) -> None:
    """Make the tables, or change those of an older version; in the caller's one transaction."""
    if version == 0:
        tables.create_all(connection)
    else:
        for step in MIGRATIONS[version - 1 :]:
            step(connection)
    connection.execute(sa.delete(schema_version))
    connection.execute(sa.insert(schema_version).values(version=present_version()))
