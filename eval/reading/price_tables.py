"""Tables of prices, positions and stock, in the layouts that firms use."""

from eval.reading.model import Cell, HeadStyle, Row, Table
from eval.reading.pen import Pen

_BREAKS = (10, 50, 250)


def price_table(pen: Pen) -> Table:
    """A price list in one of three layouts."""
    return pen.pick((_flat, _grouped, _stepped))(pen)


def _flat(pen: Pen) -> Table:
    """One head row; headings within the table in some."""
    words = pen.words["price"]
    heads = [words[name] for name in ("number", "name", "unit", "price", "discount", "valid")]
    rows: list[Row] = []
    parted = pen.maybe()
    for group in pen.some(words["groups"], 3):
        if parted:
            rows.append((Cell(text=group, columns=len(heads)),))
        for _ in range(pen.between(2, 6)):
            discount = pen.percentage(pen.between(1, 30) / 100) if pen.maybe(0.8) else Cell(text="")
            rows.append((_number(pen), _article(pen), Cell(text=pen.pick(pen.words["units"])), _price(pen), discount,
                         pen.dated()))  # fmt: skip
    return _framed(pen, heads=(row_of(*heads),), rows=tuple(rows), names=2)


def _grouped(pen: Pen) -> Table:
    """The product group merged over its rows."""
    words = pen.words["price"]
    heads = [words[name] for name in ("group", "name", "unit", "price", "delivery")]
    rows: list[Row] = []
    for group in pen.some(words["groups"], 3):
        count = pen.between(2, 4)
        for place in range(count):
            first = (Cell(text=group, rows=count),) if place == 0 else ()
            delivery = Cell(text=pen.fill(words["delivery_value"]))
            rows.append((*first, _article(pen), Cell(text=pen.pick(pen.words["units"])), _price(pen), delivery))
    return _framed(pen, heads=(row_of(*heads),), rows=tuple(rows), names=2)


def _stepped(pen: Pen) -> Table:
    """Two head rows: prices by quantity, for two kinds of units."""
    words = pen.words["price"]
    units = pen.some(pen.words["units"], 2)
    breaks = sorted(pen.some(_BREAKS, 2))
    upper = (
        Cell(text=words["number"], rows=2), Cell(text=words["name"], rows=2),
        *(Cell(text=words["per"].format(unit=unit), columns=len(breaks)) for unit in units),
        Cell(text=words["delivery"], rows=2),
    )  # fmt: skip
    lower = row_of(*(words["from"].format(count=count) for _ in units for count in breaks))
    rows = tuple(
        (_number(pen), _article(pen), *(_price(pen) for _ in lower), Cell(text=pen.fill(words["delivery_value"])))
        for _ in range(pen.between(4, 12))
    )
    return _framed(pen, heads=(upper, lower), rows=rows, names=2)


def invoice_table(pen: Pen) -> Table:
    """Positions with descriptions of two lines, and sums whose names are merged over the columns before them."""
    words = pen.words["invoice"]
    rows: list[Row] = []
    net = 0.0
    for position in range(1, pen.between(3, 9)):
        count, price = pen.between(1, 40), pen.between(10, 90_000) / 100
        net += count * price
        article = _article(pen)
        if pen.maybe():
            article = article.model_copy(update={"text": f"{article.text}\n{pen.pick(pen.words['materials'])}"})
        rows.append((Cell(text=str(position), value=position, number_format="0"), article, pen.count(count),
                     Cell(text=pen.pick(pen.words["units"])), pen.sum_of_money(price),
                     pen.sum_of_money(round(count * price, 2))))  # fmt: skip
    rate = 0.19 if pen.language == "de" else 0.2
    for name, value in ((words["net"], net), (words["tax"], rate * net), (words["gross"], (1 + rate) * net)):
        rows.append((Cell(text=name, columns=5), pen.sum_of_money(round(value, 2))))
    return Table(heads=(row_of(*words["heads"]),), rows=tuple(rows), names=2, head=picked_head(pen))


def stock_table(pen: Pen) -> Table:
    """So many rows that the table goes over several pages."""
    words = pen.words["stock"]
    rows: list[Row] = []
    total = 0.0
    for number in range(pen.between(55, 90)):
        count, price = pen.between(0, 4000), pen.between(5, 4000) / 100
        total += count * price
        least = pen.count(pen.between(1, 40) * 10) if pen.maybe(0.85) else Cell(text="")
        rows.append((Cell(text=f"{'ABCDEF'[number // 16]}-{number % 16 + 1:02}-{pen.between(1, 4)}"), _article(pen),
                     pen.count(count), least, pen.sum_of_money(round(count * price, 2)), pen.dated()))  # fmt: skip
    rows.append((Cell(text=words["total"], columns=4), pen.sum_of_money(round(total, 2)), Cell(text="")))
    return Table(
        heads=(row_of(*words["heads"]),), rows=tuple(rows), names=2, head=picked_head(pen), repeats=pen.maybe()
    )


def _framed(pen: Pen, heads: tuple[Row, ...], rows: tuple[Row, ...], names: int) -> Table:
    words = pen.words["price"]
    title = words["caption"].format(group=pen.pick(words["groups"])) if pen.maybe() else ""
    note = pen.fill(words["note"]) if pen.maybe() else ""
    return Table(heads=heads, rows=rows, names=names, title=title, note=note, head=picked_head(pen))


def row_of(*texts: str) -> Row:
    """Cells with these texts."""
    return tuple(Cell(text=text) for text in texts)


def picked_head(pen: Pen) -> HeadStyle:
    """How the head of a table is told from its rows."""
    return pen.pick(("marked", "marked", "bold", "plain"))


def _number(pen: Pen) -> Cell:
    return Cell(text=f"{pen.between(10, 99)}.{pen.between(100, 999)}-{pen.between(1, 99):02}")


def _article(pen: Pen) -> Cell:
    return Cell(text=f"{pen.product()} {pen.type()}, {pen.pick(pen.words['adjectives'])}")


def _price(pen: Pen) -> Cell:
    return pen.sum_of_money(pen.between(50, 500_000) / 100)
