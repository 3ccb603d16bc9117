"""What is in a document: the first telling sentence of each of its sections, in their order and in its own words."""

from collections.abc import Sequence

from chatbot.whole_documents.told import SECTIONS, Told, Unit, quoted, units_of
from config.errors import AnswerDoubtful
from ingest.documents import Passage
from ingest.text.words import words

_MOST = 12  # sections
_FEW = 3  # sections, below which those one level deeper are taken
_WORDS = 4  # of a sentence that tells something
_BEGINNING = 5  # sentences of a document without sections


def outline(title: str, passages: Sequence[Passage]) -> Told | None:
    """A document by its sections; None for one without a sentence.

    Args:
        title: of the document.
        passages: of its version, in order.
    """
    units = units_of(passages)
    chosen = [telling[0] for section in by_section(units) if (telling := list(filter(_says_something, section)))]
    key = "answer.outline_part" if len(chosen) > _MOST else "answer.outline"
    if len(chosen) < _FEW:
        chosen, key = [unit for unit in units if _says_something(unit) or unit.is_row][:_BEGINNING], "answer.beginning"
    if not chosen:
        return None
    statements, sources = quoted(chosen[:_MOST])
    return Told(statements, sources, AnswerDoubtful(key, title=title, shown=len(statements), of=len(chosen)))


def by_section(units: Sequence[Unit]) -> list[list[Unit]]:
    """Units by the sections that they stand in, on the first level that has several."""
    paths = [unit.section.split(SECTIONS) for unit in units]
    deepest = max(map(len, paths), default=1)
    for depth in range(1, deepest + 1):
        keys = [tuple(path[:depth]) for path in paths]
        if len(dict.fromkeys(keys)) >= _FEW:
            break
    sections: dict[tuple[str, ...], list[Unit]] = {}
    for key, unit in zip(keys if units else [], units, strict=True):
        sections.setdefault(key, []).append(unit)
    return list(sections.values())


def _says_something(unit: Unit) -> bool:
    """Whether it is a sentence, and no heading, row or question."""
    is_sentence = len(words(unit.text)) >= _WORDS and unit.text.endswith((".", "!"))
    return is_sentence and not unit.is_row and not unit.is_heading
