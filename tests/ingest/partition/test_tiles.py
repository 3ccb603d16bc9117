"""Tiles of a page: each figure is one with what it counts, and no heading; items in large letters are none either."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.partition import partition

Word = tuple[float, float, float, str]  # left, from the top, size, text
TEXT = "Im Mai wurden die beiden Öfen neu ausgemauert, weshalb die Menge unter der des Vorjahres blieb."


def read(file: Path, words: Sequence[Word]) -> list[tuple[str, str]]:
    """Kinds and texts of what stands on a page."""
    canvas = Canvas(str(file), pagesize=(595, 842))
    for left, down, size, text in words:
        canvas.setFont("Helvetica", size)
        canvas.drawString(left, 800 - down, text)
    canvas.save()
    return [(element.kind, element.text) for element in partition(file).elements]


@pytest.mark.parametrize("figure_first", [True, False])
@pytest.mark.parametrize("by_rows", [True, False])
def test_a_figure_is_one_with_its_name(tmp_path: Path, figure_first: bool, by_rows: bool) -> None:
    tiles = [("84,5 t", "Roheisen"), ("1.930", "Abstiche"), ("7,2 %", "Schlacke"), ("312 h", "Stillstand")]
    words = []
    for number, (figure, name) in enumerate(tiles):
        left, down = 60 + 250 * (number % 2), 60 + 80 * (number // 2)
        above, below = ((20, figure), (9, name)) if figure_first else ((9, name), (20, figure))
        words += [(left, down, *above), (left, down + (16 if figure_first else 22), *below)]
    if by_rows:
        words.sort(key=lambda word: word[1])
    found = read(tmp_path / "a.pdf", [*words, (60, 260, 10, TEXT), (60, 274, 10, TEXT)])
    if figure_first:
        assert found[:4] == [("paragraph", f"{figure} {name}") for figure, name in tiles]
    else:
        assert found[0] == ("form", "\n".join(f"{name}: {figure}" for figure, name in tiles))


def test_the_cells_of_a_table_are_no_tiles(tmp_path: Path) -> None:
    rows = [("Ofen", "Menge", "Dauer"), ("A", "12,5 t", "3 h"), ("B", "14,1 t", "4 h"), ("C", "9,0 t", "2 h")]
    words = [
        (60 + 120 * column, 60 + 18 * row, 10, text)
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
    ]
    words.append((60, 300, 10, TEXT))
    assert read(tmp_path / "a.pdf", words)[0][1].startswith("Ofen: A; Menge: 12,5 t; Dauer: 3 h")


@pytest.mark.parametrize("mark", ["•", "–"])
def test_items_in_large_letters_are_no_headings(tmp_path: Path, mark: str) -> None:
    items = ["Neue Gießhalle seit April", "Zwei Kräne mehr", "Ausschuss halbiert"]
    words: list[Word] = [(60, 40, 26, "Rückblick")]
    words += [(60, 100 + 40 * number, 18, f"{mark} {item}") for number, item in enumerate(items)]
    words += [(60, 700 + 14 * line, 9, TEXT) for line in range(4)]
    found = read(tmp_path / "a.pdf", words)
    assert [kind for kind, _ in found[:4]] == ["title", "list_item", "list_item", "list_item"]


def test_a_chapter_with_a_number_is_a_heading(tmp_path: Path) -> None:
    words = [(60, 40, 14, "2.3 Geltung"), (60, 60, 10, TEXT), (60, 120, 14, "3 Frist"), (60, 140, 10, TEXT)]
    assert [text for kind, text in read(tmp_path / "a.pdf", words) if kind == "title"] == ["2.3 Geltung", "3 Frist"]
