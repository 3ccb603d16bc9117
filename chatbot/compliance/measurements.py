"""The latest figures of the evaluation: those measured here, else those that come with the program.

The evaluation writes the reports; this side only reads their JSON, because imports never lead from here to it.
"""

from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal, get_args

from pydantic import AwareDatetime, BaseModel, ConfigDict, FiniteFloat, ValidationError

from ingest.documents import Frozen

Kind = Literal["retrieval", "answers", "verification", "reading"]
FOLDER = "evaluation"  # in the data directory


class Kept(BaseModel):
    """Part of a report. Another version of the program may have written it: what this one does not know is ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Figure(Kept):
    """One figure, its 95 % interval, and the number of questions or statements it was taken over."""

    name: str
    value: FiniteFloat
    low: FiniteFloat | None = None
    high: FiniteFloat | None = None
    unit: Literal["share", "score", "seconds", "tokens", "count"] = "share"
    count: int = 0


class ReportPart(Kept):
    kind: Kind
    set: str
    measures: tuple[Figure, ...]


class EvaluationReport(Kept):
    made: AwareDatetime
    settings: dict[str, str] = {}
    parts: tuple[ReportPart, ...]


class Measured(Frozen):
    """The latest figures of one kind.

    Attributes:
        here: measured in this installation; else by the makers, on documents of theirs.
        settings: what the figures depend on.
        parts: one for each question set.
    """

    kind: Kind
    here: bool
    made: AwareDatetime
    settings: dict[str, str]
    parts: tuple[ReportPart, ...]


class Measurements(Frozen):
    """The latest figures of each kind, and the names of files that are no reports."""

    found: tuple[Measured, ...]
    unreadable: tuple[str, ...]


def measured(folder: Path) -> Measurements:
    """The newest report of each kind; for a kind that was never measured here, the figures of the makers.

    Args:
        folder: with reports as JSON; it may be missing.
    """
    reports, unreadable = _read(sorted(folder.glob("*.json")))
    shipped, damaged = _read([files("eval") / "baseline.json"])
    found = []
    for kind in get_args(Kind):
        latest = _newest(kind, reports, True) or _newest(kind, shipped, False)
        if latest:
            found.append(latest)
    return Measurements(found=tuple(found), unreadable=(*unreadable, *damaged))


def _read(sources: Iterable[Traversable]) -> tuple[list[EvaluationReport], list[str]]:
    reports, unreadable = [], []
    for source in sources:
        try:
            reports.append(EvaluationReport.model_validate_json(source.read_bytes()))
        except (OSError, ValidationError):
            unreadable.append(source.name)
    return reports, unreadable


def _newest(kind: Kind, reports: Iterable[EvaluationReport], here: bool) -> Measured | None:
    having = [report for report in reports if any(part.kind == kind for part in report.parts)]
    if not having:
        return None
    report = max(having, key=lambda one: one.made)
    parts = tuple(part for part in report.parts if part.kind == kind)
    return Measured(kind=kind, here=here, made=report.made, settings=report.settings, parts=parts)
