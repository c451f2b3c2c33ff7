from .EntityState import EntityState as EntityState
from .OperationResult import OperationResult as OperationResult
from .RequestMessage import RequestMessage as RequestMessage
from .Signal import Signal as Signal

__all__ = ["RequestMessage", "OperationResult", "Signal", "EntityState"]
