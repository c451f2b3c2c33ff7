"""The task hub of one app, with its store and its addresses: what the host knows of Durable Functions."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from pystein_runtime.host.invocation import Outcome, invocation_id
from pystein_runtime.worker.messages import Datum, Error

from . import app as durable_app
from . import links, operations, webhooks
from .endpoint import Endpoint
from .hub import Hub
from .links import Links
from .model import FINISHED, DurableError, Operation
from .names import entity_id
from .protocols import wants_grpc
from .store import TaskHubStore, path_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from pystein_runtime.host.functions import Binding, Function
    from pystein_runtime.http.messages import Request, Response
    from pystein_runtime.worker.messages import Log

    from .app import App
    from .model import Event, Instance

BY_HAND_SECONDS = 10.0  # how long somebody who runs an orchestrator by hand waits for its end


class Address(NamedTuple):
    """Where an app is reached."""

    host: str
    """`localhost:7071`."""
    key: Callable[[], str]
    """The key that callers of the webhooks must show; empty: none."""


class TaskHub:
    """The task hub of an app."""

    def __init__(self, root: Path, app: App, address: Address) -> None:
        """Open it.

        Raises:
            TaskHubError: its file cannot be used.
        """
        self.name = app.config.durable.hub_name
        self._app = app
        self._address = address
        self._store = TaskHubStore(path_for(root, self.name), app.report)
        self.hub = Hub(self._store, app)
        self._endpoint = Endpoint(self.hub, self._links)

    def update(self, functions: Iterable[Function]) -> None:
        """The app was loaded: these are its functions now."""
        self.hub.update(functions)
        if self._app.config.durable.hub_name != self.name:
            self._app.report(f"The task hub stays '{self.name}' until the host is started again.")

    async def stop(self, seconds: float) -> None:
        """End in order; what has not been done stays in the store."""
        while self.hub.is_open:
            await self.hub.close(seconds)
        await self._endpoint.close()
        self._store.close()

    # -- for bindings and for the host's server -----------------------------------------------------------

    async def client(self, binding: Binding) -> str:
        """What a `durableClient` binding gives its function.

        Raises:
            DurableError: it wants another task hub, or a package is missing.
        """
        other = binding.text("taskHub")
        if other and other.lower() != self.name.lower():
            text = f"The task hub '{other}' is not here: this host has the app's own, '{self.name}', only."
            raise DurableError(404, text)
        self._run_at_once()
        if wants_grpc(binding):
            return links.grpc_client(self._links(), await self._endpoint.grpc_address())
        return links.client(self._links(), await self._endpoint.address())

    async def answer(self, request: Request) -> Response:
        """Answer a request to the webhooks."""
        host = request.headers.get("host") or self._address.host
        path = request.path[len(links.PATH) :]
        return await webhooks.handle(self.hub, request, path, self._links(host), rpc=False)

    def _links(self, host: str | None = None) -> Links:
        return Links(f"http://{host or self._address.host}", self.name, self._address.key())

    def _run_at_once(self) -> None:
        """Where no host has opened the hub, run what is begun from now on."""
        if not self.hub.is_open:
            self.hub.open(recover=False)

    # -- by hand ------------------------------------------------------------------------------------------

    async def run_by_hand(self, function: Function, data: Any) -> Outcome:
        """Run an orchestrator to its end, or an operation of an entity.

        Args:
            function: an orchestrator or an entity.
            data: JSON: the orchestrator's input; for an entity an object with key, operation and input.
        """
        self._run_at_once()
        clock, started = time.perf_counter(), time.time()
        logs: list[Log] = []
        notes: list[str] = []
        value, error = None, None
        try:
            if function.trigger_type == "entitytrigger":
                value = await self._operate(function, data, logs)
            else:
                instance = await self._orchestrate(function, data, logs)
                notes.append(f"Instance {instance.id}: {instance.status}")
                if self.hub.is_hosted:
                    notes.append(f"Timeline: {links.timeline(self._links(), instance.id)}")
                if instance.status not in FINISHED:
                    notes.append(
                        f"{function.name} still runs after {BY_HAND_SECONDS:g} s; it goes on while a host of this app runs."
                    )
                    if instance.custom is not None:
                        notes.append(f"Its custom status: {instance.custom}")
                elif instance.status != "Completed":
                    text = json.loads(instance.output or "null")
                    error = Error(f"Orchestration{instance.status}", text if isinstance(text, str) else str(text), "")
                else:
                    value = instance.output
        except DurableError as refusal:
            error = Error("DurableError", str(refusal), "")
        milliseconds = (time.perf_counter() - clock) * 1000
        returned = None if value is None or error is not None else Datum("json", value)
        return Outcome(
            invocation_id(), function.name, error is None, returned, {}, error, milliseconds, started,
            "This function was programmatically called via the host APIs.", logs, notes,
        )  # fmt: skip

    async def _orchestrate(self, function: Function, data: Any, logs: list[Log]) -> Instance:
        given = None if data is None else json.dumps(data)
        name = durable_app.durable_name(function)
        id_ = operations.start(self.hub, name, None, given)
        self.hub.logs[id_] = logs
        try:
            instance = await self.hub.wait(id_, BY_HAND_SECONDS)
        finally:
            del self.hub.logs[id_]
        if instance is None:
            raise DurableError(410, f"The instance {id_} was purged.")
        return instance

    async def _operate(self, function: Function, data: Any, logs: list[Log]) -> str:
        given = data if isinstance(data, dict) else {}
        name = given.get("operation")
        if not isinstance(name, str):
            text = 'An entity is run with an object such as {"key": "k", "operation": "add", "input": 1}.'
            raise DurableError(400, text)
        entity = entity_id(durable_app.durable_name(function), str(given.get("key", "")))
        text = json.dumps(given.get("input"))
        request = invocation_id()
        answer: asyncio.Future[Event] = asyncio.get_running_loop().create_future()
        self.hub.callers[request] = answer
        self.hub.logs[entity] = logs
        try:
            self.hub.entities.add(Operation(0, entity, name, text, request, None, request))
            event = await asyncio.wait_for(answer, BY_HAND_SECONDS)
        except asyncio.TimeoutError:
            raise DurableError(408, f"The entity {entity} has not answered yet.") from None
        finally:
            del self.hub.callers[request]
            if self.hub.logs.get(entity) is logs:  # somebody else may run the same entity at the same time
                del self.hub.logs[entity]
        reply = json.loads(event["Input"])
        if "exceptionType" in reply:
            raise DurableError(500, str(json.loads(reply["result"])))
        return str(reply["result"])
