"""What is to be worked out from a table, as data: made from a question, carried out, recorded and checked."""

from typing import Literal

from chatbot.domain import Operation
from ingest.documents import Frozen

Comparison = Literal["is", "more", "least", "less", "most", "range"]


class Condition(Frozen):
    """Which rows take part.

    Attributes:
        column: number of the column whose cells are compared.
        how: `is` one of the texts, or by number: more or less than, at least or at most;
            `range`: the cell names a range ("3 to 9", "from 20") that the number lies in.
        texts: in the form in which they are compared.
        value: decimal number or ISO date.
    """

    column: int
    how: Comparison
    texts: tuple[str, ...] = ()
    value: str = ""


class Calculation(Frozen):
    """What is to be worked out.

    Attributes:
        operation: on the cells of the rows that fulfil all conditions.
        column: of the values; None for counts and lists.
        conditions: that the rows fulfil.
        most: how many rows of the largest or smallest are wanted.
        from_today: only dates from today on.
    """

    operation: Operation
    column: int | None = None
    conditions: tuple[Condition, ...] = ()
    most: int = 1
    from_today: bool = False
