import abc
import typing
from . import meta as meta
from ._jsonutils import json as json
from azure.functions import _abc as azf_abc

class TimerRequest(azf_abc.TimerRequest):
    def __init__(
        self, *, past_due: bool = False, schedule_status: dict | None = None, schedule: dict | None = None
    ) -> None: ...
    @property
    def past_due(self) -> bool: ...
    @property
    def schedule_status(self) -> dict: ...
    @property
    def schedule(self) -> dict: ...

class TimerRequestConverter(meta.InConverter, binding="timerTrigger", trigger=True, metaclass=abc.ABCMeta):
    @classmethod
    def check_input_type_annotation(cls, pytype: type) -> bool: ...
    @classmethod
    def decode(cls, data: meta.Datum, *, trigger_metadata) -> typing.Any: ...
