"""Records as functions see them: keys, headers and values, of those that come and of those that go.

Facts: azure-functions-kafka-extension, `KafkaEventData`, `KafkaTriggerBindingStrategy`, `KafkaMessageBuilder` and
`KafkaProducerAsyncCollector`.
"""

from __future__ import annotations

import base64
import json
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, NamedTuple

from .library import KafkaError

if TYPE_CHECKING:
    from .avro import Codec

_EVENT = {"Offset", "Partition", "Topic", "Timestamp", "Value", "Headers"}
"""What a JSON object has to have for the platform to take it for a whole event."""
_WIDTHS = {"int": 4, "long": 8}


class Record(NamedTuple):
    """One record of a topic."""

    topic: str
    partition: int
    offset: int
    timestamp: str
    """ISO 8601 in UTC."""
    key: Any
    """As JSON has it; of an Avro key, an object."""
    value: bytes
    headers: list[dict[str, Any]]
    """`{"Key", "Value"}`, the values in Base64."""
    epoch: int | None

    def event(self, value: Any) -> dict[str, Any]:
        """The whole event as the platform writes it."""
        return {
            "Offset": self.offset, "Partition": self.partition, "Topic": self.topic, "Timestamp": self.timestamp,
            "Value": value, "LeaderEpoch": self.epoch, "IsPartitionEOF": False, "Key": self.key, "Headers": self.headers,
        }  # fmt: skip


def received(message: Any, key_type: str) -> Record:
    """The record that a consumer's message stands for.

    Args:
        message: of confluent-kafka.
        key_type: `keyDataType` in lower case; `raw`: the key as it came, in bytes.
    """
    _, milliseconds = message.timestamp()
    headers = [
        {"Key": name, "Value": None if value is None else base64.b64encode(value).decode()}
        for name, value in message.headers() or ()
    ]
    return Record(
        message.topic(), message.partition(), message.offset(), iso(milliseconds), _key(message.key(), key_type),
        message.value() or b"", headers, message.leader_epoch(),
    )  # fmt: skip


def iso(milliseconds: int) -> str:
    """Milliseconds since 1970 as .NET's JSON writes them: no zeros at the fraction's end."""
    moment = datetime.fromtimestamp(max(milliseconds, 0) / 1000, timezone.utc)
    fraction = f".{moment.microsecond // 1000:03}".rstrip("0").rstrip(".")
    return f"{moment:%Y-%m-%dT%H:%M:%S}{fraction}Z"


def _key(raw: bytes | None, key_type: str) -> str | int | bytes | None:
    if raw is None or key_type == "raw":
        return raw
    if key_type in _WIDTHS and len(raw) == _WIDTHS[key_type]:
        return int.from_bytes(raw, "big", signed=True)
    if key_type == "binary":
        return base64.b64encode(raw).decode()
    return raw.decode("utf-8", "replace")


class Outgoing(NamedTuple):
    """What is to be produced."""

    value: bytes
    key: bytes | None = None
    headers: list[tuple[str, bytes]] = []  # noqa: RUF012 - never written to


def outgoing(body: bytes, key_type: str, keys: Codec | None = None) -> Outgoing:
    """The record for a value that a function set: the value itself, or the event that a JSON object describes.

    Args:
        body: what was set.
        key_type: `keyDataType` in lower case.
        keys: what writes keys that have an Avro schema.

    Raises:
        KafkaError: a key or headers that cannot be written.
    """
    event = _event(body)
    if event is None:
        return Outgoing(body)
    value, headers = event["Value"], event["Headers"]
    if not isinstance(headers, list) or not all(isinstance(item, dict) and "Key" in item for item in headers):
        raise KafkaError('The Headers of an event must be an array of {"Key": ..., "Value": ...}.')
    encoded = [(str(item["Key"]), str(item.get("Value") or "").encode()) for item in headers]
    key = event.get("Key")
    in_avro = None if keys is None or key is None else keys.encode(json.dumps(key).encode())
    raw = encode_key(key, key_type) if in_avro is None else in_avro
    return Outgoing(_text(value).encode(), raw, encoded)


def _event(body: bytes) -> dict[str, Any] | None:
    if not body.lstrip().startswith(b"{"):
        return None
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and value.keys() >= _EVENT else None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def encode_key(key: Any, key_type: str) -> bytes | None:
    """A key on the wire.

    Raises:
        KafkaError: it is not of the type that `keyDataType` says.
    """
    if key is None:
        return None
    if key_type not in _WIDTHS:
        return _text(key).encode()
    try:
        return int(key).to_bytes(_WIDTHS[key_type], "big", signed=True)
    except (ValueError, TypeError, OverflowError) as error:
        raise KafkaError(f"The key '{key}' is not of the type that key_data_type says, {key_type}.") from error
