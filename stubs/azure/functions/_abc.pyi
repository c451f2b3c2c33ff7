"""Interfaces of what functions receive and set."""

import abc
import datetime
import io
import sys
import threading
from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from typing_extensions import Self
from werkzeug.datastructures import Headers

T = TypeVar("T")

if sys.version_info >= (3, 13):
    class Serializable(abc.ABC):
        """What turns itself into JSON."""

        def to_dict(self) -> Any:
            """The fields as values that JSON can hold; bytes that are not UTF-8 become Base64."""

        def to_json(self) -> str:
            """The text of `to_dict`."""

    _Base = Serializable
else:
    _Base = abc.ABC

class Out(abc.ABC, Generic[T]):
    """The parameter of an output binding: what is `set` is written when the function has returned."""

    @abc.abstractmethod
    def set(self, val: T) -> None:
        """Set the value; the last call wins, and without a call nothing is written."""

    @abc.abstractmethod
    def get(self) -> T:
        """The value that was set."""

class RpcException:
    """An exception as the host reports it."""

    @property
    @abc.abstractmethod
    def source(self) -> str: ...
    @property
    @abc.abstractmethod
    def stack_trace(self) -> str: ...
    @property
    @abc.abstractmethod
    def message(self) -> str: ...

class TraceContext(abc.ABC):
    """W3C trace context of the invocation."""

    @property
    @abc.abstractmethod
    def trace_state(self) -> str: ...
    @property
    @abc.abstractmethod
    def trace_parent(self) -> str: ...
    @property
    @abc.abstractmethod
    def attributes(self) -> dict[str, str]: ...

class RetryContext(abc.ABC):
    """Where the invocation stands among its retries."""

    @property
    @abc.abstractmethod
    def retry_count(self) -> int:
        """Repetitions so far; 0 for the first attempt."""

    @property
    @abc.abstractmethod
    def max_retry_count(self) -> int:
        """Most repetitions; -1 for no limit."""

    @property
    @abc.abstractmethod
    def exception(self) -> RpcException:
        """What the attempt before this one raised."""

class Context(abc.ABC):
    """The invocation. Any function gets it through a parameter that is called `context`."""

    @property
    @abc.abstractmethod
    def invocation_id(self) -> str:
        """Id of this call, as the logs show it."""

    @property
    @abc.abstractmethod
    def thread_local_storage(self) -> threading.local:
        """Set its `invocation_id` in threads of your own, so that their logs belong to this call."""

    @property
    @abc.abstractmethod
    def function_name(self) -> str: ...
    @property
    @abc.abstractmethod
    def function_directory(self) -> str: ...
    @property
    @abc.abstractmethod
    def trace_context(self) -> TraceContext: ...
    @property
    @abc.abstractmethod
    def retry_context(self) -> RetryContext: ...

class HttpRequest(abc.ABC):
    @property
    @abc.abstractmethod
    def method(self) -> str: ...
    @property
    @abc.abstractmethod
    def url(self) -> str: ...
    @property
    @abc.abstractmethod
    def headers(self) -> Mapping[str, str]: ...
    @property
    @abc.abstractmethod
    def params(self) -> Mapping[str, str]: ...
    @property
    @abc.abstractmethod
    def route_params(self) -> Mapping[str, str]: ...
    @abc.abstractmethod
    def get_body(self) -> bytes: ...
    @abc.abstractmethod
    def get_json(self) -> Any: ...

class HttpResponse(abc.ABC):
    @property
    @abc.abstractmethod
    def status_code(self) -> int: ...
    @property
    @abc.abstractmethod
    def mimetype(self) -> str: ...
    @property
    @abc.abstractmethod
    def charset(self) -> str: ...
    @property
    @abc.abstractmethod
    def headers(self) -> Headers: ...
    @abc.abstractmethod
    def get_body(self) -> bytes: ...

