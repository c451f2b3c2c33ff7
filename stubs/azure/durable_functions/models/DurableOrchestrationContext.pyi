import datetime
from ..models.TokenSource import TokenSource as TokenSource
from .FunctionContext import FunctionContext as FunctionContext
from .RetryOptions import RetryOptions as RetryOptions
from .actions import Action as Action
from .history import HistoryEvent as HistoryEvent, HistoryEventType as HistoryEventType
from .utils.df_serialization import df_loads as df_loads
from .utils.entity_utils import EntityId as EntityId
from .utils.type_discovery import (
    activity_output_type as activity_output_type,
    sub_orchestrator_output_type as sub_orchestrator_output_type,
)
from azure.durable_functions.constants import DATETIME_STRING_FORMAT as DATETIME_STRING_FORMAT
from azure.durable_functions.decorators.metadata import (
    ActivityTrigger as ActivityTrigger,
    OrchestrationTrigger as OrchestrationTrigger,
)
from azure.durable_functions.models.DurableHttpRequest import DurableHttpRequest as DurableHttpRequest
from azure.durable_functions.models.ReplaySchema import ReplaySchema as ReplaySchema
from azure.durable_functions.models.Task import (
    AtomicTask as AtomicTask,
    LongTimerTask as LongTimerTask,
    RetryAbleTask as RetryAbleTask,
    TaskBase as TaskBase,
    TimerTask as TimerTask,
    WhenAllTask as WhenAllTask,
    WhenAnyTask as WhenAnyTask,
)
from azure.durable_functions.models.actions.CallActivityAction import CallActivityAction as CallActivityAction
from azure.durable_functions.models.actions.CallActivityWithRetryAction import (
    CallActivityWithRetryAction as CallActivityWithRetryAction,
)
from azure.durable_functions.models.actions.CallEntityAction import CallEntityAction as CallEntityAction
from azure.durable_functions.models.actions.CallHttpAction import CallHttpAction as CallHttpAction
from azure.durable_functions.models.actions.CallSubOrchestratorAction import (
    CallSubOrchestratorAction as CallSubOrchestratorAction,
)
from azure.durable_functions.models.actions.CallSubOrchestratorWithRetryAction import (
    CallSubOrchestratorWithRetryAction as CallSubOrchestratorWithRetryAction,
)
from azure.durable_functions.models.actions.ContinueAsNewAction import ContinueAsNewAction as ContinueAsNewAction
from azure.durable_functions.models.actions.CreateTimerAction import CreateTimerAction as CreateTimerAction
from azure.durable_functions.models.actions.SignalEntityAction import SignalEntityAction as SignalEntityAction
from azure.durable_functions.models.actions.WaitForExternalEventAction import (
    WaitForExternalEventAction as WaitForExternalEventAction,
)
from azure.durable_functions.models.utils.json_utils import parse_timespan_attrib as parse_timespan_attrib
from azure.functions.decorators.function_app import FunctionBuilder as FunctionBuilder
from typing import Any, Callable, DefaultDict
from uuid import UUID

class DurableOrchestrationContext:
    decision_started_event: HistoryEvent
    open_tasks: DefaultDict[int | str, list[TaskBase] | TaskBase]
    deferred_tasks: dict[int | str, tuple[HistoryEvent, bool, str]]
    def __init__(
        self,
        history: list[dict[Any, Any]],
        instanceId: str,
        isReplaying: bool,
        parentInstanceId: str,
        input: Any = None,
        upperSchemaVersion: int = 0,
        maximumShortTimerDuration: str = None,
        longRunningTimerIntervalDuration: str = None,
        upperSchemaVersionNew: int = None,
        **kwargs,
    ) -> None: ...
    @classmethod
    def from_json(cls, json_string: str): ...
    def call_activity(
        self, name: str | Callable, input_: Any | None = None, expected_type: type | None = None
    ) -> TaskBase: ...
    def call_activity_with_retry(
        self,
        name: str | Callable,
        retry_options: RetryOptions,
        input_: Any | None = None,
        expected_type: type | None = None,
    ) -> TaskBase: ...
    def call_http(
        self,
        method: str,
        uri: str,
        content: str | None = None,
        headers: dict[str, str] | None = None,
        token_source: TokenSource = None,
        is_raw_str: bool = False,
    ) -> TaskBase: ...
    def call_sub_orchestrator(
        self,
        name: str | Callable,
        input_: Any | None = None,
        instance_id: str | None = None,
        version: str | None = None,
        expected_type: type | None = None,
    ) -> TaskBase: ...
    def call_sub_orchestrator_with_retry(
        self,
        name: str | Callable,
        retry_options: RetryOptions,
        input_: Any | None = None,
        instance_id: str | None = None,
        version: str | None = None,
        expected_type: type | None = None,
    ) -> TaskBase: ...
    def get_input(self, expected_type: type | None = None) -> Any | None: ...
    def new_uuid(self) -> str: ...
    def task_all(self, activities: list[TaskBase]) -> TaskBase: ...
    def task_any(self, activities: list[TaskBase]) -> TaskBase: ...
    def set_custom_status(self, status: Any): ...
    @property
    def custom_status(self): ...
    @property
    def histories(self): ...
    @property
    def instance_id(self) -> str: ...
    @property
    def is_replaying(self) -> bool: ...
    @property
    def parent_instance_id(self) -> str: ...
    @property
    def current_utc_datetime(self) -> datetime.datetime: ...
    @current_utc_datetime.setter
    def current_utc_datetime(self, value: datetime.datetime): ...
    @property
    def function_context(self) -> FunctionContext: ...
    def call_entity(
        self,
        entityId: EntityId,
        operationName: str,
        operationInput: Any | None = None,
        expected_type: type | None = None,
    ): ...
    def signal_entity(self, entityId: EntityId, operationName: str, operationInput: Any | None = None): ...
    @property
    def will_continue_as_new(self) -> bool: ...
    def create_timer(self, fire_at: datetime.datetime) -> TaskBase: ...
    def wait_for_external_event(self, name: str, expected_type: type | None = None) -> TaskBase: ...
    def continue_as_new(self, input_: Any): ...
    def new_guid(self) -> UUID: ...
    @property
    def version(self) -> str | None: ...
