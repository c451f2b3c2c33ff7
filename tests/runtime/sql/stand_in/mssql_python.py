"""What stands in for SQL Server behind the interface of its driver: SQLite, with what SQLite lacks put in its words.

There is no server to be had for tests. This shows that the statements hang together: what is kept in which table when,
who gets which change. It does not show that SQL Server takes them; `test_sql_server_text.py` asks a parser of its language.
"""

from __future__ import annotations

import re
import sqlite3
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

_SCHEMAS = ("dbo", "sys", "az_func")
_TOP = re.compile(r"^SELECT TOP \(?(\d+)\)?(.*)$", re.DOTALL)
_CHANGES = re.compile(r"CHANGETABLE\(CHANGES \[dbo\]\.\[(\w+)\], (\d+)\)")
_MERGE = re.compile(
    r"MERGE INTO (?P<table>\S+) WITH \(HOLDLOCK\) AS old USING \(VALUES \((?P<marks>.*?)\)\) AS new \((?P<names>.*?)\)"
    r" ON (?P<match>.*?)(?: WHEN MATCHED THEN UPDATE SET (?P<updates>.*?))? WHEN NOT MATCHED.*"
)
_WORDS = (
    (re.compile(r"OBJECT_ID\(\?(?:, 'U')?\)"), "(SELECT object_id FROM sys.objects WHERE name = ?)"),
    (re.compile(r"SCHEMA_ID\(\?\)"), "(SELECT 1 FROM sys.schemas WHERE name = ?)"),
    (re.compile(r"CHANGE_TRACKING_MIN_VALID_VERSION\(\?\)"), "(SELECT oldest FROM sys.objects WHERE object_id = ?)"),
    (re.compile(r"DATEADD\(second, "), "DATEADD('second', "),
    (re.compile(r" COLLATE \w+"), ""),
    (re.compile(r"DEFAULT GETUTCDATE\(\)"), "DEFAULT CURRENT_TIMESTAMP"),
    (re.compile(r"SET NOCOUNT ON;.*", re.DOTALL), "SELECT 0"),
)


class Error(Exception):
    """What the driver raises."""


def connect(connection_str: str, timeout: int = 0) -> Connection:
    """A connection; the database's name is the path of its files."""
    known = dict(pair.split("=", 1) for pair in connection_str.split(";"))
    if known["Server"] != "stand-in":
        raise Error(f"Driver Error: Client unable to establish connection ({timeout} s)")
    return Connection(Path(known["Database"]))


