"""Where what was struck out and what came in its place touch, only the first is struck out."""

from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from ingest.partition import extract

Part = tuple[str, bool]


def page(path: Path, lines: list[list[Part]], at: float = 0.32) -> Path:
    """Lines whose parts follow each other without a space, some with a line through them."""
    canvas = Canvas(str(path), pagesize=A4)
    for number, line in enumerate(lines):
        left, y = 72.0, 760 - 24 * number
        for text, is_struck in line:
            canvas.setFont("Helvetica", 11)
            canvas.drawString(left, y, text)
            end = left + stringWidth(text, "Helvetica", 11)
            if is_struck:
                canvas.setLineWidth(0.7)
                canvas.line(left, y + 11 * at, end, y + 11 * at)
            left = end
    canvas.save()
    return path


@pytest.mark.parametrize(
    ("line", "said", "struck"),
    [
        ([("Die Frist beträgt ", False), ("drei", True), ("sechs", False), (" Monate.", False)],
         "Die Frist beträgt sechs Monate.", "drei"),
        ([("Lieferung bis ", False), ("12", True), ("15", False), (" Uhr.", False)], "Lieferung bis 15 Uhr.", "12"),
        ([("The fee is ", False), ("30 pounds", True), ("45 pounds", False), (" a year.", False)],
         "The fee is 45 pounds a year.", "30 pounds"),
        ([("Preis 21,00", False), ("19,50", True), (" Euro.", False)], "Preis 21,00 Euro.", "19,50"),
    ],
)  # fmt: skip
def test_a_word_is_cut_where_the_line_ends(tmp_path: Path, line: list[Part], said: str, struck: str) -> None:
    extraction = extract(page(tmp_path / "a.pdf", [line, [("Ein anderer Satz steht hier.", False)]]))
    assert said in extraction.text
    assert [(one.why, one.text) for one in extraction.unseen] == [("struck", struck)]


def test_a_line_below_part_of_a_word_strikes_out_nothing(tmp_path: Path) -> None:
    line = [("Die Frist ", False), ("be", True), ("trägt drei Monate.", False)]
    extraction = extract(page(tmp_path / "a.pdf", [line], at=-0.15))
    assert extraction.text == "Die Frist beträgt drei Monate." and not extraction.unseen
