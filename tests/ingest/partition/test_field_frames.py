"""Frames around fields are no tables; lines of cells that hold fields stay."""

from ingest.partition.field_frames import without_frames
from ingest.partition.pdf_rules import Rule, Rules

FIELDS = [(140.0, 98.0, 300.0, 114.0), (140.0, 121.0, 300.0, 137.0)]


def framed() -> Rules:
    level = tuple(Rule(at, 138, 302) for box in FIELDS for at in (box[1] - 2, box[3] + 2))
    return Rules(level, (Rule(138, 96, 139), Rule(302, 96, 139)))


def test_frames_are_left_out_also_where_their_sides_join() -> None:
    assert without_frames(framed(), FIELDS) == Rules((), ())


def test_other_lines_stay() -> None:
    line, side = Rule(400, 50, 500), Rule(50, 90, 400)
    rules = framed()
    found = without_frames(Rules((*rules.level, line), (*rules.upright, side)), FIELDS)
    assert found == Rules((line,), (side,))


def test_a_table_with_fields_in_its_cells_stays() -> None:
    level = tuple(Rule(at, 50, 302) for at in (96.0, 117.5, 139.0))
    table = Rules(level, tuple(Rule(at, 96, 139) for at in (50.0, 138.0, 302.0)))
    assert without_frames(table, FIELDS) == table


def test_a_page_without_fields_stays() -> None:
    assert without_frames(framed(), []) == framed()
