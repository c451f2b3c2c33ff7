from collections.abc import Mapping
from typing import Any

from azure.functions._mysql import MySqlRowList
from azure.functions.meta import Datum, InConverter, OutConverter

class MySqlConverter(InConverter, OutConverter, binding="mysql"):
    @classmethod
    def check_input_type_annotation(cls, pytype: type[Any]) -> bool: ...
    @classmethod
    def check_output_type_annotation(cls, pytype: type[Any]) -> bool: ...
    @classmethod
    def decode(cls, data: Datum, *, trigger_metadata: Mapping[str, Datum] | None) -> MySqlRowList | None: ...
    @classmethod
    def encode(cls, obj: Any, *, expected_type: type[Any] | None) -> Datum: ...

class MySqlTriggerConverter(MySqlConverter, binding="mysqlTrigger", trigger=True): ...
