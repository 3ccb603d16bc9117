"""The blocks of a report as what reportlab sets on pages. Text is escaped before reportlab reads it as markup."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from io import BytesIO
from itertools import zip_longest
from typing import Any
from xml.sax.saxutils import escape

from chatbot.rendering.fonts import drawable, folded, fonts
from chatbot.rendering.report import (
    Block,
    Code,
    Divider,
    Grid,
    Heading,
    Items,
    Paragraph,
    Passage,
    Picture,
    Piece,
    Table,
    printable,
)

MUTED = "#5a5a5a"
_MARK, _LINE, _SHADE, _FRAME = "#ffe873", "#b5b5b5", "#f3f3f0", "#b45309"
_PLAIN = Grid(())  # nothing is marked
_MOST_COLUMNS = 10  # beside each other; further ones follow below
_LEAST_SHARE = 0.06  # of the width, for a column
_PADDING = 4  # points around a cell's text
_CELL_LINES = 8  # a longer cell continues in a further row, so that pages break within it
_PICTURE_HEIGHT = 0.85  # of a page, the rest is for the caption
_LONG, _LINE_END = 2000, 40  # characters of a paragraph, and what a line end counts
_AT_SPACE = re.compile(rf".{{1,{_LONG - 1}}}\s|.{{1,{_LONG}}}")
_SHORT = 500  # characters; only a caption as short stays on its picture's page


def flowables(block: Block, width: float, height: float) -> Iterator[Any]:
    """Set one block.

    Args:
        block: of any length.
        width: of the text on a page, in points.
        height: of the text on a page, in points.

    Raises:
        OSError: a picture is damaged.
    """
    from reportlab.platypus import HRFlowable  # type: ignore[import-untyped]

    match block:
        case Heading():
            yield from text_flowables(block.text, f"heading{block.level}")
        case Paragraph():
            yield from text_flowables(block.text, "muted" if block.muted else "text", strong=block.strong)
        case Items():
            for item in block.items:
                yield from text_flowables(item, "item", bullet="•")
        case Table():
            yield from _tables(block, width)
        case Passage():
            for part in block.parts():
                if isinstance(part, Grid):
                    yield from _tables(_written(part), width, part)
                else:
                    yield from _set(part, _style("passage"))
            yield from _caption(block.caption)
        case Code():
            yield from _caption(block.caption)
            yield _verbatim(_folded(block.text, "code", width), "code")
        case Picture():
            yield from _picture(block, width, height)
        case Divider():
            yield HRFlowable(width="100%", color=_LINE, spaceBefore=8, spaceAfter=8)


def text_flowables(text: str, name: str, *, strong: bool = False, bullet: str | None = None) -> Iterator[Any]:
    """Set text in lines.

    Args:
        text: of any origin and length.
        name: of its style.
        strong: bold, whatever the style.
        bullet: what stands before its first line.
    """
    style = _style(name)
    if strong:
        style.fontName = fonts().bold
    yield from _set([(Piece(line, False),) for line in printable(text).split("\n")], style, bullet)


def _style(name: str) -> Any:
    from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]

    text, bold, code = fonts()
    plain = {"fontName": text, "bulletFontName": text, "fontSize": 9.5, "leading": 13.5, "spaceAfter": 6}
    cell: dict[str, object] = {"fontSize": 8, "leading": 10.5, "spaceAfter": 0}
    # A long passage is set in several parts. Without padding above, none covers the one before.
    quoted = {"backColor": _SHADE, "borderPadding": (0, 6, 4, 6), "spaceBefore": 6, "spaceAfter": 10}
    changes: dict[str, dict[str, object]] = {
        "text": {},
        "title": {"fontName": bold, "fontSize": 18, "leading": 23},
        "heading1": {"fontName": bold, "fontSize": 14, "leading": 18, "spaceBefore": 12},
        "heading2": {"fontName": bold, "fontSize": 11.5, "leading": 15, "spaceBefore": 9},
        "heading3": {"fontName": bold, "spaceBefore": 6},
        "muted": {"textColor": MUTED},
        "caption": {"textColor": MUTED, "fontSize": 8, "leading": 11},
        "item": {"leftIndent": 14, "bulletIndent": 3, "spaceAfter": 3},
        "passage": {"leftIndent": 8, "rightIndent": 8, **quoted},
        "code": {**cell, "fontName": code, "spaceAfter": 10},
        "head": {**cell, "fontName": bold},
        "cell": cell,
    }
    return ParagraphStyle(name, **{**plain, **changes[name]})


def _caption(caption: str) -> Iterator[Any]:
    if caption:
        yield from text_flowables(caption, "caption")


def _set(lines: Iterable[tuple[Piece, ...]], style: Any, bullet: str | None = None) -> Iterator[Any]:
    """Lines in one paragraph, or in several without space between: reportlab is slow with long ones."""
    from reportlab.platypus import Paragraph as Flowing

    def written(piece: Piece) -> str:
        text = escape(drawable(piece.text, style.fontName))
        return f'<font backColor="{_MARK}">{text}</font>' if piece.marked else text

    parts = list(_short(lines))
    for number, part in enumerate(parts):
        own = style.clone(style.name)
        own.spaceBefore = style.spaceBefore if number == 0 else 0
        own.spaceAfter = style.spaceAfter if number == len(parts) - 1 else 0
        text = "<br/>".join("".join(map(written, line)) for line in part)
        yield Flowing(text, own, bulletText=None if number else bullet)


def _short(lines: Iterable[tuple[Piece, ...]]) -> Iterator[list[list[Piece]]]:
    part: list[list[Piece]] = [[]]
    used = 0
    for number, line in enumerate(lines):
        if number:
            part.append([])
            used += _LINE_END
        for piece in line:
            for text in _AT_SPACE.findall(piece.text):
                if used + len(text) > _LONG and used:
                    yield part
                    part, used = [[]], 0
                part[-1].append(Piece(text, piece.marked))
                used += len(text)
    yield part


def _verbatim(lines: Sequence[str], name: str) -> Any:
    from reportlab.platypus import Preformatted

    return Preformatted("\n".join(lines), _style(name))


def _folded(text: str, name: str, width: float) -> list[str]:
    style = _style(name)
    return folded(drawable(printable(text), style.fontName), style.fontName, style.fontSize, width)


def _picture(picture: Picture, width: float, height: float) -> Iterator[Any]:
    from reportlab.platypus import Image, KeepTogether

    image = Image(BytesIO(picture.png), hAlign="LEFT")
    scale = min(1, width / image.imageWidth, _PICTURE_HEIGHT * height / image.imageHeight)
    image.drawWidth, image.drawHeight = scale * image.imageWidth, scale * image.imageHeight
    parts = [image, *_caption(picture.caption)]
    if len(picture.caption) <= _SHORT:
        yield KeepTogether(parts)
    else:
        yield from parts


def _written(grid: Grid) -> Table:
    head, *rows = (tuple("".join(piece.text for piece in cell) for cell in row) for row in grid.rows)
    return Table(head=head, rows=tuple(rows))


def _marked(grid: Grid) -> set[tuple[int, int]]:
    """Row and column of the cells with a mark."""
    return {
        (number, column)
        for number, row in enumerate(grid.rows)
        for column, cell in enumerate(row)
        if any(piece.marked for piece in cell)
    }


def _tables(table: Table, width: float, grid: Grid = _PLAIN) -> Iterator[Any]:
    """One table, or several below each other where the columns are too many."""
    rows = table.grid()
    columns = len(rows[0]) if rows else 0
    shares = [max(0.0, share) for share in table.widths]
    if len(shares) != columns or not all(shares):
        shares = [1.0] * columns
    for first in range(0, columns, _MOST_COLUMNS):
        chosen = slice(first, first + _MOST_COLUMNS)
        marked, meant = (
            {(row, column - first) for row, column in cells if first <= column < first + _MOST_COLUMNS}
            for cells in (_marked(grid), grid.meant)
        )
        yield _table([row[chosen] for row in rows], _widths(shares[chosen], width), marked, meant)


def _widths(shares: Sequence[float], width: float) -> list[float]:
    """Each column's width; a narrow one gets what a few letters need, at the cost of the others."""
    floored = [max(_LEAST_SHARE, share / sum(shares)) for share in shares]
    return [width * share / sum(floored) for share in floored]


