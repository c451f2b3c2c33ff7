import datetime
import typing
from azure.functions import _abc as azf_abc

class EventGridEvent(azf_abc.EventGridEvent):
    def __init__(
        self,
        *,
        id: str,
        data: dict[str, object],
        topic: str,
        subject: str,
        event_type: str,
        event_time: datetime.datetime | None,
        data_version: str,
    ) -> None: ...
    @property
    def id(self) -> str: ...
    def get_json(self) -> typing.Any: ...
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

class EventGridOutputEvent(azf_abc.EventGridOutputEvent):
    def __init__(
        self,
        *,
        id: str,
        data: dict[str, object],
        subject: str,
        event_type: str,
        event_time: datetime.datetime | None,
        data_version: str,
    ) -> None: ...
    @property
    def id(self) -> str: ...
    def get_json(self) -> typing.Any: ...
    @property
    def subject(self) -> str: ...
    @property
    def event_type(self) -> str: ...
    @property
    def event_time(self) -> datetime.datetime | None: ...
    @property
    def data_version(self) -> str: ...

class CloudEvent(azf_abc.CloudEvent):
    def __init__(
        self,
        *,
        id: str,
        source: str,
        type: str,
        specversion: str,
        data: typing.Any | None,
        time: datetime.datetime | None = None,
        subject: str | None = None,
        datacontenttype: str | None = None,
        dataschema: str | None = None,
        **extensions: typing.Any,
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
    def get_json(self) -> typing.Any: ...
    @property
    def extension_attrs(self) -> dict[str, typing.Any]: ...
