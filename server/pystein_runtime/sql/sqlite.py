"""The local database: SQLite in a file, for SQL Server's and MySQL's bindings alike.

Commands run in SQLite's own SQL; `dialect.py` puts the usual ones of T-SQL into it. Changes are followed by triggers that
write them down.
"""

# ruff: noqa: D102, S608 - the docstrings are those of `Database`; names that go into statements are quoted

from __future__ import annotations

import json
import sqlite3
import uuid
from contextlib import contextmanager
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from . import tokens
from .database import ATTEMPTS, DELETE, INSERT, UPDATE, UPDATED_AT, Change, Key, SqlError, Table
from .dialect import in_sqlite

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_OPERATIONS = {"INSERT": INSERT, "UPDATE": UPDATE, "DELETE": DELETE}
STATE = "az_func_"
"""How the names of tables begin that triggers keep their state in."""
_STATE = """
CREATE TABLE IF NOT EXISTS az_func_changes
    (number INTEGER PRIMARY KEY AUTOINCREMENT, "table" TEXT, operation INTEGER, key TEXT);
CREATE TABLE IF NOT EXISTS az_func_positions ("table" TEXT, function TEXT, number INTEGER, PRIMARY KEY ("table", function));
CREATE TABLE IF NOT EXISTS az_func_failures
    ("table" TEXT, function TEXT, until INTEGER, attempts INTEGER, PRIMARY KEY ("table", function));
"""


