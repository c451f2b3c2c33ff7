import abc
from . import meta as meta
from ._jsonutils import json as json
from azure.functions import _queue as azf_queue
from typing import Any

class QueueMessage(azf_queue.QueueMessage):
    def __init__(
        self,
        *,
        id=None,
        body=None,
        dequeue_count=None,
        expiration_time=None,
        insertion_time=None,
        time_next_visible=None,
        pop_receipt=None,
    ) -> None: ...
    @property
    def dequeue_count(self): ...
    @property
    def expiration_time(self): ...
    @property
    def insertion_time(self): ...
    @property
    def time_next_visible(self): ...

class QueueMessageInConverter(meta.InConverter, binding="queueTrigger", trigger=True, metaclass=abc.ABCMeta):
    @classmethod
    def check_input_type_annotation(cls, pytype: type) -> bool: ...
    @classmethod
    def decode(cls, data: meta.Datum, *, trigger_metadata) -> Any: ...

class QueueMessageOutConverter(meta.OutConverter, binding="queue"):
    @classmethod
    def check_output_type_annotation(cls, pytype: type) -> bool: ...
    @classmethod
    def encode(cls, obj: Any, *, expected_type: type | None) -> meta.Datum: ...
