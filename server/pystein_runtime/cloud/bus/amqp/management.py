"""Requests and answers: `$cbs`, and `$management` of Service Bus entities and of event hubs.

Operations: Microsoft's "AMQP 1.0 in Azure Service Bus: request-response-based operations", and azure-eventhub.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from pystein_runtime.amqp import message as amqp
from pystein_runtime.amqp.types import Array, Int, Timestamp
from pystein_runtime.cloud.bus import entities, hubs, messages, sessions, settling
from pystein_runtime.cloud.bus.entities import BusError

from . import tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from pystein_runtime.cloud.bus.entities import Entity

    from .session import Session

_VENDOR = "com.microsoft:"
_STATUS = {
    "amqp:not-found": 404, "com.microsoft:message-not-found": 404, "com.microsoft:message-lock-lost": 410,
    "com.microsoft:session-lock-lost": 410, "com.microsoft:entity-already-exists": 409, "amqp:not-implemented": 501,
}  # fmt: skip


def answer(session: Session, path: str, request: amqp.Message) -> None:
    """Do what a request wants, and send the answer over the link that the client has opened for it."""
    error: BusError | None
    value: Any
    if path.lower().endswith("$cbs"):
        error, value = tokens.refusal(request), None
        status = 202 if error is None else 401
    else:
        status, value, error = _manage(session, path, request)
    text = "OK" if error is None else str(error)
    headers: dict[str, Any] = {
        "status-code": Int(status), "status-description": text, "statusCode": Int(status), "statusDescription": text,
    }  # fmt: skip
    if error is not None:
        headers["errorCondition"] = headers["error-condition"] = error.condition
    properties = amqp.Properties(correlation_id=request.properties.message_id)
    raw = amqp.content(properties, headers, amqp.section(amqp.VALUE, value))
    link = next((link for link in session.outgoing.values() if link.path == path), None)
    if link is not None:
        link.send(raw, uuid.uuid4().bytes)


def _manage(session: Session, path: str, request: amqp.Message) -> tuple[int, Any, BusError | None]:
    store = session.connection.store
    operation, type_ = str(request.application.get("operation")), str(request.application.get("type"))
    try:
        if operation == "READ" and type_ in {_VENDOR + "eventhub", _VENDOR + "partition"}:
            return 200, _describe_hub(session, request, type_), None
        handler = _OPERATIONS.get(operation.removeprefix(_VENDOR), _unknown)
        entity = entities.get(store, path[: -len("/$management")])
        body = request.value if isinstance(request.value, dict) else {}
        with entities.atomic(store):
            value = handler(session, entity, body)
    except BusError as error:
        return _STATUS.get(error.condition, 400), None, error
    except (KeyError, TypeError, ValueError) as error:
        return 400, None, BusError("com.microsoft:argument-error", f"The request is malformed: {error!r}.")
    is_empty = isinstance(value, dict) and any(value.get(name) == [] for name in ("messages", "sessions-ids", "rules"))
    return (204 if is_empty else 200), value, None


def _describe_hub(session: Session, request: amqp.Message, type_: str) -> dict[str, Any]:
    store = session.connection.store
    hub = entities.get(store, str(request.application["name"]))
    if hub.kind != "hub":
        raise BusError("amqp:not-found", f"'{hub.path}' is no event hub.")
    shared = {"name": str(request.application["name"]), "type": type_}
    if type_.endswith("eventhub"):
        ids = [str(number) for number in range(hub.options.partitions)]
        return {
            **shared, "created_at": Timestamp(0), "partition_count": Int(len(ids)), "partition_ids": Array(ids),
            "georeplication_factor": Int(1),
        }  # fmt: skip
    partition = str(request.application["partition"])
    if not partition.isdecimal():
        raise BusError("com.microsoft:argument-out-of-range", f"'{partition}' is no partition.")
    held = hubs.describe(store, hub, int(partition))
    return {
        **shared, "partition": partition, "begin_sequence_number": held.begin, "last_enqueued_sequence_number": held.last,
        "last_enqueued_offset": str(held.last), "last_enqueued_time_utc": Timestamp(int(held.last_enqueued * 1000)),
        "is_partition_empty": held.empty,
    }  # fmt: skip


def _session_of(session: Session, entity: Entity, body: dict[str, Any]) -> str | None:
    """The session that a request is about, which the client must have."""
    name = body.get("session-id")
    if name is not None:
        sessions.check(session.connection.store, entity, session.connection.id, str(name))
    return None if name is None else str(name)


def _renew(session: Session, entity: Entity, body: dict[str, Any]) -> Any:
    store = session.connection.store
    ends = [settling.renew(store, entity, token.bytes) for token in body["lock-tokens"]]
    return {"expirations": Array([Timestamp(int(end * 1000)) for end in ends])}


def _renew_session(session: Session, entity: Entity, body: dict[str, Any]) -> Any:
    end = sessions.renew(session.connection.store, entity, session.connection.id, str(body["session-id"]))
    return {"expiration": Timestamp(int(end * 1000))}


def _peek(session: Session, entity: Entity, body: dict[str, Any]) -> Any:
    start, limit = int(body["from-sequence-number"]), min(int(body["message-count"]), 1000)
    found = messages.peek(session.connection.store, entity, start, limit, body.get("session-id"))
    return {"messages": [{"message": item._replace(token=None).wire()} for item in found]}


def _receive_deferred(session: Session, entity: Entity, body: dict[str, Any]) -> Any:
    numbers = [int(number) for number in body["sequence-numbers"]]
    remove = int(body.get("receiver-settle-mode") or 0) == 0
    name = _session_of(session, entity, body)
    found = messages.receive_deferred(session.connection.store, entity, numbers, remove=remove, session=name)
    return {
        "messages": [
            {"message": item.wire(), **({} if item.token is None else {"lock-token": uuid.UUID(bytes=item.token)})}
            for item in found
        ]
    }


def _schedule(session: Session, entity: Entity, body: dict[str, Any]) -> Any:
    raws = [item["message"] for item in body["messages"]]
    return {"sequence-numbers": Array(messages.send(session.connection.store, entity, raws))}


def _cancel(session: Session, entity: Entity, body: dict[str, Any]) -> Any:
    messages.cancel(session.connection.store, entity, [int(number) for number in body["sequence-numbers"]])


def _settle(session: Session, entity: Entity, body: dict[str, Any]) -> Any:
    store, status = session.connection.store, str(body["disposition-status"])
    _session_of(session, entity, body)
    changes = body.get("properties-to-modify")
    for token in (item.bytes for item in body["lock-tokens"]):
        if status == "completed":
            settling.complete(store, entity, token)
        elif status == "abandoned":
            settling.abandon(store, entity, token, changes)
        elif status == "defered":  # as the service spells it
            settling.defer(store, entity, token, changes)
        elif status == "suspended":
            reason, description = body.get("deadletter-reason"), body.get("deadletter-description")
            settling.dead_letter(store, entity, token, reason, description)
        else:
            raise BusError("com.microsoft:argument-error", f"There is no disposition '{status}'.")


def _get_state(session: Session, entity: Entity, body: dict[str, Any]) -> Any:
    return {"session-state": sessions.state(session.connection.store, entity, _session_of(session, entity, body) or "")}


def _set_state(session: Session, entity: Entity, body: dict[str, Any]) -> Any:
    name = _session_of(session, entity, body) or ""
    sessions.set_state(session.connection.store, entity, name, body.get("session-state"))


def _list_sessions(session: Session, entity: Entity, body: dict[str, Any]) -> Any:
    skip, top = int(body.get("skip") or 0), int(body.get("top") or 100)
    names = sessions.names(session.connection.store, entity, skip, top)
    return {"skip": Int(skip + len(names)), "sessions-ids": Array(names)}


def _add_rule(session: Session, entity: Entity, body: dict[str, Any]) -> Any:
    from pystein_runtime.cloud.bus import filters  # noqa: PLC0415 - seldom needed

    description = body["rule-description"]
    sql, correlation = description.get("sql-filter"), description.get("correlation-filter")
    if sql is not None:
        filters.parse(sql["expression"])
        filter_: dict[str, object] = {"kind": "sql", "expression": sql["expression"]}
    elif correlation is not None:
        system = {
            name.replace("-", ""): value
            for name, value in correlation.items()
            if name != "properties" and value is not None
        }
        filter_ = {"kind": "correlation", "system": system, "properties": correlation.get("properties") or {}}
    else:
        filter_ = {"kind": "true"}
    entities.set_rule(session.connection.store, entity, str(body["rule-name"]), filter_)


def _remove_rule(session: Session, entity: Entity, body: dict[str, Any]) -> Any:
    entities.remove_rule(session.connection.store, entity, str(body["rule-name"]))


def _unknown(_session: Session, _entity: Entity, _body: dict[str, Any]) -> Any:
    raise BusError("amqp:not-implemented", "There is no such operation here.")


_OPERATIONS: dict[str, Callable[[Session, Entity, dict[str, Any]], Any]] = {
    "renew-lock": _renew,
    "renew-session-lock": _renew_session,
    "peek-message": _peek,
    "receive-by-sequence-number": _receive_deferred,
    "schedule-message": _schedule,
    "cancel-scheduled-message": _cancel,
    "update-disposition": _settle,
    "get-session-state": _get_state,
    "set-session-state": _set_state,
    "get-message-sessions": _list_sessions,
    "add-rule": _add_rule,
    "remove-rule": _remove_rule,
}
