import abc
import typing
from . import meta as meta
from ._jsonutils import json as json
from azure.functions import _mysql as mysql

class MySqlConverter(meta.InConverter, meta.OutConverter, binding="mysql", metaclass=abc.ABCMeta):
    @classmethod
    def check_input_type_annotation(cls, pytype: type) -> bool: ...
    @classmethod
    def check_output_type_annotation(cls, pytype: type) -> bool: ...
    @classmethod
    def decode(cls, data: meta.Datum, *, trigger_metadata) -> mysql.MySqlRowList | None: ...
    @classmethod
    def encode(cls, obj: typing.Any, *, expected_type: type | None) -> meta.Datum: ...

class MySqlTriggerConverter(MySqlConverter, binding="mysqlTrigger", trigger=True, metaclass=abc.ABCMeta): ...
