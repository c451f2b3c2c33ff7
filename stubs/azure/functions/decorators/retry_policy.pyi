from _typeshed import Incomplete
from azure.functions.decorators.core import Setting as Setting

RETRY_POLICY: str

class RetryPolicy(Setting):
    strategy: Incomplete
    max_retry_count: Incomplete
    delay_interval: Incomplete
    minimum_interval: Incomplete
    maximum_interval: Incomplete
    def __init__(
        self,
        strategy: str,
        max_retry_count: str,
        delay_interval: str | None = None,
        minimum_interval: str | None = None,
        maximum_interval: str | None = None,
        **kwargs,
    ) -> None: ...
