from collections.abc import Mapping
from typing import Any

from azure.functions._sql import SqlRowList
from azure.functions.meta import Datum, InConverter, OutConverter

class SqlConverter(InConverter, OutConverter, binding="sql"):
    @classmethod
    def check_input_type_annotation(cls, pytype: type[Any]) -> bool: ...
    @classmethod
    def check_output_type_annotation(cls, pytype: type[Any]) -> bool: ...
    @classmethod
    def decode(cls, data: Datum, *, trigger_metadata: Mapping[str, Datum] | None) -> SqlRowList | None: ...
    @classmethod
    def encode(cls, obj: Any, *, expected_type: type[Any] | None) -> Datum: ...
