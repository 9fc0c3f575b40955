"""Charts as geometry that a template writes as SVG: no script draws them, they print and mail as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_SPARK_WIDTH, _SPARK_HEIGHT, _SPARK_MARGIN = 120.0, 36.0, 3.0
_WIDTH, _HEIGHT = 640.0, 230.0
_LEFT, _BOTTOM, _TOP = 34.0, 24.0, 12.0
_LABEL_EVERY_PIXELS = 42.0
#: Steps of an axis: the first of these times a power of ten that gives few enough lines.
_NICE = (1, 2, 5)
_GRID_LINES = 5


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A line without axes; `points` for an SVG polyline, `area` for the polygon below it."""

    width: float
    height: float
    points: str
    area: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar and what it stands for."""

    x: float
    y: float
    width: float
    height: float
    series: int
    value: int
    on: date


@dataclass(frozen=True, slots=True)
class GridLine:
    """A horizontal line at a value."""

    y: float
    value: int


@dataclass(frozen=True, slots=True)
class DayLabel:
    """The name of a day below the bars."""

    x: float
    on: date


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars side by side for each day, one per series."""

    width: float
    height: float
    base: float
    left: float
    bars: tuple[Bar, ...]
    grid: tuple[GridLine, ...]
    labels: tuple[DayLabel, ...]


def sparkline(values: Sequence[float]) -> Sparkline:
    """Return a line through `values`, the lowest at the bottom."""
    low, high = min(values, default=0), max(values, default=0)
    reach = (high - low) or 1
    step = _SPARK_WIDTH / max(1, len(values) - 1)
    inner = _SPARK_HEIGHT - 2 * _SPARK_MARGIN
    places = [
        (index * step, _SPARK_HEIGHT - _SPARK_MARGIN - (value - low) / reach * inner)
        for index, value in enumerate(values)
    ]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    area = f"0,{_SPARK_HEIGHT:.0f} {points} {_SPARK_WIDTH:.0f},{_SPARK_HEIGHT:.0f}"
    return Sparkline(_SPARK_WIDTH, _SPARK_HEIGHT, points, area)


def bar_chart(days: Sequence[date], series: Sequence[Sequence[int]]) -> BarChart:
    """Return bars for each day; `series` holds one value per day each."""
    top = max((value for values in series for value in values), default=0)
    grid_step = nice_step(top)
    ceiling = max(grid_step, -(-top // grid_step) * grid_step)
    base = _HEIGHT - _BOTTOM
    scale = (base - _TOP) / ceiling
    slot = (_WIDTH - _LEFT) / max(1, len(days))
    width = slot * 0.76 / max(1, len(series))
    bars = tuple(
        Bar(
            x=round(_LEFT + slot * index + slot * 0.12 + width * number, 1),
            y=round(base - values[index] * scale, 1),
            width=round(width - 1, 1),
            height=round(values[index] * scale, 1),
            series=number,
            value=values[index],
            on=on,
        )
        for index, on in enumerate(days)
        for number, values in enumerate(series)
    )
    grid = tuple(GridLine(round(base - value * scale, 1), value) for value in range(0, ceiling + 1, grid_step))
    every = max(1, round(_LABEL_EVERY_PIXELS / slot))
    labels = tuple(
        DayLabel(round(_LEFT + slot * (index + 0.5), 1), on)
        for index, on in enumerate(days)
        if (len(days) - 1 - index) % every == 0
    )
    return BarChart(_WIDTH, _HEIGHT, base, _LEFT, bars, grid, labels)


def nice_step(top: int) -> int:
    """Return a step of 1, 2 or 5 times a power of ten that needs at most `_GRID_LINES` lines to reach `top`."""
    power = 1
    while True:
        for factor in _NICE:
            if top <= factor * power * _GRID_LINES:
                return factor * power
        power *= 10
