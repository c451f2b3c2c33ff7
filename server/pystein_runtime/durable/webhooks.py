"""The HTTP API of a task hub: the public webhooks, and the package's own requests, whose bodies are JSON within JSON.

Routes, status codes and bodies: azure-functions-durable-extension, `HttpApiHandler`.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qs, unquote

from pystein_runtime.http.messages import Response

from . import events as ev
from . import operations, status, timeline
from .links import management
from .model import FINISHED, DurableError
from .names import entity_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pystein_runtime.http.messages import Request

    from .hub import Hub
    from .links import Links
    from .model import Instance

_JSON = ("content-type", "application/json; charset=utf-8")
_TOKEN = "x-ms-continuation-token"  # noqa: S105 - the name of a header


class Call(NamedTuple):
    """A request that is being answered."""

    request: Request
    query: Mapping[str, str]
    """Names in lower case."""
    links: Links
    rpc: bool
    """Whether it comes from the durable package, not through the webhooks."""

    def text(self, name: str) -> str | None:
        """A value of the query."""
        return self.query.get(name.lower())

    def flag(self, name: str, *, default: bool) -> bool:
        """A value of the query that is true or false."""
        value = (self.text(name) or "").lower()
        return value == "true" if value in {"true", "false"} else default

    def number(self, name: str) -> float | None:
        """A value of the query that is a number, and a finite one."""
        try:
            value = float(self.text(name) or "")
        except ValueError:
            return None
        return value if math.isfinite(value) else None

    def moment(self, name: str) -> float | None:
        """A value of the query that is a moment; what is none counts as missing."""
        try:
            return ev.seconds(self.text(name) or "")
        except ValueError:
            return None

    @property
    def statuses(self) -> list[str]:
        """The statuses that are asked for."""
        return [name for name in (self.text("runtimeStatus") or "").split(",") if name]


async def handle(hub: Hub, request: Request, path: str, links: Links, *, rpc: bool) -> Response:
    """Answer a request; `path` is what follows the API's own place, with percent signs."""
    query = {name.lower(): ",".join(values) for name, values in parse_qs(request.query, keep_blank_values=True).items()}
    call = Call(request, query, links, rpc)
    parts = [unquote(part) for part in path.strip("/").split("/")]
    area, rest = parts[0].lower(), parts[1:]
    try:
        _check_hub(call)
        if request.method not in {"GET", "HEAD"}:
            hub.store.flush()  # refuses what could not be kept
        if area == "orchestrators" and request.method == "POST" and len(rest) in {1, 2}:
            return await _start(hub, call, *rest)
        if area == "instances":
            return await _instances(hub, call, [part for part in rest if part])
        if area == "entities":
            return _entities(hub, call, [part for part in rest if part])
    except DurableError as error:
        return _refusal(error)
    return Response(404)


def _check_hub(call: Call) -> None:
    other = call.text("taskHub")
    if other and other.lower() != call.links.hub.lower():
        text = f"The task hub '{other}' is not here: this host has the app's own, '{call.links.hub}', only."
        raise DurableError(404, text)


def _refusal(error: DurableError) -> Response:
    text = str(error)
    if error.status == 412:
        return _answer(412, text)
    if not text:
        return Response(error.status)
    body = {"Message": text, "ExceptionMessage": text, "ExceptionType": "System.ArgumentException", "StackTrace": ""}
    return _answer(error.status, body)


def _answer(code: int, value: Any, *headers: tuple[str, str]) -> Response:
    return Response(code, (_JSON, *headers), json.dumps(value, ensure_ascii=False).encode(errors="backslashreplace"))


# -- orchestrations -------------------------------------------------------------------------------------------


async def _start(hub: Hub, call: Call, name: str, id_: str | None = None) -> Response:
    given = _body(call, "Invalid JSON content")
    if call.rpc and given is not None:
        inner = json.loads(given)
        given = inner if isinstance(inner, str) or inner is None else given
    id_ = operations.start(hub, name, id_, given, call.text("version"))
    return await _check_status(hub, call, id_)


async def _check_status(hub: Hub, call: Call, id_: str) -> Response:
    """What a caller gets who has begun something: the result, when they wait for it and it comes, else addresses."""
    timeout = call.number("timeout")
    if timeout is not None and call.number("pollingInterval") is not None:
        instance = await hub.wait(id_, timeout)
        if instance is not None and instance.status in FINISHED:
            if instance.status == "Completed":
                return _answer(200, json.loads(instance.output or "null"))
            return _answer(500 if instance.status == "Failed" else 200, status.of_instance(instance))
    links = management(call.links, id_)
    return _answer(202, links, ("location", links["statusQueryGetUri"]), ("retry-after", "10"))


async def _instances(hub: Hub, call: Call, rest: list[str]) -> Response:
    method = call.request.method
    if not rest:
        if method in {"GET", "HEAD"}:
            return _query(hub, call)
        return _purge_all(hub, call) if method == "DELETE" else Response(404)
    id_ = rest[0]
    if len(rest) == 1:
        if method in {"GET", "HEAD"}:
            return _status(hub, call, id_)
        if method == "DELETE":
            return _answer(200, {"instancesDeleted": operations.purge(hub, id_)})
        return Response(404)
    if method in {"GET", "HEAD"} and rest[1:] == ["timeline"]:
        return _timeline(hub, call, id_)
    if method != "POST":
        return Response(404)
    return await _operate(hub, call, id_, rest[1].lower(), rest[2:])


