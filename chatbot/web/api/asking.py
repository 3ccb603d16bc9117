"""A question of a program: checked, counted, and answered as one on the page is."""

from collections.abc import Generator, Sequence
from datetime import date
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from chatbot.answering.pipeline import answer
from chatbot.answering.question import check_question
from chatbot.domain import Answer, Event, Finished, Turn
from chatbot.identity.callers import Caller
from chatbot.records.schema import Door
from chatbot.web.services import ApiServices
from chatbot.web.shell.forms import PLAIN
from config.errors import EngineFailed
from ingest.index.filters import Filters

_LONGEST, _LONGEST_NAME = 20_000, 200  # characters; the settings allow less of a question
MOST_TURNS = 10
Words = Annotated[str, StringConstraints(max_length=_LONGEST, pattern=PLAIN)]
Name = Annotated[str, StringConstraints(max_length=_LONGEST_NAME, pattern=PLAIN)]


class TurnBody(BaseModel):
    """An earlier question with its answer."""

    model_config = ConfigDict(extra="forbid")

    question: Words = Field(description="as it was understood")
    answer: Words = Field(description="its text")
    record: Annotated[str, StringConstraints(max_length=36, pattern="^[0-9a-f-]*$")] = Field(
        "", description="id of that answer"
    )


class QuestionBody(BaseModel):
    """What is asked."""

    model_config = ConfigDict(extra="forbid")

    question: Words
    history: list[TurnBody] = Field(default_factory=list, max_length=MOST_TURNS, description="oldest first")
    collections: list[Name] = Field(default_factory=list, max_length=50, description="search these alone")
    types: list[Name] = Field(default_factory=list, max_length=50, description="only documents of these types")
    departments: list[Name] = Field(default_factory=list, max_length=50, description="only of these departments")
    valid_on: date | None = Field(None, description="only documents that count on this day")
    stream: bool = Field(False, description="answer by server-sent events")

    @property
    def filters(self) -> Filters:
        """What the search is narrowed to."""
        return Filters(
            collections=tuple(self.collections),
            types=tuple(self.types),
            departments=tuple(self.departments),
            valid_on=self.valid_on,
        )

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The conversation before."""
        return tuple(Turn(question=t.question, answer=t.answer, record=t.record) for t in self.history)


class Asking(NamedTuple):
    """A question with all that it needs.

    Attributes:
        history: earlier turns, oldest first.
        door: by which it came in.
    """

    question: str
    caller: Caller
    door: Door
    history: Sequence[Turn] = ()
    filters: Filters = Filters()


def events_of(asking: Asking, services: ApiServices) -> Generator[Event, None, None]:
    """The events of an answer, which leaves a record as every question does.

    Raises:
        QuestionRejected: empty or too long, or the caller asks too much.
        AccessRefused: the token was revoked a moment ago.
        IndexUnavailable: the index cannot be searched.
    """
    answering = services.chat.answering()
    check_question(asking.question, answering.settings)  # what is none does not count
    services.callers.spend(asking.caller)
    person = services.callers.person(asking.caller)
    yield from answer(asking.question, asking.history, person, answering, asking.filters, door=asking.door)


def answer_of(asking: Asking, services: ApiServices) -> Answer:
    """The whole answer at once; errors are those of `events_of`."""
    for event in events_of(asking, services):
        if isinstance(event, Finished):
            return event.answer
    raise EngineFailed("page.unexpected")
