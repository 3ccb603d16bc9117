"""What is asked for, what is offered, and which of several things is meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.asked_for import asked_for, offered
from chatbot.verification.one_of_several import is_another, marks_asked_for, marks_in

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Was kostet das Parken in Werk Nord?", {"amount"}),
        ("Wie lange speichert die Kamera?", {"duration"}),
        ("Bis wann muss ich den Antrag stellen?", {"moment"}),
        ("Wie viele Stühle stehen im Saal?", {"number"}),
        ("Warum ist das Tor zu?", {"reason"}),
        ("Wer leitet den Einkauf?", {"person"}),
        ("How much does the locker cost?", {"amount"}),
        ("Until when can I cancel?", {"moment"}),
        ("Darf ich meinen Hund mitbringen?", set()),
    ],
)
def test_the_kind_of_thing_asked_for(question: str, kinds: set[str]) -> None:
    assert asked_for(question) == kinds


@pytest.mark.parametrize(
    ("text", "has", "has_not"),
    [
        ("Artikel: Stollen; Preis_EUR: 19,50; Haltbarkeit: 30 Tage", {"amount", "duration", "number"}, {"reason"}),
        ("Kategorie: Turmsuite; Nebensaison: 310,00; Hauptsaison: 395,00", {"amount"}, {"duration", "reason"}),
        ("Das Tor bleibt zu, weil der Motor fehlt.", {"reason"}, {"number", "amount", "moment"}),
        ("Der Antrag ist innerhalb von 14 Tagen zu stellen.", {"duration", "moment"}, {"amount", "reason"}),
        ("Zuständig ist Jorun Plettner.", {"person"}, {"number"}),
        ("Die Tür ist zu schließen.", set(), {"number", "amount", "reason", "person"}),
    ],
)
def test_what_a_text_has(text: str, has: set[str], has_not: set[str]) -> None:
    assert has <= offered(text) and not has_not & offered(text)


@pytest.mark.parametrize(
    ("question", "text", "another"),
    [
        ("Wo ist der Sammelplatz von Halle 2?", "Der Sammelplatz von Halle 3 ist der Hof.", True),
        ("Wo ist der Sammelplatz von Halle 2?", "Von Halle 2 und Halle 3 ist es der Hof.", False),
        ("Wo ist der Sammelplatz von Halle 2?", "Der Sammelplatz ist der Hof.", False),
        ("Wie oft werden in Haus C die Fenster geputzt?", "In Haus A alle zwei Wochen.", True),
        ("Was kostet Zone 6?", "Zone 1: 39,50; Zone 4: 63,30", True),
        ("Urlaub im zweiten Beschäftigungsjahr?", "ab dem 20. Beschäftigungsjahr 33 Tage", True),
        ("Urlaub im zweiten Beschäftigungsjahr?", "im 2. Beschäftigungsjahr 29 Tage", False),
        ("Urlaub im zwölften Beschäftigungsjahr?", "ab dem 11. Beschäftigungsjahr 31 Tage", False),
        ("Leave in the third year?", "from the 5th year 30 days", True),
    ],
)
def test_one_of_several_is_not_another(question: str, text: str, another: bool) -> None:
    assert is_another(marks_in(question), marks_in(text)) is another


@given(st.text(max_size=80))
def test_a_text_is_about_what_itself_names(text: str) -> None:
    assert not is_another(marks_in(text), marks_in(text))


@pytest.mark.parametrize(
    ("question", "text", "another"),
    [
        ("Who has bench 3 in the morning?", "Bench: Bench 1; Morning: F. Okoro", True),
        ("Who has bench 3 in the morning?", "Bench: Bench 3; Morning: T. Lind", False),
        ("was kostet halle 2", "Halle: Halle 3; Preis: 155 €", True),
        ("Was kosten bis 40 Stück?", "Bis 50 Stück: 3 Euro", False),
        ("How far is it after 50 km?", "After 60 km turn left.", False),
    ],
)
def test_nouns_that_a_question_writes_small_name_one_of_several(question: str, text: str, another: bool) -> None:
    assert is_another(marks_asked_for(question), marks_in(text)) is another
