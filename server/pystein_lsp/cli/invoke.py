"""`pystein-lsp invoke`: run one function once and print what came of it."""

from __future__ import annotations

import base64
import json
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pystein_lsp.cli import debug_options, status
from pystein_lsp.cli.status import UnusableError
from pystein_runtime.host import launch, running

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

_LOOPBACK = "127.0.0.1"
_LEVELS = {"error", "critical", "warning"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `invoke`."""
    parser.epilog = (
        "exit status: 0 the function succeeded; 1 it failed, or the app cannot be loaded; 2 unusable options, data,"
        " settings or host.json"
    )
    parser.add_argument("function", help="the function's name")
    parser.add_argument(
        "--app", default=".", metavar="DIR", help="the app's folder (default: the one around this place)"
    )
    parser.add_argument("--data", metavar="JSON|TEXT|@FILE|-", help="what to run it with; - reads standard input")
    parser.add_argument("--method", metavar="M", help="HTTP: the method")
    for name, purpose in (("route", "a value of the route"), ("query", "a value of the query")):
        parser.add_argument(f"--{name}", action="append", default=[], metavar="K=V", help=f"HTTP: {purpose}")
    parser.add_argument("--header", action="append", default=[], metavar="K:V", help="HTTP: a header")
    parser.add_argument(
        "--remember", action="store_true", help="run it with this, too, when nothing is said the next time"
    )
    parser.add_argument("--send", action="store_true", help="write outputs to real services too, not only locally")
    parser.add_argument("--python", metavar="PATH", help="the Python to run the app with, or its virtual environment")
    debug_options.add_arguments(parser)
    parser.add_argument("--output-format", choices=("full", "json"), default="full")


def run(args: argparse.Namespace) -> int:
    """Run the function; gives the exit status."""
    data = _data(args.data)
    request: dict[str, Any] = {
        "function": args.function,
        "data": data if isinstance(data, str) else None,
        **({"base64": base64.b64encode(data).decode()} if isinstance(data, bytes) else {}),
        "method": args.method,
        "route": _pairs(args.route, "=", "--route"),
        "query": _pairs(args.query, "=", "--query"),
        "headers": _pairs(args.header, ":", "--header"),
        "remember": args.remember,
        "send": args.send,
    }
    debug = debug_options.read(args)
    tell = partial(_tell_debugger, as_json=args.output_format == "json")
    try:
        root = launch.find_app(Path(args.app), upwards=args.app == ".")
        host = None if args.python else running.find(root)
        if host is None:
            result = _run_here(root, args.python, request, debug, tell)
        else:
            if debug is not None:
                tell("waiting", running.debug(host, *debug))
            elif host.waits:
                tell("waiting", {"host": _LOOPBACK, "port": host.debug_port})
            result = _ask(host, {**request, "debug": debug is not None})
    except (launch.LaunchError, running.DebugRefusedError) as error:
        raise UnusableError(str(error)) from error
    _print(result, args.output_format)
    return status.OK if result["status"] == "succeeded" else status.FOUND


def _ask(host: running.RunningHost, request: Mapping[str, Any]) -> dict[str, Any]:
    """Let the running host do it."""
    answer = running.request(host, "/admin/pystein/invoke", request)
    if not isinstance(answer, dict):
        raise launch.LaunchError(f"The host at {host.url} gave no answer; look at what it prints.")
    if "unusable" in answer:
        raise launch.LaunchError(answer["unusable"])
    return answer


def _run_here(
    root: Path,
    python: str | None,
    request: Mapping[str, Any],
    debug: launch.DebugOptions | None,
    tell: Callable[[str, Mapping[str, Any]], None],
) -> dict[str, Any]:
    plan = launch.prepare(root, python)
    plan, booted = launch.boot(plan._replace(debugging=launch.debugging(debug)))

    from pystein_runtime.host import events, one_shot  # noqa: PLC0415 - while the worker boots

    given = events.Given(
        request["data"], request["method"], request["route"], request["query"], request["headers"], request["remember"]
    )
    if "base64" in request:
        given = given._replace(data="", raw=base64.b64decode(request["base64"]))
    return one_shot.run(plan, booted, request["function"], given, send=request["send"], on_debugger=tell)


def _tell_debugger(state: str, port: Mapping[str, Any], *, as_json: bool) -> None:
    """Say where to attach, beside the result."""
    if as_json:
        fields = {"event": "debugger", "state": state, "host": port["host"], "port": port["port"]}
        print(json.dumps(fields), file=sys.stderr, flush=True)
    elif state == "waiting":
        print(f"Waiting for a debugger to attach to {port['host']}:{port['port']}", file=sys.stderr, flush=True)


def _data(text: str | None) -> str | bytes | None:
    """The payload that the option names: text, or bytes that are no UTF-8.

    Raises:
        UnusableError: a file that cannot be read.
    """
    if text == "-":
        return _decoded(sys.stdin.buffer.read())
    if text is None or not text.startswith("@"):
        return text if text is None else _decoded(os.fsencode(text))
    path = Path(text[1:]).expanduser()
    try:
        return _decoded(path.read_bytes())
    except OSError as error:
        raise UnusableError(f"--data: {path} cannot be read: {error.strerror}") from error


def _decoded(content: bytes) -> str | bytes:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content


def _pairs(items: list[str], separator: str, option: str) -> dict[str, str]:
    pairs = {}
    for item in items:
        key, found, value = item.partition(separator)
        if not found or not key.strip():
            raise UnusableError(f"{option} {item}: write it as name{separator}value")
        pairs[key.strip()] = value.strip() if separator == ":" else value
    return pairs


def _print(result: Mapping[str, Any], output_format: str) -> None:
    if output_format == "json":
        print(json.dumps(result, ensure_ascii=False))
        return
    if result["invocationId"] is None:  # the app could not be loaded: why comes first and in full
        print(result["error"]["traceback"], file=sys.stderr)
        return
    print(f"{result['function']} {result['status']} in {result['durationMs']:.0f} ms")
    for record in result["logs"]:
        level = f"{record['level']}: " if record["level"] in _LEVELS else ""
        print(f"  log     {level}{_indented(record['message'])}")
        if record.get("exception"):
            print(f"          {_indented(record['exception'])}")
    returned = result["return"]
    if isinstance(returned, dict) and returned.keys() >= {"status", "headers", "body"}:
        print(f"  return  {returned['status']} {returned['headers'].get('content-type', '')}".rstrip())
        if returned["body"]:
            print(f"          {_indented(returned['body'])}")
    elif returned is not None:
        print(f"  return  {_indented(_shown(returned))}")
    for name, value in result["outputs"].items():
        print(f"  output  {name} = {_indented(_shown(value))}")
    for note in result.get("notes", ()):
        print(f"  note    {note}")
    if result["error"] is not None:
        error = result["error"]
        print(error["traceback"].rstrip() or f"{error['type']}: {error['message']}")


def _shown(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)


def _indented(text: str) -> str:
    return text.rstrip().replace("\n", "\n          ")
