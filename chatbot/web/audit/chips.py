"""What a search can be narrowed to, each with its fields, what it is set to, and the way to take it off."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from chatbot.web.audit.search import Search
from config.messages import Language, message, shown_date

_STATES = ("answered", "refused", "replied", "interrupted", "failed", "lost", "open")
# The fields of each chip, in order.
_CHIPS: dict[str, tuple[str, ...]] = {
    "time": ("since", "until"),
    "person": ("person", "group"),
    "collection": ("collection",),
    "document": ("document", "version", "used"),
    "state": ("state",),
    "verdict": ("verdict",),
    "review": ("review",),
    "feedback": ("feedback",),
    "model": ("engine", "model"),
    "replays": ("replays",),
}
# The messages of a field's values; each ends with the value.
_CHOICES: dict[str, tuple[str, ...]] = {
    "used": tuple(f"audit.used.{one}" for one in ("cited", "shown", "found")),
    "state": tuple(f"audit.state.{one}" for one in _STATES),
    "verdict": tuple(f"audit.has.{one}" for one in ("supported", "unsupported")),
    "review": tuple(f"audit.opinion.{one}" for one in ("none", "accepted", "objected")),
    "feedback": tuple(f"audit.opinion.{one}" for one in ("helpful", "wrong")),
    "engine": tuple(f"audit.engine.{one}" for one in ("ollama", "embedded", "quote")),
    "replays": tuple(f"audit.replays.{one}" for one in ("none", "only")),
}


class Field(NamedTuple):
    """A field of a form.

    Attributes:
        options: value and label of each choice; empty for a field to write in.
    """

    name: str
    kind: Literal["text", "date", "choice"]
    value: str
    options: tuple[tuple[str, str], ...] = ()


class Chip(NamedTuple):
    """A part of the search.

    Attributes:
        said: what it is set to; empty where to nothing.
        without: context of the same search without it.
    """

    name: str
    fields: tuple[Field, ...]
    said: str
    without: str


def chips(search: Search, known: Mapping[str, Sequence[str]], language: Language) -> list[Chip]:
    """All chips of a search.

    Args:
        search: that they are set by.
        known: names that a field can have, by the field's name.
        language: of the reader.
    """
    made = []
    for name, names in _CHIPS.items():
        fields = tuple(_field(one, search.values.get(one, ""), known, language) for one in names)
        said = " · ".join(filter(None, (_said(field, language) for field in fields)))
        made.append(Chip(name, fields, said, search.context(**dict.fromkeys(names, ""))))
    return made


def _field(name: str, value: str, known: Mapping[str, Sequence[str]], language: Language) -> Field:
    if name in ("since", "until"):
        return Field(name, "date", value)
    if name in known:
        return Field(name, "choice", value, tuple((one, one) for one in known[name]))
    if name not in _CHOICES:
        return Field(name, "text", value)
    options = tuple((key.rpartition(".")[2], message(key, language)) for key in _CHOICES[name])
    return Field(name, "choice", value, options)


def _said(field: Field, language: Language) -> str:
    if not field.value:
        return ""
    if field.kind == "date":
        return f"{message(f'audit.field.{field.name}', language)} {shown_date(field.value, language)}"
    if field.name == "version":
        return field.value[:12]
    return dict(field.options).get(field.value, field.value)
