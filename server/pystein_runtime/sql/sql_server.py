"""SQL Server and Azure SQL over mssql-python (the extra `sql`).

Statements: azure-functions-sql-extension, `SqlAsyncCollector`. It was never run against a server: none is to be had here.
"""

# ruff: noqa: D102, S608 - the docstrings are those of `Database`; names that go into statements are quoted

from __future__ import annotations

from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from . import sql_server_changes, sql_server_strings, tokens
from .connection_strings import first, parts
from .database import Change, Key, SqlError, Table
from .sql_server_changes import Followed, quoted_column, quoted_name, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

_SECONDS = 15  # until a server counts as out of reach, where the connection string says nothing


class SqlServer:
    """One database of a server."""

    def __init__(self, connection_string: str) -> None:
        try:
            self._library: Any = import_module("mssql_python")
        except ImportError as error:
            raise SqlError(
                f"SQL Server needs the package mssql-python ({error}): install it with pip install 'pystein-lsp[sql]'."
            ) from error
        known = parts(connection_string)
        self._text = sql_server_strings.for_driver(known)
        self._seconds = sql_server_strings.seconds(known) or _SECONDS
        self._server = first(known, *sql_server_strings.SERVER)
        self._connection: Any = None
        self._followed: dict[tuple[str, str], Followed] = {}

    def query(self, command: str, parameters: Mapping[str, str | None]) -> list[dict[str, Any]]:
        known = {name.lower(): value for name, value in parameters.items()}
        values: list[Any] = []

        def mark(name: str) -> str:
            if name.lower() not in known:
                return f"@{name}"
            values.append(known[name.lower()])
            return "?"

        with self._cursor("The command cannot be run") as cursor:
            return rows_of(cursor, tokens.with_parameters(command, mark), values)

    def call(self, procedure: str, parameters: Mapping[str, str | None]) -> list[dict[str, Any]]:
        arguments = ", ".join(f"@{name} = ?" for name in parameters)
        with self._cursor(f"The procedure {procedure} cannot be called") as cursor:
            return rows_of(cursor, f"EXEC {quoted_name(procedure)} {arguments}", list(parameters.values()))

    def describe(self, table: str) -> Table:
        with self._cursor(f"The table {table} cannot be looked at") as cursor:
            columns = rows_of(
                cursor, "SELECT name, is_identity, default_object_id FROM sys.columns WHERE object_id = OBJECT_ID(?)"
                " ORDER BY column_id", [quoted_name(table)],
            )  # fmt: skip
            keys = rows_of(
                cursor, "SELECT c.name FROM sys.indexes i JOIN sys.index_columns k ON k.object_id = i.object_id AND"
                " k.index_id = i.index_id JOIN sys.columns c ON c.object_id = k.object_id AND c.column_id = k.column_id"
                " WHERE i.is_primary_key = 1 AND i.object_id = OBJECT_ID(?) ORDER BY k.key_ordinal", [quoted_name(table)],
            )  # fmt: skip
        generated = {row["name"] for row in columns if row["is_identity"] or row["default_object_id"]}
        return Table(
            tuple(row["name"] for row in columns), tuple(Key(row["name"], row["name"] in generated) for row in keys)
        )

    def upsert(self, table: str, known: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        names = ", ".join(map(quoted_column, columns))
        marks = ", ".join("?" * len(columns))
        keys = [key.name for key in known.keys]
        if all(key in columns for key in keys):
            match = " AND ".join(f"old.{quoted_column(key)} = new.{quoted_column(key)}" for key in keys)
            others = [name for name in columns if name not in keys]
            updates = ", ".join(f"old.{quoted_column(name)} = new.{quoted_column(name)}" for name in others)
            update = f" WHEN MATCHED THEN UPDATE SET {updates}" if others else ""
            new = ", ".join(f"new.{quoted_column(name)}" for name in columns)
            command = (
                f"MERGE INTO {quoted_name(table)} WITH (HOLDLOCK) AS old USING (VALUES ({marks})) AS new ({names}) ON {match}"
                f"{update} WHEN NOT MATCHED THEN INSERT ({names}) VALUES ({new});"
            )
        else:
            command = f"INSERT INTO {quoted_name(table)} ({names}) VALUES ({marks})"
        with self._cursor(f"The rows cannot be written to {table}") as cursor:
            for row in rows:
                cursor.execute(command, list(row))

    def watch(self, table: str, function: str, leases: str = "") -> None:
        id_ = sql_server_changes.function_id(function)
        with self._cursor(f"The changes of {table} cannot be followed") as cursor:
            self._followed[table, function] = sql_server_changes.follow(cursor, table, id_, leases)

    def changes(self, table: str, function: str, limit: int) -> list[Change]:
        with self._cursor(f"The changes of {table} cannot be read") as cursor:
            return sql_server_changes.take(cursor, self._followed[table, function], limit)

    def done(self, table: str, function: str, changes: Sequence[Change]) -> None:
        with self._leases(table) as cursor:
            sql_server_changes.done(cursor, self._followed[table, function], changes)

    def again(self, table: str, function: str, changes: Sequence[Change]) -> None:
        with self._leases(table) as cursor:
            sql_server_changes.again(cursor, self._followed[table, function], changes)

    def renew(self, table: str, function: str, changes: Sequence[Change]) -> None:
        with self._leases(table) as cursor:
            sql_server_changes.renew(cursor, self._followed[table, function], changes)

    def _leases(self, table: str) -> AbstractContextManager[Any]:
        return self._cursor(f"The position in the changes of {table} cannot be kept")

    @contextmanager
    def _cursor(self, what: str) -> Iterator[Any]:
        """A cursor in a transaction of its own, on a connection that is made again after it was lost."""
        try:
            if self._connection is None:
                self._connection = self._library.connect(self._text, timeout=self._seconds)
            cursor = self._connection.cursor()
            yield cursor
            self._connection.commit()
            cursor.close()
        except Exception as error:
            reached = self._connection is not None
            self.close()
            if isinstance(error, SqlError):
                raise
            text = sql_server_strings.explained(str(error))
            if not reached:
                raise SqlError(f"The SQL Server {self._server} cannot be reached: {text}.") from error
            raise SqlError(f"{what}: {text}.") from error

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
