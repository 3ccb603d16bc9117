"""A mistyped word is read as the passages write it; a word that is one is left alone."""

import pytest

from chatbot.retrieval.spelling import as_written
from tests.chatbot.passages import passage, sources_of, statistics_of

FOUND = [
    passage("Das Drehmoment am Messerhalter beträgt 14 Nm."),
    passage("Für die Übernachtung in Österreich zahlt die Firma höchstens 117 EUR.", document="b.md"),
    passage("Marken und Muster sind geschützt. Der Schalter heißt Hauptschalter.", document="c.md"),
]


def written(question: str) -> str:
    return as_written(question, FOUND, statistics_of(sources_of(*FOUND)))


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Drehmomnet am Messerhalter?", "Drehmoment am Messerhalter?"),
        ("wie hoch ist das drehmmoment", "wie hoch ist das Drehmoment"),
        ("Was kostet die Uebernachtung in Oesterreich?", "Was kostet die Übernachtung in Österreich?"),
        ("Wo ist der Haubtschallter?", "Wo ist der Hauptschalter?"),
    ],
)
def test_a_mistyped_word_is_read_as_the_passages_write_it(question: str, meant: str) -> None:
    assert written(question) == meant


@pytest.mark.parametrize(
    "question",
    [
        "Wo kann ich parken?",  # a word, though "Marken" is near
        "Wie hoch ist das Drehmoment?",
        "Wer ist Frau Xylander?",  # a name that nothing is near to
        "Combien coûte la nuitée en Autriche pendant un déplacement?",
        "NW-400 Ersatzteil 4711-B?",
    ],
)
def test_words_names_codes_and_other_languages_are_left_alone(question: str) -> None:
    assert written(question) == question


def test_of_two_that_are_as_near_none_is_meant() -> None:
    found = [passage("Der Hallenplan liegt aus."), passage("Der Hellenplan hängt dort.", document="b.md")]
    question = "Wo ist der Hollenplan?"
    assert as_written(question, found, statistics_of(sources_of(*found))) == question
