"""Which documents a list shows: all that a person may see, narrowed, searched, and counted."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from chatbot.retrieval.full_text import Found, with_words
from config.access import Clearance
from ingest.db.shown_documents import ShownDocument
from ingest.index.store import PassageStore

FACETS = ("collection", "type", "department")


class Narrowed(NamedTuple):
    """What a list is narrowed to; empty is everything."""

    words: str = ""
    collection: str = ""
    type: str = ""
    department: str = ""
    valid: bool = False


class Listing(NamedTuple):
    """A list with its counts.

    Attributes:
        found: all of it, in order.
        facets: how many documents each value would leave, by the facet's name.
        complete: whether every passage with the words was looked at.
    """

    found: tuple[Found, ...]
    facets: dict[str, tuple[tuple[str, int], ...]]
    complete: bool


def listing(
    documents: Sequence[ShownDocument], store: PassageStore, clearance: Clearance, wanted: Narrowed, today: date
) -> Listing:
    """The list that is wanted.

    Args:
        documents: all that the person may see.
        store: of the generation that they are in.
        clearance: of the person.
        wanted: what the list is narrowed to.
        today: by which validity is judged.
    """
    found, complete = with_words(documents, store, clearance, wanted.words)
    valid = [one for one in found if not wanted.valid or one.document.holds_on(today)]
    tests: dict[str, Callable[[Found], bool]] = {name: _has(name, getattr(wanted, name)) for name in FACETS}
    facets = {}
    for name in FACETS:
        others = [test for other, test in tests.items() if other != name]
        counted = Counter(getattr(one.document, name) for one in valid if all(test(one) for test in others))
        facets[name] = tuple(sorted((value, count) for value, count in counted.items() if value))
    shown = [one for one in valid if all(test(one) for test in tests.values())]
    shown.sort(key=lambda one: (-len(one.passages), _title(one.document), one.document.path))
    return Listing(tuple(shown), facets, complete)


def _has(name: str, value: str) -> Callable[[Found], bool]:
    return lambda one: not value or getattr(one.document, name) == value


def _title(document: ShownDocument) -> str:
    return (document.title or document.name).casefold()
