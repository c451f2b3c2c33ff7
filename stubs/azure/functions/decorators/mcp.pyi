from ..mcp import MCPToolContext as MCPToolContext
from _typeshed import Incomplete
from azure.functions.decorators.constants import (
    MCP_PROMPT_TRIGGER as MCP_PROMPT_TRIGGER,
    MCP_RESOURCE_TRIGGER as MCP_RESOURCE_TRIGGER,
    MCP_TOOL_TRIGGER as MCP_TOOL_TRIGGER,
)
from azure.functions.decorators.core import DataType as DataType, McpPropertyType as McpPropertyType, Trigger as Trigger
from dataclasses import dataclass
from typing import Any

@dataclass
class PromptArgument:
    name: str
    description: str | None = ...
    required: bool = ...
    def to_dict(self) -> dict: ...
    def serializer(obj): ...

class MCPResourceTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    uri: Incomplete
    resourceName: Incomplete
    title: Incomplete
    description: Incomplete
    mimeType: Incomplete
    size: Incomplete
    metadata: Incomplete
    useResultSchema: Incomplete
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
        **kwargs,
    ) -> None: ...

class MCPPromptTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    promptName: Incomplete
    title: Incomplete
    description: Incomplete
    metadata: Incomplete
    icons: Incomplete
    promptArguments: Incomplete
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
        **kwargs,
    ) -> None: ...

class _MCPToolTrigger(Trigger):
    @staticmethod
    def get_binding_name() -> str: ...
    tool_name: Incomplete
    description: Incomplete
    tool_properties: Incomplete
    metadata: Incomplete
    use_result_schema: Incomplete
    def __init__(
        self,
        name: str,
        tool_name: str,
        description: str | None = None,
        tool_properties: str | None = None,
        metadata: str | None = None,
        use_result_schema: bool | None = False,
        data_type: DataType | None = None,
        **kwargs,
    ) -> None: ...

def unwrap_optional(pytype: type): ...
def check_as_array(param_type_hint: type) -> bool: ...
def check_property_type(pytype: type, as_array: bool) -> str: ...
def check_is_required(param: type, param_type_hint: type) -> bool: ...
def build_property_metadata(sig, skip_param_names: list[str], explicit_properties: dict) -> list[dict]: ...
def has_mcp_content_marker(obj: Any) -> bool: ...
def should_create_structured_content(obj: Any) -> bool: ...
def mcp_content(cls): ...
