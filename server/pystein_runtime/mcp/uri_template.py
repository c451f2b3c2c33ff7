"""Templates of resource URIs: `orders://{customer}/items?page={page}`.

Rules: azure-functions-mcp-extension, `ResourceUriHelper`.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_EXPRESSION = re.compile(r"\{([^{}]+)\}")
_REFUSED = re.compile(r"[/#?& ]|%7B|%7D", re.IGNORECASE)


def pattern(uri: str) -> re.Pattern[str] | None:
    """What matches the URIs of a template; None when the URI is none.

    Raises:
        ValueError: it is no absolute URI, or no template that can be matched; the text says why.
    """
    names = _EXPRESSION.findall(uri)
    if ("{" in _EXPRESSION.sub("", uri)) or ("}" in _EXPRESSION.sub("", uri)):
        raise ValueError(f"the braces of '{uri}' are empty or have no partner")
    if not urlsplit(_EXPRESSION.sub("template", uri)).scheme:
        raise ValueError(f"'{uri}' is not an absolute URI, such as docs://readme")
    if not names:
        return None
    if re.search(r"\}\{", uri):
        raise ValueError(f"two expressions of '{uri}' have nothing between them")
    for name in names:
        if _REFUSED.search(name) or not name.strip():
            raise ValueError(f"'{{{name}}}' of '{uri}' is not a name")
    if len({_group(name) for name in names}) < len(names):
        raise ValueError(f"'{uri}' has the same parameter twice")
    return re.compile(_expression(uri), re.IGNORECASE)


def values(template: str, compiled: re.Pattern[str], uri: str) -> dict[str, str]:
    """What the template's parameters are in a URI, by their names; nothing where the URI does not match."""
    found = compiled.fullmatch(uri)
    return {} if found is None else {name: found[_group(name)] for name in _EXPRESSION.findall(template)}


def _expression(uri: str) -> str:
    parts, position = [], 0
    for match in _EXPRESSION.finditer(uri):
        parts.append(re.escape(uri[position : match.start()]))
        stop = "[^&#]+" if uri[match.start() - 1 : match.start()] in {"?", "&"} else "[^/?#]+"
        parts.append(f"(?P<{_group(match[1])}>{stop})")
        position = match.end()
    return "".join([*parts, re.escape(uri[position:])])


def _group(name: str) -> str:
    return "p_" + re.sub(r"\W", "_", name, flags=re.ASCII).lower()
