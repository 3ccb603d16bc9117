"""Dots that lead to a page or a value are no text; dots to write on, and those of a sentence, part nothing."""

import pytest

from ingest.partition.layout import lay_out_pages
from ingest.partition.page import Page
from ingest.partition.runs import Run


def run(text: str, line: int, left: float = 50) -> Run:
    at, words = left, []
    for word in text.split():
        words.append((word, (at, 100.0 + 14 * line, at + 5 * len(word), 110.0 + 14 * line)))
        at += 5 * len(word) + 3
    return Run(tuple(words), 10.0, False, 1)


def said(*runs: Run) -> list[tuple[str, str]]:
    return [(element.kind, element.text) for element in lay_out_pages([Page(list(runs), 800.0)])]


def test_lines_of_a_contents_stand_alone() -> None:
    lines = run("1 Aufbau.......3", 0), run("2 Alarm . . . . . . 12", 1), run("Der Plan gilt ab Mai.", 2)
    found = [text for _, text in said(*lines)]
    assert found == ["1 Aufbau 3", "2 Alarm 12", "Der Plan gilt ab Mai."]


def test_prices_stand_behind_their_names() -> None:
    lines = run("Kran, je Hub ........ 140,00 €", 0), run("Slip ………… 31,50 €", 1)
    assert said(*lines) == [("form", "Kran, je Hub: 140,00 €\nSlip: 31,50 €")]


def test_values_that_are_drawn_apart_belong_to_their_line() -> None:
    lines = run("Kran ........", 0), run("140,00 €", 0, 300), run("Slip ........", 1), run("31,50 €", 1, 300)
    assert said(*lines) == [("form", "Kran: 140,00 €\nSlip: 31,50 €")]


@pytest.mark.parametrize("text", ["Name: ............ Ort:", "Und dann ... nichts", "Name ........", "Frist..."])
def test_other_dots_part_nothing(text: str) -> None:
    assert [kind for kind, _ in said(run(text, 0))] == ["paragraph"]


def test_words_keep_their_boxes() -> None:
    (element,) = lay_out_pages([Page([run("Kran.......140,00", 0), run("Slip.......31,50", 1)], 800.0)])
    assert [element.text[word.start : word.end] for word in element.words] == ["Kran", "140,00", "Slip", "31,50"]
    assert all(word.left < word.right for word in element.words)


@pytest.mark.parametrize("number", ["4", "4.2", "B", "IV", "§ 12"])
def test_the_number_of_a_section_is_one_with_its_line(number: str) -> None:
    lines = run(number, 0), run("Abnahme .......... 17", 0, 100), run("Text dazu gibt es hinten.", 1)
    assert ("paragraph", f"{number} Abnahme 17") in said(*lines)
