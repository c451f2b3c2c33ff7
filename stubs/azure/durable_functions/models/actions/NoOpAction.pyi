from typing import Any

from azure.durable_functions.models.actions.Action import Action

class NoOpAction(Action):
    metadata: str | None

    def __init__(self, metadata: str | None = None) -> None: ...
    def action_type(self) -> int: ...  # type: ignore[override]  # a plain method at run time
    def to_json(self) -> dict[str, Any]: ...
