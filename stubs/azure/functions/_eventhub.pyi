import datetime
import typing
from azure.functions import _abc as func_abc, meta as meta

class EventHubEvent(func_abc.EventHubEvent):
    def __init__(
        self,
        *,
        body: bytes,
        trigger_metadata: typing.Mapping[str, meta.Datum] | None = None,
        enqueued_time: datetime.datetime | None = None,
        partition_key: str | None = None,
        sequence_number: int | None = None,
        offset: str | None = None,
        iothub_metadata: typing.Mapping[str, str] | None = None,
    ) -> None: ...
    def get_body(self) -> bytes: ...
    @property
    def partition_key(self) -> str | None: ...
    @property
    def iothub_metadata(self) -> typing.Mapping[str, str] | None: ...
    @property
    def sequence_number(self) -> int | None: ...
    @property
    def enqueued_time(self) -> datetime.datetime | None: ...
    @property
    def offset(self) -> str | None: ...
    @property
    def metadata(self) -> typing.Mapping[str, typing.Any] | None: ...
