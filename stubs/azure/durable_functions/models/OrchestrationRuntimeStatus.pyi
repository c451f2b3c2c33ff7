from enum import Enum

class OrchestrationRuntimeStatus(Enum):
    """Where an orchestration stands."""

    Running = "Running"
    Completed = "Completed"
    ContinuedAsNew = "ContinuedAsNew"
    Failed = "Failed"
    Canceled = "Canceled"
    Terminated = "Terminated"
    Pending = "Pending"
    """Asked for and not yet started."""
    Suspended = "Suspended"