class TimerRequest(_Base):
    """What a timer hands to its function."""

    @property
    @abc.abstractmethod
    def past_due(self) -> bool:
        """Whether the run is later than the schedule says."""
    # What the worker passes is an azure.functions.timer.TimerRequest, which has these two as well.
    @property
    def schedule_status(self) -> dict[str, Any]:
        """`Last`, `Next` and `LastUpdated`, as ISO 8601 text; empty where the timer is not monitored."""

    @property
    def schedule(self) -> dict[str, Any]:
        """`AdjustForDST`."""

class InputStream(io.BufferedIOBase, _Base):
    """A blob, read like a file."""

    @abc.abstractmethod
    def read(self, size: int | None = -1) -> bytes:
        """Up to `size` bytes; all that is left without it."""

    @property
    @abc.abstractmethod
    def name(self) -> str | None:
        """`container/path/of/the/blob`."""

    @property
    @abc.abstractmethod
    def length(self) -> int | None:
        """Size in bytes."""

    @property
    @abc.abstractmethod
    def uri(self) -> str | None:
        """Address of the blob."""
    # What the worker passes is an azure.functions.blob.InputStream, which has these two as well.
    @property
    def blob_properties(self) -> dict[str, Any] | None:
        """Properties of the blob such as `ContentType` and `LastModified`."""

    @property
    def metadata(self) -> dict[str, Any] | None:
        """The blob's own metadata."""

class QueueMessage(_Base):
    @property
    @abc.abstractmethod
    def id(self) -> str | None: ...
    @abc.abstractmethod
    def get_body(self) -> str | bytes: ...
    @abc.abstractmethod
    def get_json(self) -> Any: ...
    @property
    @abc.abstractmethod
    def dequeue_count(self) -> int | None: ...
    @property
    @abc.abstractmethod
    def expiration_time(self) -> datetime.datetime | None: ...
    @property
    @abc.abstractmethod
    def insertion_time(self) -> datetime.datetime | None: ...
    @property
    @abc.abstractmethod
    def time_next_visible(self) -> datetime.datetime | None: ...
    @property
    @abc.abstractmethod
    def pop_receipt(self) -> str | None: ...

class EventGridEvent(_Base):
    @property
    @abc.abstractmethod
    def id(self) -> str: ...
    @abc.abstractmethod
    def get_json(self) -> Any: ...
    @property
    @abc.abstractmethod
    def topic(self) -> str: ...
    @property
    @abc.abstractmethod
    def subject(self) -> str: ...
    @property
    @abc.abstractmethod
    def event_type(self) -> str: ...
    @property
    @abc.abstractmethod
    def event_time(self) -> datetime.datetime | None: ...
    @property
    @abc.abstractmethod
    def data_version(self) -> str: ...

class EventGridOutputEvent(_Base):
    @property
    @abc.abstractmethod
    def id(self) -> str: ...
    @abc.abstractmethod
    def get_json(self) -> Any: ...
    @property
    @abc.abstractmethod
    def subject(self) -> str: ...
    @property
    @abc.abstractmethod
    def event_type(self) -> str: ...
    @property
    @abc.abstractmethod
    def event_time(self) -> datetime.datetime | None: ...
    @property
    @abc.abstractmethod
    def data_version(self) -> str: ...

class CloudEvent(_Base):
    @property
    @abc.abstractmethod
    def id(self) -> str: ...
    @property
    @abc.abstractmethod
    def source(self) -> str: ...
    @property
    @abc.abstractmethod
    def type(self) -> str: ...
    @property
    @abc.abstractmethod
    def specversion(self) -> str: ...
    @property
    @abc.abstractmethod
    def time(self) -> datetime.datetime | None: ...
    @property
    @abc.abstractmethod
    def subject(self) -> str | None: ...
    @property
    @abc.abstractmethod
    def datacontenttype(self) -> str | None: ...
    @property
    @abc.abstractmethod
    def dataschema(self) -> str | None: ...
    @abc.abstractmethod
    def get_json(self) -> Any: ...

