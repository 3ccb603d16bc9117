"""Files that a question names: whoever asks for one by its name is shown it, or told that it is not there."""

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from chatbot.domain import Answer, Person
from chatbot.rendering.viewer_address import passage_address
from chatbot.web.services import ChatServices
from chatbot.web.shell.html import escape
from config.errors import FundstelleError
from config.messages import Language, message
from ingest.db.shown_documents import ShownDocument
from ingest.partition import PARTITIONERS

_AROUND = "\"'`„“”‚‘’»«()[]<>,;:!?"
_MOST = 3  # files of one question, and documents that come near it
_WORDS_OF_A_SEARCH = 3  # so few words look for a document rather than ask


class NamedFile(NamedTuple):
    """A file that a question names.

    Attributes:
        name: as typed.
        documents: of that name that the person may see; none where there is none.
    """

    name: str
    documents: tuple[ShownDocument, ...]


def file_names(question: str) -> list[str]:
    """The words of a question that are names of files of a format that is read."""
    words = [word.strip(_AROUND).removesuffix(".") for word in question.split()]
    named = [word for word in words if PurePosixPath(word).suffix.lower() in PARTITIONERS and PurePosixPath(word).stem]
    return list(dict.fromkeys(named))[:_MOST]


def named_files(question: str, person: Person, services: ChatServices) -> list[NamedFile]:
    """The files that a question names, with the documents of these names that the person may see.

    Args:
        question: as typed.
        person: whose clearance counts.
        services: with the index.
    """
    names = file_names(question)
    if not names:
        return []
    try:
        shown = services.index.shown.all(services.index.generation().name, person.clearance)
    except FundstelleError:  # then nobody can tell what there is
        return []
    return [NamedFile(name, tuple(one for one in shown if _is_called(one, name))) for name in names]


def _is_called(document: ShownDocument, name: str) -> bool:
    path, wanted = document.path.casefold(), name.casefold().replace("\\", "/")
    return path == wanted or path.endswith(f"/{wanted}")


def named_block(found: Sequence[NamedFile], language: Language) -> str:
    """HTML of the lines below a question that say what its files are."""
    lines = [_line(one, language) for named in found for one in named.documents[:_MOST]]
    gone = [message("chat.no_such_file", language, name=named.name) for named in found if not named.documents]
    return "".join([*lines, *(f'<p class="files">{escape(one)}</p>' for one in gone)])


def _line(document: ShownDocument, language: Language) -> str:
    links = document_links(document.path, f"/documents/{document.found}", str(document.id), language)
    return f'<p class="files">{links}</p>'


def near_documents(answer: Answer, language: Language) -> str:
    """HTML of the documents that came near a question without an answer: whoever looks for one finds it here."""
    if answer.refusal is None:
        return ""
    is_search = len(answer.standalone_question.split()) <= _WORDS_OF_A_SEARCH
    if answer.refusal.reason == "weak_evidence" and not is_search:
        return ""
    first = {(one.passage.collection, one.passage.document): one.passage for one in reversed(answer.sources)}
    near = [first[place] for place in dict.fromkeys((s.passage.collection, s.passage.document) for s in answer.sources)]
    if not near:
        return ""
    lines = "".join(
        f"<li>{document_links(one.document, passage_address(one), str(one.document_id), language)}</li>"
        for one in near[:_MOST]
    )
    return f'<p>{escape(message("chat.near_documents", language))}</p><ul class="near">{lines}</ul>'


def document_links(path: str, address: str, identity: str, language: Language) -> str:
    """A document's name, which opens it, and the way to ask about it.

    Args:
        path: in its collection.
        address: where the viewer shows it.
        identity: of the document.
        language: of the reader.
    """
    name, ask = escape(PurePosixPath(path).name), escape(message("viewer.ask", language))
    return (
        f'<a class="view" href="{escape(address)}">{name}</a> · '
        f'<a href="/?document={escape(identity)}" aria-label="{ask}: {name}">{ask}</a>'
    )
