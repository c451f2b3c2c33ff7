import abc
import typing
from . import meta as meta

class WarmUpContext: ...

class WarmUpTriggerConverter(meta.InConverter, binding="warmupTrigger", trigger=True, metaclass=abc.ABCMeta):
    @classmethod
    def check_input_type_annotation(cls, pytype: type) -> bool: ...
    @classmethod
    def decode(cls, data: meta.Datum, *, trigger_metadata) -> typing.Any: ...
