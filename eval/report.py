"""What an evaluation found, in one shape for the terminal, JSON, the HTML page and the baseline."""

from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from config.errors import SettingsError
from ingest.documents import Frozen

Unit = Literal["share", "score", "seconds", "tokens", "count"]


class Measure(Frozen):
    """One figure with its 95 % interval.

    Attributes:
        name: the field's term, such as "MRR@10".
        count: questions or statements it was taken over.
    """

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    unit: Unit = "share"
    better: Literal["higher", "lower"] = "higher"
    count: int = 0


class Curve(Frozen):
    """One figure against another, such as the answer hit against the prompt's tokens."""

    name: str
    x: str
    y: str
    points: tuple[tuple[float, float], ...]


class Part(Frozen):
    """One question set, measured one way."""

    kind: Literal["retrieval", "answers", "verification", "reading"]
    set: str
    measures: tuple[Measure, ...]
    curves: tuple[Curve, ...] = ()


class Report(Frozen):
    """One run of the evaluation.

    Attributes:
        name: by which runs are told apart.
        made: when, with time zone.
        parts: what was measured, in order.
        settings: what the figures depend on: engine, model, embedding, sources and so on.
    """

    name: str
    made: datetime
    settings: dict[str, str]
    parts: tuple[Part, ...]


def read_report(path: Path) -> Report:
    """Read a report's JSON.

    Raises:
        SettingsError: not there, or not a report.
    """
    try:
        return Report.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, ValidationError) as error:
        raise SettingsError("eval.bad_report", path=path, reason=str(error).splitlines()[0]) from error


def write_report(report: Report, path: Path) -> None:
    """Write a report's JSON, the same bytes for the same figures."""
    path.write_text(report.model_dump_json(indent=2) + "\n", encoding="utf-8")
