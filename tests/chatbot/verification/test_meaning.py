"""Duty and choice, roles, superlatives, and what a figure is of; none of these sentences is from a measured set."""

import pytest

from chatbot.verification.comparison import exceeds_evidence
from chatbot.verification.measured import other_thing_measured
from chatbot.verification.modality import modality_differs
from chatbot.verification.roles import roles_swapped


@pytest.mark.parametrize(
    ("statement", "evidence"),
    [
        ("Der Schlüssel muss abends abgegeben werden.", "Der Schlüssel kann abends abgegeben werden."),
        ("Die Teilnahme ist freiwillig.", "Die Teilnahme ist Pflicht."),
        ("Das Formular ist auszufüllen.", "Das Formular darf ausgefüllt werden."),
        ("Visitors may wear a badge.", "Visitors must wear a badge."),
        ("Wearing a helmet is optional.", "Helmets are worn in hall 2."),
    ],
)
def test_a_duty_is_no_choice(statement: str, evidence: str) -> None:
    assert modality_differs(statement, evidence)


@pytest.mark.parametrize(
    ("statement", "evidence"),
    [
        ("Der Schlüssel ist abends abzugeben.", "Der Schlüssel muss abends abgegeben werden."),
        ("Man darf das Tor nicht öffnen.", "Das Tor muss geschlossen bleiben."),  # denial is another rule's
        ("Man kann den Antrag online stellen.", "Anträge nimmt das Portal entgegen."),
        ("Helmets must be worn in hall 2.", "Helmets are worn in hall 2."),
    ],
)
def test_the_same_modality_in_other_words(statement: str, evidence: str) -> None:
    assert not modality_differs(statement, evidence)


@pytest.mark.parametrize(
    ("statement", "evidence"),
    [
        ("Der Pförtner ruft den Meister an.", "Der Meister ruft den Pförtner an."),
        ("Die Leitung meldet den Vorfall dem Betriebsrat.", "Der Betriebsrat meldet den Vorfall an die Leitung."),
    ],
)
def test_roles_exchanged(statement: str, evidence: str) -> None:
    assert roles_swapped(statement, evidence, "de")


@pytest.mark.parametrize(
    ("statement", "evidence"),
    [
        ("Den Meister ruft der Pförtner an.", "Der Pförtner ruft den Meister an."),
        ("Der Meister wird vom Pförtner angerufen.", "Der Pförtner ruft den Meister an."),
        ("Im Lager liegt der Schlüssel.", "Der Schlüssel liegt im Lager."),
    ],
)
def test_another_order_is_no_other_role(statement: str, evidence: str) -> None:
    assert not roles_swapped(statement, evidence, "de")


def test_roles_are_told_where_nouns_are() -> None:
    assert not roles_swapped("The guard calls the foreman.", "The foreman calls the guard.", "en")


def test_superlatives_are_said_by_the_source() -> None:
    assert exceeds_evidence("Am teuersten ist das Modell C.", "Modell: C; Preis: 900 EUR")
    assert exceeds_evidence("Model C is the cheapest.", "Model: C; Price: 900 EUR")
    assert not exceeds_evidence("Das teuerste Modell ist C.", "Das teuerste der Modelle ist C.")
    assert not exceeds_evidence("Im ersten Jahr kostet es 9 Euro.", "Jahr 1: 9 Euro")


def test_a_figure_is_of_its_thing() -> None:
    row = "Merkmal: Kühlmittel; Wert: 7,5 l"
    assert other_thing_measured("Es sind 7,5 l Hydrauliköl darin.", row, "de") == "Hydrauliköl"
    assert other_thing_measured("Es sind 7,5 l Kühlmittel darin.", row, "de") is None
    assert other_thing_measured("Ab 40 Kisten gilt der Rabatt.", "Ab 40 Fässern gilt der Rabatt.", "de") == "Kisten"
    assert other_thing_measured("Ab 40 Fässern gilt der Rabatt.", "Rabatt ab 40 Fässern.", "de") is None