class Sqlite:
    """A database in a file; made with a script, where there is one, when it is first opened."""

    def __init__(self, path: Path, schema: Path, *, mysql: bool) -> None:
        self._mysql = mysql
        """Whether it stands for MySQL, whose triggers see no deletions and no difference between the others."""
        self._schema = schema
        is_new = not path.exists()
        with self._refusing(f"The local database {path} cannot be opened"):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=10.0, isolation_level=None)
            self._connection.row_factory = sqlite3.Row
            self._connection.execute("PRAGMA journal_mode=WAL")
        self._add_functions()
        if is_new and schema.is_file():
            try:
                self._run_script(schema)
            except SqlError:
                self._connection.close()
                path.unlink(missing_ok=True)
                raise

    def _run_script(self, schema: Path) -> None:
        with self._refusing(f"{schema.name} cannot be run in the new local database"):
            self._connection.executescript(in_sqlite(schema.read_text("utf-8-sig")))

    def _add_functions(self) -> None:
        def now() -> str:
            return datetime.now(timezone.utc).isoformat(" ", "milliseconds")[:-6]

        for name, count, function in (
            ("GETDATE", 0, now), ("GETUTCDATE", 0, now), ("SYSDATETIME", 0, now), ("SYSUTCDATETIME", 0, now),
            ("NOW", 0, now), ("NEWID", 0, lambda: str(uuid.uuid4())), ("UUID", 0, lambda: str(uuid.uuid4())),
            ("LEN", 1, lambda text: None if text is None else len(str(text).rstrip())),
            ("CONCAT", -1, lambda *parts: "".join("" if part is None else str(part) for part in parts)),
        ):  # fmt: skip
            self._connection.create_function(name, count, function)

    def query(self, command: str, parameters: Mapping[str, str | None]) -> list[dict[str, Any]]:
        with self._refusing("The command cannot be run in the local database, which is SQLite"):
            rows = self._connection.execute(in_sqlite(command), _Named(parameters)).fetchall()
        return [{name: row[name] for name in row.keys()} for row in rows]  # noqa: SIM118 - a Row is no mapping

    def call(self, procedure: str, parameters: Mapping[str, str | None]) -> list[dict[str, Any]]:  # noqa: ARG002 - the interface
        raise SqlError(f"The local database is SQLite and has no stored procedures: '{procedure}' needs a real server.")

    def describe(self, table: str) -> Table:
        with self._refusing(f"The table {table} cannot be looked at"):
            found = self._connection.execute(f"PRAGMA table_info({quoted(_name(table))})").fetchall()
        keys = sorted((row for row in found if row["pk"]), key=lambda row: int(row["pk"]))
        alone = len(keys) == 1
        return Table(
            tuple(row["name"] for row in found),
            tuple(
                Key(row["name"], row["dflt_value"] is not None or (alone and row["type"].upper() == "INTEGER"))
                for row in keys
            ),
        )

    def upsert(self, table: str, known: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        keys = [key.name for key in known.keys]
        names = ", ".join(map(quoted, columns))
        command = f"INSERT INTO {quoted(_name(table))} ({names}) VALUES ({', '.join('?' * len(columns))})"
        if all(key in columns for key in keys):
            others = ", ".join(f"{quoted(name)} = excluded.{quoted(name)}" for name in columns)
            command += f" ON CONFLICT ({', '.join(map(quoted, keys))}) DO UPDATE SET {others}"
        with self._refusing(f"The rows cannot be written to {table}"), self._transaction():
            self._connection.executemany(command, rows)

    # -- changes ------------------------------------------------------------------------------------------

    def watch(self, table: str, function: str, leases: str = "") -> None:  # noqa: ARG002 - the interface
        known = self.describe(table)
        if not known.columns:
            raise SqlError(f"Could not find table: '{table}'.{self._advice()}")
        if not known.keys:
            raise SqlError(f"Could not find primary key(s) for table: '{table}'.")
        if self._mysql and UPDATED_AT not in known.columns:
            raise SqlError(
                f"The specified table does not have the column named '{UPDATED_AT}', hence trigger binding cannot be"
                " created on this table."
            )
        name = _followed(table)
        with self._refusing(f"The changes of {table} cannot be followed"):
            self._connection.executescript(_STATE)
            for event, operation in _OPERATIONS.items():
                rows = ("OLD", "NEW") if event == "UPDATE" else ("OLD",) if event == "DELETE" else ("NEW",)
                self._connection.execute(_trigger(name, event, operation, known, rows))
            self._connection.execute("INSERT OR IGNORE INTO az_func_positions VALUES (?, ?, 0)", (name, function))

    def changes(self, table: str, function: str, limit: int) -> list[Change]:
        name, keys = _followed(table), [key.name for key in self.describe(table).keys]
        with self._refusing(f"The changes of {table} cannot be read"), self._transaction("DEFERRED"):
            until, attempts = self._failures(name, function)
            found = self._connection.execute(
                'SELECT key, max(number) AS last, min(number) AS first FROM az_func_changes WHERE "table" = ? AND number >'
                ' (SELECT number FROM az_func_positions WHERE "table" = ? AND function = ?)'
                " AND (? IS NULL OR number <= ?) GROUP BY key ORDER BY last LIMIT ?",
                (name, name, function, until, until, limit),
            ).fetchall()
            changes = [self._change(name, keys, row)._replace(attempt=attempts + 1) for row in found]
        wanted = [change for change in changes if not (self._mysql and change.operation == DELETE)]
        if not wanted:
            self.done(table, function, changes)
        return wanted

    def _failures(self, name: str, function: str) -> tuple[int | None, int]:
        """The last change of those that failed, which come again by themselves, and how often they did."""
        row = self._connection.execute(
            'SELECT until, attempts FROM az_func_failures WHERE "table" = ? AND function = ?', (name, function)
        ).fetchone()
        return (None, 0) if row is None else (row["until"], row["attempts"])

    def _change(self, table: str, keys: Sequence[str], row: sqlite3.Row) -> Change:
        values = json.loads(row["key"])
        condition = " AND ".join(f"{quoted(key)} IS ?" for key in keys)
        current = self._connection.execute(f"SELECT * FROM {quoted(table)} WHERE {condition}", values).fetchone()
        if current is None:
            return Change(DELETE, dict(zip(keys, values, strict=True)), row["last"])
        item = {name: current[name] for name in current.keys()}  # noqa: SIM118 - a Row is no mapping
        if self._mysql:
            return Change(0, {**item, "_az_func_AttemptCount": None, "_az_func_LeaseExpirationTime": None}, row["last"])
        inserted = self._connection.execute(
            'SELECT 1 FROM az_func_changes WHERE "table" = ? AND key = ? AND number >= ? AND operation = ?',
            (table, row["key"], row["first"], INSERT),
        ).fetchone()
        return Change(UPDATE if inserted is None else INSERT, item, row["last"])

    def done(self, table: str, function: str, changes: Sequence[Change]) -> None:
        if not changes:
            return
        name = _followed(table)
        with self._refusing(f"The position in the changes of {table} cannot be kept"), self._transaction():
            self._connection.execute(
                'UPDATE az_func_positions SET number = ? WHERE "table" = ? AND function = ?',
                (max(change.token for change in changes), name, function),
            )
            self._connection.execute(
                'DELETE FROM az_func_failures WHERE "table" = ? AND function = ?', (name, function)
            )
            self._connection.execute(
                'DELETE FROM az_func_changes WHERE "table" = ? AND number <='
                ' (SELECT min(number) FROM az_func_positions WHERE "table" = ?)',
                (name, name),
            )

    def again(self, table: str, function: str, changes: Sequence[Change]) -> None:
        if not changes or changes[0].attempt >= ATTEMPTS:
            self.done(table, function, changes)
            return
        name = _followed(table)
        with self._refusing(f"The position in the changes of {table} cannot be kept"), self._transaction():
            self._connection.execute(
                "INSERT OR REPLACE INTO az_func_failures VALUES (?, ?, ?, ?)",
                (name, function, max(change.token for change in changes), changes[0].attempt),
            )

    def renew(self, table: str, function: str, changes: Sequence[Change]) -> None:
        """Nobody else takes them: one host runs for an app."""

    def close(self) -> None:
        self._connection.close()

    def _advice(self) -> str:
        return f" Tables of the local database are made by {self._schema.name} in the app's folder when it is first opened."

    @contextmanager
    def _transaction(self, kind: str = "IMMEDIATE") -> Iterator[None]:
        self._connection.execute(f"BEGIN {kind}")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    @contextmanager
    def _refusing(self, what: str) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
            advice = self._advice() if "no such table" in str(error) else ""
            raise SqlError(f"{what}: {error}.{advice}") from error


class _Named(dict[str, Any]):
    """Parameters without regard to case, as SQL Server has them."""

    def __init__(self, parameters: Mapping[str, str | None]) -> None:
        super().__init__({name.lower(): value for name, value in parameters.items()})

    def __getitem__(self, name: str) -> Any:
        return super().__getitem__(name.lower())


def _trigger(table: str, event: str, operation: int, known: Table, rows: tuple[str, ...]) -> str:
    """A trigger that writes down the key of each row: of the old and the new one, where the key itself changes."""
    statements = []
    for row in rows:
        key = ", ".join(f"{row}.{quoted(item.name)}" for item in known.keys)
        text = table.replace("'", "''")
        change = f"VALUES ('{text}', {operation}, json_array({key}))"
        if len(rows) == 2 and row == "OLD":
            moved = " OR ".join(f"OLD.{quoted(item.name)} IS NOT NEW.{quoted(item.name)}" for item in known.keys)
            change = f"SELECT '{text}', {DELETE}, json_array({key}) WHERE {moved}"
        statements.append(f'INSERT INTO az_func_changes ("table", operation, key) {change};')
    name = quoted(f"az_func_{table}_{event}")
    return f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {event} ON {quoted(table)} BEGIN {' '.join(statements)} END"


def _name(table: str) -> str:
    """A table's name without its schema."""
    return tokens.name_parts(table)[-1]


def _followed(table: str) -> str:
    """A table's name in what is written down of changes: functions may write it in another case."""
    return _name(table).lower()


def quoted(name: str) -> str:
    """A name as statements have it."""
    return '"' + name.replace('"', '""') + '"'
