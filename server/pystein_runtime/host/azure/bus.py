"""What the adapters of Service Bus and Event Hubs have in common: errors, and messages as AMQP has them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from azure.core.exceptions import AzureError

from pystein_runtime.amqp.message import Message, Properties
from pystein_runtime.host.services import ServiceError, ServiceGoneError

from . import credential

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pystein_runtime.host.settings import Connection

RETRIES = {"retry_total": 1, "retry_backoff_factor": 0.2}
"""Few and soon: whoever calls tells the user and tries again."""
_REFUSALS = {
    "MessageLockLostError", "MessageNotFoundError", "MessageSizeExceededError", "MessagingEntityDisabledError",
    "MessagingEntityNotFoundError", "ServiceBusAuthenticationError", "ServiceBusAuthorizationError",
    "SessionCannotBeLockedError", "SessionLockLostError", "AuthenticationError", "EventDataError", "EventDataSendError",
}  # fmt: skip
"""Errors of both SDKs that do not pass by themselves."""


@contextmanager
def refusals() -> Iterator[None]:
    """Errors of the SDKs as ours."""
    try:
        yield
    except AzureError as error:
        text = str(error.message or error).strip().partition("\n")[0] or type(error).__name__
        if type(error).__name__ in _REFUSALS:
            raise ServiceError(text, type(error).__name__) from error
        raise ServiceGoneError(text) from error
    except ValueError as error:  # the SDK refuses by itself
        raise ServiceError(str(error)) from error
    except OSError as error:
        raise ServiceGoneError(str(error) or type(error).__name__) from error


def client(kind: Any, connection: Connection, **options: Any) -> Any:
    """A client of a namespace.

    Raises:
        ServiceError: the connection is none of a namespace.
    """
    options = {**RETRIES, **options}
    if connection.kind == "identity":
        namespace = connection.properties.get("fullyqualifiednamespace", "")
        if not namespace:
            raise ServiceError(
                f"{connection.name} has neither a connection string nor {connection.name}__fullyQualifiedNamespace."
            )
        return kind(namespace, credential=credential(connection), **options)
    try:
        return kind.from_connection_string(connection.value, **options)
    except ValueError as error:
        raise ServiceError(f"{connection.name} is not a connection string of a namespace.") from error


def namespace_of(connection: Connection) -> str:
    """The host name of a namespace."""
    if connection.kind == "identity":
        return connection.properties.get("fullyqualifiednamespace", "")
    parts = dict(part.strip().partition("=")[::2] for part in connection.value.split(";"))
    return parts.get("Endpoint", "").partition("://")[2].strip("/")


def message(annotated: Any) -> Message:
    """What the SDK has taken apart (`AmqpAnnotatedMessage`) as ours. The SDK leaves texts bytes."""
    known = annotated.properties
    header = annotated.header
    properties = Properties() if known is None else Properties(
        _text(known.message_id), known.user_id, _text(known.to), _text(known.subject), _text(known.reply_to),
        _text(known.correlation_id), _text(known.content_type), _text(known.content_encoding),
        group_id=_text(known.group_id), reply_to_group_id=_text(known.reply_to_group_id),
    )  # fmt: skip
    kind = str(getattr(annotated.body_type, "value", annotated.body_type))
    data = tuple(annotated.body) if kind == "data" else ()
    value = None if kind == "data" else _plain(annotated.body if kind == "value" else list(annotated.body))
    return Message(
        None if header is None else header.time_to_live, _plain(annotated.annotations or {}), properties,
        _plain(annotated.application_properties or {}), b"", data, value,
    )  # fmt: skip


def _text(value: Any) -> Any:
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return value
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {_text(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return _text(value)
