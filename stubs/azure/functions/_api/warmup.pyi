"""The warm-up of a new instance."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from azure.functions._api.markers import Trigger
from azure.functions._api.values import ArgName, DataTypeName
from azure.functions.warmup import WarmUpContext

_F = TypeVar("_F", bound=Callable[..., Any])

class WarmUpTriggers:
    def warm_up_trigger(
        self,
        arg_name: ArgName,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Trigger(
            "warmupTrigger",
            takes=(WarmUpContext,),
            since="1.13.3",
            bundle="host",
            see="functions-bindings-warmup",
            also_tried=("warmup_trigger", "warmup"),
        ),
    ]:
        """Run once when a new instance of the app is about to take load.

        The parameter receives a `WarmUpContext`, which is empty. An app has at most one such function, and it should
        be called `warmup`. The class is `azure.functions.warmup.WarmUpContext`; `func.WarmUpContext` does not exist.

        Args:
            arg_name: Name of the function's parameter for the `WarmUpContext`.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.function_name("warmup")
            @app.warm_up_trigger(arg_name="warmup")
            def load_model(warmup: func.warmup.WarmUpContext) -> None:
                print("loading")

        Binding type `warmupTrigger`; azure-functions since 1.13.3 and in every 2.x; built into the host.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-warmup
        """
