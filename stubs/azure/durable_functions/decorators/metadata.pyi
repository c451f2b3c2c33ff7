from azure.functions.decorators.core import InputBinding, Trigger

class OrchestrationTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    orchestration: str | None

    def __init__(self, name: str, orchestration: str | None = None) -> None: ...

class ActivityTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    activity: str | None

    def __init__(self, name: str, activity: str | None = None) -> None: ...

class EntityTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    entity_name: str | None

    def __init__(self, name: str, entity_name: str | None = None) -> None: ...

class DurableClient(InputBinding):
    @staticmethod
    def get_binding_name() -> str: ...
    task_hub: str | None
    connection_name: str | None

    def __init__(self, name: str, task_hub: str | None = None, connection_name: str | None = None) -> None: ...
