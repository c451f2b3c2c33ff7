"""settings."""

from collections.abc import Callable
from typing import Annotated, Any, List, Literal, TypeVar

from azure.functions._api.markers import Setting, Since
from azure.functions._api.values import FunctionName, HttpType, TimeSpan, Extra

F = TypeVar("F", bound=Callable[..., Any])

class FunctionSettings:
    def function_name(
        self,
        name: FunctionName,
        setting_extra_fields: Annotated[Extra | None, Since("1.18.0")] = None,
    ) -> Annotated[Callable[[F], F], Setting(since="1.10.0", see="functions-reference-python", extra=False)]:
        """TODO."""

    def http_type(
        self,
        http_type: HttpType,
    ) -> Annotated[Callable[[F], F], Setting(since="1.12.0", see="functions-reference-python", extra=False)]:
        """TODO."""

class Settings:
    def retry(
        self,
        strategy: Literal["fixed_delay", "exponential_backoff"],
        max_retry_count: int | str,
        delay_interval: TimeSpan | None = None,
        minimum_interval: TimeSpan | None = None,
        maximum_interval: TimeSpan | None = None,
        setting_extra_fields: Extra | None = None,
    ) -> Annotated[Callable[[F], F], Setting(since="1.18.0", see="functions-bindings-errors", extra=False)]:
        """TODO."""
