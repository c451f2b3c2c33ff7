"""The `sql` and `mysql` inputs and outputs.

Facts: azure-functions-sql-extension, `SqlConverters` and `SqlAsyncCollector`, and the same of azure-functions-mysql-extension.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pystein_runtime.host.connections import sql as sql_connections
from pystein_runtime.sql import parameters, rows
from pystein_runtime.sql.database import SqlError
from pystein_runtime.worker.messages import Datum

from . import BindingError

if TYPE_CHECKING:
    from pystein_runtime.host.functions import Binding
    from pystein_runtime.host.settings import Settings

    from . import Context


def is_local(settings: Settings, binding: Binding) -> bool:
    """Whether it is the local database that is written to."""
    return sql_connections.is_local(settings, binding)


async def read(context: Context) -> Datum:
    """The rows that the command gives, as a JSON array.

    Raises:
        BindingError: the command or its parameters cannot be used, or the database is out of reach.
    """
    command, kind = context.text("commandText"), context.text("commandType").lower() or "text"
    if kind not in {"text", "storedprocedure"}:
        raise BindingError(f"{context.binding.name}: the command type '{kind}' is neither Text nor StoredProcedure.")
    try:
        given = parameters.parse(context.text("parameters"))
        database = sql_connections.database(context.services, context.binding)
        found = await database.run(
            lambda known: known.query(command, given) if kind == "text" else known.call(command, given)
        )
    except SqlError as error:
        raise BindingError(f"{context.binding.name}: {error}") from error
    return Datum("json", rows.to_json(found))


async def write(context: Context, datum: Datum) -> None:
    """Add or update the rows, all or none.

    Raises:
        BindingError: they do not fit the table, or the database is out of reach.
    """
    table = context.text("commandText")
    try:
        text = datum.value.decode("utf-8", "replace") if datum.type == "bytes" else str(datum.value)
        given = rows.given(text)
        if not given:
            return
        database = sql_connections.database(context.services, context.binding)
        known = await database.run(lambda it: it.describe(table))
        columns, values = rows.to_write(table, known, given)
        await database.run(lambda it: it.upsert(table, known, columns, values))
    except SqlError as error:
        raise BindingError(f"{context.binding.name}: {error}") from error
