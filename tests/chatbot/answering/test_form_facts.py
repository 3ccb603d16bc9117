"""A question names a form by one of its fields and asks for another: the other one answers, of the right form."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from chatbot.answering.facts import Fact
from chatbot.answering.form_fields import Field, InForm
from chatbot.bootstrap import Services, bootstrap
from config.settings import Settings
from ingest.sync.pipeline import ingest
from ingest.text.words import all_stems
from tests.chatbot.answering.test_pipeline import ask, last
from tests.chatbot.passages import passage

FIELDS = (Field("Boot", "Jolle Möwe"), Field("Werft", "Dehler"), Field("Liegeplatz", "C 14"))


def fact(name: str, value: str, *beside: Field) -> Fact:
    text = f"{name}: {value}"
    return Fact(0, passage(text), 0, len(text), text, f"Bootskarte: {text}", True, InForm(Field(name, value), beside))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Welche Werft hat die Möwe?", "Bootskarte: Boot: Jolle Möwe; Segelzahl: 2"),
        ("Welches Boot liegt auf C 14?", "Bootskarte: Liegeplatz: C 14; Segelzahl: 2"),
        ("Was kostet ein Segel?", "Bootskarte: Segelzahl: 2"),
    ],
)
def test_a_field_is_read_beside_those_that_a_question_names(question: str, told: str) -> None:
    assert fact("Segelzahl", "2", *FIELDS).in_form(all_stems(question)) == told


@pytest.mark.parametrize(
    ("name", "value", "question", "says_no_more"),
    [
        ("Boot", "Jolle Möwe", "Welche Werft hat die Jolle Möwe?", True),
        ("Boot", "Jolle Möwe", "Wo liegt die Möwe?", True),
        ("Boot", "Jolle Möwe", "Was für ein Boot ist die Möwe?", False),
        ("Werft", "Dehler", "Welche Werft hat die Möwe?", False),
        ("Mängel", "Die Möwe hat einen Riss am Bug", "Was hat die Möwe?", False),
    ],
)
def test_what_a_question_names_does_not_answer_it(name: str, value: str, question: str, says_no_more: bool) -> None:
    others = tuple(field for field in FIELDS if field.name != name)
    assert fact(name, value, *others).says_no_more(all_stems(question)) is says_no_more


def test_sentences_of_prose_are_no_fields() -> None:
    assert not fact("Boot", "Jolle Möwe").says_no_more(all_stems("Wo liegt die Jolle Möwe?"))


CARDS = {
    "m1": (("Messgerät", "Bügelmessschraube"), ("Inventar", "MM-207"), ("Messbereich", "0–25 mm"),
           ("Kalibriert von", "Labor Stein"), ("Nächste Kalibrierung", "08/2027")),
    "m2": (("Messgerät", "Höhenreißer"), ("Inventar", "MM-311"), ("Messbereich", "0–300 mm"),
           ("Kalibriert von", "Werk Süd"), ("Nächste Kalibrierung", "01/2027")),
}  # fmt: skip
ASKED = (
    ("Welchen Messbereich hat der Höhenreißer?", "Messbereich: 0–300 mm"),
    ("Wann ist die nächste Kalibrierung der Bügelmessschraube?", "Nächste Kalibrierung: 08/2027"),
    ("Welche Inventarnummer hat die Bügelmessschraube?", "Inventar: MM-207"),
    ("Von wem wurde der Höhenreißer kalibriert?", "Kalibriert von: Werk Süd"),
)


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("cards")
    (folder / "docs").mkdir()
    for name, fields in CARDS.items():
        lines = "\n".join(f"{field}: {value}  " for field, value in fields)
        (folder / "docs" / f"{name}.md").write_text(f"# Messmittelkarte\n\n{lines}\n", encoding="utf-8")
    settings = Settings(data_dir=folder / "data", models_dir=models_dir, answer={"engine": "quote"})
    with bootstrap(settings) as made:
        list(ingest([folder / "docs"], "c", made.ingestion()))
        yield made


@pytest.mark.integration
@pytest.mark.parametrize(("question", "answer"), ASKED)
def test_the_field_of_the_form_that_is_named_answers(question: str, answer: str, services: Services) -> None:
    given = last(ask(services, question))
    assert given.answerable and given.statements[0].text == answer
