"""A question to documents as wholes -> what is told of them, each word with its place; None for any other question."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from chatbot.retrieval.full_text import Found
from chatbot.whole_documents import lists
from chatbot.whole_documents.difference import Side, difference
from chatbot.whole_documents.meaning import meaning
from chatbot.whole_documents.named import one_named, two_named
from chatbot.whole_documents.outline import outline
from chatbot.whole_documents.read_question import Kind, Wanted, is_short_form, read_question, telling
from chatbot.whole_documents.told import Told
from config.messages import Language
from ingest.db.shown_documents import ShownDocument
from ingest.documents import Passage

_READ = 12  # documents in which a short form is looked for


class Shelf(Protocol):
    """All documents that one person may find."""

    def documents(self) -> Sequence[ShownDocument]:
        """Each with what is known of it."""

    def passages(self, document: ShownDocument) -> Sequence[Passage]:
        """Those of its version that is found now, in order."""

    def with_words(self, words: str) -> tuple[Sequence[Found], bool]:
        """The documents that have every word, the best first, and whether all passages were looked at."""

    def these(self, found: Found) -> Sequence[Passage]:
        """The passages of a document that have the words."""


def tell(question: str, shelf: Callable[[], Shelf], language: Language, is_first: bool = True) -> Told | None:
    """What the documents as wholes give for a question.

    Args:
        question: standalone.
        shelf: opens what the person who asks may find; opened only for a question of this kind.
        language: of the answer.
        is_first: whether nothing was asked before; else a mere name may be a part of a question.

    Raises:
        IndexUnavailable: the index cannot be read.
    """
    wanted = read_question(question)
    if wanted and wanted.is_bare and not is_first:
        return None
    return _TELL[wanted.kind](wanted, shelf(), language) if wanted else None


def _outline(wanted: Wanted, shelf: Shelf, language: Language) -> Told | None:
    document = one_named(wanted.names[0], shelf.documents())
    return outline(_title(document), shelf.passages(document)) if document else None


def _difference(wanted: Wanted, shelf: Shelf, language: Language) -> Told | None:
    first, second = wanted.names
    two = two_named(first, second, shelf.documents())
    if two is None:
        return None
    one, other = (Side(_title(document), shelf.passages(document)) for document in two)
    return difference(one, other)


def _meaning(wanted: Wanted, shelf: Shelf, language: Language) -> Told | None:
    short = wanted.names[0]
    if not is_short_form(short):
        return None
    found, _ = shelf.with_words(short)
    told = meaning(short, [shelf.passages(one.document) for one in found[:_READ]])
    return told or (_outline(wanted, shelf, language) if wanted.is_bare else None)


def _listed(wanted: Wanted, shelf: Shelf, language: Language) -> Told | None:
    name = " ".join(telling(wanted.names[0]))
    found, complete = shelf.with_words(name) if name else ((), True)
    passages = [shelf.these(one) or shelf.passages(one.document) for one in found[: lists.MOST]]
    return lists.listed(name, found, passages, complete, language)


def _title(document: ShownDocument) -> str:
    return document.title or document.name


_TELL: Mapping[Kind, Callable[[Wanted, Shelf, Language], Told | None]] = {
    "outline": _outline,
    "difference": _difference,
    "meaning": _meaning,
    "mentions": _listed,
    "documents": _listed,
}
