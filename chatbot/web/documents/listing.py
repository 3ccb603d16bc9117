"""Which documents a list shows: all that a person may see, narrowed, searched, and counted."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from config.access import Clearance
from ingest.db.shown_documents import ShownDocument
from ingest.index.sparse import term_index
from ingest.index.store import PassageStore
from ingest.text.languages import LANGUAGES
from ingest.text.words import stems

MOST = 20_000  # passages of one word that are looked at
FACETS = ("collection", "type", "department")
_MOST_WORDS = 12


class Narrowed(NamedTuple):
    """What a list is narrowed to; empty is everything."""

    words: str = ""
    collection: str = ""
    type: str = ""
    department: str = ""
    valid: bool = False


class Found(NamedTuple):
    """A document in the list.

    Attributes:
        document: as the registry has it.
        passages: ids of those that have a word that is searched for, the most telling first.
    """

    document: ShownDocument
    passages: tuple[str, ...] = ()


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
    found, complete = _with_words(documents, store, clearance, wanted.words)
    valid = [one for one in found if not wanted.valid or _is_valid(one.document, today)]
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


def _is_valid(document: ShownDocument, today: date) -> bool:
    day = today.isoformat()
    over = document.valid_until and document.valid_until < day
    early = document.valid_from and document.valid_from > day
    return not (document.newer or over or early)


def _title(document: ShownDocument) -> str:
    return (document.title or document.name).casefold()


def _with_words(
    documents: Sequence[ShownDocument], store: PassageStore, clearance: Clearance, words: str
) -> tuple[list[Found], bool]:
    """The documents that have every word, in their text or in their name; and whether all passages were looked at."""
    wanted = list(dict.fromkeys(words.split()))[:_MOST_WORDS]
    terms = [{term_index(stem) for language in LANGUAGES for stem in stems(word, language)} for word in wanted]
    sought = [(word.casefold(), sorted(of_it)) for word, of_it in zip(wanted, terms, strict=True) if of_it]
    if not sought:
        return [Found(document) for document in documents], True
    versions = {document.id: document.found for document in documents}
    bearers = store.bearing([of_it for _, of_it in sought], clearance, MOST)
    complete = all(len(one) < MOST for one in bearers)
    by_word: list[dict[UUID, list[str]]] = []
    for bearing in bearers:
        of_documents: dict[UUID, list[str]] = {}
        for passage, bearer in bearing.items():
            if versions.get(bearer.document_id) == bearer.version:  # not what is being written just now
                of_documents.setdefault(bearer.document_id, []).append(passage)
        by_word.append(of_documents)
    found = []
    for document in documents:
        named = f"{document.title} {document.path}".casefold()
        if all(document.id in of_it or word in named for (word, _), of_it in zip(sought, by_word, strict=True)):
            counted = Counter(passage for of_it in by_word for passage in of_it.get(document.id, ()))
            found.append(Found(document, tuple(passage for passage, _ in counted.most_common())))
    return found, complete
