"""Verdicts with the real embedded model: true statements pass, altered ones do not."""

from pathlib import Path

import pytest

from chatbot.domain import Source, Statement
from chatbot.judge.cross_encoder import Judge
from chatbot.verification.verify import verify
from config.settings import load_settings
from ingest.embedding import open_embedder
from ingest.embedding.sentence_vectors import SentenceVectors
from tests.chatbot.passages import passage, statistics_of

pytestmark = pytest.mark.integration

VACATION = (
    "Im ersten Jahr beträgt der Urlaubsanspruch 28 Tage. Ab dem dritten Jahr gelten 30 Tage. "
    "Resturlaub verfällt, wenn er nicht bis zum 31. März genommen ist."
)
PRICES = "Teilenummer: NW4-10110; Bezeichnung: Siegelbacke oben; Preis netto: 1.249,00 EUR; Lieferzeit: 3 Wochen"


@pytest.fixture(scope="module")
def vectors(models_dir: Path) -> SentenceVectors:
    return SentenceVectors(open_embedder(load_settings(models_dir=models_dir)))


def source(number: int, text: str) -> Source:
    return Source(number=number, passage=passage(text, start=100), score=1.0)


SOURCES = (source(1, VACATION), source(2, PRICES))
WEIGHTS = statistics_of(SOURCES)


def check(
    vectors: SentenceVectors, judge: Judge, text: str, cited: tuple[int, ...] = (1,), question: str = "?"
) -> Statement:
    return verify(text, question, cited, SOURCES, WEIGHTS, vectors, judge)


def test_a_true_statement_is_supported_with_its_exact_span(vectors: SentenceVectors, judge: Judge) -> None:
    judged = check(vectors, judge, "Der Urlaubsanspruch beträgt im ersten Jahr 28 Tage.")
    assert judged.verdict == "supported"
    (citation,) = judged.citations
    assert citation.quote == "Im ersten Jahr beträgt der Urlaubsanspruch 28 Tage."
    assert VACATION[citation.start - 100 : citation.end - 100] == citation.quote


@pytest.mark.parametrize(
    "text",
    [
        "Der Urlaubsanspruch beträgt im ersten Jahr 31 Tage.",
        "Resturlaub verfällt, wenn er nicht bis zum 31. Mai genommen ist.",
        "Ab dem vierten Jahr gelten 30 Tage.",
        "Im ersten Jahr beträgt der Urlaubsanspruch niemals 28 Tage.",
    ],
)
def test_altered_numbers_dates_and_negations_are_not(text: str, vectors: SentenceVectors, judge: Judge) -> None:
    assert check(vectors, judge, text).verdict == "contradicted"


@pytest.mark.parametrize("text", ["Die Kantine öffnet um elf Uhr.", "Parkplätze stehen hinter der Halle bereit."])
def test_invented_statements_are_unsupported(text: str, vectors: SentenceVectors, judge: Judge) -> None:
    assert check(vectors, judge, text).verdict == "unsupported"


def test_a_wrong_source_number_is_corrected(vectors: SentenceVectors, judge: Judge) -> None:
    judged = check(vectors, judge, "Die obere Siegelbacke kostet netto 1.249,00 EUR.", cited=(1,))
    assert judged.verdict == "supported" and [c.source for c in judged.citations] == [2]


def test_a_fragment_is_read_with_its_question(vectors: SentenceVectors, judge: Judge) -> None:
    assert check(vectors, judge, "1.249,00 EUR", (2,), "Was kostet die Siegelbacke NW4-10110?").verdict == "supported"
    assert check(vectors, judge, "28 Tage", (1,), "Wie viele Parkplätze hat die Kantine?").verdict != "supported"


def test_a_translated_statement_is_supported(vectors: SentenceVectors, judge: Judge) -> None:
    judged = check(vectors, judge, "From the third year on, employees have 30 days of vacation.")
    assert judged.verdict == "supported"
    assert judged.citations[0].quote == "Ab dem dritten Jahr gelten 30 Tage."
    assert check(vectors, judge, "From the third year on, employees have 35 days.").verdict != "supported"


