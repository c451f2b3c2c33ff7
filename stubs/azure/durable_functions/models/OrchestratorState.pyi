from .utils.df_serialization import df_dumps as df_dumps
from .utils.json_utils import add_attrib as add_attrib
from azure.durable_functions.models.ReplaySchema import ReplaySchema as ReplaySchema
from azure.durable_functions.models.actions.Action import Action as Action
from typing import Any

class OrchestratorState:
    def __init__(
        self,
        is_done: bool,
        actions: list[list[Action]],
        output: Any,
        replay_schema: ReplaySchema,
        error: str = None,
        custom_status: Any = None,
    ) -> None: ...
    @property
    def actions(self) -> list[list[Action]]: ...
    @property
    def is_done(self) -> bool: ...
    @property
    def output(self): ...
    @property
    def error(self) -> str | None: ...
    @property
    def custom_status(self): ...
    @property
    def schema_version(self): ...
    def to_json(self) -> dict[str, Any]: ...
    def to_json_string(self) -> str: ...
