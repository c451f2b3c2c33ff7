"""A message's sections (OASIS AMQP 1.0, 3.2). What a broker does not change stays the bytes that came."""

from __future__ import annotations

from typing import Any, NamedTuple

from .codec import decode, encode
from .types import CodecError, Described, Symbol, Timestamp, UInt, ULong

HEADER, DELIVERY_ANNOTATIONS, ANNOTATIONS, PROPERTIES, APPLICATION, DATA, SEQUENCE, VALUE, FOOTER = range(0x70, 0x79)
BATCH_FORMAT = 0x80013700  # of a message whose data sections are messages
_NAMES = {
    "amqp:header:list": HEADER, "amqp:delivery-annotations:map": DELIVERY_ANNOTATIONS,
    "amqp:message-annotations:map": ANNOTATIONS, "amqp:properties:list": PROPERTIES,
    "amqp:application-properties:map": APPLICATION, "amqp:data:binary": DATA, "amqp:amqp-sequence:list": SEQUENCE,
    "amqp:amqp-value:*": VALUE, "amqp:footer:map": FOOTER,
}  # fmt: skip


class Properties(NamedTuple):
    """The section of this name, in its order."""

    message_id: Any = None
    user_id: bytes | None = None
    to: str | None = None
    subject: str | None = None
    reply_to: str | None = None
    correlation_id: Any = None
    content_type: str | None = None
    content_encoding: str | None = None
    expires: Timestamp | None = None
    created: Timestamp | None = None
    group_id: str | None = None
    group_sequence: UInt | None = None
    reply_to_group_id: str | None = None


class Message(NamedTuple):
    """A message that was taken apart."""

    ttl: int | None
    """Milliseconds."""
    annotations: dict[Any, Any]
    properties: Properties
    application: dict[Any, Any]
    body: bytes
    """The body's sections and the footer, encoded."""
    data: tuple[bytes, ...] = ()
    value: Any = None


def parse(raw: bytes | memoryview) -> Message:
    """Take a message apart.

    Raises:
        CodecError: it is malformed.
    """
    ttl = None
    annotations: dict[Any, Any] = {}
    properties, application = Properties(), {}
    body: list[bytes] = []
    data: list[bytes] = []
    value = None
    position, end = 0, len(raw)
    while position < end:
        section, after = decode(raw, position)
        if not isinstance(section, Described):
            raise CodecError("A message consists of sections.")
        code = _NAMES.get(section.descriptor, -1) if isinstance(section.descriptor, Symbol) else section.descriptor
        content = section.value
        if code == HEADER:
            ttl = _list(content, 5)[2]
        elif code == ANNOTATIONS:
            annotations = _map(content)
        elif code == PROPERTIES:
            properties = Properties(*_list(content, 13)[:13])
        elif code == APPLICATION:
            application = _map(content)
        elif code in {DATA, SEQUENCE, VALUE, FOOTER}:
            body.append(bytes(raw[position:after]))
            if code == DATA:
                if not isinstance(content, bytes):
                    raise CodecError("A data section holds bytes.")
                data.append(content)
            elif code == VALUE:
                value = content
        elif code != DELIVERY_ANNOTATIONS:
            raise CodecError(f"A message has no section {section.descriptor!r}.")
        position = after
    return Message(ttl, annotations, properties, application, b"".join(body), tuple(data), value)


def _list(value: Any, count: int) -> list[Any]:
    if not isinstance(value, list):
        raise CodecError("A section of a message must be a list.")
    return value + [None] * (count - len(value))


def _map(value: Any) -> dict[Any, Any]:
    if not isinstance(value, dict):
        raise CodecError("A section of a message must be a map.")
    return value


def section(code: int, value: Any) -> bytes:
    """One section's bytes."""
    return encode(Described(ULong(code), value))


def content(properties: Properties, application: dict[Any, Any], body: bytes) -> bytes:
    """The sections that belong to the message itself, and that delivery does not change."""
    properties = properties._replace(
        content_type=_symbol(properties.content_type), content_encoding=_symbol(properties.content_encoding)
    )
    return (
        (section(PROPERTIES, list(properties)) if any(item is not None for item in properties) else b"")
        + (section(APPLICATION, application) if application else b"")
        + body
    )


def _symbol(text: str | None) -> Symbol | None:
    return None if text is None else Symbol(text)


def build(body: bytes, properties: Properties | None = None, application: dict[str, Any] | None = None) -> bytes:
    """A message of bytes."""
    return content(properties or Properties(), application or {}, section(DATA, body))


def deliver(
    content_: bytes,
    annotations: dict[Any, Any],
    deliveries: int,
    ttl: int | None = None,
    info: dict[Any, Any] | None = None,
) -> bytes:
    """A message on its way to a receiver.

    Args:
        content_: the sections that belong to the message itself.
        annotations: of the message.
        deliveries: how often it was delivered before without being settled.
        ttl: milliseconds.
        info: annotations of the delivery.
    """
    header = section(HEADER, [True, None, None if ttl is None else UInt(ttl), None, UInt(deliveries)])
    if info:
        header += section(DELIVERY_ANNOTATIONS, info)
    return header + (section(ANNOTATIONS, annotations) if annotations else b"") + content_


def body_bytes(message: Message) -> bytes:
    """What a function gets as the body: data, or the text of a value."""
    if message.value is not None and not message.data:
        return message.value if isinstance(message.value, bytes) else str(message.value).encode()
    return b"".join(message.data)
