"""Answers that are worked out from the cells of a table: counted, added, compared; every operand is cited."""
