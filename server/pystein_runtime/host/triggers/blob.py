"""The blob trigger: new and changed blobs become messages of an internal queue, and that is emptied like any other.

Names, message and rules: azure-sdk-for-net, `BlobTriggerQueueWriter`, `BlobQueueTriggerExecutor`,
`SharedBlobQueueListenerFactory`, `BlobPathSource`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from pystein_runtime.cloud.blobs import Blob
from pystein_runtime.host import datetimes, expressions
from pystein_runtime.host.bindings import BindingError
from pystein_runtime.host.bindings.blob import is_deferred, place
from pystein_runtime.host.services import BlobFollower
from pystein_runtime.host.services.outage import GONE, Outage
from pystein_runtime.worker.messages import Datum

from . import BY_HAND, Event
from .metadata import combine
from .pump import Pump, PumpOptions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pystein_runtime.cloud.queues import Message
    from pystein_runtime.host.functions import Function
    from pystein_runtime.host.services import QueueService

    from . import Listener, Listening

POISON_QUEUE = "webjobs-blobtrigger-poison"


class Pattern(NamedTuple):
    """The path of a trigger: a container and what a blob's name must look like."""

    container: str
    names: re.Pattern[str] | None
    """None: every blob."""

    def match(self, name: str) -> dict[str, str] | None:
        """The captures of a blob's name; None when it does not match."""
        if self.names is None:
            return {}
        found = self.names.fullmatch(name)
        return None if found is None else found.groupdict()


def pattern(path: str) -> Pattern:
    """The pattern of a trigger's path.

    Raises:
        BindingError: it is none.
    """
    container, slash, name = path.lstrip("/").partition("/")
    if not container or (slash and not name):
        raise BindingError(f"Invalid blob trigger path '{path}'. Paths must be in the format 'container/blob'.")
    if "{" in container:
        raise BindingError("Container paths cannot contain {resolve} tokens.")
    return Pattern(container, _names(name) if slash else None)


def _names(text: str) -> re.Pattern[str]:
    parts = []
    for part in expressions.parse(text):
        if isinstance(part, str):
            parts.append(re.escape(part))
        elif len(part.path) > 1:
            raise BindingError("Capture expressions can't include dot operators")
        else:
            parts.append(f"(?P<{part.path[0]}>.*)")
    return re.compile("".join(parts), re.DOTALL)


def create(functions: Sequence[Function], host: Listening) -> list[Listener]:
    """A feed for each function, and one pump for all."""
    queue = f"azure-webjobs-blobtrigger-{host.id}"[:63].rstrip("-")
    by_name = {function.name: function for function in functions}
    options = PumpOptions(
        label="blob triggers",
        queue=queue,
        poison_queue=POISON_QUEUE,
        batch_size=32,
        new_batch_threshold=host.config.blobs.max_parallel,
        max_dequeue_count=host.config.blobs.poison_threshold,
        retry_delay=0.0,
    )

    async def process(message: Message) -> bool:
        return await _process(message, by_name, host)

    def service() -> QueueService:
        return host.services.queues("")

    feeds: list[Listener] = [Feed(function, queue, host) for function in functions]
    return [Pump(service, options, process, host.report), *feeds]


async def _process(message: Message, functions: dict[str, Function], host: Listening) -> bool:
    content = json.loads(message.body)
    function = functions.get(content["FunctionId"].removeprefix("Host.Functions."))
    if function is None:  # it was removed from the app meanwhile
        return True
    service = host.services.blobs(function.trigger.text("connection"))
    found = await service.get(content["ContainerName"], content["BlobName"])
    if found is None or found[0].etag != content["ETag"]:  # deleted, or changed again: that has a message of its own
        return True
    event = to_event(function, *found, service.address(found[0].container, found[0].name))
    return (await host.run(function, event)).ok


