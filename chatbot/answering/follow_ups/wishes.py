"""Wishes about the answer before: another form, another language, more of it, or where it stands."""

from typing import Literal, cast

from chatbot.answering.set_phrases import SetPhrases
from ingest.text.languages import pattern_of, words_of

Wish = Literal["form", "english", "german", "more", "where"]
_KINDS: tuple[Wish, ...] = ("english", "german", "where", "form", "more")
_PHRASES = SetPhrases({kind: words_of(f"wishes.{kind}") for kind in _KINDS}, pattern_of("wishes.beside"))


def wish_of(message: str) -> Wish | None:
    """What a message wants of the answer before; None for any question.

    Args:
        message: as typed.
    """
    return cast("Wish | None", _PHRASES.kind_of(message))
