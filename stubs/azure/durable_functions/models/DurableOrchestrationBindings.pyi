from typing import Any

from azure.durable_functions.models.FunctionContext import FunctionContext

class DurableOrchestrationBindings:
    def __init__(
        self,
        taskHubName: str,
        creationUrls: dict[str, str],
        managementUrls: dict[str, str],
        rpcBaseUrl: str | None = None,
        **kwargs: Any,
    ) -> None: ...
    @property
    def task_hub_name(self) -> str: ...
    @property
    def creation_urls(self) -> dict[str, str]: ...
    @property
    def management_urls(self) -> dict[str, str]: ...
    @property
    def rpc_base_url(self) -> str | None: ...
    @property
    def client_data(self) -> FunctionContext: ...
    @classmethod
    def from_json(cls, json_string: Any) -> Any: ...
