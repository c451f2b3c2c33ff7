"""generic."""

from collections.abc import Callable
from typing import Annotated, Any, List, Literal, TypeVar

from azure.functions._api.markers import Trigger, Input, Output
from azure.functions._api.values import ArgName, DataTypeName

F = TypeVar("F", bound=Callable[..., Any])

class GenericTriggers:
    def generic_trigger(
        self,
        arg_name: ArgName,
        type: str,
        data_type: DataTypeName | None = None,
        **kwargs: Any,
    ) -> Annotated[Callable[[F], F], Trigger(takes=(str, bytes), since="1.11.0", see="functions-triggers-bindings")]:
        """TODO."""

class GenericBindings:
    def generic_input_binding(
        self,
        arg_name: ArgName,
        type: str,
        data_type: DataTypeName | None = None,
        **kwargs: Any,
    ) -> Annotated[Callable[[F], F], Input(takes=(str, bytes), since="1.11.0", see="functions-triggers-bindings", also_tried=("generic_input",))]:
        """TODO."""

    def generic_output_binding(
        self,
        arg_name: ArgName,
        type: str,
        data_type: DataTypeName | None = None,
        **kwargs: Any,
    ) -> Annotated[Callable[[F], F], Output(takes=(str, bytes), since="1.11.0", see="functions-triggers-bindings", also_tried=("generic_output",))]:
        """TODO."""
