"""Fits how probable it is that a sentence supports a statement, and from where on it is called supported.

Run it as `python -m eval.fit_support --data FOLDER --judges FOLDER`, where the first holds `xquad.de.json` and
`xquad.en.json` and the second what `eval/judge` has trained. It writes `chatbot/verification/support_model.json` with
the sets, the date and the figures. Everything that is reported is of sets that were left out while fitting.

Of a statement only its label is known, not the window that supports it. So windows and weights are found in turn: the
best window of each claim under the weights so far, then the weights (multiple-instance learning, Andrews et al. 2002).
"""

import argparse
import json
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy
from rich.console import Console
from scipy.optimize import minimize

from chatbot.answering.context import AnswerServices
from chatbot.answering.pipeline import find_evidence, find_passages
from chatbot.answering.question import parts_of
from chatbot.domain import Person, Source
from chatbot.verification.claims import claims_of
from chatbot.verification.support_features import AGAINST, VETOES, Features, features_of
from chatbot.verification.support_model import DATA, NAMES, Numbers, SupportModel, SupportModels, inputs
from chatbot.verification.table_cells import is_reply
from chatbot.verification.windows import windows_for
from config import environment
from config.settings import Settings, load_settings
from eval.corpus import prepared
from eval.fit_evidence import lowest_limit
from eval.judge.held_out import FITTING, Judges, held_articles
from eval.questions import QuestionSet, load_questions
from eval.stated import COMPANIES, DEVELOPED_WITH, load_stated
from eval.statements import make_statements, shortened
from eval.verification import passages_of
from ingest.index.filters import EVERYTHING

_XQUAD_QUESTIONS = 60  # that statements are made of by rule
_XQUAD_TRUE, _XQUAD_FALSE = 1.2, 0.2  # what one of them counts; there are six times as many false ones
_COPY_WEIGHT = 0.5  # of what repeats a source, or is made by rule
_OTHER_QUESTIONS = 4  # that a bare answer is held against
_PROSE = re.compile(r"[^|\n]{40,300}[.!]")
_ROUNDS = 5  # of windows and weights in turn
_STRENGTH = 3.0  # of the regularisation
_BEGINNING = {"judged": 0.5, "meaning": 1.0, "words": 0.5}  # weights under which the first windows are chosen
_NEVER = -99.0  # logit of what has no window
_FALSE = 0.07  # share of the false statements that may be called supported


class Example(NamedTuple):
    """A statement; for each part of its question and each of its claims the features of the windows."""

    set: str
    is_true: bool
    parts: list[list[Numbers]]
    weight: float


class _Weights(NamedTuple):
    scaled: Numbers
    mean: Numbers
    scale: Numbers

    def logits(self, rows: Numbers) -> Numbers:
        found: Numbers = ((rows - self.mean) / self.scale) @ self.scaled[:-1] + self.scaled[-1]
        return found


