"""Greeting, thanks, and questions about the assistant: answered by the product itself, without a search.

A message is such only if nothing else of any meaning stands in it: "Hallo, wie viele Urlaubstage habe ich?" is a
question to the documents.
"""

from typing import cast

from chatbot.answering.set_phrases import SetPhrases
from chatbot.domain import Reply
from ingest.text.languages import pattern_of, words_of

_KINDS: tuple[Reply, ...] = ("help", "identity", "thanks", "greeting")  # what is asked counts before how
_PHRASES = SetPhrases({kind: words_of(f"small_talk.{kind}") for kind in _KINDS}, pattern_of("small_talk.beside"))


def reply_to(message: str) -> Reply | None:
    """What kind of reply a message wants that is no question to the documents; None for any question.

    Args:
        message: as typed.
    """
    return cast("Reply | None", _PHRASES.kind_of(message))
