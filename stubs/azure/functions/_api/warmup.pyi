"""warmup."""

from collections.abc import Callable
from typing import Annotated, Any, List, Literal, TypeVar

from azure.functions._api.markers import Trigger
from azure.functions._api.values import ArgName, DataTypeName
from azure.functions.warmup import WarmUpContext

F = TypeVar("F", bound=Callable[..., Any])

class WarmUpTriggers:
    def warm_up_trigger(
        self,
        arg_name: ArgName,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Trigger("warmupTrigger", takes=(WarmUpContext,), since="1.13.3", bundle="host", see="functions-bindings-warmup", also_tried=("warmup_trigger", "warmup",))]:
        """TODO."""
