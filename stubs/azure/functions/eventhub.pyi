from collections.abc import Mapping
from typing import Any

from azure.functions._eventhub import EventHubEvent
from azure.functions.meta import Datum, InConverter, OutConverter

class EventHubConverter(InConverter, OutConverter, binding="eventHub"):
    @classmethod
    def check_input_type_annotation(cls, pytype: type[Any]) -> bool: ...
    @classmethod
    def check_output_type_annotation(cls, pytype: type[Any]) -> bool: ...
    @classmethod
    def decode(
        cls, data: Datum, *, trigger_metadata: Mapping[str, Datum] | None
    ) -> EventHubEvent | list[EventHubEvent]: ...
    @classmethod
    def decode_single_event(cls, data: Datum, trigger_metadata: Mapping[str, Datum] | None) -> EventHubEvent: ...
    @classmethod
    def decode_multiple_events(
        cls, data: Datum, trigger_metadata: Mapping[str, Datum] | None
    ) -> list[EventHubEvent]: ...
    @classmethod
    def encode(cls, obj: Any, *, expected_type: type[Any] | None) -> Datum: ...

class EventHubTriggerConverter(EventHubConverter, binding="eventHubTrigger", trigger=True):
    @classmethod
    def decode(
        cls, data: Datum, *, trigger_metadata: Mapping[str, Datum] | None
    ) -> EventHubEvent | list[EventHubEvent]: ...
    @classmethod
    def decode_single_event(cls, data: Datum, trigger_metadata: Mapping[str, Datum] | None) -> EventHubEvent: ...
    @classmethod
    def decode_multiple_events(
        cls, data: Datum, trigger_metadata: Mapping[str, Datum] | None
    ) -> list[EventHubEvent]: ...
