"""One invocation: inputs are read, the worker runs the function, outputs are written."""

from __future__ import annotations

import asyncio
import os
import time
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from pystein_runtime.worker.messages import Datum, Error, Invoke, Retry, Trace

from . import bindings, retries
from .bindings import Context
from .worker_process import FunctionTimeoutError, WorkerGoneError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from pystein_runtime.worker.messages import Log, Result

    from .functions import Binding, Function
    from .host_config import HostConfig
    from .services import Services
    from .triggers import Event
    from .worker_process import Worker

LOG_LIMIT = 1000  # records that are kept of one invocation


class Outcome(NamedTuple):
    """What became of an invocation."""

    id: str
    function: str
    ok: bool
    return_value: Datum | None
    outputs: Mapping[str, Datum]
    error: Error | None
    milliseconds: float
    started: float
    """Seconds since 1970."""
    reason: str
    logs: list[Log]
    notes: list[str]
    """What the host has to say to who looks at the result, such as an output that was not written."""
    interrupted: bool = False
    """Whether the worker ended or was given up: the function may not have had its chance."""
    event: Event | None = None
    """What set it off, where that is known."""


class _Begun(NamedTuple):
    """An invocation that has begun."""

    id: str
    function: Function
    event: Event
    started: float
    """Seconds since 1970."""
    clock: float
    logs: list[Log]

    def message(self, inputs: dict[str, Datum], retry: Retry | None) -> Invoke:
        """What the worker is told."""
        event = self.event
        return Invoke(self.id, self.function.name, inputs, dict(event.metadata), event.trace or new_trace(), retry)


