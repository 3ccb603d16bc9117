"""Lines are read from the top of their column, whatever is drawn first."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from ingest.partition import extract
from ingest.partition.reading_order import in_reading_order
from ingest.partition.runs import Run

LETTER = [
    "Werk Süd, 4. Mai",
    "Sehr geehrte Frau Rau,",
    "wir liefern am Montag.",
    "Mit freundlichen Grüßen",
    "Seite 1 von 1",
]


def run(text: str, left: float, top: float, width: float = 200) -> Run:
    return Run(((text, (left, top, left + width, top + 12)),), 11, False, 1)


@pytest.mark.parametrize("order", [(4, 0, 1, 2, 3), (1, 2, 3, 4, 0), (3, 2, 1, 0, 4), (0, 2, 1, 4, 3)])
def test_a_letter_is_read_from_the_top(tmp_path: Path, order: tuple[int, ...]) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842))
    for number in order:
        canvas.drawString(70, 700 - 40 * number, LETTER[number])
    canvas.save()
    assert extract(tmp_path / "a.pdf").text.split("\n\n") == LETTER


def test_columns_are_read_one_after_the_other() -> None:
    left = [run(f"links {number}", 60, 100 + 20 * number) for number in range(5)]
    right = [run(f"rechts {number}", 320, 100 + 20 * number) for number in range(5)]
    foot = run("Fuß", 60, 760, 460)
    assert in_reading_order([*left, *right, foot]) == [*left, *right, foot]
    assert in_reading_order([foot, *left, *right]) == [*left, *right, foot]


@given(st.integers(1, 30), st.integers(0, 10_000))
def test_lines_of_one_column_are_sorted(count: int, seed: int) -> None:
    lines = [run(str(number), 60, 20.0 * number) for number in range(count)]
    shuffled = list(lines)
    Random(seed).shuffle(shuffled)
    assert in_reading_order(shuffled) == lines
