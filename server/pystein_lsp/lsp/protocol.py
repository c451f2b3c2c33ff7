"""pygls' protocol with our own text synchronisation, life cycle and errors.

What a keystroke needs goes straight from JSON to the kernel and back, past cattrs: structuring one `didChange` and
unstructuring its diagnostics would cost as much as analysing them.
"""

from __future__ import annotations

import asyncio
import contextvars
import gc
import json
import logging
from collections.abc import Callable, Mapping, Sized
from concurrent.futures import Future
from functools import partial
from time import perf_counter
from typing import Any

from cattrs import Converter
from lsprotocol import types
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInternalError,
    JsonRpcInvalidParams,
    JsonRpcInvalidRequest,
    JsonRpcMethodNotFound,
    JsonRpcParseError,
    JsonRpcRequestCancelled,
    JsonRpcServerNotInitialized,
)
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter

_log = logging.getLogger(__name__)

_TRACING = ("messages", "verbose")

Direct = Callable[[dict[str, Any]], Any]
"""A handler that takes its parameters as they came, and whose answer, if one is due, is JSON."""


class Protocol(LanguageServerProtocol):
    """One client's connection."""

    def __init__(self, server: LanguageServer, converter: Converter) -> None:
        self._made: Converter | None = None
        super().__init__(server, converter)
        self.initialize: Callable[[dict[str, Any]], tuple[Any, Callable[[], None]]]
        """Takes what the client says about itself; gives our side of it, and what is to be loaded before anything else."""
        self._load: Callable[[], None] | None = None
        self.direct: Mapping[str, Direct] = {}
        """Notifications that are handled past cattrs."""
        self.queries: Mapping[str, Direct] = {}
        """Requests that are answered past cattrs, with JSON text or a coroutine that gives it."""
        self.traces = False
        """Whether the client wants to be told how long its messages take."""
        self.ended = asyncio.Event()
        self.inbox: Sized = ()
        """Messages that have been read and not handled."""
        self._initialized = False
        self._cancelled: set[Any] = set()

    def _register_builtin_features(self) -> None:
        """Do without pygls' own features: the registry has all of them."""

    @property
    def _converter(self) -> Converter:
        """Lsprotocol's converter, made when a message first needs it: a twentieth of the start."""
        if self._made is None:
            self._made = default_converter()  # type: ignore[no-untyped-call]  # pygls leaves it untyped
        return self._made

    @_converter.setter
    def _converter(self, converter: Converter) -> None:
        """What pygls hands over at the start is nothing yet."""

    def has_mail(self) -> bool:
        """Whether messages wait to be handled."""
        return len(self.inbox) > 0

    @property
    def shutting_down(self) -> bool:
        """Whether the client has asked for the end."""
        return self._shutdown

    def structure_message(self, data: Any) -> Any:
        """Leave JSON as it is: how a message is read depends on its method."""
        return data

    def foresee(self, message: Any) -> None:
        """Look at a message that has been read but not handled; called by the thread that reads."""
        if isinstance(message, dict) and message.get("method") == types.CANCEL_REQUEST:
            params = message.get("params")
            if isinstance(params, dict) and isinstance(params.get("id"), (int, str)):
                self._cancelled.add(params["id"])

    def handle_message(self, message: Any) -> None:
        """Answer, obey or ignore a message; never raises."""
        began = perf_counter() if self.traces else 0.0
        try:
            self._handle(message)
        except Exception:
            _log.exception("a message could not be handled")
        if began and isinstance(message, dict) and isinstance(message.get("method"), str):
            self._tell_time(message["method"], message.get("id"), (perf_counter() - began) * 1000)

    def _tell_time(self, method: str, number: Any, took: float) -> None:
        """Names and times, no texts: those are the user's."""
        what = method if number is None else f"{method} ({number})"
        self.send({"method": types.LOG_TRACE, "params": {"message": f"{what} took {took:.1f} ms"}})

    def _handle(self, message: Any) -> None:
        if message is None:
            self._refuse(None, JsonRpcParseError())
        elif not isinstance(message, dict) or message.get("jsonrpc") != self.VERSION:
            self._refuse(_id_of(message), JsonRpcInvalidRequest())
        elif "method" not in message:
            self._handle_answer(message)
        elif not isinstance(message["method"], str):
            self._refuse(_id_of(message), JsonRpcInvalidRequest("a method is a string"))
        elif "id" in message:
            self._handle_call(message)
        else:
            self._handle_news(message)

    def _handle_call(self, message: dict[str, Any]) -> None:
        number, method, params = message["id"], message["method"], message.get("params")
        if number in self._cancelled:
            self._cancelled.discard(number)
            self._refuse(number, JsonRpcRequestCancelled())
        elif self._shutdown:
            self._refuse(number, JsonRpcInvalidRequest("the server is shutting down"))
        elif method == types.INITIALIZE:
            self._handle_initialize(number, params)
        elif not self._initialized:
            self._refuse(number, JsonRpcServerNotInitialized("initialize comes first"))
        elif method == types.SHUTDOWN:
            self._handle_shutdown(number)
        elif self._load:
            self._loaded()
            self._handle_call(message)
        elif method in self.queries:
            self._handle_query(number, method, params)
        elif method not in self.fm.features:
            self._refuse(number, JsonRpcMethodNotFound(f"{method} is not supported"))
        else:
            try:
                structured = super().structure_message(message)
            except JsonRpcException:
                self._refuse(number, JsonRpcInvalidParams(f"the parameters of {method} cannot be read"))
                return
            contextvars.copy_context().run(self._handle_request, number, method, structured.params)

    def _handle_initialize(self, number: Any, params: Any) -> None:
        if self._initialized:
            self._refuse(number, JsonRpcInvalidRequest("the server is initialized already"))
            return
        said = params if isinstance(params, dict) else {}
        self.traces = said.get("trace") in _TRACING
        result, self._load = self.initialize(said)
        self._initialized = True
        self.send({"id": number, "result": result})
        asyncio.get_running_loop().call_soon(self._loaded)

    def _loaded(self) -> None:
        """Load what answers all other messages; with garbage collection off, for all of it stays."""
        load, self._load = self._load, None
        if load:
            gc.disable()
            load()
            gc.collect()
            gc.freeze()
            gc.enable()

    def _handle_query(self, number: Any, method: str, params: Any) -> None:
        try:
            answer = self.queries[method](params if isinstance(params, dict) else {})
        except Exception as error:
            self._fail(number, method, error)
            return
        if not asyncio.iscoroutine(answer):
            self._answer(number, answer)
            return
        task = asyncio.ensure_future(answer)
        self._request_futures[number] = task  # type: ignore[assignment]  # a future of either kind, as in pygls
        task.add_done_callback(partial(self._answer_later, number, method))

    def _answer_later(self, number: Any, method: str, task: asyncio.Task[str]) -> None:
        self._request_futures.pop(number, None)
        if task.cancelled():
            self._refuse(number, JsonRpcRequestCancelled())
        elif error := task.exception():
            self._fail(number, method, error)
        else:
            self._answer(number, task.result())

    def _answer(self, number: Any, text: str) -> None:
        self._write(f'{{"jsonrpc":"2.0","id":{json.dumps(number)},"result":{text}}}')

    def _fail(self, number: Any, method: str, error: BaseException) -> None:
        """An error in one sentence; one that we did not mean is logged, without the payload."""
        if not isinstance(error, JsonRpcException):
            _log.error("%s failed", method, exc_info=error)
            error = JsonRpcInternalError(f"{method} failed: {type(error).__name__}")
        self._refuse(number, error)

    def _execute_handler(
        self,
        msg_id: Any,
        handler: Callable[..., Any],
        callback: Callable[[Any], Any],
        args: tuple[Any, ...] | None = None,
        kwargs: dict[str, Any] | None = None,
    ) -> None:
        """Run a handler; what it works out at once belongs to the text as it is, and a coroutine that it gives can be cancelled."""
        future: Future[Any] = Future()
        try:
            answer = handler(*(args or ()), **(kwargs or {}))
        except Exception as error:
            future.set_exception(error)
        else:
            if asyncio.iscoroutine(answer):
                task = asyncio.ensure_future(answer)
                self._request_futures[msg_id] = task  # type: ignore[assignment]  # a future of either kind, as in pygls
                task.add_done_callback(callback)
                return
            future.set_result(answer)
        callback(future)

    def _handle_shutdown(self, number: Any) -> None:
        """Stop what is going on; only `exit` is taken from now on."""
        self._shutdown = True
        for future in list(self._request_futures.values()):
            future.cancel()
        self.send({"id": number, "result": None})

    def _handle_news(self, message: dict[str, Any]) -> None:
        method, params = message["method"], message.get("params")
        if method == types.CANCEL_REQUEST:
            number = params.get("id") if isinstance(params, dict) else None
            self._cancelled.discard(number)
            if number in self._request_futures:
                self._handle_cancel_notification(number)
        elif method == types.EXIT:
            self.ended.set()
        elif self._shutdown or not self._initialized:
            _log.debug("%s was ignored: the server is not running", method)
        elif self._load:
            self._loaded()
            self._handle_news(message)
        elif method in self.direct:
            if isinstance(params, dict):
                self.direct[method](params)
        elif method in self.fm.features:
            try:
                structured = super().structure_message(message)
            except JsonRpcException:
                _log.warning("the parameters of %s cannot be read", method)
                return
            contextvars.copy_context().run(self._handle_notification, method, structured.params)

    def _handle_answer(self, message: dict[str, Any]) -> None:
        number = message.get("id")
        try:
            structured = super().structure_message(message)
        except JsonRpcException as error:
            future = self._request_futures.pop(number, None)  # type: ignore[arg-type]  # any number may come from outside
            if future:
                future.set_exception(error)
            return
        future = self._request_futures.pop(number, None)  # type: ignore[arg-type]  # any number may come from outside
        if future is None or future.done():
            return
        if "error" in message:
            future.set_exception(JsonRpcException.from_error(structured.error))
        else:
            future.set_result(structured.result)

    def _refuse(self, number: Any, error: JsonRpcException) -> None:
        shape = error.to_response_error()
        self.send({"id": number, "error": {"code": shape.code, "message": shape.message}})

    def send(self, message: dict[str, Any]) -> None:
        """Send a message that is plain JSON."""
        self._write(json.dumps({"jsonrpc": self.VERSION, **message}, separators=(",", ":")))

    def publish(self, params: str) -> None:
        """Send diagnostics whose parameters are JSON text already."""
        self._write(f'{{"jsonrpc":"2.0","method":"{types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS}","params":{params}}}')

    def _send_data(self, data: Any) -> None:
        """Send a message of lsprotocol's; what pygls does here it also logs, payload and all."""
        try:
            text = json.dumps(data, default=self._serialize_message, separators=(",", ":"))
        except (TypeError, ValueError) as error:
            _log.exception("a message could not be written as JSON")
            number = getattr(data, "id", None)
            if number is not None and not hasattr(data, "method"):
                self._refuse(number, JsonRpcInternalError(str(error)))
            return
        self._write(text)

    def _write(self, text: str) -> None:
        if self.writer is None:
            return
        body = text.encode("utf-8", "replace")
        try:
            if self._include_headers:
                body = b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
            written = self.writer.write(body)
            if asyncio.iscoroutine(written):
                asyncio.ensure_future(written)  # noqa: RUF006 (the loop holds what it writes)
        except (OSError, ValueError) as error:
            _log.info("the client has gone: %s", error)
            self.ended.set()


def _id_of(message: Any) -> Any:
    number = message.get("id") if isinstance(message, dict) else None
    return number if isinstance(number, (int, str)) else None
