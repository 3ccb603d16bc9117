"""What the page proposes to a person: values to narrow a search to, and questions; only of what the person may see."""

from typing import TYPE_CHECKING

from config.errors import FundstelleError
from config.messages import Language, message

if TYPE_CHECKING:
    from chatbot.domain import Person
    from chatbot.web.services import ChatServices

MOST_EXAMPLES = 4
Choices = list[tuple[str, str]]  # label and value


def narrowing_choices(
    services: "ChatServices", person: "Person", language: Language
) -> tuple[Choices, Choices, Choices]:
    """Collections, types and departments to choose from; none while nothing is indexed."""
    try:
        store = services.index.open_store(services.index.generation().name)
        values = store.values(person.clearance)
    except FundstelleError:  # the first question says what is wrong
        return [], [], []
    types = [(message(f"type.{name}", language), name) for name in values["about.type.value"]]
    collections, departments = ([(v, v) for v in values[key]] for key in ("collection", "about.department.value"))
    return collections, sorted(types), departments


def example_questions(services: "ChatServices", person: "Person") -> list[str]:
    """Questions to begin with: those of the collections that the person may ask."""
    return list(services.people.policy.current().examples_for(person.clearance))[:MOST_EXAMPLES]
