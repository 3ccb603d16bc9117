"""What somebody who reads a document can say of it: its text, and which value stands under which name."""

from collections.abc import Iterator

from eval.reading.model import Block, Document, Form, Heading, ListItem, Paragraph, Table, grid
from eval.reading.shown import path_of
from ingest.documents import Frozen


class Expected(Frozen):
    """A value that has to be found under its name.

    Attributes:
        place: where it stands, for people.
        row: texts that say what the row is about; none for a form.
        path: heads above it, from the outermost; the name in a form.
        value: as it is shown.
        same: heads of all columns under which this row has this value, its own among them.
    """

    place: str
    row: tuple[str, ...]
    path: tuple[str, ...]
    value: str
    same: tuple[str, ...] = ()


def body_texts(document: Document) -> Iterator[str]:
    """All that is visible between header and footer, each text as often as it stands there."""
    for block in document.blocks:
        yield from _texts(block)


def margin_texts(document: Document) -> Iterator[str]:
    """Header and footer, each once, however many pages repeat them."""
    yield from filter(None, (document.header, document.footer))


def expected_values(document: Document) -> Iterator[Expected]:
    """Cells of tables and values of forms, empty ones left out."""
    tables = 0
    for block in document.blocks:
        if isinstance(block, Form):
            for name, value in block.pairs:
                yield Expected(place=f"form, {name}", row=(), path=(name.rstrip(":"),), value=value)
        elif isinstance(block, Table):
            tables += 1
            yield from _cells(block, tables)


def names_and_values(document: Document) -> frozenset[str]:
    """All that stands in cells of tables: what a reading may wrongly take for the head of a value."""
    return frozenset(
        " ".join(cell.text.split())
        for table in document.tables
        for row in (*table.heads, *table.rows)
        for cell in row
        if cell.text
    )


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield from filter(None, (block.number, block.text))
        case Paragraph():
            yield from filter(None, (block.text, block.footnote))
        case ListItem():
            yield from filter(None, (block.number, block.lead_in, block.text))
        case Form():
            for name, value in block.pairs:
                yield from (name.rstrip(":"), value)
        case Table():
            yield from filter(None, (block.title, block.note))
            yield from (cell.text for row in (*block.heads, *block.rows) for cell in row if cell.text)


def _cells(table: Table, count: int) -> Iterator[Expected]:
    paths = [path_of(table, column) for column in range(table.width)]
    for number, row in enumerate(grid(table.rows, table.width)):
        texts = [" ".join(cell.text.split()) for cell in row]
        is_sum = row[0].columns > 1  # its name covers the columns before the sum
        if row[0].columns == table.width:
            continue
        names = tuple(dict.fromkeys(texts[:1] if is_sum else filter(None, texts[: table.names])))
        for column, value in enumerate(texts):
            if value and not (is_sum and row[column] is row[0]):
                alike = [path for path, other in zip(paths, texts, strict=True) if other == value]
                same = tuple(dict.fromkeys(head for path in alike for head in path))
                place = f"table {count}, row {number + 1}, column {column + 1}"
                yield Expected(place=place, row=names, path=paths[column], value=value, same=same)
