"""What of a document a format shows: a text file has no merged cells, a sheet no paragraphs."""

from collections.abc import Iterator

from eval.reading.model import Block, Cell, Document, Form, Heading, ListItem, Row, Table, grid


def whole(document: Document) -> Document:
    """As a text program shows it."""
    return document


def in_web_export(document: Document) -> Document:
    """As HTML written by a text program shows it: letters of lists with a full stop."""
    blocks = tuple(
        block.model_copy(update={"number": block.number.replace(")", ".")}) if isinstance(block, ListItem) else block
        for block in document.blocks
    )
    return document.model_copy(update={"blocks": blocks})


def on_web_page(document: Document) -> Document:
    """As HTML shows it: letters of lists with a full stop, neither header nor footer."""
    return in_web_export(document).model_copy(update={"header": "", "footer": ""})


def in_markup(document: Document) -> Document:
    """As Markdown shows it: lists numbered by figures, tables without merged cells, forms as tables."""
    return document.model_copy(update={"blocks": tuple(_in_markup(document)), "header": "", "footer": ""})


def on_slides(document: Document) -> Document:
    """As slides show it: lists with bullets, neither header nor footer."""
    blocks = tuple(
        block.model_copy(update={"number": ""}) if isinstance(block, ListItem) else block for block in document.blocks
    )
    return document.model_copy(update={"blocks": blocks, "header": "", "footer": ""})


def on_sheet(document: Document) -> Document:
    """As a sheet shows it: title, forms and tables."""
    kept: list[Block] = [Heading(level=0, text=document.title)]
    for block in document.blocks:
        if isinstance(block, Table):
            kept.append(block)
        elif isinstance(block, Form):
            kept.append(block.model_copy(update={"layout": "table"}))
    return document.model_copy(update={"blocks": tuple(kept), "header": "", "footer": ""})


def as_records(document: Document) -> Document:
    """As an export of a database shows it: the rows of the first table."""
    table = flat(document.tables[0]).model_copy(update={"title": "", "note": ""})
    return document.model_copy(update={"blocks": (table,), "header": "", "footer": ""})


def flat(table: Table) -> Table:
    """A table without merged cells: what covers several rows or columns stands in each, names of sums but once."""
    paths = [" ".join(path_of(table, column)) for column in range(table.width)]
    rows = []
    for places in grid(table.rows, table.width):
        row: list[Cell] = []
        for column, cell in enumerate(places):
            goes_on = column > 0 and places[column - 1] is cell and places[0] is cell
            row.append(Cell(text="") if goes_on else cell.model_copy(update={"rows": 1, "columns": 1}))
        rows.append(tuple(row))
    heads: tuple[Row, ...] = (tuple(Cell(text=path) for path in paths),)
    return table.model_copy(update={"heads": heads, "rows": tuple(rows)})


def path_of(table: Table, column: int) -> tuple[str, ...]:
    """The heads above a column from the outermost, each once."""
    places = grid(table.heads, table.width)
    return tuple(dict.fromkeys(" ".join(row[column].text.split()) for row in places if row[column].text))


def _in_markup(document: Document) -> Iterator[Block]:
    number = 0
    for block in document.blocks:
        number = number + 1 if isinstance(block, ListItem) else 0
        if isinstance(block, ListItem) and block.number:
            yield block.model_copy(update={"number": f"{number}."})
        elif isinstance(block, Table):
            yield flat(block)
        elif isinstance(block, Form):
            yield block.model_copy(update={"layout": "lines"})
        else:
            yield block
