"""Messages that are a set phrase and nothing else: "hallo zusammen", "auf Englisch bitte"."""

import re
from collections.abc import Mapping, Sequence

from ingest.text.words import comparable, words

_LONGEST = 12  # words


class SetPhrases:
    """Set phrases by their kinds.

    Args:
        kinds: regular expressions of each for lower-case text; the first kind that is found counts.
        beside: expressions for words that may stand beside them.
    """

    def __init__(self, kinds: Mapping[str, Sequence[str]], beside: str) -> None:
        self._patterns = {
            kind: tuple(
                re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") for pattern in sorted(patterns, key=len, reverse=True)
            )
            for kind, patterns in kinds.items()
        }
        self._beside = re.compile(beside)

    def kind_of(self, message: str) -> str | None:
        """The kind of a message; None where anything else of meaning stands in it.

        Args:
            message: as typed.
        """
        if len(words(message)) > _LONGEST:
            return None
        rest, found = " ".join(comparable(message).split()), None
        for kind, patterns in self._patterns.items():
            for pattern in patterns:
                rest, count = pattern.subn(" ", rest)
                found = found or (kind if count else None)
        return found if found and all(self._beside.fullmatch(word) for word in words(rest)) else None
