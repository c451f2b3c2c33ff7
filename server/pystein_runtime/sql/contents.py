"""What is in a local database: its tables and their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .sqlite import quoted

if TYPE_CHECKING:
    from .database import Database

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite#_%' ESCAPE '#' ORDER BY name"


def tables(database: Database) -> dict[str, int]:
    """The tables with the numbers of their rows.

    Raises:
        SqlError: the database cannot be read.
    """
    names = [str(row["name"]) for row in database.query(_TABLES, {})]
    return {name: database.query(f"SELECT count(*) AS n FROM {quoted(name)}", {})[0]["n"] for name in names}  # noqa: S608 - quoted


def page(database: Database, table: str, limit: int, offset: int) -> list[dict[str, Any]]:
    """Some rows of a table, in the order in which they were added.

    Raises:
        SqlError: it cannot be read.
    """
    return database.query(f"SELECT * FROM {quoted(table)} LIMIT {limit} OFFSET {offset}", {})  # noqa: S608 - quoted
