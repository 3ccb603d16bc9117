"""How facts are weighed and when the best one counts as an answer: weights that a script fits, and its limits.

Facts are ranked by a conditional logit (McFadden 1974) over their features; whether the best one answers is a logistic
regression over its features, its lead and its share. `eval/fit_evidence.py` fits both and writes the data file.
"""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy
from numpy.typing import NDArray
from pydantic import Field

from chatbot.answering.fact_features import Features
from ingest.documents import Frozen

DATA = Path(__file__).with_suffix(".json")
Numbers = NDArray[numpy.float64]


class Limits(Frozen):
    """Chances, from 0 to 1.

    Attributes:
        ask: from here on a language model is asked, and passages are worth looking at.
        answer: from here on a fact counts as the answer.
        against_model: from here on it does even where a model found no answer.
        second: share of the best facts' weight from which a second fact is shown beside the first.
    """

    ask: float = Field(ge=0, le=1)
    answer: float = Field(ge=0, le=1)
    against_model: float = Field(ge=0, le=1)
    second: float = Field(ge=0, le=1)


class EvidenceModel(Frozen):
    """The fitted weights.

    Attributes:
        fact: of each feature, for the order of facts.
        answer: of each feature of the best fact, of its `lead` and `share`, and a `constant`.
        limits: chosen on the same data.
        trusted_from: the `nearness` from which a fact is trusted whole; one less near counts by its share of it.
    """

    fact: dict[str, float]
    answer: dict[str, float]
    limits: Limits
    trusted_from: float = Field(default=0.0, ge=0)

    def scores(self, features: Sequence[Features]) -> Numbers:
        """One number a fact; higher is better."""
        weights = numpy.array([self.fact[name] for name in Features._fields])
        found: Numbers = numpy.array(features, dtype=float).reshape(-1, len(weights)) @ weights
        return found

    def chance(self, best: int, features: Sequence[Features], scores: Numbers, documents: Sequence[str]) -> float:
        """How probable it is that the best fact answers the question, from 0 to 1.

        Args:
            best: its place among the facts.
            features: of all facts.
            scores: of all facts.
            documents: that the facts are from.
        """
        values = inputs(best, features, scores, documents)
        logit = self.answer["constant"] + sum(self.answer[name] * value for name, value in values.items())
        return float(1 / (1 + numpy.exp(-logit))) * trusted(nearness(features[best]), self.trusted_from)


def nearness(fact: Features) -> float:
    """How near a fact is to the question, by words and by meaning; at most nought for any text of something else.

    The only passage of a small index is far ahead of all others, which says nothing of it.
    """
    return fact.words + fact.meaning


def trusted(nearness: float, whole_from: float) -> float:
    """The share of a chance that is trusted, from 0 to 1.

    Args:
        nearness: of the fact.
        whole_from: nearness from which it is trusted whole; with nought every fact is.
    """
    return min(1.0, max(0.0, nearness) / whole_from) if whole_from else 1.0


def inputs(best: int, features: Sequence[Features], scores: Numbers, documents: Sequence[str]) -> dict[str, float]:
    """What the chance is worked out from, by name; the arguments are those of `EvidenceModel.chance`."""
    others = [score for score, document in zip(scores, documents, strict=True) if document != documents[best]]
    lead = scores[best] - max(others, default=scores.min())
    return {**features[best]._asdict(), "lead": float(lead), "share": float(shares(scores)[best])}


def shares(scores: Numbers) -> Numbers:
    """The weight of each fact among all, together 1."""
    grown: Numbers = numpy.exp(scores - scores.max())
    part: Numbers = grown / grown.sum()
    return part


class EvidenceModels(Frozen):
    """The weights for all facts, and those for the best of them that a judge has read.

    Attributes:
        plain: of facts as they are found.
        judged: of the best facts by these, each with what the judge says to it.
        made: when, from which sets, and how good they are on organisations that were left out.
    """

    plain: EvidenceModel
    judged: EvidenceModel
    made: dict[str, str | float] = Field(default_factory=dict)


@cache
def evidence_models() -> EvidenceModels:
    """The models that come with the product."""
    return EvidenceModels.model_validate(json.loads(DATA.read_text(encoding="utf-8")))
