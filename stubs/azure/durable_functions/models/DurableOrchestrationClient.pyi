import azure.functions as func
from ..models.DurableOrchestrationBindings import DurableOrchestrationBindings as DurableOrchestrationBindings
from .DurableOrchestrationStatus import DurableOrchestrationStatus as DurableOrchestrationStatus
from .EntityStateResponse import EntityStateResponse as EntityStateResponse
from .OrchestrationRuntimeStatus import OrchestrationRuntimeStatus as OrchestrationRuntimeStatus
from .PurgeHistoryResult import PurgeHistoryResult as PurgeHistoryResult
from .RpcManagementOptions import RpcManagementOptions as RpcManagementOptions
from .utils.df_serialization import df_dumps as df_dumps
from .utils.entity_utils import EntityId as EntityId
from .utils.http_utils import (
    delete_async_request as delete_async_request,
    get_async_request as get_async_request,
    post_async_request as post_async_request,
)
from datetime import datetime
from typing import Any

class DurableOrchestrationClient:
    task_hub_name: str
    def __init__(self, context: str, function_invocation_id: str | None = None) -> None: ...
    async def start_new(
        self,
        orchestration_function_name: str,
        instance_id: str | None = None,
        client_input: Any | None = None,
        version: str | None = None,
    ) -> str: ...
    def create_check_status_response(self, request: func.HttpRequest, instance_id: str) -> func.HttpResponse: ...
    def create_http_management_payload(self, instance_id: str) -> dict[str, str]: ...
    async def read_entity_state(
        self, entityId: EntityId, task_hub_name: str | None = None, connection_name: str | None = None
    ) -> EntityStateResponse: ...
    def get_client_response_links(self, request: func.HttpRequest | None, instance_id: str) -> dict[str, str]: ...
    async def raise_event(
        self,
        instance_id: str,
        event_name: str,
        event_data: Any = None,
        task_hub_name: str = None,
        connection_name: str = None,
    ) -> None: ...
    async def get_status(
        self, instance_id: str, show_history: bool = False, show_history_output: bool = False, show_input: bool = False
    ) -> DurableOrchestrationStatus: ...
    async def get_status_all(self) -> list[DurableOrchestrationStatus]: ...
    async def get_status_by(
        self,
        created_time_from: datetime = None,
        created_time_to: datetime = None,
        runtime_status: list[OrchestrationRuntimeStatus] = None,
        instance_id_prefix: str = None,
    ) -> list[DurableOrchestrationStatus]: ...
    async def purge_instance_history(self, instance_id: str) -> PurgeHistoryResult: ...
    async def purge_instance_history_by(
        self,
        created_time_from: datetime | None = None,
        created_time_to: datetime | None = None,
        runtime_status: list[OrchestrationRuntimeStatus] | None = None,
    ) -> PurgeHistoryResult: ...
    async def terminate(self, instance_id: str, reason: str) -> None: ...
    async def wait_for_completion_or_create_check_status_response(
        self,
        request,
        instance_id: str,
        timeout_in_milliseconds: int = 10000,
        retry_interval_in_milliseconds: int = 1000,
    ) -> func.HttpResponse: ...
    async def signal_entity(
        self,
        entityId: EntityId,
        operation_name: str,
        operation_input: Any | None = None,
        task_hub_name: str | None = None,
        connection_name: str | None = None,
    ) -> None: ...
    async def rewind(
        self, instance_id: str, reason: str, task_hub_name: str | None = None, connection_name: str | None = None
    ): ...
    async def suspend(self, instance_id: str, reason: str) -> None: ...
    async def restart(self, instance_id: str, restart_with_new_instance_id: bool = True) -> str: ...
    async def resume(self, instance_id: str, reason: str) -> None: ...
