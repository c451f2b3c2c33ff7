"""What describes a function."""

from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar

from azure.functions._api.markers import Setting, Since
from azure.functions._api.values import Extra, FunctionName, HttpType, TimeSpan

_F = TypeVar("_F", bound=Callable[..., Any])

class Settings:
    def retry(
        self,
        strategy: Literal["fixed_delay", "exponential_backoff"],
        max_retry_count: int | str,
        delay_interval: TimeSpan | None = None,
        minimum_interval: TimeSpan | None = None,
        maximum_interval: TimeSpan | None = None,
        setting_extra_fields: Extra | None = None,
    ) -> Annotated[Callable[[_F], _F], Setting(since="1.18.0", see="functions-bindings-error-pages", extra=False)]:
        """Repeat the function when it raises.

        For triggers that have no retries of their own: timer, Event Hubs, Kafka, Cosmos DB. Queues and Service Bus
        bring their own.

        Args:
            strategy: `fixed_delay`, with `delay_interval`, or `exponential_backoff`, with `minimum_interval` and
                `maximum_interval`.
            max_retry_count: Most repetitions; -1 for no limit.
            delay_interval: Time between attempts as `hh:mm:ss`, for `fixed_delay`.
            minimum_interval: Shortest time between attempts as `hh:mm:ss`, for `exponential_backoff`.
            maximum_interval: Longest time between attempts as `hh:mm:ss`, for `exponential_backoff`.
            setting_extra_fields: Further fields to store with the setting; the host ignores them.

        Example:
            @app.retry(strategy="fixed_delay", max_retry_count=3, delay_interval="00:00:10")
            @app.timer_trigger(arg_name="timer", schedule="0 0 * * * *")
            def hourly(timer: func.TimerRequest) -> None:
                raise RuntimeError("try again")

        azure-functions since 1.18.0 and in every 2.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-error-pages
        """

class FunctionSettings:
    def function_name(
        self,
        name: FunctionName,
        setting_extra_fields: Annotated[Extra | None, Since("1.18.0")] = None,
    ) -> Annotated[
        Callable[[_F], _F], Setting(since="1.10.0", bundle="host", see="functions-reference-python", extra=False)
    ]:
        """Name the function.

        Without this decorator the function is called as the Python function is. It goes above the trigger.

        Args:
            name: Name of the function: up to 128 letters, digits, `_` and `-`, a letter first, not `host`, unique in
                the app regardless of case; nothing in it is resolved.
            setting_extra_fields: Further fields to store with the setting; the host ignores them. Since 1.18.0.

        Example:
            @app.function_name("Nightly")
            @app.timer_trigger(arg_name="timer", schedule="0 0 3 * * *")
            def nightly(timer: func.TimerRequest) -> None:
                print("good night")

        azure-functions since 1.10.0 and in every 2.x.
        https://learn.microsoft.com/azure/azure-functions/functions-reference-python
        """

    def http_type(
        self,
        http_type: HttpType,
    ) -> Annotated[
        Callable[[_F], _F], Setting(since="1.12.0", bundle="host", see="functions-reference-python", extra=False)
    ]:
        """Say that an HTTP function serves a web framework.

        `AsgiFunctionApp` and `WsgiFunctionApp` use it themselves; apps seldom need it.

        Args:
            http_type: `function`, `asgi` or `wsgi`.

        Example:
            @app.http_type("function")
            @app.route(route="plain")
            def plain(req: func.HttpRequest) -> str:
                return "plain"

        azure-functions since 1.12.0 and in every 2.x.
        https://learn.microsoft.com/azure/azure-functions/functions-reference-python
        """
