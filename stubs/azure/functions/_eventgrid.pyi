import datetime
import sys
from typing import Any

from azure.functions._abc import (
    CloudEvent as AbstractCloudEvent,
)
from azure.functions._abc import (
    EventGridEvent as AbstractEventGridEvent,
)
from azure.functions._abc import (
    EventGridOutputEvent as AbstractEventGridOutputEvent,
)

class EventGridEvent(AbstractEventGridEvent):
    """An event in Event Grid's own schema."""

    def __init__(
        self,
        *,
        id: str,
        data: dict[str, Any],
        topic: str,
        subject: str,
        event_type: str,
        event_time: datetime.datetime | None,
        data_version: str,
    ) -> None: ...
    @property
    def id(self) -> str: ...
    def get_json(self) -> Any:
        """The data of the event."""

    @property
    def topic(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def event_type(self) -> str: ...
    @property
    def event_time(self) -> datetime.datetime | None: ...
    @property
    def data_version(self) -> str: ...
    if sys.version_info >= (3, 13):
        def to_dict(self) -> dict[str, Any]: ...

class EventGridOutputEvent(AbstractEventGridOutputEvent):
    """An event to publish."""

    def __init__(
        self,
        *,
        id: str,
        data: dict[str, Any],
        subject: str,
        event_type: str,
        event_time: datetime.datetime | None,
        data_version: str,
    ) -> None: ...
    @property
    def id(self) -> str: ...
    def get_json(self) -> Any: ...
    @property
    def subject(self) -> str: ...
    @property
    def event_type(self) -> str: ...
    @property
    def event_time(self) -> datetime.datetime | None: ...
    @property
    def data_version(self) -> str: ...
    if sys.version_info >= (3, 13):
        def to_dict(self) -> dict[str, Any]: ...

class CloudEvent(AbstractCloudEvent):
    """An event in the CloudEvents 1.0 schema."""

    def __init__(
        self,
        *,
        id: str,
        source: str,
        type: str,
        specversion: str,
        data: Any | None,
        time: datetime.datetime | None = None,
        subject: str | None = None,
        datacontenttype: str | None = None,
        dataschema: str | None = None,
        **extensions: Any,
    ) -> None: ...
    @property
    def id(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def specversion(self) -> str: ...
    @property
    def time(self) -> datetime.datetime | None: ...
    @property
    def subject(self) -> str | None: ...
    @property
    def datacontenttype(self) -> str | None: ...
    @property
    def dataschema(self) -> str | None: ...
    def get_json(self) -> Any:
        """The data of the event."""

    @property
    def extension_attrs(self) -> dict[str, Any]:
        """Attributes that the specification does not name."""
    if sys.version_info >= (3, 13):
        def to_dict(self) -> dict[str, Any]: ...
