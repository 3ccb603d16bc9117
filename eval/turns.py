"""Conversations of several turns: is a follow-up answered as the complete question would be?

`python -m eval.turns [--all]` asks those of `eval/conversations` that are for testing alone, or all.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from rich.console import Console
from rich.table import Table

from chatbot.answering.context import AnswerServices
from chatbot.answering.pipeline import answer
from chatbot.domain import Answer, Finished, Person, Turn
from chatbot.records.conversations import turn_of
from config import environment
from config.settings import Settings, load_settings
from eval import metrics
from eval.corpus import prepared
from eval.lines import read_lines
from eval.questions import QuestionSet
from eval.report import Measure
from ingest.documents import Frozen

FOLDER = Path(__file__).with_name("conversations")
LOOKED_AT = ("hotel_group", "machine_tools", "bakery_chain")
ONLY_TESTED = ("pharma_wholesaler", "energy_utility", "insurance_broker")
_DOCUMENTS = Path(__file__).with_name("fitting")
Came = Literal["right", "wrong", "refused", "reply"]


class AskedTurn(Frozen):
    """One turn of a conversation; see `eval/conversations/README.md`."""

    question: str
    kind: str
    standalone: str = ""
    document: str = ""
    answer: tuple[str, ...] = ()
    unanswerable: bool = False


class Conversation(Frozen):
    """Turns that follow each other."""

    name: str
    turns: tuple[AskedTurn, ...]


class Compared(NamedTuple):
    """A follow-up: what came of it, and of its complete question."""

    turn: AskedTurn
    came: Came
    complete: Came


def load_conversations(path: Path) -> list[Conversation]:
    """Read conversations.

    Args:
        path: JSONL with the fields of `Conversation`.

    Raises:
        SettingsError: not there, or not in that form.
    """
    return read_lines(path, Conversation)


def compare(settings: Settings, names: Sequence[str], console: Console) -> list[Compared]:
    """Every follow-up that asks something, asked in its conversation and as its complete question.

    Args:
        settings: of the product.
        names: of the organisations.
        console: shows progress.
    """
    found: list[Compared] = []
    for name in names:
        chosen = QuestionSet(name=name, questions=(), folder=_DOCUMENTS / name / "documents")
        with prepared(settings, chosen, console) as services:
            answering, person = services.answering(), services.people.local_person()
            for conversation in load_conversations(FOLDER / f"{name}.jsonl"):
                found += _compared(conversation, answering, person)
    return found


def _compared(conversation: Conversation, services: AnswerServices, person: Person) -> Iterator[Compared]:
    history: list[Turn] = []
    for number, turn in enumerate(conversation.turns):
        given = _asked(turn.question, history, services, person)
        if number and turn.standalone and turn.kind != "chitchat":
            complete = _asked(turn.standalone, (), services, person)
            yield Compared(turn, what_came(turn, given), what_came(turn, complete))
        if not given.reply:
            history.append(turn_of(given))


def _asked(question: str, history: Sequence[Turn], services: AnswerServices, person: Person) -> Answer:
    *_, last = answer(question, history, person, services)
    assert isinstance(last, Finished)
    return last.answer


def what_came(turn: AskedTurn, given: Answer) -> Came:
    """Whether an answer, or what it cites, says what is right.

    Args:
        turn: with the right answers.
        given: the answer.
    """
    if given.reply:
        return "reply"
    if not given.answerable:
        return "refused"
    said = [text for s in given.statements for text in (s.text, *(citation.quote for citation in s.citations))]
    right = not turn.unanswerable and metrics.says_whole_answer(" ".join(said), turn.answer)
    return "right" if right else "wrong"


def measures(compared: Sequence[Compared]) -> list[Measure]:
    """Shares, with intervals, of all follow-ups and of each kind."""
    answered = [one for one in compared if one.complete == "right"]
    kinds = defaultdict(list)
    for one in answered:
        kinds[one.turn.kind].append(float(one.came == "right"))
    return [
        metrics.measured("right, where the complete question is", [float(one.came == "right") for one in answered]),
        metrics.measured("wrong but cited", [float(one.came == "wrong") for one in compared], better="lower"),
        metrics.measured(
            "wrong but cited, complete question", [float(one.complete == "wrong") for one in compared], better="lower"
        ),
        *(metrics.measured(f"{kind}: right", values) for kind, values in sorted(kinds.items())),
    ]


def main() -> None:
    """Ask and print."""
    environment.prepare()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true")
    names = (*LOOKED_AT, *ONLY_TESTED) if parser.parse_args().all else ONLY_TESTED
    console = Console()
    settings = load_settings(answer={"engine": "quote"})
    table = Table("", "", "95 %", "n")
    for measure in measures(compare(settings, names, console)):
        table.add_row(measure.name, f"{measure.value:.2f}", f"{measure.low:.2f}–{measure.high:.2f}", str(measure.count))
    console.print(table)


if __name__ == "__main__":
    main()
