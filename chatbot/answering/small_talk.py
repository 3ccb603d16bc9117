"""Greeting, thanks, and questions about the assistant: answered by the product itself, without a search.

A message is such only if nothing else of any meaning stands in it: "Hallo, wie viele Urlaubstage habe ich?" is a
question to the documents.
"""

import re

from chatbot.domain import Reply
from ingest.text.languages import pattern_of, words_of
from ingest.text.words import comparable, words

_LONGEST = 12  # words
_KINDS: tuple[Reply, ...] = ("help", "identity", "thanks", "greeting")  # what is asked counts before how
_PATTERNS = {
    kind: tuple(
        re.compile(rf"(?<!\w){pattern}(?!\w)")
        for pattern in sorted(words_of(f"small_talk.{kind}"), key=len, reverse=True)
    )
    for kind in _KINDS
}
_BESIDE = re.compile(pattern_of("small_talk.beside"))


def reply_to(message: str) -> Reply | None:
    """What kind of reply a message wants that is no question to the documents; None for any question.

    Args:
        message: as typed.
    """
    if len(words(message)) > _LONGEST:
        return None
    rest, found = " ".join(comparable(message).split()), None
    for kind in _KINDS:
        for pattern in _PATTERNS[kind]:
            rest, count = pattern.subn(" ", rest)
            found = found or (kind if count else None)
    return found if found and all(_BESIDE.fullmatch(word) for word in words(rest)) else None
