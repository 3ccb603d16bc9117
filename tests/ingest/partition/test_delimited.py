"""Files of delimited text: the delimiter is told by rows, and no comma of a figure parts a cell."""

from pathlib import Path

import pytest

from ingest.partition import partition


def read(folder: Path, text: str) -> list[str]:
    (folder / "a.csv").write_bytes(text.encode())
    return [element.text for element in partition(folder / "a.csv").elements]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The last column is left out where it is empty.
        ("Teil;Preis;Hinweis\nNabe;4,20\nWelle;7,80;neu\nRing;1,15\n",
         ["Teil: Nabe; Preis: 4,20", "Teil: Welle; Preis: 7,80; Hinweis: neu", "Teil: Ring; Preis: 1,15"]),
        ("Messwert\n3,14\n2,72\n", ["Messwert", "3,14", "2,72"]),
        ("Länge mm\n12,5 mm\n13,5 mm\n", ["Länge mm", "12,5 mm", "13,5 mm"]),
        ("item,price,stock\nhub,4.20,7\naxle,7.80,2\n",
         ["item: hub; price: 4.20; stock: 7", "item: axle; price: 7.80; stock: 2"]),
        ("Ware^Preis\nTuch^4,50\nGarn^2,75\n", ["Ware: Tuch; Preis: 4,50", "Ware: Garn; Preis: 2,75"]),
        ("code|wert\nA1|2,5\nB2|3,5\n", ["code: A1; wert: 2,5", "code: B2; wert: 3,5"]),
        ("Ort;Öffnet\rUlm;9 Uhr\rGera;8 Uhr\r", ["Ort: Ulm; Öffnet: 9 Uhr", "Ort: Gera; Öffnet: 8 Uhr"]),
        # No row names the columns.
        ("7001;Filter;3,90\n7002;Schlauch;8,40;Rest\n7003;Dichtung;0,60\n",
         ["7001; Filter; 3,90", "7002; Schlauch; 8,40; Rest", "7003; Dichtung; 0,60"]),
    ],
)  # fmt: skip
def test_cells_are_parted_by_what_all_rows_have(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert read(tmp_path, text) == expected
