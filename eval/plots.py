"""Where the parts of a plot lie, in the units of an SVG's viewBox; the template only draws them."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from eval.report import Curve, Measure

# Narrow on purpose: a phone shows the drawing at about its own size, so its text stays readable there.
WIDTH = 360
LEFT, RIGHT, TOP, BOTTOM = 46, 14, 24, 40
LINE_PLOT_HEIGHT = 250
LABEL_HEIGHT, RUN_HEIGHT, ROW_GAP = 18, 11, 8
LONGEST_LABEL = 52

# The same shapes as paths around (0, 0) for the plots, and as characters for the text. Hollow ones follow when the
# filled ones are used up.
SHAPES = (
    "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0z",
    "M-3.6,-3.6h7.2v7.2h-7.2z",
    "M0,-4.6L4.6,3.6H-4.6z",
    "M0,-5.2L5.2,0L0,5.2L-5.2,0z",
    "M0,4.6L4.6,-3.6H-4.6z",
)
CHARACTERS = "●■▲◆▼○□△◇▽"


class Style(NamedTuple):
    """How one run is told apart, by shape first and by colour second."""

    shape: str
    character: str
    classes: str


class Tick(NamedTuple):
    """A mark on an axis."""

    at: float
    value: float


class Dot(NamedTuple):
    """One value with its interval, `low` and `high` being None where it has none."""

    run: int
    x: float
    y: float
    low: float | None
    high: float | None
    measure: Measure


class Row(NamedTuple):
    """One measure of a dot plot."""

    label: str
    y: float
    dots: tuple[Dot, ...]


class DotPlot(NamedTuple):
    """Measures from 0 to 1, one below the other."""

    height: float
    bottom: float
    ticks: tuple[Tick, ...]
    rows: tuple[Row, ...]


class Line(NamedTuple):
    """One run's curve."""

    run: int
    points: tuple[tuple[float, float], ...]


class LinePlot(NamedTuple):
    """Curves of one name, those of several runs together."""

    curve: Curve
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    lines: tuple[Line, ...]


def style(run: int) -> Style:
    """A run's shape and colour; after ten runs they repeat.

    Args:
        run: its place among the runs, from 0.
    """
    place = run % len(CHARACTERS)
    colour, hollow = place % len(SHAPES), place >= len(SHAPES)
    return Style(SHAPES[colour], CHARACTERS[place], f"run{colour} hollow" if hollow else f"run{colour}")


def shorten(label: str) -> str:
    """A label that fits into the drawing; SVG text does not wrap.

    Args:
        label: of any length.
    """
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"


def dot_plot(names: Sequence[str], runs: Sequence[dict[str, Measure]]) -> DotPlot | None:
    """Lay out shares and scores, one row a measure; None where there is none.

    Args:
        names: measures, top to bottom.
        runs: for each run its measures by name.
    """
    rows: list[Row] = []
    y = float(ROW_GAP)
    for name in names:
        found = [(run, measures[name]) for run, measures in enumerate(runs) if name in measures]
        drawn = [(run, measure) for run, measure in found if _drawable(measure)]
        if drawn:
            rows.append(Row(shorten(name), y + LABEL_HEIGHT - 6, _dots(drawn, y + LABEL_HEIGHT + RUN_HEIGHT / 2)))
            y += LABEL_HEIGHT + RUN_HEIGHT * len(drawn) + ROW_GAP
    marks = tuple(Tick(_unit_x(value), value) for value in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0))
    return DotPlot(y + 22, y, marks, tuple(rows)) if rows else None


def line_plot(curves: Sequence[tuple[int, Curve]]) -> LinePlot | None:
    """Lay out curves of the same name on common axes; None where they have no points.

    Args:
        curves: each with its run's place among the runs.
    """
    kept = [(run, [p for p in curve.points if all(map(math.isfinite, p))]) for run, curve in curves]
    points = [point for _, drawn in kept for point in drawn]
    if not points:
        return None
    x_values, y_values = ticks(x for x, _ in points), ticks(y for _, y in points)
    right, bottom = WIDTH - RIGHT, LINE_PLOT_HEIGHT - BOTTOM
    lines = tuple(
        Line(run, tuple((_scale(x, x_values, LEFT, right), _scale(y, y_values, bottom, TOP)) for x, y in drawn))
        for run, drawn in kept
        if drawn
    )
    return LinePlot(
        curves[0][1],
        tuple(Tick(_scale(value, x_values, LEFT, right), value) for value in x_values),
        tuple(Tick(_scale(value, y_values, bottom, TOP), value) for value in y_values),
        lines,
    )


def ticks(values: Iterable[float], about: int = 5) -> list[float]:
    """Round numbers that enclose the values, evenly spaced.

    Args:
        values: at least one, all finite.
        about: into how many steps their range is divided at most, before rounding outwards.
    """
    ordered = sorted(values)
    low, high = ordered[0], ordered[-1]
    if high - low <= 1e-9 * max(abs(low), abs(high)):
        # A single value needs some room, or its axis would have no length.
        room = abs(low) * 0.1 or 0.5
        low, high = low - room, high + room
    power = 10.0 ** math.floor(math.log10((high - low) / about))
    step = next(power * factor for factor in (1, 2, 5, 10, 20) if (high - low) / (power * factor) <= about)
    # Without rounding, 0.6 / 0.2 would lie just below 3 and earn a needless tick.
    first, last = math.floor(round(low / step, 9)), math.ceil(round(high / step, 9))
    return [place * step for place in range(first, last + 1)]


def _dots(drawn: Sequence[tuple[int, Measure]], y: float) -> tuple[Dot, ...]:
    """One below the other, so that intervals never hide each other."""
    return tuple(
        Dot(run, _unit_x(m.value), y + RUN_HEIGHT * place, _end(m.low), _end(m.high), m)
        for place, (run, m) in enumerate(drawn)
    )


def _drawable(measure: Measure) -> bool:
    return measure.unit in ("share", "score") and math.isfinite(measure.value)


def _end(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else _unit_x(value)


def _unit_x(value: float) -> float:
    return _scale(min(max(value, 0.0), 1.0), (0.0, 1.0), RIGHT, WIDTH - RIGHT)


def _scale(value: float, axis: Sequence[float], start: float, end: float) -> float:
    return round(start + (value - axis[0]) / (axis[-1] - axis[0]) * (end - start), 1)
