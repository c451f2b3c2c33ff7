"""The MCP triggers: tools, resources and prompts that clients of the Model Context Protocol find at the host's endpoint.

What functions are given: azure-functions-mcp-extension, `McpToolTriggerBinding`, `McpResourceTriggerBinding`,
`McpPromptTriggerBinding` and the `...InvocationContext` classes. They are no listeners: like routes they are there as
long as the functions are.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pystein_runtime.host.bindings import BindingError
from pystein_runtime.host.functions import FunctionError
from pystein_runtime.mcp import tool_schema, uri_template
from pystein_runtime.mcp.catalog import Caller, Catalog, FailedError, Prompt, Resource, Tool
from pystein_runtime.worker.messages import NOTHING, Datum

from . import BY_HAND, Event
from .metadata import combine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pystein_runtime.host.functions import Function

    from . import Listener, Listening

_T = TypeVar("_T")
TYPES = {"mcptooltrigger", "mcpresourcetrigger", "mcpprompttrigger"}
_SAMPLES = {"integer": 1, "number": 1.5, "boolean": True, "object": {}, "array": []}
_NOBODY = Caller("by-hand", {})


class Built(NamedTuple):
    """What an app's functions offer, and those that the platform would refuse."""

    catalog: Catalog
    errors: list[FunctionError]


def build(functions: Iterable[Function], host: Listening) -> Built:
    """What the functions that are not disabled offer; each is looked at by itself."""
    built = Built(Catalog({}, {}, {}), [])
    tools: dict[str, Tool] = {}
    resources: dict[str, Resource] = {}
    prompts: dict[str, Prompt] = {}
    for function in functions:
        if function.trigger_type not in TYPES or function.disabled:
            continue
        try:
            match function.trigger_type:
                case "mcptooltrigger":
                    tool = _tool(function, host)
                    _add(tools, tool.name, tool, f"Tool with name '{tool.name}'")
                case "mcpresourcetrigger":
                    resource = _resource(function, host)
                    _add(resources, resource.uri, resource, f"Resource with URI '{resource.uri}'")
                case _:
                    prompt = _prompt(function, host)
                    _add(prompts, prompt.name, prompt, f"Prompt with name '{prompt.name}'")
        except ValueError as error:
            built.errors.append(FunctionError(function.name, str(error)))
    return built._replace(catalog=Catalog(tools, resources, prompts))


def _add(known: dict[str, Any], key: str, item: Any, what: str) -> None:
    if key.lower() in known:
        raise ValueError(f"{what} is already registered.")
    known[key.lower()] = item


# -- what the bindings say --------------------------------------------------------------------------------------------


def _tool(function: Function, host: Listening) -> Tool:
    trigger = function.trigger
    output = trigger.text("outputSchema")

    async def run(arguments: Mapping[str, Any] | None, caller: Caller) -> Datum:
        return await _run(host, function, _tool_event(function, arguments, caller, "An MCP client calls the tool."))

    return Tool(
        _required(function, "toolName"), trigger.text("description") or None, _schema(function),
        _parsed(function, "outputSchema", lambda text: tool_schema.from_json(text, "outputSchema")) if output else None,
        _meta(function), trigger.properties.get("useResultSchema") is True, run,
    )  # fmt: skip


def _schema(function: Function) -> dict[str, Any]:
    if function.trigger.properties.get("useWorkerInputSchema") is True:
        return _parsed(function, "inputSchema", lambda text: tool_schema.from_json(text, "inputSchema"))
    return _parsed(function, "toolProperties", tool_schema.from_properties)


def _resource(function: Function, host: Listening) -> Resource:
    trigger = function.trigger
    uri = _required(function, "uri")
    try:
        pattern = uri_template.pattern(uri)
    except ValueError as error:
        raise ValueError(f"The uri cannot be used: {error}.") from error
    size = trigger.properties.get("size")

    async def run(asked: str, caller: Caller) -> Datum:
        return await _run(host, function, _resource_event(function, asked, caller, "An MCP client reads it."))

    return Resource(
        uri, _required(function, "resourceName"), trigger.text("title") or None, trigger.text("description") or None,
        trigger.text("mimeType") or None, size if isinstance(size, int) else None, _meta(function), pattern, run,
    )  # fmt: skip


def _prompt(function: Function, host: Listening) -> Prompt:
    trigger = function.trigger

    async def run(arguments: Mapping[str, Any] | None, caller: Caller) -> Datum:
        return await _run(host, function, _prompt_event(function, arguments, caller, "An MCP client asks for it."))

    return Prompt(
        _required(function, "promptName"), trigger.text("title") or None, trigger.text("description") or None,
        _list(function, "promptArguments"), _list(function, "icons"), _meta(function),
        trigger.properties.get("useResultSchema") is True, run,
    )  # fmt: skip


def _required(function: Function, name: str) -> str:
    value = function.trigger.text(name)
    if not value.strip():
        raise ValueError(f"The {function.trigger.type} needs a {name}.")
    return value


def _parsed(function: Function, name: str, read: Callable[[str], _T]) -> _T:
    """A property that is the text of JSON."""
    try:
        return read(function.trigger.text(name))
    except json.JSONDecodeError as error:
        raise ValueError(f"{name} is not JSON: {error}.") from error
    except ValueError as error:
        raise ValueError(f"{name} cannot be used: {error}.") from error


