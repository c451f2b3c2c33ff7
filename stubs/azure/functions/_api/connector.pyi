"""connector."""

from collections.abc import Callable
from typing import Annotated, Any, List, Literal, TypeVar

from azure.functions._api.markers import Trigger
from azure.functions._api.values import ArgName, DataTypeName

F = TypeVar("F", bound=Callable[..., Any])

class ConnectorTriggers:
    def connector_trigger(
        self,
        arg_name: ArgName,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Trigger("connectorTrigger", takes=(str, dict, bytes), since="1.26.0", since_2="2.2.0", bundle="preview", see="functions-triggers-bindings")]:
        """TODO."""
