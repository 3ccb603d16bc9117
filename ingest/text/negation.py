"""Words that deny or forbid, and denials that mean something else."""

import re

from ingest.text.languages import groups_of, pattern_of, words_of
from ingest.text.words import words

_NEGATIONS, _FORBIDDEN = frozenset(words_of("negation.denying")), frozenset(words_of("negation.forbidding"))
_SHORT_NOT = re.compile(rf"{pattern_of('negation.denying_endings')}\b", re.I)
# "No, dogs are not allowed" denies once.
_REPLY = re.compile(
    rf"^(?:{pattern_of('negation.affirming_replies')}|{pattern_of('negation.denying_replies')})[,.:!]\s+", re.I
)
# What denies and yet limits, or forbids: counted as what it means.
_MEANT = tuple(
    (re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.I), plain) for plain, phrases in groups_of("negation.meant").items()
)


def negations(text: str) -> int:
    """How many words of a text deny or forbid something."""
    text = as_meant(text)
    return sum(word in _NEGATIONS or word in _FORBIDDEN for word in words(text)) + len(_SHORT_NOT.findall(text))


def as_meant(text: str) -> str:
    """A text without the "No," of a reply, and with denials that limit or forbid as the word for that."""
    text = _REPLY.sub("", text)
    for pattern, plain in _MEANT:
        text = pattern.sub(plain, text)
    return text
