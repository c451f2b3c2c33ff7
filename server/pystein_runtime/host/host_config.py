"""What host.json says, with the platform's defaults."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from pystein_lsp.ncrontab.timespan import seconds_of
from pystein_lsp.platform.jsonc import EMPTY, JsonError, read_object

from .settings import get

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pystein_lsp.platform.jsonc import Node

    from .settings import Settings

FILE = "host.json"
HUB_NAME = "TestHubName"
"""The task hub of an app that names none."""
DEFAULT_TIMEOUT = 30 * 60.0
"""Seconds a function may run where host.json says nothing (azure-functions-host, `ScriptHost`)."""
_OVERRIDE = "azurefunctionsjobhost:"


class HostConfigError(Exception):
    """host.json cannot be used; the text is a whole sentence for the user."""


class QueueOptions(NamedTuple):
    """`extensions.queues`."""

    batch_size: int = 16
    new_batch_threshold: int = 8
    max_dequeue_count: int = 5
    visibility_timeout: float = 0.0
    """Seconds until a message whose function failed is delivered again."""
    base64: bool = True
    """Whether bodies are Base64 on the wire (`messageEncoding`)."""


class BlobOptions(NamedTuple):
    """`extensions.blobs`."""

    max_parallel: int = 8
    poison_threshold: int = 5


class DurableOptions(NamedTuple):
    """`extensions.durableTask`, as far as it matters on one machine."""

    hub_name: str = HUB_NAME
    max_activities: int = 20
    max_orchestrators: int = 20
    default_version: str | None = None
    override_running: bool = False
    """Whether an instance may be begun with the id of a running one (`overridableExistingInstanceStates`)."""


class HostConfig(NamedTuple):
    """The parts of host.json that change what the host does."""

    route_prefix: str = "api"
    timeout: float | None = DEFAULT_TIMEOUT
    """Seconds; None: no limit."""
    functions: tuple[str, ...] | None = None
    """The only functions to run, None: all."""
    custom_headers: Mapping[str, str] = {}
    queues: QueueOptions = QueueOptions()
    blobs: BlobOptions = BlobOptions()
    durable: DurableOptions = DurableOptions()
    extensions: Mapping[str, Any] = {}
    """All of `extensions` as it stands, names in lower case."""


def read(root: Path, settings: Settings) -> HostConfig:
    """The configuration of the app in a folder; `AzureFunctionsJobHost__a__b` settings override the file.

    Raises:
        HostConfigError: the file is no JSON, or says something that the platform refuses.
    """
    try:
        content = read_object(root / FILE) or EMPTY
    except JsonError as error:
        raise HostConfigError(str(error)) from error
    if content.members:
        _check_version(root, content)
    tree = _lowered(content.plain())
    for name, value in settings.lookup.items():
        if name.startswith(_OVERRIDE):
            _set(tree, name[len(_OVERRIDE) :].split(":"), value)
    return _build(tree, settings)


def _check_version(root: Path, content: Node) -> None:
    version = content.get("version")
    if version is None:
        raise HostConfigError(f'{root / FILE} is missing the required "version" property: write "version": "2.0".')
    if version.value != "2.0":
        raise HostConfigError(f'{root / FILE}: version must be "2.0", the version of the file\'s schema.')


def _build(tree: dict[str, Any], settings: Settings) -> HostConfig:
    extensions = _section(tree, "extensions")
    http, queues, blobs = _section(extensions, "http"), _section(extensions, "queues"), _section(extensions, "blobs")
    functions = tree.get("functions")
    headers = http.get("customheaders")
    batch_size = _integer(queues, "extensions.queues.batchSize", 16, 1, 32)
    return HostConfig(
        route_prefix=str(http.get("routeprefix", "api")).strip("/"),
        timeout=_timeout(tree.get("functiontimeout")),
        functions=tuple(map(str, functions)) if isinstance(functions, list) else None,
        custom_headers={str(name): str(value) for name, value in headers.items()} if isinstance(headers, dict) else {},
        queues=QueueOptions(
            batch_size=batch_size,
            new_batch_threshold=_integer(queues, "extensions.queues.newBatchThreshold", batch_size // 2, 0, 1000),
            max_dequeue_count=_integer(queues, "extensions.queues.maxDequeueCount", 5, 1, 2**31 - 1),
            visibility_timeout=_span(queues, "extensions.queues.visibilityTimeout", 0.0),
            base64=str(queues.get("messageencoding", "base64")).lower() != "none",
        ),
        blobs=BlobOptions(
            max_parallel=_integer(
                blobs, "extensions.blobs.maxDegreeOfParallelism", 8 * (os.cpu_count() or 1), 1, 2**31 - 1
            ),
            poison_threshold=_integer(blobs, "extensions.blobs.poisonBlobThreshold", 5, 1, 2**31 - 1),
        ),
        extensions=extensions,
        durable=_durable(_section(extensions, "durabletask"), settings),
    )


def _durable(section: dict[str, Any], settings: Settings) -> DurableOptions:
    """Defaults: azure-functions-durable-extension, `DurableTaskOptions`."""
    name = re.sub(
        r"%([^%]*)%", lambda found: get(settings, found[1]) or found[0], str(section.get("hubname", HUB_NAME))
    )
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,44}", name):
        raise HostConfigError(
            f"{FILE}: extensions.durableTask.hubName '{name}' is not valid: a task hub's name begins with a letter and has"
            " at most 45 letters and digits."
        )
    version = section.get("defaultversion")
    parallel = 10 * (os.cpu_count() or 1)
    path = "extensions.durableTask.maxConcurrent"
    return DurableOptions(
        hub_name=name,
        max_activities=_integer(section, f"{path}ActivityFunctions", parallel, 1, 2**31 - 1),
        max_orchestrators=_integer(section, f"{path}OrchestratorFunctions", parallel, 1, 2**31 - 1),
        default_version=None if version is None else str(version),
        override_running=str(section.get("overridableexistinginstancestates", "")).lower() == "anystate",
    )


def _timeout(value: object) -> float | None:
    if value is None:
        return DEFAULT_TIMEOUT
    if str(value).strip() == "-1":
        return None
    seconds = seconds_of(str(value))
    if seconds is None or seconds <= 0:
        raise HostConfigError(f'{FILE}: functionTimeout must be a time span such as "00:05:00", or "-1" for no limit.')
    return seconds


def _integer(section: dict[str, Any], path: str, default: int, low: int, high: int) -> int:
    value = section.get(path.rpartition(".")[2].lower(), default)
    try:
        number = int(str(value))
    except ValueError:
        number = low - 1
    if not low <= number <= high:
        raise HostConfigError(f"{FILE}: {path} must be a number from {low} to {high}.")
    return number


def _span(section: dict[str, Any], path: str, default: float) -> float:
    value = section.get(path.rpartition(".")[2].lower())
    seconds = default if value is None else seconds_of(str(value))
    if seconds is None or seconds < 0:
        raise HostConfigError(f'{FILE}: {path} must be a time span such as "00:00:30".')
    return seconds


def _section(tree: dict[str, Any], name: str) -> dict[str, Any]:
    value = tree.get(name)
    return value if isinstance(value, dict) else {}


def _lowered(value: Any) -> Any:
    """The tree with keys in lower case, as configuration compares them; custom headers keep theirs."""
    if not isinstance(value, dict):
        return value
    return {key.lower(): child if key.lower() == "customheaders" else _lowered(child) for key, child in value.items()}


def _set(tree: dict[str, Any], path: list[str], value: str) -> None:
    for name in path[:-1]:
        child = tree.get(name)
        if not isinstance(child, dict):
            child = tree[name] = {}
        tree = child
    tree[path[-1]] = value