class Document(_Base):
    @classmethod
    @abc.abstractmethod
    def from_json(cls, json_data: str) -> Self: ...
    @classmethod
    @abc.abstractmethod
    def from_dict(cls, dct: dict[str, Any]) -> Self: ...
    @abc.abstractmethod
    def __getitem__(self, key: str) -> Any: ...
    @abc.abstractmethod
    def __setitem__(self, key: str, value: Any) -> None: ...
    if sys.version_info < (3, 13):
        @abc.abstractmethod
        def to_json(self) -> str: ...
    @abc.abstractmethod
    def to_dict(self) -> dict[str, Any]: ...

class DocumentList(_Base): ...

class EventHubEvent(_Base):
    @abc.abstractmethod
    def get_body(self) -> bytes: ...
    @property
    @abc.abstractmethod
    def partition_key(self) -> str | None: ...
    @property
    @abc.abstractmethod
    def sequence_number(self) -> int | None: ...
    @property
    @abc.abstractmethod
    def iothub_metadata(self) -> Mapping[str, str] | None: ...
    @property
    @abc.abstractmethod
    def enqueued_time(self) -> datetime.datetime | None: ...
    @property
    @abc.abstractmethod
    def offset(self) -> str | None: ...

class OrchestrationContext(abc.ABC):
    @property
    @abc.abstractmethod
    def body(self) -> str: ...

class ServiceBusMessage(_Base):
    @abc.abstractmethod
    def get_body(self) -> str | bytes: ...
    @property
    @abc.abstractmethod
    def application_properties(self) -> dict[str, Any]: ...
    @property
    @abc.abstractmethod
    def content_type(self) -> str | None: ...
    @property
    @abc.abstractmethod
    def correlation_id(self) -> str | None: ...
    @property
    @abc.abstractmethod
    def dead_letter_error_description(self) -> str | None: ...
    @property
    @abc.abstractmethod
    def dead_letter_reason(self) -> str | None: ...
    @property
    @abc.abstractmethod
    def dead_letter_source(self) -> str | None: ...
    @property
    @abc.abstractmethod
    def delivery_count(self) -> int | None: ...
    @property
    @abc.abstractmethod
    def enqueued_sequence_number(self) -> int | None: ...
    @property
    @abc.abstractmethod
    def enqueued_time_utc(self) -> datetime.datetime | None: ...
    @property
    @abc.abstractmethod
    def expires_at_utc(self) -> datetime.datetime | None: ...
    @property
    @abc.abstractmethod
    def expiration_time(self) -> datetime.datetime | None: ...
    @property
    @abc.abstractmethod
    def label(self) -> str | None: ...
    @property
    @abc.abstractmethod
    def locked_until(self) -> datetime.datetime | None: ...
    @property
    @abc.abstractmethod
    def lock_token(self) -> str | None: ...
    @property
    @abc.abstractmethod
    def message_id(self) -> str: ...
    @property
    @abc.abstractmethod
    def partition_key(self) -> str | None: ...
    @property
    @abc.abstractmethod
    def reply_to(self) -> str | None: ...
    @property
    @abc.abstractmethod
    def reply_to_session_id(self) -> str | None: ...
    @property
    @abc.abstractmethod
    def scheduled_enqueue_time(self) -> datetime.datetime | None: ...
    @property
    @abc.abstractmethod
    def scheduled_enqueue_time_utc(self) -> datetime.datetime | None: ...
    @property
    @abc.abstractmethod
    def sequence_number(self) -> int | None: ...
    @property
    @abc.abstractmethod
    def session_id(self) -> str | None: ...
    @property
    @abc.abstractmethod
    def state(self) -> int | None: ...
    @property
    @abc.abstractmethod
    def subject(self) -> str | None: ...
    @property
    @abc.abstractmethod
    def time_to_live(self) -> datetime.timedelta | None: ...
    @property
    @abc.abstractmethod
    def to(self) -> str | None: ...
    @property
    @abc.abstractmethod
    def transaction_partition_key(self) -> str | None: ...
    @property
    @abc.abstractmethod
    def user_properties(self) -> dict[str, Any]: ...
    @property
    @abc.abstractmethod
    def metadata(self) -> dict[str, Any] | None: ...
