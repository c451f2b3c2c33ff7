from collections.abc import Mapping
from typing import Any

from azure.functions._eventgrid import CloudEvent, EventGridEvent
from azure.functions.meta import Datum, InConverter, OutConverter

class EventGridEventInConverter(InConverter, binding="eventGridTrigger", trigger=True):
    @classmethod
    def check_input_type_annotation(cls, pytype: type[Any]) -> bool: ...
    @classmethod
    def decode(cls, data: Datum, *, trigger_metadata: Mapping[str, Datum] | None) -> EventGridEvent | CloudEvent: ...

class EventGridEventOutConverter(OutConverter, binding="eventGrid"):
    @classmethod
    def check_output_type_annotation(cls, pytype: type[Any]) -> bool: ...
    @classmethod
    def encode(cls, obj: Any, *, expected_type: type[Any] | None) -> Datum | None: ...
