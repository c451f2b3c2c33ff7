# ruff: noqa: N802, RUF012 - the names are protobuf's
"""The oracle: the official runtime, azure-functions-runtime, driven in process by stand-ins for its protobuf messages.

Runs in an environment that has that package. The stand-ins do what the runtime uses of protobuf: `WhichOneof`, keyword
construction, and refusing values of the wrong type.
"""

import asyncio
import base64
import contextlib
import importlib
import io
import json
import logging
import os
import sys
import types
from typing import Any

from azure_functions_runtime import handle_event, start_threadpool_executor


class Record(types.SimpleNamespace):
    """A message: whatever it is made with."""


class TypedData:
    """The one message that is also read: a value of one of the platform's kinds."""

    KINDS = {
        "string": str,
        "json": str,
        "bytes": bytes,
        "int": int,
        "double": float,
        "http": object,
        "collection_string": object,
        "collection_bytes": object,
        "collection_sint64": object,
        "collection_double": object,
        "model_binding_data": object,
        "collection_model_binding_data": object,
    }

    def __init__(self, **kinds: Any) -> None:
        self.kind: str | None = None
        for kind, value in kinds.items():
            if value is None:  # for protobuf the same as leaving it out
                continue
            if not isinstance(value, self.KINDS[kind]):
                # Protobuf refuses it in words that change with its versions; ours stand in for them.
                raise TypeError(f"the binding made {kind} data of a {type(value).__name__}, which cannot be sent")
            if kind == "int" and not -(2**63) <= value < 2**63:
                raise ValueError(f"Value out of range: {value}")
            self.kind = kind
            setattr(self, kind, value)

    def WhichOneof(self, _: str) -> str | None:
        return self.kind


class Parameter(Record):
    """A value for a parameter."""

    def WhichOneof(self, _: str) -> str:
        return "data"


class Protos:
    """The module of message classes that the runtime is given."""

    TypedData = TypedData

    def __getattr__(self, name: str) -> type:
        made = type(name, (Record,), {})
        constants = {
            "StatusResult": {"Failure": 0, "Success": 1},
            "BindingInfo": {"undefined": 0, "out": 1, "inout": 2},
            "RpcHttpCookie": {
                "SameSite": types.SimpleNamespace(
                    **{"None": None, "Lax": "Lax", "Strict": "Strict", "ExplicitNone": "None"}
                )
            },
        }
        for constant, value in constants.get(name, {}).items():
            setattr(made, constant, value)
        setattr(self, name, made)
        return made


PROTOS = Protos()
SYSTEM = ("azure_functions_worker", "azure.functions")


def typed(datum: dict[str, Any]) -> TypedData:
    """A value of the test as the platform's message."""
    kind, value = datum["type"], decoded(datum["value"])
    if kind is None:
        return TypedData()
    if kind == "http":
        value = Record(**{**value, "body": typed(value["body"])})
    elif kind.startswith("collection_"):
        value = Record(**{kind.removeprefix("collection_"): value})
    elif kind == "model_binding_data":
        value = Record(**value)
    return TypedData(**{kind: value})


def plain(data: TypedData | None) -> dict[str, Any] | None:
    """The platform's message as a value of the test."""
    if data is None or data.kind is None:
        return None
    value = getattr(data, data.kind)
    if data.kind == "http":
        cookies = [
            {name: getattr(value, "value", value) for name, value in vars(cookie).items()}
            for cookie in value.cookies or []
        ]
        for cookie in cookies:
            cookie["expires"] = cookie["expires"] and float(cookie["expires"].seconds)
            for name in ("domain", "path"):
                cookie[name] = cookie[name] or None  # empty and absent are the same to the host
        value = {
            "status_code": value.status_code,
            "headers": value.headers,
            "cookies": cookies,
            "body": plain(value.body),
        }
    return {"type": data.kind, "value": encoded(value)}


def encoded(value: Any) -> Any:
    """For JSON."""
    if isinstance(value, (bytes, bytearray)):
        return {"base64": base64.b64encode(value).decode()}
    if isinstance(value, dict):
        return {key: encoded(item) for key, item in value.items()}
    return [encoded(item) for item in value] if isinstance(value, (list, tuple)) else value


