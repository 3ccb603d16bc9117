"""Questions that one row of a table does not answer: how many there are, which is the largest, what it comes to."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from chatbot.computing.asked import Asked, is_idle
from chatbot.computing.ranges import range_in
from chatbot.computing.wording import is_code, is_form, names, written
from chatbot.domain import Operation

_OVER_ROWS: tuple[Operation, ...] = ("sum", "mean", "largest", "smallest", "difference")


def is_over_rows(asked: Asked, heads: str, row: str) -> bool:
    """Whether a question asks for something that several rows of a table make together.

    Args:
        asked: the question.
        heads: of the columns of a row: what one of them counts is said by the row itself.
        row: its text: what the question names by a code is one row.
    """
    if asked.operation == "count":
        is_one = any(is_code(token.text) and token.lower in written(row) for token in asked.tokens)
        return not (is_one or asked.often) and asked.noun is not None and not names(asked.noun.text, heads)
    return asked.operation in _OVER_ROWS


def is_one_of_several(asked: Asked, row: Sequence[str], others: Sequence[Sequence[str]]) -> bool:
    """Whether other rows have all that a row has of a question, so that nothing singles this one out.

    Args:
        asked: the question.
        row: the cells of the one, without their heads.
        others: those of the other rows of its table.
    """
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
