"""Fits how probable it is that a sentence supports a statement, and from where on it is called supported.

Run it as `python -m eval.fit_support --data FOLDER --judges FOLDER`, where the first holds `xquad.de.json` and
`xquad.en.json` and the second what `eval/judge` has trained. It writes `chatbot/verification/support_model.json` with
the sets, the date and the figures. Everything that is reported is of sets that were left out while fitting.

Of a statement only its label is known, not the window that supports it. So windows and weights are found in turn: the
best window of each claim under the weights so far, then the weights (multiple-instance learning, Andrews et al. 2002).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy

from chatbot.verification.support_features import AGAINST, VETOES, Features
from chatbot.verification.support_model import DATA, NAMES, Numbers, SupportModel, SupportModels, inputs
from eval.fit_command import run
from eval.fit_evidence import lowest_limit
from eval.logistic import fit_logistic
from eval.support_examples import Example, collect

_ROUNDS = 5  # of windows and weights in turn
_STRENGTH = 3.0  # of the regularisation
_BEGINNING = {"judged": 0.5, "meaning": 1.0, "words": 0.5}  # weights under which the first windows are chosen
_CONSTANT = 1e-5  # spread of a column that says nothing
_NEVER = -99.0  # logit of what has no window
_FALSE = 0.07  # share of the false statements that may be called supported


class _Weights(NamedTuple):
    scaled: Numbers
    mean: Numbers
    scale: Numbers

    def logits(self, rows: Numbers) -> Numbers:
        found: Numbers = ((rows - self.mean) / self.scale) @ self.scaled[:-1] + self.scaled[-1]
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
    values = numpy.where(weights.scale > _CONSTANT, weights.scaled[:-1] / weights.scale, 0.0)
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
    nothing = numpy.zeros(len(NAMES) + 1)
    bounds = [(None, 0.0 if name in AGAINST else None) for name in (*NAMES, "constant")]
    for _ in range(_ROUNDS):
        rows = numpy.array([_best(example, weights)[1] for example in examples])
        scaled = fit_logistic(
            (rows - mean) / scale, is_true, counts, _STRENGTH, prior=nothing, start=weights.scaled, bounds=bounds
        )
        weights = weights._replace(scaled=scaled)
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


if __name__ == "__main__":
    run(__doc__, collect, fit, DATA, needs_judges=True)
