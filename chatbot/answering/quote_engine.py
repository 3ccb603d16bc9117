"""Quote mode: no model, the best sentences verbatim. The floor the product never falls below."""

from collections.abc import Iterator, Sequence

from chatbot.answering.question import joined
from chatbot.domain import Call, EngineName, Turn
from chatbot.llm.engine import Task
from chatbot.llm.output_schema import as_json
from config.messages import Language


class QuoteEngine:
    """Answers with sentences of the sources."""

    name: EngineName = "quote"
    model = ""
    digest = ""

    def prepare(self) -> None:
        """Always ready."""

    def warm_up(self) -> None:
        """Nothing to load."""

    def reads(self, seconds: float) -> int:
        """It reads no prompt."""
        return 0

    def draft(self, task: Task) -> Iterator[str]:
        yield as_json([(sentence.text, sentence.source) for sentence in task.sentences])

    def rewrite(self, question: str, history: Sequence[Turn], language: Language, calls: list[Call]) -> str:
        """The question before and this one: retrieval finds what both are about."""
        return joined(history[-1].question, question) if history else question
