"""Questions about a document itself: who wrote it, as of when it is, which version, from and until when it is valid.

What is known of a document is found at ingestion, with where it comes from. A question is such only if all that is
left of it is the name of a document that was found.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from babel.dates import format_date

from chatbot.computing.compute import Computed, Document
from chatbot.computing.wording import names, tokens_of
from chatbot.domain import Citation, Computation, Source, Statement
from chatbot.verification.windows import citation
from config.messages import Language, message
from ingest.documents import Passage, Value
from ingest.text.languages import pattern_of, words_of
from ingest.text.words import is_function_word

_FIELDS = ("version", "valid_from", "valid_until", "stated", "author")
_DATES = ("valid_from", "valid_until", "stated", "modified")
_ASKS = {
    field: tuple(re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") for pattern in words_of(f"document_facts.{field}"))
    for field in _FIELDS
}
_BESIDE = re.compile(pattern_of("document_facts.beside"))
_OTHERWISE: Mapping[str, tuple[str, ...]] = {"stated": ("stated", "valid_from", "modified")}


class _Asked(NamedTuple):
    field: str
    name: Sequence[str]  # words of the document's name


def document_fact(question: str, found: Sequence[Passage], document: Document, language: Language) -> Computed | None:
    """What is known of the document that a question names; None where it asks for something else.

    Args:
        question: standalone.
        found: passages, best first.
        document: gives all passages of the version that one is of.
        language: of the answer.
    """
    asked = _read(question)
    if asked is None:
        return None
    named = [passage for passage in _firsts(found) if all(names(word, _name(passage)) for word in asked.name)]
    current = [passage for passage in named if not passage.superseded_by] or named
    known = [(passage, field, value) for passage in current for field, value in _known(passage, asked.field)[:1]]
    if len(known) != 1:
        return None
    return _stated(*known[0], document, language)


def _read(question: str) -> _Asked | None:
    lower = " ".join(token.lower for token in tokens_of(question))
    for field in _FIELDS:
        for pattern in _ASKS[field]:
            if match := pattern.search(lower):
                words = [token.text for token in tokens_of(question) if not _is_beside(token.lower)]
                opening = {token.lower for token in tokens_of(_ends(match.group()))}
                name = [word for word in words if word.lower() not in opening]
                return _Asked(field, name) if name else None
    return None


def _ends(matched: str) -> str:
    """The words at both ends of what a pattern matched, without what it passed over between them."""
    words = matched.split()
    return " ".join([*words[:3], words[-1]])


def _is_beside(word: str) -> bool:
    return bool(is_function_word(word) or _BESIDE.fullmatch(word))


def _firsts(found: Sequence[Passage]) -> list[Passage]:
    firsts: dict[object, Passage] = {}
    for passage in found:
        firsts.setdefault(passage.document_id, passage)
    return list(firsts.values())


def _name(passage: Passage) -> str:
    return f"{re.sub(r'[_/.-]', ' ', passage.document)} {passage.title}"


def _known(passage: Passage, field: str) -> list[tuple[str, Value]]:
    fields = _OTHERWISE.get(field, (field,))
    return [(one, value) for one in fields if (value := getattr(passage.about, one)) is not None]


def _stated(passage: Passage, field: str, value: Value, document: Document, language: Language) -> Computed | None:
    shown = value.value
    if field in _DATES:
        shown = str(format_date(date.fromisoformat(value.value[:10]), "long", locale=language))
    text = message(
        "document.fact",
        language,
        title=passage.title or passage.document,
        field=message(f"metadata.{field}", language),
        value=shown,
        origin=message(f"origin.{value.origin}", language),
    )
    source, cited = _place(value, document(passage))
    computation = Computation(operation="property", column=field, result=value.value)
    return Computed(Statement(text=text, verdict="computed", citations=(cited,), computation=computation), (source,))


def _place(value: Value, passages: Sequence[Passage]) -> tuple[Source, Citation]:
    """The words that a value was read from; where it comes from elsewhere, the beginning of the document."""
    words = re.compile(r"\s+".join(map(re.escape, value.words.split()))) if value.words else None
    for passage in passages if words and value.origin in ("text", "heading") else ():
        if words and (match := words.search(passage.text)):
            source = _source(passage)
            return source, citation(source, match.start(), match.end())
    source = _source(passages[0])
    return source, citation(source, 0, len(passages[0].text.split("\n")[0]))


def _source(passage: Passage) -> Source:
    return Source(number=1, passage=passage, score=0.0, passages=(str(passage.id),))
