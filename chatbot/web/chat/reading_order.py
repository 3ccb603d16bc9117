"""Sources numbered in the order in which a reader meets them, whatever place the search gave them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from chatbot.domain import Answer, Citation, Refusal, Source, Statement


class Read(NamedTuple):
    """Statements with their sources, the first one cited being the first."""

    statements: tuple[Statement, ...]
    sources: tuple[Source, ...]
    closest: tuple[Citation, ...] = ()


def in_reading_order(
    statements: Sequence[Statement], sources: Sequence[Source], closest: Sequence[Citation] = ()
) -> Read:
    """The same under new numbers: those of cited sources first, by the order of the statements.

    Args:
        statements: judged so far.
        sources: that were shown.
        closest: passages of a refusal.
    """
    met = (c.source for s in statements for c in (*s.citations, *s.conflicts))
    order = dict.fromkeys([*met, *(c.source for c in closest), *(source.number for source in sources)])
    numbers = {old: new for new, old in enumerate(order, start=1)}

    def renumbered(citations: Iterable[Citation]) -> tuple[Citation, ...]:
        return tuple(c.model_copy(update={"source": numbers[c.source]}) for c in citations)

    read = (
        s.model_copy(update={"citations": renumbered(s.citations), "conflicts": renumbered(s.conflicts)})
        for s in statements
    )
    moved = (source.model_copy(update={"number": numbers[source.number]}) for source in sources)
    return Read(tuple(read), tuple(sorted(moved, key=lambda source: source.number)), renumbered(closest))


def answer_in_reading_order(answer: Answer) -> Answer:
    """An answer with its sources, statements and nearest passages under new numbers."""
    read = in_reading_order(answer.statements, answer.sources, answer.refusal.closest if answer.refusal else ())
    refusal: Refusal | None = answer.refusal and answer.refusal.model_copy(update={"closest": read.closest})
    return answer.model_copy(update={"statements": read.statements, "sources": read.sources, "refusal": refusal})
