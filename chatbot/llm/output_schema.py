"""The form of an answer, enforced on the model while it writes, and read back while it streams."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

import pydantic_core

from ingest.documents import Frozen


class Draft(Frozen):
    """A statement as the model has written it so far."""

    index: int
    text: str
    sources: tuple[int, ...]
    complete: bool


MOST_TOKENS = 700  # that a model may write
_LONGEST, _MOST_CITED = 600, 2  # characters of a statement, and sources that it names
# What is read at the most, whatever a server has made of the schema: statements, characters of one (a quoted
# passage is longer than what a model may write), and characters of the whole.
_MOST_STATEMENTS, _MOST_QUOTED, _MOST_CHARACTERS = 10, 4000, 40_000


def answer_schema(numbers: Sequence[int], statements: int) -> dict[str, Any]:
    """JSON schema of an answer: a refusal, or at least one statement, citing only sources that were shown.

    Args:
        numbers: of the sources in the prompt.
        statements: how many an answer may have.
    """
    cited = {"type": "array", "minItems": 1, "maxItems": _MOST_CITED, "items": {"enum": list(numbers)}}
    statement = _object({"text": {"type": "string", "minLength": 1, "maxLength": _LONGEST}, "sources": cited})
    listed = {"type": "array", "minItems": 1, "maxItems": statements, "items": statement}
    return {
        "anyOf": [
            _object({"answerable": {"const": True}, "statements": listed}),
            _object({"answerable": {"const": False}}),
        ]
    }


def rewrite_schema() -> dict[str, Any]:
    """JSON schema of a rewritten question."""
    return _object({"question": {"type": "string", "minLength": 1, "maxLength": 300}})


def read_drafts(pieces: Iterable[str]) -> Iterator[Draft]:
    """Statements of a growing JSON text; each comes repeatedly while it grows and once as complete.

    A refusal yields nothing. What follows the end of the JSON value is ignored, and so is what the schema would not
    have allowed: whether a server keeps to it is the server's business.
    """
    text, shown = "", -1
    last: Draft | None = None
    for piece in pieces:
        text = (text + piece)[:_MOST_CHARACTERS]
        for index, entry in enumerate(_statements(text)[:_MOST_STATEMENTS]):
            draft = _draft(index, entry)
            if last and shown < last.index == index - 1:
                yield last.model_copy(update={"complete": True})
                shown = index - 1
            if index > shown and draft.text and draft != last:
                last = draft
                yield draft
        if len(text) >= _MOST_CHARACTERS:
            break
    # What was cut off in the middle is no statement. Some servers have the sources written before the text.
    if last and last.index > shown and last.sources and last.text in _whole_texts(text):
        yield last.model_copy(update={"complete": True})


def as_json(statements: Sequence[tuple[str, int]]) -> str:
    """An answer in the schema's form, for an engine that does not sample it."""
    if not statements:
        return json.dumps({"answerable": False})
    listed = [{"text": text, "sources": [source]} for text, source in statements]
    return json.dumps({"answerable": True, "statements": listed}, ensure_ascii=False)


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _whole_texts(text: str) -> list[str]:
    """The texts of statements whose end was written."""
    return [_draft(index, entry).text for index, entry in enumerate(_statements(text, allow_partial=True))]


def _statements(
    text: str, allow_partial: Literal[True, "trailing-strings"] = "trailing-strings"
) -> list[dict[str, Any]]:
    try:
        value = pydantic_core.from_json(text, allow_partial=allow_partial)
    except ValueError:
        return []
    found = value.get("statements") if isinstance(value, dict) else None
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def _draft(index: int, entry: dict[str, Any]) -> Draft:
    said, named = entry.get("text"), entry.get("sources")
    text = said[:_MOST_QUOTED].strip() if isinstance(said, str) else ""
    numbers = [n for n in named if type(n) is int] if isinstance(named, list) else []  # True would be 1
    return Draft(index=index, text=text, sources=tuple(dict.fromkeys(numbers)), complete=False)
