from .DurableEntityContext import DurableEntityContext as DurableEntityContext
from .DurableHttpRequest import DurableHttpRequest as DurableHttpRequest
from .DurableOrchestrationBindings import DurableOrchestrationBindings as DurableOrchestrationBindings
from .DurableOrchestrationClient import DurableOrchestrationClient as DurableOrchestrationClient
from .DurableOrchestrationContext import DurableOrchestrationContext as DurableOrchestrationContext
from .OrchestrationRuntimeStatus import OrchestrationRuntimeStatus as OrchestrationRuntimeStatus
from .OrchestratorState import OrchestratorState as OrchestratorState
from .PurgeHistoryResult import PurgeHistoryResult as PurgeHistoryResult
from .RetryOptions import RetryOptions as RetryOptions
from .Task import TaskBase as TaskBase
from .TokenSource import ManagedIdentityTokenSource as ManagedIdentityTokenSource

__all__ = [
    "DurableOrchestrationBindings",
    "DurableOrchestrationClient",
    "DurableEntityContext",
    "DurableOrchestrationContext",
    "DurableHttpRequest",
    "ManagedIdentityTokenSource",
    "OrchestratorState",
    "OrchestrationRuntimeStatus",
    "PurgeHistoryResult",
    "RetryOptions",
    "TaskBase",
]
