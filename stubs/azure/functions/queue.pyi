import datetime
from collections.abc import Mapping
from typing import Any

from azure.functions._queue import QueueMessage as PlainQueueMessage
from azure.functions.meta import Datum, InConverter, OutConverter

class QueueMessage(PlainQueueMessage):
    """The message that the worker passes where `func.QueueMessage` is asked for."""

    def __init__(
        self,
        *,
        id: str | None = None,
        body: str | bytes | None = None,
        dequeue_count: int | None = None,
        expiration_time: datetime.datetime | None = None,
        insertion_time: datetime.datetime | None = None,
        time_next_visible: datetime.datetime | None = None,
        pop_receipt: str | None = None,
    ) -> None: ...
    @property
    def dequeue_count(self) -> int | None: ...
    @property
    def expiration_time(self) -> datetime.datetime | None: ...
    @property
    def insertion_time(self) -> datetime.datetime | None: ...
    @property
    def time_next_visible(self) -> datetime.datetime | None: ...

class QueueMessageInConverter(InConverter, binding="queueTrigger", trigger=True):
    @classmethod
    def check_input_type_annotation(cls, pytype: type[Any]) -> bool: ...
    @classmethod
    def decode(cls, data: Datum, *, trigger_metadata: Mapping[str, Datum] | None) -> Any: ...

class QueueMessageOutConverter(OutConverter, binding="queue"):
    @classmethod
    def check_output_type_annotation(cls, pytype: type[Any]) -> bool: ...
    @classmethod
    def encode(cls, obj: Any, *, expected_type: type[Any] | None) -> Datum: ...
