"""When a fact counts as the answer, chosen on a company's own questions in place of the limit that comes along."""

import json
from datetime import datetime
from pathlib import Path

from pydantic import Field

from chatbot.answering.evidence import Evidence
from chatbot.answering.evidence_model import Limits, evidence_models
from ingest.documents import Frozen

FILE = "calibration.json"


class Calibration(Frozen):
    """A limit with what it was chosen on.

    Attributes:
        answer: from which chance on a fact counts as the answer.
        wrong: share of all questions that may get a wrong answer.
        questions: how many there were.
        generation: of the index that was asked.
        model: date of the weights by which chances were worked out.
        made: when, with time zone.
    """

    answer: float = Field(ge=0, le=1)
    wrong: float = Field(gt=0, lt=1)
    questions: int
    generation: str
    model: str
    made: datetime

    def limits(self, given: Limits) -> Limits:
        """The limits with this one in its place."""
        answer = max(self.answer, given.ask)
        return given.model_copy(update={"answer": answer, "against_model": max(answer, given.against_model)})


def model_date() -> str:
    """The date of the weights that come with the product."""
    return str(evidence_models().made.get("date", ""))


def read_calibration(folder: Path, generation: str) -> Calibration | None:
    """What was calibrated for a generation of the index; None where nothing was, or for other weights.

    Args:
        folder: the data directory.
        generation: that answers.
    """
    try:
        found = Calibration.model_validate(json.loads((folder / FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return None
    return found if (found.generation, found.model) == (generation, model_date()) else None


def calibrated(evidence: Evidence, calibration: Calibration | None) -> Evidence:
    """Evidence with a company's own limit, if it has one."""
    return evidence._replace(limits=calibration.limits(evidence.limits)) if calibration else evidence