def main() -> None:
    """Collect, fit, report, write."""
    environment.prepare()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--judges", type=Path, required=True)
    given = parser.parse_args()
    examples = collect(load_settings(), given.data, Judges(load_settings(), given.judges), Console())
    models = fit(examples, datetime.now(UTC).date().isoformat())
    DATA.write_text(json.dumps(models.model_dump(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for name, value in models.made.items():
        print(f"{name}: {value}")


def collect(settings: Settings, data: Path, judges: Judges, console: Console) -> list[Example]:
    """The labelled statements of all sets with their features.

    Args:
        settings: of the product.
        data: folder with XQuAD.
        judges: for each set one that has not seen it.
        console: shows progress.
    """
    found: list[Example] = []
    for folder in (*(COMPANIES / name for name in DEVELOPED_WITH), *sorted(FITTING.iterdir())):
        if (folder / "statements.jsonl").is_file():
            chosen = QuestionSet(name=folder.name, questions=(), folder=folder / "documents")
            with prepared(settings, chosen, console) as services:
                asking = services.answering()._replace(judge=judges.of(folder.name))
                found += _of_company(folder, asking, services.people.local_person())
    for name in ("xquad.de.json", "xquad.en.json"):
        whole = load_questions(data / name)
        held = held_articles(data / name)
        asked = tuple(q for q in whole.questions if whole.corpus[q.document or ""] in held)
        chosen = whole.model_copy(update={"questions": asked})
        with prepared(settings, chosen, console) as services:
            asking = services.answering()._replace(judge=judges.of(name))
            person = services.people.local_person()
            for made in make_statements(chosen, _XQUAD_QUESTIONS):
                sources = passages_of(made.document, services)
                parts = [_features(made.text, made.question, sources, asking, person)]
                found.append(Example(name, made.supported, parts, _XQUAD_TRUE if made.supported else _XQUAD_FALSE))
    return found


def _of_company(folder: Path, answering: AnswerServices, person: Person) -> Iterator[Example]:
    statistics = answering.statistics(person.clearance)
    known: dict[str, tuple[Source, ...]] = {}
    repeated: set[str] = set()
    stated_there = load_stated(folder / "statements.jsonl")
    asked = list(dict.fromkeys(stated.question for stated in stated_there))
    for question in asked:
        passages = find_passages(question, person, EVERYTHING, answering)
        of_index = statistics, answering.vectors, answering.judge
        known[question], _ = find_evidence(passages, answering.settings.sources, *of_index)
    for stated in stated_there:
        sources = known[stated.question]
        parts = [_features(stated.statement, part, sources, answering, person) for part in parts_of(stated.question)]
        yield Example(folder.name, stated.is_true, parts, 1.0)
        # The bare answer to one question is none to another.
        if stated.kind == "short" and stated.is_true:
            for other in asked[:: max(1, len(asked) // _OTHER_QUESTIONS)]:
                if other != stated.question and not is_reply(stated.statement):
                    wrong = [
                        _features(stated.statement, part, known[other], answering, person) for part in parts_of(other)
                    ]
                    yield Example(folder.name, False, wrong, _COPY_WEIGHT)
        # Models mostly repeat their sources, which people who write labelled statements do not.
        if stated.evidence and stated.evidence not in repeated and _PROSE.fullmatch(stated.evidence):
            repeated.add(stated.evidence)
            text = shortened(stated.evidence)
            copies = [_features(text, part, sources, answering, person) for part in parts_of(stated.question)]
            yield Example(folder.name, True, copies, _COPY_WEIGHT)


def _features(
    text: str, question: str, sources: Sequence[Source], answering: AnswerServices, person: Person
) -> list[Numbers]:
    """For each claim the features of its windows."""
    of_index = answering.statistics(person.clearance), answering.vectors
    found = []
    for claim in claims_of(text, question):
        windows = windows_for(claim, sources, *of_index)
        found.append(numpy.array(features_of(claim, windows, *of_index, answering.judge), dtype=float))
    return found


def fit(examples: Sequence[Example], date: str) -> SupportModels:
    """The models, with limits and figures from sets left out in turn.

    Args:
        examples: of at least two sets.
        date: of the fit, ISO.
    """
    judged, figures = _fit_one(examples)
    plain, without = _fit_one([_unread(example) for example in examples])
    figures |= {f"without the judge: {name}": value for name, value in without.items()}
    sets = ", ".join(dict.fromkeys(example.set for example in examples))
    return SupportModels(judged=judged, plain=plain, made={"date": date, "sets": sets, **figures})


def _unread(example: Example) -> Example:
    at = Features._fields.index("judged")
    parts = [[_without(rows, at) for rows in claims] for claims in example.parts]
    return example._replace(parts=parts)


def _without(rows: Numbers, column: int) -> Numbers:
    found = rows.copy()
    if len(found):
        found[:, column] = 0.0
    return found


def _fit_one(examples: Sequence[Example]) -> tuple[SupportModel, dict[str, str | float]]:
    chances: dict[int, float] = {}
    for name in dict.fromkeys(example.set for example in examples):
        weights = _fitted([example for example in examples if example.set != name])
        for place, example in enumerate(examples):
            if example.set == name:
                chances[place] = float(1 / (1 + numpy.exp(-_best(example, weights)[0])))
    own = [place for place, example in enumerate(examples) if example.weight == 1.0]
    false = numpy.array([chances[place] for place in own if not examples[place].is_true])
    limit = lowest_limit(false, numpy.zeros(len(false), dtype=bool), _FALSE)
    figures: dict[str, str | float] = {}
    for name in dict.fromkeys(example.set for example in examples):
        for label, is_true in (("true", True), ("false", False)):
            of = [chances[p] >= limit for p, e in enumerate(examples) if e.set == name and e.is_true == is_true]
            figures[f"{name}: {label} statements supported"] = round(float(numpy.mean(of)), 3) if of else 0.0
    weights = _fitted(examples)
    return SupportModel(weights=_plain(weights), limit=limit, near=_near(examples, weights)), figures


def _near(examples: Sequence[Example], weights: _Weights) -> float:
    """How near half of the true statements are to the sentence that supports them."""
    at = NAMES.index("own_meaning")
    near = [_best(example, weights)[1][at] for example in examples if example.is_true and example.weight == 1.0]
    return round(float(numpy.median(near)), 3)


def _plain(weights: _Weights) -> dict[str, float]:
    values = weights.scaled[:-1] / weights.scale
    constant = float(weights.scaled[-1] - values @ weights.mean)
    return {**dict(zip(NAMES, values.round(5).tolist(), strict=True)), "constant": round(constant, 5)}


def _fitted(examples: Sequence[Example]) -> _Weights:
    every = [inputs(rows) for e in examples for claims in e.parts for rows in claims if len(rows)]  # type: ignore[arg-type]
    together = numpy.concatenate(every)
    mean, scale = together.mean(axis=0), together.std(axis=0) + 1e-6
    begun = numpy.array([_BEGINNING.get(name, -0.3 if name in AGAINST else 0.0) for name in NAMES] + [0.0])
    weights = _Weights(begun, mean, scale)
    counts = numpy.array([example.weight for example in examples])
    is_true = numpy.array([example.is_true for example in examples])
    for _ in range(_ROUNDS):
        rows = numpy.array([_best(example, weights)[1] for example in examples])
        weights = weights._replace(scaled=_least((rows - mean) / scale, is_true, counts, weights.scaled))
    return weights


def _best(example: Example, weights: _Weights) -> tuple[float, Numbers]:
    """Logit and inputs of what decides: the best window of the weakest claim, for the best part of the question."""
    parts = [[_best_window(rows, weights) for rows in claims] for claims in example.parts]
    weakest = [min(claims, key=lambda found: found[0]) for claims in parts if claims]
    return max(weakest, key=lambda found: found[0], default=(_NEVER, numpy.zeros(len(NAMES))))


def _best_window(rows: Numbers, weights: _Weights) -> tuple[float, Numbers]:
    if not len(rows):
        return _NEVER, numpy.zeros(len(NAMES))
    values = inputs(rows)  # type: ignore[arg-type]
    vetoed = rows[:, [Features._fields.index(name) for name in VETOES]].any(axis=1)
    logits = numpy.where(vetoed, _NEVER, weights.logits(values))
    best = int(logits.argmax())
    return float(logits[best]), values[best]


def _least(rows: Numbers, is_true: Numbers, counts: Numbers, before: Numbers) -> Numbers:
    """Weights of a logistic regression; what speaks against support has none for it."""
    rows = numpy.c_[rows, numpy.ones(len(rows))]
    held = numpy.r_[numpy.ones(len(NAMES)), 0.0]

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        chance = 1 / (1 + numpy.exp(-(rows @ weights)))
        likely = numpy.where(is_true, chance, 1 - chance).clip(1e-12)
        total = 0.5 * _STRENGTH * (held * weights) @ weights - (counts * numpy.log(likely)).sum()
        return float(total), _STRENGTH * held * weights + rows.T @ (counts * (chance - is_true))

    bounds = [(None, 0.0 if name in AGAINST else None) for name in NAMES] + [(None, None)]
    goal: Callable[[Numbers], tuple[float, Numbers]] = loss
    found: Numbers = minimize(goal, before, jac=True, method="L-BFGS-B", bounds=bounds).x
    return found


if __name__ == "__main__":
    main()
