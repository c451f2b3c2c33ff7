"""What azure-functions-durable 2.x can ask of a task hub: durabletask's `TaskHubSidecarService`.

Messages and methods: durabletask 1.12, `orchestrator_service.proto`. Methods of workers (`GetWorkItems` and the like) are
not among them, because on the platform the host calls the functions.
"""

from __future__ import annotations

import asyncio
import base64
import json
from typing import TYPE_CHECKING

from . import operations, wire
from .model import FINISHED, DurableError
from .names import normal
from .protobuf_protocol import STATUSES, failure_details, history_event, tags
from .wire import Message, WireError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from .grpc_server import Call
    from .hub import Hub
    from .model import Instance

_SERVICE = "/TaskHubSidecarService/"
_NAMES = {number: name for name, number in STATUSES.items()}
_CHUNK = 500  # events of a history in one message
_PAGE = 100  # ids in a list, where the caller does not say
_FOREVER = 365 * 86400.0


async def answer(hub: Hub, call: Call) -> list[bytes]:
    """Answer a call.

    Raises:
        DurableError: it cannot be fulfilled.
        WireError: the message cannot be read.
    """
    method = _METHODS.get(call.method.removeprefix(_SERVICE))
    if method is None or not call.method.startswith(_SERVICE):
        raise DurableError(501, f"This task hub has no method {call.method}.")
    try:
        found = method(hub, Message(call.message))
    except UnicodeDecodeError as error:
        raise WireError("the message has a text that is no UTF-8") from error
    if isinstance(found, bytes):
        return [found]
    return found if isinstance(found, list) else [await found]


# -- orchestrations -----------------------------------------------------------------------------------------------


def _start(hub: Hub, request: Message) -> bytes:
    labels, policy = request.pairs(8), request.message(6)
    id_ = operations.start(
        hub,
        request.text(2),
        request.text(1) or None,
        request.wrapped(4),
        request.wrapped(3),
        _seconds(request, 5),
        json.dumps(labels) if labels else None,
        None if policy is None else _statuses(policy, 1),
    )
    return wire.text(1, id_)


def _get(hub: Hub, request: Message) -> bytes:
    return _found(hub.store.instance(request.text(1)), payloads=bool(request.number(2)))


def _found(instance: Instance | None, *, payloads: bool) -> bytes:
    if instance is None:
        return b""
    return wire.number(1, value=True) + wire.data(2, _state(instance, payloads=payloads))


def _state(instance: Instance, *, payloads: bool) -> bytes:
    """An OrchestrationState."""
    failed = instance.status == "Failed"
    body = wire.text(1, instance.id) + wire.text(2, instance.name) + wire.wrapped(3, instance.version)
    body += wire.number(4, STATUSES.get(instance.status, 0)) + wire.moment(5, _micros(instance.due))
    body += wire.moment(6, _micros(instance.created)) + wire.moment(7, _micros(instance.updated))
    if payloads:
        body += wire.wrapped(8, instance.input) + wire.wrapped(9, None if failed else instance.output)
        body += wire.wrapped(10, instance.custom)
    if failed:
        body += wire.data(11, _failure(instance))
    body += wire.wrapped(12, instance.execution)
    if instance.status in FINISHED:
        body += wire.moment(13, _micros(instance.updated))
    labels = None if instance.tags is None else json.loads(instance.tags)
    return body + wire.wrapped(14, instance.parent) + tags(15, labels)


def _failure(instance: Instance) -> bytes:
    if instance.failure is not None:
        return base64.b64decode(instance.failure)
    text = json.loads(instance.output or '""')
    return failure_details("OrchestrationFailed", text if isinstance(text, str) else json.dumps(text))


async def _wait_for_start(hub: Hub, request: Message) -> bytes:
    while True:
        instance = hub.store.instance(request.text(1))
        if instance is None or instance.status != "Pending":
            return _found(instance, payloads=bool(request.number(2)))
        await asyncio.sleep(0.01)


