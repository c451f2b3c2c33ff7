"""MCP servers: tools, resources and prompts."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from azure.functions._api.markers import Setting, Since, Trigger
from azure.functions._api.values import ArgName, DataTypeName, Json, PropertyType, Uri
from azure.functions.decorators.mcp import PromptArgument
from azure.functions.mcp import MCPToolContext, PromptInvocationContext

_F = TypeVar("_F", bound=Callable[..., Any])

class McpTriggers:
    def mcp_tool_trigger(
        self,
        arg_name: ArgName,
        tool_name: str,
        description: str | None = None,
        tool_properties: Json | None = None,
        data_type: DataTypeName | None = None,
    ) -> Annotated[
        Callable[[_F], _F],
        Trigger(
            "mcpToolTrigger",
            takes=(str, dict, bytes, MCPToolContext),
            since="1.24.0",
            see="functions-bindings-mcp-tool-trigger",
        ),
    ]:
        """Offer the function to MCP clients as a tool, with its properties given as JSON.

        The parameter receives the call as JSON text with `arguments`; annotated `dict` or `func.MCPToolContext`,
        decoded. The return value is the answer. `mcp_tool` needs less: it reads name, description and properties from
        the function itself.

        Args:
            arg_name: Name of the function's parameter for the call.
            tool_name: Name of the tool that clients see.
            description: What the tool does, for the client's model.
            tool_properties: JSON array of the properties: `propertyName`, `propertyType`, `description`,
                `isRequired`, `isArray`.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.mcp_tool_trigger(arg_name="call", tool_name="greet", description="Greets someone.",
                                  tool_properties='[{"propertyName": "name", "propertyType": "string", "description": "Who"}]')
            def greet(call: str) -> str:
                return f"Hello {json.loads(call)['arguments']['name']}"

        Binding type `mcpToolTrigger`; azure-functions since 1.24.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-mcp-tool-trigger
        """

    def mcp_tool(
        self,
        metadata: Json | None = None,
        use_result_schema: Annotated[bool | None, Since("1.26.0", "2.2.0")] = False,
    ) -> Annotated[
        Callable[[_F], _F],
        Trigger("mcpToolTrigger", since="1.25.0", see="functions-bindings-mcp-tool-trigger", extra=False),
    ]:
        """Offer the function to MCP clients as a tool described by its own signature.

        The function's name is the tool's name, its docstring the description, its parameters are the properties; a
        parameter annotated `func.MCPToolContext` receives the call itself. Use it without `arg_name`, above any
        `mcp_tool_property`.

        Args:
            metadata: Further metadata of the tool, as a JSON object.
            use_result_schema: Whether the answer is the worker's structured result rather than plain text. Default
                False; on by itself for MCP SDK types and classes with `@func.mcp_content`. Since 1.26.0 and 2.2.0.

        Example:
            @app.mcp_tool()
            @app.mcp_tool_property(arg_name="name", description="Who to greet")
            def greet_person(name: str) -> str:
                '''Greets someone.'''
                return "Hello " + name

        Binding type `mcpToolTrigger`; azure-functions since 1.25.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-mcp-tool-trigger
        """

    def mcp_tool_property(
        self,
        arg_name: ArgName,
        description: str | None = None,
        property_type: PropertyType | None = None,
        is_required: bool | None = True,
        as_array: bool | None = False,
    ) -> Annotated[Callable[[_F], _F], Setting(since="1.25.0", see="functions-bindings-mcp-tool-trigger", extra=False)]:
        """Describe one property of a tool made with `mcp_tool`, where the signature does not say enough.

        Args:
            arg_name: Name of the function's parameter that is described.
            description: What the property means, for the client's model.
            property_type: Type of the property. Default: from the parameter's annotation.
            is_required: Whether the client must give it. Default True.
            as_array: Whether it is a list of such values. Default False.

        Example:
            @app.mcp_tool()
            @app.mcp_tool_property(arg_name="count", description="How many", property_type=func.McpPropertyType.INTEGER,
                                   is_required=False)
            def repeat(count: int = 1) -> str:
                '''Repeats itself.'''
                return "again " * count

        azure-functions since 1.25.0 and in every 2.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-mcp-tool-trigger
        """

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
    ) -> Annotated[
        Callable[[_F], _F],
        Trigger(
            "mcpResourceTrigger",
            takes=(str, dict, bytes),
            since="1.25.0",
            see="functions-bindings-mcp-resource-trigger",
        ),
    ]:
        """Offer the function's return value to MCP clients as a resource.

        The parameter receives the request as `str`, `dict` or `bytes`, as annotated.

        Args:
            arg_name: Name of the function's parameter for the request.
            uri: Address of the resource, as `file://readme.md`.
            resource_name: Name of the resource that clients see.
            title: Title to display.
            description: What the resource holds, for the client's model.
            mime_type: MIME type of the content, as `text/markdown`.
            size: Size of the content in bytes.
            metadata: Further metadata of the resource, as a JSON object.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.mcp_resource_trigger(arg_name="request", uri="file://readme.md", resource_name="readme", mime_type="text/markdown")
            def readme(request: str) -> str:
                return "# Read me"

        Binding type `mcpResourceTrigger`; azure-functions since 1.25.0 and in every 2.x; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-mcp-resource-trigger
        """

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
    ) -> Annotated[
        Callable[[_F], _F],
        Trigger(
            "mcpPromptTrigger",
            takes=(PromptInvocationContext, str, dict, bytes),
            since="1.26.0",
            since_2="2.2.0",
            see="functions-bindings-mcp-prompt-trigger",
        ),
    ]:
        r"""Offer the function's return value to MCP clients as a prompt.

        The parameter receives a `func.PromptInvocationContext`, whose `arguments` hold the client's values as text.

        Args:
            arg_name: Name of the function's parameter for the request.
            prompt_name: Name of the prompt that clients see.
            prompt_arguments: The prompt's arguments. Default: none.
            title: Title to display.
            description: What the prompt does, for the client's model.
            metadata: Further metadata of the prompt, as a JSON object.
            icons: Icons to display, as a JSON array of objects.
            data_type: How the host hands the value over: `STRING`, `BINARY` or `STREAM`, in any case. Default: the
                content decides.

        Example:
            @app.mcp_prompt_trigger(arg_name="context", prompt_name="review",
                                    prompt_arguments=[func.PromptArgument("code", "The code to review", required=True)])
            def review(context: func.PromptInvocationContext) -> str:
                return "Review this code:\n" + context.arguments["code"]

        Binding type `mcpPromptTrigger`; azure-functions since 1.26.0 and 2.2.0; extension bundle 4.x.
        https://learn.microsoft.com/azure/azure-functions/functions-bindings-mcp-prompt-trigger
        """
