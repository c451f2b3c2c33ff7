# ruff: noqa: UP006, UP007, UP045, ARG005, T201, DTZ001, ICN001, E402 - annotations of every kind are its matter
"""Every binding type with every annotation, every kind of data and every value: the official runtime's code beside ours.

Runs in an environment that has the official runtime; both use this environment's azure-functions. Prints as JSON how
many combinations there were and where the two differ.

Usage: matrix.py WORKER_FOLDER [sdk | streams], the latter with Microsoft's extensions for SDK-type bindings or HTTP.
"""

import datetime
import importlib
import inspect
import itertools
import json
import re
import sys
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import azure.functions as func
from azure.functions.decorators.core import BindingDirection, DataType
from azure.functions.decorators.function_app import Function
from azure.functions.decorators.generic import GenericInputBinding, GenericOutputBinding
from azure_functions_runtime.bindings import meta
from azure_functions_runtime.functions import Registry
from azure_functions_runtime.loader import build_retry_protos, get_fx_raw_bindings

sys.path.insert(0, str(Path(__file__).parent))
from official import PROTOS, Parameter, encoded, plain, typed


def load_ours(folder: Path) -> None:
    """Load the worker's package under its private name, as its `__main__` does."""
    spec = importlib.util.spec_from_file_location("start", folder / "__main__.py")
    assert spec is not None
    assert spec.loader is not None
    start = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(start)
    start._load_package(str(folder))


load_ours(Path(sys.argv[1]))
from pystein_worker import bindings as our_bindings
from pystein_worker import indexing, loading, messages

EXTENSION = sys.argv[2] if len(sys.argv) > 2 else ""
SDK_TYPES: list[Any] = []
if EXTENSION == "sdk":
    blob = importlib.import_module("azurefunctions.extensions.bindings.blob")
    SDK_TYPES = [blob.BlobClient, blob.ContainerClient, blob.StorageStreamDownloader]
elif EXTENSION == "streams":
    web = importlib.import_module("azurefunctions.extensions.http.fastapi")
    SDK_TYPES = [value for value in vars(web).values() if inspect.isclass(value)]

meta.load_binding_registry()
streaming = loading.find_streaming()
OURS = our_bindings.Bindings(
    sys.modules["azure.functions"], loading._find_deferred(), streaming and streaming.extension
)
TYPES = sorted(name for name in func.get_binding_registry()._bindings if isinstance(name, str))
if EXTENSION:
    TYPES = ["blob", "blobTrigger", "http", "httpTrigger", "queueTrigger"]
TYPES += ["table", "signalR", "daprBinding", "generic", "noSuchBinding"]
T = typing.TypeVar("T")


class Own:
    """A class of the app."""


class OwnGeneric(typing.Generic[T]):
    """A generic class of the app."""


CLASSES = [
    *(str, bytes, bytearray, int, float, bool, dict, list, tuple, object, type(None), datetime.datetime, Own),
    *(value for value in vars(func).values() if inspect.isclass(value)),
]
ANNOTATIONS = [
    *CLASSES,
    *(None, typing.Any, typing.List, typing.Dict, typing.Generic, OwnGeneric, OwnGeneric[int], typing.Callable),
    *(typing.List[item] for item in (str, bytes, func.EventHubEvent, func.ServiceBusMessage, func.Document, Own)),
    *(typing.Sequence[str], typing.Iterable[str], typing.Dict[str, int], typing.Tuple[str], typing.Type[str]),
    *(typing.Optional[str], typing.Union[str, bytes], str | None, list[str], dict[str, str], tuple[str, str]),
    *(typing.Annotated[str, 1], typing.NewType("New", str), typing.Callable[[], str], typing.Literal["a"], T),
    *("str", "Missing", 5),
    *SDK_TYPES,
    *(typing.List[item] for item in SDK_TYPES),
]


