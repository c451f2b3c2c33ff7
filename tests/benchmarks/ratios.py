"""Ratios of what is ours to what stood beside it in the same run: they mean the same on a busy machine and on another one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

Results = Mapping[str, Mapping[str, Any]]


class Comparison(NamedTuple):
    """Which rows of a part's result are compared."""

    part: str
    column: str
    ours: Mapping[str, str]
    """What the columns of our rows say."""
    peer: Mapping[str, str]
    """The same of the row that each is compared with, whose other columns in `by` are ours."""
    by: tuple[str, ...] = ()
    more_is_better: bool = False
    peer_column: str | None = None
    """Where it is another one."""


_US, _NOTHING = {"server": "pystein-lsp"}, {"server": "does nothing (pygls)"}
_LOCAL, _AZURITE = {"service": "local cloud"}, {"service": "Azurite"}
_SQLITE = {"what": "a row of SQLite, written and removed"}
_FUNCTION = {"server": "pystein-lsp, async function"}
_IMPORT = {"what": "python: import azure.functions"}
_IMPORT_DURABLE = {"what": "python: import azure.durable_functions"}

COMPARISONS = (
    Comparison("editor", "change p50 ms", _US, _NOTHING, ("lines",)),
    Comparison("editor", "change p50 ms", _US, {"server": "ruff server"}, ("lines",)),
    Comparison("editor", "completion ms", _US, {"server": "zuban"}, ("lines",)),
    Comparison("editor", "start ms", _US, _NOTHING, ("lines",)),
    Comparison("editor", "started MiB", _US, _NOTHING, ("lines",)),
    Comparison("editor", "edited MiB", _US, _NOTHING, ("lines",)),
    Comparison("editing", "ms", {}, {}, ("lines", "edit"), peer_column="doing nothing ms"),
    Comparison("check", "processors ms", {"command": "--check, cold"}, {"command": "ast.parse"}, ("apps",)),
    Comparison("check", "processors ms", {"command": "--check, warm"}, {"command": "ruff, warm"}, ("apps",)),
    Comparison("check", "MiB", {"command": "--check, cold"}, {"command": "ast.parse"}, ("apps",)),
    Comparison("start", "ms", {"what": "start: spawn to the first answer"}, _IMPORT),
    Comparison("start", "ms", {"what": "invoke: the whole command"}, _IMPORT),
    Comparison("start", "ms", {"what": "reload: save to the answer of the new code"}, _IMPORT),
    Comparison("start", "ms", {"what": "start of a durable app"}, _IMPORT_DURABLE),
    Comparison("http_load", "processor us each", _FUNCTION, {"server": "uvicorn"}, ("connections",)),
    Comparison("http_load", "requests/s", _FUNCTION, {"server": "functions-framework"}, ("connections",), True),
    Comparison("messages", "processor us each", _LOCAL, _SQLITE),
    Comparison("messages", "messages/s", _LOCAL, _AZURITE, ("what",), True),
    Comparison("storage", "operations/s", _LOCAL, _AZURITE, ("what",), True),
    Comparison("durable", "seconds", {"what": "orchestrations of 3 activities at once"}, _SQLITE, ("how many",)),
    Comparison("durable", "seconds", {"what": "activities at once"}, _SQLITE, ("how many",)),
    Comparison("durable", "seconds", {"what": "activities one after the other"}, _SQLITE, ("how many",)),
    Comparison(
        "mcp_kafka", "value", {"name": "MCP tool call through a function, p50"},
        {"name": "MCP tool call of the MCP SDK's server, p50"},
    ),
)  # fmt: skip


def ratios(results: Results) -> dict[str, float]:
    """All ratios that results have the rows for, by name; the lower, the better."""
    return dict(found for comparison in COMPARISONS for found in _compared(comparison, results))


def _compared(comparison: Comparison, results: Results) -> Iterator[tuple[str, float]]:
    rows = results.get(comparison.part, {"rows": ()})["rows"]
    for ours in rows:
        if not _says(ours, comparison.ours):
            continue
        same = {name: ours[name] for name in comparison.by}
        peer = next((row for row in rows if _says(row, comparison.peer) and _says(row, same)), None)
        value, beside = ours.get(comparison.column), peer and peer.get(comparison.peer_column or comparison.column)
        if value and beside:
            yield _name(comparison, ours), (beside / value if comparison.more_is_better else value / beside)


def _says(row: Mapping[str, Any], columns: Mapping[str, Any]) -> bool:
    return all(row.get(name) == value for name, value in columns.items())


def _name(comparison: Comparison, ours: Mapping[str, Any]) -> str:
    labels = [str(value) for value in ours.values() if isinstance(value, str)]
    sizes = [f"{name} {ours[name]}" for name in comparison.by if not isinstance(ours[name], str)]
    beside = "; ".join(comparison.peer.values()) or comparison.peer_column or ""
    return f"{comparison.part}: {', '.join([*labels, *sizes, comparison.column])}, beside {beside}"
