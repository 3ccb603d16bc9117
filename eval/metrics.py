"""What is counted, each with its source."""

import math
import re
from collections import Counter
from collections.abc import Sequence

import numpy
from numpy.typing import NDArray

from eval.report import Measure, Unit
from ingest.text.number_words import number_word

Values = Sequence[float] | NDArray[numpy.float64]
_ARTICLES = re.compile(r"\b(der|die|das|den|dem|des|ein|eine|einen|einem|einer|eines|a|an|the)\b")
# A dash in front of a number is its sign where nothing stands before it that it could join to the number.
_SIGN = r"(?<![\w.,)°%])[-−–](?=\d)"
_MINUS = r"\bminus\s(?=\d)"
_GROUP = r"[ '’\u00a0\u2009\u202f]"  # between thousands, as in 1 218
_GROUPED = rf"(?<![\w.,])[1-9]\d{{0,2}}(?:{_GROUP}\d{{3}})+(?!\w)"
_NUMBER = re.compile(rf"(?:{_MINUS}|{_SIGN})?(?:{_GROUPED}|\d+)(?:[.,]\d+)*", re.IGNORECASE)
_PUNCTUATION = re.compile(rf"(?!{_SIGN})(?:(?<!\d)[^\w\s]|[^\w\s](?!\d))")
RESAMPLES = 2000
_FEW_RESAMPLES, _CONFIDENCE = 200, 0.95


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
        (numpy.asarray(values, dtype=float),), numpy.mean, n_resamples=RESAMPLES,
        confidence_level=_CONFIDENCE, method="percentile", rng=numpy.random.default_rng(0),
    ).confidence_interval  # fmt: skip
    return float(found.low), float(found.high)


def contains_answer(text: str, answers: Sequence[str]) -> bool:
    """Whether one of the answers occurs in the text, as it stands but for case, or after normalisation."""
    if any(_stands_in(text, answer) for answer in answers):
        return True
    normal = f" {normalised(text)} "
    return any(f" {wanted} " in normal for answer in answers if (wanted := normalised(answer)))


def says_whole_answer(text: str, answers: Sequence[str]) -> bool:
    """Whether a text says one of the answers, all parts of it ("A + B").

    Args:
        text: of an answer.
        answers: of which one is enough.
    """
    return any(all(contains_answer(text, [part]) for part in answer.split(" + ")) for answer in answers)


def exact_match(text: str, answers: Sequence[str]) -> bool:
    """Whether the text is one of the answers after normalisation (Rajpurkar et al. 2016, SQuAD)."""
    return normalised(text) in {normalised(answer) for answer in answers}


def token_f1(text: str, answers: Sequence[str]) -> float:
    """Overlap of the text's words with the best fitting answer's (Rajpurkar et al. 2016, SQuAD)."""
    return max((_overlap(normalised(text).split(), normalised(answer).split()) for answer in answers), default=0.0)


def normalised(text: str) -> str:
    """Lower case without punctuation and articles, number words as digits (after Rajpurkar et al. 2016, SQuAD).

    A number stays one word with its sign: "minus 18" and "−18" are "-18", "1 218" is "1218".
    """
    text = re.sub(f"{_MINUS}|{_SIGN}", "-", text.lower())
    text = re.sub(_GROUPED, lambda number: re.sub(_GROUP, "", number.group()), text)
    words = _ARTICLES.sub(" ", _PUNCTUATION.sub(" ", text)).split()
    return " ".join(word if (value := number_word(word)) is None else str(value) for word in words)


def f1(precision: float, recall: float) -> float:
    """Harmonic mean of precision and recall."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def decision_measures(name: str, found: Sequence[bool], expected: Sequence[bool]) -> list[Measure]:
    """Precision, recall and F1 of a yes/no decision, with bootstrap intervals over the questions.

    A figure that has nothing to be taken of is 0, as scikit-learn has it with `zero_division=0`: who never finds
    anything is not precise. A sample in which a figure is undefined takes no part in its interval.
    """
    pairs = numpy.asarray(list(zip(found, expected, strict=True)), dtype=bool)
    chance = numpy.random.default_rng(0)
    samples = [_decision(pairs[chance.integers(0, len(pairs), len(pairs))]) for _ in range(RESAMPLES)]
    measures = []
    kinds = ("precision", "recall", "F1")
    for kind, value, drawn in zip(kinds, _decision(pairs), zip(*samples, strict=True), strict=True):
        low, high = numpy.percentile([v for v in drawn if v is not None] or [0.0], [2.5, 97.5])
        measures.append(
            Measure(name=f"{name} {kind}", value=value or 0.0, low=float(low), high=float(high), count=len(pairs))
        )
    return measures


def auroc(positive: Values, negative: Values) -> float:
    """Area under the ROC curve: how often a positive scores above a negative (Hanley and McNeil 1982)."""
    above = numpy.asarray(positive)[:, None] - numpy.asarray(negative)[None, :]
    return float(numpy.mean((above > 0) + 0.5 * (above == 0)))


def percentile(values: Sequence[float], share: float) -> float:
    """Nearest-rank percentile of at least one value: the smallest that `share` of them do not exceed."""
    # Rounded first, since 0.55 · 100 is a little more than 55.
    rank = math.ceil(round(share * len(values), 9))
    return sorted(values)[max(rank, 1) - 1]


def auroc_measure(name: str, positive: Sequence[float], negative: Sequence[float]) -> Measure:
    """The area under the ROC curve with its bootstrap interval."""
    chance = numpy.random.default_rng(0)
    above, below = numpy.asarray(positive), numpy.asarray(negative)
    samples = [auroc(chance.choice(above, len(above)), chance.choice(below, len(below))) for _ in range(_FEW_RESAMPLES)]
    low, high = numpy.percentile(samples, [2.5, 97.5])
    value = auroc(positive, negative)
    return Measure(name=name, value=value, low=float(low), high=float(high), unit="score", count=len(negative))


def _stands_in(text: str, answer: str) -> bool:
    """Whether the answer is in the text, neither as part of a word nor of a number: "28" is not in "28,50" or "-28"."""
    numbers = [number.span() for number in _NUMBER.finditer(text)]
    found = re.finditer(rf"(?<!\w){re.escape(answer)}(?!\w)", text, re.IGNORECASE)
    return any(not any(a < end < b for end in match.span() for a, b in numbers) for match in found)


def _decision(pairs: "numpy.typing.NDArray[numpy.bool_]") -> tuple[float | None, float | None, float | None]:
    """Precision, recall and F1; None where nothing was found, expected, or either."""
    hits = int((pairs[:, 0] & pairs[:, 1]).sum())
    found, expected = int(pairs[:, 0].sum()), int(pairs[:, 1].sum())
    return (
        hits / found if found else None,
        hits / expected if expected else None,
        2 * hits / (found + expected) if found + expected else None,
    )


def _overlap(given: Sequence[str], wanted: Sequence[str]) -> float:
    shared = sum((Counter(given) & Counter(wanted)).values())
    return f1(shared / len(given), shared / len(wanted)) if shared else 0.0
