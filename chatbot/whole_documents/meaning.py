"""What a short form stands for, where a document writes both: "Betriebsvereinbarung (BV)", "AVV: Auftragsverarbeitung".

The long form in front of brackets is found as Schwartz and Hearst (2003) do: from the end, each letter of the short
form has to stand in the long one in its order, the first at the beginning of a word.
"""

import re
from collections.abc import Iterator, Sequence

from chatbot.whole_documents.told import Told, Unit, quoted, units_of
from ingest.documents import Passage
from ingest.text.languages import pattern_of
from ingest.text.words import comparable

_MOST = 2  # places shown
_BETWEEN = rf"\s*(?:[:=–—]|-\s|{pattern_of('whole_documents.stands_for')})\s*"


def meaning(short: str, documents: Sequence[Sequence[Passage]]) -> Told | None:
    """The places where a short form is written out; None where none is.

    Args:
        short: the short form, as typed.
        documents: passages of each document that has it, in order.
    """
    found: dict[str, Unit] = {}
    for passages in documents:
        for unit in units_of(passages):
            for long in long_forms(short, unit.text):
                found.setdefault(comparable(long), unit)
    if not found:
        return None
    statements, sources = quoted(list(dict.fromkeys(found.values()))[:_MOST])
    return Told(statements, sources)


def long_forms(short: str, text: str) -> Iterator[str]:
    """What a text says a short form stands for.

    Args:
        short: the short form.
        text: a sentence, an item or a row.
    """
    word = rf"(?<!\w){re.escape(short)}(?!\w)"
    for match in re.finditer(rf"\(\s*{word}\s*\)", text, re.IGNORECASE):
        if long := _before(short, text[: match.start()]):
            yield long
    for match in re.finditer(rf"{word}\s*\(([^()]+)\)", text, re.IGNORECASE):
        if _before(short, match[1]):
            yield match[1]
    for match in re.finditer(rf"{word}{_BETWEEN}([^;.\n]+)", text, re.IGNORECASE):
        if _stands_for(short, match[1]):
            yield match[1]
    cells = [cell.rpartition(": ")[2] for cell in text.split("; ")]
    if len(cells) > 1 and any(comparable(cell) == comparable(short) for cell in cells):
        yield from (cell for cell in cells if _stands_for(short, cell))


def _stands_for(short: str, text: str) -> bool:
    """Whether the first words of a text may be what a short form stands for."""
    words = text.split()
    return comparable(text) != comparable(short) and any(
        _before(short, " ".join(words[:count])) == " ".join(words[:count]) for count in range(1, len(short) + 3)
    )


def _before(short: str, text: str) -> str:
    """The long form at the end of a text; empty where there is none."""
    letters = [c for c in short.lower() if c.isalnum()]
    lower, at = text.rstrip().lower(), len(text.rstrip())
    for number, letter in reversed(list(enumerate(letters))):
        at -= 1
        while at >= 0 and (lower[at] != letter or (number == 0 and at > 0 and lower[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return ""
    long = text.rstrip()[at:]
    return long if len(long) > len(short) + 1 and len(long.split()) <= len(letters) + 5 else ""
