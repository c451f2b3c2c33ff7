from collections.abc import Mapping
from typing import Any

from azure.functions.meta import Datum, InConverter

class WarmUpContext:
    """What a warm-up trigger hands to its function: nothing."""

class WarmUpTriggerConverter(InConverter, binding="warmupTrigger", trigger=True):
    @classmethod
    def check_input_type_annotation(cls, pytype: type[Any]) -> bool: ...
    @classmethod
    def decode(cls, data: Datum, *, trigger_metadata: Mapping[str, Datum] | None) -> Any: ...
