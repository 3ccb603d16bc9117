"""Fits the weights by which facts are ranked and the limits of an answer, from labelled questions.

Run it as `python -m eval.fit_evidence --data FOLDER --judges FOLDER`, where the first holds `xquad.de.json` and
`xquad.en.json` and the second what `eval/judge` has trained. It writes `chatbot/answering/evidence_model.json` with the
sets, the date and the figures. Everything that is reported is of sets that were left out while fitting: no document is
on both sides, nor has the judge seen one.
"""

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy
from numpy.typing import NDArray
from rich.console import Console
from scipy.optimize import minimize

from chatbot.answering.context import AnswerServices
from chatbot.answering.evidence import facts_found, read_by, with_judge
from chatbot.answering.evidence_model import (
    DATA,
    EvidenceModel,
    EvidenceModels,
    Limits,
    Numbers,
    evidence_models,
    inputs,
    shares,
)
from chatbot.answering.fact_features import Features, features_of
from chatbot.answering.facts import Fact
from chatbot.answering.pipeline import find_passages
from chatbot.domain import Person
from config import environment
from config.settings import Settings, load_settings
from eval.corpus import prepared, without
from eval.judge.held_out import Judges, held_articles
from eval.metrics import contains_answer
from eval.questions import Question, QuestionSet, load_questions
from eval.stated import COMPANIES, DEVELOPED_WITH
from ingest.index.filters import EVERYTHING
from ingest.text.words import words

FITTING = Path(__file__).with_name("fitting")
EXAMPLES = Path(__file__).parents[1] / "examples"
_XQUAD_EVERY = 4  # of its questions; each second one once more without its paragraph
_STRANGERS = 20  # questions of other sets that are asked of each set, which has no answer to them
_WITHOUT_ANSWER = {"unanswerable": True, "answer": (), "document": None}
_STRANGER_WEIGHT = 0.5
_FEW_FROM, _FEW, _FEW_WEIGHT = 4, 3, 0.3
_XQUAD_WEIGHT = 0.3  # of a question beside those of the organisations
# What the sets have too few examples of begins where it was before, on the examples and the adversarial set.
_BEFORE_FACT = {"other_thing": -9.0, "other_edition": -9.0, "outdated": -2.2}
_BEFORE_ANSWER = {"other_thing": -4.0, "other_edition": -4.0}
_STRENGTH_FACT, _STRENGTH_ANSWER = 1.0, 3.0  # of the regularisation
_SAME_WORDS = 0.6  # share of the shorter text's words, from which a fact is the evidence that is named
# What the limits shall do on sets that were left out.
_NEAR = 0.92  # share of the questions whose best facts hold the answer that are near enough for a language model
_LIKE_IN_USE = (*DEVELOPED_WITH, "examples")  # a quarter of the questions has no answer; of the others two fifths
_WRONG, _WRONG_AGAINST_MODEL = 0.07, 0.03  # share of all questions that may get a wrong answer
_SECOND_RIGHT = 0.2  # how often a second sentence at its limit has the answer that the first has not


