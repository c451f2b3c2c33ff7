from .Action import Action as Action
from .ActionType import ActionType as ActionType
from .CallActivityAction import CallActivityAction as CallActivityAction
from .CallActivityWithRetryAction import CallActivityWithRetryAction as CallActivityWithRetryAction
from .CallHttpAction import CallHttpAction as CallHttpAction
from .CallSubOrchestratorAction import CallSubOrchestratorAction as CallSubOrchestratorAction
from .CreateTimerAction import CreateTimerAction as CreateTimerAction
from .WaitForExternalEventAction import WaitForExternalEventAction as WaitForExternalEventAction
from .WhenAllAction import WhenAllAction as WhenAllAction
from .WhenAnyAction import WhenAnyAction as WhenAnyAction

__all__ = [
    "Action",
    "ActionType",
    "CallActivityAction",
    "CallActivityWithRetryAction",
    "CallSubOrchestratorAction",
    "CallHttpAction",
    "WaitForExternalEventAction",
    "CreateTimerAction",
    "WhenAnyAction",
    "WhenAllAction",
]
