"""What a search can be narrowed to: only values of documents that the person may see."""

from typing import TYPE_CHECKING

from config.errors import FundstelleError
from config.messages import Language, message

if TYPE_CHECKING:
    from chatbot.types import Person
    from chatbot.wiring import Product

Choices = list[tuple[str, str]]  # label and value


def narrowing_choices(built: "Product", person: "Person", language: Language) -> tuple[Choices, Choices, Choices]:
    """Collections, types and departments to choose from; none while nothing is indexed."""
    try:
        store = built.open_store(built.generation().name)
        values = store.values(person.clearance)
    except FundstelleError:  # the first question says what is wrong
        return [], [], []
    types = [(message(f"type.{name}", language), name) for name in values["about.type.value"]]
    collections, departments = ([(v, v) for v in values[key]] for key in ("collection", "about.department.value"))
    return collections, sorted(types), departments
