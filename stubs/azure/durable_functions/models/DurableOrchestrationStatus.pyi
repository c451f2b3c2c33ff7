from datetime import datetime
from typing import Any

from azure.durable_functions.models.OrchestrationRuntimeStatus import OrchestrationRuntimeStatus
from typing_extensions import Self

class DurableOrchestrationStatus:
    """Where an orchestration stands. It is false where there is no such orchestration."""

    def __init__(
        self,
        name: str | None = None,
        instanceId: str | None = None,
        createdTime: str | None = None,
        lastUpdatedTime: str | None = None,
        input: Any | None = None,
        output: Any | None = None,
        runtimeStatus: OrchestrationRuntimeStatus | None = None,
        customStatus: Any | None = None,
        history: list[Any] | None = None,
        **kwargs: Any,
    ) -> None: ...
    def __bool__(self) -> bool: ...
    @classmethod
    def from_json(cls, json_obj: Any) -> Self: ...
    def to_json(self) -> dict[str, Any]: ...
    @property
    def name(self) -> str | None:
        """Name of the orchestrator."""

    @property
    def instance_id(self) -> str | None: ...
    @property
    def created_time(self) -> datetime | None: ...
    @property
    def last_updated_time(self) -> datetime | None: ...
    @property
    def input_(self) -> Any: ...
    @property
    def output(self) -> Any:
        """What it returned, or the text of its failure."""

    @property
    def runtime_status(self) -> OrchestrationRuntimeStatus | None: ...
    @property
    def custom_status(self) -> Any:
        """What it set with `set_custom_status`."""

    @property
    def history(self) -> list[Any] | None:
        """Its events, where the client asked for them."""
