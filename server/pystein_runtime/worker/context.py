"""What the platform tells a function about its invocation.

The attributes are those of the official worker. Classes and not tuples, because an app may look at what it gets.
"""

from __future__ import annotations

import threading
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .messages import Retry, Trace

# The invocation that the running code belongs to: set for the task or thread of a function, inherited by its tasks.
invocation: ContextVar[str | None] = ContextVar("invocation", default=None)

# What a function's own threads set, by the platform's documentation, to have their records attributed:
# `context.thread_local_storage.invocation_id = context.invocation_id`.
thread_local_storage = threading.local()


def current_invocation() -> str | None:
    """The id of the invocation that the calling code belongs to, as far as that is known."""
    return invocation.get() or getattr(thread_local_storage, "invocation_id", None)


class TraceContext:
    """W3C trace context, with the attributes' old spellings, which the platform keeps."""

    __slots__ = ("attributes", "trace_parent", "trace_state")

    def __init__(self, trace_parent: str, trace_state: str, attributes: dict[str, str]) -> None:
        self.trace_parent = trace_parent
        self.trace_state = trace_state
        self.attributes = attributes

    @property
    def Traceparent(self) -> str:  # noqa: D102, N802 - the platform's old spelling
        return self.trace_parent

    @property
    def Tracestate(self) -> str:  # noqa: D102, N802 - the platform's old spelling
        return self.trace_state

    @property
    def Attributes(self) -> dict[str, str]:  # noqa: D102, N802 - the platform's old spelling
        return self.attributes


class RetryException:
    """Why the attempt before this one failed."""

    __slots__ = ("message", "source", "stack_trace")

    def __init__(self, message: str) -> None:
        self.message = message
        self.source = ""
        self.stack_trace = ""


class RetryContext:
    """Which attempt this is. The library calls the last attribute `exception`, the official worker `rpc_exception`."""

    __slots__ = ("max_retry_count", "retry_count", "rpc_exception")

    def __init__(self, retry_count: int, max_retry_count: int, rpc_exception: RetryException | None) -> None:
        self.retry_count = retry_count
        self.max_retry_count = max_retry_count
        self.rpc_exception = rpc_exception

    @property
    def exception(self) -> RetryException | None:
        """The same under the library's name."""
        return self.rpc_exception


class Context:
    """The value of a function's `context` parameter."""

    __slots__ = ("function_directory", "function_name", "invocation_id", "retry_context", "trace_context")

    def __init__(
        self,
        invocation_id: str,
        function_name: str,
        function_directory: str,
        trace_context: TraceContext,
        retry_context: RetryContext,
    ) -> None:
        self.invocation_id = invocation_id
        self.function_name = function_name
        self.function_directory = function_directory
        self.trace_context = trace_context
        self.retry_context = retry_context

    @property
    def thread_local_storage(self) -> threading.local:
        """One for all invocations: see above."""
        return thread_local_storage


def make_context(invocation_id: str, name: str, directory: str, trace: Trace | None, retry: Retry | None) -> Context:
    """The context of an invocation of the function with this name, whose code stands in this directory."""
    if retry is None:
        retry_context = RetryContext(0, 0, None)
    else:
        exception = None if retry.exception is None else RetryException(retry.exception)
        retry_context = RetryContext(retry.retry_count, retry.max_retry_count, exception)
    trace_context = TraceContext("", "", {}) if trace is None else TraceContext(*trace)
    return Context(invocation_id, name, directory, trace_context, retry_context)
