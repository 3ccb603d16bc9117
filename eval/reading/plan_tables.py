"""Tables of shifts, measurements, rates, skills and data, in the layouts that firms use."""

from datetime import timedelta

from babel.dates import format_date

from eval.reading.model import Cell, Row, Table
from eval.reading.pen import Pen
from eval.reading.price_tables import picked_head, row_of


def shift_table(pen: Pen) -> Table:
    """Who works when; two weeks side by side in some, and absences merged over days."""
    words = pen.words["shift"]
    week = pen.between(2, 50)
    days = pen.words["weekdays"][: pen.between(5, 6)]
    if pen.maybe():
        upper = (Cell(text=words["name"], rows=2), Cell(text=words["week"].format(week=week), columns=len(days)),
                 Cell(text=words["week"].format(week=week + 1), columns=len(days)))  # fmt: skip
        heads: tuple[Row, ...] = (upper, row_of(*days, *days))
        count, tail = 2 * len(days), 0
    else:
        corner = words["name"] if pen.maybe(0.7) else ""
        heads = (row_of(corner, *_dated(pen, days), words["hours"]),)
        count, tail = len(days), 1
    people = list(dict.fromkeys(pen.person() for _ in range(pen.between(5, 10))))
    rows = tuple(
        (Cell(text=person), *_shifts(pen, count, len(days)), *(pen.measure(pen.between(60, 80) / 2, 1),) * tail)
        for person in people
    )
    title = words["caption"].format(week=week) if pen.maybe() else ""
    return Table(heads=heads, rows=rows, title=title, note=words["note"], head=picked_head(pen))


def _dated(pen: Pen, days: list[str]) -> list[str]:
    first = pen.day()
    first -= timedelta(days=first.weekday())
    form = "dd.MM." if pen.language == "de" else "d/M"
    return [f"{day} {format_date(first + timedelta(days=number), form)}" for number, day in enumerate(days)]


def _shifts(pen: Pen, count: int, week: int) -> list[Cell]:
    """Shifts of a row; an absence may cover several days of one week."""
    cells: list[Cell] = []
    place = 0
    while place < count:
        left = week - place % week
        span = pen.between(2, min(3, left)) if left > 1 and pen.maybe(0.08) else 1
        text = pen.pick(pen.words["shift"]["leave" if span > 1 else "shifts"]) if pen.maybe(0.92) or span > 1 else ""
        cells.append(Cell(text=text, columns=span))
        place += span
    return cells


def inspection_table(pen: Pen) -> Table:
    """Measured values under a head of two rows."""
    words = pen.words["inspection"]
    parts = pen.between(2, 4)
    upper = (*(Cell(text=words[name], rows=2) for name in ("feature", "nominal", "tolerance")),
             Cell(text=words["measured"], columns=parts), Cell(text=words["result"], rows=2))  # fmt: skip
    lower = row_of(*(words["part"].format(count=count + 1) for count in range(parts)))
    rows = []
    for feature in pen.some(words["features"], pen.between(4, 7)):
        nominal, width = pen.between(200, 90_000) / 100, pen.between(1, 40) / 100
        values = (pen.measure(nominal + pen.between(-40, 40) / 1000, 3) for _ in range(parts))
        rows.append((Cell(text=feature), pen.measure(nominal, 2), Cell(text=f"± {pen.decimal(width, 2)}"), *values,
                     Cell(text=pen.pick(words["ok"]))))  # fmt: skip
    return Table(heads=(upper, lower), rows=tuple(rows), head=picked_head(pen))


def rate_table(pen: Pen) -> Table:
    """Rates by country, two of them under a common head."""
    words = pen.words["policy"]
    upper = (Cell(text=words["country"], rows=2), Cell(text=words["meals"], columns=2),
             Cell(text=words["night"], rows=2))  # fmt: skip
    rows = tuple(
        (Cell(text=country), *(pen.sum_of_money(float(pen.between(14, 180))) for _ in range(3)))
        for country in pen.some(pen.words["countries"], pen.between(5, 9))
    )
    heads = (upper, row_of(words["whole"], words["half"]))
    return Table(heads=heads, rows=rows, title=words["caption"], head=picked_head(pen))


def data_table(pen: Pen) -> Table:
    """Features down, types across."""
    words = pen.words["sheet"]
    types = list(dict.fromkeys(pen.type() for _ in range(pen.between(2, 4))))
    rows = []
    for feature, unit in pen.some(words["features"], pen.between(4, 7)):
        values = (pen.measure(pen.between(10, 90_000) / 10, 1) if pen.maybe(0.9) else Cell(text="–") for _ in types)
        rows.append((Cell(text=feature), Cell(text=unit), *values))
    heads = (row_of(words["feature"], words["unit"], *types),)
    return Table(heads=heads, rows=tuple(rows), title=words["caption"], head=picked_head(pen))


def skill_table(pen: Pen) -> Table:
    """A matrix with many empty cells under groups of skills."""
    words = pen.words["skills"]
    upper = (Cell(text=words["name"], rows=2), Cell(text=words["personnel"], rows=2),
             *(Cell(text=group, columns=len(skills)) for group, skills in words["groups"]))  # fmt: skip
    skills = [skill for _, names in words["groups"] for skill in names]
    people = list(dict.fromkeys(pen.person() for _ in range(pen.between(6, 14))))
    rows = []
    for person in people:
        marks = [Cell(text=pen.pick((words["yes"], "x")) if pen.maybe() else "") for _ in skills[:-1]]
        rows.append((Cell(text=person), Cell(text=f"{pen.between(0, 9999):04}"), *marks,
                     pen.dated() if pen.maybe(0.6) else Cell(text="")))  # fmt: skip
    return Table(heads=(upper, row_of(*skills)), rows=tuple(rows), head=picked_head(pen))


def task_table(pen: Pen) -> Table:
    """Who does what until when, with tasks of two lines."""
    words = pen.words["minutes"]
    rows = tuple(
        (Cell(text=str(number), value=number, number_format="0"), Cell(text=pen.fill(task)), Cell(text=pen.person()),
         pen.dated(), Cell(text=pen.pick(pen.words["common"]["status"])))
        for number, task in enumerate(pen.some(words["tasks"], pen.between(3, 6)), 1)
    )  # fmt: skip
    return Table(heads=(row_of(*words["heads"]),), rows=rows, names=2, head=picked_head(pen))


def fault_table(pen: Pen) -> Table:
    """Texts only, some of two lines."""
    words = pen.words["manual"]
    faults = zip(*(pen.some(words[name], 5) for name in ("fault", "cause", "remedy")), strict=True)
    rows = tuple(row_of(*map(pen.fill, texts)) for texts in faults)
    return Table(heads=(row_of(*words["faults"]),), rows=rows, title=words["fault_title"], head=picked_head(pen))
