from ..RetryOptions import RetryOptions as RetryOptions
from ..utils.df_serialization import df_dumps as df_dumps
from ..utils.json_utils import add_attrib as add_attrib, add_json_attrib as add_json_attrib
from .Action import Action as Action
from .ActionType import ActionType as ActionType
from typing import Any

class CallSubOrchestratorWithRetryAction(Action):
    function_name: str
    retry_options: RetryOptions
    instance_id: str | None
    version: str | None
    def __init__(
        self,
        function_name: str,
        retry_options: RetryOptions,
        _input: Any | None = None,
        instance_id: str | None = None,
        version: str | None = None,
    ) -> None: ...
    @property
    def action_type(self) -> int: ...
    def to_json(self) -> dict[str, str | int]: ...
