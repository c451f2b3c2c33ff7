"""What the service refuses, as it says it.

Codes and texts: Microsoft's "HTTP status codes for Azure Cosmos DB", and what the service answers.
"""

from __future__ import annotations

_CODES = {
    400: "BadRequest", 401: "Unauthorized", 403: "Forbidden", 404: "NotFound", 405: "MethodNotAllowed", 409: "Conflict",
    410: "Gone", 412: "PreconditionFailed", 413: "RequestEntityTooLarge", 424: "FailedDependency", 501: "NotImplemented",
}  # fmt: skip
KEY_MISMATCH = 1001
OWNER_MISSING = 1003
OTHER_CONTAINER = 1024


class CosmosError(Exception):
    """A request that the service refuses."""

    def __init__(self, status: int, message: str, substatus: int = 0) -> None:
        super().__init__(message)
        self.status = status
        self.substatus = substatus

    @property
    def code(self) -> str:
        """The service's word for the status."""
        return _CODES[self.status]


def missing() -> CosmosError:
    """There is no such thing."""
    return CosmosError(404, "Entity with the specified id does not exist in the system.")


def owner_missing() -> CosmosError:
    """There is no such database or container for what was asked for within."""
    return CosmosError(404, "Owner resource does not exist", OWNER_MISSING)


def conflict() -> CosmosError:
    """There is one already."""
    return CosmosError(409, "Entity with the specified id already exists in the system.")


def changed() -> CosmosError:
    """It has another etag."""
    return CosmosError(412, "Operation cannot be performed because one of the specified precondition is not met.")
