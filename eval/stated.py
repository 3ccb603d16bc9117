"""Statements that people labelled, judged over what the product finds for their questions."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from pydantic import Field
from rich.console import Console

from chatbot.answering.generate import verify_for_parts
from chatbot.answering.pipeline import find_evidence
from chatbot.answering.reading import find_passages
from chatbot.bootstrap import Services
from chatbot.domain import Source
from config.settings import Settings
from eval import metrics
from eval.corpus import prepared
from eval.lines import read_lines
from eval.questions import QuestionSet
from eval.report import Measure, Part
from ingest.documents import Frozen
from ingest.index.filters import EVERYTHING

COMPANIES = Path(__file__).with_name("companies")
DEVELOPED_WITH = ("hospital", "logistics", "plant_engineering")  # the rules were mended with these
ONLY_TESTED = ("municipality", "law_office")


class Stated(Frozen):
    """A statement to a question, and whether the documents say so; a false one is wrong in the way of its kind."""

    question: str
    statement: str
    is_true: bool = Field(alias="true")
    kind: str
    document: str
    evidence: str = ""  # the sentence or row that proves or refutes it, where one is named


def load_stated(path: Path) -> list[Stated]:
    """Read labelled statements.

    Args:
        path: JSONL with the fields of `Stated`.

    Raises:
        SettingsError: not there, or not in that form.
    """
    return read_lines(path, Stated)


def measure_stated(settings: Settings, companies: Sequence[str], console: Console) -> Part:
    """Shares of the false statements that are called supported, and of the true ones.

    Args:
        settings: of the product.
        companies: folders in `COMPANIES`.
        console: shows progress.
    """
    passed: dict[tuple[bool, str], list[bool]] = defaultdict(list)
    for name in companies:
        chosen = QuestionSet(name=name, questions=(), folder=COMPANIES / name / "documents")
        stated = load_stated(COMPANIES / name / "statements.jsonl")
        with prepared(settings, chosen, console) as services:
            for statement, supported in zip(stated, _supported(stated, services), strict=True):
                passed[statement.is_true, statement.kind].append(supported)
    return Part(kind="verification", set=" + ".join(companies), measures=tuple(_measures(passed)))


def _supported(stated: Sequence[Stated], services: Services) -> list[bool]:
    """Whether each statement is called supported by what is found for its question."""
    answering, person = services.answering(), services.people.local_person()
    statistics = answering.statistics(person.clearance)
    sources: dict[str, tuple[Source, ...]] = {}
    found = []
    for question, text in ((entry.question, entry.statement) for entry in stated):
        if question not in sources:
            passages = find_passages(question, person, EVERYTHING, answering)
            sources[question], _ = find_evidence(
                passages, answering.settings.sources, statistics, answering.vectors, answering.judge
            )
        shown = sources[question]
        numbers = [source.number for source in shown]
        judged = verify_for_parts(text, question, numbers, shown, statistics, answering.vectors, answering.judge)
        found.append(judged.verdict == "supported")
    return found


def _measures(passed: dict[tuple[bool, str], list[bool]]) -> list[Measure]:
    true = [value for (is_true, _), values in passed.items() if is_true for value in values]
    false = [value for (is_true, _), values in passed.items() if not is_true for value in values]
    kinds = sorted((kind, values) for (is_true, kind), values in passed.items() if not is_true)
    return [
        metrics.measured("true statements supported", true),
        metrics.measured("false statements supported", false, better="lower"),
        *(metrics.measured(f"false, {kind}: supported", values, better="lower") for kind, values in kinds),
    ]