class Example(NamedTuple):
    """A question with the features of the facts found for it, and which of these hold the answer.

    Attributes:
        is_own: asked of its own set, with all that was found; limits and figures are of these alone.
        read: places of the facts that the judge has read.
    """

    set: str
    features: list[Features]
    documents: list[str]
    right: NDArray[numpy.bool_]
    weight: float
    is_own: bool
    read: list[int]

    def as_read(self) -> "Example":
        """The same with those facts only that the judge has read."""
        return self._replace(
            features=[self.features[place] for place in self.read],
            documents=[self.documents[place] for place in self.read],
            right=self.right[self.read],
            read=list(range(len(self.read))),
        )

    def unread(self) -> "Example":
        """The same without what the judge said."""
        return self._replace(features=[features._replace(judged=0.0) for features in self.features])


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
    """The labelled examples of all sets.

    Args:
        settings: of the product.
        data: folder with XQuAD.
        judges: for each set one that has not seen it.
        console: shows progress.
    """
    found: list[Example] = []
    sets = list(_sets(data))
    for number, (name, chosen, hides, weight) in enumerate(sets):
        others = [question for other in sets[number + 1 :] + sets[:number] for question in other[1].questions]
        strangers = [q.model_copy(update=_WITHOUT_ANSWER) for q in others[:: max(1, len(others) // _STRANGERS)]]
        with prepared(settings, chosen, console) as services:
            questions = [*chosen.questions, *strangers]
            asking = services.answering()._replace(judge=judges.of(name))
            person = services.people.local_person()
            found += _examples(name, questions, len(chosen.questions), asking, person, hides, weight)
    return found


def _sets(data: Path) -> Iterator[tuple[str, QuestionSet, bool, float]]:
    """Name, questions, whether each second one is asked again without its document, and weight."""
    for folder in (*(COMPANIES / name for name in DEVELOPED_WITH), *sorted(FITTING.iterdir())):
        if (folder / "questions.jsonl").is_file():
            yield folder.name, load_questions(folder / "questions.jsonl"), False, 1.0
    examples = load_questions(EXAMPLES / "questions.jsonl")
    yield "examples", examples.model_copy(update={"folder": EXAMPLES}), False, 1.0
    for name in ("xquad.de.json", "xquad.en.json"):
        whole = load_questions(data / name)
        untrained = held_articles(data / name)
        questions = [question for question in whole.questions if whole.corpus[question.document or ""] in untrained]
        yield name, whole.model_copy(update={"questions": tuple(questions[::_XQUAD_EVERY])}), True, _XQUAD_WEIGHT


def _examples(
    name: str,
    questions: Sequence[Question],
    known: int,
    answering: AnswerServices,
    person: Person,
    hides: bool,
    weight: float,
) -> Iterator[Example]:
    statistics = answering.statistics(person.clearance)
    for number, question in enumerate(questions):
        part, nodes = find_passages(question.question, person, EVERYTHING, answering)[0]
        own = number < known
        tried = [(nodes, weight if own else weight * _STRANGER_WEIGHT, own)]
        if number % 2:  # an index that has little: three passages that are not the best
            tried.append((nodes[_FEW_FROM : _FEW_FROM + _FEW], weight * _FEW_WEIGHT, False))
        elif hides and not question.unanswerable:
            missing = without(answering, [question.document or ""])
            tried.append((find_passages(question.question, person, EVERYTHING, missing)[0][1], weight, True))
        for some, counts, is_own in tried:
            facts, behind = facts_found(some, answering.vectors)
            if facts.facts:
                features = features_of(part, facts, behind, statistics, answering.vectors)
                read = read_by(answering.judge, evidence_models().plain.scores(features))
                features = with_judge(part, facts.facts, features, read, answering.judge)
                right = numpy.array([answers(question, fact) for fact in facts.facts])
                documents = [fact.passage.document for fact in facts.facts]
                yield Example(name, features, documents, right, counts, is_own, read)


def answers(question: Question, fact: Fact) -> bool:
    """Whether a fact holds the answer, or a part of it, and is the evidence that is named, where one is."""
    if question.unanswerable or not fact.passage.document.endswith(question.document or ""):
        return False
    if not any(contains_answer(fact.text, [part]) for answer in question.answer for part in answer.split(" + ")):
        return False
    said, there = set(words(fact.text)), set(words(question.evidence))
    return not there or len(said & there) >= _SAME_WORDS * min(len(said), len(there))


def fit(examples: Sequence[Example], date: str) -> EvidenceModels:
    """The models, with limits and figures from sets left out in turn.

    Args:
        examples: of at least two sets.
        date: of the fit, ISO.
    """
    plain, without = _fit_one([example.unread() for example in examples])
    judged, figures = _fit_one([example.as_read() for example in examples])
    figures |= {f"without the judge: {name}": value for name, value in without.items() if name != "sets"}
    return EvidenceModels(plain=plain, judged=judged, made={"date": date, **figures})


def _fit_one(examples: Sequence[Example]) -> tuple[EvidenceModel, dict[str, str | float]]:
    judged = [pair for name in dict.fromkeys(e.set for e in examples) for pair in _left_out(examples, name)]
    model = _fitted(examples, Limits(ask=0, answer=0, against_model=0, second=0))
    judged = [j for j in judged if j.example.is_own]
    limits = _limits(judged)
    return model.model_copy(update={"limits": limits}), _figures(judged, limits)


class Judged(NamedTuple):
    """An example with the chance that a model gave it which had not seen its set."""

    example: Example
    chance: float
    first_right: bool
    second_share: float
    second_right: bool


def _left_out(examples: Sequence[Example], name: str) -> Iterator[Judged]:
    model = _fitted([e for e in examples if e.set != name], Limits(ask=0, answer=0, against_model=0, second=0))
    for example in (e for e in examples if e.set == name):
        scores = model.scores(example.features)
        order = numpy.argsort(-scores)
        chance = model.chance(int(order[0]), example.features, scores, example.documents)
        second = order[1] if len(order) > 1 else order[0]
        yield Judged(
            example, chance, bool(example.right[order[0]]), float(shares(scores)[second]), bool(example.right[second])
        )


def _fitted(examples: Sequence[Example], limits: Limits) -> EvidenceModel:
    fact = _fit_order([e for e in examples if e.right.any()])
    model = EvidenceModel(fact=fact, answer={}, limits=limits)
    rows, right = [], []
    for example in examples:
        scores = model.scores(example.features)
        best = int(scores.argmax())
        rows.append(inputs(best, example.features, scores, example.documents))
        right.append(bool(example.right[best]))
    weights = numpy.array([example.weight for example in examples])
    return model.model_copy(update={"answer": _fit_chance(rows, numpy.array(right), weights)})


def _fit_order(examples: Sequence[Example]) -> dict[str, float]:
    """Weights under which the facts that hold the answer have the largest share of all (McFadden 1974)."""
    values = [numpy.array(example.features) for example in examples]
    scale = numpy.concatenate(values).std(axis=0) + 1e-9
    before = numpy.array([_BEFORE_FACT.get(name, 0.0) for name in Features._fields]) * scale

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        away = weights - before
        total, slope = 0.5 * _STRENGTH_FACT * away @ away, _STRENGTH_FACT * away
        for example, raw in zip(examples, values, strict=True):
            scaled = raw / scale
            share = shares(scaled @ weights)
            right = share * example.right
            total -= example.weight * numpy.log(max(right.sum(), 1e-12))
            slope = slope - example.weight * (scaled.T @ (right / max(right.sum(), 1e-12) - share))
        return float(total), slope

    found = _least(loss, before)
    return dict(zip(Features._fields, (found / scale).round(5).tolist(), strict=True))


def _fit_chance(rows: Sequence[dict[str, float]], right: NDArray[numpy.bool_], weight: Numbers) -> dict[str, float]:
    """Weights of a logistic regression with a constant."""
    names = list(rows[0])
    raw = numpy.array([list(row.values()) for row in rows])
    mean, scale = raw.mean(axis=0), raw.std(axis=0) + 1e-9
    scaled = numpy.c_[(raw - mean) / scale, numpy.ones(len(raw))]
    held = numpy.r_[numpy.ones(len(names)), 0.0]
    before = numpy.r_[numpy.array([_BEFORE_ANSWER.get(name, 0.0) for name in names]) * scale, 0.0]

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        chance = 1 / (1 + numpy.exp(-(scaled @ weights)))
        likely = numpy.where(right, chance, 1 - chance).clip(1e-12)
        away = held * (weights - before)
        total = 0.5 * _STRENGTH_ANSWER * away @ away - (weight * numpy.log(likely)).sum()
        return float(total), _STRENGTH_ANSWER * away + scaled.T @ (weight * (chance - right))

    found = _least(loss, before)
    plain = found[:-1] / scale
    constant = found[-1] - plain @ mean
    return {**dict(zip(names, plain.round(5).tolist(), strict=True)), "constant": round(float(constant), 5)}


def _least(loss: Callable[[Numbers], tuple[float, Numbers]], before: Numbers) -> Numbers:
    """Where a loss is least; what began below nought stays below half of that."""
    bounds = [(None, value / 2 if value < 0 else None) for value in before]
    found: Numbers = minimize(loss, before, jac=True, method="L-BFGS-B", bounds=bounds).x
    return found


def _limits(judged: Sequence[Judged]) -> Limits:
    chances = numpy.array([j.chance for j in judged])
    right = numpy.array([j.first_right or j.second_right for j in judged])
    in_use = numpy.array([j.example.set in _LIKE_IN_USE for j in judged])
    answered = [j for j in judged if j.example.right.any()]
    share = numpy.array([j.second_share for j in answered])
    adds = numpy.array([j.second_right and not j.first_right for j in answered])
    answer = lowest_limit(chances[in_use], right[in_use], _WRONG)
    return Limits(
        ask=min(answer, round(float(numpy.quantile(chances[right], 1 - _NEAR)), 3)),
        answer=answer,
        against_model=lowest_limit(chances[in_use], right[in_use], _WRONG_AGAINST_MODEL),
        second=_worth(share, adds),
    )


def lowest_limit(chances: Numbers, right: NDArray[numpy.bool_], wrong: float) -> float:
    """The lowest limit at which the expected share of wrong answers stays below `wrong`.

    Conformal risk control (Angelopoulos et al. 2024): with n labelled questions, (wrong answers + 1) / (n + 1) may
    not exceed the share, for a question that is drawn like these.

    Args:
        chances: of each question.
        right: whether its answer would be right.
        wrong: share of all questions, above 0.
    """
    order = numpy.argsort(-chances)
    wrongs = numpy.cumsum(~right[order])
    good = numpy.flatnonzero((wrongs + 1) / (len(chances) + 1) <= wrong)
    return round(float(chances[order][good[-1]]), 3) if len(good) else 1.0


def _worth(share: Numbers, adds: NDArray[numpy.bool_]) -> float:
    """The share of weight from which a second sentence has, often enough, the answer that the first has not."""
    order = numpy.argsort(-share)
    good = numpy.flatnonzero(numpy.cumsum(adds[order]) >= _SECOND_RIGHT * numpy.arange(1, len(order) + 1))
    return round(float(share[order][good[-1]]), 3) if len(good) else 1.0


def _figures(judged: Sequence[Judged], limits: Limits) -> dict[str, str | float]:
    found: dict[str, str | float] = {"sets": ", ".join(dict.fromkeys(j.example.set for j in judged))}
    for name in dict.fromkeys(j.example.set for j in judged):
        part = [j for j in judged if j.example.set == name]
        answerable = [j for j in part if j.example.right.any()]
        answered = [j for j in part if j.chance >= limits.answer]
        right = [j for j in answered if j.first_right or (j.second_right and j.second_share >= limits.second)]
        found[f"{name}: right fact first"] = round(float(numpy.mean([j.first_right for j in answerable])), 3)
        found[f"{name}: right, of those with the answer among the facts"] = round(len(right) / len(answerable), 3)
        found[f"{name}: wrong but cited, of all"] = round((len(answered) - len(right)) / len(part), 3)
    return found


if __name__ == "__main__":
    main()
