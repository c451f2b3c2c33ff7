"""Names of storage entities: what the rules about them share."""

from __future__ import annotations

import re

from pystein_lsp.model.app import App

_SETTING = re.compile(r"%([^%]*)%")


def resolved(text: str, app: App) -> str | None:
    """The text with its `%SETTING%` parts looked up; None where one is not known."""
    for name in _SETTING.findall(text):
        setting = app.settings.get(name)
        if setting is None or setting.value is None:
            return None
        text = text.replace(f"%{name}%", setting.value)
    return None if "%" in text else text


def queue_name_problem(name: str) -> str | None:
    """Why the storage service takes no queue of that name, letters in lower case; None where it does.

    Source: azure-sdk-for-net, WebJobs storage extension, `QueueClientExtensions.ValidateQueueName`, which the host calls after
    it made the name lower case.
    """
    if not name:
        return "a queue name may not be empty"
    if not 3 <= len(name) <= 63:
        return f"a queue name has 3 to 63 characters, this one {len(name)}"
    if name.startswith("-") or name.endswith("-"):
        return "a queue name may not start or end with '-'"
    if not re.fullmatch(r"[a-z0-9-]+", name):
        return "a queue name holds letters, digits and '-' alone"
    if "--" in name:
        return "a queue name may not hold '--'"
    return None


def container_name_problem(name: str) -> str | None:
    """Why the storage service takes no container of that name; None where it does."""
    if name in ("$root", "$web", "$logs"):
        return None
    if not 3 <= len(name) <= 63:
        return f"a container name has 3 to 63 characters, this one {len(name)}"
    if name != name.lower():
        return "a container name is all lower case"
    if not re.fullmatch(r"[a-z0-9](?:-?[a-z0-9])+", name):
        return "a container name holds letters, digits and single '-' between them"
    return None


def table_name_problem(name: str) -> str | None:
    """Why the storage service takes no table of that name; None where it does."""
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9]{2,62}", name):
        return None
    return "a table name has 3 to 63 letters and digits and starts with a letter"
