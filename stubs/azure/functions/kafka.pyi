import sys
from collections.abc import Mapping
from typing import Any

from azure.functions._kafka import AbstractKafkaEvent
from azure.functions.meta import Datum, InConverter, OutConverter

class KafkaEvent(AbstractKafkaEvent):
    """A message of a Kafka topic."""

    def __init__(
        self,
        *,
        body: bytes,
        trigger_metadata: Mapping[str, Datum] | None = None,
        key: str | None = None,
        offset: int | None = None,
        partition: int | None = None,
        topic: str | None = None,
        timestamp: str | None = None,
        headers: list[Any] | None = None,
    ) -> None: ...
    def get_body(self) -> bytes:
        """A JSON object as bytes, with the message in `Value`."""

    @property
    def key(self) -> str | None: ...
    @property
    def offset(self) -> int | None: ...
    @property
    def partition(self) -> int | None: ...
    @property
    def topic(self) -> str | None: ...
    @property
    def timestamp(self) -> str | None: ...
    @property
    def headers(self) -> list[Any] | None: ...
    @property
    def metadata(self) -> Mapping[str, Any] | None:
        """What the trigger knows about the call; the same for all messages of a batch."""
    if sys.version_info >= (3, 13):
        def to_dict(self) -> dict[str, Any]: ...

class KafkaConverter(InConverter, OutConverter, binding="kafka"):
    @classmethod
    def check_input_type_annotation(cls, pytype: type[Any]) -> bool: ...
    @classmethod
    def check_output_type_annotation(cls, pytype: type[Any]) -> bool: ...
    @classmethod
    def decode(cls, data: Datum, *, trigger_metadata: Mapping[str, Datum] | None) -> KafkaEvent | list[KafkaEvent]: ...
    @classmethod
    def decode_single_event(cls, data: Datum, trigger_metadata: Mapping[str, Datum] | None) -> KafkaEvent: ...
    @classmethod
    def decode_multiple_events(cls, data: Datum, trigger_metadata: Mapping[str, Datum] | None) -> list[KafkaEvent]: ...
    @classmethod
    def encode(cls, obj: Any, *, expected_type: type[Any] | None) -> Datum: ...

class KafkaTriggerConverter(KafkaConverter, binding="kafkaTrigger", trigger=True):
    @classmethod
    def decode(cls, data: Datum, *, trigger_metadata: Mapping[str, Datum] | None) -> KafkaEvent | list[KafkaEvent]: ...
    @classmethod
    def decode_single_event(cls, data: Datum, trigger_metadata: Mapping[str, Datum] | None) -> KafkaEvent: ...
    @classmethod
    def decode_multiple_events(cls, data: Datum, trigger_metadata: Mapping[str, Datum] | None) -> list[KafkaEvent]: ...
    @classmethod
    def encode(cls, obj: Any, *, expected_type: type[Any] | None) -> Datum: ...
    @classmethod
    def get_parsed_props(cls, props: Datum, parsed_data: Any) -> list[Any]: ...