async def _wait_for_end(hub: Hub, request: Message) -> bytes:
    instance = await hub.wait(request.text(1), _FOREVER)
    return _found(instance, payloads=bool(request.number(2)))


def _raise_event(hub: Hub, request: Message) -> bytes:
    operations.raise_event(hub, request.text(1), request.text(2), request.wrapped(3))
    return b""


def _terminate(hub: Hub, request: Message) -> bytes:
    operations.terminate(hub, request.text(1), _reason(request.wrapped(2)), recursive=bool(request.number(3)))
    return b""


def _reason(output: str | None) -> str | None:
    """The reason for an end, which the package gives as JSON."""
    try:
        value = None if output is None else json.loads(output)
    except ValueError:
        return output
    return value if isinstance(value, str) or value is None else output


def _suspend(hub: Hub, request: Message) -> bytes:
    operations.suspend(hub, request.text(1), request.wrapped(2))
    return b""


def _resume(hub: Hub, request: Message) -> bytes:
    operations.resume(hub, request.text(1), request.wrapped(2))
    return b""


def _rewind(hub: Hub, request: Message) -> bytes:
    operations.rewind(hub, request.text(1))
    return b""


def _restart(hub: Hub, request: Message) -> bytes:
    return wire.text(1, operations.restart(hub, request.text(1), new_id=bool(request.number(2))))


def _query(hub: Hub, request: Message) -> bytes:
    query = request.message(1) or Message(b"")
    limit = query.number(5)
    after = _token(query.wrapped(6))
    found = hub.store.instances(
        statuses=_statuses(query, 1),
        created_from=_seconds(query, 2),
        created_to=_seconds(query, 3),
        prefix=query.wrapped(7) or "",
        limit=limit if limit > 0 else -1,
        after=after,
    )
    body = b"".join(wire.data(1, _state(instance, payloads=bool(query.number(8)))) for instance in found)
    more = 0 < limit == len(found)
    return body + wire.wrapped(2, f"{found[-1].created.hex()},{found[-1].id}" if more else None)


def _token(text: str | None) -> tuple[float, str] | None:
    if not text:
        return None
    moment, _, id_ = text.partition(",")
    try:
        return float.fromhex(moment), id_
    except ValueError as error:
        raise DurableError(400, "The continuation token is none that was given out.") from error


def _list_ids(hub: Hub, request: Message) -> bytes:
    """Finished instances in the order in which they came to their ends."""
    statuses = _statuses(request, 1) or sorted(FINISHED)
    start, end, last = _seconds(request, 2), _seconds(request, 3), _token(request.wrapped(5))
    ended = sorted(
        (instance.updated, instance.id)
        for instance in hub.store.instances(statuses=statuses)
        if instance.status in FINISHED
        and (start is None or instance.updated >= start)
        and (end is None or instance.updated < end)
    )
    left = [item for item in ended if last is None or item > last]
    page = left[: request.number(4) or _PAGE]
    body = b"".join(wire.text(1, id_) for _, id_ in page)
    return body + wire.wrapped(2, f"{page[-1][0].hex()},{page[-1][1]}" if len(left) > len(page) else None)


def _purge(hub: Hub, request: Message) -> bytes:
    chosen = request.message(2)
    batch = (request.message(4) or Message(b"")).texts(1)
    if chosen is not None:
        count = operations.purge_all(hub, _seconds(chosen, 1) or 0.0, _seconds(chosen, 2), _statuses(chosen, 3))
    else:
        count = sum(_purge_one(hub, id_) for id_ in batch or [request.text(1)])
    return wire.number(1, count) + wire.data(2, wire.number(1, value=True))


def _purge_one(hub: Hub, id_: str) -> int:
    if id_.startswith("@"):
        return operations.delete_entity(hub, normal(id_))
    try:
        return operations.purge(hub, id_)
    except DurableError:
        return 0