class Feed:
    """Turns the changes that one function wants into messages."""

    def __init__(self, function: Function, queue: str, host: Listening) -> None:
        self.label = f"function '{function.name}'"
        self._function = function
        self._queue = queue
        self._host = host
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Create the container and begin."""
        trigger = self._function.trigger
        wanted = pattern(trigger.text("path"))
        service = self._host.services.blobs(trigger.text("connection"))
        with contextlib.suppress(*GONE):  # it is told by who follows
            await service.ensure(wanted.container)
        self._task = asyncio.get_running_loop().create_task(self._follow(wanted))

    async def stop(self, _seconds: float) -> None:
        """Follow no more; where to go on is kept in the store."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _follow(self, wanted: Pattern) -> None:
        services = self._host.services
        service = services.blobs(self._function.trigger.text("connection"))

        def accept(blob: Blob) -> str | None:
            return None if wanted.match(blob.name) is None else _message(self._function, blob)

        trigger = self._function.trigger
        follower = BlobFollower(
            self._host.id, self._function.name, trigger.text("path"), accept,
            services.queues(""), self._queue, services.blobs(""),
        )  # fmt: skip
        outage = Outage(self._host.report)
        while True:
            try:
                changes = await service.pull(wanted.container, follower)
                outage.over(f"The container '{wanted.container}' can be watched again.")
                if not changes:
                    await service.wait(wanted.container)
                else:
                    await asyncio.sleep(0)
            except Exception as error:  # noqa: PERF203 - the service may come back, and the loop goes on
                await outage.failed(f"The container '{wanted.container}' cannot be watched: {error}")


def _message(function: Function, blob: Blob) -> str:
    return json.dumps(
        {
            "Type": "BlobTrigger",
            "FunctionId": f"Host.Functions.{function.name}",
            "BlobType": blob.properties["type"],
            "ContainerName": blob.container,
            "BlobName": blob.name,
            "ETag": blob.etag,
        }
    )


def to_event(function: Function, blob: Blob, content: bytes, address: str) -> Event:
    """The event of a blob."""
    path = f"{blob.container}/{blob.name}"
    captures = pattern(function.trigger.text("path")).match(blob.name) or {}
    properties = {
        "LastModified": datetimes.iso(blob.modified),
        "CreatedOn": datetimes.iso(blob.created),
        "Metadata": blob.metadata,
        "BlobType": 0,
        "ContentLength": blob.length,
        "Length": blob.length,
        "ContentType": blob.properties.get("content-type"),
        "ETag": blob.etag,
    }
    metadata, data = combine(
        {"BlobTrigger": path, "Uri": address, "Properties": properties, "Metadata": blob.metadata, **captures}
    )
    reason = f"New blob detected({'EventGrid' if _is_event_grid(function) else 'LogsAndContainerScan'}): {path}"
    trigger = function.trigger
    datum = place(trigger, blob.container, blob.name) if is_deferred(trigger) else Datum("bytes", content)
    return Event(datum, metadata, data, reason)


def _is_event_grid(function: Function) -> bool:
    return function.trigger.text("source").lower() == "eventgrid"


def sample(function: Function) -> Any:
    """An event to begin with: a blob's path and content."""
    return {"path": expressions.fill(function.trigger.text("path"), "sample"), "content": "sample"}


async def from_data(function: Function, data: str, host: Listening) -> Event:
    """The event of `{"path", "content"}`, of the path of a blob that is there, or of mere content."""
    container = pattern(function.trigger.text("path")).container
    service = host.services.blobs(function.trigger.text("connection"))
    path, content = _given(function, data)
    name = path.removeprefix(f"{container}/")
    found = await service.get(container, name) if content is None else None
    if found is not None:
        blob, bytes_ = found
    else:
        bytes_ = (data if content is None else content).encode()
        now = time.time()
        properties = {"content-type": "application/octet-stream", "type": "BlockBlob"}
        blob = Blob(0, container, name, "", 0, len(bytes_), '"0x0"', now, now, 0, {}, properties)
    event = to_event(function, blob, bytes_, service.address(container, name))
    is_missing = content is None and found is None
    note = f"There is no blob {container}/{name}; what was given is taken as content." if is_missing else None
    return event._replace(reason=BY_HAND, note=note)


def _given(function: Function, data: str) -> tuple[str, str | None]:
    """Path and content of what somebody gave; content None: what they gave may be the path or the content."""
    path = function.trigger.text("path").lstrip("/")
    wanted = pattern(path)
    sample_path = expressions.fill(path, "sample") if wanted.names else f"{wanted.container}/sample"
    try:
        value = json.loads(data)
    except ValueError:
        value = None
    if isinstance(value, dict) and isinstance(value.get("path"), str) and value.keys() <= {"path", "content"}:
        content = value.get("content", "")
        given: str = value["path"].lstrip("/")
        given = given if given.startswith(f"{wanted.container}/") else f"{wanted.container}/{given}"
        if wanted.match(given.removeprefix(f"{wanted.container}/")) is None:
            raise BindingError(f"'{value['path']}' does not match the trigger's path '{path}'.")
        return given, content if isinstance(content, str) else json.dumps(content)
    text = data.strip()
    name = text.removeprefix(f"{wanted.container}/")
    if name != text and "\n" not in text and wanted.match(name) is not None:
        return text, None
    return sample_path, data
