"""Which document a name means: by the words of titles and of the names of files."""

import re
from collections.abc import Sequence

from chatbot.computing.wording import names
from chatbot.whole_documents.read_question import telling
from ingest.db.shown_documents import ShownDocument
from ingest.text.words import words


def one_named(name: str, documents: Sequence[ShownDocument]) -> ShownDocument | None:
    """The one document that a name means; None where none or several may be meant.

    Args:
        name: as the question has it.
        documents: all that the person may see.
    """
    return _nearest(name, _with_all(telling(name), documents))


def two_named(one: str, other: str, documents: Sequence[ShownDocument]) -> tuple[ShownDocument, ShownDocument] | None:
    """Two documents that are compared; the second name may leave out what it has in common with the first.

    Args:
        one: "die Parkordnung von Werk Nord".
        other: "Werk Süd".
        documents: all that the person may see.
    """
    first = one_named(one, documents)
    candidates = [d for d in _with_all(telling(other), documents) if first and d.id != first.id]
    if first is None or not candidates:
        return None
    shared = {d.id: sum(names(word, name_of(d)) for word in telling(one)) for d in candidates}
    most = max(shared.values())
    second = _nearest(other, [d for d in candidates if shared[d.id] == most])
    return (first, second) if second else None


def name_of(document: ShownDocument) -> str:
    """The words that a document is called by: of its title and of its file."""
    stem = document.name.removesuffix(document.suffix) if document.suffix else document.name
    return re.sub(r"[_.\-]+", " ", f"{document.title} {stem}")


def _with_all(wanted: Sequence[str], documents: Sequence[ShownDocument]) -> list[ShownDocument]:
    if not wanted:
        return []
    found = [d for d in documents if all(names(word, name_of(d)) for word in wanted)]
    return [d for d in found if not d.newer] or found


def _nearest(name: str, found: Sequence[ShownDocument]) -> ShownDocument | None:
    """The one whose name has least beside the words; None where two have."""
    wanted = telling(name)
    beside = {
        d.id: len({word for word in words(name_of(d)) if not any(names(one, word) for one in wanted)}) for d in found
    }
    least = [d for d in found if beside[d.id] == min(beside.values())]
    return least[0] if len(least) == 1 else None