def _list(function: Function, name: str) -> list[Any] | None:
    if not function.trigger.text(name):
        return None
    value = _parsed(function, name, json.loads)
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise ValueError(f"{name} must be a JSON array of objects.")
    return [{key: item for key, item in entry.items() if item is not None} for entry in value]


def _meta(function: Function) -> dict[str, Any] | None:
    if not function.trigger.text("metadata"):
        return None
    value = _parsed(function, "metadata", json.loads)
    if not isinstance(value, dict):
        raise ValueError("metadata must be a JSON object.")  # noqa: TRY004 - of a text, not of an argument
    return value or None


# -- what functions are given -----------------------------------------------------------------------------------------


async def _run(host: Listening, function: Function, event: Event) -> Datum:
    outcome = await host.run(function, event)
    if not outcome.ok:
        raise FailedError(function.name)
    return outcome.return_value or NOTHING


def _tool_event(function: Function, arguments: Mapping[str, Any] | None, caller: Caller, reason: str) -> Event:
    name = function.trigger.text("toolName")
    context = {"name": name, **_optional(arguments=arguments), **_surroundings(caller)}
    return _event(function, context, caller, reason, mcptoolcontext=context, mcptoolargs=_texts(arguments))


def _resource_event(function: Function, uri: str, caller: Caller, reason: str) -> Event:
    context = {"uri": uri, **_surroundings(caller)}
    template = function.trigger.text("uri")
    pattern = uri_template.pattern(template)
    captured = {} if pattern is None else uri_template.values(template, pattern, uri)
    return _event(function, context, caller, reason, mcpresourcecontext=context, mcpresourceuri=uri, **captured)


def _prompt_event(function: Function, arguments: Mapping[str, Any] | None, caller: Caller, reason: str) -> Event:
    name = function.trigger.text("promptName")
    context = {"name": name, **_optional(arguments=arguments), **_surroundings(caller)}
    return _event(function, context, caller, reason, mcppromptcontext=context, mcppromptargs=_texts(arguments))


def _event(function: Function, context: Mapping[str, Any], caller: Caller, reason: str, **known: Any) -> Event:
    text = json.dumps(context, ensure_ascii=False)
    session = {"mcpsessionid": caller.session} if caller.session else {}
    metadata, data = combine({**known, **session, function.trigger.name: text}, text)
    return Event(Datum("string", text), metadata, data, reason)


def _surroundings(caller: Caller) -> dict[str, Any]:
    headers = {name.title(): value for name, value in caller.headers.items()}
    session = caller.headers.get("mcp-session-id")
    transport = {"name": caller.transport, **_optional(sessionId=session), "properties": {"headers": headers}}
    return {**_optional(sessionid=caller.session, clientinfo=caller.client), "transport": transport}


def _texts(arguments: Mapping[str, Any] | None) -> dict[str, str]:
    """Arguments as expressions see them: .NET's text of each value."""
    return {
        name: value if isinstance(value, str) else str(value) if isinstance(value, bool) else json.dumps(value)
        for name, value in (arguments or {}).items()
        if value is not None
    }


def _optional(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


# -- as every trigger -------------------------------------------------------------------------------------------------


def create(_functions: Sequence[Function], _host: Listening) -> list[Listener]:
    """No listeners: the endpoint asks the catalog."""
    return []


def sample(function: Function) -> Any:
    """An event to begin with: the arguments of a tool or a prompt, the URI of a resource."""
    trigger = function.trigger
    try:
        if function.trigger_type == "mcpresourcetrigger":
            return trigger.text("uri").replace("{", "").replace("}", "")
        if function.trigger_type == "mcpprompttrigger":
            return {str(item.get("name")): "sample" for item in _list(function, "promptArguments") or []}
        return {
            name: _SAMPLES.get(str(described.get("type")), "sample")
            for name, described in _schema(function).get("properties", {}).items()
        }
    except ValueError:
        return {}


async def from_data(function: Function, data: str, _host: Listening) -> Event:
    """The event of arguments or a URI that somebody gave by hand; `{"name", "arguments"}`, `{"uri"}` are taken, too.

    Raises:
        BindingError: arguments that are no JSON object.
    """
    try:
        value = json.loads(data) if data.strip() else {}
    except ValueError:
        value = data
    if function.trigger_type == "mcpresourcetrigger":
        uri = value.get("uri") if isinstance(value, dict) else value
        return _resource_event(function, str(uri or function.trigger.text("uri")), _NOBODY, BY_HAND)
    if not isinstance(value, dict):
        raise BindingError(f"{function.name} takes its arguments as a JSON object.")
    whole = isinstance(value.get("arguments"), dict) and set(value) <= {
        "name", "arguments", "sessionid", "clientinfo", "transport",
    }  # fmt: skip
    arguments = value["arguments"] if whole else value
    if function.trigger_type == "mcpprompttrigger":
        return _prompt_event(function, arguments, _NOBODY, BY_HAND)
    return _tool_event(function, arguments, _NOBODY, BY_HAND)
