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
# The values of a field with the beginning of their messages' keys; "" where they name themselves.
_CHOICES: dict[str, tuple[str, tuple[str, ...]]] = {
    "used": ("audit.used.", ("cited", "shown", "found")),
    "state": ("audit.state.", _STATES),
    "verdict": ("audit.has.", ("supported", "unsupported")),
    "review": ("audit.opinion.", ("none", "accepted", "objected")),
    "feedback": ("audit.opinion.", ("helpful", "wrong")),
    "engine": ("", ("ollama", "embedded", "quote")),
    "replays": ("audit.replays.", ("none", "only")),
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
    begin, values = _CHOICES[name]
    return Field(
        name, "choice", value, tuple((one, message(begin + one, language) if begin else one) for one in values)
    )


def _said(field: Field, language: Language) -> str:
    if not field.value:
        return ""
    if field.kind == "date":
        return f"{message(f'audit.field.{field.name}', language)} {shown_date(field.value, language)}"
    if field.name == "version":
        return field.value[:12]
    return dict(field.options).get(field.value, field.value)
