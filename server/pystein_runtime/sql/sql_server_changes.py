"""Changes of a table of SQL Server, as the platform follows them: change tracking, a state of each function, leases of rows.

Names of schema, tables, columns and locks, and when what is written: azure-functions-sql-extension, `SqlTriggerConstants`,
`SqlTriggerListener`, `SqlTableChangeMonitor` and `SqlTriggerBinding`. So a function that has run on the platform under
the same `WEBSITE_SITE_NAME` goes on where it was. Each function here runs in one transaction of its caller's.
"""

# ruff: noqa: S608 - names that go into statements are quoted, numbers are numbers

from __future__ import annotations

import hashlib
import uuid
from typing import TYPE_CHECKING, Any, NamedTuple

from . import tokens
from .database import ATTEMPTS, DELETE, INSERT, LEASE_SECONDS, UPDATE, Change, SqlError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_SCHEMA = "az_func"
_STATE = f"[{_SCHEMA}].[GlobalState]"
_VERSION, _ATTEMPTS, _EXPIRES = "_az_func_ChangeVersion", "_az_func_AttemptCount", "_az_func_LeaseExpirationTime"
_LOCK, _TABLE_LOCK = "_az_func_Trigger", "_az_func_TT_"
_LOCK_MILLISECONDS = 30000
_OPERATIONS = {"I": INSERT, "U": UPDATE, "D": DELETE}
_WITH_LENGTH = {"char", "varchar", "binary", "varbinary", "nchar", "nvarchar"}
_OF_TWO_BYTES = {"nchar", "nvarchar"}
_LATER = f"DATEADD(second, {LEASE_SECONDS}, SYSDATETIME())"
_ADVICE = (
    "Turn it on: ALTER DATABASE ... SET CHANGE_TRACKING = ON; ALTER TABLE {} ENABLE CHANGE_TRACKING. The account needs"
    " VIEW CHANGE TRACKING on the table."
)


class Followed(NamedTuple):
    """A table that is followed for a function."""

    table: str
    """Quoted."""
    id: int
    function: str
    """16 hexadecimal digits."""
    leases: str
    """The table with the leases, quoted."""
    columns: tuple[str, ...]
    keys: tuple[str, ...]


class _Token(NamedTuple):
    """What a change is found by in the leases."""

    version: int
    key: tuple[Any, ...]


def function_id(name: str) -> str:
    """What stands for a function: of `WEBSITE_SITE_NAME` and its name together, the platform's own."""
    digest = hashlib.sha256(name.encode()).digest()
    return uuid.UUID(bytes_le=digest[:16]).hex[:16]


def follow(cursor: Any, table: str, function: str, leases: str) -> Followed:
    """Make what is kept of a function and a table, where it is not there yet.

    Args:
        cursor: of the driver.
        table: its name.
        function: `function_id`.
        leases: the name of the table for the leases; empty for the usual one.

    Raises:
        SqlError: there is no such table, or it has no key, no change tracking, or columns that cannot be used.
    """
    quoted = quoted_name(table)
    id_ = _value(cursor, "SELECT OBJECT_ID(?, 'U')", quoted)
    if id_ is None:
        raise SqlError(f"Could not find table: '{table}'.")
    keys = _keys(cursor, table, id_)
    columns = _columns(cursor, table, id_)
    version = _value(cursor, "SELECT CHANGE_TRACKING_MIN_VALID_VERSION(?)", id_)
    if version is None:
        raise SqlError(f"Could not find change tracking enabled for table: '{table}'. {_ADVICE.format(quoted)}")
    place = f"[{_SCHEMA}].{quoted_column(leases or f'Leases_{function}_{id_}')}"
    _lock(cursor, _LOCK)
    if _value(cursor, "SELECT SCHEMA_ID(?)", _SCHEMA) is None:
        cursor.execute(f"EXEC ('CREATE SCHEMA {_SCHEMA}')")
    if _value(cursor, "SELECT OBJECT_ID(?, 'U')", _STATE) is None:
        cursor.execute(
            f"CREATE TABLE {_STATE} (UserFunctionID char(16) NOT NULL, UserTableID int NOT NULL, LastSyncVersion bigint"
            " NOT NULL, LastAccessTime datetime NOT NULL DEFAULT GETUTCDATE(), PRIMARY KEY (UserFunctionID, UserTableID))"
        )
    if _value(cursor, "SELECT OBJECT_ID(?, 'U')", place) is None:
        types = ", ".join(f"{quoted_column(name)} {type_}" for name, type_ in keys.items())
        names = ", ".join(map(quoted_column, keys))
        cursor.execute(
            f"CREATE TABLE {place} ({types}, {_VERSION} bigint NOT NULL, {_ATTEMPTS} int NOT NULL, {_EXPIRES} datetime2,"
            f" PRIMARY KEY ({names}))"
        )
    followed = Followed(quoted, int(id_), function, place, columns, tuple(keys))
    if _last_version(cursor, followed) is None:
        cursor.execute(
            f"INSERT INTO {_STATE} (UserFunctionID, UserTableID, LastSyncVersion) VALUES (?, ?, ?)",
            [function, id_, version],
        )
    return followed


