"""The functions of an app as `start` shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pystein_runtime.cloud.account import ACCOUNT
from pystein_runtime.host.connections import cosmos as cosmos_connections
from pystein_runtime.host.connections import local_servers

from . import bindings
from .functions import RETRIABLE
from .settings import shown, storage_connection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .app_host import AppHost
    from .functions import Function

_PLACES = {
    "queuetrigger": "queueName", "blobtrigger": "path", "timertrigger": "schedule", "mcptooltrigger": "toolName",
    "mcpresourcetrigger": "uri", "mcpprompttrigger": "promptName", "kafkatrigger": "topic", "sqltrigger": "tableName",
    "mysqltrigger": "tableName", "cosmosdbtrigger": "containerName", "redislisttrigger": "key",
    "redisstreamtrigger": "key", "redispubsubtrigger": "channel", "eventhubtrigger": "eventHubName",
}  # fmt: skip

_SHOWN = {
    "blob": "Blob endpoint: {}",
    "queue": "Queue endpoint: {}",
    "table": "Table endpoint: {}",
    "amqp": "Service Bus and Event Hubs endpoint: {}",
    "cosmosDB": "Cosmos DB endpoint: {} (with the emulator's key)",
    "kafka": "Kafka broker: {}",
    "redis": "Redis endpoint: {}",
}


def rows(host: AppHost) -> Iterator[tuple[str, str]]:
    """Each function's name, and what sets it off."""
    for function in host.app.functions.functions.values():
        yield function.name, _detail(function, host) + (" (disabled)" if function.disabled else "")


def _detail(function: Function, host: AppHost) -> str:
    if function.trigger_type == "httptrigger":
        route = next((route for route in host.app.routes.all if route.function.name == function.name), None)
        methods = f"[{','.join(sorted(route.methods))}] " if route and route.methods else ""
        return f"{methods}{host.address_of(function) or ''}"
    return f"{function.trigger.type} {_place(function, host)}".rstrip()


def _place(function: Function, host: AppHost) -> str:
    text = function.trigger.text
    if function.trigger_type == "servicebustrigger":
        return text("queueName") or f"{text('topicName')}/{text('subscriptionName')}"
    if function.trigger_type == "eventgridtrigger":
        return f"{host.url}/runtime/webhooks/eventgrid?functionName={function.name}"
    return text(_PLACES.get(function.trigger_type, ""))


def as_json(host: AppHost) -> list[dict[str, Any]]:
    """The same for programs."""
    return [
        {
            "name": function.name,
            "trigger": function.trigger.type,
            "url": host.address_of(function),
            "disabled": function.disabled,
        }
        for function in host.app.functions.functions.values()
    ]


def addresses(host: AppHost) -> dict[str, str]:
    """Where the local cloud is reached, by service: what a client of Azure on this machine connects to."""
    storage = host.app.plan.storage
    ports = {"blob": storage.blob, "queue": storage.queue, "table": storage.table}
    found = {name: f"http://127.0.0.1:{port}/{ACCOUNT}" for name, port in ports.items() if port not in storage.foreign}
    if host.app.bus_endpoint:
        found["amqp"] = host.app.bus_endpoint
    if host.app.documents_endpoint:
        found["cosmosDB"] = host.app.documents_endpoint
    return found | local_servers.running(host.app.plan.root)


def endpoints(host: AppHost) -> Iterator[str]:
    """Where the app and the local cloud are reached besides its routes."""
    if host.app.mcp is not None and host.app.mcp.offers:
        yield f"MCP server endpoint: {host.url}{host.app.mcp.path}"
        yield f"MCP server legacy SSE endpoint: {host.url}{host.app.mcp.path}/sse"
    for name, address in addresses(host).items():
        yield _SHOWN[name].format(address)


def warnings(host: AppHost) -> Iterator[str]:
    """What loads and then does less than it seems."""
    for problem in host.app.problems:
        yield f"{problem.function}: {problem.message}" if problem.function else problem.message
    yield from host.app.settings.warnings
    from . import unserved  # noqa: PLC0415 - first requests do not wait for it

    if foreign := host.app.plan.storage.foreign:
        ports = " and ".join(map(str, sorted(foreign)))
        yield f"An emulator of Azure Storage runs on port {ports}: connections that mean one go there, not to the local cloud."
    missing: set[str] = set()
    for function in host.app.functions.functions.values():
        if function.retry and function.trigger_type not in RETRIABLE:
            yield f"'{function.name}': the platform has no retry policies for {function.trigger.type}; it is ignored."
        for binding in (function.trigger, *function.inputs, *function.outputs):
            name = bindings.place(binding)
            kind = binding.type.lower()
            find = storage_connection if kind.startswith(("queue", "blob", "table")) else None
            find = cosmos_connections.find if kind.startswith("cosmosdb") else find
            if not name or name in missing or find is None:
                continue
            if find(host.app.settings, name).kind == "missing":
                missing.add(name)
                yield f"The connection '{shown(name)}' is not set; the local cloud stands in for it."
        for notice in unserved.notices(function, host.app.settings):
            if notice not in missing:
                missing.add(notice)
                yield notice
