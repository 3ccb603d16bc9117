"""A judge without weights, for tests of what is done with what a judge says.

A fact answers a question, or says a statement to a question, as far as it has the words of it. It knows no meaning,
and says nothing about how good answers are.
"""

from collections.abc import Sequence

from ingest.text.words import LANGUAGES, stems

_MOST = 6.0  # as a logit, either way


class WordsJudge:
    """Counts shared stems."""

    def answers(self, question: str, facts: Sequence[str]) -> list[float]:
        return [_logit(question, fact) for fact in facts]

    def says(self, question: str, statement: str, facts: Sequence[str]) -> list[float]:
        return [_logit(f"{question} {statement}", fact) for fact in facts]


def _logit(text: str, fact: str) -> float:
    said, there = _stems(text), _stems(fact)
    share = len(said & there) / len(said) if said else 0.0
    return _MOST * (2 * share - 1)


def _stems(text: str) -> set[str]:
    return {stem for language in LANGUAGES for stem in stems(text, language)}
