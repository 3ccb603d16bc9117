"""Tables of all formats: where the head ends, what merged cells cover, and which tables are forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.partition.table_layout import element_of, labelled, laid_out
from ingest.partition.table_model import Cell, Table, plain_table


def lines_of(table: Table) -> list[str]:
    return [line.text for line in laid_out(table)]


def plain(*rows: str, strong_rows: int = 0) -> Table:
    return Table(
        tuple(
            Cell(number, column, text, strong=number < strong_rows)
            for number, row in enumerate(rows)
            for column, text in enumerate(row.split("|"))
        )
    )


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (("Ort|Tag|Zeit", "Ulm|Mo|8 Uhr"), ["Ort: Ulm; Tag: Mo; Zeit: 8 Uhr"]),
        (("Typ|Preis", "A1|20 Euro", "A2|30 Euro", "A3|45 Euro"), ["Typ: A1; Preis: 20 Euro", "Typ: A2; Preis: 30 Euro",
                                                                    "Typ: A3; Preis: 45 Euro"]),
        (("Name:|Eva Lenz|Tel.:|4711", "Ort:|Ulm|PLZ:|89073"), ["Name: Eva Lenz; Tel.: 4711", "Ort: Ulm; PLZ: 89073"]),
        (("Leiter|Jan Voss", "Plätze|40", "Baujahr|1998", "Lage|Hof 2"), ["Leiter: Jan Voss", "Plätze: 40",
                                                                        "Baujahr: 1998", "Lage: Hof 2"]),
        (("Fax|12", "Mail|a@b.de"), ["Fax: 12", "Mail: a@b.de"]),
    ],
)  # fmt: skip
def test_heads_and_forms_are_told_apart(rows: tuple[str, ...], lines: list[str]) -> None:
    assert lines_of(plain(*rows)) == lines


def test_a_bold_first_row_is_a_head_even_over_values_of_all_kinds() -> None:
    rows = ("Punkt|Wert", "Leiter|Jan Voss", "Plätze|40", "Lage|Hof 2")
    assert lines_of(plain(*rows, strong_rows=1))[0] == "Punkt: Leiter; Wert: Jan Voss"


def test_marked_heads_count_before_any_guess() -> None:
    table = plain("2025|2026", "Ist|Plan", "7|9")._replace(heads=2)
    assert lines_of(table) == ["2025 › Ist: 7; 2026 › Plan: 9"]


@given(st.lists(st.lists(st.sampled_from(["", "a", "b 1", "20 %"]), min_size=3, max_size=3), min_size=1, max_size=6))
def test_no_value_is_lost(rows: list[list[str]]) -> None:
    table = Table(tuple(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row)))
    said = "\n".join(lines_of(table))
    assert all(text in said for row in rows for text in row)


@given(st.lists(st.lists(st.sampled_from(["", "a", "b 1", "20 %"]), min_size=3, max_size=3), min_size=1, max_size=6))
def test_every_cell_has_its_exact_place(rows: list[list[str]]) -> None:
    for line in laid_out(plain_table(rows)):
        for cell in line.cells:
            assert line.text[cell.start : cell.end] == rows[cell.row][cell.column]
            assert line.text[cell.head_start : cell.start] in ("", f"{line.text[cell.head_start : cell.head_end]}: ")


def test_a_cell_knows_its_column_and_its_row() -> None:
    table = plain("2025|2026", "Ist|Plan", "7|9")._replace(heads=2)
    (line,) = laid_out(table)
    cell = line.cells[1]
    said = [(cell.start, cell.end), (cell.head_start, cell.head_end), (cell.key_start, cell.key_end)]
    assert [line.text[start:end] for start, end in said] == ["9", "2026 › Plan", "7"]


def test_a_table_within_a_cell_keeps_the_places_of_its_cells() -> None:
    element = labelled(element_of(laid_out(plain("Ort|Zeit", "Ulm|8 Uhr", "Bonn|9 Uhr"))), "Halle 2")
    assert element.text == "Halle 2: Ort: Ulm; Zeit: 8 Uhr\nHalle 2: Ort: Bonn; Zeit: 9 Uhr"
    assert [element.text[cell.start : cell.end] for cell in element.table] == ["Ulm", "8 Uhr", "Bonn", "9 Uhr"]


def test_a_heading_within_a_form_is_said_once() -> None:
    cells = (Cell(0, 0, "Name:"), Cell(0, 1, "Eva Lenz"), Cell(1, 0, "Zum Vertrag", 1, 2), Cell(2, 0, "Beginn:"),
             Cell(2, 1, "1. März"))  # fmt: skip
    assert lines_of(Table(cells)) == ["Name: Eva Lenz", "Zum Vertrag", "Beginn: 1. März"]


def test_empty_rows_of_a_head_are_none_of_it() -> None:
    cells = (Cell(1, 0, "Artikel"), Cell(1, 1, "Preis"), Cell(2, 0, "A"), Cell(2, 1, "1 €"), Cell(3, 0, "B"),
             Cell(3, 1, "2 €"))  # fmt: skip
    assert lines_of(Table(cells, heads=2)) == ["Artikel: A; Preis: 1 €", "Artikel: B; Preis: 2 €"]


def test_a_row_is_named_by_as_many_columns_as_tell_it_apart() -> None:
    lines = laid_out(plain("Werk|Halle|Fläche", "Gera|Nord|7", "Gera|Süd|9", "Ulm|Nord|9"))
    keys = [line.text[line.cells[-1].key_start : line.cells[-1].key_end] for line in lines]
    assert keys == ["Gera; Halle: Nord", "Gera; Halle: Süd", "Ulm; Halle: Nord"]
