"""What happens on the way to an answer, noted as it happens, so that an interrupted answer leaves it, too."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Protocol

from chatbot.domain import Call, Check, EngineName, FoundPassage, Source, Statement

if TYPE_CHECKING:
    from llama_index.core.schema import NodeWithScore


class Caller(Protocol):
    """Whatever made a call of a language model: an engine."""

    name: EngineName

    @property
    def model(self) -> str:
        """The model's name."""

    @property
    def digest(self) -> str:
        """The model's digest."""


@dataclass
class Transcript:
    """Everything about a question that its answer does not show.

    Attributes:
        standalone: the question as it was understood.
        generation: of the index that was searched.
        found: passages that the search returned, best first for each part of the question.
        sources: that were shown.
        seen: numbers of the sources in the last prompt, in its order.
        calls: of language models.
        judged: statements as they were shown, whatever became of them.
        checks: by the verifying model.
    """

    standalone: str = ""
    generation: str = ""
    found: tuple[FoundPassage, ...] = ()
    sources: tuple[Source, ...] = ()
    seen: tuple[int, ...] = ()
    calls: list[Call] = field(default_factory=list)
    judged: list[Statement] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)

    def add_calls(self, engine: Caller, calls: Iterable[Call]) -> None:
        """Note calls of an engine's model, whether or not it came to its end."""
        for call in calls:
            call.engine, call.model, call.digest = engine.name, engine.model, engine.digest
            self.calls.append(call)

    @property
    def prompt_tokens(self) -> int:
        """Read by models that answered, by their own count."""
        return sum(call.prompt_tokens for call in self.calls if call.purpose == "answer")

    @property
    def answer_tokens(self) -> int:
        return sum(call.answer_tokens for call in self.calls if call.purpose == "answer")


def found_passages(searches: Sequence[tuple[str, Sequence["NodeWithScore"]]]) -> tuple[FoundPassage, ...]:
    """The passages of each search as they go into the record.

    Args:
        searches: each part of the question with its nodes, best first.
    """
    return tuple(_found(part, node) for part, (_, nodes) in enumerate(searches) for node in nodes)


def _found(part: int, found: "NodeWithScore") -> FoundPassage:
    node = found.node
    passage = node.passage  # type: ignore[attr-defined]
    return FoundPassage(
        part=part,
        passage=str(passage.id),
        collection=passage.collection,
        document=passage.document,
        version=passage.version,
        extraction_id=passage.extraction_id,
        page=passage.page,
        page_label=passage.page_label,
        section=passage.section,
        start=passage.start,
        end=passage.end,
        score=round(found.score or 0.0, 6),
        cosine=round(node.cosine, 6),  # type: ignore[attr-defined]
        bm25=round(node.bm25, 6),  # type: ignore[attr-defined]
        outdated=passage.is_outdated(date.today()),
    )
