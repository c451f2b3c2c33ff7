"""What a binding wants of a database, whichever it is. Everything blocks; `worker.py` runs it beside the host."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

INSERT, UPDATE, DELETE = 0, 1, 2
"""`Operation` of a change (azure-functions-sql-extension, `SqlChangeOperation`)."""
UPDATED_AT = "az_func_updated_at"
"""The column that MySQL triggers go by (azure-functions-mysql-extension, `MySqlTriggerConstants`)."""
ATTEMPTS = 5
"""How often a change is tried (`MaxChangeProcessAttemptCount` of both extensions)."""


class SqlError(Exception):
    """A database cannot be used or refuses; the text is a whole sentence for the user, without any secret."""


class Key(NamedTuple):
    """A column of a primary key."""

    name: str
    generated: bool
    """Whether the database fills it in when a row does not bring it."""


class Table(NamedTuple):
    """What a table is made of."""

    columns: tuple[str, ...]
    keys: tuple[Key, ...]


class Change(NamedTuple):
    """A row that has changed since the last time."""

    operation: int
    item: Mapping[str, Any]
    token: Any
    """For `done`."""


class Database(Protocol):
    """One database. All methods raise SqlError."""

    def query(self, command: str, parameters: Mapping[str, str | None]) -> list[dict[str, Any]]:
        """The rows that a command gives; `@name` in it stands for a parameter."""

    def call(self, procedure: str, parameters: Mapping[str, str | None]) -> list[dict[str, Any]]:
        """The rows that a stored procedure gives."""

    def describe(self, table: str) -> Table:
        """A table's columns and keys; no columns: there is no such table."""

    def upsert(self, table: str, known: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Write rows, all or none; a row whose key is there is updated. Without the key's columns rows are added."""

    def watch(self, table: str, function: str) -> None:
        """Follow the changes of a table from now on, unless the function does so already."""

    def changes(self, table: str, function: str, limit: int) -> list[Change]:
        """Changes that the function has not had: one for each row, in their order."""

    def done(self, table: str, function: str, changes: Sequence[Change]) -> None:
        """The function has had these."""

    def close(self) -> None:
        """Give back what is held."""
