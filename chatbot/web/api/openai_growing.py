"""What can be said of an answer before it is finished: only statements that are sure to be in it."""

from chatbot.domain import Answer, Event, Judged, Noticed, Retrieved, Source
from chatbot.web.api.answer_json import LinkOf
from chatbot.web.api.openai_text import Text, statement_text, text_of
from config.messages import Language


class Growing:
    """The text of an answer while it grows; nothing that was said is ever taken back.

    A statement that does not hold is kept back until one that holds is beside it: until then an engine that takes over
    would throw it away.

    Args:
        language: of the answer.
        link: gives the address of a span.
    """

    def __init__(self, language: Language, link: LinkOf) -> None:
        self._language, self._link = language, link
        self._sources: tuple[Source, ...] = ()
        self._held: list[str] = []
        self._said = ""

    def take(self, event: Event) -> str:
        """What an event adds to the text."""
        match event:
            case Retrieved():
                self._sources = event.sources
            case Noticed() if not self._said:
                self._held.clear()
            case Judged():
                self._held.append(statement_text(event.statement, self._sources, self._language))
                if event.statement.holds or self._said:
                    return self._say()
        return ""

    def finish(self, answer: Answer) -> tuple[Text, str]:
        """The whole text, and what it adds to what was said."""
        whole = text_of(answer, self._link)
        if whole.content.startswith(self._said):
            return whole, whole.content[len(self._said) :]
        return whole, f"\n\n{whole.content}"

    def _say(self) -> str:
        new = "\n\n".join(self._held)
        new = f"\n\n{new}" if self._said else new
        self._held.clear()
        self._said += new
        return new
