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
LEASE_SECONDS = 60
"""How long changes that were taken are nobody else's, unless that is renewed (`LeaseIntervalInSeconds`)."""


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
    """For `done` and `again`."""
    attempt: int = 1
    """How often it has been taken, with this time."""


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

    def watch(self, table: str, function: str, leases: str = "") -> None:
        """Follow the changes of a table from now on, unless the function does so already.

        Args:
            table: its name.
            function: what stands for the function in what is kept of it.
            leases: how the app calls the table for the leases, if it does.
        """

    def changes(self, table: str, function: str, limit: int) -> list[Change]:
        """Take changes that the function has not had: one for each row, in their order."""

    def done(self, table: str, function: str, changes: Sequence[Change]) -> None:
        """The function has had these."""

    def again(self, table: str, function: str, changes: Sequence[Change]) -> None:
        """Give these back: they come again, but for those that were tried ATTEMPTS times."""

    def renew(self, table: str, function: str, changes: Sequence[Change]) -> None:
        """The function is still at these: they are its own for another LEASE_SECONDS."""

    def close(self) -> None:
        """Give back what is held."""
