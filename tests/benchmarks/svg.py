"""Growth curves as pictures: lines over logarithmic axes, where a straight line of slope one is linear growth."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 820, 420
LEFT, RIGHT, TOP, BOTTOM = 70, 240, 40, 50
COLOURS = ("#0b6bcb", "#c2410c", "#15803d", "#7e22ce", "#db2777", "#0f766e", "#be123c", "#4d7c0f", "#6b7280", "#1e3a8a")

Points = Sequence[tuple[float, float]]


class Chart(NamedTuple):
    """Lines by name; all values are above zero."""

    title: str
    x: str
    y: str
    lines: Mapping[str, Points]


class _Scale(NamedTuple):
    """From values to places along an axis."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def draw(chart: Chart) -> str:
    """The picture, the same for the same chart."""
    points = [point for line in chart.lines.values() for point in line]
    xs, ys = sorted({x for x, _ in points}), [y for _, y in points]
    across = _Scale(
        math.log10(xs[0]), math.log10(xs[-1]) if len(xs) > 1 else math.log10(xs[0]) + 1, LEFT, WIDTH - RIGHT
    )
    up = _Scale(
        math.floor(math.log10(min(ys))),
        max(math.ceil(math.log10(max(ys))), math.floor(math.log10(min(ys))) + 1),
        HEIGHT - BOTTOM,
        TOP,
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13">',
        f"<title>{escape(chart.title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        _text(LEFT, 22, chart.title, weight="bold"),
        _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, chart.x, anchor="middle"),
        _text(LEFT, TOP - 4, chart.y, colour="#4b5563"),
        *_grid(across, up, xs),
    ]
    for number, (name, line) in enumerate(chart.lines.items()):
        parts += _line(name, line, across, up, number)
    return "\n".join([*parts, "</svg>", ""])


def _grid(across: _Scale, up: _Scale, xs: Iterable[float]) -> Iterable[str]:
    for power in range(int(up.low), int(up.high) + 1):
        y = up.at(10.0**power)
        yield f'<path d="M{across.start} {y:.1f}H{across.end}" stroke="#e5e7eb"/>'
        yield _text(across.start - 8, y + 4, f"{10.0**power:,.10g}", anchor="end")
    for x in xs:
        yield f'<path d="M{across.at(x):.1f} {up.start}V{up.end}" stroke="#f3f4f6"/>'
        yield _text(across.at(x), up.start + 18, f"{x:,.10g}", anchor="middle")


def _line(name: str, line: Points, across: _Scale, up: _Scale, number: int) -> Iterable[str]:
    colour = COLOURS[number % len(COLOURS)]
    places = [(across.at(x), up.at(y)) for x, y in line]
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places)
    top = TOP + 20 + 22 * number
    yield f'<path d="M{across.end + 18} {top - 4}h18" stroke="{colour}" stroke-width="3"/>'
    yield _text(across.end + 42, top, name)


def _text(
    x: float, y: float, text: str, *, anchor: str = "start", weight: str = "normal", colour: str = "#111827"
) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}" fill="{colour}">{escape(text)}</text>'
