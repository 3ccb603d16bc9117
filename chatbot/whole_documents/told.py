"""What is told of documents as wholes: statements in the documents' own words, and the passages that they stand in."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from chatbot.domain import Citation, Source, Statement
from chatbot.verification.passage_sentences import passage_sentences
from chatbot.verification.windows import citation
from config.errors import AnswerDoubtful
from ingest.documents import Passage

SECTIONS = " › "  # between headings of a path


class Told(NamedTuple):
    """An answer that no engine writes.

    Attributes:
        statements: in order.
        sources: that they cite.
        notice: what the reader has to know of it; None for nothing.
    """

    statements: tuple[Statement, ...]
    sources: tuple[Source, ...]
    notice: AnswerDoubtful | None = None


class Unit(NamedTuple):
    """A sentence, a row or an item of a passage; the span is relative to the passage."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]

    @property
    def section(self) -> str:
        """Path of headings that it stands below."""
        return self.passage.place_at(self.passage.start + self.start).section

    @property
    def is_heading(self) -> bool:
        """Whether it is the document's title, or one of the headings that it stands below."""
        said = " ".join(self.text.split())
        return said == self.passage.title or said in self.section.split(SECTIONS)

    @property
    def is_row(self) -> bool:
        """Whether it is a table's row."""
        at = self.passage.start
        return bool(self.passage.table_cells(at + self.start, at + self.end))


def units_of(passages: Sequence[Passage]) -> list[Unit]:
    """The sentences, rows and items of a version, each once though passages overlap.

    Args:
        passages: of the version, in order.
    """
    found: list[Unit] = []
    last = -1
    for passage in passages:
        for start, end in passage_sentences(passage):
            if passage.start + start >= last:
                found.append(Unit(passage, start, end))
                last = passage.start + end
    return found


def sources_of(units: Iterable[Unit]) -> tuple[Source, ...]:
    """The passages of units as sources, numbered in order."""
    passages = {unit.passage.id: unit.passage for unit in units}
    return tuple(
        Source(number=number, passage=passage, score=0.0, passages=(str(passage.id),))
        for number, passage in enumerate(passages.values(), 1)
    )


def cite(unit: Unit, sources: Sequence[Source]) -> Citation:
    """A unit as the citation of its source."""
    source = next(source for source in sources if source.passage.id == unit.passage.id)
    return citation(source, unit.start, unit.end)


def quoted(units: Sequence[Unit]) -> tuple[tuple[Statement, ...], tuple[Source, ...]]:
    """Units as quotations of their sources."""
    sources = sources_of(units)
    statements = tuple(
        Statement(text=unit.text, verdict="quoted", citations=(cite(unit, sources),), quoted=True) for unit in units
    )
    return statements, sources
