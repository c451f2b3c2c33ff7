import datetime
import sys
from collections.abc import Mapping
from typing import Any

from azure.functions._abc import EventHubEvent as AbstractEventHubEvent
from azure.functions.meta import Datum

class EventHubEvent(AbstractEventHubEvent):
    """An event of an event hub."""

    def __init__(
        self,
        *,
        body: bytes,
        trigger_metadata: Mapping[str, Datum] | None = None,
        enqueued_time: datetime.datetime | None = None,
        partition_key: str | None = None,
        sequence_number: int | None = None,
        offset: str | None = None,
        iothub_metadata: Mapping[str, str] | None = None,
    ) -> None: ...
    def get_body(self) -> bytes:
        """The body; text with `.decode()`."""

    @property
    def partition_key(self) -> str | None: ...
    @property
    def iothub_metadata(self) -> Mapping[str, str] | None:
        """System properties of IoT Hub messages."""

    @property
    def sequence_number(self) -> int | None: ...
    @property
    def enqueued_time(self) -> datetime.datetime | None: ...
    @property
    def offset(self) -> str | None: ...
    @property
    def metadata(self) -> Mapping[str, Any] | None:
        """What the trigger knows about the call; the same for all events of a batch."""
    if sys.version_info >= (3, 13):
        def to_dict(self) -> dict[str, Any]: ...
