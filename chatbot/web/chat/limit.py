"""Questions about one document: the chip above the field, and the note at a question that was limited so."""

from collections.abc import Iterable
from uuid import UUID

from chatbot.domain import Person
from chatbot.web.services import ChatServices
from chatbot.web.shell.html import escape
from config.errors import FundstelleError
from config.messages import Language, message


def names_of(wanted: Iterable[UUID], person: Person, services: ChatServices) -> dict[UUID, str]:
    """The names of documents, as far as the person may see them now; nothing where the index cannot be read.

    Args:
        wanted: their ids.
        person: whose clearance counts.
        services: with the index.
    """
    if not (ids := set(wanted)):
        return {}
    try:
        generation = services.index.generation().name
        shown = services.index.shown.all(generation, person.clearance)
    except FundstelleError:  # then a question names none
        return {}
    return {one.id: one.title or one.name for one in shown if one.id in ids}


def limit_chip(name: str, language: Language) -> str:
    """HTML of the chip, with a way to take it away."""
    everywhere = escape(message("chat.everywhere", language))
    return (
        f'<p class="limit"><span>{escape(message("chat.limited", language, document=name))}</span>'
        f'<button type="button" data-act="everywhere" title="{everywhere}" aria-label="{everywhere}">✕</button></p>'
    )


def limit_note(name: str, language: Language) -> str:
    """HTML of the note at a question; without a name the document may not be seen any more."""
    if name:
        return f'<p class="limited">{escape(message("chat.limited", language, document=name))}</p>'
    return f'<p class="limited">{escape(message("chat.limited_to_one", language))}</p>'
