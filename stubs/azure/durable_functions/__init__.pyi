"""Durable Functions for Python: orchestrators, entities, and the client that starts them."""

from . import openai_agents as openai_agents
from .decorators.durable_app import Blueprint, DFApp
from .entity import Entity
from .models.DurableEntityContext import DurableEntityContext
from .models.DurableOrchestrationClient import DurableOrchestrationClient
from .models.DurableOrchestrationContext import DurableOrchestrationContext
from .models.OrchestrationRuntimeStatus import OrchestrationRuntimeStatus
from .models.RetryOptions import RetryOptions
from .models.TokenSource import ManagedIdentityTokenSource
from .models.utils.entity_utils import EntityId
from .orchestrator import Orchestrator

__all__ = [
    "Blueprint",
    "DFApp",
    "DurableEntityContext",
    "DurableFunctionsCompatibilityWarning",
    "DurableOrchestrationClient",
    "DurableOrchestrationContext",
    "Entity",
    "EntityId",
    "ManagedIdentityTokenSource",
    "OrchestrationRuntimeStatus",
    "Orchestrator",
    "RetryOptions",
    "openai_agents",
]

class DurableFunctionsCompatibilityWarning(UserWarning):
    """The app uses something that version 2 of the package drops."""

def validate_extension_bundles() -> None: ...
def validate_v1_programming_model() -> None: ...
