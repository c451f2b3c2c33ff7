import abc
from . import meta as meta
from ._jsonutils import json as json
from azure.functions import _eventhub
from typing import Any, Mapping

class EventHubConverter(meta.InConverter, meta.OutConverter, binding="eventHub", metaclass=abc.ABCMeta):
    @classmethod
    def check_input_type_annotation(cls, pytype: type) -> bool: ...
    @classmethod
    def check_output_type_annotation(cls, pytype: type) -> bool: ...
    @classmethod
    def decode(
        cls, data: meta.Datum, *, trigger_metadata
    ) -> _eventhub.EventHubEvent | list[_eventhub.EventHubEvent]: ...
    @classmethod
    def decode_single_event(cls, data, trigger_metadata) -> _eventhub.EventHubEvent: ...
    @classmethod
    def decode_multiple_events(cls, data, trigger_metadata) -> list[_eventhub.EventHubEvent]: ...
    @classmethod
    def encode(cls, obj: Any, *, expected_type: type | None) -> meta.Datum: ...

class EventHubTriggerConverter(EventHubConverter, binding="eventHubTrigger", trigger=True, metaclass=abc.ABCMeta):
    @classmethod
    def decode(
        cls, data: meta.Datum, *, trigger_metadata: Mapping[str, meta.Datum]
    ) -> _eventhub.EventHubEvent | list[_eventhub.EventHubEvent]: ...
    @classmethod
    def decode_single_event(cls, data, trigger_metadata: Mapping[str, meta.Datum]) -> _eventhub.EventHubEvent: ...
    @classmethod
    def decode_multiple_events(
        cls, data, trigger_metadata: Mapping[str, meta.Datum]
    ) -> list[_eventhub.EventHubEvent]: ...