def test_a_dropped_negation_is_noticed(vectors: SentenceVectors, judge: Judge) -> None:
    rule = (source(1, "Die private Nutzung der Poolfahrzeuge im Ausland ist nicht erlaubt."),)
    weights = statistics_of(rule)
    judged = verify(
        "Die private Nutzung der Poolfahrzeuge im Ausland ist erlaubt.", "?", (1,), rule, weights, vectors, judge
    )
    assert judged.verdict == "contradicted"


RULES = (
    "Der Konsum von Alkohol ist während der Arbeitszeit auf dem gesamten Betriebsgelände nicht erlaubt. "
    "Das Gefrierlager wird bei -18 °C betrieben. Den Urlaub der Abteilung genehmigt Frau Müller. "
    "Frau Schmidt verwaltet die Parkplätze. Die Probezeit dauert mindestens zehn Tage."
)


@pytest.mark.parametrize(
    ("text", "supported"),
    [
        ("Der Konsum von Alkohol ist während der Arbeitszeit nicht erlaubt.", True),
        ("Der Konsum von Alkohol ist erlaubt.", False),
        ("Das Gefrierlager wird bei -18 °C betrieben.", True),
        ("Das Gefrierlager wird bei 18 °C betrieben.", False),
        ("Das Gefrierlager wird bei minus 18 °C betrieben.", True),
        ("Den Urlaub der Abteilung genehmigt Frau Müller.", True),
        ("Den Urlaub der Abteilung genehmigt Frau Schmidt.", False),
        ("Schmidtmann genehmigt den Urlaub der Abteilung.", False),
        ("Die Probezeit dauert mindestens 10 Tage.", True),
        ("Die Probezeit dauert höchstens zehn Tage.", False),
        ("Die Probezeit dauert mindestens vierzehn Tage.", False),
        ("Das Gefrierlager wird bei -18 °C betrieben, und die Kantine serviert montags frischen Fisch.", False),
        ("Das Gefrierlager wird bei -18 °C betrieben. Die Kantine serviert montags frischen Fisch.", False),
    ],
)
def test_small_words_that_turn_a_rule_around(
    text: str, supported: bool, vectors: SentenceVectors, judge: Judge
) -> None:
    rules = (source(1, RULES),)
    judged = verify(text, "Was gilt?", (1,), rules, statistics_of(rules), vectors, judge)
    assert (judged.verdict == "supported") is supported, judged.citations


def test_a_fragment_in_another_language_is_not_taken_on_trust(vectors: SentenceVectors, judge: Judge) -> None:
    vest = (source(1, "The safety vest is yellow and must be worn in hall 2."),)
    asked = "Welche Farbe hat die Warnweste?"
    assert verify("Blau.", asked, (1,), vest, statistics_of(vest), vectors, judge).verdict == "unsupported"


def test_of_two_sources_with_the_same_words_the_named_one_is_cited(vectors: SentenceVectors, judge: Judge) -> None:
    sources = (source(1, VACATION), source(2, VACATION))
    text = "Im ersten Jahr beträgt der Urlaubsanspruch 28 Tage."
    judged = verify(text, "?", (2,), sources, statistics_of(sources), vectors, judge)
    assert [c.source for c in judged.citations] == [2] and not judged.corrected


def test_a_named_source_that_says_otherwise_is_shown_though_others_are_nearer(
    vectors: SentenceVectors, judge: Judge
) -> None:
    near = tuple(
        source(number, f"Im ersten Jahr beträgt der Urlaubsanspruch der Gruppe {number} genau 28 Tage.")
        for number in range(1, 10)
    )
    sources = (*near, source(10, "Der Urlaubsanspruch beträgt im Jahr 24 Tage."))
    judged = verify(
        "Der Urlaubsanspruch beträgt 31 Tage im Jahr.", "?", (10,), sources, statistics_of(sources), vectors, judge
    )
    assert judged.verdict == "contradicted" and [c.source for c in judged.citations] == [10]
