"""MCP triggers, and how tools are described from signatures."""

import inspect
from dataclasses import dataclass
from typing import Any, TypeVar

from azure.functions.decorators.core import DataType, Trigger

_C = TypeVar("_C", bound=type[Any])

@dataclass
class PromptArgument:
    """An argument of an MCP prompt.

    Args:
        name: Name of the argument.
        description: What it means, for the client's model.
        required: Whether the client must give it.
    """

    name: str
    description: str | None = None
    required: bool = False
    def to_dict(self) -> dict[str, Any]: ...
    def serializer(obj: Any) -> dict[str, Any] | None: ...  # pyright: ignore[reportSelfClsParameterName]

class MCPResourceTrigger(Trigger):
    uri: str
    resourceName: str
    title: str | None
    description: str | None
    mimeType: str | None
    size: int | None
    metadata: str | None
    useResultSchema: bool | None
    @staticmethod
    def get_binding_name() -> str: ...
    def __init__(
        self,
        name: str,
        uri: str,
        resource_name: str,
        title: str | None = None,
        description: str | None = None,
        mime_type: str | None = None,
        size: int | None = None,
        metadata: str | None = None,
        use_result_schema: bool | None = False,
        data_type: DataType | None = None,
        **kwargs: Any,
    ) -> None: ...

class MCPPromptTrigger(Trigger):
    promptName: str
    title: str | None
    description: str | None
    metadata: str | None
    icons: str | None
    promptArguments: str | None
    @staticmethod
    def get_binding_name() -> str: ...
    def __init__(
        self,
        name: str,
        prompt_name: str,
        prompt_arguments: str | None = None,
        title: str | None = None,
        description: str | None = None,
        metadata: str | None = None,
        icons: str | None = None,
        data_type: DataType | None = None,
        **kwargs: Any,
    ) -> None: ...

class _MCPToolTrigger(Trigger):
    tool_name: str
    description: str | None
    tool_properties: str | None
    metadata: str | None
    use_result_schema: bool | None
    @staticmethod
    def get_binding_name() -> str: ...
    def __init__(
        self,
        name: str,
        tool_name: str,
        description: str | None = None,
        tool_properties: str | None = None,
        metadata: str | None = None,
        use_result_schema: bool | None = False,
        data_type: DataType | None = None,
        **kwargs: Any,
    ) -> None: ...

def unwrap_optional(pytype: Any) -> Any: ...
def check_as_array(param_type_hint: Any) -> bool: ...
def check_property_type(pytype: Any, as_array: bool) -> str: ...
def check_is_required(param: Any, param_type_hint: Any) -> bool: ...
def build_property_metadata(
    sig: inspect.Signature, skip_param_names: list[str], explicit_properties: dict[str, Any]
) -> list[dict[str, Any]]: ...
def has_mcp_content_marker(obj: Any) -> bool: ...
def should_create_structured_content(obj: Any) -> bool: ...
def mcp_content(cls: _C) -> _C:
    """Mark a class whose instances MCP tools return as structured content."""
