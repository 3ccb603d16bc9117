"""Full text: which of the documents that a person may see have words, in their text or in their name."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from config.access import Clearance
from ingest.db.shown_documents import ShownDocument
from ingest.index.sparse import term_index
from ingest.index.store import PassageStore
from ingest.text.languages import LANGUAGES
from ingest.text.words import stems

MOST = 20_000  # passages of one word that are looked at
_MOST_WORDS = 12


class Found(NamedTuple):
    """A document that has the words.

    Attributes:
        document: as the registry has it.
        passages: ids of those that have a word that is searched for, the most telling first.
    """

    document: ShownDocument
    passages: tuple[str, ...] = ()


def with_words(
    documents: Sequence[ShownDocument], store: PassageStore, clearance: Clearance, words: str
) -> tuple[list[Found], bool]:
    """The documents that have every word, in their text or in their name; and whether all passages were looked at.

    Args:
        documents: all that the person may see.
        store: of the generation that they are in.
        clearance: of the person.
        words: apart by spaces, compared by their stems; none of any meaning lets all documents through.
    """
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
