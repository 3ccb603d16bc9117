"""What is counted, each with its source."""

import re
import statistics
from collections.abc import Sequence

_ARTICLES = re.compile(r"\b(der|die|das|den|dem|des|ein|eine|einen|einem|einer|a|an|the)\b")


def recall_at(ranks: Sequence[int | None], k: int) -> float:
    """Share of questions whose expected document is among the first `k`; ranks count from 1."""
    return _share([rank is not None and rank <= k for rank in ranks])


def mean_reciprocal_rank(ranks: Sequence[int | None], k: int = 10) -> float:
    """MRR@k (Voorhees 1999, TREC-8 question answering track)."""
    return statistics.fmean(1 / rank if rank and rank <= k else 0.0 for rank in ranks) if ranks else 0.0


def contains_answer(text: str, answers: Sequence[str]) -> bool:
    """Whether one of the answers occurs in the text, as it stands but for case, or after SQuAD's normalisation.

    Normalisation: Rajpurkar et al. 2016, lower case without punctuation and articles.
    """
    if any(answer.casefold() in text.casefold() for answer in answers):
        return True
    normal = f" {_normalise(text)} "
    return any(f" {wanted} " in normal for answer in answers if (wanted := _normalise(answer)))


def precision_recall(found: Sequence[bool], expected: Sequence[bool]) -> tuple[float, float]:
    """Precision and recall of a yes/no decision; 1 where there was nothing to decide."""
    hits = sum(f and e for f, e in zip(found, expected, strict=True))
    return (hits / sum(found) if any(found) else 1.0, hits / sum(expected) if any(expected) else 1.0)


def percentile(values: Sequence[float], share: float) -> float:
    """Nearest-rank percentile, 0 for no values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def share(values: Sequence[bool]) -> float:
    """Share of true values, 1 where there are none."""
    return _share(values) if values else 1.0


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0


def _normalise(text: str) -> str:
    text = _ARTICLES.sub(" ", re.sub(r"(?<!\d)[^\w\s]|[^\w\s](?!\d)", " ", text.lower()))
    return " ".join(text.split())
