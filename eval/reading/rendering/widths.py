"""How wide the columns of a printed table are: as wide as their words want, so that none is cut."""

from reportlab.pdfbase.pdfmetrics import stringWidth  # type: ignore[import-untyped]

from chatbot.rendering.fonts import fonts
from eval.reading.model import Table, placed

SIZE = 8  # of the text of tables, in points
_PADDING = 13.0  # of a cell, left and right together


def column_widths(table: Table, width: float) -> list[float]:
    """Columns at least as wide as their longest word; what is left of the page goes to those with long texts.

    Args:
        table: to be printed.
        width: of the page between its margins, in points.
    """
    least, wanted = [_PADDING] * table.width, [_PADDING] * table.width
    for _, column, cell in placed((*table.heads, *table.rows)):
        if cell.columns == 1:
            least[column] = max(least[column], *(_length(word) for word in cell.text.split()), 0)
            wanted[column] = max(wanted[column], *(_length(line) for line in cell.text.split("\n")))
    left = width - sum(least)
    more = [want - low for want, low in zip(wanted, least, strict=True)]
    share = left / sum(more) if sum(more) > max(left, 0) else 1.0
    return [low + max(share, 0) * extra for low, extra in zip(least, more, strict=True)]


def _length(text: str) -> float:
    """In the widest of the fonts."""
    return float(stringWidth(text, fonts().bold, SIZE)) + _PADDING
