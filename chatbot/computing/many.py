"""Questions that one row of a table does not answer: how many there are, which is the largest, what it comes to."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from chatbot.computing.asked import is_idle
from chatbot.computing.ranges import range_in
from chatbot.computing.read_question import read_question
from chatbot.computing.wording import is_form, names, written
from chatbot.domain import Operation

_OVER_ROWS: tuple[Operation, ...] = ("sum", "mean", "largest", "smallest", "difference")


def is_over_rows(question: str, heads: str, row: str, today: date) -> bool:
    """Whether a question asks for something that several rows of a table make together.

    Args:
        question: one part of it, standalone.
        heads: of the columns of a row: what one of them counts is said by the row itself.
        row: its text: what the question names by a code is one row.
        today: which year "this year" is.
    """
    asked = read_question(question, today)
    if asked.operation == "count":
        is_one = any(_is_code(token.text) and token.lower in written(row) for token in asked.tokens)
        return not (is_one or asked.often) and asked.noun is not None and not names(asked.noun.text, heads)
    return asked.operation in _OVER_ROWS


def asks_for_list(question: str, today: date) -> bool:
    """Whether a question asks which things are so, so that there may be many.

    Args:
        question: one part of it, standalone.
        today: which year "this year" is.
    """
    return read_question(question, today).operation == "list"


def is_one_of_several(question: str, row: Sequence[str], others: Sequence[Sequence[str]], today: date) -> bool:
    """Whether other rows have all that a row has of a question, so that nothing singles this one out.

    Args:
        question: one part of it, standalone.
        row: the cells of the one, without their heads.
        others: those of the other rows of its table.
        today: which year "this year" is.
    """
    asked = read_question(question, today)
    tokens = [token.text for token in asked.tokens]
    shared = [word for word in tokens if not is_idle(word) and _has(row, word)]
    if not shared and asked.operation != "list":
        return False  # it says in other words what is asked: "Elektroautos", "Pkw mit Elektroantrieb"
    pairs = [pair for pair in pairwise(tokens) if _has_pair(row, pair)]
    return any(
        all(_has(other, word) for word in shared) and all(_has_pair(other, pair) for pair in pairs) for other in others
    )


def _has(row: Sequence[str], word: str) -> bool:
    """Whether a row has a word, or a range that a number lies in."""
    if not word.isdigit():
        return any(names(word, cell) for cell in row)
    ranges = [found for cell in row if (found := range_in(cell)) and found.low != found.high]
    return any(word in written(cell) for cell in row) or any(found.holds(Decimal(word)) for found in ranges)


def _has_pair(row: Sequence[str], pair: tuple[str, str]) -> bool:
    """Whether two words follow each other in a cell: "außerhalb Europas" is not "Europa außerhalb Deutschlands"."""
    cells = (written(cell) for cell in row)
    return any(is_form(pair[0], one) and is_form(pair[1], two) for cell in cells for one, two in pairwise(cell))


def _is_code(word: str) -> bool:
    return any(map(str.isdigit, word)) and any(map(str.isalpha, word))
