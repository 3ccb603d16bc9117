"""Checks each statement against the passages shown, and finds the span that supports it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from chatbot.domain import Source, Statement, Verdict
from chatbot.verification.claims import Claim, claims_of
from chatbot.verification.support_features import VETOES, features_of, leads_elsewhere
from chatbot.verification.support_model import support_models
from chatbot.verification.windows import Window, citation, windows_for
from ingest.embedding.sentence_vectors import SentenceVectors
from ingest.index.statistics import Statistics
from ingest.text.words import words

if TYPE_CHECKING:
    from chatbot.judge.cross_encoder import Judge

_SAME = 0.05  # chance by which another source must be better than the one that the model named
_SENTENCE = 5  # words from which what repeats a source is more than a figure


class _Judged(NamedTuple):
    """A window with its verdict, and the chance that it supports the claim, from 0 to 1."""

    window: Window
    chance: float
    verdict: Verdict


def verify(
    text: str,
    question: str,
    cited: Sequence[int],
    sources: Sequence[Source],
    statistics: Statistics,
    vectors: SentenceVectors,
    judge: "Judge | None" = None,
) -> Statement:
    """Give a statement its verdict and citations.

    Each sentence of it is supported when one sentence of a source, or two neighbours, probably say it and nothing
    speaks against it that no probability makes good: another figure, another cell, the opposite. The source that
    supports it best is cited, whatever the model named.

    Args:
        text: the statement.
        question: the one it answers.
        cited: numbers of the sources the model named.
        sources: all that were shown.
        statistics: of the index.
        vectors: embeds sentences.
        judge: reads each sentence beside the sources' own.
    """
    found = [_support(claim, cited, sources, statistics, vectors, judge) for claim in claims_of(text, question)]
    verdicts = {best.verdict if best else "unsupported" for best in found} or {"unsupported"}
    verdict = next(v for v in ("contradicted", "unsupported", "supported") if v in verdicts)
    shown = (best.window for best in found if best)
    citations = tuple(dict.fromkeys(citation(window.source, window.start, window.end) for window in shown))
    corrected = verdict == "supported" and bool(cited) and not {c.source for c in citations} & set(cited)
    return Statement(text=text, verdict=verdict, citations=citations, corrected=corrected)  # type: ignore[arg-type]


def support(
    text: str,
    question: str,
    sources: Sequence[Source],
    statistics: Statistics,
    vectors: SentenceVectors,
    judge: "Judge | None" = None,
) -> float:
    """How well the sources support a statement, for calibration: its weakest sentence's chance.

    Whatever is judged supported scores above whatever is not; the arguments are those of `verify`.
    """
    weakest = 2.0
    for claim in claims_of(text, question):
        found = judged_windows(claim, sources, statistics, vectors, judge)
        scores = [judged.chance + (1.0 if judged.verdict == "supported" else 0.0) for judged in found]
        weakest = min(weakest, max(scores, default=0.0))
    return weakest


def _support(
    claim: Claim,
    cited: Sequence[int],
    sources: Sequence[Source],
    statistics: Statistics,
    vectors: SentenceVectors,
    judge: "Judge | None",
) -> _Judged | None:
    """The window to cite for a claim; where none supports it, the nearest one of the sources named."""
    found = judged_windows(claim, sources, statistics, vectors, judge)
    supporting = [judged for judged in found if judged.verdict == "supported"]
    if supporting:
        return max(supporting, key=lambda j: j.chance + (_SAME if j.window.source.number in cited else 0))
    nearest = [judged for judged in found if judged.window.source.number in cited]
    return min(nearest, key=lambda j: (j.verdict != "contradicted", -j.window.behind), default=None)


def judged_windows(
    claim: Claim,
    sources: Sequence[Source],
    statistics: Statistics,
    vectors: SentenceVectors,
    judge: "Judge | None" = None,
) -> list[_Judged]:
    """The windows that may support a claim, with their verdicts; the arguments are those of `verify`."""
    windows = windows_for(claim, sources, statistics, vectors)
    if same := [_Judged(window, 1.0, "supported") for window in windows if _repeats(claim, window)]:
        return same
    models = support_models()
    model = models.judged if judge else models.plain
    features = features_of(claim, windows, statistics, vectors, judge)
    judged = []
    for window, one, chance in zip(windows, features, model.chances(features), strict=True):
        verdict: Verdict = "unsupported"
        if chance >= model.limit and not one.has_any(VETOES) and not leads_elsewhere(claim, window):
            verdict = "supported"
        elif model.contradicts(one):
            verdict = "contradicted"
        judged.append(_Judged(window, float(chance), verdict))
    return judged


def _repeats(claim: Claim, window: Window) -> bool:
    return window.text == claim.text and not (claim.fragment and len(words(claim.text)) < _SENTENCE)
