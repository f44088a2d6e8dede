"""Where the parts of a small chart stand; the templates draw them as SVG, offline."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 180
"""Size of the drawing; it scales to the page."""
_GAP = 0.25


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a stacked bar: its series and its rectangle."""

    series: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of :data:`WIDTH` by :data:`HEIGHT`.

    Attributes:
        top: the value at its upper edge.
        bars: rectangles, for bar charts.
        paths: points of each line as SVG wants them, for line charts.
    """

    top: float
    bars: tuple[Bar, ...] = ()
    paths: tuple[str, ...] = ()


def bars(series: Sequence[Sequence[float]]) -> Chart:
    """Stack the series, one bar for each place."""
    totals = [sum(values) for values in zip(*series, strict=True)]
    top = round_up(max(totals, default=0))
    step = WIDTH / max(1, len(totals))
    found = []
    for place in range(len(totals)):
        base = float(HEIGHT)
        for number, values in enumerate(series):
            height = HEIGHT * values[place] / top
            base -= height
            if height:
                x = step * (place + _GAP / 2)
                found.append(
                    Bar(number, round(x, 1), round(base, 1), round(step * (1 - _GAP), 1),
                        round(height, 1))
                )  # fmt: skip
    return Chart(top, bars=tuple(found))


def lines(series: Sequence[Sequence[float]]) -> Chart:
    """Draw each series as a line; places where it is 0 have no point."""
    top = round_up(max((value for values in series for value in values), default=0))
    step = WIDTH / max(1, len(series[0]) if series else 1)
    paths = []
    for values in series:
        points = [
            f"{round(step * (place + 0.5), 1)},{round(HEIGHT * (1 - value / top), 1)}"
            for place, value in enumerate(values)
            if value
        ]
        paths.append(" ".join(points))
    return Chart(top, paths=tuple(paths))


def round_up(value: float) -> float:
    """Return the next of 1, 2, 5, 10, 20, 50 … and 0.1, 0.2, 0.5 … that is not smaller.

    >>> round_up(34), round_up(0.15), round_up(0)
    (50.0, 0.2, 1.0)
    """
    if value <= 0:
        return 1.0
    unit = 10.0 ** math.floor(math.log10(value))
    return next(
        (round(unit * step, 6) for step in (1, 2, 5) if unit * step >= value), round(unit * 10, 6)
    )
