"""What is counted, each with its source."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy
from numpy.typing import NDArray

from chatbot.numbers import number_word
from eval.report import Measure, Unit

Values = Sequence[float] | NDArray[numpy.float64]
_ARTICLES = re.compile(r"\b(der|die|das|den|dem|des|ein|eine|einen|einem|einer|eines|a|an|the)\b")
_RESAMPLES, _FEW_RESAMPLES, _CONFIDENCE = 2000, 200, 0.95


def measured(name: str, values: Sequence[float], unit: Unit = "share", better: str = "higher") -> Measure:
    """The mean with its 95 % percentile bootstrap interval (Efron 1979).

    Args:
        name: the measure's.
        values: one for each question or statement, at least one.
        unit: of the values.
        better: "higher" or "lower".
    """
    low, high = interval(values)
    return Measure(
        name=name, value=float(numpy.mean(values)), low=low, high=high, unit=unit, better=better, count=len(values)  # type: ignore[arg-type]
    )  # fmt: skip


def interval(values: Sequence[float]) -> tuple[float, float]:
    """95 % interval of the mean, the same for the same values."""
    from scipy.stats import bootstrap

    if len(set(values)) < 2:
        return float(values[0]), float(values[0])
    found = bootstrap(
        (numpy.asarray(values, dtype=float),), numpy.mean, n_resamples=_RESAMPLES,
        confidence_level=_CONFIDENCE, method="percentile", rng=numpy.random.default_rng(0),
    ).confidence_interval  # fmt: skip
    return float(found.low), float(found.high)


def contains_answer(text: str, answers: Sequence[str]) -> bool:
    """Whether one of the answers occurs in the text, as it stands but for case, or after normalisation."""
    # Neither part of a word nor of a number: "28" is not in "28,50".
    if any(
        re.search(rf"(?<!\w)(?<!\d[.,]){re.escape(answer)}(?!\w)(?![.,]\d)", text, re.IGNORECASE) for answer in answers
    ):
        return True
    normal = f" {normalised(text)} "
    return any(f" {wanted} " in normal for answer in answers if (wanted := normalised(answer)))


def exact_match(text: str, answers: Sequence[str]) -> bool:
    """Whether the text is one of the answers after normalisation (Rajpurkar et al. 2016, SQuAD)."""
    return normalised(text) in {normalised(answer) for answer in answers}


def token_f1(text: str, answers: Sequence[str]) -> float:
    """Overlap of the text's words with the best fitting answer's (Rajpurkar et al. 2016, SQuAD)."""
    return max((_overlap(normalised(text).split(), normalised(answer).split()) for answer in answers), default=0.0)


def normalised(text: str) -> str:
    """Lower case without punctuation and articles, number words as digits."""
    text = _ARTICLES.sub(" ", re.sub(r"(?<!\d)[^\w\s]|[^\w\s](?!\d)", " ", text.lower()))
    return " ".join(str(number_word(word) or word) for word in text.split())


def f1(precision: float, recall: float) -> float:
    """Harmonic mean of precision and recall."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def decision_measures(name: str, found: Sequence[bool], expected: Sequence[bool]) -> list[Measure]:
    """Precision, recall and F1 of a yes/no decision, with bootstrap intervals over the questions."""
    pairs = numpy.asarray(list(zip(found, expected, strict=True)), dtype=bool)
    chance = numpy.random.default_rng(0)
    samples = [_decision(pairs[chance.integers(0, len(pairs), len(pairs))]) for _ in range(_RESAMPLES)]
    low, high = numpy.percentile(samples, [2.5, 97.5], axis=0)
    return [
        Measure(name=f"{name} {kind}", value=value, low=float(low[i]), high=float(high[i]), count=len(pairs))
        for i, (kind, value) in enumerate(zip(("precision", "recall", "F1"), _decision(pairs), strict=True))
    ]


def auroc(positive: Values, negative: Values) -> float:
    """Area under the ROC curve: how often a positive scores above a negative (Hanley and McNeil 1982)."""
    above = numpy.asarray(positive)[:, None] - numpy.asarray(negative)[None, :]
    return float(numpy.mean((above > 0) + 0.5 * (above == 0)))


def percentile(values: Sequence[float], share: float) -> float:
    """Nearest-rank percentile of at least one value."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def auroc_measure(name: str, positive: Sequence[float], negative: Sequence[float]) -> Measure:
    """The area under the ROC curve with its bootstrap interval."""
    chance = numpy.random.default_rng(0)
    above, below = numpy.asarray(positive), numpy.asarray(negative)
    samples = [auroc(chance.choice(above, len(above)), chance.choice(below, len(below))) for _ in range(_FEW_RESAMPLES)]
    low, high = numpy.percentile(samples, [2.5, 97.5])
    value = auroc(positive, negative)
    return Measure(name=name, value=value, low=float(low), high=float(high), unit="score", count=len(negative))


def _decision(pairs: "numpy.typing.NDArray[numpy.bool_]") -> tuple[float, float, float]:
    hits = int((pairs[:, 0] & pairs[:, 1]).sum())
    found, expected = int(pairs[:, 0].sum()), int(pairs[:, 1].sum())
    precision, recall = hits / found if found else 1.0, hits / expected if expected else 1.0
    return precision, recall, f1(precision, recall)


def _overlap(given: Sequence[str], wanted: Sequence[str]) -> float:
    shared = sum((Counter(given) & Counter(wanted)).values())
    return f1(shared / len(given), shared / len(wanted)) if shared else 0.0
