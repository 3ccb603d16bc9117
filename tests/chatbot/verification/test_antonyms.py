"""Small words that turn a rule around, in one language and between the two."""

import pytest

from chatbot.verification.antonyms import opposed
from chatbot.verification.claims import claims_of, of_another_clause
from ingest.text.negation import negations


@pytest.mark.parametrize(
    ("statement", "evidence"),
    [
        ("The notice period is at least three months.", "Die Kündigungsfrist beträgt höchstens drei Monate."),
        ("Invoices under 5,000 euros need two signatures.", "Invoices over 5,000 euros need two signatures."),
        ("Rechnungen über 5.000 Euro brauchen zwei Unterschriften.", "Rechnungen unter 5.000 Euro brauchen zwei."),
        ("Es sind bis zu drei Tage.", "Es sind mindestens drei Tage."),
        ("Der Betrag ist brutto.", "Der Betrag ist netto."), ("The price is net.", "Der Preis ist brutto."),
        ("Die Meldung erfolgt vor der Reise.", "Die Meldung erfolgt nach der Reise."),
        ("Die Vereinbarung gilt bis 01.01.2025.", "Die Vereinbarung gilt ab 1. Januar 2025."),
        ("Smoking is permitted.", "Smoking is forbidden."), ("Rauchen ist nicht erlaubt.", "Rauchen ist erlaubt."),
        ("inklusive Frühstück", "zuzüglich Frühstück"), ("spätestens am 3. Mai", "frühestens am 3. Mai"),
    ],
)  # fmt: skip
def test_turned_around(statement: str, evidence: str) -> None:
    assert opposed(statement, evidence)


@pytest.mark.parametrize(
    ("statement", "evidence"),
    [
        ("Smoking is prohibited.", "Smoking is not allowed."), ("Es ist nicht gestattet.", "Es ist verboten."),
        ("It takes at most 5 days.", "It takes no more than 5 days."), ("Es sind bis zu 3 Tage.", "maximal 3 Tage"),
        ("Vor der Reise und nach der Reise.", "Nach der Reise und vor der Reise."), ("3 bis 5 Tage", "3–5 Tage"),
        ("Die Frist läuft vom 1.4. bis 30.6.", "Die Frist läuft vom 1. April bis zum 30. Juni."),
        ("Rechnungen über 5.000 Euro", "Rechnungen ab 5.000 Euro"),
    ],
)  # fmt: skip
def test_said_in_other_words(statement: str, evidence: str) -> None:
    assert not opposed(statement, evidence)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("No, dogs are not allowed in the halls.", 1), ("Dogs are not allowed in the halls.", 1),
        ("No, smoking is prohibited.", 1), ("Nein, das ist nicht möglich.", 1), ("It takes no more than 5 days.", 0),
        ("Nicht nur Azubis bekommen ihn.", 0), ("Nobody may enter without a badge.", 2),
    ],
)  # fmt: skip
def test_denials_are_counted_as_meant(text: str, count: int) -> None:
    assert negations(text) == count


@pytest.mark.parametrize(
    ("statement", "sentence", "others"),
    [
        ("Managers get 30 days.", "Trainees get 30 days, whereas managers get 25 days.", True),
        ("Trainees get 30 days.", "Trainees get 30 days, whereas managers get 25 days.", False),
        ("Im zweiten Jahr sind es 28 Tage.", "Im ersten Jahr sind es 28 Tage, im zweiten Jahr 29 Tage.", True),
        ("30 % bei Auftrag und 70 % bei Lieferung.", "70 % bei Auftrag und 30 % bei Lieferung.", True),
        ("Vollzeitkräfte erhalten 30 Tage, Teilzeitkräfte 15 Tage.",
         "Vollzeitkräfte erhalten 15 Tage, Teilzeitkräfte 30 Tage.", True),
        ("Im Jahr 2024 wurden 40 Stellen besetzt.",
         "Im Jahr 2023 wurden 35 Stellen besetzt, im Jahr 2024 dagegen 40 Stellen.", False),
        ("Der Urlaub beträgt 28 Tage.", "Der Urlaub beträgt 28 Tage und der Sonderurlaub 2 Tage.", False),
    ],
)  # fmt: skip
def test_a_figure_belongs_to_its_clause(statement: str, sentence: str, others: bool) -> None:
    (claim,) = claims_of(statement, "?")
    assert of_another_clause(claim, sentence) is others