class Invoker:
    """Runs functions. `worker` gives the worker that takes new work, and waits while there is none."""

    def __init__(
        self,
        worker: Callable[[], Awaitable[Worker]],
        services: Services,
        config: HostConfig,
        on_outcome: Callable[[Outcome], None],
    ) -> None:
        self.config = config
        self._worker = worker
        self._services = services
        self._on_outcome = on_outcome
        self._running: dict[str, _Begun] = {}

    def function_of(self, invocation: str) -> str | None:
        """The function of a running invocation."""
        begun = self._running.get(invocation)
        return None if begun is None else begun.function.name

    def log(self, record: Log) -> None:
        """Keep a record for the invocation that it belongs to."""
        begun = self._running.get(record.id) if record.id is not None else None
        if begun is not None and len(begun.logs) < LOG_LIMIT:
            begun.logs.append(record)

    async def run(self, function: Function, event: Event, *, local_only: bool = False, silent: bool = False) -> Outcome:
        """Run a function once, or as often as its retry policy says.

        Args:
            function: which one.
            event: what sets it off.
            local_only: whether outputs are written to the local cloud only.
            silent: whether nobody is told what became of it.
        """
        policy = retries.policy(function)
        attempt, failure = 0, None
        while True:
            retry = None if policy is None else Retry(attempt, policy.limit, failure)
            outcome = await self._run_once(function, event, retry, local_only)
            if not silent:
                self._on_outcome(outcome)
            if outcome.ok or policy is None or 0 <= policy.limit <= attempt:
                return outcome
            await asyncio.sleep(retries.delay(policy, attempt))
            attempt += 1
            failure = outcome.error.message if outcome.error else None

    def run_at_once(self, worker: Worker, function: Function, event: Event, done: Callable[[Outcome], None]) -> None:
        """Run a function that has nothing but its trigger and its answer, and call back: a third of the price of `run`.

        Raises:
            WorkerGoneError: the worker is gone already; nothing has happened.
        """
        begun = self._begin(function, event)

        def end(result: Result | Exception) -> None:
            outcome = self._end(begun, result, [])
            self._on_outcome(outcome)
            done(outcome)

        try:
            worker.call(begun.message({function.trigger.name: event.datum}, None), self.config.timeout, end)
        except WorkerGoneError:
            del self._running[begun.id]
            raise

    def _begin(self, function: Function, event: Event) -> _Begun:
        begun = _Begun(event.id or invocation_id(), function, event, time.time(), time.perf_counter(), [])
        self._running[begun.id] = begun
        return begun

    async def _run_once(self, function: Function, event: Event, retry: Retry | None, local_only: bool) -> Outcome:
        begun = self._begin(function, event)
        result: Result | Exception = WorkerGoneError("it was given up")
        failure: Exception | None = None
        notes: list[str] = [event.note] if event.note else []
        try:
            inputs = {function.trigger.name: event.datum}
            for binding in function.inputs:
                inputs[binding.name] = await self._read(binding, function, event)
            worker = await self._worker()
            result = given = await worker.invoke(begun.message(inputs, retry), self.config.timeout)
            if given.ok and function.outputs:
                await self._write_all(function, event, given, local_only, notes)
        except Exception as error:  # the worker's end, or a binding's: a missing value, a full disk, a locked file
            failure = error
        finally:
            outcome = self._end(begun, result, notes, failure)
        return outcome

    def _end(
        self, begun: _Begun, result: Result | Exception, notes: list[str], failure: Exception | None = None
    ) -> Outcome:
        """The outcome; `failure` is what went wrong besides the function."""
        id_, function, event, started, clock, logs = begun
        del self._running[id_]
        milliseconds = (time.perf_counter() - clock) * 1000
        if isinstance(result, Exception):
            failure = failure or result
            ok, returned, outputs, error = False, None, {}, None
        else:
            ok, returned, outputs, error = result.ok, result.return_value, result.outputs, result.error
        if failure is not None:
            ok, error = False, self._error(function, failure)
        interrupted = isinstance(failure, (FunctionTimeoutError, WorkerGoneError))
        return Outcome(
            id_, function.name, ok, returned, outputs, error, milliseconds, started, event.reason, logs, notes,
            interrupted, event,
        )  # fmt: skip

    def _error(self, function: Function, failure: Exception) -> Error:
        if isinstance(failure, FunctionTimeoutError):
            text = f"Timeout value of {self.config.timeout:g} seconds exceeded by function: {function.name}"
            return Error("FunctionTimeoutException", text, "")
        if isinstance(failure, WorkerGoneError):
            return Error("WorkerProcessExitException", f"{function.name} did not finish: {failure}.", "")
        return Error(type(failure).__name__, str(failure), "")

    async def _read(self, binding: Binding, function: Function, event: Event) -> Datum:
        read = bindings.reader(binding)
        if read is None:
            from . import unserved  # noqa: PLC0415 - seldom needed

            return unserved.read(binding, function.name, self._services.root)
        return await read(Context(binding, event.data, function.name, self._services, self.config))

    async def _write_all(
        self, function: Function, event: Event, result: Result, local_only: bool, notes: list[str]
    ) -> None:
        for binding in function.outputs:
            datum = result.return_value if binding.name == "$return" else result.outputs.get(binding.name)
            if datum is None or datum.type is None or binding.type.lower() in bindings.OWN_OUTPUTS:
                continue
            write = bindings.writer(binding)
            if write is None:
                from . import unserved  # noqa: PLC0415 - seldom needed

                notes.append(f"{binding.name} of type {binding.type} was not written: {unserved.why(binding.type)}.")
            elif local_only and not bindings.is_local(binding, self._services):
                notes.append(f"{binding.name} was not written: {bindings.place(binding)} is a real service.")
            else:
                await write(Context(binding, event.data, function.name, self._services, self.config), datum)


# Ids begin with what is random of this process and end with a number: a fifth of the time of random ones.
_numbers = count(int.from_bytes(os.urandom(4), "big"))
_id_prefix = f"{os.urandom(4).hex()}-{os.urandom(2).hex()}-4{os.urandom(2).hex()[1:]}-a{os.urandom(2).hex()[1:]}-"
_trace_prefix = f"00-{os.urandom(8).hex()}"


def invocation_id() -> str:
    """A GUID of an invocation."""
    return f"{_id_prefix}{next(_numbers):012x}"


def new_trace() -> Trace:
    """A trace context of its own, as the platform starts one where the trigger brings none."""
    number = next(_numbers)
    return Trace(f"{_trace_prefix}{number:016x}-{number:016x}-00")
