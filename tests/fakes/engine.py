"""An engine that says what a test has written down, for faults and answers that a healthy engine does not produce.

Stands for an engine with a language model: it answers in pieces, notes each call of its model as the real ones do, and
can fail before the first piece or behind the last one. It reads neither prompt nor sources, counts no tokens, and keeps
to the schema of answers only where its script does.
"""

from collections.abc import Iterator, Sequence

from chatbot.domain import Call, EngineName, Purpose, Turn
from chatbot.llm.engine import Task
from config.errors import EngineFailed
from config.messages import Language


class ScriptedEngine:
    """Answers every task with the same pieces.

    Args:
        pieces: of the answer's JSON, in order.
        prepare: raised instead of getting ready.
        fails: whether it stops behind the last piece, and does not rewrite.
        failure: how it does; without it its server cannot be reached.
        model: its model's name.

    Attributes:
        tasks: that it was asked to answer.
        speed: tokens a second that it reads; 0 as if never measured.
    """

    name: EngineName = "ollama"
    digest = "5c" * 32

    def __init__(
        self,
        pieces: Sequence[str] = (),
        prepare: Exception | None = None,
        fails: bool = True,
        failure: Exception | None = None,
        model: str = "scripted",
    ) -> None:
        self._pieces, self._prepare, self._fails, self.model = pieces, prepare, fails, model
        self._failure = failure or EngineFailed("ollama.unreachable", url="http://x")
        self.tasks: list[Task] = []
        self.speed = 0

    def prepare(self) -> None:
        if self._prepare:
            raise self._prepare

    def warm_up(self) -> None:
        """Nothing to load."""

    def reads(self, seconds: float) -> int:
        return int(self.speed * seconds)

    def draft(self, task: Task) -> Iterator[str]:
        self.tasks.append(task)
        call = self._called("answer", task.question, task.calls)
        for piece in self._pieces:
            call.output += piece
            yield piece
        self._fail()

    def rewrite(self, question: str, history: Sequence[Turn], language: Language, calls: list[Call]) -> str:
        call = self._called("rewrite", question, calls)
        self._fail()
        call.output = "Wie viele Urlaubstage gibt es im zweiten Jahr?"
        return call.output

    def _called(self, purpose: Purpose, question: str, calls: list[Call]) -> Call:
        calls.append(Call(purpose=purpose, messages=(("user", question),), model=self.model))
        return calls[-1]

    def _fail(self) -> None:
        if self._fails:
            raise self._failure


def in_pieces(text: str, size: int = 9) -> list[str]:
    """A text as a model writes it, a few characters at a time."""
    return [text[start : start + size] for start in range(0, len(text), size)]
