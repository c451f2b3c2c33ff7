"""What clients can ask of a task hub. Each is kept before its caller hears of it."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING

from . import events as ev
from . import rewinding
from .model import FINISHED, DurableError, Operation
from .names import check_instance_id, entity_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .hub import Hub
    from .live import Live
    from .model import Event, Instance


def start(
    hub: Hub, name: str, id_: str | None, given: str | None, version: str | None = None, due: float | None = None,
    tags: str | None = None, replaceable: Sequence[str] | None = None,
) -> str:  # fmt: skip
    """Begin an orchestration; gives its id.

    Args:
        hub: where.
        name: of the orchestrator.
        id_: of the instance; None: a new one.
        given: the input as JSON; None: none.
        version: None: host.json's `defaultVersion`.
        due: not before this moment; None: now.
        tags: JSON: an object of texts.
        replaceable: which status an instance with this id may have to be replaced; None: what host.json says.

    Raises:
        DurableError: the name or the id cannot be used.
    """
    if name.startswith("@"):
        raise DurableError(400, "Orchestration names must not start with @.")
    id_ = id_ or uuid.uuid4().hex
    check_instance_id(id_)
    hub.turns.functions.check(name)
    running = hub.store.instance(id_)
    if running is not None:
        if replaceable is not None:
            replaced = running.status in replaceable
        else:
            replaced = running.status in FINISHED or hub.app.config.durable.override_running
        if not replaced:
            raise DurableError(409, f"An Orchestration instance with the status {running.status} already exists.")
        hub.live.pop(id_, None)
        hub.entities.release(id_)
    hub.start(hub.new_instance(id_, name, given, version)._replace(due=due, tags=tags))
    hub.store.flush()
    return id_


def raise_event(hub: Hub, id_: str, name: str, data: str | None) -> None:
    """Send an external event; `data` is JSON, or None.

    Raises:
        DurableError: 404 unknown, 410 finished.
    """
    _unfinished(hub, id_)
    hub.deliver(id_, None, ev.event(ev.EVENT_RAISED, hub.now(), Name=name, Input=data))
    hub.store.flush()


def terminate(hub: Hub, id_: str, reason: str | None, *, recursive: bool = False) -> None:
    """End an orchestration at once; activities that were begun go on, and nobody hears of their end.

    Args:
        hub: where.
        id_: of the instance.
        reason: becomes its output.
        recursive: whether its sub-orchestrations end with it.

    Raises:
        DurableError: 404 unknown, 410 finished.
    """
    _unfinished(hub, id_)
    for child in [live.instance.id for live in hub.live.values() if recursive and live.instance.parent == id_]:
        terminate(hub, child, reason, recursive=True)
    live = _live(hub, id_)
    event = ev.event(ev.EXECUTION_TERMINATED, hub.now(), Input=reason)
    _note(hub, live, event)
    hub.end(live, "Terminated", json.dumps(reason))
    hub.store.flush()


def suspend(hub: Hub, id_: str, reason: str | None) -> None:
    """Have an orchestration keep still; what comes for it waits.

    Raises:
        DurableError: 404 unknown, 410 finished.
    """
    if _unfinished(hub, id_).status != "Suspended":
        live = _live(hub, id_)
        hub.change(live, status="Suspended")
        hub.deliver(id_, None, ev.event(ev.SUSPENDED, hub.now(), Reason=reason))
    hub.store.flush()


def resume(hub: Hub, id_: str, reason: str | None) -> None:
    """Have a suspended orchestration go on.

    Raises:
        DurableError: 404 unknown, 410 finished.
    """
    if _unfinished(hub, id_).status == "Suspended":
        live = _live(hub, id_)
        hub.change(live, status="Running")
        hub.deliver(id_, None, ev.event(ev.RESUMED, hub.now(), Reason=reason))
    hub.store.flush()


def restart(hub: Hub, id_: str, *, new_id: bool) -> str:
    """Begin an orchestration anew with the input that it had; gives the id.

    Raises:
        DurableError: 404 unknown, 409 still running under the id that is to be used.
    """
    instance = _known(hub, id_)
    return start(hub, instance.name, None if new_id else id_, instance.input, instance.version)


def rewind(hub: Hub, id_: str) -> None:
    """Take the failure out of a failed orchestration's history and have it go on from there.

    Raises:
        DurableError: 404 unknown, 412 not failed, 400 the history cannot be read.
    """
    instance = _known(hub, id_)
    if instance.status != "Failed":
        raise DurableError(
            412,
            f'This orchestration has status {instance.status}, but only orchestrations in the "Failed" state can be'
            " rewound.",
        )
    rewinding.rewind(hub, instance)
    hub.store.flush()


def purge(hub: Hub, id_: str) -> int:
    """Forget a finished orchestration; gives how many were forgotten.

    Raises:
        DurableError: 404 unknown, 412 not finished.
    """
    instance = _known(hub, id_)
    if instance.status not in FINISHED:
        raise DurableError(
            412,
            "Only orchestrations in a terminal state can be purged, but the orchestration with instance ID"
            f" {id_} has status {instance.status}",
        )
    hub.store.delete_instance(id_)
    hub.store.flush()
    return 1


def purge_all(hub: Hub, created_from: float, created_to: float | None, statuses: Sequence[str]) -> int:
    """Forget the finished orchestrations that were created in a time; gives how many."""
    found = hub.store.instances(statuses=statuses, created_from=created_from, created_to=created_to)
    finished = [instance for instance in found if instance.status in FINISHED]
    for instance in finished:
        hub.store.delete_instance(instance.id)
    hub.store.flush()
    return len(finished)


def signal(hub: Hub, name: str, key: str, operation: str, given: str | None, due: float | None = None) -> None:
    """Send a request to an entity without waiting for the result; `given` is JSON, and `due` when it is to be done.

    Raises:
        DurableError: the app has no such entity.
    """
    entity = entity_id(name, key)
    hub.entities.check(entity)
    hub.entities.add(Operation(0, entity, operation, given, None, None, uuid.uuid4().hex, due))
    hub.store.flush()


def delete_entity(hub: Hub, entity: str) -> int:
    """Forget an entity; gives how many were forgotten."""
    known = hub.store.entity(entity) is not None
    hub.store.put_entity(entity, None, hub.now())
    hub.store.flush()
    return int(known)


def _known(hub: Hub, id_: str) -> Instance:
    instance = hub.store.instance(id_)
    if instance is None:
        raise DurableError(404, "")
    return instance


def _unfinished(hub: Hub, id_: str) -> Instance:
    instance = _known(hub, id_)
    if instance.status in FINISHED:
        raise DurableError(410, "")
    return instance


def _live(hub: Hub, id_: str) -> Live:
    live = hub.live.get(id_)
    if live is None:
        raise DurableError(409, f"The instance {id_} is kept for a host, and none runs.")
    return live


def _note(hub: Hub, live: Live, *events: Event) -> None:
    """Add to a history what no turn adds."""
    number = len(hub.store.episodes(live.instance.id))
    hub.store.add_episode(live.instance.id, number, [ev.dump(event) for event in events])
