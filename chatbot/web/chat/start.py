"""What the page shows before the first question: what can be asked, of how many documents, as of when."""

from datetime import datetime
from typing import TYPE_CHECKING

from chatbot.rendering.labels import local_clock
from chatbot.web.chat.choices import example_questions
from chatbot.web.chat.render import example_button
from chatbot.web.shell.html import escape
from config.errors import FundstelleError
from config.messages import Language, message

if TYPE_CHECKING:
    from chatbot.domain import Person
    from chatbot.web.services import ChatServices

_RUNS = 200  # of the history


def start(services: "ChatServices", person: "Person", language: Language) -> str:
    """HTML of the empty conversation, with nothing in it but what the person may see.

    Args:
        services: with policy and index.
        person: who opens the page.
        language: of the reader.
    """
    cards = "".join(map(example_button, example_questions(services, person)))
    heading = escape(message("chat.start", language))
    shown = f'<div class="examples">{cards}</div>' if cards else ""
    return f'<div class="start"><h2>{heading}</h2><p>{escape(_reach(services, person, language))}</p>{shown}</div>'


def _reach(services: "ChatServices", person: "Person", language: Language) -> str:
    """How many documents this person's questions reach, and when they were last looked through."""
    index = services.index
    try:
        generation = index.generation().name
    except FundstelleError as error:
        return message("chat.no_documents", language) if error.key == "index.nothing" else message(
            "settings.faulty", language
        )  # fmt: skip
    mine = index.shown.counted(generation, person.clearance)
    count = sum(mine.values())
    if not count:
        return message("chat.no_documents", language)
    ended = [run.ended for run in index.history.runs(limit=_RUNS) if run.ended and run.collection in mine]
    latest: datetime | None = max(ended, default=None)
    if latest is None:
        return message("chat.documents", language, count=count)
    return message("chat.documents_as_of", language, count=count, at=local_clock(latest, language))
