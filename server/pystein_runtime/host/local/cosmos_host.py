"""The local Cosmos DB of one app: opened with what the app names, when it needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pystein_runtime.host import expressions
from pystein_runtime.host.bindings.cosmos_places import Place, lease_place, place_of, wants_versions
from pystein_runtime.host.connections import cosmos as cosmos_connections

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pystein_runtime.cloud.cosmos.server import CosmosServer
    from pystein_runtime.cloud.store import Store
    from pystein_runtime.host.connections.cosmos import Door
    from pystein_runtime.host.functions import Binding, Function
    from pystein_runtime.host.settings import Settings

_TYPES = {"cosmosdbtrigger", "cosmosdb"}


class CosmosHost:
    """Opens the local Cosmos DB for an app that needs it."""

    def __init__(self, store: Store, door: Door, report: Callable[[str], None]) -> None:
        self._store = store
        self._door = door
        self._report = report
        self._server: CosmosServer | None = None

    async def open(self, functions: Iterable[Function], settings: Settings) -> None:
        """Create what the functions name, and listen; nothing where neither settings nor functions want it."""
        wanted = [
            binding
            for function in functions
            for binding in (function.trigger, *function.inputs, *function.outputs)
            if binding.type.lower() in _TYPES
        ]
        local = [binding for binding in wanted if cosmos_connections.is_local(settings, binding)]
        if not local and not self._door.sockets:
            return
        if self._server is None:
            from pystein_runtime.cloud.cosmos import schema  # noqa: PLC0415 - of apps with documents only
            from pystein_runtime.cloud.cosmos.server import CosmosServer  # noqa: PLC0415

            schema.prepare(self._store)
            self._server = CosmosServer(self._store, self._fault)
            self._door.open()
            await self._server.listen(self._door.sockets)
        from .documents import LocalDocuments  # noqa: PLC0415 - of apps with documents only

        service = LocalDocuments(self._store)
        versioned = {place_of(binding) for binding in local if wants_versions(binding)}
        for place, path in places(local).items():
            try:
                await service.ensure(place, path)
                if place in versioned:
                    await service.keep_versions(place)
            except Exception as error:  # noqa: PERF203 - one container's fault is not the others'
                self._report(f"The local cloud cannot create the container '{place.container}': {error}")

    def _fault(self, error: BaseException) -> None:
        self._report(f"A fault of the local Cosmos DB: {type(error).__name__}: {error}")

    async def close(self) -> None:
        """Listen no more."""
        if self._server is not None:
            await self._server.close()
        self._door.close()


def places(bindings: Iterable[Binding]) -> dict[Place, str]:
    """The containers that bindings name, and by which path the documents of each are divided.

    An output's `partition_key` is that path. An input's is a value, `{customer}`: then it is likely that of the property
    of this name. What nothing is known of is divided by id.
    """
    found: dict[Place, str] = {}
    for binding in bindings:
        place = place_of(binding)
        if not _is_known(place):
            continue
        path = _path(binding)
        if path or place not in found:
            found[place] = path or found.get(place, "")
        leases = lease_place(binding)
        if leases is not None and _is_known(leases):
            found[leases] = "/id"
    return {place: path or "/id" for place, path in found.items()}


def _is_known(place: Place) -> bool:
    """Whether names are there and depend on nothing that is only known when the function runs."""
    return bool(place.database and place.container) and "{" not in place.database + place.container


def _path(binding: Binding) -> str:
    text = binding.text("partitionKey")
    if binding.out or not text:
        return text if text.startswith("/") else ""
    try:
        parsed = expressions.parse(text)
    except expressions.ExpressionError:
        return ""
    if len(parsed) != 1 or isinstance(parsed[0], str):
        return ""
    if text == binding.text("id"):
        return "/id"
    return f"/{parsed[0].path[-1]}"
