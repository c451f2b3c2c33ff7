"""MySQL and MariaDB over PyMySQL (the extra `mysql`).

Changes are found as the platform finds them, by a column with the time of the last update, and kept track of in the same
tables (azure-functions-mysql-extension, `MySqlTableChangeMonitor` and `MySqlTriggerListener`). The platform loses updates
in the second of its start and of the last delivery; here the time that was delivered is what is kept.
"""

# ruff: noqa: D102, S608 - the docstrings are those of `Database`; names that go into statements are quoted

from __future__ import annotations

import hashlib
import ssl
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from . import tokens
from .connection_strings import first, parts
from .database import ATTEMPTS, LEASE_SECONDS, UPDATED_AT, Change, Key, SqlError, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_STATE = "az_func_mysql"
_SECONDS = 10
_ATTEMPTS, _EXPIRES, _COMPLETED = "_az_func_AttemptCount", "_az_func_LeaseExpirationTime", "_az_func_SyncCompletedTime"
_EXACTLY = "_az_func_exactly"
_LATER = f"DATE_ADD(CURRENT_TIMESTAMP, INTERVAL {LEASE_SECONDS} SECOND)"


class Mysql:
    """One database of a server."""

    def __init__(self, connection_string: str) -> None:
        try:
            self._library: Any = import_module("pymysql")
        except ImportError as error:
            raise SqlError(
                f"MySQL needs the package pymysql ({error}): install it with pip install 'pystein-lsp[mysql]'."
            ) from error
        known = parts(connection_string)
        self._server = first(known, "server", "host", "datasource", "address")
        self._options = {
            "host": self._server,
            "port": _port(first(known, "port") or "3306"),
            "user": first(known, "uid", "userid", "user", "username"),
            "password": first(known, "pwd", "password"),
            "database": first(known, "database", "initialcatalog") or None,
            **({"unix_socket": known["socket"]} if known.get("socket") else {}),
            **_tls(known),
        }
        self._connection: Any = None
        self._tables: dict[str, Table] = {}
        self._leases: dict[tuple[str, str], str] = {}
        """The table with the leases of a table and a function, quoted."""

    # -- for bindings -------------------------------------------------------------------------------------

    def query(self, command: str, parameters: Mapping[str, str | None]) -> list[dict[str, Any]]:
        with self._cursor("The command cannot be run") as cursor:
            return _run(cursor, *_named(command, parameters))

    def call(self, procedure: str, parameters: Mapping[str, str | None]) -> list[dict[str, Any]]:
        with self._cursor(f"The procedure {procedure} cannot be called") as cursor:
            marks = ", ".join(["%s"] * len(parameters))
            return _run(cursor, f"CALL {_quoted(procedure)}({marks})", list(parameters.values()))

    def describe(self, table: str) -> Table:
        *schema, name = tokens.name_parts(table)
        with self._cursor(f"The table {table} cannot be looked at") as cursor:
            found = _run(
                cursor,
                "SELECT column_name AS name, column_key AS place, column_default AS preset, extra AS extra"
                " FROM information_schema.columns WHERE table_name = %s AND table_schema = coalesce(%s, database())"
                " ORDER BY ordinal_position",
                [name, schema[-1] if schema else None],
            )
        keys = [
            Key(row["name"], row["preset"] is not None or "auto_increment" in str(row["extra"]).lower())
            for row in found
            if row["place"] == "PRI"
        ]
        return Table(tuple(row["name"] for row in found), tuple(keys))

    def upsert(self, table: str, known: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:  # noqa: ARG002 - the interface
        names = ", ".join(map(_column, columns))
        updates = ", ".join(f"{_column(name)} = VALUES({_column(name)})" for name in columns)
        command = (
            f"INSERT INTO {_quoted(table)} ({names}) VALUES ({', '.join(['%s'] * len(columns))})"
            f" ON DUPLICATE KEY UPDATE {updates}"
        )
        with self._cursor(f"The rows cannot be written to {table}") as cursor:
            cursor.executemany(command, rows)

    # -- changes ------------------------------------------------------------------------------------------

    def watch(self, table: str, function: str, leases: str = "") -> None:
        known = self.describe(table)
        if not known.columns:
            raise SqlError(f"Could not find the specified table {table} in the database.")
        if not known.keys:
            raise SqlError(f"Could not find primary key(s) for table: '{table}'.")
        if UPDATED_AT not in known.columns:
            raise SqlError(
                f"The specified table does not have the column named '{UPDATED_AT}', hence trigger binding cannot be"
                " created on this table."
            )
        self._tables[table] = known
        self._leases[table, function] = (
            f"{_STATE}.{_column(leases or f'Leases_{_id(function)}_{self._table_id(table)}')}"
        )
        keys = ", ".join(_column(key.name) for key in known.keys)
        with self._cursor(f"The changes of {table} cannot be followed") as cursor:
            cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {_STATE}")
            cursor.execute(
                f"CREATE TABLE IF NOT EXISTS {_STATE}.GlobalState (UserFunctionID char(16) NOT NULL, UserTableID char(64)"
                " NOT NULL, LastPolledTime Datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,"
                " PRIMARY KEY (UserFunctionID, UserTableID))"
            )
            cursor.execute(
                f"INSERT IGNORE INTO {_STATE}.GlobalState VALUES (%s, %s, DATE_SUB(CURRENT_TIMESTAMP, INTERVAL 1 SECOND))",
                [_id(function), self._table_id(table)],
            )
            cursor.execute(
                f"CREATE TABLE IF NOT EXISTS {self._leases[table, function]} AS SELECT {keys} FROM {_quoted(table)} WHERE FALSE"
            )
            found = _run(cursor, f"SHOW COLUMNS FROM {self._leases[table, function]} LIKE '{_ATTEMPTS}'", [])
            if not found:
                cursor.execute(
                    f"ALTER TABLE {self._leases[table, function]} ADD COLUMN {_ATTEMPTS} int NOT NULL DEFAULT 1,"
                    f" ADD COLUMN {_EXPIRES} Datetime, ADD COLUMN {_COMPLETED} Datetime(6), ADD PRIMARY KEY ({keys})"
                )

    def changes(self, table: str, function: str, limit: int) -> list[Change]:
        known = self._tables[table]
        names = ", ".join(f"u.{_column(name)}" for name in known.columns if name != UPDATED_AT)
        keys = [key.name for key in known.keys]
        join = " AND ".join(f"u.{_column(key)} = l.{_column(key)}" for key in keys)
        order = ", ".join(f"u.{_column(key)}" for key in keys)
        leases = self._leases[table, function]
        with self._cursor(f"The changes of {table} cannot be read") as cursor:
            found = _run(
                cursor,
                f"SELECT {names}, DATE_FORMAT(u.{UPDATED_AT}, '%%Y-%%m-%%d %%H:%%i:%%s') AS {UPDATED_AT},"
                f" l.{_ATTEMPTS}, l.{_EXPIRES}, u.{UPDATED_AT} AS {_EXACTLY}"
                f" FROM {_quoted(table)} AS u LEFT JOIN {leases} AS l ON {join}"
                f" WHERE u.{UPDATED_AT} > (SELECT LastPolledTime FROM {_STATE}.GlobalState"
                " WHERE UserFunctionID = %s AND UserTableID = %s)"
                f" AND (l.{_EXPIRES} IS NULL OR l.{_EXPIRES} < CURRENT_TIMESTAMP)"
                f" AND (l.{_ATTEMPTS} IS NULL OR l.{_ATTEMPTS} < {ATTEMPTS})"
                f" AND (l.{_COMPLETED} IS NULL OR l.{_COMPLETED} < u.{UPDATED_AT})"
                f" ORDER BY u.{UPDATED_AT}, {order} LIMIT %s",
                [_id(function), self._table_id(table), limit],
            )
            if found:
                columns = ", ".join(map(_column, keys))
                cursor.executemany(
                    f"INSERT INTO {leases} ({columns}, {_ATTEMPTS}, {_EXPIRES})"
                    f" VALUES ({', '.join(['%s'] * len(keys))}, 1, {_LATER})"
                    f" ON DUPLICATE KEY UPDATE {_ATTEMPTS} = {_ATTEMPTS} + 1, {_EXPIRES} = {_LATER}",
                    [[row[key] for key in keys] for row in found],
                )
        return [
            Change(0, row, [row.pop(_EXACTLY), *(row[key] for key in keys)], (row[_ATTEMPTS] or 0) + 1) for row in found
        ]

    def done(self, table: str, function: str, changes: Sequence[Change]) -> None:
        values = f"{_ATTEMPTS} = 0, {_EXPIRES} = NULL, {_COMPLETED} = %s"
        self._update_leases(table, function, values, [change.token for change in changes])

    def again(self, table: str, function: str, changes: Sequence[Change]) -> None:
        values = f"{_EXPIRES} = DATE_SUB(CURRENT_TIMESTAMP, INTERVAL 1 SECOND)"
        self._update_leases(table, function, values, [change.token[1:] for change in changes])

    def renew(self, table: str, function: str, changes: Sequence[Change]) -> None:
        self._update_leases(table, function, f"{_EXPIRES} = {_LATER}", [change.token[1:] for change in changes])

    def _update_leases(self, table: str, function: str, values: str, rows: Sequence[Sequence[Any]]) -> None:
        condition = " AND ".join(f"{_column(key.name)} = %s" for key in self._tables[table].keys)
        with self._cursor(f"The position in the changes of {table} cannot be kept") as cursor:
            cursor.executemany(f"UPDATE {self._leases[table, function]} SET {values} WHERE {condition}", rows)

    def _table_id(self, table: str) -> str:
        """Names a table in what is kept beside all databases of the server."""
        return _id(f"{self._options['database'] or ''}.{table}")

    # -- the connection -----------------------------------------------------------------------------------

    @contextmanager
    def _cursor(self, what: str) -> Iterator[Any]:
        """A cursor in a transaction of its own, on a connection that is made again after it was lost."""
        self._forget_if_lost()
        try:
            if self._connection is None:
                self._connection = self._library.connect(
                    **self._options,
                    connect_timeout=_SECONDS,
                    cursorclass=self._library.cursors.DictCursor,
                    autocommit=False,
                )
            with self._connection.cursor() as cursor:
                yield cursor
            self._connection.commit()
        except (self._library.MySQLError, OSError) as error:
            if self._connection is None:
                raise SqlError(f"The MySQL server {self._server} cannot be reached: {_text(error)}.") from error
            self._forget()
            raise SqlError(f"{what}: {_text(error)}.") from error
        except BaseException:
            self._forget()
            raise

    def _forget_if_lost(self) -> None:
        if self._connection is not None:
            try:
                self._connection.ping(reconnect=False)
            except (self._library.MySQLError, OSError):
                self._forget()

    def _forget(self) -> None:
        connection, self._connection = self._connection, None
        try:
            connection.close()
        except (self._library.MySQLError, OSError):  # it was lost before
            return

    def close(self) -> None:
        if self._connection is not None:
            self._forget()


def _run(cursor: Any, command: str, values: Sequence[Any]) -> list[dict[str, Any]]:
    cursor.execute(command, values or None)
    return [] if cursor.description is None else list(cursor.fetchall())


def _named(command: str, parameters: Mapping[str, str | None]) -> tuple[str, list[Any]]:
    """A command with marks for those of its `@names` that are parameters, and their values."""
    known = {name.lower(): value for name, value in parameters.items()}
    values: list[Any] = []

    def mark(name: str) -> str:
        if name.lower() not in known:
            return f"@{name}"  # a variable of the session
        values.append(known[name.lower()])
        return "%s"

    def plain(text: str) -> str:
        return text.replace("%", "%%") if known else text

    marked = tokens.with_parameters(command, mark, plain)
    return (marked, values) if values else (command, values)


def _port(text: str) -> int:
    if not text.isdecimal():
        raise SqlError(f"The port '{text}' of the connection string is not a number.")
    return int(text)


def _tls(known: Mapping[str, str]) -> dict[str, Any]:
    """`SslMode` of .NET's client as the driver's options; where nothing is said, the driver's own choice: TLS if there is any."""
    mode = first(known, "sslmode").lower().replace(" ", "")
    if mode in {"", "preferred", "prefered"}:
        return {}
    if mode in {"none", "disabled"}:
        return {"ssl_disabled": True}
    if mode not in {"required", "verifyca", "verifyfull"}:
        raise SqlError(f"SslMode '{mode}' is not known: use one of None, Preferred, Required, VerifyCA, VerifyFull.")
    file = first(known, "sslca", "ssl-ca", "cacertificatefile")
    try:
        context = ssl.create_default_context(cafile=file or None)
    except OSError as error:
        raise SqlError(f"The file of SslCa, '{file}', cannot be used: {error}.") from error
    context.check_hostname = mode == "verifyfull"
    if mode == "required":
        context.verify_mode = ssl.CERT_NONE
    return {"ssl": context}


def _text(error: BaseException) -> str:
    found = error.args[1] if len(error.args) > 1 else error
    return str(found).strip().rstrip(".")


def _column(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _quoted(name: str) -> str:
    return ".".join(_column(part) for part in tokens.name_parts(name))


def _id(name: str) -> str:
    return hashlib.sha256(name.lower().encode()).hexdigest()[:16]
