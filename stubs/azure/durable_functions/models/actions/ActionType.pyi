from enum import IntEnum

class ActionType(IntEnum):
    CALL_ACTIVITY: int
    CALL_ACTIVITY_WITH_RETRY: int
    CALL_SUB_ORCHESTRATOR: int
    CALL_SUB_ORCHESTRATOR_WITH_RETRY: int
    CONTINUE_AS_NEW: int
    CREATE_TIMER: int
    WAIT_FOR_EXTERNAL_EVENT: int
    CALL_ENTITY = 7
    CALL_HTTP: int
    SIGNAL_ENTITY: int
    WHEN_ANY = 11
    WHEN_ALL = 12
