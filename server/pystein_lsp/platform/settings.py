"""App settings: what a settings file holds, how names are compared, and what a connection name finds.

Facts of the file: Azure Functions Core Tools, `AppSettingsFile` and `StartHostAction`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pystein_lsp.platform.jsonc import Member, Node
from pystein_lsp.syntax.span import Span

LOCAL = "local.settings.json"


class Entry(NamedTuple):
    """A setting as a file writes it. The tools skip those without a name and those without a text."""

    name: str
    value: str | None
    """None for null and for what is no text; never to be shown."""
    span: Span
    """Of the name."""


def normalised(name: str) -> str:
    """A setting's name as it is compared: without regard to case, `__` as `:`."""
    return name.lower().replace("__", ":")


def connection_names(name: str) -> tuple[str, ...]:
    """The normalised names under which the platform looks for a connection, each as a value or as a prefix of others.

    Source: azure-webjobs-sdk, `IConfigurationExtensions.GetWebJobsConnectionSection`.
    """
    wanted = normalised(name)
    return f"connectionstrings:azurewebjobs{wanted}", f"azurewebjobs{wanted}", f"connectionstrings:{wanted}", wanted


def is_encrypted(root: Node) -> bool:
    """Whether a settings file says that its values are encrypted."""
    flag = root.get("IsEncrypted")
    return flag is not None and flag.value is True


def nested_value(root: Node) -> Member | None:
    """The first of `Values` that is an object or a list: it makes the tools ignore all of them."""
    values = root.get("Values")
    members = values.members if values else ()
    return next((member for member in members if member.value and member.value.kind in ("object", "array")), None)


def entries(root: Node) -> Iterator[Entry]:
    """The settings in `Values`, then those in `ConnectionStrings`."""
    values, strings = root.get("Values"), root.get("ConnectionStrings")
    for member in values.members if values else ():
        yield Entry(member.key, _text(member.value), member.key_span)
    for member in strings.members if strings else ():
        value = member.value
        if value and value.kind == "object":
            value = value.get("ConnectionString")
        yield Entry(f"ConnectionStrings:{member.key}", _text(value), member.key_span)


def _text(node: Node | None) -> str | None:
    """A scalar as .NET writes it: `True`, `5`."""
    return str(node.value) if node and node.kind in ("string", "number", "boolean") else None
