"""Names of a statement are looked for in its evidence, also those that everybody in the company knows."""

import pytest

from chatbot.verification.claims import claims_of
from chatbot.verification.names import missing_names
from ingest.index.statistics import Statistics
from tests.chatbot.passages import passage, sources_of, statistics_of

KNOWN = ["Farid Naderi", "Hanna Petersen", "Jana Weber", "Marco Stellmann", "Urlaub Standort Frist Datenschutz"]


@pytest.fixture(scope="module")
def everyday() -> Statistics:
    """Of an index in which all of these are frequent."""
    return statistics_of(sources_of(*map(passage, KNOWN * 5)))


@pytest.mark.parametrize(
    ("statement", "evidence", "missing"),
    [
        ("Verantwortlich ist dafür Farid Naderi.", "Verantwortlich ist dafür Hanna Petersen.", ["Farid", "Naderi"]),
        ("Verantwortlich für den Datenschutz ist Farid Naderi.", "Verantwortlich: Farid Naderi, Frist", []),
        ("Das genehmigt Frau Ly.", "Das genehmigt Frau Ho.", ["Ly"]),
        ("Zuständig ist Frau Müller.", "Zuständig ist Herr Müller.", ["Müller"]),
        ("Zuständig ist Frau Mueller.", "Zuständig ist Frau Müller.", []),
        ("Zuständig ist Herr Dr. Schneider.", "Zuständig ist Dr. Schneider.", []),
        ("Die Überstunden verfallen.", "Ueberstunden verfallen.", []),
        ("Der Urlaub beginnt am Montag im März.", "Der Urlaub beginnt dann.", []),
        ("Am Standort Bremerhaven gilt die Frist.", "Am Standort Rostock gilt die Frist.", ["Bremerhaven"]),
        ("The report goes to Jana Weber.", "The report goes to Jana Becker.", ["Weber"]),
    ],
)  # fmt: skip
def test_what_is_missing(statement: str, evidence: str, missing: list[str], everyday: Statistics) -> None:
    (claim,) = claims_of(statement, "?")
    assert missing_names(claim, evidence, evidence, everyday) == missing


@pytest.mark.parametrize(
    ("statement", "evidence", "missing"),
    [
        ("Invoices are paid within 30 days.", "Rechnungen werden innerhalb von 30 Tagen bezahlt.", []),
        ("Alcohol is prohibited during working hours.", "Alkohol ist während der Arbeitszeit verboten.", []),
        ("The works council meets on the first Monday.", "Der Betriebsrat tagt am ersten Montag.", []),
        ("Fahrtkosten mit dem eigenen Wagen werden erstattet.", "Travel by private car is refunded.", []),
        ("The officer for it is Farid Naderi.", "Datenschutzbeauftragte ist Hanna Petersen.", ["Farid", "Naderi"]),
    ],
)  # fmt: skip
def test_between_languages_only_names_are_looked_for(
    statement: str, evidence: str, missing: list[str], everyday: Statistics
) -> None:
    (claim,) = claims_of(statement, "?")
    assert missing_names(claim, evidence, evidence, everyday, translated=True) == missing
