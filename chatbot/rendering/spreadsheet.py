"""Tables as CSV that spreadsheets open as they are meant."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

# A cell is a formula by how it begins; the wide signs count where spreadsheets are Japanese or Chinese.
_SIGNS = "=+@\uff1d\uff0b\uff20\uff0d-"
_BEGINS = re.compile(rf"^(?=\s*[{_SIGNS}])|^(?=[\t\r\n])")
# So does what follows a comma, semicolon or tab where a spreadsheet cuts cells there, or where quotes are ignored;
# "5,-" and "a - b" are left alone.
_BEGINS_WITHIN = re.compile(rf"(?<=[,;\t\n\r|])(?=[\s\"']*[{_SIGNS}][\w(\"'+@=-])")


def as_csv(rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV that spreadsheets open with umlauts, no cell of it a formula.

    Args:
        rows: the first one is the head.
    """
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";").writerows([_harmless(cell) for cell in row] for row in rows)
    return "\ufeff" + buffer.getvalue()  # spreadsheets take the mark as a sign of UTF-8


def _harmless(cell: object) -> object:
    return _BEGINS_WITHIN.sub("'", _BEGINS.sub("'", cell)) if isinstance(cell, str) else cell
