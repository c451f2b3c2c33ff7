from .decorators.durable_app import Blueprint as Blueprint, DFApp as DFApp
from .entity import Entity as Entity
from .models.DurableEntityContext import DurableEntityContext as DurableEntityContext
from .models.DurableOrchestrationClient import DurableOrchestrationClient as DurableOrchestrationClient
from .models.DurableOrchestrationContext import DurableOrchestrationContext as DurableOrchestrationContext
from .models.OrchestrationRuntimeStatus import OrchestrationRuntimeStatus as OrchestrationRuntimeStatus
from .models.RetryOptions import RetryOptions as RetryOptions
from .models.TokenSource import ManagedIdentityTokenSource as ManagedIdentityTokenSource
from .models.utils.entity_utils import EntityId as EntityId
from .orchestrator import Orchestrator as Orchestrator

__all__ = [
    "Orchestrator",
    "Entity",
    "EntityId",
    "DurableOrchestrationClient",
    "DurableEntityContext",
    "DurableOrchestrationContext",
    "DurableFunctionsCompatibilityWarning",
    "ManagedIdentityTokenSource",
    "OrchestrationRuntimeStatus",
    "RetryOptions",
    "DFApp",
    "Blueprint",
]

class DurableFunctionsCompatibilityWarning(UserWarning): ...
