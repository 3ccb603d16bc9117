"""Fits from which chance on passages are worth a look, and a language model is worth asking.

Run it as `python -m eval.fit_near`. It asks questions of the organisations that neither the judge nor the weights of
the evidence have seen, and writes the limit `ask` of both models into `chatbot/answering/evidence_model.json`. Too low,
it costs a model's time; too high, it has the product say "the documents do not say" of what they do say. So it is
chosen by the questions whose answer is among what was found, and the figures say what it costs.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy
from rich.console import Console

from chatbot.answering.evidence import WeighedPart, weigh
from chatbot.answering.evidence_model import DATA, EvidenceModel, EvidenceModels, Limits, evidence_models
from chatbot.answering.reading import find_passages
from config import environment
from config.settings import Settings, load_settings
from eval.corpus import prepared
from eval.evidence_examples import answers
from eval.judge.held_out import organisations
from eval.questions import Question, load_questions
from ingest.index.filters import EVERYTHING

_NEAR = 0.95  # share of the questions with an answer among what was found that are near enough
_QUESTIONS = 48  # of each organisation


class Asked(NamedTuple):
    """A question with the chance that its best fact answers it.

    Attributes:
        is_found: whether a fact that was found holds the answer.
        judged: chance where the judge has read the facts.
        plain: the same without a judge.
    """

    is_found: bool
    judged: float
    plain: float


def with_near(models: EvidenceModels, asked: Sequence[Asked], date: str) -> EvidenceModels:
    """The models with the limit `ask` that lets nearly all questions through whose answer was found.

    Args:
        models: as they are.
        asked: questions that they have not seen, some without an answer.
        date: of the fit, ISO.
    """
    judged, figures = _limited(models.judged, [(one.is_found, one.judged) for one in asked])
    plain, without = _limited(models.plain, [(one.is_found, one.plain) for one in asked])
    figures |= {f"without the judge: {name}": value for name, value in without.items()}
    made = {f"near, {name}": value for name, value in figures.items()}
    return EvidenceModels(plain=plain, judged=judged, made=models.made | {"near, date": date} | made)


def _limited(model: EvidenceModel, asked: Sequence[tuple[bool, float]]) -> tuple[EvidenceModel, dict[str, float]]:
    found = numpy.array([chance for is_found, chance in asked if is_found])
    others = numpy.array([chance for is_found, chance in asked if not is_found])
    least = min(model.limits.answer, round(float(numpy.quantile(found, 1 - _NEAR)), 3))
    limits = Limits.model_validate(model.limits.model_dump() | {"ask": least})
    figures = {
        "questions": float(len(asked)),
        "let through, answer found": round(float((found >= least).mean()), 3),
        "let through, no answer found": round(float((others >= least).mean()), 3),
    }
    return model.model_copy(update={"limits": limits}), figures


def ask_unseen(settings: Settings, folders: Sequence[Path], console: Console) -> Iterator[Asked]:
    """Questions of organisations with their chances.

    Args:
        settings: of the product.
        folders: of the organisations.
        console: shows progress.
    """
    for folder in folders:
        questions = load_questions(folder / "questions.jsonl").evenly(_QUESTIONS)
        with prepared(settings, questions, console) as services:
            answering, person = services.answering(), services.people.local_person()
            statistics = answering.statistics(person.clearance)
            for question in questions.questions:
                found = find_passages(question.question, person, EVERYTHING, answering)
                read = weigh(found, statistics, answering.vectors, answering.judge)
                plain = weigh(found, statistics, answering.vectors)
                yield Asked(_is_found(question, read), _chance(read), _chance(plain))


def _is_found(question: Question, parts: Sequence[WeighedPart]) -> bool:
    return any(answers(question, fact) for part in parts for fact in part.facts)


def _chance(parts: Sequence[WeighedPart]) -> float:
    return max(part.chance for part in parts)


def main() -> None:
    """Ask, fit, write, and say what came out."""
    environment.prepare()
    models = evidence_models()
    seen = str(models.made["sets"]).split(", ")
    unseen = [folder for folder in organisations() if folder.name not in seen]
    asked = list(ask_unseen(load_settings(), unseen, Console()))
    models = with_near(models, asked, datetime.now(UTC).date().isoformat())
    DATA.write_text(json.dumps(models.model_dump(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for name, value in models.made.items():
        if name.startswith("near"):
            print(f"{name}: {value}")


if __name__ == "__main__":
    main()
