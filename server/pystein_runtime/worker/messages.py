"""The messages between host and worker, and the values in them: plain tuples that `protocol` turns into bytes."""

# No `from __future__ import annotations`: typing compiles each annotation that is a string, 1.5 ms of a worker's start.
from typing import Any, NamedTuple, TypeAlias, Union

VERSION = 1

# -- values ----------------------------------------------------------------------------------------------


class Datum(NamedTuple):
    """A value on its way between a binding and a parameter: the platform's TypedData.

    | type                               | value                                                    |
    |------------------------------------|----------------------------------------------------------|
    | None                               | None: there is no value                                  |
    | "string"                           | str                                                      |
    | "json"                             | str: JSON text                                           |
    | "bytes"                            | bytes                                                    |
    | "int", "double"                    | int, float                                               |
    | "http"                             | `HttpRequest` to the worker, `HttpResponse` from it      |
    | "collection_string", "_bytes", ... | list of str, of bytes; of int ("sint64"), float ("double") |
    | "model_binding_data"               | `ModelBindingData`; "collection_..." a list of them      |
    """

    type: str | None
    value: Any


NOTHING = Datum(None, None)


class HttpRequest(NamedTuple):
    """The value of an "http" datum to the worker."""

    method: str
    url: str
    headers: dict[str, str]  # names in lower case, several values of one name joined by ","
    params: dict[str, str]  # of the route
    query: dict[str, str]
    body: Datum


class Cookie(NamedTuple):
    """A cookie of an answer. What is None was not said by the function."""

    name: str
    value: str
    domain: str | None = None
    path: str | None = None
    expires: float | None = None  # seconds since 1970, UTC
    secure: bool = False
    http_only: bool = False
    same_site: str | None = None  # "Lax", "Strict", "None"
    max_age: float | None = None  # seconds


class HttpResponse(NamedTuple):
    """The value of an "http" datum from the worker."""

    status_code: str  # as the library gives it: usually decimal digits, but a function may put anything there
    headers: dict[str, str]
    cookies: list[Cookie]
    body: Datum


class ModelBindingData(NamedTuple):
    """What an SDK-type binding gets instead of the data: where the data are."""

    version: str
    source: str  # e.g. "AzureStorageBlobs"
    content_type: str
    content: bytes


# -- parts of messages -----------------------------------------------------------------------------------


class Trace(NamedTuple):
    """W3C trace context of an invocation."""

    parent: str = ""
    state: str = ""
    attributes: dict[str, str] = {}  # noqa: RUF012 - never written to


class Retry(NamedTuple):
    """Which attempt an invocation is; the host retries."""

    retry_count: int
    max_retry_count: int
    exception: str | None = None  # of the attempt before


class Function(NamedTuple):
    """An indexed function. `bindings` are the binding objects as the library writes them for function.json."""

    name: str
    id: str
    directory: str
    file: str  # where the function's code stands; the library's own file for one that it wraps (Asgi/WsgiFunctionApp)
    line: int  # from 1; 0 when unknown
    bindings: list[dict[str, Any]]
    retry: dict[str, str] | None = None  # the settings of @app.retry, as written
    is_http: bool = False
    is_async: bool = False


class Error(NamedTuple):
    """An exception of the app's code."""

    type: str  # name of the class, as the platform shows it
    message: str
    traceback: str  # the app's frames only, formatted as Python does
    full_traceback: str = ""  # with the frames of the worker and the library; empty when it is the same
    file: str | None = None  # the innermost line of the app
    line: int | None = None


class Problem(NamedTuple):
    """Something about the app that is worth saying although it loads."""

    message: str
    function: str | None = None
    file: str | None = None
    line: int | None = None


# -- messages --------------------------------------------------------------------------------------------


class Hello(NamedTuple):
    """Worker: the first message."""

    token: str
    pid: int
    python: str  # e.g. "3.12.1"
    library: str | None  # version of the app's azure-functions; None when it has none
    version: int = VERSION
    debugger: int | None = None  # the port of loopback on which it waits for a client
    problem: str | None = None  # why there is no debugger although one is wanted


class HelloAck(NamedTuple):
    """Host: the token is right."""

    version: int = VERSION


class Load(NamedTuple):
    """Host: import the app and index it, once. Answered by `Loaded` or `LoadFailed`; another app needs another worker."""

    root: str  # absolute
    entry: str  # the entry file, relative to the root: function_app.py
    settings: dict[str, Any] = {}  # noqa: RUF012 - never written to. None are defined: the app's come by environment


class Loaded(NamedTuple):
    """Worker: the app's functions."""

    functions: list[Function]
    problems: list[Problem]
    # Where the app takes its HTTP requests itself, as streams, e.g. "http://127.0.0.1:34567": the host passes a request
    # of an `is_http` function on to the same path there, with the header "x-ms-invocation-id", sends the Invoke beside
    # it (of the http datum only `params` counts), and answers with what comes from there. The Result has no return.
    http_uri: str | None = None


class LoadFailed(NamedTuple):
    """Worker: the app has no functions, and why."""

    error: Error


class Invoke(NamedTuple):
    """Host: run a function. Answered by one `Result` with the same id, in any order; `Log`s come before it."""

    id: str
    function: str  # its name
    inputs: dict[str, Datum]  # by binding name, in the order of the bindings
    metadata: dict[str, Datum] = {}  # noqa: RUF012 - never written to
    trace: Trace | None = None
    retry: Retry | None = None


class Cancel(NamedTuple):
    """Host: the result is not wanted any more. An async function is cancelled; a running thread cannot be."""

    id: str


class Stop(NamedTuple):
    """Host: finish what runs and exit."""


class Log(NamedTuple):
    """Worker: one record of the app's logging, or one line that it printed."""

    id: str | None  # invocation; None when it belongs to none
    level: str  # "debug", "information", "warning", "error", "critical"
    category: str  # the logger's name; "stdout", "stderr" for what was printed
    message: str
    exception: str | None
    system: bool  # said by the platform's own code, not by the app
    time: float  # seconds since 1970, UTC


class Result(NamedTuple):
    """Worker: what became of an invocation."""

    id: str
    ok: bool
    return_value: Datum | None  # "return" on the wire; None: the function has no return binding
    outputs: dict[str, Datum]  # the Out parameters that were set
    error: Error | None
    ms: float  # from the arrival of the invocation to its end, decoding and encoding included


class Other(NamedTuple):
    """A message of a kind that this side does not know."""

    kind: str
    fields: list[Any]
    payload: bytes


Message: TypeAlias = Union[  # noqa: UP007 - evaluated on 3.10, where tuples' classes have no |
    Hello, HelloAck, Load, Loaded, LoadFailed, Invoke, Cancel, Stop, Log, Result, Other
]
