"""The figures to reach, and whether a result reaches them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

Results = Mapping[str, Mapping[str, Any]]


class Figure(NamedTuple):
    """A figure: the column of a part's row that tells it, and its limit."""

    what: str
    part: str
    row: Mapping[str, object]
    """What the row's columns say."""
    column: str
    limit: float
    unit: str
    at_least: bool = False

    def measured(self, results: Results) -> float | None:
        """What it is; None where it was not measured."""
        rows = results.get(self.part, {"rows": ()})["rows"]
        found = next((row for row in rows if all(row.get(name) == value for name, value in self.row.items())), None)
        value = found.get(self.column) if found else None
        return None if value is None else float(value)

    def reached(self, value: float) -> bool:
        """Whether that is as good as wanted."""
        return value >= self.limit if self.at_least else value <= self.limit


_SHORT = {"server": "pystein-lsp", "lines": 1000}
_LONG = {"server": "pystein-lsp", "lines": 10_000}
_RELOAD = {"what": "reload: save to the answer of the new code"}
_SEQUENCE = {"what": "activities one after the other", "how many": 1000}

FIGURES = (
    Figure("change to diagnostics, 1,000 lines, median", "editor", _SHORT, "change p50 ms", 1.1, "ms"),
    Figure("the same, 99th percentile", "editor", _SHORT, "change p99 ms", 3, "ms"),
    Figure("the same, 10,000 lines, median", "editor", _LONG, "change p50 ms", 3.5, "ms"),
    Figure("completion right behind a change", "editor", _SHORT, "completion ms", 3, "ms"),
    Figure("start of the server, above one that does nothing", "editor", _SHORT, "above doing nothing ms", 40, "ms"),
    Figure("memory after the start", "editor", _SHORT, "started MiB", 60, "MiB"),
    Figure("memory after 100 edits of 1,000 lines", "editor", _SHORT, "edited MiB", 80, "MiB"),
    Figure("check of an app of one file, whole process", "check", {"apps": 0, "command": "--check, cold"}, "ms", 80, "ms"),
    Figure("check of 300 apps, cold", "check", {"apps": 300, "command": "--check, cold"}, "of ast.parse", 2, "x ast.parse"),
    Figure("check of 1,000 apps, cold", "check", {"apps": 1000, "command": "--check, cold"}, "of ast.parse", 2, "x ast.parse"),
    Figure("check of 1,000 apps, warm", "check", {"apps": 1000, "command": "--check, warm"}, "of ruff, warm", 1.5, "x ruff"),
    Figure("start of the runtime: spawn to first answer", "start", {"what": "start: spawn to the first answer"}, "ms", 200, "ms"),
    Figure("the same, durable", "start", {"what": "start of a durable app"}, "ms", 300, "ms"),
    Figure("reload: save to the answer of the new code", "start", _RELOAD, "ms", 300, "ms"),
    Figure(
        "HTTP, async function, 32 connections", "http_load", {"connections": 32, "server": "pystein-lsp, async function"},
        "requests/s", 20_000, "requests/s", at_least=True,
    ),
    Figure(
        "queue: messages through trigger and output", "messages", {"what": "queue to queue", "service": "local cloud"},
        "messages/s", 2000, "messages/s", at_least=True,
    ),
    Figure(
        "Service Bus: messages through a function", "messages", {"what": "service bus", "service": "local cloud"},
        "messages/s", 3000, "messages/s", at_least=True,
    ),
    Figure(
        "Event Hubs: events through a function, in batches", "messages", {"what": "event hub, many", "service": "local cloud"},
        "messages/s", 10_000, "messages/s", at_least=True,
    ),
    Figure(
        "Cosmos DB: documents written over the wire", "storage", {"what": "cosmos: write a document, 8 at once"},
        "operations/s", 1000, "1/s", at_least=True,
    ),
    Figure(
        "orchestrations of 3 activities, persisted", "durable", {"what": "orchestrations of 3 activities at once", "how many": 1000},
        "1/s", 600, "1/s", at_least=True,
    ),
    Figure("1,000 activities at once", "durable", {"what": "activities at once", "how many": 1000}, "seconds", 0.5, "s"),
    Figure("1,000 activities one after the other", "durable", _SEQUENCE, "seconds", 15, "s"),
    Figure("MCP: a tool call through a function", "mcp_kafka", {"name": "MCP tool call through a function, p50"}, "value", 5, "ms"),
    Figure(
        "Kafka: records through a function, batches of 64", "mcp_kafka", {"name": "Kafka records through a function, batches of 64"},
        "value", 10_000, "1/s", at_least=True,
    ),
)  # fmt: skip
