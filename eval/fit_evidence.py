"""Fits the weights by which facts are ranked and the limits of an answer, from labelled questions.

Run it as `python -m eval.fit_evidence --data FOLDER`, where the folder holds `xquad.de.json` and `xquad.en.json`. It
writes `chatbot/answering/evidence_model.json` with the sets, the date and the figures. Everything that is reported is
of sets that were left out while fitting: no document is on both sides, nor has the judge seen one.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy
from numpy.typing import NDArray
from scipy.optimize import minimize

from chatbot.answering.evidence_model import (
    DATA,
    EvidenceModel,
    EvidenceModels,
    Limits,
    Numbers,
    inputs,
    nearness,
    shares,
    trusted,
)
from chatbot.answering.fact_features import Features
from eval.evidence_examples import Example, collect
from eval.fit_command import run
from eval.logistic import fit_logistic
from eval.stated import DEVELOPED_WITH

# What the sets have too few examples of begins where it was before, on the examples and the adversarial set.
_BEFORE_FACT = {"other_thing": -9.0, "other_edition": -9.0, "outdated": -2.2}
_BEFORE_ANSWER = {"other_thing": -4.0, "other_edition": -4.0}
# What speaks for an answer never counts against it, and the other way, whatever few examples say: a fact with all words
# of the question is no worse than one with half of them.
_FOR = ("meaning", "passage", "words", "covered", "own_words", "passage_words", "kind_there", "judged", "lead", "share")
_AGAINST = (
    "near", "kind_missing", "no_reason", "other_thing", "another_of_several", "other_edition", "unmentioned",
    "outdated", "numbers_missing", "announces",
)  # fmt: skip
_STRENGTH_FACT, _STRENGTH_ANSWER = 1.0, 3.0  # of the regularisation
# What the limits shall do on sets that were left out.
_NEAR = 0.95  # share of the questions with an answer among what was found that are near enough for a language model
_LIKE_IN_USE = (*DEVELOPED_WITH, "examples")  # a quarter of the questions has no answer; of the others two fifths
_WRONG, _WRONG_AGAINST_MODEL = 0.07, 0.03  # share of all questions that may get a wrong answer
_NEARNESS, _COSTS = (1.0, 0.67, 0.5, 0.33, 0.25, 0.0), 1.01  # tried in turn, and what one may cost of the likelihood
_SECOND_RIGHT = 0.2  # how often a second sentence at its limit has the answer that the first has not


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
    whole_from = _trusted_from(judged)
    judged = [j._replace(chance=j.chance * trusted(j.nearness, whole_from)) for j in judged]
    limits = _limits(judged)
    model = model.model_copy(update={"limits": limits, "trusted_from": whole_from})
    return model, _figures(judged, limits) | _near(judged, limits)


def _trusted_from(judged: Sequence["Judged"]) -> float:
    """The largest nearness from which facts are trusted whole that costs the likelihood next to nothing."""
    right = numpy.array([j.first_right for j in judged])

    def surprise(whole_from: float) -> float:
        chances = numpy.array([j.chance * trusted(j.nearness, whole_from) for j in judged])
        return -float(numpy.log(numpy.where(right, chances, 1 - chances).clip(1e-9)).mean())

    return next(tried for tried in _NEARNESS if surprise(tried) <= _COSTS * surprise(0.0))


class Judged(NamedTuple):
    """An example with the chance that a model gave it which had not seen its set."""

    example: Example
    chance: float
    nearness: float
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
            example=example,
            chance=chance,
            nearness=nearness(example.features[order[0]]),
            first_right=bool(example.right[order[0]]),
            second_share=float(shares(scores)[second]),
            second_right=bool(example.right[second]),
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

    bounds = [(None, value) for value in _below_half(before)]
    found: Numbers = minimize(loss, before, jac=True, method="L-BFGS-B", bounds=bounds).x
    return dict(zip(Features._fields, (found / scale).round(5).tolist(), strict=True))


def _fit_chance(rows: Sequence[dict[str, float]], right: NDArray[numpy.bool_], weight: Numbers) -> dict[str, float]:
    """Weights of a logistic regression with a constant."""
    names = list(rows[0])
    raw = numpy.array([list(row.values()) for row in rows])
    mean, scale = raw.mean(axis=0), raw.std(axis=0) + 1e-9
    prior = numpy.r_[numpy.array([_BEFORE_ANSWER.get(name, 0.0) for name in names]) * scale, 0.0]
    bounds = [_bounds(name, most) for name, most in zip([*names, "constant"], _below_half(prior), strict=True)]
    found = fit_logistic((raw - mean) / scale, right, weight, _STRENGTH_ANSWER, prior=prior, start=prior, bounds=bounds)
    plain = found[:-1] / scale
    constant = found[-1] - plain @ mean
    return {**dict(zip(names, plain.round(5).tolist(), strict=True)), "constant": round(float(constant), 5)}


def _bounds(name: str, most: float | None) -> tuple[float | None, float | None]:
    """The least and the most that a weight may be."""
    if name in _AGAINST:
        return None, min(most or 0.0, 0.0)
    return (0.0 if name in _FOR else None), most


def _below_half(before: Numbers) -> list[float | None]:
    """What each weight may be at most: what began below nought stays below half of that."""
    return [value / 2 if value < 0 else None for value in before]


def _limits(judged: Sequence[Judged]) -> Limits:
    chances = numpy.array([j.chance for j in judged])
    right = numpy.array([j.first_right or j.second_right for j in judged])
    found = numpy.array([bool(j.example.right.any()) for j in judged])
    in_use = numpy.array([j.example.set in _LIKE_IN_USE for j in judged])
    answered = [j for j in judged if j.example.right.any()]
    share = numpy.array([j.second_share for j in answered])
    adds = numpy.array([j.second_right and not j.first_right for j in answered])
    answer = lowest_limit(chances[in_use], right[in_use], _WRONG)
    return Limits(
        ask=min(answer, round(float(numpy.quantile(chances[found], 1 - _NEAR)), 3)),
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
    rounded = chances.round(3)  # as the limit is
    order = numpy.argsort(-rounded)
    wrongs, ordered = numpy.cumsum(~right[order]), rounded[order]
    is_last = numpy.append(ordered[1:] < ordered[:-1], True)  # of those with the same chance, which all pass together
    good = numpy.flatnonzero(is_last & ((wrongs + 1) / (len(chances) + 1) <= wrong))
    return float(ordered[good[-1]]) if len(good) else min(1.0, round(float(ordered[0]) + 0.001, 3))  # above them all


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


def _near(judged: Sequence[Judged], limits: Limits) -> dict[str, str | float]:
    """How many questions pass the limit `ask` whose answer is, and is not, among what was found."""
    passed = {
        found: [j.chance >= limits.ask for j in judged if j.example.right.any() == found] for found in (True, False)
    }
    return {
        "near: let through, answer found": round(float(numpy.mean(passed[True])), 3),
        "near: let through, no answer found": round(float(numpy.mean(passed[False])), 3),
    }


if __name__ == "__main__":
    run(__doc__, collect, fit, DATA)
