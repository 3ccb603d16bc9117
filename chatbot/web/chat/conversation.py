"""One question while it is answered: events of the answer in, what the page shows of it now out."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chatbot.domain import Answer, Drafted, Event, Finished, Judged, Noticed, Retrieved, Source, Statement, Understood
from chatbot.web.chat import render
from chatbot.web.chat.cards import source_cards, statement_cards
from chatbot.web.chat.reading_order import answer_in_reading_order, in_reading_order
from chatbot.web.shell.html import escape, notice_block
from config.messages import Language, message


class Exchange(NamedTuple):
    """A question with what the page shows of its answer.

    Attributes:
        answer: HTML of what there is of it.
        sources: HTML of the cards.
        progress: what is being done; empty at the end.
        taken: False where the question was not accepted, and is the person's to change.
        record: of the question, once it is known.
    """

    question: str
    answer: str = ""
    sources: str = ""
    progress: str = ""
    taken: bool = True
    record: str = ""

    def html(self, identity: str) -> str:
        """The exchange as one block of the page.

        Args:
            identity: by which the page tells one exchange from the next.
        """
        state = "working" if self.progress else "ended"
        doing = f'<p class="progress">{escape(self.progress)}</p>' if self.progress else ""
        question = render.question_block(self.question)
        return (
            f'<div class="turn {state}" id="{identity}">{question}<div class="answer">{self.answer}</div>{doing}</div>'
        )


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
    drafts: dict[int, str] = {}
    judged: dict[int, Statement] = {}
    sources: tuple[Source, ...] = ()
    anchor = cards = record = ""
    for event in events:
        match event:
            case Understood():
                head.append(render.understood_block(event.standalone_question, language))
            case Retrieved():
                record, sources = event.record, event.sources
                anchor = f"s{record[:8]}"
                cards = source_cards(sources, (), anchor, language)
            case Noticed():
                head.append(notice_block(event.text))
                drafts.clear()
                judged.clear()
            case Drafted():
                drafts[event.index] = event.text
            case Judged():
                judged[event.index] = event.statement
                cards = _cards(list(judged.values()), sources, anchor, language)
            case Finished():
                given = answer_in_reading_order(event.answer)
                anchor = anchor or f"s{given.record[:8]}"
                yield Exchange(question, _finished(given, head, anchor, language), cards, record=given.record)
                return
        blocks = _blocks(drafts, judged, sources, anchor, language)
        doing = _progress(sources, drafts, judged, language)
        yield Exchange(question, "".join([*head, *blocks]), cards, doing, record=record)


def _finished(given: Answer, head: Sequence[str], anchor: str, language: Language) -> str:
    kept = [block for block in head if 'class="notice"' not in block]  # the answer repeats them
    return "".join([*kept, render.answer_blocks(given, anchor, language)])


def _blocks(
    drafts: dict[int, str], judged: dict[int, Statement], sources: Sequence[Source], anchor: str, language: Language
) -> Iterator[str]:
    order = sorted(judged)
    read = in_reading_order([judged[index] for index in order], sources)
    ready = dict(zip(order, read.statements, strict=True))
    for index in sorted({*drafts, *judged}):
        if index in ready:
            yield render.statement_block(ready[index], read.sources, anchor, language)
        else:
            yield render.draft_block(drafts[index])


def _cards(judged: Sequence[Statement], sources: Sequence[Source], anchor: str, language: Language) -> str:
    read = in_reading_order(judged, sources)
    return statement_cards(read.statements, read.sources, anchor, language)


def _progress(
    sources: Sequence[Source], drafts: dict[int, str], judged: dict[int, Statement], language: Language
) -> str:
    """What is being done, in one line."""
    if not sources:
        return message("chat.searching", language)
    documents = len({(source.passage.collection, source.passage.document) for source in sources})
    passages = message(f"chat.passages.{_one_or_many(len(sources))}", language, count=len(sources))
    said = [message(f"chat.found.{_one_or_many(documents)}", language, passages=passages, count=documents)]
    written = len({*drafts, *judged})
    said.append(message("chat.writing", language))
    if written:
        said.append(message("chat.checking", language, count=len(judged), of=written))
    return " · ".join(said)


def _one_or_many(count: int) -> str:
    return "one" if count == 1 else "many"