class Connection:
    """One connection to a database, in a transaction from its first statement on."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._database = sqlite3.connect(":memory:", timeout=30.0, isolation_level=None, check_same_thread=False)
        for name in _SCHEMAS:
            self._database.execute(f"ATTACH ? AS {name}", (str(folder / name),))
        self._database.create_function("SYSDATETIME", 0, lambda: str(_now()))
        self._database.create_function("DATEADD", 3, _add)
        self._database.executescript(
            """
            CREATE TABLE IF NOT EXISTS sys.schemas (name PRIMARY KEY);
            CREATE TABLE IF NOT EXISTS sys.objects (name PRIMARY KEY, object_id INTEGER, oldest INTEGER);
            CREATE TABLE IF NOT EXISTS sys.types (user_type_id, name, is_assembly_type);
            CREATE TABLE IF NOT EXISTS sys.columns (object_id, column_id, name, user_type_id, max_length, precision, scale,
                collation_name, is_identity, default_object_id);
            CREATE TABLE IF NOT EXISTS sys.indexes (object_id, index_id, is_primary_key);
            CREATE TABLE IF NOT EXISTS sys.index_columns (object_id, index_id, column_id, key_ordinal);
            CREATE TABLE IF NOT EXISTS dbo.version (number INTEGER);
            INSERT INTO dbo.version SELECT 1 WHERE NOT EXISTS (SELECT * FROM dbo.version);
            """
        )

    def cursor(self) -> Cursor:
        """A cursor."""
        return Cursor(self._database, self._folder / "statements")

    def commit(self) -> None:
        """What was changed has one version."""
        if self._database.in_transaction:
            self._database.execute("UPDATE dbo.version SET number = number + 1")
            self._database.execute("COMMIT")

    def close(self) -> None:
        """What was not committed is gone."""
        self._database.close()


class Cursor:
    """Runs statements, and writes each down that it had not seen."""

    def __init__(self, database: sqlite3.Connection, seen: Path) -> None:
        self._database = database
        self._seen = seen
        self._cursor = database.cursor()

    @property
    def description(self) -> Any:
        """The columns of what was found."""
        return self._cursor.description

    def execute(self, command: str, values: list[Any] | None = None) -> None:
        """Run a statement."""
        known = self._seen.read_text("utf-8").splitlines() if self._seen.exists() else []
        if command not in known:
            self._seen.write_text("\n".join([*known, command]), "utf-8")
        try:
            if not self._database.in_transaction:
                self._database.execute("BEGIN IMMEDIATE")
            if command == "EXEC ('CREATE SCHEMA az_func')":
                self._cursor.execute("INSERT INTO sys.schemas VALUES ('az_func')")
                return
            self._cursor.execute(_in_sqlite(self._database, command), values or [])
            created = re.match(r"CREATE TABLE (\[.+?\]\.\[.+?\]) ", command)
            if created:
                self._database.execute(
                    "INSERT INTO sys.objects SELECT ?, count(*) + 100, NULL FROM sys.objects", (created[1],)
                )
        except sqlite3.Error as error:
            raise Error(f"Driver Error: {error}; DDBC Error: [Microsoft][SQL Server]{error}") from error

    def fetchall(self) -> list[tuple[Any, ...]]:
        """All that was found."""
        return self._cursor.fetchall()

    def close(self) -> None:
        """Nothing more comes."""
        self._cursor.close()


def track(connection: Connection, table: str) -> None:
    """Put a table of dbo into the catalogue, and follow its changes."""
    database = connection._database
    name = f"[dbo].[{table}]"
    columns = database.execute(f"PRAGMA dbo.table_info([{table}])").fetchall()
    database.execute("INSERT OR REPLACE INTO sys.objects SELECT ?, count(*) + 100, 0 FROM sys.objects", (name,))
    id_ = database.execute("SELECT object_id FROM sys.objects WHERE name = ?", (name,)).fetchone()[0]
    database.execute("INSERT INTO sys.indexes VALUES (?, 1, 1)", (id_,))
    for number, column, type_, _, default, place in columns:
        plain, _, length = type_.rstrip(")").lower().partition("(")
        database.execute("INSERT INTO sys.types VALUES (?, ?, ?)", (id_ * 100 + number, plain, plain == "geography"))
        width = int(length or 4) * (2 if plain.startswith("n") else 1)
        collation = "Latin1_General_CI_AS" if length else None
        row = (id_, number, column, id_ * 100 + number, width, 10, 0, collation, 0, default is not None)
        database.execute("INSERT INTO sys.columns VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        if place:
            database.execute("INSERT INTO sys.index_columns VALUES (?, 1, ?, ?)", (id_, number, place))
    keys = [column for _, column, _, _, _, place in columns if place]
    names = ", ".join(f"[{key}]" for key in keys)
    database.execute(f"CREATE TABLE dbo.[changes {table}] ({names}, version, operation)")
    for event, row_name in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
        values = ", ".join(f"{row_name}.[{key}]" for key in keys)
        database.execute(
            f"CREATE TRIGGER dbo.[{event} {table}] AFTER {event} ON [{table}] BEGIN INSERT INTO [changes {table}]"
            f" SELECT {values}, number, '{event[0]}' FROM version; END"
        )


def _in_sqlite(database: sqlite3.Connection, command: str) -> str:
    text = _CHANGES.sub(lambda match: _changes(database, match[1], match[2]), command)
    for pattern, words in _WORDS:
        text = pattern.sub(words, text)
    merge = _MERGE.match(text)
    if merge:
        keys = ", ".join(re.findall(r"old\.(\[.*?\]) =", merge["match"]))
        updates = (merge["updates"] or "").replace("old.", "").replace("new.", "excluded.")
        then = f"UPDATE SET {updates}" if updates else "NOTHING"
        return (
            f"INSERT INTO {merge['table']} ({merge['names']}) VALUES ({merge['marks']}) ON CONFLICT ({keys}) DO {then}"
        )
    top = _TOP.match(text)
    return f"SELECT {top[2]} LIMIT {top[1]}" if top else text


def _changes(database: sqlite3.Connection, table: str, version: str) -> str:
    """The last change of each row after a version: added, unless it was there before; deleted, if it is no more."""
    columns = [row[1] for row in database.execute(f"PRAGMA dbo.table_info([changes {table}])")]
    keys = ", ".join(f"[{name}]" for name in columns[:-2])
    return (
        "(SELECT *, max(version) AS SYS_CHANGE_VERSION, CASE WHEN operation = 'D' THEN 'D' WHEN sum(operation = 'I') > 0"
        f" THEN 'I' ELSE 'U' END AS SYS_CHANGE_OPERATION FROM dbo.[changes {table}] WHERE version > {version}"
        f" GROUP BY {keys})"
    )


def _now() -> datetime:
    return datetime.now(timezone.utc).replace(tzinfo=None)


def _add(_unit: str, seconds: int, moment: str) -> str:
    return str(datetime.fromisoformat(moment) + timedelta(seconds=seconds))
