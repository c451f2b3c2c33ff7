"""Vector search, by looking at every vector."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from pystein_runtime.cloud.cosmos.sql.values import UNDEFINED, is_number

if TYPE_CHECKING:
    from collections.abc import Callable


def _distance(one: Any, other: Any, _exact: Any = False, options: Any = None) -> Any:
    """Similarity by cosine unless the options name another measure (`distanceFunction`)."""
    if not isinstance(one, list) or not isinstance(other, list) or len(one) != len(other) or not one:
        return UNDEFINED
    if not all(map(is_number, one)) or not all(map(is_number, other)):
        return UNDEFINED
    measure = options.get("distanceFunction", "cosine") if isinstance(options, dict) else "cosine"
    product = math.fsum(a * b for a, b in zip(one, other, strict=True))
    if str(measure).lower() == "euclidean":
        return math.dist(one, other)
    if str(measure).lower() == "dotproduct":
        return product
    return product / (math.hypot(*one) * math.hypot(*other))


FUNCTIONS: dict[str, Callable[..., Any]] = {"VECTORDISTANCE": _distance}
