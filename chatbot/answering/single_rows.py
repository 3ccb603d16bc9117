"""A row of a table is no answer where it says only a part of it, or where nothing singles it out."""

from collections.abc import Sequence
from datetime import date

from chatbot.answering.evidence import Evidence
from chatbot.computing.asked import Asked
from chatbot.computing.many import is_one_of_several, is_over_rows
from chatbot.computing.read_question import read_question
from chatbot.computing.wording import names
from chatbot.domain import Sentence, Source
from ingest.documents import CellSpan, Passage
from ingest.text.words import detect_language


def without_single_rows(evidence: Evidence, sources: Sequence[Source], questions: Sequence[str]) -> Evidence:
    """Evidence in which one row of a table is no answer where a question asks what several make together.

    Args:
        evidence: of each part of the question.
        sources: that its sentences are from.
        questions: the parts.
    """
    chances = []
    for asked, part, chance in zip(questions, evidence.parts, evidence.chances, strict=True):
        is_part = bool(part) and _is_part_of_answer(asked, part[0], sources[part[0].source - 1].passage)
        chances.append(min(chance, evidence.limits.ask) if is_part else chance)
    return evidence._replace(chances=tuple(chances))


def _is_part_of_answer(question: str, sentence: Sentence, passage: Passage) -> bool:
    """Whether a row says only a part of what is asked, or no more of it than other rows of its table do."""
    start = passage.start + sentence.start
    cells = passage.table_cells(start, start + len(sentence.text))
    if not cells:
        return False
    asked = read_question(question, date.today())
    if is_over_rows(asked, _naming(asked, passage, cells), sentence.text):
        return True
    if passage.language != detect_language(question) and asked.operation != "list":
        return False  # the words differ, whatever the rows say
    own = range(start, start + len(sentence.text))
    others = [row for row in passage.cells_by_line() if row and row[0].start not in own]
    others = [row for row in others if _heads(passage, row) & _heads(passage, cells)]
    return is_one_of_several(asked, _values(passage, cells), [_values(passage, row) for row in others])


def _naming(asked: Asked, passage: Passage, cells: Sequence[CellSpan]) -> str:
    """What says what the figures of a row are of: their heads, and titles where the question names one of these heads.

    "Complaints by plant" says what "Plant: Emden; 2024: 40; 2025: 42" counts, "plant" says nothing of a figure.
    """
    figures = [cell for cell in cells if any(map(str.isdigit, passage.between(cell.start, cell.end)))]
    heads = [passage.between(cell.head_start, cell.head_end) for cell in figures]
    named = [head for head in heads if any(names(token.text, head) for token in asked.tokens)]
    return "\n".join([*heads, passage.title, passage.section] if len(named) == 1 else heads)


def _heads(passage: Passage, cells: Sequence[CellSpan]) -> set[str]:
    """The heads of a row; each field of a form has its own, so that it is not one of several."""
    return {passage.between(cell.head_start, cell.head_end) for cell in cells}


def _values(passage: Passage, cells: Sequence[CellSpan]) -> list[str]:
    return [passage.between(cell.start, cell.end) for cell in cells]