def _keys(cursor: Any, table: str, id_: int) -> dict[str, str]:
    """The columns of the primary key with their types, as a table with leases has them."""
    found = rows_of(
        cursor,
        "SELECT c.name, t.name AS type, c.max_length, c.precision, c.scale, c.collation_name FROM sys.indexes AS i"
        " JOIN sys.index_columns AS k ON k.object_id = i.object_id AND k.index_id = i.index_id"
        " JOIN sys.columns AS c ON c.object_id = k.object_id AND c.column_id = k.column_id"
        " JOIN sys.types AS t ON t.user_type_id = c.user_type_id"
        " WHERE i.is_primary_key = 1 AND i.object_id = ? ORDER BY k.key_ordinal",
        [id_],
    )
    if not found:
        raise SqlError(f"Could not find primary key created in table: '{table}'.")
    return {row["name"]: _type(row) for row in found}


def _type(row: Mapping[str, Any]) -> str:
    name = str(row["type"]).lower()
    if name in _WITH_LENGTH:
        length = row["max_length"] // 2 if name in _OF_TWO_BYTES else row["max_length"]
        collation = f" COLLATE {row['collation_name']}" if row["collation_name"] else ""
        return f"{name}({length}){collation}"
    return f"{name}({row['precision']},{row['scale']})" if name in {"numeric", "decimal"} else name


def _columns(cursor: Any, table: str, id_: int) -> tuple[str, ...]:
    found = rows_of(
        cursor,
        "SELECT c.name, t.name AS type, t.is_assembly_type FROM sys.columns AS c"
        " JOIN sys.types AS t ON t.user_type_id = c.user_type_id WHERE c.object_id = ? ORDER BY c.column_id",
        [id_],
    )
    unknown = [f"'{row['name']}' (type: {row['type']})" for row in found if row["is_assembly_type"]]
    if unknown:
        raise SqlError(f"Found column(s) with unsupported type(s): {', '.join(unknown)} in table: '{table}'.")
    names = tuple(str(row["name"]) for row in found)
    reserved = [f"'{name}'" for name in names if name in {_VERSION, _ATTEMPTS, _EXPIRES}]
    if reserved:
        raise SqlError(
            f"Found reserved column name(s): {', '.join(reserved)} in table: '{table}'."
            " Please rename them to be able to use trigger binding."
        )
    return names


# -- changes ----------------------------------------------------------------------------------------------------------


def take(cursor: Any, followed: Followed, limit: int) -> list[Change]:
    """Changes that nobody has, with a lease on each."""
    _lock(cursor, f"{_TABLE_LOCK}{followed.id}")
    last = _last_version(cursor, followed) or 0
    oldest = _value(cursor, "SELECT CHANGE_TRACKING_MIN_VALID_VERSION(?)", followed.id) or 0
    if last < oldest:  # the server has forgotten what was before
        last = oldest
        _set_last_version(cursor, followed, last)
    columns = ", ".join(
        f"{'c' if name in followed.keys else 'u'}.{quoted_column(name)} AS {quoted_column(name)}"
        for name in followed.columns
    )
    found = rows_of(
        cursor,
        f"SELECT TOP ({limit}) {columns}, c.SYS_CHANGE_VERSION, c.SYS_CHANGE_OPERATION, l.{_ATTEMPTS}"
        f" FROM {_changes_since(followed, last)} AS c"
        f" LEFT OUTER JOIN {followed.leases} AS l ON {_same('l', followed)}"
        f" LEFT OUTER JOIN {followed.table} AS u ON {_same('u', followed)}"
        f" WHERE (l.{_EXPIRES} < SYSDATETIME() OR l.{_EXPIRES} IS NULL AND"
        f" (l.{_VERSION} IS NULL OR l.{_VERSION} < c.SYS_CHANGE_VERSION))"
        f" AND (l.{_ATTEMPTS} IS NULL OR l.{_ATTEMPTS} < {ATTEMPTS}) ORDER BY c.SYS_CHANGE_VERSION",
    )
    changes = [_change(followed, row) for row in found]
    for change, row in zip(changes, found, strict=True):
        if row[_ATTEMPTS] is None:
            names = ", ".join([*map(quoted_column, followed.keys), _VERSION])
            marks = ", ".join("?" * (len(followed.keys) + 1))
            cursor.execute(
                f"INSERT INTO {followed.leases} ({names}, {_ATTEMPTS}, {_EXPIRES}) VALUES ({marks}, 1, {_LATER})",
                [*change.token.key, change.token.version],
            )
        else:
            cursor.execute(
                f"UPDATE {followed.leases} SET {_VERSION} = ?, {_ATTEMPTS} = {_ATTEMPTS} + 1, {_EXPIRES} = {_LATER}"
                f" WHERE {_is_key(followed)}",
                [change.token.version, *change.token.key],
            )
    return changes


def _change(followed: Followed, row: Mapping[str, Any]) -> Change:
    operation = _OPERATIONS[str(row["SYS_CHANGE_OPERATION"]).strip()]
    names = followed.keys if operation == DELETE else followed.columns
    key = tuple(row[name] for name in followed.keys)
    item = {name: row[name] for name in names}
    return Change(operation, item, _Token(int(row["SYS_CHANGE_VERSION"]), key), (row[_ATTEMPTS] or 0) + 1)