def _history(hub: Hub, request: Message) -> list[bytes]:
    id_ = request.text(1)
    if hub.store.instance(id_) is None:
        raise DurableError(404, f"There is no instance {id_}.")
    texts = [text for episode in hub.store.episodes(id_) for text in episode.split("\n")]
    try:
        events = [wire.data(1, history_event(json.loads(text))) for text in texts]
    except (ValueError, LookupError, TypeError) as error:
        raise DurableError(500, f"The history of {id_} cannot be read: {error!r}") from error
    return [b"".join(events[start : start + _CHUNK]) for start in range(0, len(events), _CHUNK)]


# -- entities -----------------------------------------------------------------------------------------------------


def _signal(hub: Hub, request: Message) -> bytes:
    _, name, key = normal(request.text(1)).split("@", 2)
    operations.signal(hub, name, key, request.text(2), request.wrapped(3), _seconds(request, 5))
    return b""


def _get_entity(hub: Hub, request: Message) -> bytes:
    id_ = normal(request.text(1))
    row = next((row for row in hub.store.entities(id_) if row[0] == id_), None)
    if row is None:
        return b""
    return wire.number(1, value=True) + wire.data(2, _entity(hub, *row, state_too=bool(request.number(2))))


def _entity(hub: Hub, id_: str, state: str, updated: float, *, state_too: bool) -> bytes:
    """An EntityMetadata."""
    body = wire.text(1, id_) + wire.moment(2, _micros(updated)) + wire.number(3, hub.entities.backlog(id_))
    return body + wire.wrapped(4, hub.entities.locked_by(id_)) + wire.wrapped(5, state if state_too else None)


def _query_entities(hub: Hub, request: Message) -> bytes:
    query = request.message(1) or Message(b"")
    start, end, last = _seconds(query, 2), _seconds(query, 3), query.wrapped(7) or ""
    size = (query.message(6) or Message(b"")).number(1)
    left = [
        row
        for row in hub.store.entities((query.wrapped(1) or "@").lower())
        if (start is None or row[2] >= start) and (end is None or row[2] <= end) and row[0] > last
    ]
    page = left[:size] if size > 0 else left
    body = b"".join(wire.data(1, _entity(hub, *row, state_too=bool(query.number(4)))) for row in page)
    return body + wire.wrapped(2, page[-1][0] if len(page) < len(left) else None)


def _clean_entities(hub: Hub, request: Message) -> bytes:
    """Entities without a state are never kept, so there are only locks to let go."""
    released = hub.entities.release_orphans() if request.number(3) else 0
    return wire.number(3, released)


def _nothing(_hub: Hub, _request: Message) -> bytes:
    return b""


def _statuses(message: Message, field: int) -> list[str]:
    return [_NAMES[number] for number in message.numbers(field) if number in _NAMES]


def _seconds(message: Message, field: int) -> float | None:
    micros = message.moment(field)
    return None if micros is None else micros / 1e6


def _micros(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds * 1e6)


_METHODS: dict[str, Callable[[Hub, Message], bytes | list[bytes] | Awaitable[bytes]]] = {
    "Hello": _nothing,
    "StartInstance": _start,
    "GetInstance": _get,
    "RewindInstance": _rewind,
    "RestartInstance": _restart,
    "WaitForInstanceStart": _wait_for_start,
    "WaitForInstanceCompletion": _wait_for_end,
    "RaiseEvent": _raise_event,
    "TerminateInstance": _terminate,
    "SuspendInstance": _suspend,
    "ResumeInstance": _resume,
    "QueryInstances": _query,
    "ListInstanceIds": _list_ids,
    "PurgeInstances": _purge,
    "StreamInstanceHistory": _history,
    "CreateTaskHub": _nothing,
    "DeleteTaskHub": _nothing,
    "SignalEntity": _signal,
    "GetEntity": _get_entity,
    "QueryEntities": _query_entities,
    "CleanEntityStorage": _clean_entities,
}
