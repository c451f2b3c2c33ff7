"""What an MCP server offers: its tools, resources and prompts, each with what runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import re
    from collections.abc import Awaitable, Callable, Mapping

    from pystein_runtime.worker.messages import Datum

INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603


class McpError(Exception):
    """A request is refused; the text is for whoever sent it."""

    def __init__(self, message: str, code: int = INVALID_PARAMS) -> None:
        super().__init__(message)
        self.code = code


class FailedError(Exception):
    """What was called ran and failed."""


class Caller(NamedTuple):
    """Who sends a request, and how it came."""

    transport: str
    """As functions are told: `http-streamable` or `http-sse`."""
    headers: Mapping[str, str]
    """Of the request, names in lower case."""
    session: str | None = None
    client: Mapping[str, Any] | None = None
    """What the client said of itself, where that is remembered."""


class Tool(NamedTuple):
    """Something that a model may do."""

    name: str
    description: str | None
    schema: Mapping[str, Any]
    """JSON schema of the arguments."""
    output_schema: Mapping[str, Any] | None
    meta: Mapping[str, Any] | None
    enveloped: bool
    """Whether what it gives is a `{"type", "content", "structuredContent"}` of its own."""
    run: Callable[[Mapping[str, Any] | None, Caller], Awaitable[Datum]]
    """Raises FailedError."""


class Resource(NamedTuple):
    """Something that a model may read."""

    uri: str
    """Or a template of URIs."""
    name: str
    title: str | None
    description: str | None
    mime_type: str | None
    size: int | None
    meta: Mapping[str, Any] | None
    pattern: re.Pattern[str] | None
    """What matches the URIs of a template."""
    run: Callable[[str, Caller], Awaitable[Datum]]
    """Raises FailedError."""


class Prompt(NamedTuple):
    """A message that a user may begin with."""

    name: str
    title: str | None
    description: str | None
    arguments: list[Mapping[str, Any]] | None
    icons: list[Any] | None
    meta: Mapping[str, Any] | None
    enveloped: bool
    run: Callable[[Mapping[str, Any] | None, Caller], Awaitable[Datum]]
    """Raises FailedError."""


class Catalog(NamedTuple):
    """All that a server offers; the keys are names and URIs in lower case."""

    tools: Mapping[str, Tool]
    resources: Mapping[str, Resource]
    prompts: Mapping[str, Prompt]

    def resource(self, uri: str) -> Resource | None:
        """The resource that a URI names: one of that very URI before a template that matches."""
        exact = self.resources.get(uri.lower())
        if exact is not None and exact.pattern is None:
            return exact
        templates = (item for item in self.resources.values() if item.pattern is not None)
        return next((item for item in templates if item.pattern and item.pattern.fullmatch(uri)), None)
