"""How probable it is that a window supports a claim: weights that a script fits, and the limit of "supported".

A logistic regression over the features; `eval/fit_support.py` fits it on labelled statements and writes the data file.
There are two, as the judge is only there where its weights are.
"""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy
from numpy.typing import NDArray
from pydantic import Field

from chatbot.verification.support_features import CONTRADICTING, Features
from ingest.documents import Frozen

DATA = Path(__file__).with_suffix(".json")
Numbers = NDArray[numpy.float64]
INTERACTIONS = (
    *((one, other) for one in ("judged", "meaning", "words") for other in ("fragment", "translated", "row")),
    *((one, "all_there") for one in ("judged", "own_meaning")),
)


class SupportModel(Frozen):
    """The fitted weights.

    Attributes:
        weights: of each feature and product of two (`meaning x row`), and a `constant`.
        limit: chance from which a claim is supported.
        near: nearness of claim and sentence from which another figure, or a denial, contradicts.
    """

    weights: dict[str, float]
    limit: float = Field(ge=0, le=1)
    near: float

    def chances(self, features: Sequence[Features]) -> Numbers:
        """How probable it is that each window supports the claim, from 0 to 1."""
        rows = inputs(features)
        logits = rows @ numpy.array([self.weights[name] for name in NAMES]) + self.weights["constant"]
        found: Numbers = 1 / (1 + numpy.exp(-logits))
        return found

    def contradicts(self, features: Features) -> bool:
        """Whether a window is as near to the claim as one that supports it, and says something else."""
        return features.own_meaning >= self.near and features.has_any(CONTRADICTING)


class SupportModels(Frozen):
    """The weights with a judge and without one.

    Attributes:
        made: when, from which sets, and how good they are on organisations that were left out.
    """

    judged: SupportModel
    plain: SupportModel
    made: dict[str, str | float] = Field(default_factory=dict)


NAMES = (*Features._fields, *(f"{one} x {other}" for one, other in INTERACTIONS))


def inputs(features: Sequence[Features]) -> Numbers:
    """The features of windows with their products, (windows, names)."""
    rows = numpy.array(features, dtype=float).reshape(-1, len(Features._fields))
    at = {name: place for place, name in enumerate(Features._fields)}
    products = [rows[:, at[one]] * rows[:, at[other]] for one, other in INTERACTIONS]
    found: Numbers = numpy.column_stack([rows, *products])
    return found


@cache
def support_models() -> SupportModels:
    """The models that come with the product."""
    return SupportModels.model_validate(json.loads(DATA.read_text(encoding="utf-8")))
