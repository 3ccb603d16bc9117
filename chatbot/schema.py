"""The form of an answer, enforced on the model while it writes, and read back while it streams."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pydantic_core

from ingest.documents import Frozen


class Draft(Frozen):
    """A statement as the model has written it so far."""

    index: int
    text: str
    sources: tuple[int, ...]
    complete: bool


def answer_schema(numbers: Sequence[int], statements: int) -> dict[str, Any]:
    """JSON schema of an answer: a refusal, or at least one statement, citing only sources that were shown.

    Args:
        numbers: of the sources in the prompt.
        statements: how many an answer may have.
    """
    cited = {"type": "array", "minItems": 1, "maxItems": 2, "items": {"enum": list(numbers)}}
    statement = _object({"text": {"type": "string", "minLength": 1, "maxLength": 600}, "sources": cited})
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

    A refusal yields nothing. What follows the end of the JSON value is ignored.
    """
    text, shown = "", -1
    last: Draft | None = None
    for piece in pieces:
        text += piece
        for index, entry in enumerate(_statements(text)):
            draft = _draft(index, entry)
            if last and shown < last.index == index - 1:
                yield last.model_copy(update={"complete": True})
                shown = index - 1
            if index > shown and draft.text and draft != last:
                last = draft
                yield draft
    # Whatever was cut off in the middle has no sources yet and is no statement.
    if last and last.index > shown and last.sources:
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


def _statements(text: str) -> list[dict[str, Any]]:
    try:
        value = pydantic_core.from_json(text, allow_partial="trailing-strings")
    except ValueError:
        return []
    found = value.get("statements", []) if isinstance(value, dict) else []
    return [entry for entry in found if isinstance(entry, dict)]


def _draft(index: int, entry: dict[str, Any]) -> Draft:
    sources = tuple(n for n in entry.get("sources", []) if isinstance(n, int))
    text = str(entry.get("text", "")).strip()
    return Draft(index=index, text=text, sources=tuple(dict.fromkeys(sources)), complete=False)
