"""Everything that a function can see of a value, as text: both sides log it, and the texts are compared."""

import datetime  # noqa: ICN001 - its classes stand beside those of other modules
import json
from typing import Any


def shown(value: Any) -> str:
    return json.dumps(_shown(value, 0), sort_keys=True)


def _shown(value: Any, depth: int) -> Any:
    kind = type(value).__name__
    if value is None or isinstance(value, (str, bytes, int, float, datetime.date, datetime.timedelta)) or depth > 5:
        return [kind, repr(value)]
    if isinstance(value, (list, tuple)):
        return [kind, [_shown(item, depth + 1) for item in value]]
    if isinstance(value, dict):
        return [kind, {str(key): _shown(item, depth + 1) for key, item in value.items()}]
    seen = {}
    for name in dir(value):
        if name.startswith("_") or name == "thread_local_storage":
            continue
        try:
            item = getattr(value, name)
            if name in ("get_body", "get_json", "read", "to_dict", "to_json"):
                item = item()
        except Exception as error:
            item = f"{type(error).__name__}: {error}"
        if not callable(item):
            seen[name] = _shown(item, depth + 1)
    return [kind, seen]
