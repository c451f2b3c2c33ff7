"""The SQL and MySQL triggers: the changes of a table, `[{"Operation": 0, "Item": {...}}]`.

Facts: azure-functions-sql-extension, `SqlTableChangeMonitor`, `SqlOptions` and `SqlTriggerValueProvider`, and the same of
azure-functions-mysql-extension. Changes that a function fails on come again; what has failed five times is given up.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from pystein_runtime.host.bindings import BindingError
from pystein_runtime.host.connections import sql as sql_connections
from pystein_runtime.host.settings import get
from pystein_runtime.sql import rows
from pystein_runtime.sql.database import ATTEMPTS, SqlError
from pystein_runtime.worker.messages import Datum

from . import BY_HAND, Event, bus_values
from .polling import Poller

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pystein_runtime.host.functions import Function
    from pystein_runtime.sql.database import Change

    from . import Listener, Listening

_BATCH = 100
_POLL_MILLISECONDS = 1000
_AGAIN_SECONDS = 0.5  # longer after each failure; the platform's leases make it a minute each time
_RENEW_SECONDS = 15.0  # SqlTableChangeMonitor.LeaseRenewalIntervalInSeconds
_PATIENCE_SECONDS = 3.0  # the rest of the app does not wait longer for a server that does not answer
_LOCAL_POLL_SECONDS = 0.1  # the local database costs nothing to ask


def create(functions: Sequence[Function], host: Listening) -> list[Listener]:
    """One listener for each function."""
    return [_Listener(function, host) for function in functions]


class _Listener(Poller):
    """Follows a table for one function."""

    refusals = (SqlError,)

    def __init__(self, function: Function, host: Listening) -> None:
        super().__init__(function, host)
        self._table = function.trigger.text("tableName")
        self._batch = self._number(("MaxBatchSize", "BatchSize"), _BATCH)
        self._is_local = local = sql_connections.is_local(host.settings, function.trigger)
        self._pause = _LOCAL_POLL_SECONDS if local else self._number(("PollingIntervalMs",), _POLL_MILLISECONDS) / 1000
        # Leases of a server belong to an app's function; the local database is the app's own.
        app = get(host.settings, "WEBSITE_SITE_NAME") or host.id
        self._name = function.name if local else f"{app}{function.name}"

    def _number(self, names: Sequence[str], default: int) -> int:
        """A number of the settings, under the first of some names that is there, or of host.json."""
        kind = "MySql" if sql_connections.is_mysql(self.function.trigger) else "Sql"
        for name in names:
            text = get(self.host.settings, f"{kind}_Trigger_{name}") or ""
            if text.isdecimal() and int(text) > 0:
                return int(text)
            if text:
                self.host.report(
                    f"Invalid value for configuration setting '{kind}_Trigger_{name}': '{text}' is not a positive"
                    f" integer. {self.label} goes on without it."
                )
        return bus_values.number(self.host.config, kind.lower(), names[0], default)

    async def start(self) -> None:
        """Begin to follow the table.

        Raises:
            SqlError: the database is out of reach, or the table cannot be followed.
        """
        self._database = sql_connections.database(self.host.services, self.function.trigger, self.function.name)
        leases = self.function.trigger.text("leasesTableName")
        watch = self._database.run(lambda it: it.watch(self._table, self._name, leases))
        self._watching = asyncio.ensure_future(watch)
        await asyncio.wait([self._watching], timeout=None if self._is_local else _PATIENCE_SECONDS)
        if self._watching.done():
            self._watching.result()
        self.begin(self._database, self._table)

    async def poll(self) -> None:
        """Run the function for what has changed, as soon as the table is followed."""
        if not self._watching.done():
            await self.sleep(_LOCAL_POLL_SECONDS)
            return
        if (error := self._watching.exception()) is not None:
            self.host.report(f"The listener for {self.label} was unable to start. {error}")
            self.stopping.set()
            return
        changes = await self._database.run(lambda it: it.changes(self._table, self._name, self._batch))
        await (self._handle(changes) if changes else self.sleep(self._pause))

    async def _handle(self, changes: list[Change]) -> None:
        renewing = asyncio.get_running_loop().create_task(self._renew(changes))
        try:
            outcome = await self.run(to_event(changes, f"New changes of the table '{self._table}'."))
        finally:
            renewing.cancel()
        if outcome.interrupted:
            return  # they have not had their chance, and come again when the next host starts, or their leases end
        if outcome.ok:
            await self._database.run(lambda it: it.done(self._table, self._name, changes))
            return
        await self._database.run(lambda it: it.again(self._table, self._name, changes))
        given_up = sum(change.attempt >= ATTEMPTS for change in changes)
        if given_up:
            self.host.report(
                f"{self.label} has failed {ATTEMPTS} times on the same {given_up} changes of the table"
                f" {self._table}; they are given up."
            )
        if given_up < len(changes):
            await self.sleep(_AGAIN_SECONDS * max(change.attempt for change in changes))

    async def _renew(self, changes: list[Change]) -> None:
        """Keep what is being worked on from others."""
        while True:
            await asyncio.sleep(_RENEW_SECONDS)
            try:
                await self._database.run(lambda it: it.renew(self._table, self._name, changes))
            except SqlError as error:
                self.host.report(f"{self.label} may get the same changes of the table {self._table} again: {error}")


def to_event(changes: Sequence[Change], reason: str) -> Event:
    """The event of some changes. The platform sends no metadata with them."""
    shown = [{"Operation": change.operation, "Item": change.item} for change in changes]
    return Event(Datum("string", rows.to_json(shown)), {}, {}, reason)


def sample(_function: Function) -> Any:
    """An event to begin with: one row that was added."""
    return [{"Operation": 0, "Item": {"id": 1, "name": "sample"}}]


async def from_data(function: Function, data: str, _host: Listening) -> Event:
    """The event of changes that somebody gave by hand; what is no change is taken for a row that was added.

    Raises:
        BindingError: it is no JSON of an object or an array of objects.
    """
    try:
        given = rows.given(data)
    except SqlError as error:
        raise BindingError(f"{function.name}: {error}") from error
    changes = [item if "Item" in item else {"Operation": 0, "Item": item} for item in given]
    return Event(Datum("string", json.dumps(changes, ensure_ascii=False)), {}, {}, BY_HAND)
