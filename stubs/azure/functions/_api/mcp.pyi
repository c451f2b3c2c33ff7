"""mcp."""

from collections.abc import Callable
from typing import Annotated, Any, List, Literal, TypeVar

from azure.functions._api.markers import Trigger, Setting, Since
from azure.functions._api.values import ArgName, Json, Uri, DataTypeName, PropertyType
from azure.functions.mcp import MCPToolContext, PromptInvocationContext
from azure.functions.decorators.mcp import PromptArgument

F = TypeVar("F", bound=Callable[..., Any])

class McpTriggers:
    def mcp_tool_trigger(
        self,
        arg_name: ArgName,
        tool_name: str,
        description: str | None = None,
        tool_properties: Json | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Trigger("mcpToolTrigger", takes=(str, dict, bytes, MCPToolContext), since="1.24.0", see="functions-bindings-mcp-trigger")]:
        """TODO."""

    def mcp_tool(
        self,
        metadata: Json | None = None,
        use_result_schema: Annotated[bool | None, Since("1.26.0", "2.2.0")] = False,
    ) -> Annotated[Callable[[F], F], Trigger("mcpToolTrigger", since="1.25.0", see="functions-bindings-mcp-trigger", extra=False)]:
        """TODO."""

    def mcp_tool_property(
        self,
        arg_name: ArgName,
        description: str | None = None,
        property_type: PropertyType | None = None,
        is_required: bool | None = True,
        as_array: bool | None = False,
    ) -> Annotated[Callable[[F], F], Setting(since="1.25.0", see="functions-bindings-mcp-trigger", extra=False)]:
        """TODO."""

    def mcp_resource_trigger(
        self,
        arg_name: ArgName,
        uri: Uri,
        resource_name: str,
        title: str | None = None,
        description: str | None = None,
        mime_type: str | None = None,
        size: int | None = None,
        metadata: Json | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Trigger("mcpResourceTrigger", takes=(str, dict, bytes), since="1.25.0", see="functions-bindings-mcp-resource-trigger")]:
        """TODO."""

    def mcp_prompt_trigger(
        self,
        arg_name: ArgName,
        prompt_name: str,
        prompt_arguments: list[PromptArgument] | None = None,
        title: str | None = None,
        description: str | None = None,
        metadata: Json | None = None,
        icons: Json | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[Callable[[F], F], Trigger("mcpPromptTrigger", takes=(PromptInvocationContext, str, dict, bytes), since="1.26.0", since_2="2.2.0", see="functions-bindings-mcp-prompt-trigger")]:
        """TODO."""
