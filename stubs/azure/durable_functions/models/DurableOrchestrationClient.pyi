from datetime import datetime
from typing import Any

from azure.durable_functions.models.DurableOrchestrationStatus import DurableOrchestrationStatus
from azure.durable_functions.models.EntityStateResponse import EntityStateResponse
from azure.durable_functions.models.OrchestrationRuntimeStatus import OrchestrationRuntimeStatus
from azure.durable_functions.models.PurgeHistoryResult import PurgeHistoryResult
from azure.durable_functions.models.utils.entity_utils import EntityId
from azure.functions import HttpRequest, HttpResponse

class DurableOrchestrationClient:
    """Starts and manages orchestrations; `durable_client_input` hands one to a function."""

    task_hub: str
    def __init__(self, context: str, function_invocation_id: str | None = None) -> None: ...
    async def start_new(
        self,
        orchestration_function_name: str,
        instance_id: str | None = None,
        client_input: Any | None = None,
        version: str | None = None,
    ) -> str:
        """Start an orchestration; its id.

        Args:
            orchestration_function_name: Name of the orchestrator.
            instance_id: Id of the new orchestration; without `/`, `\\`, `#`, `?`, and no `@` first. Default: made up.
            client_input: What to hand to it; JSON must be able to hold it.
            version: Version of the orchestrator. Default: host.json's `defaultVersion`.
        """

    def create_check_status_response(self, request: HttpRequest, instance_id: str) -> HttpResponse:
        """A 202 response with the addresses to watch and manage the orchestration at."""

    def create_http_management_payload(self, instance_id: str) -> dict[str, str]:
        """The addresses to watch and manage an orchestration at, by what they are for."""

    async def read_entity_state(
        self, entityId: EntityId, task_hub_name: str | None = None, connection_name: str | None = None
    ) -> EntityStateResponse:
        """The state of an entity."""

    def get_client_response_links(self, request: HttpRequest | None, instance_id: str) -> dict[str, str]: ...
    async def raise_event(
        self,
        instance_id: str,
        event_name: str,
        event_data: Any = None,
        task_hub_name: str | None = None,
        connection_name: str | None = None,
    ) -> None:
        """Raise an event that an orchestration waits for.

        Args:
            instance_id: The orchestration.
            event_name: Name of the event.
            event_data: What to hand over; JSON must be able to hold it.
            task_hub_name: Default: the client's own.
            connection_name: Default: the client's own.

        Raises:
            ValueError: The event has no name.
            Exception: There is no such orchestration, or it has ended.
        """

    async def get_status(
        self,
        instance_id: str,
        show_history: bool = False,
        show_history_output: bool = False,
        show_input: bool = False,
    ) -> DurableOrchestrationStatus:
        """Where an orchestration stands; false where there is none of that id."""

    async def get_status_all(self) -> list[DurableOrchestrationStatus]: ...
    async def get_status_by(
        self,
        created_time_from: datetime | None = None,
        created_time_to: datetime | None = None,
        runtime_status: list[OrchestrationRuntimeStatus] | None = None,
        instance_id_prefix: str | None = None,
    ) -> list[DurableOrchestrationStatus]: ...
    async def purge_instance_history(self, instance_id: str) -> PurgeHistoryResult:
        """Forget an orchestration that has ended."""

    async def purge_instance_history_by(
        self,
        created_time_from: datetime | None = None,
        created_time_to: datetime | None = None,
        runtime_status: list[OrchestrationRuntimeStatus] | None = None,
    ) -> PurgeHistoryResult: ...
    async def terminate(self, instance_id: str, reason: str) -> None:
        """End an orchestration at once."""

    async def wait_for_completion_or_create_check_status_response(
        self,
        request: HttpRequest,
        instance_id: str,
        timeout_in_milliseconds: int = 10000,
        retry_interval_in_milliseconds: int = 1000,
    ) -> HttpResponse:
        """The output of an orchestration as a response, or the 202 response where it takes too long."""

    async def signal_entity(
        self,
        entityId: EntityId,
        operation_name: str,
        operation_input: Any | None = None,
        task_hub_name: str | None = None,
        connection_name: str | None = None,
    ) -> None:
        """Send an operation to an entity without waiting for a result."""

    async def rewind(
        self, instance_id: str, reason: str, task_hub_name: str | None = None, connection_name: str | None = None
    ) -> None:
        """Take a failed orchestration up again before its failure."""

    async def suspend(self, instance_id: str, reason: str) -> None: ...
    async def restart(self, instance_id: str, restart_with_new_instance_id: bool = True) -> str:
        """Start an orchestration again with its input; the id."""

    async def resume(self, instance_id: str, reason: str) -> None: ...
