"""The built-in functions, one module for each group of Microsoft's reference.

A function takes values and gives one; what it cannot make sense of is undefined, also when it raises ArithmeticError,
ValueError, TypeError or IndexError. `find` looks at the number of arguments.
"""

from __future__ import annotations

import inspect
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from . import arrays, conversions, dates, maths, spatial, strings, types, vectors

if TYPE_CHECKING:
    from collections.abc import Callable

_ALL: dict[str, Callable[..., Any]] = {
    **types.FUNCTIONS,
    **strings.FUNCTIONS,
    **conversions.FUNCTIONS,
    **maths.FUNCTIONS,
    **arrays.FUNCTIONS,
    **dates.FUNCTIONS,
    **spatial.FUNCTIONS,
    **vectors.FUNCTIONS,
}


def is_known(name: str) -> bool:
    """Whether there is a function of this name, in upper case."""
    return name in _ALL


@lru_cache(maxsize=512)
def find(name: str, arguments: int) -> Callable[..., Any] | None:
    """The function of a name in upper case that takes so many arguments."""
    function = _ALL.get(name)
    if function is None:
        return None
    try:
        inspect.signature(function).bind(*range(arguments))
    except TypeError:
        return None
    except ValueError:  # a builtin that does not say
        return function
    return function