def outcome(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


# -- indexing ---------------------------------------------------------------------------------------------------------


def functions() -> Iterator[tuple[str, Function]]:
    """Functions with one binding of interest, in every place, with every annotation."""
    for binding_type, annotation in itertools.product(TYPES, ANNOTATIONS):
        label = f"{binding_type} {annotation}"
        outs: list[Any] = [annotation]
        if not isinstance(annotation, (str, int)):
            outs.append(outcome(lambda annotation=annotation: func.Out[annotation]))
        for shape in outs:
            shown = f"{binding_type} {shape}"
            yield f"in {shown}", make({"x": shape}, GenericInputBinding(name="x", type=binding_type))
            yield f"out {shown}", make({"x": shape}, GenericOutputBinding(name="x", type=binding_type))
            binding = GenericOutputBinding(name="$return", type=binding_type)
            yield (
                f"$return {shown}",
                make({"return": shape}, GenericInputBinding(name="x", type="timerTrigger"), binding),
            )
            yield f"implicit {shown}", make({"return": shape}, GenericInputBinding(name="x", type=binding_type))
        for data_type in (DataType.UNDEFINED, DataType.BINARY):
            binding = GenericInputBinding(name="x", type=binding_type, data_type=data_type)
            yield f"{data_type} {label}", make({"x": annotation}, binding)
    yield from shapes()


def make(annotations: dict[str, Any], *bindings: Any, call: Any = None) -> Function:
    if call is None:

        def call(x):  # type: ignore[no-untyped-def]
            return x

        call.__annotations__ = annotations
    function = Function(call, "function_app.py")
    for binding in bindings:
        function.add_binding(binding)
    return function


def shapes() -> Iterator[tuple[str, Function]]:
    """Signatures and sets of bindings that do or do not fit."""
    one = GenericInputBinding(name="x", type="queueTrigger")
    other = GenericOutputBinding(name="y", type="queue")
    back = GenericOutputBinding(name="$return", type="queue")
    inwards = GenericInputBinding(name="$return", type="queue")
    both = GenericInputBinding(name="x", type="queue")
    both._direction = BindingDirection.INOUT
    named_context = GenericInputBinding(name="context", type="queueTrigger")
    context: type = type("Context", (), {})
    calls: list[Any] = [
        lambda: None,
        lambda x: None,
        lambda x, y: None,
        lambda x, /: None,
        lambda x, *, y: None,
        lambda x, *args: None,
        lambda x, **rest: None,
        lambda x, y=1: None,
        lambda self, x: None,
        lambda x, context: None,
        lambda context: None,
        lambda x, _y: None,
    ]
    for annotation in (func.Context, context, str, typing.Optional[func.Context], "Nowhere"):

        def annotated(x, context):  # type: ignore[no-untyped-def]
            return x, context

        annotated.__annotations__ = {"context": annotation}
        calls.append(annotated)

    async def coroutine(x):  # type: ignore[no-untyped-def]
        return x

    async def generator(x):  # type: ignore[no-untyped-def]
        yield x

    calls += [coroutine, generator]
    sets = [
        [one],
        [one, other],
        [one, back],
        [one, back, back],
        [one, inwards],
        [both],
        [named_context],
        [one, one],
        [],
    ]
    sets += [[GenericOutputBinding(name="x", type="http"), GenericOutputBinding(name="y", type="httpTrigger")]]
    for number, (call, bindings) in enumerate(itertools.product(calls, sets)):
        yield f"shape {number} {inspect.signature(call)} {[b.name for b in bindings]}", make({}, *bindings, call=call)


def official_index(function: Function) -> Any:
    info = Registry().add_indexed_function(function, PROTOS)
    build_retry_protos(PROTOS, function)
    returns = info.return_type and (info.return_type.binding_name, str(info.return_type.pytype))
    return {
        "id": info.function_id,
        "directory": info.directory,
        "context": info.requires_context,
        "async": info.is_async,
        "http": info.is_http_func,
        "return": (info.has_return, returns),
        "in": {name: (p.binding_name, str(p.pytype)) for name, p in info.input_types.items()},
        "out": {name: (p.binding_name, str(p.pytype)) for name, p in info.output_types.items()},
        "raw": [json.loads(text) for text in get_fx_raw_bindings(function, info)[0]],
    }


def our_index(function: Function) -> Any:
    info = indexing.index_function(function, OURS)
    returns = info.returns and (info.returns.binding_type, str(info.returns.pytype))
    return {
        "id": info.id,
        "directory": info.directory,
        "context": info.requires_context,
        "async": info.is_async,
        "http": info.http_parameter is not None,
        "return": (info.has_return, returns),
        "in": {name: (p.binding_type, str(p.pytype)) for name, p in info.inputs.items()},
        "out": {name: (p.binding_type, str(p.pytype)) for name, p in info.outputs.items()},
        "raw": info.bindings,
    }


# -- data to the function ---------------------------------------------------------------------------------------------

EVENT = (
    '{"id": "1", "topic": "t", "subject": "s", "eventType": "e", "eventTime": "2024-01-02T03:04:05Z", "data": {"a": 1},'
)
EVENT += ' "dataVersion": "1"}'
KAFKA = '{"Offset": 1, "Partition": 2, "Topic": "t", "Timestamp": "2024-01-02T03:04:05Z", "Value": "v", "Key": "k",'
KAFKA += ' "Headers": []}'
TIMER = '{"Schedule": {"AdjustForDST": true}, "ScheduleStatus": {"Last": "a"}, "IsPastDue": true}'
TEXTS = ["text", "", "[1, 2]", '{"a": "b"}', '[{"a": 1}, {"b": 2}]', "null", "{", EVENT, KAFKA, TIMER]


def b64(data: bytes) -> Any:
    return encoded(data)


HTTP = {
    "method": "PoSt",
    "url": "http://localhost/api/x?a=b",
    "headers": {"Content-Type": "application/json", "X": "y"},
    "params": {"id": "7"},
    "query": {"a": "b"},
}
DATA: list[dict[str, Any]] = [
    *({"type": kind, "value": text} for kind in ("string", "json") for text in TEXTS),
    *({"type": "bytes", "value": b64(text.encode())} for text in TEXTS),
    {"type": "bytes", "value": b64(b"\xff\x00")},
    {"type": None, "value": None},
    {"type": "int", "value": 7},
    {"type": "double", "value": 1.5},
    {"type": "collection_string", "value": []},
    {"type": "collection_string", "value": ["a", '{"b": 1}']},
    {"type": "collection_string", "value": [KAFKA, KAFKA]},
    {"type": "collection_bytes", "value": [b64(b"a"), b64(b"b")]},
    {"type": "collection_sint64", "value": [1, 2]},
    {"type": "collection_double", "value": [1.5]},
    {"type": "http", "value": {**HTTP, "body": {"type": "bytes", "value": b64(b'{"a": 1}')}}},
    {"type": "http", "value": {**HTTP, "body": {"type": "string", "value": "text"}}},
    {"type": "http", "value": {**HTTP, "body": {"type": "json", "value": "[1]"}}},
    {"type": "http", "value": {**HTTP, "body": {"type": None, "value": None}}},
]


def string(value: str) -> dict[str, Any]:
    return {"type": "string", "value": value}


def as_json(value: Any) -> dict[str, Any]:
    return {"type": "json", "value": json.dumps(value)}


TIME = "2024-01-02T03:04:05Z"
ONE = {
    "SequenceNumber": as_json(5),
    "Offset": as_json("99"),
    "EnqueuedTimeUtc": as_json(TIME),
    "PartitionKey": string("key"),
    "Properties": as_json({"p": 1}),
    "SystemProperties": as_json({"x-opt": "y", "iothub-connection-device-id": "d"}),
    "PartitionContext": as_json({"PartitionId": "0"}),
    "UserProperties": as_json({"u": 1}),
    "ApplicationProperties": as_json({"u": 1}),
    "DeliveryCount": as_json(2),
    "LockToken": as_json("87931fd2-39f4-415a-9fdc-adfdcbed3148"),
    "MessageId": string("m"),
    "ContentType": string("text/plain"),
    "Label": string("l"),
    "CorrelationId": string("c"),
    "ExpiresAtUtc": as_json(TIME),
    "SessionId": string("s"),
}
METADATA: list[dict[str, Any]] = [
    {},
    {
        "Id": string("id"),
        "QueueTrigger": string("q"),
        "DequeueCount": as_json(3),
        "ExpirationTime": as_json(TIME),
        "InsertionTime": as_json("2024-01-02T03:04:05+00:00"),
        "NextVisibleTime": string(TIME),
        "PopReceipt": string("pop"),
    },
    {
        "BlobTrigger": string("c/name.txt"),
        "Uri": string("http://127.0.0.1:10000/devstoreaccount1/c/name.txt"),
        "Properties": as_json({"ContentLength": 4, "Length": 4, "ContentType": "text/plain"}),
        "Metadata": as_json({"m": "n"}),
        "name": string("name"),
    },
    ONE,
    {
        f"{name}Array": as_json([json.loads(value["value"])] * 2 if value["type"] == "json" else [value["value"]] * 2)
        for name, value in ONE.items()
    },
    {
        "Key": string("k"),
        "Partition": as_json(0),
        "Topic": string("t"),
        "Timestamp": as_json(TIME),
        "Offset": as_json(1),
        "Headers": as_json([]),
    },
    {
        "KeyArray": as_json(["k", "l"]),
        "PartitionArray": as_json([0, 0]),
        "TopicArray": as_json(["t", "t"]),
        "TimestampArray": as_json([TIME, TIME]),
        "OffsetArray": as_json([1, 2]),
        "HeadersArray": as_json([[], []]),
    },
    {"TimerTrigger": as_json(None), "sys": {"type": None, "value": None}, "Broken": {"type": "double", "value": 1.0}},
]


def described(value: Any, depth: int = 0) -> Any:
    """What the app can see of a value."""
    if isinstance(value, (str, bytes, int, float, bool, type(None), datetime.date, datetime.timedelta)) or depth > 6:
        return [type(value).__name__, str(value)]
    if isinstance(value, (list, tuple)):
        return [type(value).__name__, *(described(item, depth + 1) for item in value)]
    if isinstance(value, dict):
        return [type(value).__name__, {str(key): described(item, depth + 1) for key, item in value.items()}]
    seen = {}
    for name in dir(value):
        if not name.startswith("_"):
            item = outcome(lambda name=name: getattr(value, name))
            if name in ("get_body", "get_json", "read", "to_json", "to_dict"):
                item = outcome(item)
            if not callable(item):
                seen[name] = described(item, depth + 1)
    return [type(value).__name__, seen]


def decodings() -> Iterator[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    for binding_type, datum, metadata in itertools.product(TYPES, DATA, METADATA):
        yield f"decode {binding_type} {datum} {sorted(metadata)}", binding_type, datum, metadata


def official_decode(binding_type: str, datum: dict[str, Any], metadata: dict[str, Any]) -> Any:
    data = Parameter(name="x", data=typed(datum))
    trigger = (
        {name: typed(value) for name, value in metadata.items()} if meta.is_trigger_binding(binding_type) else None
    )
    return described(
        meta.from_incoming_proto(binding_type, data, pytype=None, trigger_metadata=trigger, function_name="f")
    )


def our_decode(binding_type: str, datum: dict[str, Any], metadata: dict[str, Any]) -> Any:
    trigger = (
        OURS.metadata({name: ours(value) for name, value in metadata.items()}) if OURS.is_trigger(binding_type) else {}
    )
    return described(OURS.decode(OURS.converter(binding_type), ours(datum), trigger))


def ours(datum: dict[str, Any]) -> Any:
    """A value of the test as the datum of our protocol."""
    kind, value = datum["type"], datum["value"]
    if kind == "http":
        return messages.Datum(kind, messages.HttpRequest(**{**value, "body": ours(value["body"])}))
    from official import decoded

    return messages.Datum(kind, decoded(value))


# -- values from the function -----------------------------------------------------------------------------------------


def values() -> list[Any]:
    """Fresh values to return: encoding may change them."""
    response = func.HttpResponse
    return [
        *(None, "", "text", b"", b"\xff", bytearray(b"ab"), 0, 7, -1, True, False, 1.5, float("nan"), 10**30),
        *(
            {},
            {"a": [1, None]},
            {"a": Own()},
            [],
            ["a", "b"],
            [b"a"],
            [{"a": 1}],
            ["a", 1],
            ("a", "b"),
            {"a"},
            Own(),
            object,
        ),
        *(
            response(),
            response("text", status_code=404),
            response(b"\xff", mimetype="image/png"),
            response("ü", charset="latin-1"),
        ),
        response("x", headers={"X-A": "1", "Content-Type": "application/json; charset=x"}),
        response(headers={"Set-Cookie": "a=b; Path=/; Domain=d; Secure; HttpOnly; Max-Age=3; SameSite=Lax"}),
        response(headers={"Set-Cookie": "a=b; Expires=Wed, 21 Oct 2015 07:28:00 GMT; SameSite=None"}),
        response(headers={"Set-Cookie": "a=b; Expires=tomorrow"}),
        response(headers={"Set-Cookie": "a=b; Max-Age=soon"}),
        response(headers={"Set-Cookie": "a=b; SameSite=strict"}),
        *(func.QueueMessage(id="1", body="text"), [func.QueueMessage(body=b"x"), "y"]),
        *(func.Document({"id": "1"}), func.DocumentList([func.Document({"id": "1"})]), [func.Document({"id": "1"})]),
        *(func.SqlRow({"a": 1}), func.SqlRowList([func.SqlRow({"a": 1})])),
        *(func.MySqlRow({"a": 1}), func.MySqlRowList([func.MySqlRow({"a": 1})])),
        func.EventHubEvent(body=b"body"),
        func.EventGridOutputEvent(
            id="i",
            data={"a": 1},
            subject="s",
            event_type="t",
            event_time=datetime.datetime(2024, 1, 2),
            data_version="1",
        ),
        func.CloudEvent(specversion="1.0", id="i", source="s", type="t", data={"a": 1}),
        *(datetime.datetime(2024, 1, 2), iter(["a"])),
    ]


def encodings() -> Iterator[tuple[str, str, int, Any]]:
    for binding_type, number, pytype in itertools.product(TYPES, range(len(values())), (None, str, bytes, dict)):
        yield f"encode {binding_type} {values()[number]!r} as {pytype}", binding_type, number, pytype


def official_encode(binding_type: str, number: int, pytype: Any) -> Any:
    return plain(meta.to_outgoing_proto(binding_type, values()[number], pytype=pytype, protos=PROTOS))


def our_encode(binding_type: str, number: int, pytype: Any) -> Any:
    return from_ours(OURS.encode(binding_type, values()[number], pytype))


def from_ours(datum: Any) -> Any:
    """The datum of our protocol as a value of the test."""
    kind, value = datum
    if kind is None:
        return None
    if kind == "http":
        cookies = [cookie._asdict() for cookie in value.cookies]
        value = {**value._asdict(), "cookies": cookies, "body": from_ours(value.body)}
    return {"type": kind, "value": encoded(value)}


def comparable(outcome: Any) -> str:
    """As text, without the addresses of objects."""
    return re.sub(r" at 0x[0-9a-f]+", "", json.dumps(outcome, default=str, sort_keys=True))


def compare(cases: Iterator[tuple[Any, ...]], official: Callable[..., Any], mine: Callable[..., Any]) -> dict[str, Any]:
    differences, count, accepted = [], 0, 0
    for label, *arguments in cases:
        one, two = outcome(lambda a=arguments: official(*a)), outcome(lambda a=arguments: mine(*a))
        count += 1
        accepted += not isinstance(one, str)
        if comparable(one) != comparable(two):
            differences.append([label, one, two])
    return {"cases": count, "accepted": accepted, "differences": differences}


if __name__ == "__main__":
    report = {"index": compare(functions(), official_index, our_index)}
    if not EXTENSION:
        report |= {
            "decode": compare(decodings(), official_decode, our_decode),
            "encode": compare(encodings(), official_encode, our_encode),
        }
    print(json.dumps(report, default=str))