def decoded(value: Any) -> Any:
    """From JSON."""
    if isinstance(value, dict):
        if value.keys() == {"base64"}:
            return base64.b64decode(value["base64"])
        return {key: decoded(item) for key, item in value.items()}
    return [decoded(item) for item in value] if isinstance(value, list) else value


class Logs(logging.Handler):
    """Records of the app, as the official worker's handler formats them."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[list[str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        text = self.format(record)
        if not record.name.startswith(SYSTEM):
            self.records.append([record.levelname, record.name, text])


async def load(root: str) -> str | None:
    """Index the app; what is wrong with it."""
    request = Record(
        request=Record(worker_init_request=Record(capabilities={}, function_app_directory=root)),
        properties={"host": "127.0.0.1", "protos": PROTOS},
    )
    handle_event._functions._functions.clear()
    answer = await handle_event.worker_init_request(request)
    return None if answer.result.status == 1 else answer.result.exception.message


async def invoke(case: dict[str, Any]) -> dict[str, Any]:
    """Run one case."""
    (function_id,) = (m.function_id for m in handle_event._metadata_result if m.name == case["function"])
    trace = case["trace"] or {"parent": "", "state": "", "attributes": {}}
    retry = case["retry"] or {"retry_count": 0, "max_retry_count": 0}
    request = Record(
        invocation_id=case["id"],
        function_id=function_id,
        trace_context=Record(trace_parent=trace["parent"], trace_state=trace["state"], attributes=trace["attributes"]),
        retry_context=Record(
            retry_count=retry["retry_count"], max_retry_count=retry["max_retry_count"], exception=None
        ),
        input_data=[Parameter(name=name, data=typed(datum)) for name, datum in case["inputs"].items()],
        trigger_metadata={name: typed(datum) for name, datum in case["metadata"].items()},
    )
    answer = await handle_event.invocation_request(Record(request=Record(invocation_request=request)))
    if answer.result.status != 1:
        error = answer.result.exception
        return {"ok": False, "error": error.message, "trace": error.stack_trace, "return": None, "outputs": {}}
    outputs = {output.name: plain(output.data) for output in answer.output_data}
    return {"ok": True, "error": None, "trace": "", "return": plain(answer.return_value), "outputs": outputs}


async def run(root: str, cases: list[dict[str, Any]]) -> dict[str, Any]:
    """Load an app and run its cases, one after the other."""
    start_threadpool_executor()
    logs = Logs()
    logging.getLogger().addHandler(logs)
    logging.getLogger().setLevel(logging.INFO)
    sys.path.insert(0, root)
    os.chdir(root)
    error = await load(root)
    if error is not None:
        return {"error": error, "cases": []}
    results = []
    for case in cases:
        logs.records.clear()
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            result = await invoke(case)
        results.append({**result, "logs": list(logs.records), "printed": printed.getvalue()})
    raw = {m.name: [json.loads(text) for text in m.raw_bindings] for m in handle_event._metadata_result or []}
    return {"error": None, "cases": results, "bindings": raw}


async def refuse(roots: list[str]) -> list[str | None]:
    """What is wrong with each of these apps."""
    start_threadpool_executor()
    found = []
    for root in roots:
        before, path = set(sys.modules), list(sys.path)
        sys.path.insert(0, root)
        importlib.invalidate_caches()
        found.append(await load(root))
        sys.path[:] = path
        for name in set(sys.modules) - before:
            if (getattr(sys.modules[name], "__file__", None) or "").startswith(root):
                del sys.modules[name]
    return found


if __name__ == "__main__":
    work = json.load(sys.stdin)
    logging.disable(logging.NOTSET)
    said, sys.stdout = sys.stdout, sys.stderr
    if "cases" in work:
        answer: Any = asyncio.run(run(work["root"], work["cases"]))
    else:
        answer = asyncio.run(refuse(work["roots"]))
    json.dump(answer, said)
    said.flush()
