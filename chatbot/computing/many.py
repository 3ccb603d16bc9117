"""Questions that one row of a table does not answer: how many there are, which is the largest, what it comes to."""

from datetime import date

from chatbot.computing.asked import read_question
from chatbot.computing.wording import names, written
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


def _is_code(word: str) -> bool:
    return any(map(str.isdigit, word)) and any(map(str.isalpha, word))
