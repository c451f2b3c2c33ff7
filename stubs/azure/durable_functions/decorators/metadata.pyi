from _typeshed import Incomplete
from azure.durable_functions.constants import (
    ACTIVITY_TRIGGER as ACTIVITY_TRIGGER,
    DURABLE_CLIENT as DURABLE_CLIENT,
    ENTITY_TRIGGER as ENTITY_TRIGGER,
    ORCHESTRATION_TRIGGER as ORCHESTRATION_TRIGGER,
)
from azure.functions.decorators.core import InputBinding as InputBinding, Trigger as Trigger

class OrchestrationTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    orchestration: Incomplete
    def __init__(self, name: str, orchestration: str | None = None) -> None: ...

class ActivityTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    activity: Incomplete
    def __init__(self, name: str, activity: str | None = None) -> None: ...

class EntityTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    entity_name: Incomplete
    def __init__(self, name: str, entity_name: str | None = None) -> None: ...

class DurableClient(InputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    task_hub: Incomplete
    connection_name: Incomplete
    def __init__(self, name: str, task_hub: str | None = None, connection_name: str | None = None) -> None: ...
