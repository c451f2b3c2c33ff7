"""The `parameters` of an input: `@id={Query.id},@name=null`.

Rules and texts: azure-functions-sql-extension, `SqlBindingUtilities.ParseParameters`; MySQL's are the same.
"""

from __future__ import annotations

from .database import SqlError


def parse(text: str) -> dict[str, str | None]:
    """The parameters by name, without the `@`. The word null is no value, nothing behind `=` an empty text.

    Raises:
        SqlError: it is not such a list.
    """
    found: dict[str, str | None] = {}
    for pair in filter(None, text.split(",")):
        name, separator, value = pair.partition("=")
        if not separator or "=" in value:
            raise SqlError(
                'Parameters must be separated by "," and parameter name and parameter value must be separated by "=",'
                ' i.e. "@param1=param1,@param2=param2".'
            )
        if not name.startswith("@"):
            raise SqlError('Parameter name must start with "@", i.e. "@param1=param1,@param2=param2"')
        found[name[1:]] = None if value.lower() == "null" else value
    return found
