"""A document as its author means it, before it becomes a file of some format."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from ingest.documents import Frozen

Language = Literal["de", "en"]
HeadStyle = Literal["marked", "bold", "plain"]


class Cell(Frozen):
    """A cell of a table.

    Attributes:
        text: as people see it; a line break parts its lines.
        value: what a sheet stores, where that is not the text.
        number_format: by which a sheet shows the value as the text.
        rows: that it covers.
        columns: that it covers.
    """

    text: str
    value: float | date | None = None
    number_format: str = "General"
    rows: int = 1
    columns: int = 1


Row = tuple[Cell, ...]  # without the places that a cell further up or left covers


class Heading(Frozen):
    """A heading; level 0 is the document's title. The number is shown in front of the text."""

    kind: Literal["heading"] = "heading"
    level: int
    text: str
    number: str = ""


class Paragraph(Frozen):
    """A paragraph, and the footnote that hangs on its end."""

    kind: Literal["paragraph"] = "paragraph"
    text: str
    footnote: str = ""


class ListItem(Frozen):
    """An item of a list.

    Attributes:
        number: shown in front, such as `2.` or `b)`; empty for a bullet.
        lead_in: words in bold at the beginning.
    """

    kind: Literal["item"] = "item"
    text: str
    number: str = ""
    lead_in: str = ""


class Table(Frozen):
    """A table whose columns have names.

    Attributes:
        heads: rows with the names of the columns.
        rows: below them. A cell as wide as the table is a heading within it.
        names: columns on the left that say what a row is about.
        title: above the table.
        note: below the table.
        head: marked as such in the file, bold only, or formatted as all else.
        repeats: whether the head is printed again on each page.
    """

    kind: Literal["table"] = "table"
    heads: tuple[Row, ...]
    rows: tuple[Row, ...]
    names: int = 1
    title: str = ""
    note: str = ""
    head: HeadStyle = "marked"
    repeats: bool = True

    @property
    def width(self) -> int:
        """How many columns there are."""
        return sum(cell.columns for cell in self.heads[0])


class Form(Frozen):
    """Names with their values: a table of two columns, of twice two, or lines with a tab."""

    kind: Literal["form"] = "form"
    pairs: tuple[tuple[str, str], ...]
    layout: Literal["table", "wide", "lines"] = "table"
    bold: bool = False


Block = Annotated[Heading | Paragraph | ListItem | Table | Form, Field(discriminator="kind")]


class Document(Frozen):
    """A document.

    Attributes:
        name: of its file, without suffix.
        subject: what sort of document it is, such as `invoice`.
        blocks: in order; the first is the title.
        header: at the top of each page.
        footer: at the bottom of each page, without the page's number.
        numbers_headings: whether the numbers of headings are the program's, and not typed.
    """

    name: str
    subject: str
    language: Language
    blocks: tuple[Block, ...]
    header: str = ""
    footer: str = ""
    numbers_headings: bool = False

    @property
    def title(self) -> str:
        """The first heading."""
        return next(block.text for block in self.blocks if isinstance(block, Heading))

    @property
    def tables(self) -> tuple[Table, ...]:
        """Its tables in order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))


def placed(rows: Sequence[Row]) -> Iterator[tuple[int, int, Cell]]:
    """Row and column of each cell's top left place, from 0.

    Args:
        rows: of a table, without covered places.
    """
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            yield number, column, cell
            taken |= {(number + down, column + right) for down in range(cell.rows) for right in range(cell.columns)}


def grid(rows: Sequence[Row], width: int) -> list[list[Cell]]:
    """The cell that covers each place.

    Args:
        rows: of a table.
        width: columns of the table.
    """
    places = [[Cell(text="")] * width for _ in rows]
    for number, column, cell in placed(rows):
        for down in range(cell.rows):
            for right in range(cell.columns):
                places[number + down][column + right] = cell
    return places
