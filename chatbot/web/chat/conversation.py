"""One question in the page: events of the answer in, updates of the chat and the source panel out."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from chatbot.domain import (
    Answer,
    Citation,
    Drafted,
    Event,
    Finished,
    Judged,
    Noticed,
    Person,
    Retrieved,
    Source,
    Turn,
    Understood,
)
from chatbot.web.chat import render
from chatbot.web.shell.html import escape, notice_block
from config.messages import Language


class Exchange(NamedTuple):
    """A question with what the page shows of its answer."""

    question: str
    answer: str = ""  # HTML of the statements
    sources: str = ""  # HTML of the cards
    turn: Turn | None = None  # what a follow-up can lean on, once the answer is complete
    person: Person | None = None  # who asked, and what that person could see then

    def is_for(self, person: Person) -> bool:
        """Whether a person may still see it: the same person, who has lost no access since."""
        if self.person is None:
            return False
        return self.person.name == person.name and self.person.clearance.is_within(person.clearance)


def show(events: Iterator[Event], question: str, language: Language) -> Iterator[Exchange]:
    """Render an answer while it arrives.

    Args:
        events: of `answer`.
        question: as typed.
        language: of the reader.

    Yields:
        The exchange as the page should show it now.
    """
    head: list[str] = []
    statements: dict[int, str] = {}
    citations: list[Citation] = []
    sources: tuple[Source, ...] = ()
    anchor = cards = tail = ""
    turn: Turn | None = None
    for event in events:
        match event:
            case Understood():
                head.append(render.understood_block(event.standalone_question, language))
            case Retrieved():
                anchor, sources = f"s{event.record[:8]}", event.sources
                cards = render.source_cards(sources, (), anchor, language)
            case Noticed():
                head.append(notice_block(event.text))
                statements.clear()
                citations.clear()
            case Drafted():
                statements[event.index] = render.draft_block(event.text)
            case Judged():
                statements[event.index] = render.statement_block(event.statement, sources, anchor, language)
                citations += event.statement.citations
                cards = render.source_cards(sources, citations, anchor, language)
            case Finished():
                given = event.answer
                statements = dict(
                    enumerate(render.statement_block(s, given.sources, anchor, language) for s in given.statements)
                )
                head = [block for block in head if 'class="notice"' not in block]  # the outcome repeats them
                tail = render.refusal_block(given, anchor, language) + render.outcome_block(given, language)
                shown = [citation for s in given.statements for citation in (*s.citations, *s.conflicts)]
                shown += given.refusal.closest if given.refusal else ()
                cards = render.source_cards(given.sources, shown, anchor, language)
                turn = None if given.reply else turn_of(given)
        yield Exchange(question, "\n\n".join([*head, *statements.values(), tail]).strip(), cards, turn)


def turn_of(answer: Answer) -> Turn:
    """What a later question of the conversation may refer to."""
    return Turn(
        question=answer.standalone_question, answer=" ".join(s.text for s in answer.statements), record=answer.record
    )


def chat_messages(exchanges: list[Exchange]) -> list[dict[str, Any]]:
    """The conversation as Gradio's chat component takes it."""
    messages: list[dict[str, Any]] = []
    for exchange in exchanges:
        messages.append({"role": "user", "content": render.question_block(exchange.question)})
        if exchange.answer:
            messages.append({"role": "assistant", "content": exchange.answer})
    return messages


def panel(exchanges: list[Exchange]) -> str:
    """The source cards, those of the newest question on top."""
    shown = [exchange for exchange in reversed(exchanges) if exchange.sources]
    return "\n\n".join(f'<h3 class="turn">{escape(exchange.question)}</h3>\n\n{exchange.sources}' for exchange in shown)
