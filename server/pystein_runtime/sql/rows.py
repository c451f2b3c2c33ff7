"""Rows between JSON and databases.

Rules and texts: azure-functions-sql-extension, `SqlConverters` and `SqlAsyncCollector`.
"""

from __future__ import annotations

import base64
import json
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .database import SqlError, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def to_json(value: Any) -> str:
    """Rows or changes as JSON; moments in UTC with milliseconds, as the platform writes them."""
    return json.dumps(value, default=_plain, ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        moment = value.astimezone(timezone.utc) if value.tzinfo else value
        return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}T00:00:00.000Z"
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, bytes | bytearray):
        return base64.b64encode(value).decode()
    if isinstance(value, timedelta):
        return str(value).rjust(8, "0")
    return value.isoformat() if isinstance(value, time) else str(value)


def given(text: str) -> list[dict[str, Any]]:
    """The rows that a function set.

    Raises:
        SqlError: it is no JSON of an object, or of an array of objects.
    """
    try:
        content = json.loads(text)
    except ValueError:
        content = None
    found = content if isinstance(content, list) else [content]
    if not all(isinstance(item, dict) for item in found):
        raise SqlError("A row must be a JSON object, or several an array of them.")
    return found


def to_write(table: str, known: Table, rows: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[list[Any]]]:
    """The columns that are written, those of the first row, and each row's values in their order.

    Raises:
        SqlError: the rows do not fit the table.
    """
    if not known.columns:
        raise SqlError(f"Table {table} does not exist.")
    if not known.keys:
        raise SqlError(f"Did not retrieve any primary keys for {table}. Cannot generate upsert command without them.")
    columns = list(rows[0])
    if extra := [name for name in columns if name not in known.columns]:
        raise SqlError(
            f"The following properties do not exist in the table {table}: {', '.join(extra)}."
            f" Its columns: {', '.join(known.columns)}."
        )
    missing = [key for key in known.keys if key.name not in columns]
    if missing and not any(key.generated for key in known.keys):
        raise SqlError(
            f"All primary keys for SQL table {table} need to be found in the rows."
            f" Missing primary keys: [{','.join(key.name for key in missing)}]"
        )
    if not columns:
        raise SqlError("No property values found in item to upsert.")
    return columns, [[_scalar(name, row.get(name)) for name in columns] for row in rows]


def _scalar(column: str, value: Any) -> Any:
    if isinstance(value, dict | list):
        raise SqlError(f"The value for the column '{column}' must be a text, a number, true, false or null.")
    return value
