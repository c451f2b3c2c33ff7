import abc
from . import meta as meta
from ._jsonutils import json as json
from .meta import Datum as Datum
from azure.functions import _eventgrid as azf_eventgrid
from typing import Any

class EventGridEventInConverter(meta.InConverter, binding="eventGridTrigger", trigger=True, metaclass=abc.ABCMeta):
    @classmethod
    def check_input_type_annotation(cls, pytype: type) -> bool: ...
    @classmethod
    def decode(
        cls, data: meta.Datum, *, trigger_metadata
    ) -> azf_eventgrid.EventGridEvent | azf_eventgrid.CloudEvent: ...

class EventGridEventOutConverter(meta.OutConverter, binding="eventGrid"):
    @classmethod
    def check_output_type_annotation(cls, pytype: type) -> bool: ...
    @classmethod
    def encode(cls, obj: Any, *, expected_type: type | None) -> Datum | None: ...
