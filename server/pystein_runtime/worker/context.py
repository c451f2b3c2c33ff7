"""What the platform tells a function about its invocation.

The classes and attributes are those of the official worker; that the first is called `Context` matters, because a
`context` parameter may be annotated with any class of that name and nothing else.
"""

from __future__ import annotations

import threading
from contextvars import ContextVar
from typing import TYPE_CHECKING, NamedTuple

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


class TraceContext(NamedTuple):
    """W3C trace context, with the attributes' old spellings, which the platform keeps."""

    trace_parent: str
    trace_state: str
    attributes: dict[str, str]

    @property
    def Traceparent(self) -> str:  # noqa: D102, N802 - the platform's old spelling
        return self.trace_parent

    @property
    def Tracestate(self) -> str:  # noqa: D102, N802 - the platform's old spelling
        return self.trace_state

    @property
    def Attributes(self) -> dict[str, str]:  # noqa: D102, N802 - the platform's old spelling
        return self.attributes


class RetryException(NamedTuple):
    """Why the attempt before this one failed."""

    source: str
    stack_trace: str
    message: str


class RetryContext(NamedTuple):
    """Which attempt this is. The library calls the last attribute `exception`, the official worker `rpc_exception`."""

    retry_count: int
    max_retry_count: int
    rpc_exception: RetryException | None

    @property
    def exception(self) -> RetryException | None:
        """The same under the library's name."""
        return self.rpc_exception


class Context(NamedTuple):
    """The value of a function's `context` parameter."""

    invocation_id: str
    function_name: str
    function_directory: str
    trace_context: TraceContext
    retry_context: RetryContext
    thread_local_storage: threading.local = thread_local_storage


def make_context(invocation_id: str, name: str, directory: str, trace: Trace | None, retry: Retry | None) -> Context:
    """The context of an invocation of the function with this name, whose code stands in this directory."""
    if retry is None:
        retry_context = RetryContext(0, 0, None)
    else:
        exception = None if retry.exception is None else RetryException("", "", retry.exception)
        retry_context = RetryContext(retry.retry_count, retry.max_retry_count, exception)
    trace_context = TraceContext("", "", {}) if trace is None else TraceContext(*trace)
    return Context(invocation_id, name, directory, trace_context, retry_context)
