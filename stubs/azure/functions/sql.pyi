import abc
import typing
from . import meta as meta
from ._jsonutils import json as json
from azure.functions import _sql as sql

class SqlConverter(meta.InConverter, meta.OutConverter, binding="sql", metaclass=abc.ABCMeta):
    @classmethod
    def check_input_type_annotation(cls, pytype: type) -> bool: ...
    @classmethod
    def check_output_type_annotation(cls, pytype: type) -> bool: ...
    @classmethod
    def decode(cls, data: meta.Datum, *, trigger_metadata) -> sql.SqlRowList | None: ...
    @classmethod
    def encode(cls, obj: typing.Any, *, expected_type: type | None) -> meta.Datum: ...
