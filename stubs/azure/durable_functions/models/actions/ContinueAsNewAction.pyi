from ..utils.df_serialization import df_dumps as df_dumps
from ..utils.json_utils import add_attrib as add_attrib
from .Action import Action as Action
from .ActionType import ActionType as ActionType
from _typeshed import Incomplete

class ContinueAsNewAction(Action):
    input_: Incomplete
    def __init__(self, input_=None) -> None: ...
    @property
    def action_type(self) -> int: ...
    def to_json(self) -> dict[str, int | str]: ...
