"""Words are compared without what stands at them but is none of them; figures and units keep what is raised."""

import pytest

from ingest.text.words import as_written, comparable, words


@pytest.mark.parametrize("text", ["sechs Monate¹.", "the notice period², as agreed", "Zuschlag³ 25 %", "Werktage¹²"])
def test_the_mark_of_a_note_is_no_part_of_its_word(text: str) -> None:
    plain = text.translate(dict.fromkeys(map(ord, "¹²³"), None))
    assert comparable(text) == comparable(plain)
    assert words(text) == words(plain)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("120 m²", "120 m2"), ("5 cm³", "5 cm3"), ("10⁶", "10 6"), ("kWh/m²a", "kwh/m2a"), ("H₂O", "h2o")],
)
def test_units_and_powers_keep_what_is_raised(text: str, expected: str) -> None:
    assert comparable(text) == expected


def test_halves_of_a_character_are_one_and_lone_ones_none() -> None:
    assert as_written("5 \ud835\udc65 \ud83d\udd25") == "5 𝑥 🔥"
    assert as_written("a\ud835b\udc65") == "ab"
