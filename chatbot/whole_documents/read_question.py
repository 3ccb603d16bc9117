"""Whether a question is about documents as wholes, and which words name them."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from ingest.text.languages import pattern_of, words_of
from ingest.text.words import comparable, is_function_word

Kind = Literal["difference", "mentions", "documents", "meaning", "outline"]
_KINDS: tuple[Kind, ...] = ("difference", "mentions", "meaning", "documents", "outline")
_PATTERNS = {
    kind: tuple(re.compile(rf"{pattern}$", re.IGNORECASE) for pattern in words_of(f"whole_documents.{kind}"))
    for kind in _KINDS
}
_POLITE = re.compile(rf"(?<!\w)(?:{pattern_of('whole_documents.polite')})(?!\w)[ ,]*", re.IGNORECASE)
_BESIDE = re.compile(pattern_of("whole_documents.beside"))
_ENDS = " .?!:"
_MARKS = "„“”\"'»«‚‘’ "
_FEW = 3  # words of a mere name


class Wanted(NamedTuple):
    """What a question wants.

    Attributes:
        kind: of it.
        names: for a difference two texts, else one: of a document, or what documents shall name.
        is_bare: whether nothing but a name was typed.
    """

    kind: Kind
    names: tuple[str, ...]
    is_bare: bool = False


def read_question(question: str) -> Wanted | None:
    """What a question to documents as wholes wants; None for any other.

    Args:
        question: standalone.
    """
    text = _POLITE.sub("", " ".join(question.split())).strip(_ENDS)
    for kind, patterns in _PATTERNS.items():
        for pattern in patterns:
            if match := pattern.match(text):
                names = tuple(found.strip(_MARKS) for found in match.groups() if found)
                if len(names) == (2 if kind == "difference" else 1):
                    return Wanted(kind, names)
    return _bare(text)


def _bare(text: str) -> Wanted | None:
    """A mere name: one short form is asked for its meaning, another name for what is in the document."""
    words = text.split()
    if not 0 < len(words) <= _FEW or any(is_function_word(comparable(word)) for word in words):
        return None
    if len(words) == 1 and is_short_form(text):
        return Wanted("meaning", (text,), is_bare=True)
    return Wanted("outline", (text,), is_bare=True)


def is_short_form(word: str) -> bool:
    """Whether a word is one of capitals, such as AVV, BEM or DSGVO."""
    letters = [character for character in word if character.isalpha()]
    return 2 <= len(letters) <= 8 and sum(map(str.isupper, letters)) > len(letters) / 2 and " " not in word


def telling(name: str) -> Sequence[str]:
    """The words of a name that say which document is meant.

    Args:
        name: as the question has it.
    """
    words = [word.strip(_MARKS + ",;()") for word in name.split()]
    return [word for word in words if word and not _is_beside(comparable(word))]


def _is_beside(word: str) -> bool:
    return is_function_word(word) or _BESIDE.fullmatch(word) is not None
