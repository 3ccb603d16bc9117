"""Passages as text, as a sheet, and searched: what a reader sees of them."""

from chatbot.web.documents.find_words import find_words
from chatbot.web.documents.grid import as_grid, named_cell_span, sheet_names
from chatbot.web.documents.text import Block, Piece, blocks, joined
from ingest.documents import CellSpan, Passage, Place
from tests.chatbot.passages import passage


def read(found: list[Block]) -> list[tuple[str, str]]:
    return [(one.kind, "\n".join("".join(piece.text for piece in line) for line in one.lines)) for one in found]


def marked(found: list[Block]) -> list[str]:
    return [piece.text for one in found for line in one.lines for piece in line if piece.marked]


def headed(text: str, *sections: tuple[int, str], start: int = 0, **more: object) -> Passage:
    places = tuple(Place(start + at, None, section) for at, section in sections)
    return passage(text, start=start).model_copy(update={"places": places, "section": sections[0][1], **more})


def test_titles_are_headings_and_what_two_passages_share_is_shown_once() -> None:
    first = headed("Regelung\n\nUrlaub\n\nEs gibt 28 Tage. Sie verfallen nie.", (0, ""), (10, "Urlaub"))
    second = headed("Sie verfallen nie. Ende.", (0, "Urlaub"), start=first.end - len("Sie verfallen nie."))
    found = list(blocks([first, second], [(first.text.index("28"), first.text.index("28") + 7)]))
    assert read(found) == [
        ("heading", "Regelung"), ("heading", "Urlaub"), ("text", "Es gibt 28 Tage. Sie verfallen nie."),
        ("text", " Ende."),
    ]  # fmt: skip
    assert marked(found) == ["28 Tage"] and [one.level for one in found[:2]] == [2, 3]


def test_pages_are_named_where_they_begin() -> None:
    one = headed("Vorn. Hinten.", (0, "")).model_copy(
        update={"page": 1, "page_label": "i", "places": (Place(6, 2, "", page_label="ii"),)}
    )
    found = list(blocks([one], []))
    assert [block.page for block in found if block.kind == "page"] == [(1, "i"), (2, "ii")]
    assert read(found)[1][1].strip() == "Vorn." and read(found)[3][1] == "Hinten."


def test_names_and_values_that_follow_each_other_are_one_table() -> None:
    pairs = [Block("table", heads=(name,), rows=(((Piece(name.lower(), False),),),)) for name in ("Von", "An")]
    wide = Block("table", heads=("A", "B"), rows=(((Piece("1", False),), (Piece("2", False),)),))
    found = list(joined([*pairs, wide, Block("text")]))
    assert [one.heads for one in found] == [("Von", "An"), ("A", "B"), ()]
    assert [len(one.rows[0]) for one in found[:2]] == [2, 2]


def test_words_are_found_side_by_side_or_each_by_itself_and_once() -> None:
    text = "Der Urlaub im zweiten Jahr.\nIm zweiten\nJahr gilt (mehr)."
    first = headed(text, (0, "Urlaub"))
    again = headed("zweiten\nJahr gilt (mehr).", (0, "Urlaub"), start=text.index("zweiten\n"))
    found = find_words([first, again], "ZWEITEN  Jahr")
    assert found.total == 2 and not found.separate
    assert [text[hit.start : hit.end] for hit in found.shown] == ["zweiten Jahr", "zweiten\nJahr"]
    assert find_words([first], "Jahr Urlaub").separate and find_words([first], "Jahr Urlaub").total == 3
    assert find_words([first], "(mehr)").total == 1 and find_words([first], ".*").total == 0
    assert find_words([first], "  ").total == 0


def sheet() -> Passage:
    text = "Ventil | Soll: 3 bar\nPumpe | Soll: 5 bar"
    cells = []
    for row, (name, value) in enumerate((("Ventil", "3 bar"), ("Pumpe", "5 bar")), start=1):
        at, key = text.index(value), text.index(name)
        head = text.index("Soll", key)
        cells.append(CellSpan(row, 0, 1, 1, key, key + len(name), key, key, key, key))
        cells.append(CellSpan(row, 1, 1, 1, at, at + len(value), head, head + 4, key, key + len(name)))
    text += "\nGeprüft am 3. Mai"
    return headed(text, (0, "Druck")).model_copy(update={"table": tuple(cells), "cells": "A2:B3"})


def test_a_sheet_is_a_grid_with_the_marked_cell() -> None:
    one = sheet()
    span = named_cell_span([one], "Druck", "b3")
    assert span and one.text[slice(*span)] == "5 bar"
    assert sheet_names([one]) == ["Druck"] and named_cell_span([one], "", "Z99") is None
    grid = as_grid([one], "Druck", [span], None)
    assert grid.letters == ("A", "B") and [row.number for row in grid.rows] == [0, 2, 3]
    assert read(list(grid.beside)) == [("text", "Geprüft am 3. Mai")]
    assert grid.rows[0].cells[1] and grid.rows[0].cells[1].is_head
    meant = [cell for row in grid.rows for cell in row.cells if cell and cell.is_meant]
    assert ["".join(piece.text for piece in cell.pieces) for cell in meant] == ["5 bar"]
