"""SQL Server and Azure SQL over mssql-python (the extra `sql`): inputs and outputs.

Statements: azure-functions-sql-extension, `SqlAsyncCollector`. Changes are not followed: that needs change tracking and
lease tables on a server that this was never run against.
"""

# ruff: noqa: D102, S608 - the docstrings are those of `Database`; names that go into statements are quoted

from __future__ import annotations

from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from . import tokens
from .connection_strings import first, parts
from .database import Change, Key, SqlError, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_NO_TRIGGER = (
    "This version does not follow the changes of a real SQL Server: run the function by hand, or leave the connection"
    " empty to use the local database."
)


class SqlServer:
    """One database of a server."""

    def __init__(self, connection_string: str) -> None:
        try:
            self._library: Any = import_module("mssql_python")
        except ImportError as error:
            raise SqlError(
                f"SQL Server needs the package mssql-python ({error}): install it with pip install 'pystein-lsp[sql]'."
            ) from error
        self._text = connection_string
        self._server = first(parts(connection_string), "server", "datasource", "address", "addr", "networkaddress")
        self._connection: Any = None

    def query(self, command: str, parameters: Mapping[str, str | None]) -> list[dict[str, Any]]:
        known = {name.lower(): value for name, value in parameters.items()}
        values: list[Any] = []

        def mark(name: str) -> str:
            if name.lower() not in known:
                return f"@{name}"
            values.append(known[name.lower()])
            return "?"

        with self._cursor("The command cannot be run") as cursor:
            return _run(cursor, tokens.with_parameters(command, mark), values)

    def call(self, procedure: str, parameters: Mapping[str, str | None]) -> list[dict[str, Any]]:
        arguments = ", ".join(f"@{name} = ?" for name in parameters)
        with self._cursor(f"The procedure {procedure} cannot be called") as cursor:
            return _run(cursor, f"EXEC {_quoted(procedure)} {arguments}", list(parameters.values()))

    def describe(self, table: str) -> Table:
        with self._cursor(f"The table {table} cannot be looked at") as cursor:
            columns = _run(
                cursor, "SELECT name, is_identity, default_object_id FROM sys.columns WHERE object_id = OBJECT_ID(?)"
                " ORDER BY column_id", [_quoted(table)],
            )  # fmt: skip
            keys = _run(
                cursor, "SELECT c.name FROM sys.indexes i JOIN sys.index_columns k ON k.object_id = i.object_id AND"
                " k.index_id = i.index_id JOIN sys.columns c ON c.object_id = k.object_id AND c.column_id = k.column_id"
                " WHERE i.is_primary_key = 1 AND i.object_id = OBJECT_ID(?) ORDER BY k.key_ordinal", [_quoted(table)],
            )  # fmt: skip
        generated = {row["name"] for row in columns if row["is_identity"] or row["default_object_id"]}
        return Table(
            tuple(row["name"] for row in columns), tuple(Key(row["name"], row["name"] in generated) for row in keys)
        )

    def upsert(self, table: str, known: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        names = ", ".join(map(_column, columns))
        marks = ", ".join("?" * len(columns))
        keys = [key.name for key in known.keys]
        if all(key in columns for key in keys):
            match = " AND ".join(f"old.{_column(key)} = new.{_column(key)}" for key in keys)
            others = [name for name in columns if name not in keys]
            updates = ", ".join(f"old.{_column(name)} = new.{_column(name)}" for name in others)
            update = f" WHEN MATCHED THEN UPDATE SET {updates}" if others else ""
            new = ", ".join(f"new.{_column(name)}" for name in columns)
            command = (
                f"MERGE INTO {_quoted(table)} WITH (HOLDLOCK) AS old USING (VALUES ({marks})) AS new ({names}) ON {match}"
                f"{update} WHEN NOT MATCHED THEN INSERT ({names}) VALUES ({new});"
            )
        else:
            command = f"INSERT INTO {_quoted(table)} ({names}) VALUES ({marks})"
        with self._cursor(f"The rows cannot be written to {table}") as cursor:
            for row in rows:
                cursor.execute(command, list(row))

    def watch(self, table: str, function: str) -> None:  # noqa: ARG002
        raise SqlError(_NO_TRIGGER)

    def changes(self, table: str, function: str, limit: int) -> list[Change]:  # noqa: ARG002
        raise SqlError(_NO_TRIGGER)

    def done(self, table: str, function: str, changes: Sequence[Change]) -> None:  # noqa: ARG002
        raise SqlError(_NO_TRIGGER)

    @contextmanager
    def _cursor(self, what: str) -> Iterator[Any]:
        """A cursor in a transaction of its own."""
        try:
            if self._connection is None:
                self._connection = self._library.connect(self._text)
            cursor = self._connection.cursor()
            yield cursor
            self._connection.commit()
            cursor.close()
        except Exception as error:
            if self._connection is None:
                raise SqlError(f"The SQL Server {self._server} cannot be reached: {str(error).rstrip('.')}.") from error
            self.close()
            raise SqlError(f"{what}: {str(error).rstrip('.')}.") from error

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _run(cursor: Any, command: str, values: Sequence[Any]) -> list[dict[str, Any]]:
    cursor.execute(command, *([list(values)] if values else []))
    if cursor.description is None:
        return []
    names = [item[0] for item in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _column(name: str) -> str:
    return "[" + name.replace("]", "]]") + "]"


def _quoted(name: str) -> str:
    return ".".join(_column(part) for part in tokens.name_parts(name))
