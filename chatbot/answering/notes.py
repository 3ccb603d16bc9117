"""Notes to what is quoted: an exception at the foot of the page belongs to the sentence that refers to it."""

import re
from collections.abc import Iterator, Sequence

from chatbot.answering.quotes import quote
from chatbot.domain import Citation, Sentence, Source, Statement

_MARK = "[¹²³⁰⁴-⁹]+"
_REFERENCE = re.compile(rf"(?<=\S)({_MARK})")
_NOTE = re.compile(rf"^({_MARK}) .*$", re.M)


def notes_of(statements: Sequence[Statement], sources: Sequence[Source]) -> list[Statement]:
    """The notes that cited sentences refer to and that are not cited themselves, in the order of their marks.

    A raised figure that is no reference ("m²") has no note that begins with it.

    Args:
        statements: of the answer.
        sources: that were shown.
    """
    cited = [citation for statement in statements if statement.holds for citation in statement.citations]
    found = {(note.source, note.start): note for one in cited for note in _notes(one, sources)}
    return [quote(note, sources) for note in found.values() if not any(_covers(one, note, sources) for one in cited)]


def _notes(cited: Citation, sources: Sequence[Source]) -> Iterator[Sentence]:
    """The notes of a citation, in its own passage."""
    text = sources[cited.source - 1].passage.text
    marks = set(_REFERENCE.findall(cited.quote))
    for note in _NOTE.finditer(text):
        if note[1] in marks:
            yield Sentence(cited.source, note.start(), note.end(), note.group(), 0.0)


def _covers(cited: Citation, note: Sentence, sources: Sequence[Source]) -> bool:
    start = sources[note.source - 1].passage.start + note.start
    return cited.source == note.source and cited.start <= start < cited.end
