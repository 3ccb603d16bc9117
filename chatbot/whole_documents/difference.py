"""How two documents differ: what both say of the same thing side by side, where it is not the same.

What is said of the same thing is found by words: each unit of one document and the unit of the other that has most of
its words, if that holds the other way round, too.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chatbot.domain import Computation, Source, Statement
from chatbot.whole_documents.told import Told, Unit, cite, sources_of, units_of
from config.errors import AnswerDoubtful
from ingest.documents import Passage
from ingest.text.words import all_stems, words

_MOST = 8  # differences shown
_ALIKE = 0.4  # share of the words of both that both have, from which they may be about the same
_WORDS = 3
_COMPARABLE = 0.2  # share of the shorter document that both have to speak of


class Side(NamedTuple):
    """One of two documents."""

    title: str
    passages: Sequence[Passage]


def difference(one: Side, other: Side) -> Told | None:
    """What both documents say of the same thing, where they differ; None where nothing is comparable.

    Args:
        one: of the documents, with its passages in order.
        other: the same.
    """
    here, there = (list(filter(_says_something, units_of(side.passages))) for side in (one, other))
    pairs = list(_pairs(here, there))
    differing = [(a, b) for a, b in pairs if words(a.text) != words(b.text)]
    if not differing or len(pairs) < _COMPARABLE * min(len(here), len(there)):
        return None
    shown = differing[:_MOST]
    sources = sources_of(unit for pair in shown for unit in pair)
    statements = tuple(_side_by_side(one.title, other.title, a, b, sources) for a, b in shown)
    alone = len(here) + len(there) - 2 * len(pairs)
    notice = AnswerDoubtful(
        "answer.difference", one=one.title, other=other.title, shown=len(shown), of=len(differing),
        same=len(pairs) - len(differing), alone=alone,
    )  # fmt: skip
    return Told(statements, sources, notice)


def _says_something(unit: Unit) -> bool:
    return len(words(unit.text)) >= _WORDS and not unit.is_heading


def _side_by_side(one: str, other: str, a: Unit, b: Unit, sources: Sequence[Source]) -> Statement:
    return Statement(
        text=f"{one}: {_line(a)} — {other}: {_line(b)}",
        verdict="computed",
        citations=(cite(a, sources), cite(b, sources)),
        computation=Computation(operation="beside", result="2"),
    )


def _line(unit: Unit) -> str:
    return " ".join(unit.text.split())


def _pairs(here: Sequence[Unit], there: Sequence[Unit]) -> Iterator[tuple[Unit, Unit]]:
    """Units that are about the same: each the other's nearest."""
    alike = [[_alike(a, b) for b in there] for a in here]
    if not here or not there:
        return
    for row, unit in enumerate(here):
        column = max(range(len(there)), key=alike[row].__getitem__)
        back = max(range(len(here)), key=lambda at: alike[at][column])
        if back == row and alike[row][column] >= _ALIKE:
            yield unit, there[column]


def _alike(one: Unit, other: Unit) -> float:
    if one.is_row != other.is_row:
        return 0.0
    a, b = _stems(one), _stems(other)
    return len(a & b) / len(a | b) if a | b else 0.0


def _stems(unit: Unit) -> frozenset[str]:
    """The stems of the words of a unit, without its numbers: these are what differs."""
    return frozenset(stem for stem in all_stems(unit.text) if not stem[:1].isdigit())