async def _operate(hub: Hub, call: Call, id_: str, operation: str, rest: list[str]) -> Response:
    reason = call.text("reason")
    if operation == "raiseevent" and len(rest) == 1:
        return _raise_event(hub, call, id_, rest[0])
    if rest:
        return Response(404)
    if operation == "restart":
        id_ = operations.restart(hub, id_, new_id=call.flag("restartWithNewInstanceId", default=True))
        return await _check_status(hub, call, id_)
    if operation == "terminate":
        operations.terminate(hub, id_, reason)
    elif operation == "suspend":
        operations.suspend(hub, id_, reason)
    elif operation == "resume":
        operations.resume(hub, id_, reason)
    elif operation == "rewind":
        operations.rewind(hub, id_)
    else:
        return Response(404)
    return Response(202)


def _raise_event(hub: Hub, call: Call, id_: str, name: str) -> Response:
    if call.request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise_for = hub.store.instance(id_)
        if raise_for is not None and raise_for.status not in FINISHED:
            raise DurableError(400, "Only application/json request content is supported")
    operations.raise_event(hub, id_, name, _body(call, "Invalid JSON content") or "null")
    return Response(202)


def _status(hub: Hub, call: Call, id_: str) -> Response:
    instance = hub.store.instance(id_)
    if instance is None:
        return Response(404)
    shown = status.of_instance(instance, show_input=call.flag("showInput", default=True))
    if call.flag("showHistory", default=False):
        shown["historyEvents"] = _history(hub, call, instance)
    if instance.status not in FINISHED:
        host = call.request.headers.get("host", "")
        query = f"?{call.request.query}" if call.request.query else ""
        location = f"http://{host}{call.request.path}{query}"
        return _answer(202, shown, ("location", location), ("retry-after", "5"))
    fails = instance.status == "Failed" and call.flag("returnInternalServerErrorOnFailure", default=False)
    return _answer(500 if fails else 200, shown)


def _history(hub: Hub, call: Call, instance: Instance) -> list[dict[str, Any]]:
    show_output = call.flag("showHistoryOutput", default=False)
    show_input = call.flag("showInput", default=True)
    try:
        return status.history(hub.store.episodes(instance.id), show_output=show_output, show_input=show_input)
    except (ValueError, LookupError, TypeError) as error:
        raise DurableError(500, f"The history of {instance.id} cannot be read: {error!r}") from error


def _timeline(hub: Hub, call: Call, id_: str) -> Response:
    """Ours, not the platform's: a page for browsers, JSON for programs."""
    instance = hub.store.instance(id_)
    if instance is None:
        return Response(404)
    if "text/html" in call.request.headers.get("accept", ""):
        return Response(200, (("content-type", "text/html; charset=utf-8"),), timeline.page())
    try:
        return _answer(200, timeline.of(instance, hub.store.episodes(id_)))
    except (ValueError, LookupError, TypeError) as error:
        raise DurableError(500, f"The history of {id_} cannot be read: {error!r}") from error


def _query(hub: Hub, call: Call) -> Response:
    limit = int(call.number("top") or 0)
    known = call.request.headers.get(_TOKEN, "")
    moment, comma, last = known.partition(",")
    try:
        after = (float.fromhex(moment), unquote(last)) if comma else None
    except ValueError as error:
        raise DurableError(400, "The continuation token is none that was given out.") from error
    found = hub.store.instances(
        statuses=call.statuses,
        created_from=call.moment("createdTimeFrom"),
        created_to=call.moment("createdTimeTo"),
        prefix=call.text("instanceIdPrefix") or "",
        limit=limit if limit > 0 else -1,
        after=after,
    )
    show_input = call.flag("showInput", default=True)
    token = ""
    if 0 < limit == len(found):
        token = f"{found[-1].created.hex()},{found[-1].id}"
    shown = [status.of_instance(instance, show_input=show_input) for instance in found]
    return _answer(200, shown, (_TOKEN, token))


def _purge_all(hub: Hub, call: Call) -> Response:
    created_from = call.moment("createdTimeFrom")
    if created_from is None:
        return _answer(400, "Please provide value for 'createdTimeFrom' parameter.")
    count = operations.purge_all(hub, created_from, call.moment("createdTimeTo"), call.statuses)
    return _answer(200, {"instancesDeleted": count}) if count else Response(404)


# -- entities -------------------------------------------------------------------------------------------------


def _entities(hub: Hub, call: Call, rest: list[str]) -> Response:
    method = call.request.method
    if len(rest) < 2:
        return _list_entities(hub, call, rest[0] if rest else "") if method in {"GET", "HEAD"} else Response(404)
    name, key = rest[0], "/".join(rest[1:])
    if method in {"GET", "HEAD"}:
        state = hub.store.entity(entity_id(name, key))
        return Response(404) if state is None else Response(200, (_JSON,), state.encode())
    if method not in {"POST", "DELETE"}:
        return Response(404)
    operation = "delete" if method == "DELETE" else call.text("op") or ""
    given = _body(call, "Could not parse JSON content")
    if given is not None and call.rpc:  # the package sends JSON of a text that is JSON
        inner = json.loads(given)
        given = inner if isinstance(inner, str) else given
    operations.signal(hub, name, key, operation, None if given == "null" else given)
    return Response(202)


def _list_entities(hub: Hub, call: Call, name: str) -> Response:
    fetch = call.flag("fetchState", default=False)
    found = hub.store.entities(entity_id(name, "") if name else "@")
    return _answer(200, [status.of_entity(*item, fetch_state=fetch) for item in found], (_TOKEN, ""))


def _body(call: Call, complaint: str) -> str | None:
    """The JSON of a request's body; None: it is empty."""
    try:
        text = call.request.body.decode("utf-8-sig")
        if not text.strip():
            return None
        json.loads(text)
    except ValueError as error:
        raise DurableError(400, f"{complaint}: {error}") from error
    return text
