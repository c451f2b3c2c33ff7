import logging
from typing import Any

from azure.functions._abc import OrchestrationContext as AbstractOrchestrationContext

logger: logging.Logger

def df_dumps(value: Any) -> str:
    """The text that carries a value of Durable Functions: JSON, with `to_json` of the value's class."""

def df_loads(s: str, expected_type: type[Any] | None = None) -> Any:
    """The value of such a text."""

class OrchestrationContext(AbstractOrchestrationContext):
    """What the worker hands to an orchestrator before the durable package decodes it."""

    def __init__(self, body: str | bytes) -> None: ...
    @property
    def body(self) -> str: ...

class EntityContext(AbstractOrchestrationContext):
    """What the worker hands to an entity before the durable package decodes it."""

    def __init__(self, body: str | bytes) -> None: ...
    @property
    def body(self) -> str: ...
