"""Sentences and rows of passages with all that does not depend on the question."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy
from numpy.typing import NDArray

from chatbot.answering.fact_spans import fact_spans
from chatbot.answering.form_fields import Field, InForm, in_forms
from ingest.documents import Passage
from ingest.index.passages import in_context
from ingest.text.words import stems

if TYPE_CHECKING:
    from ingest.embedding.sentence_vectors import SentenceVectors


class Fact(NamedTuple):
    """A sentence or row of a passage; its span is relative to the passage.

    Attributes:
        source: which passage of a list it is in, from 0.
        context: the text behind title and headings, as it is embedded.
        is_row: of a table.
        form: what it says as a field of a form, with the others of that; None for all else.
    """

    source: int
    passage: Passage
    start: int
    end: int
    text: str
    context: str
    is_row: bool
    form: InForm | None = None

    @property
    def beside(self) -> tuple[Field, ...]:
        """The other fields of its form."""
        return self.form.beside if self.form else ()

    def in_form(self, asked: frozenset[str]) -> str:
        """The context, with the other fields of its form whose values a question names: "Device: drill; Result: good".

        Args:
            asked: stems of the question.
        """
        naming = [f"{field.name}: {field.value}; " for field in self.beside if asked & self._stems(field.value)]
        return f"{self.context.removesuffix(self.text)}{''.join(naming)}{self.text}"

    def says_no_more(self, asked: frozenset[str]) -> bool:
        """Whether it is a field of a form that a question names by its value, so that another field must answer it.

        Args:
            asked: stems of the question.
        """
        known = self._stems(self.form.field.value) if self.form else frozenset[str]()
        if not self.form or not self.beside or not known:
            return False
        is_named = bool(asked & self._stems(self.form.field.name))
        return known <= asked or (2 * len(known & asked) >= len(known) and not is_named)

    def _stems(self, text: str) -> frozenset[str]:
        return frozenset(stems(text, self.passage.language))


class Facts(NamedTuple):
    """Facts, and their vectors as rows."""

    facts: Sequence[Fact]
    rows: NDArray[numpy.float32]


def facts_of(passages: Iterable[Passage], vectors: "SentenceVectors") -> Facts:
    """All sentences and rows of some passages but those that speak to a language model.

    Args:
        passages: in the order in which facts count them.
        vectors: embeds sentences, remembering them.
    """
    found = [fact for number, passage in enumerate(passages) for fact in _facts(number, passage)]
    return Facts(found, vectors.passages([fact.context for fact in found]))


def _facts(source: int, passage: Passage) -> Iterator[Fact]:
    forms = in_forms(passage)
    for start, end in fact_spans(passage):
        cells = passage.table_cells(passage.start + start, passage.start + end)
        yield Fact(
            source=source,
            passage=passage,
            start=start,
            end=end,
            text=passage.text[start:end],
            context=in_context(passage, start, end),
            is_row=bool(cells),
            form=forms.get(cells[0]) if cells else None,
        )
