import datetime
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, overload
from uuid import UUID

from azure.durable_functions.models.FunctionContext import FunctionContext
from azure.durable_functions.models.history.HistoryEvent import HistoryEvent
from azure.durable_functions.models.RetryOptions import RetryOptions
from azure.durable_functions.models.Task import LongTimerTask, TaskBase, TimerTask, WhenAllTask, WhenAnyTask
from azure.durable_functions.models.TokenSource import TokenSource
from azure.durable_functions.models.utils.entity_utils import EntityId
from typing_extensions import Self

_T = TypeVar("_T")

class DurableOrchestrationContext:
    """What an orchestrator works with.

    Methods that return a task only describe the work: `yield` it, alone or in `task_all` and `task_any`, to have it done.
    """

    open_tasks: Any
    decorator: Any
    deferred_tasks: Any
    def __init__(
        self,
        history: list[dict[Any, Any]],
        instanceId: str,
        isReplaying: bool,
        parentInstanceId: str,
        input: Any = None,
        upperSchemaVersion: int = 0,
        maximumShortTimerDuration: str | None = None,
        longRunningTimerIntervalDuration: str | None = None,
        upperSchemaVersionNew: int | None = None,
        **kwargs: Any,
    ) -> None: ...
    @classmethod
    def from_json(cls, json_string: str) -> Self: ...
    def call_activity(
        self, name: str | Callable[..., Any], input_: Any | None = None, expected_type: type[Any] | None = None
    ) -> TaskBase:
        """Call an activity.

        Args:
            name: Name of the activity, or the decorated function. A function stands for its Python name, whatever
                `function_name` says.
            input_: What to hand to it; JSON must be able to hold it.
            expected_type: Class to decode the result to. Since 1.6.0.
        """

    def call_activity_with_retry(
        self,
        name: str | Callable[..., Any],
        retry_options: RetryOptions,
        input_: Any | None = None,
        expected_type: type[Any] | None = None,
    ) -> TaskBase:
        """Call an activity, again where it fails.

        Args:
            name: Name of the activity, or the decorated function.
            retry_options: How often and when.
            input_: What to hand to it; JSON must be able to hold it.
            expected_type: Class to decode the result to. Since 1.6.0.
        """

    def call_http(
        self,
        method: str,
        uri: str,
        content: Any | None = None,
        headers: dict[str, str] | None = None,
        token_source: TokenSource | None = None,
        is_raw_str: bool = False,
    ) -> TaskBase:
        """Make an HTTP request; the result has `statusCode`, `headers` and `content`.

        Args:
            method: HTTP method.
            uri: Address.
            content: Body; what is no text is sent as JSON.
            headers: By name.
            token_source: Where to get a token from.
            is_raw_str: Whether text is sent as it is rather than as a JSON string.
        """

    def call_sub_orchestrator(
        self,
        name: str | Callable[..., Any],
        input_: Any | None = None,
        instance_id: str | None = None,
        version: str | None = None,
        expected_type: type[Any] | None = None,
    ) -> TaskBase:
        """Run another orchestrator.

        Args:
            name: Name of the orchestrator, or the decorated function.
            input_: What to hand to it; JSON must be able to hold it.
            instance_id: Id of the new orchestration. Default: made up.
            version: Version of the orchestrator. Default: host.json's `defaultVersion`.
            expected_type: Class to decode the result to. Since 1.6.0.
        """

    def call_sub_orchestrator_with_retry(
        self,
        name: str | Callable[..., Any],
        retry_options: RetryOptions,
        input_: Any | None = None,
        instance_id: str | None = None,
        version: str | None = None,
        expected_type: type[Any] | None = None,
    ) -> TaskBase:
        """Run another orchestrator, again where it fails.

        Args:
            name: Name of the orchestrator, or the decorated function.
            retry_options: How often and when.
            input_: What to hand to it; JSON must be able to hold it.
            instance_id: Id of the new orchestration. Default: made up.
            version: Version of the orchestrator. Default: host.json's `defaultVersion`.
            expected_type: Class to decode the result to. Since 1.6.0.
        """

    @overload
    def get_input(self, expected_type: None = None) -> Any:
        """What the orchestration was started with; None where it was started with nothing.

        Args:
            expected_type: Class to decode the input to. Since 1.6.0.
        """
    @overload
    def get_input(self, expected_type: type[_T]) -> _T | None: ...
    def new_uuid(self) -> str:
        """A UUID that is the same on every replay."""

    def new_guid(self) -> UUID:
        """A UUID that is the same on every replay."""

    def task_all(self, activities: Sequence[TaskBase]) -> WhenAllTask:
        """A task that completes when all of these have; the result is the list of theirs."""

    def task_any(self, activities: Sequence[TaskBase]) -> WhenAnyTask:
        """A task that completes when the first of these has; the result is that task."""

    def set_custom_status(self, status: Any) -> None:
        """Show a status to clients; at most 16 KB of JSON."""

    @property
    def custom_status(self) -> Any: ...
    @property
    def histories(self) -> list[HistoryEvent]: ...
    @property
    def instance_id(self) -> str: ...
    @property
    def is_replaying(self) -> bool:
        """Whether what runs now has run before; log only where it has not."""

    @property
    def parent_instance_id(self) -> str:
        """Id of the orchestration that called this one."""

    @property
    def current_utc_datetime(self) -> datetime.datetime:
        """The time, the same on every replay; use it in place of `datetime.now`."""

    @current_utc_datetime.setter
    def current_utc_datetime(self, value: datetime.datetime) -> None: ...
    @property
    def function_context(self) -> FunctionContext: ...
    def call_entity(
        self,
        entityId: EntityId,
        operationName: str,
        operationInput: Any | None = None,
        expected_type: type[Any] | None = None,
    ) -> TaskBase:
        """Call an operation of an entity and wait for its result.

        Args:
            entityId: The entity.
            operationName: What to ask for.
            operationInput: What to hand to it; JSON must be able to hold it.
            expected_type: Class to decode the result to. Since 1.6.0.
        """

    def signal_entity(self, entityId: EntityId, operationName: str, operationInput: Any | None = None) -> TaskBase:
        """Send an operation to an entity without waiting; it need not be yielded.

        Args:
            entityId: The entity.
            operationName: What to ask for.
            operationInput: What to hand to it; JSON must be able to hold it.
        """

    @property
    def will_continue_as_new(self) -> bool: ...
    def create_timer(self, fire_at: datetime.datetime) -> TimerTask | LongTimerTask:
        """A task that completes at a time.

        Args:
            fire_at: UTC; count from `current_utc_datetime`.
        """

    def wait_for_external_event(self, name: str, expected_type: type[Any] | None = None) -> TaskBase:
        """A task that completes when a client raises an event.

        Args:
            name: Name of the event.
            expected_type: Class to decode the event's data to. Since 1.6.0.
        """

    def continue_as_new(self, input_: Any) -> None:
        """Start over with a new input and an empty history, once this run returns."""

    @property
    def version(self) -> str | None:
        """Version that the orchestration was started with."""
