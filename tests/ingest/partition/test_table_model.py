"""Tables of all formats: where the head ends, what merged cells cover, and which tables are forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.partition.table_model import Cell, Table, lines_of


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
