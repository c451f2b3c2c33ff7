"""The Event Grid trigger: a webhook that Event Grid's deliveries come to, each event a call of the function.

Rules: azure-sdk-for-net, `EventGridExtensionConfigProvider` and `HttpRequestProcessor`; the handshake of CloudEvents is
that of the specification "HTTP 1.1 Web Hooks for Event Delivery".
"""

from __future__ import annotations

import asyncio
import json
import uuid
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from pystein_runtime.host.bindings import BindingError
from pystein_runtime.http.messages import Response, text
from pystein_runtime.worker.messages import Datum

from . import BY_HAND, Event
from .metadata import combine

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from pystein_runtime.host.functions import Function
    from pystein_runtime.host.invocation import Outcome
    from pystein_runtime.http.messages import Request

    from . import Listener, Listening

_KIND = "aeg-event-type"


def create(_functions: Sequence[Function], _host: Listening) -> list[Listener]:
    """None: the host's own server takes the deliveries."""
    return []


async def answer(
    request: Request, functions: Mapping[str, Function], run: Callable[[Function, Event], Awaitable[Outcome]]
) -> Response:
    """Answer a request to the webhook: `?functionName=NAME`."""
    name = next((values[0] for key, values in parse_qs(request.query).items() if key.lower() == "functionname"), "")
    function = next((item for item in functions.values() if item.name.lower() == name.lower()), None)
    if function is None or function.disabled or function.trigger_type != "eventgridtrigger":
        return text(404, f"cannot find function: '{name}'")
    if request.method == "OPTIONS":
        return _greeting(request)
    if request.method != "POST":
        return Response(405)
    return await _deliver(request, function, run)


def _greeting(request: Request) -> Response:
    """The handshake of CloudEvents: who asks may send, as much as it likes."""
    origin = request.headers.get("webhook-request-origin")
    if origin is None:
        return text(400, "The header WebHook-Request-Origin is missing.")
    return Response(200, (("WebHook-Allowed-Origin", origin), ("WebHook-Allowed-Rate", "*")))


async def _deliver(
    request: Request, function: Function, run: Callable[[Function, Event], Awaitable[Outcome]]
) -> Response:
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
    reason = f"EventGrid trigger fired at {datetime.now(timezone.utc):%Y-%m-%dT%H:%M:%S.%fZ}"
    outcomes = await asyncio.gather(*(run(function, to_event(event, reason)) for event in events))
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
