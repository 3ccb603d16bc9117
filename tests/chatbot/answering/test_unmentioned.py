"""Places and years of a question that the cited passages do not have."""

import json
from pathlib import Path

import pytest

from chatbot.answering.unmentioned import unmentioned
from chatbot.bootstrap import bootstrap
from chatbot.domain import Source
from config.settings import Settings
from tests.chatbot.answering.test_pipeline import ask, last
from tests.chatbot.passages import passage

QUESTIONS = Path(__file__).parents[3] / "examples" / "questions.jsonl"
PAUSES = "Am Standort Bremerhaven dauert die Mittagspause 40 Minuten. Stand: 2025."
SHIPPING = "Nach Nordrhein-Westfalen dauert es 24 Stunden, nach Polen 60 Stunden."


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("Wie lang ist die Mittagspause am Standort Wilhelmshaven?", PAUSES, ["Wilhelmshaven"]),
        ("Wie lang ist die Mittagspause am Standort Bremerhaven?", PAUSES, []),
        ("Wie lang ist die Mittagspause in Bremerhavens Werk?", PAUSES, []),
        ("Wie lang ist die Mittagspause im Jahr 2027?", PAUSES, ["2027"]),
        ("Wie lang war die Mittagspause 2025?", PAUSES, []),
        ("Wie lange dauert eine Sendung nach Österreich?", SHIPPING, ["Österreich"]),
        ("Wie lange dauert eine Sendung aus Baden-Württemberg nach Polen?", SHIPPING, ["Baden-Württemberg"]),
        ("Wie lange dauert eine Sendung nach Nordrhein-Westfalen?", SHIPPING, []),
        ("Was gilt in Bezug auf Pausen in Teilzeit, nach Absprache und in Verbindung mit Urlaub?", PAUSES, []),
        ("Darf ich für 2000 Euro oder 1.950 Stück oder 2025,5 kg bestellen?", SHIPPING, []),
        ("Wie lang sind Pausen in März und nach Feierabend?", PAUSES, []),
    ],
)
def test_what_the_question_names_and_the_source_does_not(question: str, text: str, missing: list[str]) -> None:
    assert unmentioned(question, [Source(number=1, passage=passage(text), score=1.0)]) == missing


def test_the_name_of_the_document_counts() -> None:
    found = passage("Die Pause dauert 40 Minuten.").model_copy(update={"document": "Pausenregelung_Rostock_2026.md"})
    assert unmentioned("Wie lang ist 2026 die Pause in Rostock?", [Source(number=1, passage=found, score=1.0)]) == []


def test_places_have_other_names_in_another_language() -> None:
    sources = [Source(number=1, passage=passage(SHIPPING), score=1.0)]
    assert unmentioned("How long does a parcel take to Poland in 2026?", sources) == ["2026"]
    english = [Source(number=1, passage=passage("To Poland it takes 60 hours.").model_copy(update={"language": "en"}),
                      score=1.0)]  # fmt: skip
    assert unmentioned("How long does a parcel take from Berlin to Poland?", english) == ["Berlin"]
    assert unmentioned("How long does it take at the Bremerhaven site?", english) == ["Bremerhaven"]


@pytest.mark.integration
def test_the_answer_says_so_and_stands(indexed_dir: Path, models_dir: Path) -> None:
    settings = Settings(data_dir=indexed_dir, models_dir=models_dir, answer={"engine": "quote"})
    with bootstrap(settings) as services:
        given = last(ask(services, "Wie viele Urlaubstage habe ich 2031 im zweiten Beschäftigungsjahr?"))
        assert given.answerable
        assert "nicht vor: 2031." in given.notices[-1]
        lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
        answerable = [json.loads(line)["question"] for line in lines if not json.loads(line).get("unanswerable")]
        for question in answerable[::2]:
            assert not any("kommt nicht vor" in n or "not mention" in n for n in last(ask(services, question)).notices)
