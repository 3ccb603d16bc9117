"""Logistic regression with a prior, bounds and weighted examples, as both fits need it."""

from collections.abc import Sequence

import numpy
from numpy.typing import NDArray
from scipy.optimize import minimize

Numbers = NDArray[numpy.float64]


def fit_logistic(
    rows: Numbers,
    is_right: NDArray[numpy.bool_],
    counts: Numbers,
    strength: float,
    prior: Numbers,
    start: Numbers,
    bounds: Sequence[tuple[float | None, float | None]],
) -> Numbers:
    """The weights under which the labels are least surprising, the last one of a constant.

    Args:
        rows: (examples, features), of about the same spread.
        is_right: the labels.
        counts: what each example counts.
        strength: of the regularisation; the constant has none.
        prior: weights that it draws to, (features + 1).
        start: where the search begins, (features + 1).
        bounds: what each weight may be at least and at most.
    """
    rows = numpy.c_[rows, numpy.ones(len(rows))]
    held = numpy.r_[numpy.ones(rows.shape[1] - 1), 0.0]

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        chance = 1 / (1 + numpy.exp(-(rows @ weights)))
        likely = numpy.where(is_right, chance, 1 - chance).clip(1e-12)
        away = held * (weights - prior)
        total = 0.5 * strength * away @ away - (counts * numpy.log(likely)).sum()
        return float(total), strength * away + rows.T @ (counts * (chance - is_right))

    found: Numbers = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return found
