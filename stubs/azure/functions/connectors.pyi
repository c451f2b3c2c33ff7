from collections.abc import Mapping
from typing import Any

from azure.functions.meta import Datum, InConverter

class ConnectorTriggerConverter(InConverter, binding="connectorTrigger", trigger=True):
    @classmethod
    def check_input_type_annotation(cls, pytype: type[Any]) -> bool: ...
    @classmethod
    def has_implicit_output(cls) -> bool: ...
    @classmethod
    def decode(cls, data: Datum, *, trigger_metadata: Mapping[str, Datum] | None) -> Any: ...
    @classmethod
    def encode(cls, obj: Any, *, expected_type: type[Any] | None = None) -> Datum: ...
