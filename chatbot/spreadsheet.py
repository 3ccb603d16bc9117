"""Tables as CSV that spreadsheets open as they are meant."""

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV that spreadsheets open with umlauts, no cell of it a formula.

    Args:
        rows: the first one is the head.
    """
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";").writerows([_harmless(cell) for cell in row] for row in rows)
    return "\ufeff" + buffer.getvalue()  # spreadsheets take the mark as a sign of UTF-8


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
