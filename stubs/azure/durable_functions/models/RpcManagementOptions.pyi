from .utils.entity_utils import EntityId as EntityId
from _typeshed import Incomplete
from azure.durable_functions.constants import DATETIME_STRING_FORMAT as DATETIME_STRING_FORMAT
from azure.durable_functions.models.OrchestrationRuntimeStatus import (
    OrchestrationRuntimeStatus as OrchestrationRuntimeStatus,
)
from datetime import datetime

class RpcManagementOptions:
    operation_name: Incomplete
    entity_Id: Incomplete
    def __init__(
        self,
        instance_id: str = None,
        task_hub_name: str = None,
        connection_name: str = None,
        show_history: bool = None,
        show_history_output: bool = None,
        created_time_from: datetime = None,
        created_time_to: datetime = None,
        runtime_status: list[OrchestrationRuntimeStatus] = None,
        show_input: bool = None,
        operation_name: str = None,
        entity_Id: EntityId = None,
        instance_id_prefix: str = None,
    ) -> None: ...
    def to_url(self, base_url: str | None) -> str: ...
