"""The plain function behind the decorators, for tests that call it themselves, with mocks and their own objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def undecorated(function: Any) -> Callable[..., Any]:
    """The function that somebody wrote, where the module has what azure-functions made of it.

    Raises:
        TypeError: it is no function of an app.
    """
    built = getattr(function, "_function", None)  # of a FunctionBuilder
    found = getattr(built, "get_user_function", None)
    if found is None:
        if not callable(function):
            raise TypeError(f"{function!r} is no function of a function app.")
        wrapped: Callable[..., Any] = function
        return wrapped
    plain: Callable[..., Any] = found()
    return plain
