"""Functions of places: GeoJSON points and polygons on a sphere, which is near enough to the service's ellipsoid."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any

from pystein_runtime.cloud.cosmos.sql.values import UNDEFINED, is_number

if TYPE_CHECKING:
    from collections.abc import Callable

_RADIUS = 6371008.8  # metres: the earth's mean radius


def _kind(value: Any) -> str:
    return str(value.get("type", "")) if isinstance(value, dict) else ""


def _position(value: Any) -> tuple[float, float]:
    longitude, latitude = value["coordinates"][:2]
    if _kind(value) != "Point" or not is_number(longitude) or not is_number(latitude):
        raise TypeError
    return longitude, latitude


def _distance(one: Any, other: Any) -> Any:
    (x1, y1), (x2, y2) = _position(one), _position(other)
    a, b = math.radians(y1), math.radians(y2)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(x2 - x1) / 2) ** 2
    return 2 * _RADIUS * math.asin(math.sqrt(half))


def _within(point: Any, area: Any) -> Any:
    x, y = _position(point)
    if _kind(area) == "Polygon":
        return _in_polygon(x, y, area["coordinates"])
    if _kind(area) == "MultiPolygon":
        return any(_in_polygon(x, y, rings) for rings in area["coordinates"])
    return UNDEFINED


def _in_polygon(x: float, y: float, rings: list[Any]) -> bool:
    """Inside the first ring and in none of its holes."""
    return _in_ring(x, y, rings[0]) and not any(_in_ring(x, y, ring) for ring in rings[1:])


def _in_ring(x: float, y: float, ring: list[Any]) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def _is_valid(value: Any) -> Any:
    kind = _kind(value)
    try:
        if kind == "Point":
            longitude, latitude = _position(value)
            return -180 <= longitude <= 180 and -90 <= latitude <= 90
        if kind == "Polygon":
            return all(len(ring) >= 4 and ring[0] == ring[-1] for ring in value["coordinates"])
    except (KeyError, TypeError, ValueError):
        return False
    return kind in {"LineString", "MultiPolygon", "MultiPoint", "MultiLineString"}


FUNCTIONS: dict[str, Callable[..., Any]] = {"ST_DISTANCE": _distance, "ST_ISVALID": _is_valid, "ST_WITHIN": _within}
