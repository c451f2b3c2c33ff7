from collections.abc import Mapping
from typing import Any

from azure.functions.meta import Datum, InConverter

class MCPToolContext(dict[str, Any]):
    """The call of a tool: `arguments`, `name`, `sessionid` and `transport`."""

class PromptInvocationContext:
    """The request of a prompt."""

    def __init__(self, data: dict[str, Any] | str) -> None: ...
    @property
    def name(self) -> str:
        """Name of the prompt."""

    @property
    def arguments(self) -> dict[str, str]:
        """The client's values by the arguments' names."""

    @property
    def sessionid(self) -> str | None: ...
    @property
    def transport(self) -> dict[str, Any] | None: ...

class _MCPToolTriggerConverter(InConverter, binding="mcpToolTrigger", trigger=True):
    @classmethod
    def check_input_type_annotation(cls, pytype: type[Any]) -> bool: ...
    @classmethod
    def has_implicit_output(cls) -> bool: ...
    @classmethod
    def decode(cls, data: Datum, *, trigger_metadata: Mapping[str, Datum] | None) -> Any: ...
    @classmethod
    def encode(cls, obj: Any, *, expected_type: type[Any] | None = None) -> Datum: ...

class MCPResourceTriggerConverter(InConverter, binding="mcpResourceTrigger", trigger=True):
    @classmethod
    def check_input_type_annotation(cls, pytype: type[Any]) -> bool: ...
    @classmethod
    def has_implicit_output(cls) -> bool: ...
    @classmethod
    def decode(cls, data: Datum, *, trigger_metadata: Mapping[str, Datum] | None) -> Any: ...
    @classmethod
    def encode(cls, obj: Any, *, expected_type: type[Any] | None = None) -> Datum: ...

class _MCPPromptTriggerConverter(InConverter, binding="mcpPromptTrigger", trigger=True):
    @classmethod
    def check_input_type_annotation(cls, pytype: type[Any]) -> bool: ...
    @classmethod
    def has_implicit_output(cls) -> bool: ...
    @classmethod
    def decode(cls, data: Datum, *, trigger_metadata: Mapping[str, Datum] | None) -> Any: ...
    @classmethod
    def encode(cls, obj: Any, *, expected_type: type[Any] | None = None) -> Datum: ...
