from abc import ABC
from typing import Any

class TokenSource(ABC):
    """Where `call_http` gets a token from."""

    def __init__(self) -> None: ...

class ManagedIdentityTokenSource(TokenSource):
    """The app's managed identity.

    Args:
        resource: What the token is for, as `https://management.core.windows.net/`.
    """

    def __init__(self, resource: str) -> None: ...
    @property
    def resource(self) -> str: ...
    def to_json(self) -> dict[str, Any]: ...
