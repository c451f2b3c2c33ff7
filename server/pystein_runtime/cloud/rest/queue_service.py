"""Queue REST."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pystein_runtime.cloud import queues
from pystein_runtime.cloud.account import ACCOUNT
from pystein_runtime.cloud.datetimes import http_date
from pystein_runtime.cloud.queues import Message, QueueError

from . import calls, markup, policies, service_properties
from .authorization import authorize
from .calls import Call, Refused, answer
from .markup import Markup, join, tag

if TYPE_CHECKING:
    from pystein_runtime.cloud.store import Store
    from pystein_runtime.http.messages import Request, Response

    from .sas import Grant

LIMIT = 5000
WEEK = 7 * 24 * 3600


async def handle(store: Store, request: Request) -> Response:
    """Answer one request."""
    try:
        call = calls.parse(store, request, 4)
        answered = _answer(call)
    except Refused as refused:
        answered = calls.refusal(refused)
    except QueueError as error:
        answered = calls.refusal(Refused(error.code, str(error) if str(error) != error.code else ""))
    return calls.finish(request, answered)


def _answer(call: Call) -> Response:
    grant = authorize(call, "queue")
    if grant.is_anonymous:
        raise Refused("AuthenticationFailed")
    match call.parts:
        case ():
            return _service(call, grant)
        case (name,):
            return _queue(call, name, grant)
        case (name, "messages"):
            return _messages(call, name, grant)
        case (name, "messages", id_):
            return _message(call, name, id_, grant)
    raise Refused("InvalidUri")


def _service(call: Call, grant: Grant) -> Response:
    if call.text("comp") == "list" and call.method == "GET":
        grant.check("l", "s")
        return _list(call)
    grant.check("rw", "s")
    found = service_properties.handle(call, "queue")
    if found is None:
        raise Refused("InvalidQueryParameterValue")
    return found


def _list(call: Call) -> Response:
    prefix, marker = call.text("prefix"), call.text("marker")
    limit = min(call.integer("maxresults", LIMIT, 1, 2**31), LIMIT)
    found = [item for item in queues.names(call.store, prefix) if item[0] >= marker]
    with_metadata = "metadata" in call.text("include").split(",")
    items = []
    for name, metadata in found[:limit]:
        shown = tag("Metadata", join(tag(key, value) for key, value in metadata.items())) if with_metadata else ""
        items.append(tag("Queue", tag("Name", name), shown))
    inner = [tag("Prefix", prefix), tag("Marker", marker), tag("MaxResults", limit), tag("Queues", join(items))]
    inner.append(tag("NextMarker", found[limit][0] if len(found) > limit else ""))
    host = call.headers.get("host", "127.0.0.1:10001")
    endpoint = f'ServiceEndpoint="http://{host}/{ACCOUNT}/"'
    return answer(200, (), f"<EnumerationResults {endpoint}>{''.join(inner)}</EnumerationResults>")


def _queue(call: Call, name: str, grant: Grant) -> Response:
    comp, store = call.text("comp"), call.store
    match call.method, comp:
        case "PUT", "":
            grant.check("cw", "c")
            return answer(201 if queues.create(store, name, call.metadata()) else 204, (), b"")
        case "DELETE", "":
            grant.check("d", "c")
            queues.delete_queue(store, name)
            policies.delete(store, f"queue:{name}")
            return answer(204, (), b"")
        case (("GET" | "HEAD"), "metadata"):
            grant.check("r", "c")
            headers = [(f"x-ms-meta-{key}", value) for key, value in queues.metadata(store, name).items()]
            headers.append(("x-ms-approximate-messages-count", str(queues.count(store, name))))
            return answer(200, headers, b"")
        case "PUT", "metadata":
            grant.check("w", "c")
            queues.set_metadata(store, name, call.metadata())
            return answer(204, (), b"")
        case (("GET" | "HEAD"), "acl"):
            grant.check("", "c")
            queues.metadata(store, name)
            return answer(200, (), policies.as_xml(store, f"queue:{name}"))
        case "PUT", "acl":
            grant.check("", "c")
            queues.metadata(store, name)
            policies.write(store, f"queue:{name}", call.body)
            return answer(204, (), b"")
    raise Refused("UnsupportedHttpVerb")


def _messages(call: Call, name: str, grant: Grant) -> Response:
    store = call.store
    if call.method == "POST":
        grant.check("a", "o")
        lifetime = call.integer("messagettl", WEEK, -1, 2**31 - 1)
        if lifetime == 0:
            raise Refused("OutOfRangeQueryParameterValue", "messagettl must be -1 or more than 0.")
        delay = call.integer("visibilitytimeout", 0, 0, WEEK)
        if 0 < lifetime <= delay:
            raise Refused("OutOfRangeQueryParameterValue", "visibilitytimeout must be less than messagettl.")
        sent = queues.send(store, name, _text(call), delay=delay, lifetime=lifetime)
        return answer(201, (), tag("QueueMessagesList", _shown(sent, body=False, count=False)))
    if call.method == "GET":
        limit = call.integer("numofmessages", 1, 1, 32)
        if call.text("peekonly").lower() == "true":
            grant.check("r", "o")
            found = queues.peek(store, name, limit)
            return answer(200, (), tag("QueueMessagesList", join(_shown(item, receipt=False) for item in found)))
        grant.check("p", "o")
        hidden = call.integer("visibilitytimeout", 30, 1, WEEK)
        found = queues.receive(store, name, limit, hidden)
        return answer(200, (), tag("QueueMessagesList", join(map(_shown, found))))
    if call.method == "DELETE":
        grant.check("d", "o")
        queues.clear(store, name)
        return answer(204, (), b"")
    raise Refused("UnsupportedHttpVerb")


def _message(call: Call, name: str, id_: str, grant: Grant) -> Response:
    receipt = call.query.get("popreceipt")
    if receipt is None:
        raise Refused("MissingRequiredQueryParameter", "popreceipt is missing.")
    if call.method == "DELETE":
        grant.check("p", "o")
        queues.delete(call.store, name, id_, receipt)
        return answer(204, (), b"")
    if call.method == "PUT":
        grant.check("u", "o")
        if "visibilitytimeout" not in call.query:
            raise Refused("MissingRequiredQueryParameter", "visibilitytimeout is missing.")
        hidden = call.integer("visibilitytimeout", 0, 0, WEEK)
        body = _text(call) if call.body.strip() else None
        updated = queues.update(call.store, name, id_, receipt, hidden=hidden, body=body)
        headers = [("x-ms-popreceipt", updated.receipt), ("x-ms-time-next-visible", http_date(updated.visible))]
        return answer(204, headers, b"")
    raise Refused("UnsupportedHttpVerb")


def _text(call: Call) -> str:
    root = markup.parse(call.body)
    if root is None or root.tag != "QueueMessage":
        raise Refused("InvalidXmlDocument")
    return root.findtext("MessageText") or ""


def _shown(message: Message, *, body: bool = True, count: bool = True, receipt: bool = True) -> Markup:
    parts = [
        tag("MessageId", message.id),
        tag("InsertionTime", http_date(message.inserted)),
        tag("ExpirationTime", http_date(message.expires)),
    ]
    if receipt:
        parts += [tag("PopReceipt", message.receipt), tag("TimeNextVisible", http_date(message.visible))]
    if count:
        parts.append(tag("DequeueCount", message.dequeued))
    if body:
        parts.append(tag("MessageText", message.body))
    return tag("QueueMessage", *parts)
