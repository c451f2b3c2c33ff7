"""Managed connectors."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from azure.functions._api.markers import Trigger
from azure.functions._api.values import ArgName, DataTypeName

_F = TypeVar("_F", bound=Callable[..., Any])

class ConnectorTriggers:
    def connector_trigger(
        self,
        arg_name: ArgName,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Trigger(
            "connectorTrigger",
            takes=(str, dict, bytes),
            since="1.26.0",
            since_2="2.2.0",
            bundle="preview",
            see="functions-bindings-connector-trigger",
        ),
    ]:
        """Run for an event of a managed connector, such as a new mail in Office 365.

        The parameter receives the event as `str`, `dict` or `bytes`, as annotated. The connector itself is set up in
        a connector namespace.

        Args:
            arg_name: Name of the function's parameter for the event.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.connector_trigger(arg_name="event")
            def on_connector_event(event: str) -> None:
                print(event)

        Binding type `connectorTrigger`; azure-functions since 1.26.0 and 2.2.0; only in the preview extension bundle.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-connector-trigger
        """
