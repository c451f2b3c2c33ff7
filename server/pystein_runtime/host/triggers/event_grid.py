"""The Event Grid trigger: a webhook that Event Grid's deliveries come to, each event a call of the function.

Blob triggers have one, too: with `source="EventGrid"` a storage account tells of its blobs there.

Rules: azure-sdk-for-net, `EventGridExtensionConfigProvider` and `HttpRequestProcessor`; the handshake of CloudEvents is
that of the specification "HTTP 1.1 Web Hooks for Event Delivery".
"""

from __future__ import annotations

import asyncio
import json
import re
import uuid
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import parse_qs

from pystein_runtime.host.bindings import BindingError
from pystein_runtime.http.messages import Response, text
from pystein_runtime.worker.messages import Datum

from . import BY_HAND, Event, blob
from .metadata import combine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pystein_runtime.host.functions import Function, FunctionSet
    from pystein_runtime.host.invocation import Outcome
    from pystein_runtime.host.services import Services
    from pystein_runtime.http.messages import Request

    from . import Listener, Listening

_KIND = "aeg-event-type"
_BLOB = re.compile(r"/blobServices/default/containers/([^/]+)/blobs/(.+)", re.DOTALL)


class Webhooks(Protocol):
    """What the webhooks need of the host."""

    @property
    def functions(self) -> FunctionSet:
        """The app's functions."""

    @property
    def services(self) -> Services:
        """The storage services."""

    async def run(self, function: Function, event: Event) -> Outcome:
        """Run a function."""


def create(_functions: Sequence[Function], _host: Listening) -> list[Listener]:
    """None: the host's own server takes the deliveries."""
    return []


async def answer(request: Request, host: Webhooks, kind: str = "eventgridtrigger") -> Response:
    """Answer a request to the webhook of a kind of trigger: `?functionName=NAME`; blob triggers say `Host.Functions.NAME`."""
    name = next((values[0] for key, values in parse_qs(request.query).items() if key.lower() == "functionname"), "")
    wanted = name.lower().removeprefix("host.functions.")
    known = host.functions.functions.values()
    function = next((item for item in known if item.name.lower() == wanted and item.trigger_type == kind), None)
    if function is None or function.disabled:
        return text(404, f"cannot find function: '{name}'")
    if request.method == "OPTIONS":
        return _greeting(request)
    if request.method != "POST":
        return Response(405)
    return await _deliver(request, function, host)


def _greeting(request: Request) -> Response:
    """The handshake of CloudEvents: who asks may send, as much as it likes."""
    origin = request.headers.get("webhook-request-origin")
    if origin is None:
        return text(400, "The header WebHook-Request-Origin is missing.")
    return Response(200, (("WebHook-Allowed-Origin", origin), ("WebHook-Allowed-Rate", "*")))


async def _deliver(request: Request, function: Function, host: Webhooks) -> Response:
    kind = request.headers.get(_KIND, "").lower()
    if kind == "unsubscribe":
        return Response(202)
    if kind not in {"notification", "subscriptionvalidation"}:
        return text(400, f"The header {_KIND} must be SubscriptionValidation, Notification or Unsubscribe.")
    try:
        content = json.loads(request.body)
    except (ValueError, RecursionError):
        return text(400, "The request content should be parseable into a JSON object or array.")
    events = content if isinstance(content, list) else [content]
    if not all(isinstance(event, dict) for event in events):
        return text(400, "The request content should be an event or an array of events.")
    if kind == "subscriptionvalidation":
        return _validation(events)
    made = [await _of_delivery(function, event, host) for event in events]
    outcomes = await asyncio.gather(*(host.run(function, event) for event in made if event is not None))
    failed = next((outcome for outcome in outcomes if not outcome.ok), None)
    if failed is not None:  # Event Grid delivers all of them again
        return text(500, failed.error.message if failed.error else "The function failed.")
    return Response(202)


def _validation(events: list[Any]) -> Response:
    """The handshake of Event Grid's own schema; in the other one the data are JSON within JSON."""
    data = events[0].get("data") if events else None
    if isinstance(data, str):
        try:
            data = json.loads(data)
        except ValueError:
            data = None
    code = data.get("validationCode") if isinstance(data, dict) else None
    if code is None:
        return text(400, "The event has no validationCode in its data.")
    body = json.dumps({"validationResponse": code}).encode()
    return Response(200, (("content-type", "application/json; charset=utf-8"),), body)


async def _of_delivery(function: Function, event: dict[str, Any], host: Webhooks) -> Event | None:
    """The event for a function, None when it is not for it: a blob trigger wants the blob that is told of."""
    if function.trigger_type == "blobtrigger":
        return await _of_blob(function, event, host)
    return to_event(event, f"EventGrid trigger fired at {datetime.now(timezone.utc):%Y-%m-%dT%H:%M:%S.%fZ}")


async def _of_blob(function: Function, event: dict[str, Any], host: Webhooks) -> Event | None:
    found = _BLOB.fullmatch(str(event.get("subject", "")))
    wanted = blob.pattern(function.trigger.text("path"))
    if found is None or found[1] != wanted.container or wanted.match(found[2]) is None:
        return None
    service = host.services.blobs(function.trigger.text("connection"))
    content = await service.get(found[1], found[2])
    return None if content is None else blob.to_event(function, *content, service.address(found[1], found[2]))


def to_event(event: dict[str, Any], reason: str) -> Event:
    """The event of an event."""
    body = json.dumps(event, ensure_ascii=False)
    metadata, data = combine({"data": event.get("data")}, body)
    return Event(Datum("json", body), metadata, data, reason)


def sample(_function: Function) -> Any:
    """An event to begin with, in Event Grid's own schema; CloudEvents are taken as well."""
    account = "/subscriptions/{id}/resourceGroups/local/providers/Microsoft.Storage/storageAccounts/devstoreaccount1"
    return {
        "id": str(uuid.UUID(int=1)),
        "topic": account,
        "subject": "/blobServices/default/containers/samples/blobs/hello.txt",
        "eventType": "Microsoft.Storage.BlobCreated",
        "eventTime": "2026-02-03T04:05:06.0000000Z",
        "data": {
            "api": "PutBlob",
            "contentType": "text/plain",
            "contentLength": 5,
            "blobType": "BlockBlob",
            "url": "http://127.0.0.1:10000/devstoreaccount1/samples/hello.txt",
        },
        "dataVersion": "",
        "metadataVersion": "1",
    }


async def from_data(_function: Function, data: str, _host: Listening) -> Event:
    """The event of an event that somebody gave by hand.

    Raises:
        BindingError: it is none.
    """
    try:
        value = json.loads(data) if data.strip() else {}
    except ValueError:
        value = None
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, dict):
        raise BindingError("The data of an Event Grid trigger is one event, a JSON object.")
    return to_event(value, BY_HAND)
