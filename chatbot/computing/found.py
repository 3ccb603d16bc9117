"""What of a table a question names."""

from collections.abc import Sequence
from typing import NamedTuple

from chatbot.computing.asked import Asked
from chatbot.computing.calculation import Condition
from chatbot.computing.execute import fulfils
from chatbot.computing.tables import Column, DataTable, Row


class Found(NamedTuple):
    """What of a table a question names."""

    asked: Asked
    table: DataTable
    columns: Sequence[Column]
    conditions: Sequence[Condition]

    @property
    def free(self) -> list[Column]:
        """The named columns that no condition is about."""
        used = {condition.column for condition in self.conditions}
        return [column for column in self.columns if column.number not in used]

    @property
    def is_of_one(self) -> bool:
        """Whether a row is meant by what it alone is called, or by the range that a number falls into."""
        return any(c.how == "range" or (c.how == "is" and _means_single_rows(c, self.table)) for c in self.conditions)

    @property
    def rows(self) -> list[Row]:
        """The rows that fulfil the conditions."""
        return [row for row in self.table.rows if all(fulfils(row, condition) for condition in self.conditions)]

    @property
    def naming(self) -> list[Column]:
        """The columns that name rows."""
        return [column for column in self.table.columns if column.number in self.table.names]


def _means_single_rows(condition: Condition, table: DataTable) -> bool:
    """Whether each value that a condition names is that of one row, in a column that tells rows apart."""
    values = [cell.text for cell in table.values(condition.column)]
    is_distinct = condition.column in table.names or len(set(values)) == len(values)
    return is_distinct and sum(fulfils(row, condition) for row in table.rows) == len(condition.texts)
