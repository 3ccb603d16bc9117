"""The documents of a generation that one person may find, one by one, without a search by meaning."""

from collections.abc import Sequence
from functools import cached_property

from chatbot.retrieval.full_text import Found, with_words
from chatbot.retrieval.retriever import discreet
from config.access import Clearance
from ingest.db.shown_documents import ShownDocument, ShownDocuments
from ingest.documents import Passage
from ingest.index.filters import Filters, admits
from ingest.index.store import PassageStore


class Shelf:
    """Documents with their passages; every one is covered by the clearance.

    Args:
        shown: the registry, for people.
        store: passages of the generation.
        generation: its name.
        clearance: of the person.
        filters: what the person narrowed the search to.
    """

    def __init__(
        self, shown: ShownDocuments, store: PassageStore, generation: str, clearance: Clearance, filters: Filters
    ) -> None:
        self._shown, self._store, self._generation = shown, store, generation
        self._clearance, self._filters = clearance, filters

    def documents(self) -> Sequence[ShownDocument]:
        """Each with what is known of it."""
        return self._documents

    def passages(self, document: ShownDocument) -> Sequence[Passage]:
        """Those of its version that is found now, in order.

        Raises:
            IndexUnavailable: the index cannot be read.
        """
        found = self._store.passages_of(document.id, self._clearance)
        return [discreet(one, self._clearance) for one in found if one.version == document.found]

    def with_words(self, words: str) -> tuple[Sequence[Found], bool]:
        """The documents that have every word, the best first, and whether all passages were looked at.

        Raises:
            IndexUnavailable: the index cannot be read.
        """
        found, complete = with_words(self.documents(), self._store, self._clearance, words)
        return sorted(found, key=lambda one: -len(one.passages)), complete

    def these(self, found: Found) -> Sequence[Passage]:
        """The passages of a document that have the words.

        Raises:
            IndexUnavailable: the index cannot be read.
        """
        passages = self._store.passages(found.passages, self._clearance)
        return [discreet(one, self._clearance) for one in passages if one.version == found.document.found]

    @cached_property
    def _documents(self) -> Sequence[ShownDocument]:
        return [one for one in self._shown.all(self._generation, self._clearance) if admits(self._filters, one)]
