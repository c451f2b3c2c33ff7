"""The classes behind the decorators: retries of a function."""

from typing import Any

from azure.functions.decorators.core import Setting

RETRY_POLICY: str

class RetryPolicy(Setting):
    strategy: str
    max_retry_count: str
    delay_interval: str | None
    minimum_interval: str | None
    maximum_interval: str | None

    def __init__(
        self,
        strategy: str,
        max_retry_count: str,
        delay_interval: str | None = None,
        minimum_interval: str | None = None,
        maximum_interval: str | None = None,
        **kwargs: Any,
    ) -> None: ...
