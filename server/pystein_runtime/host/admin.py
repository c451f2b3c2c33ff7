"""The admin API: what tools ask of a host, as the platform answers it, and our own way to run a function and see it all.

Shapes: azure-functions-host, `HostController`, `FunctionsController`, `FunctionMetadataResponse`.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from pystein_runtime.http.messages import Response

from . import events, results
from .bindings import BindingError
from .expressions import ExpressionError
from .services import ServiceError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pystein_runtime.http.messages import Request

    from .app_host import AppHost
    from .functions import Function

VERSION = "4.1049.0.0"
"""The version of the platform's host that this one stands for."""


async def handle(request: Request, host: AppHost) -> Response:
    """Answer a request under `/admin/`."""
    path = unquote(request.path).strip("/").removeprefix("admin/")
    area, _, rest = path.partition("/")
    if area == "host":
        return _host(request, rest, host)
    if area == "functions":
        return await _functions(request, rest, host)
    if path == "pystein/invoke" and request.method == "POST":
        return await _invoke(request, host)
    if path == "pystein/debug" and request.method == "POST":
        return await _debug(request, host)
    if path == "pystein/stop" and request.method == "POST":
        host.stop()
        return Response(202)
    if area == "pystein":
        from pystein_runtime.dashboard import api  # noqa: PLC0415 - not before somebody looks

        return await api.handle(request, rest, host)
    return Response(404)


def _host(request: Request, rest: str, host: AppHost) -> Response:
    if rest == "status" and request.method in {"GET", "HEAD"}:
        return as_json(
            {
                "id": host.app.id,
                "state": host.state,
                "version": VERSION,
                "versionDetails": VERSION,
                "instanceId": host.instance,
                "processUptime": int(host.uptime * 1000),
                "workerProcessId": host.app.worker_process,
                **_debugger(host),
                **({"errors": [host.failure]} if host.failure else {}),
            }
        )
    if rest == "ping":
        return Response(200)
    if rest == "restart" and request.method == "POST":
        host.request_reload()
        return Response(202)
    return Response(404)


def _debugger(host: AppHost) -> dict[str, Any]:
    port = host.app.workers.debugger
    return {"debugger": {"host": port.host, "port": port.port, "attached": port.is_attached}} if port else {}


async def _debug(request: Request, host: AppHost) -> Response:
    """Let debuggers into a host that runs: `{"port"?, "debugpy"?}`; the app is loaded afresh when it was not debugged."""
    from . import debugging  # noqa: PLC0415 - seldom needed

    try:
        body = json.loads(request.body) if request.body.strip() else {}
        port, folder = body.get("port"), body.get("debugpy")
    except (ValueError, AttributeError):
        return as_json({"unusable": "The body must be an object."}, 400)
    if host.app.workers.debugger is None:
        await host.settled()  # the next load is the one that lets it in
        try:
            await host.app.workers.debug(debugging.prepare_port(port, folder))
        except debugging.DebugError as error:
            return as_json({"unusable": str(error)}, 400)
        host.request_reload()
    return as_json(_debugger(host)["debugger"])


async def _functions(request: Request, rest: str, host: AppHost) -> Response:
    name, _, what = rest.partition("/")
    if not name:
        if request.method != "GET":
            return Response(405)
        return as_json([describe(function, host) for function in host.app.functions.functions.values()])
    function = host.app.functions.find(name)
    if function is None:
        return Response(404)
    if what == "status":
        return as_json({"isDisabled": function.disabled})
    if what:
        return Response(404)
    if request.method == "GET":
        return as_json(describe(function, host))
    if request.method == "POST":
        return await _run(request, function, host)
    return Response(405)


def describe(function: Function, host: AppHost) -> dict[str, Any]:
    """A function as tools know it."""
    return {
        "name": function.name,
        "script_root_path_href": None,
        "script_href": None,
        "config_href": None,
        "test_data_href": None,
        "href": f"{host.url}/admin/functions/{function.name}",
        "invoke_url_template": host.address_of(function),
        "language": "python",
        "config": {"name": function.name, "bindings": list(function.raw_bindings)},
        "test_data": "",
        "isDisabled": function.disabled,
        "isDirect": True,
        "isProxy": False,
    }


async def _run(request: Request, function: Function, host: AppHost) -> Response:
    """The platform's way to set a function off: accepted, and nobody hears what became of it."""
    try:
        body = json.loads(request.body) if request.body.strip() else {}
    except ValueError:
        return as_json({"message": "The body must be JSON."}, 400)
    if not isinstance(body, dict):
        return as_json({"message": 'The body must be an object: {"input": ...}.'}, 400)
    given = next((value for name, value in body.items() if name.lower() == "input"), None)
    data = given if isinstance(given, str) or given is None else json.dumps(given)
    try:
        event = await host.event_by_hand(function, events.Given(data=data or None))
    except (BindingError, ExpressionError, ServiceError) as error:
        return as_json({"message": str(error)}, 400)
    host.later(host.app.run(function, event))
    return Response(202)


async def _invoke(request: Request, host: AppHost) -> Response:
    """Run a function by hand and answer what became of it."""
    try:
        body = json.loads(request.body)
        given = _given(body)
        if "base64" in body:
            given = given._replace(data="", raw=base64.b64decode(body["base64"], validate=True))
        name = str(body["function"])
        json.dumps(body, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return as_json({"unusable": "The data are no Unicode text: there are lone surrogates in them."}, 400)
    except (ValueError, KeyError, AttributeError, TypeError):
        return as_json({"unusable": "The body must be an object with the function's name."}, 400)
    await host.settled()
    if body.get("debug") is True and host.app.workers.debugger is not None:
        await host.app.workers.debugger.wait()
    if host.state == "Error":
        return as_json(results.load_failure(name, host.failure or "", host.error))
    function = host.app.functions.find(name)
    if function is None:
        return as_json({"unusable": host.app.unknown(name)}, 404)
    try:
        event = await host.event_by_hand(function, given)
    except (BindingError, ExpressionError, ServiceError) as error:
        return as_json({"unusable": str(error)}, 400)
    outcome = await host.app.run_by_hand(function, event, send=body.get("send") is True)
    if host.failure:
        outcome = outcome._replace(notes=[*outcome.notes, _stale(host.failure)])
    return as_json(results.to_json(outcome, function))


def _given(body: Mapping[str, Any]) -> events.Given:
    """Raises TypeError: a part of a request is not what it should be."""
    data, method = body.get("data"), body.get("method")
    parts = [body.get(name) or {} for name in ("route", "query", "headers")]
    if not (method is None or isinstance(method, str)) or not all(isinstance(part, dict) for part in parts):
        raise TypeError
    route, query, headers = ({name: str(value) for name, value in part.items()} for part in parts)
    text = data if data is None or isinstance(data, str) else json.dumps(data)
    return events.Given(text, method, route, query, headers, body.get("remember") is True)


def _stale(failure: str) -> str:
    why = failure.strip().splitlines()[-1].strip().rstrip(".")
    return f"The code on disk cannot be loaded ({why}); the code loaded before was run."


def as_json(value: Any, status: int = 200) -> Response:
    """An answer of JSON; halves of characters, which are no text, become escapes again."""
    body = json.dumps(value, ensure_ascii=False).encode(errors="backslashreplace")
    return Response(status, (("content-type", "application/json; charset=utf-8"),), body)
