"""Reports as one HTML page that needs nothing else: no script, no other file, no connection."""

import math
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from config.messages import Language, message
from eval import plots
from eval.report import Curve, Measure, Part, Report, Unit

TEXTS = {
    "title": "eval.html.title",
    "runs": "eval.html.runs",
    "no_runs": "eval.html.no_runs",
    "made": "eval.html.made",
    "setting": "eval.html.setting",
    "differs": "eval.html.differs",
    "nothing": "eval.html.nothing",
    "measure": "eval.html.measure",
    "count": "eval.html.count",
    "newest": "eval.html.newest",
    "interval": "eval.html.interval",
    "judged": "eval.html.judged",
    "dots": "eval.html.dots",
    "better": "eval.html.better",
    "worse": "eval.html.worse",
    "overlap": "eval.html.overlap",
    "retrieval": "eval.html.retrieval",
    "answers": "eval.html.answers",
    "verification": "eval.html.verification",
    "reading": "eval.html.reading",
}
SIGNS = {"better": "✓", "worse": "✗", "overlap": "≈"}
ABSENT = "–"
Item = TypeVar("Item")


class Setting(NamedTuple):
    """One setting of all runs."""

    name: str
    values: tuple[str, ...]
    differs: bool


class Cell(NamedTuple):
    """One value as text; `interval` is empty where there is none."""

    value: str
    interval: str


class Line(NamedTuple):
    """One measure of all runs.

    Attributes:
        difference: the newest run's value less the next one's, empty where they cannot be compared.
        verdict: better, worse or overlap, empty where an interval is missing.
    """

    name: str
    questions: str
    cells: tuple[Cell, ...]
    difference: str
    verdict: str


class Section(NamedTuple):
    """One question set, measured one way in all runs."""

    kind: str
    set: str
    lines: tuple[Line, ...]
    dots: plots.DotPlot | None
    curves: tuple[plots.LinePlot, ...]


def as_html(reports: Sequence[Report], language: Language) -> str:
    """Write one page about one or several runs.

    Args:
        reports: the newest first; the others are what it is compared with.
        language: the reader's.
    """
    surroundings = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return surroundings.get_template("report.html.j2").render(
        reports=reports,
        settings=_settings(reports),
        sections=[_section(kind, questions, reports, language) for kind, questions in _keys(reports)],
        language=language,
        text={name: message(key, language) for name, key in TEXTS.items()},
        difference_to=partial(message, "eval.html.difference", language),
        curve_label=partial(message, "eval.html.curve", language),
        styles=[plots.style(run) for run in range(len(reports))],
        signs=SIGNS,
        plots=plots,
        number=partial(_localised, language=language),
        cell=partial(_cell, language=language),
    )


def _keys(reports: Sequence[Report]) -> list[tuple[str, str]]:
    return _unique((part.kind, part.set) for report in reports for part in report.parts)


def _settings(reports: Sequence[Report]) -> list[Setting]:
    found = []
    for name in _unique(name for report in reports for name in report.settings):
        values = [report.settings.get(name) for report in reports]
        found.append(Setting(name, tuple(value or ABSENT for value in values), len(set(values)) > 1))
    return found


def _section(kind: str, questions: str, reports: Sequence[Report], language: Language) -> Section:
    parts: list[list[Part]] = [[p for p in report.parts if (p.kind, p.set) == (kind, questions)] for report in reports]
    runs = [{measure.name: measure for part in run for measure in part.measures} for run in parts]
    names = _unique(name for run in runs for name in run)
    curves: list[tuple[int, Curve]] = [
        (place, curve) for place, run in enumerate(parts) for part in run for curve in part.curves
    ]
    drawn = (
        plots.line_plot([(place, curve) for place, curve in curves if curve.name == name])
        for name in _unique(curve.name for _, curve in curves)
    )
    return Section(
        kind,
        questions,
        tuple(_line(name, [run.get(name) for run in runs], language) for name in names),
        plots.dot_plot(names, runs),
        tuple(plot for plot in drawn if plot),
    )


def _line(name: str, measures: Sequence[Measure | None], language: Language) -> Line:
    cells = tuple(_cell(measure, language) if measure else Cell(ABSENT, "") for measure in measures)
    count = " / ".join(_unique(str(measure.count) for measure in measures if measure and measure.count)) or ABSENT
    new, old = measures[0], measures[1] if len(measures) > 1 else None
    if not new or not old or new.unit != old.unit or not math.isfinite(new.value - old.value):
        return Line(name, count, cells, "", "")
    return Line(name, count, cells, _number(new.value - old.value, new.unit, language, "+"), _verdict(new, old))


def _verdict(new: Measure, old: Measure) -> str:
    """Whether the newest run is better or worse, said only where chance is an unlikely explanation."""
    if new.low is None or new.high is None or old.low is None or old.high is None:
        return ""
    if not all(map(math.isfinite, (new.low, new.high, old.low, old.high))):
        return ""
    if new.low <= old.high and old.low <= new.high:
        return "overlap"
    return "better" if (new.low > old.high) == (new.better == "higher") else "worse"


def _cell(measure: Measure, language: Language) -> Cell:
    if measure.low is None or measure.high is None:
        return Cell(_number(measure.value, measure.unit, language), "")
    low, high = (_number(end, measure.unit, language) for end in (measure.low, measure.high))
    return Cell(_number(measure.value, measure.unit, language), f"[{low} – {high}]")


def _number(value: float, unit: Unit, language: Language, sign: str = "-") -> str:
    """A value as its unit asks for; `z` keeps a rounded zero from being called minus zero."""
    if not math.isfinite(value):
        return ABSENT
    if unit == "seconds":
        return _localised(f"{value:{sign}z.1f}", language) + " s"
    return _localised(f"{value:{sign}z.0f}" if unit in ("tokens", "count") else f"{value:{sign}z.3f}", language)


def _localised(number: float | str, language: Language) -> str:
    text = number if isinstance(number, str) else f"{number:.10g}"
    return (text.replace(".", ",") if language == "de" else text).replace("-", "−")


def _unique(items: Iterable[Item]) -> list[Item]:
    return list(dict.fromkeys(items))