def _table(
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    marked: Collection[tuple[int, int]],
    meant: Collection[tuple[int, int]],
) -> Any:
    from reportlab.platypus import Table as Platypus

    cells: list[list[Any]] = []
    ends = []
    for number, row in enumerate(rows):
        columns = [
            _cell(text, "cell" if number else "head", width - 2 * _PADDING)
            for text, width in zip(row, widths, strict=True)
        ]
        cells += [list(part) for part in zip_longest(*columns, fillvalue="")]
        ends.append(len(cells) - 1)
    starts = [0, *(end + 1 for end in ends[:-1])]
    grid = Platypus(cells, colWidths=list(widths), repeatRows=0 if ends[0] else 1, spaceBefore=4, spaceAfter=10)
    grid.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
            ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            ("BACKGROUND", (0, 0), (-1, ends[0]), _SHADE),
            *(("BACKGROUND", (column, starts[row]), (column, ends[row]), _MARK) for row, column in sorted(marked)),
            *(("BOX", (column, starts[row]), (column, ends[row]), 1.2, _FRAME) for row, column in sorted(meant)),
            *(("TOPPADDING", (0, start), (-1, start), 2) for start in starts),
            *(("BOTTOMPADDING", (0, end), (-1, end), 3) for end in ends),
            *(("LINEBELOW", (0, end), (-1, end), 0.5, _LINE) for end in ends),
        ]
    )
    return grid


def _cell(text: str, name: str, width: float) -> list[Any]:
    lines = _folded(text, name, width)
    return [_verbatim(lines[first : first + _CELL_LINES], name) for first in range(0, len(lines), _CELL_LINES)]