def done(cursor: Any, followed: Followed, changes: Sequence[Change]) -> None:
    """The function has had these; the state goes on to where nothing before is left, and needs no leases of that."""
    _lock(cursor, f"{_TABLE_LOCK}{followed.id}")
    for token in _tokens(changes):
        cursor.execute(
            f"UPDATE {followed.leases} SET {_VERSION} = ?, {_ATTEMPTS} = 0, {_EXPIRES} = NULL"
            f" WHERE {_is_key(followed)} AND {_VERSION} <= ?",
            [token.version, *token.key, token.version],
        )
    # More of the last version may be to come: a batch ends anywhere.
    versions = sorted({token.version for token in _tokens(changes)})
    reached = versions[-2] if len(versions) > 1 else versions[0]
    last = _last_version(cursor, followed) or 0
    left = _value(
        cursor,
        f"SELECT COUNT(*) FROM {_changes_since(followed, last)} AS c"
        f" LEFT OUTER JOIN {followed.leases} AS l ON {_same('l', followed)} WHERE c.SYS_CHANGE_VERSION <= {reached}"
        f" AND (l.{_VERSION} IS NULL OR l.{_VERSION} <> c.SYS_CHANGE_VERSION OR l.{_EXPIRES} IS NOT NULL)"
        f" AND (l.{_ATTEMPTS} IS NULL OR l.{_ATTEMPTS} < {ATTEMPTS})",
    )
    if not left and last < reached:
        _set_last_version(cursor, followed, reached)
        cursor.execute(f"DELETE FROM {followed.leases} WHERE {_VERSION} <= ?", [reached])


def again(cursor: Any, followed: Followed, changes: Sequence[Change]) -> None:
    """End the leases of these now; the platform lets them run out."""
    _set_expiry(cursor, followed, changes, "SYSDATETIME()")


def renew(cursor: Any, followed: Followed, changes: Sequence[Change]) -> None:
    """Keep the leases of these."""
    _set_expiry(cursor, followed, changes, _LATER)


def _set_expiry(cursor: Any, followed: Followed, changes: Sequence[Change], moment: str) -> None:
    _lock(cursor, f"{_TABLE_LOCK}{followed.id}")
    for token in _tokens(changes):
        cursor.execute(
            f"UPDATE {followed.leases} SET {_EXPIRES} = {moment} WHERE {_is_key(followed)} AND {_VERSION} = ?",
            [*token.key, token.version],
        )


# -- pieces -----------------------------------------------------------------------------------------------------------


def _tokens(changes: Sequence[Change]) -> Iterable[_Token]:
    return (change.token for change in changes)


def _lock(cursor: Any, resource: str) -> None:
    """Nobody else changes what belongs to triggers until the transaction ends."""
    result = _value(
        cursor,
        "SET NOCOUNT ON; SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; DECLARE @result int;"
        f" EXEC @result = sp_getapplock @Resource = '{resource}',"
        f" @LockMode = 'Exclusive', @LockTimeout = {_LOCK_MILLISECONDS}; SELECT @result",
    )
    if result is not None and result < 0:
        raise SqlError(f"Unable to acquire exclusive lock on {resource}. Result = {result}")


def _changes_since(followed: Followed, version: int) -> str:
    return f"CHANGETABLE(CHANGES {followed.table}, {version})"


def _same(alias: str, followed: Followed) -> str:
    return " AND ".join(f"c.{quoted_column(key)} = {alias}.{quoted_column(key)}" for key in followed.keys)


def _is_key(followed: Followed) -> str:
    return " AND ".join(f"{quoted_column(key)} = ?" for key in followed.keys)


def _last_version(cursor: Any, followed: Followed) -> int | None:
    found: int | None = _value(
        cursor,
        f"SELECT LastSyncVersion FROM {_STATE} WHERE UserFunctionID = ? AND UserTableID = ?",
        followed.function, followed.id,
    )  # fmt: skip
    return found


def _set_last_version(cursor: Any, followed: Followed, version: int) -> None:
    cursor.execute(
        f"UPDATE {_STATE} SET LastSyncVersion = ? WHERE UserFunctionID = ? AND UserTableID = ?",
        [version, followed.function, followed.id],
    )


def rows_of(cursor: Any, command: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
    """The rows that a command gives, or none."""
    cursor.execute(command, *([list(values)] if values else []))
    if cursor.description is None:
        return []
    names = [item[0] for item in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _value(cursor: Any, command: str, *values: Any) -> Any:
    """The first value of the first row; None without one."""
    cursor.execute(command, *([list(values)] if values else []))
    found = cursor.fetchall()
    return found[0][0] if found else None


def quoted_column(name: str) -> str:
    """A name as statements have it."""
    return "[" + name.replace("]", "]]") + "]"


def quoted_name(name: str) -> str:
    """A table's or a procedure's name as statements have it."""
    return ".".join(quoted_column(part) for part in tokens.name_parts(name))
